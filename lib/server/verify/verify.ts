/**
 * Checks, from the rows alone, everything that Gloss promises about its data. The database refuses most of it at the door; this finds what
 * came in another way: a disk, a hand, a fault of ours. Reads only; memory does not grow with the database.
 */
import pg from "pg";
import { CHECKS } from "./checks";
import { checkOriginals, checkReleaseFiles } from "./files";
import { checkQuotes } from "./quotes";

export type Breach = {
  /** Which promise: kebab-case, stable. */
  readonly check: string;
  /** What broke it: an id, or stream and number of an audit entry. */
  readonly id: string;
};

export type Verification = {
  /** How many of each were looked at. */
  readonly counts: Readonly<Record<string, number>>;
  /** All broken promises, and the first of each kind by id. */
  readonly breached: number;
  readonly breaches: readonly Breach[];
};

const LISTED = 100;

/** On the caller's connection; for one consistent look, in the caller's repeatable-read transaction. */
export async function verifyDatabase(client: pg.ClientBase): Promise<Verification> {
  const counts: Record<string, number> = {};
  const breaches: Breach[] = [];
  let breached = 0;
  const found = (check: string, ids: readonly string[]) => {
    breached += ids.length;
    for (const id of ids.slice(0, LISTED)) breaches.push({ check, id });
  };

  for (const { what, table, where } of COUNTED) {
    const { rows } = await client.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM "${table}" WHERE ${where ?? "true"}`,
    );
    counts[what] = rows[0]?.count ?? 0;
  }
  for (const { check, sql } of CHECKS) {
    const { rows } = await client.query<{ id: string }>(sql);
    found(
      check,
      rows.map(({ id }) => id),
    );
  }
  const quotes = await checkQuotes(client);
  counts.quotes = quotes.checked;
  for (const [check, ids] of quotes.breaches) found(check, ids);
  const files = await checkReleaseFiles(client);
  counts.releaseFiles = files.checked;
  found("release-file", files.broken);
  const originals = await checkOriginals(client);
  counts.originals = originals.checked;
  found("original-file", originals.broken);
  return { counts, breached, breaches };
}

const COUNTED: readonly { readonly what: string; readonly table: string; readonly where?: string }[] = [
  { what: "users", table: "User" },
  { what: "projects", table: "Project" },
  { what: "texts", table: "ArticleText" },
  { what: "articles", table: "Article" },
  { what: "regions", table: "Region" },
  { what: "reviews", table: "Review" },
  { what: "submissions", table: "Submission" },
  { what: "spans", table: "Span", where: `NOT "removed"` },
  { what: "links", table: "Link", where: `NOT "removed"` },
  { what: "changes", table: "Change" },
  { what: "cases", table: "Case" },
  { what: "decisions", table: "Decision" },
  { what: "goldSpans", table: "GoldSpan" },
  { what: "goldLinks", table: "GoldLink" },
  { what: "suggestions", table: "Suggestion" },
  { what: "auditEntries", table: "AuditEntry" },
  { what: "auditStreams", table: "AuditHead" },
];

/** The whole database as it stands at one moment, on a connection of its own. */
export async function verify(databaseUrl: string): Promise<Verification> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: "gloss verify" });
  await client.connect();
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    return await verifyDatabase(client);
  } finally {
    await client.end();
  }
}
