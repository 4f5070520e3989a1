/** The sample loads whole, as often as asked, and at the start into a new database only. */
import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { prisma } from "./db";
import { loadSample } from "./sample";
import { prepareInstance } from "./setup";
import { makeMember } from "./testing/desk";

const counts = async (projectId: string) => ({
  articles: await prisma().article.count({ where: { projectId } }),
  submitted: await prisma().review.count({ where: { projectId, status: "SUBMITTED" } }),
  settled: await prisma().article.count({ where: { projectId, state: "SETTLED" } }),
  disputed: await prisma().article.count({ where: { projectId, state: "ADJUDICATION" } }),
});

describe("the sample", () => {
  it("is there after the first start with it, and a later start makes no second", async () => {
    const { setupUrl } = await prepareInstance({ admin: null, sample: true });
    expect(setupUrl).toContain("/set-up/");
    const project = await prisma().project.findFirstOrThrow();
    const found = await counts(project.id);
    expect(found.articles).toBe(7);
    expect(found.submitted).toBeGreaterThan(10);
    expect(found.settled).toBe(3);
    expect(found.disputed).toBeGreaterThan(0);
    await prepareInstance({ admin: null, sample: true });
    expect(await prisma().project.count()).toBe(1);
  });

  it("is opened again beside it by an administrator, once under its id, and by nobody else", async () => {
    const admin = await makeMember("Ada", true);
    const id = randomUUID();
    const first = await loadSample(admin.actor, id);
    expect(first).toMatchObject({
      ok: true,
      value: { made: true, value: { id, name: "Kestrel Hill", roles: ["EDITOR"] } },
    });
    expect(await counts(id)).toMatchObject({ articles: 7, settled: 3 });
    expect(await loadSample(admin.actor, id)).toMatchObject({ ok: true, value: { made: false } });
    expect((await counts(id)).articles).toBe(7);
    const other = await makeMember("Ben");
    expect(await loadSample(other.actor)).toMatchObject({ code: "forbidden" });
  });
});
