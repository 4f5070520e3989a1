/**
 * Finding the cases of articles anew: after each submit, reopen, skip, assignment and import. Cases keep their ids, live decisions are
 * held against what stands there now, and the article's state follows. One way for one article and for many: a fixed number of statements
 * reads them, the rules work in memory, and a fixed number writes.
 */
import { Prisma } from "../../generated/prisma/client";
import type { SourceNames } from "../cases/case";
import { callsForThird } from "../cases/third";
import type { Scheme } from "../scheme/scheme";
import { recordAll } from "./audit";
import { type Bulk, bulkOf } from "./bulk";
import { Foreign, findAnew, refiled } from "./cases-anew";
import { type ArticleFile, filesOf, lockArticles } from "./cases-file";
import { elsewhere, type Marks, marksOf, outward } from "./cases-marks";
import { progressOf, settle, settleAll } from "./cases-settle";
import { type Refreshed, writeCases } from "./cases-write";
import { keptCompetences } from "./competence-kept";
import { current } from "./current";
import type { Tx } from "./db";
import { acceptUnanimousIn } from "./decisions-unanimous";
import { schemeOf, textsOf } from "./kept";
import { tell } from "./live-hub";
import { sourceNames } from "./sources";

type Known = ReadonlyMap<string, Marks | null>;

/** How many articles, and code points of text, are read into memory together; a larger article stands alone. */
const CHUNK = { articles: 100, length: 4_000_000 } as const;

/**
 * Finds the cases of these articles anew and sets the articles' states; call it in the transaction that changed which reviews are
 * submitted, after that change. Takes the articles' locks. Articles that still wait for reviews keep their earlier cases as they are.
 * `known`: marks that the caller has just written, and that need not be read back.
 */
export async function refreshCases(bulk: Bulk, articleIds: readonly string[], known: Known = new Map()): Promise<void> {
  const ids = [...new Set(articleIds)].sort();
  for (let at = 0; at < ids.length; at += CHUNK.articles) {
    const chunk = ids.slice(at, at + CHUNK.articles);
    await lockArticles(bulk.tx, chunk);
    const files = [...(await filesOf(bulk.tx, chunk)).values()].sort((a, b) => (a.articleId < b.articleId ? -1 : 1));
    const waiting = files.filter((file) => progressOf(file) === "OPEN");
    const ready = files.filter((file) => !waiting.includes(file));
    const third = new Set(await askForThird(bulk, ready.filter(mayGetThird), known));
    await open(bulk, waiting);
    for (const some of inReach(ready.filter((file) => !third.has(file.articleId)))) await refresh(bulk, some, known);
  }
}

/** The policy of the third reviewer is about two first reviews; an editor's word that no more are waited for goes before it. */
const mayGetThird = (file: ArticleFile) =>
  file.thirdReviewer !== "never" &&
  file.state === "OPEN" &&
  !file.closedEarly &&
  file.more === 0 &&
  file.wanted === 2 &&
  file.submitted.length === 2;

/** Asks for one more reviewer where the two differ as the policy says; the article stays open and goes back to the queue. Answers which. */
async function askForThird(bulk: Bulk, files: readonly ArticleFile[], known: Known): Promise<readonly string[]> {
  const asked: ArticleFile[] = [];
  for (const some of inReach(files)) {
    const { marks, texts, projects } = await groundOf(bulk.tx, some, known);
    for (const file of some) {
      const text = texts.get(file.textId);
      const project = projects.get(file.projectId);
      if (!text || !project) continue;
      const own = marks.get(file.articleId) ?? { spans: [], links: [] };
      const { found } = findAnew(file, own, {
        text,
        scheme: project.scheme,
        foreign: project.foreign.ids,
        sources: project.sources,
        competences: project.competences,
      });
      if (callsForThird(found, file.thirdReviewer, file.thirdBelow)) asked.push(file);
    }
  }
  if (asked.length === 0) return [];
  const ids = asked.map((file) => file.articleId);
  await bulk.run(Prisma.sql`UPDATE "Article" SET "more" = 1 WHERE "id" = ANY (${ids}::uuid[])`);
  await recordAll(
    bulk,
    null,
    asked.map(({ projectId, articleId, thirdReviewer }) => ({
      stream: { projectId },
      event: { type: "article.third-reviewer", articleId, fields: [thirdReviewer] } as const,
    })),
  );
  return ids;
}

/** What finding the cases of these articles rests on. */
async function groundOf(tx: Tx, files: readonly ArticleFile[], known: Known) {
  const unread = files.map((file) => file.articleId).filter((id) => !known.get(id));
  const marks = new Map(unread.length > 0 ? await marksOf(tx, unread) : []);
  for (const { articleId } of files) {
    const own = known.get(articleId);
    if (own) marks.set(articleId, own);
  }
  const texts = await textsOf(
    tx,
    files.map((file) => file.textId),
  );
  return { marks, texts, projects: await projectsOf(tx, files, marks) };
}

/** In their order, as many together as may be in memory. */
function inReach(files: readonly ArticleFile[]): readonly (readonly ArticleFile[])[] {
  const runs: ArticleFile[][] = [];
  let length = 0;
  for (const file of files) {
    length += file.textLength;
    const run = runs.at(-1);
    if (run && length <= CHUNK.length) run.push(file);
    else {
      runs.push([file]);
      length = file.textLength;
    }
  }
  return runs;
}

async function open(bulk: Bulk, files: readonly ArticleFile[]): Promise<void> {
  const ids = files.flatMap((file) => (file.state === "OPEN" ? [] : [file.articleId]));
  if (ids.length === 0) return;
  await bulk.run(Prisma.sql`
    UPDATE "Article" SET "state" = 'OPEN', "undecided" = 0, "checkable" = 0, "unsure" = 0 WHERE "id" = ANY (${ids}::uuid[])`);
}

async function refresh(bulk: Bulk, files: readonly ArticleFile[], known: Known): Promise<void> {
  const { tx } = bulk;
  const { marks, texts, projects } = await groundOf(tx, files, known);
  const refreshed: Refreshed[] = [];
  for (const file of files) {
    const own = marks.get(file.articleId) ?? { spans: [], links: [] };
    const text = texts.get(file.textId);
    const project = projects.get(file.projectId);
    if (!text || !project) throw new Error(`the text or the project of article ${file.articleId} is not there`);
    const { scheme, sources, competences } = project;
    const anew = findAnew(file, own, { text, scheme, sources, competences, foreign: project.foreign.ids });
    project.foreign.follow(file, anew);
    refreshed.push({ file, marks: own, ...anew });
  }
  await writeCases(bulk, refreshed);
  for (const projectId of new Set(files.map((file) => file.projectId))) await bulk.run(tell(projectId));
  const unanimous = refreshed.filter(
    ({ file, found }) => file.acceptUnanimous && found.some((c) => c.status === "OPEN" && c.primary === "AGREEMENT"),
  );
  const rest = refreshed.filter((one) => !unanimous.includes(one));
  await settleAll(
    bulk,
    rest.map((one) => refiled(one.file, one)),
  );
  for (const { file, marks: own } of unanimous) {
    const again = (await filesOf(tx, [file.articleId])).get(file.articleId);
    if (again) await acceptUnanimousIn(tx, again, { actor: null, links: own.links });
    await settle(tx, file.articleId);
  }
}

/** What the articles' projects say, and what their links end in elsewhere. They are nearly always of one project. */
async function projectsOf(tx: Tx, files: readonly ArticleFile[], marks: ReadonlyMap<string, Marks>) {
  const projects = new Map<
    string,
    {
      readonly scheme: Scheme;
      readonly sources: SourceNames;
      readonly competences: ReadonlyMap<string, number>;
      readonly foreign: Foreign;
    }
  >();
  for (const { projectId, schemeVersion } of files) {
    if (projects.has(projectId)) continue;
    const ends = files.flatMap((file) => {
      const own = file.projectId === projectId ? marks.get(file.articleId) : undefined;
      return own ? outward(own) : [];
    });
    const there = [...(await elsewhere(tx, projectId, ends)).values()];
    projects.set(projectId, {
      scheme: await schemeOf(tx, projectId, schemeVersion),
      sources: await sourceNames(tx, projectId),
      competences: await keptCompetences(tx, projectId),
      foreign: new Foreign(new Map(there.map(({ id, caseId }) => [id, caseId ?? id]))),
    });
  }
  return projects;
}

/**
 * Open articles that have their reviews, such as after an import or when a project asks for fewer: finds their cases, in transactions
 * of their own. Answers how many articles there were. Harmless to repeat, and takes up what an earlier run left.
 */
export async function dueArticles(tx: Tx, projectId: string, limit: number): Promise<readonly string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT a."id" FROM "Article" a JOIN "Project" p ON p."id" = a."projectId" LEFT JOIN "Batch" b ON b."id" = a."batchId"
     WHERE a."projectId" = ${projectId}::uuid AND a."state" = 'OPEN' AND ${current} AND a."taken" > 0
       AND (a."closedEarly" OR a."taken" >= gloss_wanted(a."single", a."more", b."reviewersPerArticle", p."reviewersPerArticle"))
       AND NOT EXISTS (SELECT 1 FROM "Review" r WHERE r."projectId" = a."projectId" AND r."articleId" = a."id"
                        AND r."deletedAt" IS NULL AND NOT r."training" AND r."status" IN ('ASSIGNED', 'IN_PROGRESS'))
     ORDER BY a."position" LIMIT ${limit}`;
  return rows.map((row) => row.id);
}

/** For `PATCH /projects/{p}` and batches: after fewer reviewers are asked for, in the same transaction. */
export async function refreshDue(tx: Tx, projectId: string): Promise<number> {
  const ids = await dueArticles(tx, projectId, 100_000);
  await refreshCases(bulkOf(tx), ids);
  return ids.length;
}
