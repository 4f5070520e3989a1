/** Runs once in each server process, before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { watchHealth } = await import("./lib/server/health");
  await watchHealth();
  const { watchBin } = await import("./lib/server/purge");
  void watchBin();
}
