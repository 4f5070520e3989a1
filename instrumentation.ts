import type { Instrumentation } from "next";

/** Runs once in each server process, before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { watchHealth } = await import("./lib/server/health");
  await watchHealth();
  const { watchBin } = await import("./lib/server/purge");
  void watchBin();
  const { watchWords } = await import("./lib/server/cases-words");
  void watchWords();
  const { watchPages } = await import("./lib/server/versionsPages");
  void watchPages();
  const { watchJobs } = await import("./lib/server/jobsRunner");
  watchJobs();
  const { watchWebhooks } = await import("./lib/server/webhooksSend");
  watchWebhooks();
}

/** A page that could not be shown, under the reference that its reader was given. The route, never the address: ids stay out of the log. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, { routePath, routeType }) => {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { log, whatFailed } = await import("./lib/server/log");
  const reference = typeof error === "object" && error !== null ? Reflect.get(error, "digest") : undefined;
  log.error(
    { reference, method: request.method, route: routePath, kind: routeType, what: whatFailed(error) },
    "a page could not be shown",
  );
};
