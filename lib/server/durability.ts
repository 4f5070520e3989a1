/**
 * "Saved" means that a crash cannot take it back. With these settings weakened Postgres could lose what it said it had written, so writes
 * are refused until they are mended. The state is the process's, not the module's: Next bundles its own copy of this file.
 */
import type pg from "pg";

/** "remote_apply", "remote_write" and "local" wait at least for this machine's disk. */
const WEAK: Readonly<Record<string, string>> = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };

const shared = globalThis as typeof globalThis & { glossWeakened?: string | null };

/** What is weakened for new connections, "synchronous_commit is off"; null: nothing. Remembered for `weakened`. */
export async function checkDurability(client: Pick<pg.ClientBase, "query">): Promise<string | null> {
  const { rows } = await client.query<{ name: string; setting: string }>(
    "SELECT name, setting FROM pg_settings WHERE name = ANY($1) ORDER BY name",
    [Object.keys(WEAK)],
  );
  const weak = rows
    .filter(({ name, setting }) => WEAK[name] === setting)
    .map(({ name, setting }) => `${name} is ${setting}`);
  shared.glossWeakened = weak.length > 0 ? weak.join(", ") : null;
  return shared.glossWeakened;
}

/** As the last check found it; null before the first. */
export const weakened = (): string | null => shared.glossWeakened ?? null;
