import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { GET } from "../../app/api/v1/projects/[project]/export/route";
import type { Actor, Role } from "../access/actor";
import { prisma } from "./db";
import { exportProject } from "./exports";
import type { Layer } from "./exports.schema";
import { importFiles } from "./imports";
import { article, fileOf, type Line, linesOf, parsed, read, span } from "./testing/files";
import { makePerson, makeProject, makeSession, makeToken, type Person, send } from "./testing/people";

type Desk = {
  readonly projectId: string;
  readonly people: Readonly<Record<string, Person>>;
  readonly actors: Readonly<Record<string, Actor>>;
};
let desk: Desk;

/** "open" under work of rob and ann, "other" submitted by both, "done" settled with gold; rob has an open review of "open" only. */
beforeAll(async () => {
  const roles: Record<string, Role[]> = {
    edda: ["EDITOR"],
    adam: ["ADJUDICATOR"],
    rob: ["REVIEWER"],
    ann: ["REVIEWER", "EDITOR"],
    vic: ["VIEWER"],
    rev: ["REVIEWER", "VIEWER"],
    out: [],
  };
  const people: Record<string, Person> = {};
  const actors: Record<string, Actor> = {};
  for (const name of Object.keys(roles)) {
    const person = await makePerson({ name });
    people[name] = person;
    actors[name] = (await makeSession(person)).actor;
  }
  const members = Object.entries(roles).flatMap(([name, own]) =>
    own.length && people[name] ? [[people[name], ...own] as const] : [],
  );
  const projectId = await makeProject(members);
  const review = (who: string, status: string, line: Line, words: string): Line => ({
    reviewer: people[who]?.id,
    status,
    spans: [span(String(line.text), words, "CLAIM")],
    links: [],
  });
  const [open, other, done] = [
    article(1, { title: "open" }),
    article(2, { title: "other" }),
    article(3, { title: "done" }),
  ];
  const lines = linesOf(
    { ...open, reviews: [review("rob", "submitted", open, "gauge"), review("ann", "in_progress", open, "fell")] },
    { ...other, reviews: [review("rob", "submitted", other, "gauge"), review("ann", "submitted", other, "fell")] },
    { ...done, reviews: [], gold: { spans: [span(String(done.text), "gauge", "CLAIM")], links: [], decisions: [] } },
  );
  const imported = await importFiles(
    actors.edda ?? null,
    projectId,
    { format: "jsonl", onError: "abort", as: "reviews" },
    [fileOf(lines)],
  );
  expect(imported).toMatchObject({ ok: true });
  desk = { projectId, people, actors };
});

/** By title: whose reviews are there, and whether gold is. */
async function seen(who: string, layer: Layer): Promise<unknown> {
  const actor = desk.actors[who];
  if (!actor) throw new Error(who);
  const download = await exportProject(actor, desk.projectId, { format: "jsonl", layer });
  if (!download.ok) return download.code;
  const names = new Map(Object.entries(desk.people).map(([name, { id }]) => [id, name]));
  return Object.fromEntries(
    parsed(await read(download.value))
      .slice(1)
      .map((line) => [
        line.title,
        [
          ...(line.reviews as readonly Line[]).map((one) => names.get(String(one.reviewer))).sort(),
          ...(line.gold ? ["gold"] : []),
        ].join(" "),
      ]),
  );
}

describe("what an export gives", () => {
  test.each<[string, Layer, unknown]>([
    ["edda", "all", { open: "ann rob", other: "ann rob", done: "gold" }],
    ["edda", "reviews", { open: "rob", other: "ann rob", done: "" }],
    ["edda", "gold", { done: "gold" }],
    ["adam", "all", { open: "rob", other: "ann rob", done: "gold" }],
    ["adam", "reviews", { open: "rob", other: "ann rob", done: "" }],
    ["adam", "gold", { done: "gold" }],
    ["rob", "all", { open: "rob", other: "rob" }],
    ["rob", "reviews", { open: "rob", other: "rob" }],
    ["rob", "gold", "forbidden"],
    ["vic", "all", { done: "gold" }],
    ["vic", "gold", { done: "gold" }],
    ["vic", "reviews", "forbidden"],
    ["rev", "all", { done: "gold" }],
    ["out", "all", "not-found"],
  ])("to %s of layer %s", async (who, layer, expected) => {
    expect(await seen(who, layer)).toEqual(expected);
  });

  test("to an editor who is reviewing an article: nothing of the others' there", async () => {
    // ann is editor and has an open review of "open": rob's submitted marks there are not hers to see yet.
    expect(await seen("ann", "all")).toEqual({ open: "ann", other: "ann rob", done: "gold" });
    expect(await seen("ann", "reviews")).toEqual({ open: "", other: "ann rob", done: "" });
  });

  test("of suggestions: the desk has them but of what it reviews itself; reviewers where the project shows them; viewers none", async () => {
    const { projectId } = desk;
    const open = await prisma().article.findFirstOrThrow({ where: { projectId, title: "open" } });
    const other = await prisma().article.findFirstOrThrow({ where: { projectId, title: "other" } });
    const { id: setId } = await prisma().suggestionSet.create({ data: { projectId, name: "m" } });
    for (const { id: articleId, textLength } of [open, other])
      await prisma().suggestion.create({
        data: {
          ...{
            id: randomUUID(),
            projectId,
            articleId,
            textLength,
            setId,
            start: 0,
            end: 3,
            quote: "The",
            label: "CLAIM",
          },
          contentHash: "0".repeat(64),
        },
      });
    const suggested = async (who: string, layer: Layer = "all") => {
      const actor = desk.actors[who];
      const download = actor && (await exportProject(actor, projectId, { format: "jsonl", layer }));
      if (!download?.ok) throw new Error("refused");
      return parsed(await read(download.value)).flatMap(({ title, suggestions }) => (suggestions ? [title] : []));
    };
    const told = async () => {
      const all = [];
      for (const who of ["edda", "adam", "ann", "rob", "vic"]) all.push(await suggested(who));
      return all;
    };
    const both = ["open", "other"];
    expect(await told()).toEqual([both, both, ["other"], [], []]);
    await prisma().project.update({ where: { id: projectId }, data: { showSuggestions: true } });
    expect(await told()).toEqual([both, both, both, both, []]);
    expect(await suggested("edda", "reviews")).toEqual([]);
    await prisma().suggestionSet.delete({ where: { id: setId } });
  });

  test("is the same to her whatever the others marked", async () => {
    const whole = async () => {
      const actor = desk.actors.ann;
      const download = actor && (await exportProject(actor, desk.projectId, { format: "jsonl", layer: "all" }));
      if (!download?.ok) throw new Error("refused");
      return parsed(await read(download.value)).find((line) => line.title === "open");
    };
    const full = await whole();
    const rob = desk.people.rob?.id ?? "";
    await prisma().$executeRaw`UPDATE "Span" SET "removed" = true WHERE "reviewId" IN (SELECT r."id" FROM "Review" r
      JOIN "Article" a ON a."id" = r."articleId" WHERE a."title" = 'open' AND r."reviewerId" = ${rob}::uuid)`;
    expect(await whole()).toEqual(full);
  });
});

describe("the door of exports", () => {
  const get = async (query: string, who = "edda") => {
    const person = desk.people[who];
    if (!person) throw new Error(who);
    return send(GET, { path: `/?${query}`, params: { project: desk.projectId }, token: await makeToken(person) });
  };

  test("answers an attachment with a safe name that nobody runs or keeps", async () => {
    await prisma().project.update({
      where: { id: desk.projectId },
      data: { name: 'Weir"\r\nSet-Cookie: x=1; ../Übung' },
    });
    const response = await get("format=jsonl");
    expect(response.status).toBe(200);
    expect(response.headers.get("content-disposition")).toMatch(
      /^attachment; filename="weir-set-cookie-x-1-u-bung-all-\d{4}-\d\d-\d\d\.jsonl"$/,
    );
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("content-type")).toBe("application/x-ndjson; charset=utf-8");
    expect(response.headers.get("cache-control")).toBe("private, no-store");
    await response.text();
  });

  test("writes CSV too", async () => {
    const response = await get("format=csv&layer=reviews");
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    const text = await response.text();
    expect(text.split("\r\n")[0]).toContain('"quote"');
    expect(text).toContain('"gauge"');
  });

  test.each([
    ["format=doc", 400],
    ["format=html", 415],
    ["layer=everything", 400],
    ["sort=x", 400],
  ])("refuses ?%s", async (query, status) => {
    expect((await get(query)).status).toBe(status);
  });

  test("a reader that goes away gives its place and connection back", async () => {
    for (let i = 0; i < 8; i++) {
      const response = await get("format=jsonl");
      await response.body?.cancel();
    }
    const last = await get("format=jsonl");
    expect((await last.text()).split("\n").length).toBeGreaterThan(3);
  });
});
