/** What the bin's 30 days are worth: nothing goes before, everything after, and what is left is whole. */
import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { changeReview } from "./changes";
import { pool, prisma } from "./db";
import { decideCase } from "./decisions";
import { purgeBin } from "./purge";
import { finish, link, makeArticle, makeDesk, makeReview, put, review } from "./testing/desk";
import { connect } from "./testing/rows";
import { verify } from "./verify/verify";

const age = (articleId: string, days: number) =>
  pool().query(`UPDATE "Article" SET "deletedAt" = now() - make_interval(days => $2) WHERE "id" = $1`, [
    articleId,
    days,
  ]);

const left = async (articleId: string): Promise<readonly string[]> => {
  const { rows } = await pool().query<{ table: string }>(
    `SELECT table_name AS "table" FROM information_schema.columns WHERE column_name = 'articleId' AND table_schema = 'public' ORDER BY 1`,
  );
  const there: string[] = [];
  for (const { table } of rows) {
    const found = await pool().query(`SELECT 1 FROM "${table}" WHERE "articleId" = $1 LIMIT 1`, [articleId]);
    if (found.rowCount) there.push(table);
  }
  return there;
};

const sound = async () => expect((await verify(process.env.DATABASE_URL ?? "")).breaches).toEqual([]);

/** Two reviews that disagree, submitted, one case decided: something in every table that an article has. */
async function worked(desk: Awaited<ReturnType<typeof makeDesk>>) {
  const articleId = await makeArticle(desk.projectId);
  const claim = put("the weir would fail");
  const denial = put("The council denied that it had been warned", "DENIAL");
  await review(desk, articleId, desk.a, [claim, denial, link("denies", denial.span.id, claim.span.id)]);
  await review(desk, articleId, desk.b, [put("that the weir would fail")]);
  const { textId, projectId } = await prisma().article.findUniqueOrThrow({ where: { id: articleId } });
  await prisma().originalChunk.create({ data: { textId, projectId, n: 0, bytes: Buffer.from("a") } });
  const cases = await prisma().case.findMany({ where: { articleId }, orderBy: { start: "asc" } });
  for (const one of cases) {
    const input = { id: randomUUID(), action: "union", reasonCode: "boundary" } as const;
    const decided = await decideCase(desk.adjudicator.actor, one.id, input);
    if (!decided.ok) throw new Error(JSON.stringify(decided));
  }
  return { articleId, claim: claim.span.id };
}

test("an article stays whole for 30 days and goes with all that hangs on it after them; the audit says so", async () => {
  const desk = await makeDesk();
  const { articleId } = await worked(desk);
  const kept = await worked(desk);
  const tables = await left(articleId);
  expect(tables).toEqual(expect.arrayContaining(["Case", "Decision", "GoldSpan", "Review", "Span", "Submission"]));

  await age(articleId, 29);
  expect(await purgeBin()).toEqual({ articles: 0, projects: 0 });
  expect(await left(articleId)).toEqual(tables);

  const { textId } = await prisma().article.findUniqueOrThrow({ where: { id: articleId } });
  const before = await prisma().auditEntry.count({ where: { projectId: desk.projectId } });
  await age(articleId, 31);
  expect(await purgeBin()).toEqual({ articles: 1, projects: 0 });
  expect(await left(articleId)).toEqual([]);
  expect(await prisma().articleText.count({ where: { id: textId } })).toBe(0);
  expect(await prisma().originalChunk.count({ where: { textId } })).toBe(0);
  expect(await prisma().auditEntry.count({ where: { projectId: desk.projectId } })).toBe(before + 1);
  expect(await prisma().auditEntry.findFirst({ where: { type: "article.purged" } })).toMatchObject({
    projectId: desk.projectId,
    actorId: null,
    data: { articleId },
  });
  expect(await left(kept.articleId)).toEqual(tables);
  expect(await purgeBin()).toEqual({ articles: 0, projects: 0 });
  await sound();
});

test("a denial of what was said in an article that is gone keeps the words", async () => {
  const desk = await makeDesk();
  const { articleId } = await worked(desk);
  const other = await makeArticle(desk.projectId, { title: "Another" });
  const mine = await makeReview(desk.projectId, articleId, desk.c);
  const target = put("Nobody was hurt");
  expect(await changeReview(desk.c.actor, mine, [target])).toMatchObject({ ok: true });
  const far = await makeReview(desk.projectId, other, desk.c);
  const denial = put("The council denied that it had been warned", "DENIAL");
  const denies = link("denies", denial.span.id, target.span.id);
  await finish(desk.c, far, [denial, denies]);
  await age(articleId, 31);
  expect(await purgeBin()).toMatchObject({ articles: 1 });
  expect(await prisma().link.findUniqueOrThrow({ where: { id: denies.link.id } })).toMatchObject({
    toId: null,
    toText: "Nobody was hurt",
    version: 2,
  });
  await sound();
});

test("a project that was put away goes with its articles, and what was open to it is closed", async () => {
  const desk = await makeDesk();
  await worked(desk);
  const { projectId } = desk;
  await prisma().project.update({ where: { id: projectId }, data: { deletedAt: new Date() } });
  expect(await purgeBin()).toEqual({ articles: 0, projects: 0 });
  await pool().query(`UPDATE "Project" SET "deletedAt" = now() - interval '31 days' WHERE "id" = $1`, [projectId]);
  expect(await purgeBin()).toEqual({ articles: 1, projects: 1 });
  expect(await prisma().project.count({ where: { id: projectId } })).toBe(0);
  expect(await prisma().articleText.count({ where: { projectId } })).toBe(0);
  await sound();
});

test("many at once and several instances: each article goes once", async () => {
  const desk = await makeDesk();
  const ids = await Promise.all(
    Array.from({ length: 45 }, (_, n) => makeArticle(desk.projectId, { title: `No ${n}` })),
  );
  for (const id of ids) await age(id, 40);
  const done = await Promise.all([purgeBin(), purgeBin(), purgeBin()]);
  await purgeBin();
  expect(done.reduce((sum, one) => sum + one.articles, 0)).toBeLessThanOrEqual(45);
  expect(await prisma().article.count({ where: { projectId: desk.projectId } })).toBe(0);
  expect(await prisma().auditEntry.count({ where: { projectId: desk.projectId, type: "article.purged" } })).toBe(45);
});

test("the database itself lets nothing go that may still be restored", async () => {
  const desk = await makeDesk();
  const { articleId } = await worked(desk);
  const client = await connect();
  for (const days of [null, 29]) {
    if (days !== null) await age(articleId, days);
    for (const sql of [
      `DELETE FROM "Submission" WHERE "articleId" = $1`,
      `DELETE FROM "Decision" WHERE "articleId" = $1`,
      `DELETE FROM "Change" c USING "Review" r WHERE r."id" = c."reviewId" AND r."articleId" = $1`,
    ])
      await expect(client.query(sql, [articleId])).rejects.toMatchObject({ code: "GL001" });
  }
  await client.end();
});
