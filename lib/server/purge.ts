/**
 * Empties the bin: articles that have lain there for their 30 days go for good, with their reviews, cases and decisions. What stays is the
 * audit, which says when each came, went and was purged. At the start of each process and daily; one instance at a time does it.
 */
import { Prisma } from "../../generated/prisma/client";
import { ok } from "../result";
import { record } from "./audit";
import { BIN_DAYS } from "./bin";
import { type Tx, transaction } from "./db";
import { log, whatFailed } from "./log";

/** So many articles a transaction: each takes locks that others may wait for. */
const AT_ONCE = 20;

const DAY = 24 * 60 * 60_000; // ms

type Due = { readonly id: string; readonly projectId: string; readonly textId: string };

/** Answers how many articles and projects are gone. Harmless to repeat. */
export async function purgeBin(): Promise<{ readonly articles: number; readonly projects: number }> {
  let articles = 0;
  for (;;) {
    const gone = await transaction(async (tx) => ok((await alone(tx)) ? await purgeArticles(tx) : 0));
    if (!gone.ok || gone.value === 0) break;
    articles += gone.value;
  }
  const projects = await transaction(async (tx) => ok((await alone(tx)) ? await purgeProjects(tx) : 0));
  return { articles, projects: projects.ok ? projects.value : 0 };
}

/** Held for the length of one transaction: whoever does not get it leaves the work to the other. */
async function alone(tx: Tx): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ got: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtext('gloss empties the bin')) AS "got"`;
  return row?.got ?? false;
}

/** The articles of a deleted project go with it, whether they were in the bin by themselves or not. */
async function purgeArticles(tx: Tx): Promise<number> {
  await tx.$executeRaw`
    UPDATE "Article" a SET "deletedAt" = p."deletedAt" FROM "Project" p
     WHERE p."id" = a."projectId" AND p."deletedAt" <= now() - make_interval(days => ${BIN_DAYS}::int)
       AND (a."deletedAt" IS NULL OR a."deletedAt" > p."deletedAt")`;
  const due = await tx.$queryRaw<Due[]>`
    SELECT "id", "projectId", "textId" FROM "Article" WHERE "deletedAt" <= now() - make_interval(days => ${BIN_DAYS}::int)
     ORDER BY "deletedAt", "id" LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED`;
  if (due.length === 0) return 0;
  const ids = due.map(({ id }) => id);
  await loosenLinks(tx, ids);
  await tx.$executeRaw`DELETE FROM "Change" c USING "Review" r WHERE r."id" = c."reviewId" AND r."articleId" = ANY (${ids}::uuid[])`;
  await tx.$executeRaw`DELETE FROM "Link" l USING "Review" r WHERE r."id" = l."reviewId" AND r."articleId" = ANY (${ids}::uuid[])`;
  await tx.$executeRaw`DELETE FROM "Span" WHERE "articleId" = ANY (${ids}::uuid[])`;
  await tx.$executeRaw`DELETE FROM "Submission" WHERE "articleId" = ANY (${ids}::uuid[])`;
  await tx.$executeRaw`DELETE FROM "GoldLink" WHERE "articleId" = ANY (${ids}::uuid[])`;
  await tx.$executeRaw`DELETE FROM "GoldSpan" WHERE "articleId" = ANY (${ids}::uuid[])`;
  await tx.$executeRaw`DELETE FROM "Decision" WHERE "articleId" = ANY (${ids}::uuid[])`;
  const threads = Prisma.sql`SELECT "id" FROM "Thread" WHERE "articleId" = ANY (${ids}::uuid[])`;
  await tx.$executeRaw`DELETE FROM "Post" WHERE "threadId" IN (${threads})`;
  await tx.$executeRaw`DELETE FROM "ThreadGuest" WHERE "threadId" IN (${threads})`;
  await tx.$executeRaw`DELETE FROM "Thread" WHERE "articleId" = ANY (${ids}::uuid[])`;
  await tx.$executeRaw`DELETE FROM "MeetingReveal" WHERE "articleId" = ANY (${ids}::uuid[])`;
  await tx.$executeRaw`DELETE FROM "Case" WHERE "articleId" = ANY (${ids}::uuid[])`;
  await tx.$executeRaw`DELETE FROM "Dismissal" WHERE "articleId" = ANY (${ids}::uuid[])`;
  await tx.$executeRaw`DELETE FROM "Suggestion" WHERE "articleId" = ANY (${ids}::uuid[])`;
  await tx.$executeRaw`DELETE FROM "WorkTime" w USING "Review" r WHERE r."id" = w."reviewId" AND r."articleId" = ANY (${ids}::uuid[])`;
  await tx.$executeRaw`DELETE FROM "CarriedSpan" c USING "Review" r WHERE r."id" = c."reviewId" AND r."articleId" = ANY (${ids}::uuid[])`;
  await tx.$executeRaw`DELETE FROM "Review" WHERE "articleId" = ANY (${ids}::uuid[])`;
  await tx.$executeRaw`DELETE FROM "Region" WHERE "articleId" = ANY (${ids}::uuid[])`;
  await tx.$executeRaw`DELETE FROM "Article" WHERE "id" = ANY (${ids}::uuid[])`;
  await tx.$executeRaw`
    DELETE FROM "ArticleText" t WHERE t."id" = ANY (${due.map(({ textId }) => textId)}::uuid[])
       AND NOT EXISTS (SELECT FROM "Article" a WHERE a."textId" = t."id")`;
  for (const { id: articleId, projectId } of due)
    await record(tx, null, { projectId }, { type: "article.purged", articleId });
  return due.length;
}

/** Links of other articles that end in one of these keep the words that they ended in. */
async function loosenLinks(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    WITH "ends" AS (
      SELECT s."id", s."projectId", substring(t."body", s."start" + 1, s."end" - s."start") AS "words"
        FROM (SELECT "id", "projectId", "articleId", "start", "end" FROM "Span" WHERE "articleId" = ANY (${[...ids]}::uuid[])
              UNION ALL
              SELECT "id", "projectId", "articleId", "start", "end" FROM "GoldSpan" WHERE "articleId" = ANY (${[...ids]}::uuid[])) s
        JOIN "Article" a ON a."id" = s."articleId" JOIN "ArticleText" t ON t."id" = a."textId"),
    "marked" AS (
      UPDATE "Link" l SET "toId" = NULL, "toText" = e."words", "version" = l."version" + 1 FROM "ends" e
       WHERE l."projectId" = e."projectId" AND l."toId" = e."id"
         AND l."reviewId" NOT IN (SELECT "id" FROM "Review" WHERE "articleId" = ANY (${[...ids]}::uuid[])))
    UPDATE "GoldLink" l SET "toId" = NULL, "toText" = e."words" FROM "ends" e
     WHERE l."projectId" = e."projectId" AND l."toId" = e."id" AND l."articleId" <> ALL (${[...ids]}::uuid[])`;
}

/** Deleted projects whose articles are all gone. */
async function purgeProjects(tx: Tx): Promise<number> {
  const due = await tx.$queryRaw<{ id: string }[]>`
    SELECT p."id" FROM "Project" p WHERE p."deletedAt" <= now() - make_interval(days => ${BIN_DAYS}::int)
       AND NOT EXISTS (SELECT FROM "Article" a WHERE a."projectId" = p."id") ORDER BY p."id" FOR UPDATE`;
  for (const { id: projectId } of due) {
    await tx.apiToken.updateMany({ where: { projectId, revokedAt: null }, data: { revokedAt: new Date() } });
    await tx.oneTimeLink.deleteMany({ where: { projectId } });
    await tx.articleText.deleteMany({ where: { projectId } });
    await tx.releaseChunk.deleteMany({ where: { projectId } });
    await tx.releaseFile.deleteMany({ where: { projectId } });
    await tx.release.deleteMany({ where: { projectId } });
    await tx.webhook.deleteMany({ where: { projectId } });
    await tx.job.deleteMany({ where: { projectId } });
    await tx.suggestionSet.deleteMany({ where: { projectId } });
    await tx.batch.deleteMany({ where: { projectId } });
    await tx.member.deleteMany({ where: { projectId } });
    await tx.projectLabel.deleteMany({ where: { projectId } });
    await tx.schemeVersion.deleteMany({ where: { projectId } });
    await tx.ruleChange.deleteMany({ where: { projectId } });
    await tx.guidelineVersion.deleteMany({ where: { projectId } });
    await tx.project.delete({ where: { id: projectId } });
    await record(tx, null, { projectId }, { type: "project.purged", projectId });
  }
  return due.length;
}

/** Now and once a day. A database that is away is no reason to fall over: the next day is soon enough. */
export async function watchBin(): Promise<void> {
  const empty = async () => {
    try {
      const gone = await purgeBin();
      if (gone.articles + gone.projects > 0) log.info(gone, "the bin was emptied of what is older than its days");
    } catch (error) {
      log.error({ err: whatFailed(error) }, "the bin could not be emptied");
    }
  };
  setInterval(() => void empty(), DAY).unref();
  await empty();
}
