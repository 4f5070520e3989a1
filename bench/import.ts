/** `npm run bench -- import [--spans 100000] [--rounds 3]`: an import, checks and all, against bare COPY of the very rows that it makes. */
import { randomUUID } from "node:crypto";
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { finished, pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import type { Actor } from "../lib/access/actor";
import { DEFAULT_SCOPE } from "../lib/regions/roles";
import { DEFAULT_SCHEME } from "../lib/scheme/default";
import { importFiles } from "../lib/server/imports";
import { clientOf, option, peakInWords, peakOf, rounds, table, withGround } from "./support/database";

const PER_REVIEW = 25;
const WORDS = "harbour gauge denied the port’s weir. said officials water over sluice on Thursday".split(" ");

/** The same numbers each time. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state;
  }
}

type Made = {
  readonly text: string;
  readonly spans: readonly { readonly start: number; readonly end: number; readonly label: string }[][];
};

/** Articles of some 3,000 characters, each with 25 spans of two reviewers. */
function* articles(count: number): Generator<Made> {
  const random = numbers(7);
  const next = (below: number) => Number(random.next().value) % below;
  for (let n = 0; n < count; n++) {
    const text = `${Array.from({ length: 480 }, () => WORDS[next(WORDS.length)]).join(" ")} ${n}.\n`;
    const spans = [0, 1].map(() =>
      Array.from({ length: PER_REVIEW }, (_, i) => {
        const start = i * 100 + next(40);
        return { start, end: start + 20 + next(30), label: ["CLAIM", "ATTRIBUTION", "FRAMING"][next(3)] ?? "CLAIM" };
      }),
    );
    yield { text, spans };
  }
}

function* lines(count: number, status: string): Generator<string> {
  let n = 0;
  for (const { text, spans } of articles(count))
    yield `${JSON.stringify({
      title: `Article ${n++}`,
      text,
      regions: [{ start: 0, end: text.length, role: "body" }],
      reviews: spans.map((own, i) => ({
        reviewer: `r${i}`,
        status,
        spans: own.map((span) => ({
          id: randomUUID(),
          ...span,
          quote: text.slice(span.start, span.end),
          attributes: {},
        })),
        links: [],
      })),
    })}\n`;
}

async function project(client: pg.Client, reviewers = 2): Promise<string> {
  const id = randomUUID();
  await client.query(
    `INSERT INTO "Project" ("id", "name", "scope", "reviewersPerArticle") VALUES ($1, 'bench', $2, $3)`,
    [id, DEFAULT_SCOPE, reviewers],
  );
  await client.query(`INSERT INTO "SchemeVersion" ("projectId", "version", "scheme") VALUES ($1, 1, $2)`, [
    id,
    JSON.stringify(DEFAULT_SCHEME),
  ]);
  await client.query(`INSERT INTO "GuidelineVersion" ("projectId", "version", "markdown") VALUES ($1, 1, '')`, [id]);
  await client.query(`INSERT INTO "ProjectLabel" ("projectId", "key") SELECT $1, unnest($2::text[])`, [
    id,
    DEFAULT_SCHEME.labels.map((label) => label.key),
  ]);
  return id;
}

/** In the order of their references. */
const TABLES = ["ArticleText", "Article", "Region", "Review", "Submission", "Span", "Case"];

type Dump = readonly { readonly into: string; readonly rows: string }[];

/** Every row that an import made, as COPY writes them. */
async function dumpOf(client: pg.Client, id: string): Promise<Dump> {
  const made: { into: string; rows: string }[] = [];
  for (const name of ["Project", "SchemeVersion", "GuidelineVersion", "ProjectLabel", "User", ...TABLES]) {
    const own = name === "Project" ? "id" : name === "User" ? "importedInto" : "projectId";
    const chunks: Buffer[] = [];
    const { rows } = await client.query<{ columns: string }>(
      `SELECT string_agg(quote_ident("column_name"), ', ' ORDER BY "ordinal_position") AS "columns" FROM information_schema.columns
        WHERE "table_name" = $1 AND "table_schema" = 'public' AND "is_generated" = 'NEVER'`,
      [name],
    );
    const columns = rows[0]?.columns ?? "*";
    const out = client.query(copyTo(`COPY (SELECT ${columns} FROM "${name}" WHERE "${own}" = '${id}') TO STDOUT`));
    for await (const chunk of out) chunks.push(chunk);
    made.push({ into: `"${name}" (${columns})`, rows: Buffer.concat(chunks).toString("utf8") });
  }
  return made;
}

const IDS = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** The same rows with other ids. */
function anew(dump: Dump): Dump {
  const ids = new Map<string, string>();
  const other = (id: string) => {
    const made = ids.get(id) ?? randomUUID();
    ids.set(id, made);
    return made;
  };
  return dump.map(({ into, rows }) => ({ into, rows: rows.replace(IDS, other) }));
}

const PART = 256 * 1024;

/** In one transaction, as an import is. The rows are ready: nothing is made, read or checked here. */
async function bare(client: pg.Client, dump: Dump): Promise<void> {
  await client.query("BEGIN");
  for (const { into, rows } of dump) {
    const parts = Array.from({ length: Math.ceil(rows.length / PART) }, (_, i) => rows.slice(i * PART, (i + 1) * PART));
    await pipeline(Readable.from(parts), client.query(copyFrom(`COPY ${into} FROM STDIN`)));
  }
  await client.query("COMMIT");
}

const spans = option("spans", 100_000);
const count = Math.ceil(spans / (2 * PER_REVIEW));

await withGround(async (url) => {
  const client = clientOf(url);
  await client.connect();
  const folder = mkdtempSync(path.join(tmpdir(), "gloss-bench-files-"));
  const nobody = "00000000-0000-0000-0000-000000000000";
  const actor: Actor = { userId: nobody, name: "bench", isAdmin: true, via: { kind: "command" } };
  const total = count * 2 * PER_REVIEW;
  const file = async (status: string) => {
    const to = path.join(folder, `${randomUUID()}.jsonl`);
    const out = createWriteStream(to);
    Readable.from(lines(count, status)).pipe(out);
    await finished(out);
    return to;
  };
  const take = async (from: string, reviewers: number) => {
    const id = await project(client, reviewers);
    const open = () => createReadStream(from, { highWaterMark: 256 * 1024 });
    const done = await importFiles(actor, id, { format: "jsonl", onError: "abort", as: "reviews" }, [
      { name: "bench.jsonl", open },
    ]);
    if (!done.ok) throw new Error(JSON.stringify(done.errors.slice(0, 2)));
    return id;
  };
  const times = option("rounds", 3);
  const kinds = [
    { name: "work in progress", status: "in_progress", reviewers: 2 },
    { name: "submitted, waiting for a third review", status: "submitted", reviewers: 3 },
    { name: "submitted, cases found", status: "submitted", reviewers: 2 },
  ];
  for (const { name, status, reviewers } of kinds) {
    // A file and a dump a round, made beforehand: in a second round the ids of the first are taken, which no first import meets.
    const files: string[] = [];
    for (let i = 0; i <= times + 1; i++) files.push(await file(status));
    const dump = await dumpOf(client, await take(files.pop() ?? "", reviewers));
    const dumps = Array.from({ length: times }, () => anew(dump));
    const measured = await rounds(times, [
      { name: "COPY of the same rows, made beforehand", run: () => bare(client, dumps.pop() ?? []).then(() => total) },
      { name: "import", run: () => take(files.pop() ?? "", reviewers).then(() => total) },
    ]);
    table(
      `Import, ${name}: ${total.toLocaleString("en")} spans in ${count.toLocaleString("en")} articles, spans a second`,
      measured,
    );
    console.log(`\nMemory: ${peakInWords(await peakOf(() => take(files.pop() ?? "", reviewers)))}`);
  }
  rmSync(folder, { recursive: true, force: true });
  await client.end();
});
