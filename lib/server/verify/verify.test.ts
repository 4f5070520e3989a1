/** Each promise is broken behind the database's back, with its checks and triggers off, and found. */
import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect, insertRows, type Rows } from "../testing/rows";
import { CHECKS } from "./checks";
import { verify, verifyDatabase } from "./verify";

let client: pg.Client;
let rows: Rows;

beforeAll(async () => {
  client = await connect();
  rows = await insertRows(client);
});
afterAll(() => client.end());

test("nothing is wrong with sound data, and everything is counted", async () => {
  expect(await verify(process.env.DATABASE_URL ?? "")).toEqual({
    breached: 0,
    breaches: [],
    counts: {
      ...{
        users: 1,
        projects: 1,
        texts: 1,
        articles: 1,
        regions: 1,
        reviews: 1,
        submissions: 1,
        spans: 2,
        links: 1,
        changes: 1,
      },
      ...{
        cases: 1,
        decisions: 1,
        goldSpans: 1,
        goldLinks: 1,
        suggestions: 1,
        auditEntries: 9,
        auditStreams: 3,
        quotes: 5,
        releaseFiles: 0,
        originals: 1,
      },
    },
  });
});

const OTHER = "77777777-7777-4777-8777-777777777777";

const stream = (r: Rows) => `project:${r.project}`;

/** Beside what is sound. */
const CARRIED: readonly (readonly [
  string,
  (r: Rows) => { readonly spanId?: string; readonly [column: string]: unknown },
])[] = [
  ["a quote longer than where it was", () => ({ quote: "The harbour" })],
  ["a mark that stands in another's review", (r) => ({ spanId: r.span, reviewId: OTHER })],
  ["another project's review", () => ({ projectId: OTHER })],
];

const BROKEN: readonly { check: string; what: string; sql: string | ((r: Rows) => string); id: (r: Rows) => string }[] =
  [
    { check: "text-length", what: "a longer text", sql: `UPDATE "ArticleText" SET "length" = 5`, id: (r) => r.textId },
    {
      check: "text-sha256",
      what: "another letter",
      sql: `UPDATE "ArticleText" SET "body" = replace("body", 'Friday', 'Sunday')`,
      id: (r) => r.textId,
    },
    {
      check: "article-text",
      what: "another length",
      sql: `UPDATE "Article" SET "textLength" = 5`,
      id: (r) => r.article,
    },
    {
      check: "article-taken",
      what: "another count of reviews",
      sql: `UPDATE "Article" SET "taken" = 7`,
      id: (r) => r.article,
    },
    {
      check: "article-superseded",
      what: "an article that nothing took the place of",
      sql: `UPDATE "Article" SET "superseded" = true`,
      id: (r) => r.article,
    },
    ...CARRIED.map(([what, row]) => ({
      check: "carried-span",
      what,
      sql: (r: Rows) =>
        `INSERT INTO "CarriedSpan" SELECT * FROM jsonb_populate_record(NULL::"CarriedSpan", '${JSON.stringify({
          ...{ spanId: OTHER, projectId: r.project, reviewId: r.review, kind: "orphan", score: 0 },
          ...{ fromId: OTHER, fromArticleId: OTHER, start: 0, end: 3, quote: "The", before: "", after: "" },
          ...{ content: { label: "CLAIM" }, candidates: [], links: [], ...row(r) },
        })}')`,
      id: (r: Rows) => row(r).spanId ?? OTHER,
    })),
    {
      check: "region-range",
      what: "a region past the end",
      sql: `UPDATE "Region" SET "end" = 900`,
      id: (r) => r.region,
    },
    {
      check: "span-range",
      what: "a span past the end",
      sql: (r) => `UPDATE "Span" SET "end" = 900 WHERE "id" = '${r.span}'`,
      id: (r) => r.span,
    },
    {
      check: "gold-range",
      what: "an empty gold span",
      sql: `UPDATE "GoldSpan" SET "end" = "start"`,
      id: (r) => r.goldSpan,
    },
    {
      check: "suggestion-quote",
      what: "another quote of a suggestion",
      sql: `UPDATE "Suggestion" SET "quote" = reverse("quote")`,
      id: (r) => r.suggestion,
    },
    {
      check: "region-overlap",
      what: "a region on another",
      sql: (r) =>
        `INSERT INTO "Region" SELECT (jsonb_populate_record(x, jsonb_build_object('id', '${OTHER}', 'start', 3))).* FROM "Region" x WHERE "id" = '${r.region}'`,
      id: () => OTHER,
    },
    {
      check: "span-behind",
      what: "a span that lost a change",
      sql: (r) =>
        `UPDATE "Change" SET "resultVersion" = 2, "body" = '{"kind": "span.put", "span": {"id": "${r.span}"}}'`,
      id: (r) => r.span,
    },
    {
      check: "span-behind",
      what: "a change whose span is not there",
      sql: () => `UPDATE "Change" SET "body" = '{"kind": "span.remove", "spanId": "${OTHER}"}'`,
      id: () => OTHER,
    },
    {
      check: "span-versions",
      what: "a span made under rules that are gone",
      sql: (r) => `UPDATE "Span" SET "guidelineVersion" = 9 WHERE "id" = '${r.span}'`,
      id: (r) => r.span,
    },
    {
      check: "project-versions",
      what: "a project without the scheme that it names",
      sql: `UPDATE "Project" SET "schemeVersion" = 3`,
      id: (r) => r.project,
    },
    {
      check: "submission-missing",
      what: "a submitted review without what was submitted",
      sql: `DELETE FROM "Submission"`,
      id: (r) => r.review,
    },
    {
      check: "submission-number",
      what: "a submission that went away",
      sql: `UPDATE "Submission" SET "number" = 2`,
      id: (r) => `${r.review}/2`,
    },
    {
      check: "link-start",
      what: "a link from another's span",
      sql: (r) => `UPDATE "Span" SET "reviewId" = '${OTHER}' WHERE "id" = '${r.otherSpan}'`,
      id: (r) => r.link,
    },
    {
      check: "case-decision",
      what: "a decided case without a living decision",
      sql: `UPDATE "Decision" SET "live" = false`,
      id: (r) => r.case,
    },
    {
      check: "settled-undecided",
      what: "a settled article with an open case",
      sql: `UPDATE "Article" SET "state" = 'SETTLED'; UPDATE "Case" SET "status" = 'OPEN'`,
      id: (r) => r.article,
    },
    {
      check: "gold-missing",
      what: "a ruling whose span is no gold",
      sql: `UPDATE "Decision" SET "spans" = '[{"id": "${OTHER}", "start": 1, "end": 3, "label": "CLAIM"}]'`,
      id: (r) => r.decision,
    },
    { check: "case-range", what: "a case before the text", sql: `UPDATE "Case" SET "start" = -4`, id: (r) => r.case },
    {
      check: "submission-range",
      what: "a submitted span past the end",
      sql: `UPDATE "Submission" SET "spans" = '[{"start": 1, "end": 900}]'`,
      id: (r) => `${r.review}/1`,
    },
    {
      check: "span-quote",
      what: "an offset shifted by one",
      sql: (r) => `UPDATE "Span" SET "start" = "start" + 1, "end" = "end" + 1 WHERE "id" = '${r.span}'`,
      id: (r) => r.span,
    },
    {
      check: "gold-quote",
      what: "another quote",
      sql: `UPDATE "GoldSpan" SET "quote" = 'the harbour closed on Monday'`,
      id: (r) => r.goldSpan,
    },
    {
      check: "submission-quote",
      what: "another quote",
      sql: `UPDATE "Submission" SET "spans" = '[{"start": 1, "end": 3, "quote": "x"}]'`,
      id: (r) => `${r.review}/1`,
    },
    {
      check: "review-version",
      what: "a review behind its changes",
      sql: `UPDATE "Review" SET "version" = 0`,
      id: (r) => r.review,
    },
    {
      check: "link-ends",
      what: "a link to a span that is gone",
      sql: (r) => `DELETE FROM "Span" WHERE "id" = '${r.span}'`,
      id: (r) => r.link,
    },
    {
      check: "one-live-decision",
      what: "two living decisions",
      sql: `DROP INDEX "Decision_live_key"; INSERT INTO "Decision" SELECT (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid()))).* FROM "Decision" d`,
      id: (r) => r.case,
    },
    {
      check: "superseded-not-live",
      what: "a superseded decision that lives",
      sql: `UPDATE "Decision" SET "supersedesId" = "id"`,
      id: (r) => r.decision,
    },
    {
      check: "decision-text",
      what: "a ruling on another text",
      sql: `UPDATE "Decision" SET "textSha256" = repeat('0', 64)`,
      id: (r) => r.decision,
    },
    {
      check: "gold-live",
      what: "gold of a dead decision",
      sql: `UPDATE "Decision" SET "live" = false`,
      id: (r) => r.goldSpan,
    },
    {
      check: "gold-link-ends",
      what: "a gold link from nowhere",
      sql: `UPDATE "GoldLink" SET "fromId" = gen_random_uuid()`,
      id: (r) => r.goldLink,
    },
    {
      check: "audit-hash",
      what: "an entry rewritten",
      sql: (r) => `UPDATE "AuditEntry" SET "type" = 'nothing' WHERE "stream" = '${stream(r)}' AND "seq" = 2`,
      id: (r) => `${stream(r)} 2`,
    },
    {
      check: "audit-hash",
      what: "an entry's time moved by a millisecond",
      sql: (r) => `UPDATE "AuditEntry" SET "at" = "at" + interval '1 ms' WHERE "stream" = '${stream(r)}' AND "seq" = 1`,
      id: (r) => `${stream(r)} 1`,
    },
    {
      check: "audit-chain",
      what: "an entry rewritten with its hash",
      sql: (r) => `UPDATE "AuditEntry" SET "hash" = repeat('0', 64) WHERE "stream" = '${stream(r)}' AND "seq" = 2`,
      id: (r) => `${stream(r)} 3`,
    },
    {
      check: "audit-number",
      what: "an entry taken out of the middle",
      sql: (r) => `DELETE FROM "AuditEntry" WHERE "stream" = '${stream(r)}' AND "seq" = 2`,
      id: (r) => `${stream(r)} 3`,
    },
    {
      check: "audit-head",
      what: "the last entry taken away",
      sql: (r) => `DELETE FROM "AuditEntry" WHERE "stream" = '${stream(r)}' AND "seq" = 3`,
      id: (r) => stream(r),
    },
    {
      check: "audit-head",
      what: "a whole stream taken away",
      sql: (r) => `DELETE FROM "AuditEntry" WHERE "stream" = '${stream(r)}'`,
      id: (r) => stream(r),
    },
    {
      check: "original-file",
      what: "a byte of an original",
      sql: `UPDATE "OriginalChunk" SET "bytes" = overlay("bytes" PLACING '\\x00' FROM 3)`,
      id: (r) => r.textId,
    },
    {
      check: "constraint-not-valid",
      what: "a check that was never applied to what stood there",
      sql: `ALTER TABLE "Span" ADD CONSTRAINT "late" CHECK ("version" > 0) NOT VALID`,
      id: () => "late",
    },
    {
      check: "trigger-off",
      what: "a trigger switched off",
      sql: `ALTER TABLE "Decision" DISABLE TRIGGER "Decision_kept"`,
      id: () => "Decision_kept",
    },
  ];

test.each(BROKEN)("$check: $what", async ({ check, sql, id }) => {
  await client.query("BEGIN");
  await withoutGuards();
  await client.query(typeof sql === "string" ? sql : sql(rows));
  const { breaches, breached } = await verifyDatabase(client);
  expect(breaches).toContainEqual({ check, id: id(rows) });
  expect(breached).toBeGreaterThan(0);
  await client.query("ROLLBACK");
});

test("every check is broken above", () => {
  const tried = new Set(BROKEN.map(({ check }) => check));
  expect(CHECKS.map(({ check }) => check).filter((check) => !tried.has(check))).toEqual([]);
});

/** As if the rows had been changed on the disk: no checks, no foreign keys, triggers that do nothing but count as on. */
async function withoutGuards(): Promise<void> {
  const { rows: guards } = await client.query<{ sql: string }>(
    `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I CASCADE', conrelid::regclass, conname) AS sql
       FROM pg_constraint WHERE contype IN ('c', 'f') AND connamespace = 'public'::regnamespace
     UNION ALL
     SELECT format('DROP TRIGGER %I ON %s', tgname, tgrelid::regclass) FROM pg_trigger WHERE NOT tgisinternal AND tgname <> 'Decision_kept'`,
  );
  for (const { sql } of guards) await client.query(sql);
}
