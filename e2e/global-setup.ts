/** One Gloss for all journeys, unless GLOSS_E2E_URL names one that runs already (its administrator must be the one below). */
import { isRunning, makeDataDir, removeDataDir, startGloss } from "./support/gloss";
import { ADMIN } from "./support/people";

export default async function setup(): Promise<() => Promise<void>> {
  if (process.env.GLOSS_E2E_URL) return async () => undefined;
  const dataDir = makeDataDir();
  const env = { GLOSS_ADMIN_EMAIL: ADMIN.email, GLOSS_ADMIN_PASSWORD: ADMIN.password, GLOSS_WEBHOOKS: "1" };
  const gloss = await startGloss({ dataDir, env });
  if (!isRunning(gloss)) throw new Error(`Gloss did not start (exit ${gloss.code}):\n${gloss.output}`);
  process.env.GLOSS_E2E_URL = gloss.url;
  return async () => {
    const code = await gloss.stop();
    if (code !== 0) throw new Error(`Gloss ended with ${code}:\n${gloss.output()}`);
    removeDataDir(dataDir);
  };
}
