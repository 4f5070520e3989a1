/** Blind holds in the audit too: what others did to an article that one is reviewing is not told before it is settled. */
import { describe, expect, it } from "vitest";
import type { Actor } from "../access/actor";
import { listAudit } from "./auditLog";
import { prisma } from "./db";
import { finish, makeArticle, makeDesk, makeReview, put, review } from "./testing/desk";

async function seenBy(actor: Actor, projectId: string, article?: string) {
  const listed = await listAudit(actor, projectId, { limit: 200, ...(article ? { article } : {}) });
  if (!listed.ok) throw new Error(listed.message);
  return listed.value.items;
}

describe("an editor with an open review", () => {
  it("reads the same audit whether the other reviewer has marked nothing or much", async () => {
    const desk = await makeDesk();
    const { projectId, editor, adjudicator, a } = desk;
    const articleId = await makeArticle(projectId);
    await makeReview(projectId, articleId, editor);
    const others = await makeReview(projectId, articleId, a);
    const before = await seenBy(editor.actor, projectId);

    await finish(a, others, [put("the weir would fail"), put("Nobody was hurt")]);
    expect(await seenBy(editor.actor, projectId)).toEqual(before);
    expect(await seenBy(editor.actor, projectId, articleId)).toEqual([]);
    expect(await listAudit(adjudicator.actor, projectId)).toMatchObject({ code: "forbidden" });

    await prisma().article.update({ where: { id: articleId }, data: { state: "SETTLED" } });
    const types = (await seenBy(editor.actor, projectId, articleId)).map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(["review.submitted", "review.changed"]));
  });

  it("reads of the articles that they do not review, and of all where the project is not blind", async () => {
    const desk = await makeDesk();
    const { projectId, editor, a } = desk;
    const reviewed = await makeArticle(projectId);
    const elsewhere = await makeArticle(projectId, { title: "Elsewhere" });
    await makeReview(projectId, reviewed, editor);
    await review(desk, reviewed, a, [put("the weir would fail")]);
    await review(desk, elsewhere, a, [put("the weir would fail")]);
    expect(await seenBy(editor.actor, projectId, reviewed)).toEqual([]);
    expect((await seenBy(editor.actor, projectId, elsewhere)).length).toBeGreaterThan(1);
    await prisma().project.update({ where: { id: projectId }, data: { blind: false } });
    expect((await seenBy(editor.actor, projectId, reviewed)).length).toBeGreaterThan(1);
  });
});
