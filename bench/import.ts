/** `npm run bench -- import [--spans 100000] [--rounds 3]`: an import, checks and all, against bare COPY into the same tables, in one run. */
import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { finished, pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { Actor } from "../lib/access/actor";
import { DEFAULT_SCOPE } from "../lib/regions/roles";
import { DEFAULT_SCHEME } from "../lib/scheme/default";
import { importFiles } from "../lib/server/imports";
import { option, peakOf, rounds, table, withGround } from "./support/database";

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

const cell = (value: unknown) =>
  value === null
    ? "\\N"
    : String(value).replace(/[\\\n\t\r]/g, (c) => ({ "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r" })[c] ?? c);

async function copy(client: pg.Client, into: string, rows: Iterable<readonly unknown[]>): Promise<void> {
  const stream = client.query(copyFrom(`COPY ${into} FROM STDIN`));
  await pipeline(
    Readable.from(
      (function* () {
        let part = "";
        for (const row of rows) {
          part += `${row.map(cell).join("\t")}\n`;
          if (part.length < 256 * 1024) continue;
          yield part;
          part = "";
        }
        yield part;
      })(),
    ),
    stream,
  );
}

/** Texts, articles, regions, reviews and spans, without a check of ours; in the one transaction that an import is too. */
async function bare(client: pg.Client, count: number): Promise<void> {
  const id = await project(client);
  const people = [randomUUID(), randomUUID()];
  await client.query("BEGIN");
  await copy(
    client,
    `"User" ("id", "name", "importedInto")`,
    people.map((one, i) => [one, `r${i}`, id]),
  );
  const made = [...articles(count)].map((one) => ({
    ...one,
    id: randomUUID(),
    textId: randomUUID(),
    reviews: [randomUUID(), randomUUID()],
  }));
  const sha = (text: string) => createHash("sha256").update(text).digest("hex");
  await copy(
    client,
    `"ArticleText" ("id", "projectId", "sha256", "length", "body")`,
    made.map((a) => [a.textId, id, sha(a.text), a.text.length, a.text]),
  );
  await copy(
    client,
    `"Article" ("id", "projectId", "textId", "textLength", "title", "duplicateKey")`,
    made.map((a) => [a.id, id, a.textId, a.text.length, "x", sha(a.id)]),
  );
  await copy(
    client,
    `"Region" ("id", "projectId", "articleId", "textLength", "start", "end", "role")`,
    made.map((a) => [randomUUID(), id, a.id, a.text.length, 0, a.text.length, "body"]),
  );
  await copy(
    client,
    `"Review" ("id", "projectId", "articleId", "textLength", "reviewerId", "status")`,
    made.flatMap((a) => a.reviews.map((r, i) => [r, id, a.id, a.text.length, people[i], "IN_PROGRESS"])),
  );
  await copy(
    client,
    `"Span" ("id", "projectId", "articleId", "reviewId", "textLength", "start", "end", "quote", "label", "attributes", "schemeVersion", "guidelineVersion")`,
    (function* () {
      for (const a of made)
        for (const [i, own] of a.spans.entries())
          for (const s of own)
            yield [
              randomUUID(),
              id,
              a.id,
              a.reviews[i],
              a.text.length,
              s.start,
              s.end,
              a.text.slice(s.start, s.end),
              s.label,
              "{}",
              1,
              1,
            ];
    })(),
  );
  await client.query("COMMIT");
}

const spans = option("spans", 100_000);
const count = Math.ceil(spans / (2 * PER_REVIEW));

await withGround(async (url) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const folder = mkdtempSync(path.join(tmpdir(), "gloss-bench-files-"));
  const nobody = "00000000-0000-0000-0000-000000000000";
  const actor: Actor = { userId: nobody, name: "bench", isAdmin: true, via: { kind: "command" } };
  const file = async (status: string) => {
    const to = path.join(folder, `${randomUUID()}.jsonl`);
    const out = createWriteStream(to);
    Readable.from(lines(count, status)).pipe(out);
    await finished(out);
    return to;
  };
  // A file a round, made beforehand: in a second round the ids of the first are taken, which no first import meets.
  const times = option("rounds", 3);
  const files: Record<string, string[]> = { in_progress: [], submitted: [] };
  for (let i = 0; i < times + 1; i++) files.in_progress?.push(await file("in_progress"));
  for (let i = 0; i < times * 2; i++) files.submitted?.push(await file("submitted"));
  const next = (status: string) => files[status]?.pop() ?? "";
  const run = async (from: string, reviewers: number) => {
    const id = await project(client, reviewers);
    const open = () => createReadStream(from, { highWaterMark: 256 * 1024 });
    const done = await importFiles(actor, id, { format: "jsonl", onError: "abort", as: "reviews" }, [
      { name: "bench.jsonl", open },
    ]);
    if (!done.ok) throw new Error(JSON.stringify(done.errors.slice(0, 2)));
    return count * 2 * PER_REVIEW;
  };
  const measured = await rounds(times, [
    { name: "COPY into the same tables", run: () => bare(client, count).then(() => count * 2 * PER_REVIEW) },
    { name: "import, work in progress", run: () => run(next("in_progress"), 2) },
    { name: "import, submitted, still waiting for a third review", run: () => run(next("submitted"), 3) },
    { name: "import, submitted, cases found", run: () => run(next("submitted"), 2) },
  ]);
  table(
    `Import of ${(count * 2 * PER_REVIEW).toLocaleString("en")} spans in ${count.toLocaleString("en")} articles, spans a second`,
    measured,
  );
  console.log(`\nPeak of resident memory above the start: ${await peakOf(() => run(next("in_progress"), 2))} MB`);
  rmSync(folder, { recursive: true, force: true });
  await client.end();
});
