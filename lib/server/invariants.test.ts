/** What the first migration says by hand stands in the live database: each promise is broken past the use cases, and refused. */
import type pg from "pg";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { connect, insertRows, type Rows, sha256 } from "./testing/rows";

let client: pg.Client;
let rows: Rows;

beforeAll(async () => {
  client = await connect();
  rows = await insertRows(client);
});
afterEach(() => client.query("ROLLBACK"));
afterAll(() => client.end());

/** SQLSTATEs: 23503 foreign key, 23505 unique, 23514 check, GL001 never changed. */
type Broken = {
  readonly what: string;
  readonly sql: (rows: Rows) => string;
  readonly code: string;
  readonly by: string;
};

/** What keeps the check of the quote from being the one that refuses. */
const QUOTES: Readonly<Record<string, string>> = {
  span: `, "quote" = NULL`,
  goldSpan: `, "quote" = NULL`,
};

const spanLike = (table: string, row: "span" | "goldSpan" | "region" | "suggestion") =>
  [
    ["begins before the text", `"start" = -1`],
    ["is empty", `"end" = "start"`],
    ["ends before it begins", `"end" = "start" - 1`],
    ["ends after the text", `"end" = "textLength" + 1`],
  ].map(([what, set]) => ({
    what: `${table} ${what}`,
    sql: (r: Rows) => `UPDATE "${table}" SET ${set}${QUOTES[row] ?? ""} WHERE "id" = '${r[row]}'`,
    code: "23514",
    by: row === "suggestion" ? `${table}_place_check` : `${table}_range_check`,
  }));

const update = (table: string, set: string, by: string, code = "23514"): Broken => ({
  what: `${table} with ${set}`,
  sql: () => `UPDATE "${table}" SET ${set}`,
  code,
  by,
});

const never = (table: string, verb: "UPDATE" | "DELETE" | "TRUNCATE", set = `"projectId" = "projectId"`): Broken => ({
  what: `${verb} of ${table}`,
  sql: () =>
    verb === "UPDATE"
      ? `UPDATE "${table}" SET ${set}`
      : verb === "DELETE"
        ? `DELETE FROM "${table}"`
        : `TRUNCATE "${table}" CASCADE`,
  code: "GL001",
  by: "is never changed",
});

/** What is written anew and refused at once. */
const insert = (what: string, by: string, sql: (rows: Rows) => string, code = "23514"): Broken => ({
  what,
  by,
  sql,
  code,
});

const JOB = (r: Rows, state = "DONE") =>
  `INSERT INTO "Job" ("id", "projectId", "kind", "input", "state") VALUES (gen_random_uuid(), '${r.project}', 'release', '{}', '${state}');`;
const RELEASE = (r: Rows, values: string) =>
  `${JOB(r)} INSERT INTO "Release" ("projectId", "number", "state", "manifestSha256", "readyAt", "id", "jobId", "settings")
   SELECT '${r.project}', ${values}, gen_random_uuid(), "id", '{}' FROM "Job" WHERE "projectId" = '${r.project}';`;
const READY = (r: Rows) => RELEASE(r, `1, 'READY', '${sha256("m")}', now()`);
const HOOK = (r: Rows, secret: string) =>
  `INSERT INTO "Webhook" ("id", "projectId", "url", "events", "secret", "creationHash")
   VALUES (gen_random_uuid(), '${r.project}', 'https://x.example', '{}', ${secret}, '');`;
const ORIGINAL = (r: Rows, values: string) =>
  `DELETE FROM "Original"; INSERT INTO "Original" ("textId", "projectId", "mediaType", "size", "sha256", "fetchedAt")
   VALUES ('${r.textId}', '${r.project}', 'text/plain', ${values})`;
const kept = (what: string, sql: (rows: Rows) => string): Broken =>
  insert(`${what} of a release that is ready`, "is never changed", (r) => `${READY(r)} ${sql(r)}`, "GL001");

/** What came with batches, threads, competence, releases and the reviewers' own time. */
const LATER: readonly Broken[] = [
  insert(
    "a competence over 1",
    "Competence_value_check",
    (r) =>
      `INSERT INTO "Competence" ("projectId", "reviewerId", "value", "cases") VALUES ('${r.project}', '${r.user}', 1.1, 50)`,
  ),
  ...(
    [
      ["purpose", "'fun'"],
      ["share", "101"],
    ] as const
  ).map(([column, value]) =>
    insert(
      `a batch with ${column} = ${value}`,
      `Batch_${column}_check`,
      (r) =>
        `INSERT INTO "Batch" ("id", "projectId", "name", "${column}") VALUES (gen_random_uuid(), '${r.project}', 'b', ${value})`,
    ),
  ),
  update("Article", `"more" = 21`, "Article_more_check"),
  update("Project", `"thirdReviewer" = 'always'`, "Project_thirdReviewer_check"),
  update("Project", `"thirdBelow" = 0`, "Project_thirdBelow_check"),
  update("Project", `"idleDays" = 0`, "Project_idleDays_check"),
  insert(
    "a thread about no words",
    "Thread_range_check",
    (r) =>
      `INSERT INTO "Thread" ("id", "projectId", "articleId", "start", "end") VALUES (gen_random_uuid(), '${r.project}', '${r.article}', 3, 3)`,
  ),
  insert(
    "a rule that changed in no way",
    "RuleChange_kind_check",
    (r) =>
      `INSERT INTO "RuleChange" ("projectId", "version", "anchor", "kind", "title") VALUES ('${r.project}', 1, '1-1', 'moved', 't')`,
  ),
  insert("a secret that could be guessed", "Webhook_secret_check", (r) => HOOK(r, "'short'")),
  insert(
    "fewer attempts than none",
    "WebhookDelivery_attempts_check",
    (r) => `${HOOK(r, "decode(repeat('ab', 32), 'hex')")}
      INSERT INTO "WebhookDelivery" ("id", "projectId", "webhookId", "event", "body", "attempts")
      SELECT gen_random_uuid(), "projectId", "id", 'ping', '{}', -1 FROM "Webhook"`,
  ),
  insert("a job that did less than nothing", "Job_progress_check", (r) => `${JOB(r)} UPDATE "Job" SET "done" = -1`),
  insert("two jobs of a project at once", "Job_running", (r) => JOB(r, "RUNNING").repeat(2), "23505"),
  insert("a release of number 0", "Release_number_check", (r) => RELEASE(r, "0, 'MAKING', NULL, NULL")),
  insert("a release that is ready without a sum", "Release_ready_check", (r) => RELEASE(r, "1, 'READY', NULL, NULL")),
  insert(
    "a file without a sum",
    "ReleaseFile_sha256_check",
    (r) =>
      `${RELEASE(r, "1, 'MAKING', NULL, NULL")} INSERT INTO "ReleaseFile" ("projectId", "number", "name", "position", "mediaType", "size", "sha256")
       VALUES ('${r.project}', 1, 'a', 0, 'text/plain', 1, 'none')`,
  ),
  insert("an original of nothing", "Original_size_check", (r) => ORIGINAL(r, `0, '${sha256("")}', NULL`)),
  insert("an original without a sum", "Original_sha256_check", (r) => ORIGINAL(r, `1, 'none', NULL`)),
  insert("an original fetched from nowhere", "Original_fetchedAt_check", (r) =>
    ORIGINAL(r, `1, '${sha256("a")}', now()`),
  ),
  kept("UPDATE", () => `UPDATE "Release" SET "settings" = '[]'`),
  kept("DELETE", () => `DELETE FROM "Release"`),
  kept("TRUNCATE", () => `TRUNCATE "Release" CASCADE`),
  kept(
    "a chunk more",
    (r) =>
      `INSERT INTO "ReleaseChunk" ("projectId", "number", "name", "n", "bytes") VALUES ('${r.project}', 1, 'a', 0, '')`,
  ),
  update("Article", `"textVersion" = 0`, "Article_textVersion_check"),
  update("Article", `"superseded" = true`, "Article_textVersion_check"),
  update("Article", `"pageKey" = 'short'`, "Article_pageKey_check"),
  ...(
    [
      ["kind", `'moved', 1, 0, 1, NULL, NULL`],
      ["score", `'exact', 1.1, 0, 1, NULL, NULL`],
      ["range", `'exact', 1, 3, 3, NULL, NULL`],
      ["dropped", `'orphan', 0, 0, 1, 'gone', NULL`],
      ["dropped", `'exact', 1, 0, 1, 'gone', now()`],
    ] as const
  ).map(([which, values]) =>
    insert(
      `a mark carried over with ${values}`,
      `CarriedSpan_${which}_check`,
      (r) =>
        `INSERT INTO "CarriedSpan" ("spanId", "projectId", "reviewId", "fromId", "fromArticleId", "quote", "before", "after", "content", "kind", "score",
           "start", "end", "dropReason", "droppedAt")
         VALUES (gen_random_uuid(), '${r.project}', '${r.review}', '${r.span}', '${r.article}', 'q', '', '', '{}', ${values})`,
    ),
  ),
  ...spanLike("Suggestion", "suggestion"),
  update("Suggestion", `"quote" = 'other'`, "Suggestion_quote_check"),
  update("Suggestion", `"contentHash" = 'short'`, "Suggestion_contentHash_check"),
  update("Suggestion", `"label" = 'NOBODY'`, "Suggestion_projectId_label_fkey", "23503"),
  update("Suggestion", `"textLength" = "textLength" + 100`, "Suggestion_articleId_projectId_textLength_fkey", "23503"),
  update("Suggestion", `"setId" = gen_random_uuid()`, "Suggestion_setId_projectId_fkey", "23503"),
  update("SuggestionSet", `"name" = ''`, "SuggestionSet_name_check"),
  update(
    "Dismissal",
    `"suggestionId" = gen_random_uuid()`,
    "Dismissal_suggestionId_projectId_articleId_textLength_fkey",
    "23503",
  ),
  update(
    "Dismissal",
    `"reviewId" = gen_random_uuid()`,
    "Dismissal_reviewId_projectId_articleId_textLength_fkey",
    "23503",
  ),
  update("Span", `"suggestion" = '{"by": "m"}'`, "Span_suggestion_check"),
  update("Span", `"suggestion" = '[]'`, "Span_suggestion_check"),
  insert(
    "the same suggestion of one set twice",
    "Suggestion_articleId_setId_contentHash_key",
    () =>
      `INSERT INTO "Suggestion" SELECT (jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid()))).* FROM "Suggestion" s`,
    "23505",
  ),
  insert(
    "less time than none",
    "WorkTime_seconds_check",
    (r) =>
      `INSERT INTO "WorkTime" ("reviewId", "day", "projectId", "seconds") VALUES ('${r.review}', '2026-11-22', '${r.project}', -1)`,
  ),
];

const BROKEN: readonly Broken[] = [
  ...LATER,
  ...spanLike("Span", "span"),
  ...spanLike("GoldSpan", "goldSpan"),
  ...spanLike("Region", "region"),
  update("Span", `"textLength" = "textLength" + 100`, "Span_reviewId_projectId_articleId_textLength_fkey", "23503"),
  update("GoldSpan", `"textLength" = "textLength" + 100`, "GoldSpan_articleId_projectId_textLength_fkey", "23503"),
  update("Span", `"label" = 'NOBODY'`, "Span_projectId_label_fkey", "23503"),
  update("GoldSpan", `"label" = 'NOBODY'`, "GoldSpan_projectId_label_fkey", "23503"),
  update("Span", `"version" = 0`, "Span_version_check"),
  update("Span", `"quote" = 'other'`, "Span_quote_check"),
  update("GoldSpan", `"quote" = 'other'`, "GoldSpan_quote_check"),
  update("Region", `"role" = 'footer'`, "Region_role_check"),
  update("Link", `"toId" = NULL`, "Link_target_check"),
  update("Link", `"version" = 0`, "Link_version_check"),
  update("GoldLink", `"toText" = NULL`, "GoldLink_target_check"),
  update("Case", `"start" = "end"`, "Case_range_check"),
  update("Review", `"version" = -1`, "Review_version_check"),
  update("Article", `"version" = 0`, "Article_version_check"),
  update("Article", `"taken" = -1`, "Article_taken_check"),
  update("Article", `"duplicateKey" = 'short'`, "Article_duplicateKey_check"),
  update("Article", `"publishedPrecision" = 'week'`, "Article_publishedPrecision_check"),
  update("Article", `"textLength" = "textLength" + 1`, "Article_textId_projectId_textLength_fkey", "23503"),
  update("Project", `"reviewersPerArticle" = 0`, "Project_reviewersPerArticle_check"),
  update("User", `"email" = NULL`, "User_account_check"),
  update("User", `"email" = upper("email")`, "User_email_check"),
  {
    what: "a batch that asks for no reviewer",
    sql: (r) =>
      `INSERT INTO "Batch" ("id", "projectId", "name", "reviewersPerArticle") VALUES (gen_random_uuid(), '${r.project}', 'b', 0)`,
    code: "23514",
    by: "Batch_reviewersPerArticle_check",
  },
  {
    what: "a submission without a number",
    sql: (r) =>
      `INSERT INTO "Submission" SELECT "reviewId", 0, "projectId", "articleId", "blind", "reviewVersion", "spans", "links" FROM "Submission" WHERE "reviewId" = '${r.review}'`,
    code: "23514",
    by: "Submission_number_check",
  },
  {
    what: "a text whose hash is another's",
    sql: (r) =>
      `INSERT INTO "ArticleText" ("id", "projectId", "sha256", "length", "body") VALUES (gen_random_uuid(), '${r.project}', '${sha256("b")}', 1, 'a')`,
    code: "23514",
    by: "ArticleText_sha256_check",
  },
  {
    what: "a text whose length is in UTF-16 units",
    sql: (r) =>
      `INSERT INTO "ArticleText" ("id", "projectId", "sha256", "length", "body") VALUES (gen_random_uuid(), '${r.project}', '${sha256("🙂")}', 2, '🙂')`,
    code: "23514",
    by: "ArticleText_length_check",
  },
  {
    what: "a second live decision of a case",
    sql: () =>
      `INSERT INTO "Decision" SELECT (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid()))).* FROM "Decision" d`,
    code: "23505",
    by: "Decision_live_key",
  },
  {
    what: "the same article twice outside the bin",
    sql: () =>
      `INSERT INTO "Article" SELECT (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid()))).* FROM "Article" a`,
    code: "23505",
    by: "Article_duplicate_key",
  },
  {
    what: "a decision without the text it ruled on",
    sql: () =>
      `INSERT INTO "Decision" SELECT (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(), 'live', false, 'textSha256', ''))).* FROM "Decision" d`,
    code: "23514",
    by: "Decision_textSha256_check",
  },
  {
    what: "an audit entry in a stream of no kind",
    sql: () => `INSERT INTO "AuditEntry" ("stream", "type", "data") VALUES ('elsewhere', 'x', '{}')`,
    code: "23514",
    by: "AuditEntry_stream_check",
  },
  never("ArticleText", "UPDATE"),
  never("Original", "UPDATE", `"name" = 'another'`),
  never("OriginalChunk", "UPDATE", `"bytes" = ''`),
  never("Submission", "UPDATE"),
  never("Submission", "DELETE"),
  never("Submission", "TRUNCATE"),
  never("Change", "UPDATE"),
  never("Change", "DELETE"),
  never("Change", "TRUNCATE"),
  never("AuditEntry", "UPDATE"),
  never("AuditEntry", "DELETE"),
  never("AuditEntry", "TRUNCATE"),
  never("Decision", "DELETE"),
  never("Decision", "TRUNCATE"),
  { ...never("Decision", "UPDATE", `"note" = 'rewritten'`), by: "only superseded" },
  { ...never("Decision", "UPDATE", `"live" = false, "note" = 'rewritten'`), by: "only superseded" },
];

const TRIGGERS = [
  ...["Article_superseded_delete", "Article_superseded_insert", "Article_superseded_update"],
  ...[
    "Original_immutable",
    "OriginalChunk_immutable",
    "Release_kept",
    "Release_never",
    "ReleaseFile_kept",
    "ReleaseFile_never",
    "ReleaseChunk_kept",
    "ReleaseChunk_never",
  ],
  ...["ArticleText_immutable", "AuditEntry_chain", "AuditEntry_immutable", "AuditEntry_whole", "Change_immutable"],
  ...[
    "Change_whole",
    "Decision_kept",
    "Decision_superseded",
    "Decision_whole",
    "Submission_immutable",
    "Submission_whole",
  ],
];

test.each(BROKEN)("refuses: $what", async ({ sql, code, by }) => {
  await client.query("BEGIN");
  const refused = client.query(sql(rows));
  await expect(refused).rejects.toMatchObject({ code });
  const error: unknown = await refused.catch((reason: unknown) => reason);
  expect(JSON.stringify([Reflect.get(Object(error), "constraint"), String(error)])).toContain(by);
});

test("every check, unique partial index and trigger of the live database is in this file's list", async () => {
  const { rows: inForce } = await client.query<{ name: string }>(
    `SELECT conname AS name FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace
     UNION ALL
     SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
      WHERE i.indisunique AND i.indpred IS NOT NULL AND c.relnamespace = 'public'::regnamespace`,
  );
  const tried = new Set(BROKEN.map(({ by }) => by));
  expect(inForce.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);

  const { rows: triggers } = await client.query<{ name: string; on: boolean }>(
    `SELECT tgname AS name, tgenabled = 'O' AS on FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname`,
  );
  expect(triggers.every(({ on }) => on)).toBe(true);
  expect(triggers.map(({ name }) => name)).toEqual(expect.arrayContaining(TRIGGERS));
});

test("a decision may cease to be the live one, once, and then another may live", async () => {
  await client.query("BEGIN");
  await client.query(`UPDATE "Decision" SET "live" = false`);
  await client.query(
    `INSERT INTO "Decision" SELECT (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(), 'live', true))).* FROM "Decision" d`,
  );
  await expect(client.query(`UPDATE "Decision" SET "live" = true WHERE NOT "live"`)).rejects.toMatchObject({
    code: "GL001",
  });
});

test("the same article may stand in the bin beside a live one", async () => {
  await client.query("BEGIN");
  await client.query(`UPDATE "Article" SET "deletedAt" = now()`);
  await client.query(
    `INSERT INTO "Article" SELECT (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(), 'deletedAt', null, 'position', a."position" + 1))).* FROM "Article" a`,
  );
  const { rows: live } = await client.query(`SELECT "id" FROM "Article" WHERE "deletedAt" IS NULL`);
  expect(live).toHaveLength(1);
});

test("the audit numbers and chains each stream by itself, whatever a writer says of number and hash", async () => {
  await client.query("BEGIN");
  const stream = `project:${rows.project}`;
  await client.query(
    `INSERT INTO "AuditEntry" ("stream", "seq", "type", "data", "prevHash", "hash", "at") VALUES ($1, 99, 'x', '{}', 'p', 'h', '2001-01-01')`,
    [stream],
  );
  const { rows: entries } = await client.query<{ seq: number; prevHash: string; hash: string; recent: boolean }>(
    `SELECT "seq", "prevHash", "hash", "at" > now() - interval '1 hour' AS recent FROM "AuditEntry" WHERE "stream" = $1 ORDER BY "seq"`,
    [stream],
  );
  expect(entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  expect(entries.map(({ prevHash }) => prevHash)).toEqual(["", ...entries.slice(0, 3).map(({ hash }) => hash)]);
  expect(entries.every(({ recent, hash }) => recent && /^[0-9a-f]{64}$/.test(hash))).toBe(true);
});

test("writers of one stream come one after the other; nobody's number is given twice", async () => {
  const stream = `review:${rows.review}`;
  const others = await Promise.all(Array.from({ length: 8 }, () => connect()));
  await Promise.all(
    others.map((other, n) =>
      other.query(
        `INSERT INTO "AuditEntry" ("stream", "type", "data") VALUES ($1, 'parallel', jsonb_build_object('n', $2::int))`,
        [stream, n],
      ),
    ),
  );
  await Promise.all(others.map((other) => other.end()));
  const { rows: entries } = await client.query<{ seq: number }>(
    `SELECT "seq" FROM "AuditEntry" WHERE "stream" = $1 ORDER BY "seq"`,
    [stream],
  );
  expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 11 }, (_, n) => n + 1));
});
