import { describe, expect, test } from "vitest";
import type { Attributes } from "../spans/model";
import { listCases } from "./cases";
import { caseListSchema } from "./cases.schema";
import { changeReview } from "./changes";
import { prisma } from "./db";
import { decideCase } from "./decisions";
import { type Desk, type Member, makeArticle, makeDesk, makeMember, makeReview, put, review } from "./testing/desk";
import { knownValues, putSource } from "./values";

const by = (source: string, more: Attributes = {}) =>
  put("said on\u00a0Friday", "ATTRIBUTION", { attributes: { source, ...more } });

async function known(who: Member, projectId: string) {
  const answer = await knownValues(who.actor, projectId);
  if (!answer.ok) throw new Error(answer.code);
  return answer.value;
}

const names = async (who: Member, projectId: string) => (await known(who, projectId)).sources.map((s) => s.name);

/** Both mark the same, and the adjudicator takes it: gold of a settled article. */
async function settle(desk: Desk, source: string): Promise<void> {
  const { projectId, a, b, adjudicator } = desk;
  const article = await makeArticle(projectId, { title: source });
  await review(desk, article, a, [by(source)]);
  await review(desk, article, b, [by(source)]);
  const cases = await listCases(adjudicator.actor, projectId, caseListSchema.parse({ article }));
  if (!cases.ok || !cases.value.items[0]) throw new Error("no case");
  const decision = { id: crypto.randomUUID(), action: "union" } as const;
  expect(await decideCase(adjudicator.actor, cases.value.items[0].id, decision)).toMatchObject({ ok: true });
}

describe("known values", () => {
  test("are one's own and gold's, never another's, before submission or after", async () => {
    const desk = await makeDesk();
    const { projectId, a, b, editor } = desk;
    const article = await makeArticle(projectId);
    const mine = await makeReview(projectId, article, a);
    await changeReview(a.actor, mine, [by("Ada Quist", { sourceType: "person" })]);
    const theirs = await makeReview(projectId, article, b);
    await changeReview(b.actor, theirs, [
      by("Bo Stone"),
      put("it had been warned", "CLAIM", { attributes: { hedge: "had" } }),
    ]);
    expect(await known(a, projectId)).toEqual({
      sources: [{ name: "Ada Quist", aliases: [], uses: 1, beside: { sourceType: "person" } }],
      texts: [],
    });
    expect(await known(b, projectId)).toMatchObject({
      sources: [{ name: "Bo Stone" }],
      texts: [{ label: "CLAIM", attribute: "hedge", value: "had", uses: 1 }],
    });
    expect(await names(editor, projectId)).toEqual([]);
    await settle(desk, "Harbour board");
    expect(await names(a, projectId)).toEqual(["Harbour board", "Ada Quist"]);
    expect(await names(editor, projectId)).toEqual(["Harbour board"]);
  });

  test("are refused to whoever reviews nothing, and unknown to whoever is no member", async () => {
    const { projectId } = await makeDesk();
    const [viewer, stranger] = [await makeMember("Vera"), await makeMember("Stig")];
    await prisma().member.create({ data: { projectId, userId: viewer.person.id, roles: ["VIEWER"] } });
    expect(await knownValues(viewer.actor, projectId)).toMatchObject({ ok: false, code: "forbidden" });
    expect(await knownValues(stranger.actor, projectId)).toMatchObject({ ok: false, code: "not-found" });
  });
});

describe("the register", () => {
  test("puts ways to write a name under one, for whoever has one of them", async () => {
    const { projectId, a, b, editor } = await makeDesk();
    const mine = await makeReview(projectId, await makeArticle(projectId), a);
    await changeReview(a.actor, mine, [by("the  HARBOUR board")]);
    const put1 = await putSource(editor.actor, projectId, {
      name: "Harbour board",
      aliases: ["The Harbour Board", "HB"],
    });
    expect(put1).toMatchObject({ ok: true, value: { aliases: ["HB", "The Harbour Board"] } });
    // Only the spelling that she has used herself; of the others she hears nothing.
    expect((await known(a, projectId)).sources).toEqual([
      { name: "Harbour board", aliases: ["The Harbour Board"], uses: 1, beside: {} },
    ]);
    expect((await known(b, projectId)).sources).toEqual([]);
    expect((await known(editor, projectId)).sources).toEqual([
      { name: "Harbour board", aliases: ["HB", "The Harbour Board"], uses: 0, beside: {} },
    ]);
  });

  test("merges what was merged, and frees what is left out", async () => {
    const { projectId, editor } = await makeDesk();
    const set = (name: string, aliases: string[]) => putSource(editor.actor, projectId, { name, aliases });
    await set("HB", ["Board"]);
    expect(await set("Harbour board", ["HB"])).toMatchObject({ value: { aliases: ["Board", "HB"] } });
    expect((await known(editor, projectId)).sources).toMatchObject([
      { name: "Harbour board", aliases: ["Board", "HB"] },
    ]);
    await set("Harbour board", ["HB"]);
    expect((await known(editor, projectId)).sources).toMatchObject([{ name: "Harbour board", aliases: ["HB"] }]);
    await set("HB", ["Harbour board"]);
    expect((await known(editor, projectId)).sources).toMatchObject([{ name: "HB", aliases: ["Harbour board"] }]);
    expect(await set("HB", ["hb"])).toMatchObject({ ok: false, code: "invalid" });
  });

  test("is kept by editors only", async () => {
    const { projectId, a, adjudicator } = await makeDesk();
    for (const who of [a, adjudicator])
      expect(await putSource(who.actor, projectId, { name: "x", aliases: [] })).toMatchObject({
        ok: false,
        code: "forbidden",
      });
  });
});
