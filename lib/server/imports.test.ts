import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "../access/actor";
import { prisma } from "./db";
import { exportProject } from "./exports";
import type { Layer } from "./exports.schema";
import { importFiles } from "./imports";
import { article, fileOf, type Line, linesOf, parsed, read, span } from "./testing/files";
import { makePerson, makeProject, makeSession } from "./testing/people";

let editor: Actor;
const abort = { format: "jsonl", onError: "abort", as: "reviews" } as const;
const skip = { ...abort, onError: "skip" } as const;

beforeAll(async () => {
  editor = (await makeSession(await makePerson({ name: "Edda", isAdmin: true }))).actor;
});

const counts = async (projectId: string) => ({
  articles: await prisma().article.count({ where: { projectId } }),
  texts: await prisma().articleText.count({ where: { projectId } }),
  reviews: await prisma().review.count({ where: { projectId } }),
  spans: await prisma().span.count({ where: { projectId } }),
});
const NOTHING = { articles: 0, texts: 0, reviews: 0, spans: 0 };

const review = (reviewer: string, ...spans: Line[]): Line => ({
  reviewer,
  status: "submitted",
  spans,
  links: [],
});
const withReview = (n: number): Line => {
  const line = article(n);
  const text = String(line.text);
  return { ...line, reviews: [review("ada", span(text, "port\u00a0authority", "CLAIM"))] };
};

async function exported(projectId: string, layer: Layer = "all"): Promise<readonly Line[]> {
  const download = await exportProject(editor, projectId, { format: "jsonl", layer });
  if (!download.ok) throw new Error(download.message);
  return parsed(await read(download.value));
}

describe("what is there afterwards", () => {
  test("articles, regions, reviewers, reviews, submissions and spans", async () => {
    const projectId = await makeProject();
    const done = await importFiles(editor, projectId, abort, [fileOf(linesOf(withReview(1), withReview(2)))]);
    expect(done).toMatchObject({
      ok: true,
      value: { articles: { created: 2, duplicate: 0 }, spans: { created: 2 }, errors: [] },
    });
    expect(await counts(projectId)).toEqual({ articles: 2, texts: 2, reviews: 2, spans: 2 });
    const users = await prisma().user.findMany({ where: { importedInto: projectId } });
    expect(users).toMatchObject([{ name: "ada", email: null, passwordHash: null }]);
    expect(await prisma().submission.count({ where: { projectId } })).toBe(2);
    expect(await prisma().region.count({ where: { projectId } })).toBeGreaterThan(0);
    const [one] = await prisma().span.findMany({ where: { projectId } });
    expect(one).toMatchObject({ quote: "port\u00a0authority", schemeVersion: 1, guidelineVersion: 1 });
    const [entry] = await prisma().auditEntry.findMany({ where: { projectId, type: "articles.imported" } });
    expect(entry?.data).toMatchObject({
      created: 2,
      duplicate: 0,
      spans: 2,
      rejected: 0,
      format: "jsonl",
      as: "reviews",
    });
    const [, line] = await exported(projectId);
    expect(line?.reviews).toMatchObject([
      { reviewer: "ada", status: "submitted", spans: [{ quote: "port\u00a0authority" }] },
    ]);
  });
});

describe("line 57 of 1,000 is wrong", () => {
  const good = Array.from({ length: 1000 }, (_, i) => withReview(i + 1));
  const text = String(good[56]?.text);
  const bad = (wrong: Line): Line => ({
    ...good[56],
    reviews: [review("ada", { ...span(text, "gauge", "CLAIM"), ...wrong })],
  });
  test.each<[string, object | string, string, string]>([
    ["not JSON", '{"title": "x", "text": ', "not-json", ""],
    ["an unknown label", bad({ label: "RUMOUR" }), "unknown-label", "reviews.0.spans.0.label"],
    ["offsets outside the text", bad({ start: 5, end: 5000, quote: null }), "outside-text", "reviews.0.spans.0"],
    ["a quote that is not there", bad({ quote: "sluice" }), "quote-mismatch", "reviews.0.spans.0.quote"],
    ["offsets shifted by one", bad({ start: 7, end: 12 }), "quote-mismatch", "reviews.0.spans.0.quote"],
    ["a NUL", { ...good[56], title: "a\u0000b" }, "not-well-formed", "title"],
    ["half a character", `{"title": "x", "text": "a\\ud800b"}`, "not-well-formed", "text"],
    ["a line of 20 MB", { ...good[56], note: "x".repeat(20_000_000) }, "too-large", ""],
  ])("%s", async (_, wrong, code, path) => {
    const lines = linesOf(...good.slice(0, 56), wrong, ...good.slice(57));
    const projectId = await makeProject();
    const refused = await importFiles(editor, projectId, abort, [fileOf(lines, "desk.jsonl")]);
    expect(refused).toMatchObject({ ok: false, code: code === "too-large" ? "too-large" : "invalid" });
    expect(refused.ok ? [] : refused.errors).toMatchObject([{ line: 57, file: "desk.jsonl", code, path }]);
    expect(await counts(projectId)).toEqual(NOTHING);
    expect(await prisma().user.count({ where: { importedInto: projectId } })).toBe(0);

    const some = await importFiles(editor, projectId, skip, [fileOf(lines)]);
    expect(some).toMatchObject({
      ok: true,
      value: { articles: { created: 999, duplicate: 0 }, spans: { created: 999 } },
    });
    expect(some.ok && some.value.errors).toMatchObject([{ line: 57, code }]);

    const whole = await importFiles(editor, projectId, abort, [fileOf(linesOf(...good))]);
    expect(whole).toMatchObject({
      ok: true,
      value: { articles: { created: 1, duplicate: 999 }, spans: { created: 1 } },
    });
    expect(await counts(projectId)).toEqual({ articles: 1000, texts: 1000, reviews: 1000, spans: 1000 });
  });
});
