/**
 * `npm run bench -- page [--articles 1000] [--rounds 15]`: what the server reads for the pages of a project, ten cases an article: statements
 * and milliseconds each, in three sizes. The budget at 1,000 articles: one query a panel, none a row, under 200 ms.
 */
import { createHash, randomUUID } from "node:crypto";
import { loadavg } from "node:os";
import type pg from "pg";
import type { Actor } from "../lib/access/actor";
import { DEFAULT_SCHEME } from "../lib/scheme/default";
import { listArticles } from "../lib/server/articleList";
import { articleListSchema } from "../lib/server/articles.schema";
import { caseCounts, listCases } from "../lib/server/cases";
import { caseListSchema } from "../lib/server/cases.schema";
import { inbox } from "../lib/server/inbox";
import { projectOverview, projectRights } from "../lib/server/overview";
import { getProject } from "../lib/server/projects";
import { queueOverview } from "../lib/server/queue";
import { clientOf, option, withGround } from "./support/database";
import { asked } from "./support/statements";

const CASES = 10;
const BODY = "The harbour gauge fell by a hand and the port denied it. ".repeat(50);

async function fill(client: pg.Client, articles: number): Promise<string> {
  const project = randomUUID();
  const q = (text: string, values: unknown[] = []) => client.query(text, values);
  await q(`INSERT INTO "Project" ("id", "name", "scope", "reviewersPerArticle") VALUES ($1, 'bench', '{body}', 2)`, [
    project,
  ]);
  await q(`INSERT INTO "SchemeVersion" ("projectId", "version", "scheme") VALUES ($1, 1, $2)`, [
    project,
    DEFAULT_SCHEME,
  ]);
  await q(`INSERT INTO "GuidelineVersion" ("projectId", "version", "markdown") VALUES ($1, 1, '')`, [project]);
  await q(
    `INSERT INTO "User" ("id", "name", "importedInto") SELECT gen_random_uuid(), 'r' || n, $1 FROM generate_series(1, 2) n`,
    [project],
  );
  const sha256 = createHash("sha256").update(BODY).digest("hex");
  await q(
    `INSERT INTO "ArticleText" ("id", "projectId", "sha256", "length", "body")
     SELECT gen_random_uuid(), $1, $2, $3, $4 FROM generate_series(1, $5::int)`,
    [project, sha256, BODY.length, BODY, articles],
  );
  await q(
    `INSERT INTO "Article" ("id", "projectId", "textId", "textLength", "title", "outlet", "duplicateKey", "state", "undecided", "unsure")
     SELECT gen_random_uuid(), $1, "id", "length", 'Title ' || "id", 'Outlet ' || (random() * 20)::int,
            encode(sha256("id"::text::bytea), 'hex'), 'ADJUDICATION', $2::int, random() FROM "ArticleText" WHERE "projectId" = $1`,
    [project, CASES],
  );
  await q(
    `INSERT INTO "Review" ("id", "projectId", "articleId", "textLength", "reviewerId", "status", "submittedAt")
     SELECT gen_random_uuid(), $1, a."id", a."textLength", u."id", 'SUBMITTED', now() FROM "Article" a, "User" u
      WHERE a."projectId" = $1 AND u."importedInto" = $1`,
    [project],
  );
  await q(
    `INSERT INTO "Case" ("projectId", "articleId", "id", "start", "end", "labels", "primaryFlag", "flags", "members", "missing")
     SELECT $1, a."id", gen_random_uuid(), n * 100, n * 100 + 40, '{CLAIM}', 'MISSING', '{MISSING}',
            jsonb_build_array(jsonb_build_object('reviewId', r."id", 'reviewerId', r."reviewerId", 'spanId', gen_random_uuid(),
              'start', n * 100, 'end', n * 100 + 40, 'label', 'CLAIM', 'hash', '')), '{}'
       FROM "Article" a JOIN LATERAL (SELECT * FROM "Review" r WHERE r."articleId" = a."id" LIMIT 1) r ON true,
            generate_series(1, $2::int) n WHERE a."projectId" = $1`,
    [project, CASES],
  );
  return project;
}

/** Statements, and the median of the milliseconds. */
async function measured(name: string, panel: () => Promise<{ readonly ok: boolean }>): Promise<readonly string[]> {
  const times: number[] = [];
  let statements = 0;
  for (let n = -2; n < option("rounds", 15); n++) {
    asked.statements = 0;
    const start = performance.now();
    if (!(await panel()).ok) throw new Error(`${name} was refused`);
    statements = asked.statements;
    if (n >= 0) times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return [`${statements}`, `${times[Math.floor(times.length / 2)]?.toFixed(1)}`];
}

/** Somebody who edits and adjudicates in so many projects. */
async function belongingTo(client: pg.Client, projects: number): Promise<string> {
  const userId = randomUUID();
  await client.query(`INSERT INTO "User" ("id", "email", "name") VALUES ($1, $2, 'b')`, [
    userId,
    `${userId}@bench.example`,
  ]);
  await client.query(
    `WITH made AS (INSERT INTO "Project" ("id", "name", "scope") SELECT gen_random_uuid(), 'p' || n, '{body}'
                     FROM generate_series(1, $2::int) n RETURNING "id")
     INSERT INTO "Member" ("projectId", "userId", "roles") SELECT "id", $1, '{EDITOR,ADJUDICATOR}' FROM made`,
    [userId, projects],
  );
  return userId;
}

await withGround(async (url) => {
  const client = clientOf(url);
  await client.connect();
  const userId = randomUUID();
  await client.query(
    `INSERT INTO "User" ("id", "email", "name", "isAdmin") VALUES ($1, 'a@bench.example', 'a', true)`,
    [userId],
  );
  const actor: Actor = { userId, name: "bench", isAdmin: true, via: { kind: "command" } };
  const most = option("articles", 1_000);
  const sizes = [most / 10, most, most * 4];
  const projects = [];
  for (const size of sizes) projects.push(await fill(client, size));
  await client.query("VACUUM ANALYZE");
  const panels: Record<string, (id: string) => Promise<{ readonly ok: boolean }>> = {
    "project: name and policies": (id) => getProject(actor, id),
    "project: rights": (id) => projectRights(actor, id),
    "project: overview": (id) => projectOverview(actor, id),
    "articles: first page": (id) => listArticles(actor, id, articleListSchema.parse({})),
    "articles: found by title": (id) => listArticles(actor, id, articleListSchema.parse({ q: "title" })),
    "cases: first page, most worth first": (id) => listCases(actor, id, caseListSchema.parse({})),
    "cases: counts": (id) => caseCounts(actor, id),
    queue: (id) => queueOverview(actor, id),
  };
  const rows: string[] = [];
  for (const [name, panel] of Object.entries(panels)) {
    const cells: string[] = [];
    for (const id of projects) cells.push(...(await measured(name, () => panel(id))));
    rows.push(`| ${[name, ...cells].join(" | ")} |`);
  }
  console.log(`\nStatements and ms, median, a panel (load ${loadavg()[0]?.toFixed(1)})\n`);
  console.log(`| panel | ${sizes.map((n) => `${n.toLocaleString("en")} articles | ms`).join(" | ")} |`);
  console.log(`|---|${"---|---|".repeat(sizes.length)}`);
  console.log(rows.join("\n"));

  const cells: string[] = [];
  const many = [5, 50, 500];
  for (const n of many) {
    const person: Actor = { ...actor, userId: await belongingTo(client, n), isAdmin: false };
    cells.push(...(await measured("inbox", () => inbox(person))));
  }
  console.log(`\n| | ${many.map((n) => `${n} projects | ms`).join(" | ")} |\n|---|${"---|---|".repeat(many.length)}`);
  console.log(`| inbox | ${cells.join(" | ")} |`);
  await client.end();
});
