/** `npm run bench -- export [--spans 200000] [--rounds 3]`: the export in three formats against COPY out of the same tables, in one run. */
import { randomUUID } from "node:crypto";
import type pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import type { Actor } from "../lib/access/actor";
import { exportProject } from "../lib/server/exports";
import { LINES } from "../lib/server/exportsSql";
import { clientOf, option, peakInWords, peakOf, rounds, table, withGround } from "./support/database";

const PER_ARTICLE = 50;

/** Articles of some 3,000 characters with 50 spans of two reviewers each, made in the database. */
async function fill(client: pg.Client, spans: number): Promise<string> {
  const project = randomUUID();
  const q = (text: string, values: unknown[] = []) => client.query(text, values);
  await q(`INSERT INTO "Project" ("id", "name", "blind", "scope") VALUES ($1, 'bench', true, '{body}')`, [project]);
  await q(
    `INSERT INTO "SchemeVersion" ("projectId", "version", "scheme") VALUES ($1, 1, '{"labels": [], "links": [], "coexist": []}')`,
    [project],
  );
  await q(`INSERT INTO "GuidelineVersion" ("projectId", "version", "markdown") VALUES ($1, 1, '')`, [project]);
  await q(
    `INSERT INTO "ProjectLabel" ("projectId", "key") SELECT $1, k FROM unnest('{CLAIM,ATTRIBUTION,DENIAL,FRAMING}'::text[]) k`,
    [project],
  );
  await q(
    `INSERT INTO "User" ("id", "name", "importedInto") SELECT gen_random_uuid(), 'r' || n, $1 FROM generate_series(1, 2) n`,
    [project],
  );
  await q(
    `WITH t AS (
       SELECT gen_random_uuid() AS id, n, (SELECT string_agg(CASE (n * 7 + w * 13) % 9 WHEN 0 THEN 'harbour' WHEN 1 THEN 'gauge' WHEN 2 THEN 'denied'
         WHEN 3 THEN 'the' WHEN 4 THEN 'port’s' WHEN 5 THEN 'weir.' WHEN 6 THEN E'said\\n' WHEN 7 THEN 'officials' ELSE 'water' END, ' ') || n
         FROM generate_series(1, 430) w) AS body FROM generate_series(1, $2::int) n)
     INSERT INTO "ArticleText" ("id", "projectId", "sha256", "length", "body")
     SELECT id, $1, encode(sha256(convert_to(body, 'UTF8')), 'hex'), char_length(body), body FROM t`,
    [project, spans / PER_ARTICLE],
  );
  await q(
    `INSERT INTO "Article" ("id", "projectId", "textId", "textLength", "title", "duplicateKey", "state")
     SELECT gen_random_uuid(), $1, "id", "length", 'A title of some words', encode(sha256("id"::text::bytea), 'hex'), 'ADJUDICATION'
       FROM "ArticleText" WHERE "projectId" = $1`,
    [project],
  );
  await q(
    `INSERT INTO "Region" ("id", "projectId", "articleId", "textLength", "start", "end", "role", "reason")
     SELECT gen_random_uuid(), $1, "id", "textLength", 0, "textLength", 'body', 'Running text' FROM "Article" WHERE "projectId" = $1`,
    [project],
  );
  await q(
    `INSERT INTO "Review" ("id", "projectId", "articleId", "textLength", "reviewerId", "status", "submittedAt")
     SELECT gen_random_uuid(), $1, a."id", a."textLength", u."id", 'SUBMITTED', now() FROM "Article" a, "User" u
      WHERE a."projectId" = $1 AND u."importedInto" = $1`,
    [project],
  );
  await q(
    `INSERT INTO "Span" ("id", "projectId", "articleId", "reviewId", "textLength", "start", "end", "quote", "label", "attributes",
       "schemeVersion", "guidelineVersion")
     SELECT gen_random_uuid(), $1, r."articleId", r."id", r."textLength", s.at, s.at + 60, substring(t."body", s.at + 1, 60),
            (ARRAY['CLAIM','ATTRIBUTION','DENIAL','FRAMING'])[1 + s.n % 4], '{"likelihood": "alleged", "type": "event"}', 1, 1
       FROM "Review" r JOIN "Article" a ON a."id" = r."articleId" JOIN "ArticleText" t ON t."id" = a."textId",
            LATERAL (SELECT n, (n * 89) % 2000 AS at FROM generate_series(1, $2::int) n) s WHERE r."projectId" = $1`,
    [project, PER_ARTICLE / 2],
  );
  await q("VACUUM ANALYZE");
  return project;
}

async function drain(stream: AsyncIterable<Uint8Array>): Promise<number> {
  let bytes = 0;
  for await (const chunk of stream) bytes += chunk.length;
  return bytes;
}

async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

const spans = option("spans", 200_000);

await withGround(async (url) => {
  const client = clientOf(url);
  await client.connect();
  console.log(`Making ${spans.toLocaleString("en")} spans …`);
  const project = await fill(client, spans);
  await client.query("SET jit = off");
  const nobody = "00000000-0000-0000-0000-000000000000";
  const actor: Actor = { userId: nobody, name: "bench", isAdmin: true, via: { kind: "command" } };

  const copyOf = async (sql: string) => {
    await drain(client.query(copyTo(`COPY (${sql}) TO STDOUT`)));
    return spans;
  };
  const whole = LINES.replace(/LIMIT \d+/, "")
    .replaceAll("$1", `'${project}'::uuid`)
    .replaceAll("$2", "'0'")
    .replaceAll("$3", `'${nobody}'`)
    .replaceAll("$4", "'all'")
    .replaceAll("$5", "'all'")
    .replaceAll("$6", "false")
    .replaceAll("$7", "'desk'");
  const exportOf = async (id: string, format: string) => {
    const download = await exportProject(actor, id, { format, layer: "all" });
    if (!download.ok) throw new Error(download.message);
    await drain(chunksOf(download.value.body));
  };
  const formats = ["jsonl", "csv", "parquet"];
  const measured = await rounds(option("rounds", 3), [
    {
      name: "COPY of JSON, a line a span",
      run: () =>
        copyOf(`SELECT json_build_object('id', "id", 'start', "start", 'end', "end", 'label', "label", 'quote', "quote",
          'attributes', "attributes", 'note', "note", 'uncertain', "uncertain", 'scheme_version', "schemeVersion",
          'guideline_version', "guidelineVersion") FROM "Span" WHERE "projectId" = '${project}'`),
    },
    { name: "COPY of the export's own lines", run: () => copyOf(`SELECT "line" FROM (${whole}) x`) },
    ...formats.map((format) => ({
      name: `export as ${format}, every quote and hash checked`,
      run: () => exportOf(project, format).then(() => spans),
    })),
  ]);
  table(`Export of ${spans.toLocaleString("en")} spans, spans a second`, measured);
  console.log("\n| spans | format | seconds | memory |\n|---|---|---|---|");
  for (const size of [spans / 16, spans / 4, spans]) {
    const own = size === spans ? project : await fill(client, size);
    for (const format of formats) {
      const start = performance.now();
      const peak = await peakOf(() => exportOf(own, format));
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      console.log(`| ${size.toLocaleString("en")} | ${format} | ${seconds} | ${peakInWords(peak)} |`);
    }
  }
  await client.end();
});
