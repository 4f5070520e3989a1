/** Whether a database can be worked with: it answers, it is new enough, and its text is UTF-8. */
import pg from "pg";
import { errorText, isDatabaseAway } from "./db";
import { StartRefused } from "./postgres/refused";

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

/**
 * Waits until the database answers, since it may be starting beside Gloss. Throws StartRefused when it stays away for `seconds`, turns
 * Gloss away, or cannot hold the data. The message names the host, never the password.
 */
export async function awaitDatabase(url: string, seconds = 30): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  for (let told = false; ; told = true) {
    try {
      return await check(url);
    } catch (error) {
      if (error instanceof StartRefused) throw error;
      const where = hostOf(url);
      if (!isDatabaseAway(error) && !/ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH/.test(errorText(error)))
        throw new StartRefused(
          `The database at ${where} turned Gloss away: ${error instanceof Error ? error.message : error}`,
        );
      if (Date.now() > deadline)
        throw new StartRefused(`The database at ${where} does not answer. Gloss was not started.`);
      if (!told) console.error(`The database at ${where} does not answer yet; waiting up to ${seconds} s …`);
      await pause(500);
    }
  }
}

async function check(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, query_timeout: 5_000 });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ version: string; number: number; encoding: string }>(
      `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
              current_setting('server_encoding') AS encoding`,
    );
    const [server] = rows;
    if (!server || server.number < 150_000)
      throw new StartRefused(`Gloss needs Postgres 15 or later; the database is ${server?.version}.`);
    if (server.encoding !== "UTF8")
      throw new StartRefused(
        `The database's encoding is ${server.encoding}. Gloss needs one made with ENCODING 'UTF8'.`,
      );
  } finally {
    await client.end().catch(() => undefined);
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : "DATABASE_URL";
}
