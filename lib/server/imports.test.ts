import { randomUUID } from "node:crypto";
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

describe("line 57 is wrong", () => {
  const thousand = Array.from({ length: 1000 }, (_, i) => withReview(i + 1));
  const hundred = thousand.slice(0, 100);
  const text = String(thousand[56]?.text);
  const bad = (wrong: Line): Line => ({
    ...thousand[56],
    reviews: [review("ada", { ...span(text, "gauge", "CLAIM"), ...wrong })],
  });
  test.each<[string, readonly Line[], object | string, string, string]>([
    ["not JSON, of 1,000", thousand, '{"title": "x", "text": ', "not-json", ""],
    ["an unknown label", hundred, bad({ label: "RUMOUR" }), "unknown-label", "reviews.0.spans.0.label"],
    [
      "an unknown value",
      hundred,
      bad({ attributes: { likelihood: "sure" } }),
      "unknown-attribute",
      "reviews.0.spans.0.attributes.likelihood",
    ],
    [
      "offsets outside the text",
      hundred,
      bad({ start: 5, end: 5000, quote: null }),
      "outside-text",
      "reviews.0.spans.0",
    ],
    ["an empty span", hundred, bad({ start: 5, end: 5, quote: null }), "empty", "reviews.0.spans.0"],
    ["half an offset", hundred, bad({ start: 1.5 }), "wrong-type", "reviews.0.spans.0.start"],
    ["a quote that is not there", hundred, bad({ quote: "sluice" }), "quote-mismatch", "reviews.0.spans.0.quote"],
    ["offsets shifted by one", hundred, bad({ start: 7, end: 12 }), "quote-mismatch", "reviews.0.spans.0.quote"],
    ["a NUL", hundred, { ...hundred[56], title: "a\u0000b" }, "not-well-formed", "title"],
    ["half a character", hundred, `{"title": "x", "text": "a\\ud800b"}`, "not-well-formed", "text"],
    ["a wrong hash", hundred, { ...hundred[56], text_sha256: "0".repeat(64) }, "hash-mismatch", "text_sha256"],
    ["a line of 20 MB", hundred, { ...hundred[56], note: "x".repeat(20_000_000) }, "too-large", ""],
  ])("%s", async (_, good, wrong, code, path) => {
    const lines = linesOf(...good.slice(0, 56), wrong, ...good.slice(57));
    const projectId = await makeProject();
    const refused = await importFiles(editor, projectId, abort, [fileOf(lines, "desk.jsonl")]);
    expect(refused).toMatchObject({ ok: false, code: code === "too-large" ? "too-large" : "invalid" });
    expect(refused.ok ? [] : refused.errors).toMatchObject([{ line: 57, file: "desk.jsonl", code, path }]);
    expect(await counts(projectId)).toEqual(NOTHING);
    expect(await prisma().user.count({ where: { importedInto: projectId } })).toBe(0);

    const n = good.length;
    const some = await importFiles(editor, projectId, skip, [fileOf(lines)]);
    expect(some).toMatchObject({
      ok: true,
      value: { articles: { created: n - 1, duplicate: 0 }, spans: { created: n - 1 } },
    });
    expect(some.ok && some.value.errors).toMatchObject([{ line: 57, code }]);

    const whole = await importFiles(editor, projectId, abort, [fileOf(linesOf(...good))]);
    expect(whole).toMatchObject({
      ok: true,
      value: { articles: { created: 1, duplicate: n - 1 }, spans: { created: 1 } },
    });
    expect(await counts(projectId)).toEqual({ articles: n, texts: n, reviews: n, spans: n });
  });
});

const one = async (line: Line | string, options: Parameters<typeof importFiles>[2] = abort, name = "one.jsonl") => {
  const projectId = await makeProject();
  const done = await importFiles(editor, projectId, options, [
    fileOf(typeof line === "string" ? line : linesOf(line), name),
  ]);
  return { projectId, done, errors: done.ok ? [] : done.errors };
};

describe("files", () => {
  test("an empty one is refused by name", async () => {
    const { done, errors, projectId } = await one("", abort, "empty.jsonl");
    expect(done).toMatchObject({ ok: false, code: "invalid" });
    expect(errors).toMatchObject([{ file: "empty.jsonl", code: "empty" }]);
    expect(await counts(projectId)).toEqual(NOTHING);
  });

  test("several are all or nothing", async () => {
    const projectId = await makeProject();
    const files = [fileOf(linesOf(article(1)), "a.jsonl"), fileOf("{", "b.jsonl")];
    const done = await importFiles(editor, projectId, abort, files);
    expect(done.ok ? [] : done.errors).toMatchObject([{ file: "b.jsonl", line: 1, code: "not-json" }]);
    expect(await counts(projectId)).toEqual(NOTHING);
  });

  test("text keeps every character, says what was done, and has regions proposed", async () => {
    const text =
      "\ufeffThe weir\r\n\r\nThe gauge\u00a0fell on Thursday, the port said; nobody at the lock could say why it had done so.\r\n";
    const { projectId, done } = await one(text, { ...abort, format: "text" }, "0001_weir.txt");
    const notes = done.ok ? done.value.notes.flatMap((note) => note.notes).join(" ") : "";
    expect(notes).toMatch(/byte order mark/);
    expect(notes).toMatch(/3 line ends CRLF became LF/);
    expect(notes).toMatch(/regions? proposed/);
    const { body } = await prisma().articleText.findFirstOrThrow({ where: { projectId } });
    expect(body).toBe(text.slice(1).replaceAll("\r\n", "\n"));
  });

  test("csv and html come in by the name of the file", async () => {
    const csv = await one(
      'title,text,outlet\n"One","The weir rose.","Post"\n"Two","The weir fell.","Post"\n',
      { ...abort, format: undefined },
      "a.csv",
    );
    expect(csv.done).toMatchObject({ ok: true, value: { articles: { created: 2 } } });
    const page = `<html><head><title>The weir</title></head><body><article><h1>The weir</h1>${"<p>The gauge fell on Thursday, the port said.</p>".repeat(5)}</article></body></html>`;
    const html = await one(page, { ...abort, format: undefined }, "a.html");
    expect(html.done).toMatchObject({ ok: true, value: { articles: { created: 1 } } });
  });

  test.each([
    ["no such format", "doc", "malformed"],
    ["one that is only written", "parquet", "unsupported"],
  ])("%s", async (_, format, code) => {
    expect((await one(article(1), { ...abort, format })).done).toMatchObject({ ok: false, code });
  });
});

describe("as suggestions", () => {
  const as = { ...abort, as: "suggestions" } as const;
  const stored = (projectId: string) =>
    prisma().suggestion.findMany({
      where: { projectId },
      include: { set: true },
      orderBy: [{ start: "asc" }, { label: "asc" }],
    });
  const suggesting = (line: Line, ...sets: Line[]): Line => ({ ...line, suggestions: sets });
  const set = (by: string, ...spans: Line[]): Line => ({ by, spans, links: [] });
  const line = article(1);
  const text = String(line.text);
  const gauge: Line = { ...span(text, "gauge", "CLAIM"), score: 0.75 };

  test("are added to the article that is there, of the same id or the same words, once", async () => {
    const { projectId } = await one(line);
    const other = { ...line, id: randomUUID() };
    for (const [given, found] of [
      [suggesting(line, set("weir-model", gauge)), { created: 1, duplicate: 0 }],
      [
        suggesting({ ...line, title: "Another", outlet: "Elsewhere" }, set("weir-model", gauge)),
        { created: 0, duplicate: 1 },
      ],
      [suggesting(other, set("weir-model", { ...gauge, id: randomUUID() })), { created: 0, duplicate: 1 }],
      [suggesting(other, set("other-model", { ...gauge, id: "t1" })), { created: 1, duplicate: 0 }],
    ] as const)
      expect(await importFiles(editor, projectId, as, [fileOf(linesOf(given))])).toMatchObject({
        ok: true,
        value: { articles: { created: 0, duplicate: 1 }, spans: { created: 0 }, suggestions: found },
      });
    expect(await prisma().article.count({ where: { projectId } })).toBe(1);
    expect(await stored(projectId)).toMatchObject([
      { id: gauge.id, quote: "gauge", score: 0.75, set: { name: "weir-model" } },
      { extra: { source_id: "t1" }, set: { name: "other-model" } },
    ]);
    const found = await prisma().auditEntry.findMany({ where: { projectId, type: "articles.imported" } });
    expect(found.map(({ data }) => data)).toContainEqual(
      expect.objectContaining({ as: "suggestions", suggestions: 1 }),
    );
  });

  test("come with a new article, and twice in one file are one", async () => {
    const { projectId, done } = await one(
      linesOf(suggesting(line, set("m", gauge)), suggesting(line, set("m", gauge))),
      as,
    );
    expect(done).toMatchObject({
      value: { articles: { created: 1, duplicate: 1 }, suggestions: { created: 1, duplicate: 1 } },
    });
    expect(await prisma().article.findFirst({ where: { projectId } })).toMatchObject({ state: "OPEN", taken: 0 });
  });

  test.each<[string, Line, string]>([
    ["offsets outside the text", { ...gauge, end: 5_000, quote: null }, "outside-text"],
    ["another quote", { ...gauge, quote: "sluice" }, "quote-mismatch"],
    ["an unknown label", { ...gauge, label: "RUMOUR" }, "unknown-label"],
    ["an unknown value", { ...gauge, attributes: { likelihood: "sure" } }, "unknown-attribute"],
    ["a score in words", { ...gauge, score: "high" }, "wrong-type"],
  ])("are refused with %s", async (_, wrong, code) => {
    const { projectId, errors } = await one(suggesting(line, set("m", wrong)), as);
    expect(errors).toMatchObject([{ line: 1, code, path: expect.stringMatching(/^suggestions\.0\.spans\.0/) }]);
    expect(await counts(projectId)).toEqual(NOTHING);
  });

  test("for an article that is here in other letters are refused, and skipped by name", async () => {
    const { projectId } = await one({ ...line, text: text.toUpperCase() });
    const given = fileOf(linesOf(suggesting(line, set("m", gauge))));
    expect(await importFiles(editor, projectId, as, [given])).toMatchObject({
      errors: [{ line: 1, code: "hash-mismatch" }],
    });
    const some = await importFiles(editor, projectId, { ...as, onError: "skip" }, [given]);
    expect(some).toMatchObject({ value: { suggestions: { created: 0 }, errors: [{ code: "hash-mismatch" }] } });
    expect(await stored(projectId)).toEqual([]);
  });

  test("are never made of a review or gold here that is not settled, by whatever way it went out", async () => {
    const mark = span(text, "port\u00a0authority", "CLAIM");
    const { projectId } = await one({ ...line, reviews: [review("ada", mark)] });
    const asSuggested = async (to: string, ...reviews: Line[]) => {
      const done = await importFiles(editor, to, as, [fileOf(linesOf({ ...line, reviews }))]);
      return done.ok && [done.value.suggestions.created, done.value.notes.flatMap(({ notes }) => notes).join(" ")];
    };
    const left = expect.stringMatching(/not settled, by .+, left out/);
    // Under her name, or under another with the marks' own ids; here, or in another project.
    expect(await asSuggested(projectId, review("Ada", gauge))).toEqual([0, left]);
    expect(await asSuggested(projectId, review("r-7k2m", mark, gauge))).toEqual([1, left]);
    expect(await asSuggested(await makeProject(), review("nobody", mark))).toEqual([0, left]);
    await prisma().article.updateMany({ where: { projectId }, data: { state: "SETTLED" } });
    expect(await asSuggested(projectId, review("ada", mark))).toEqual([1, ""]);
  });

  test("go out with everything, and come back the same, with what was made of them", async () => {
    const mark: Line = { ...gauge, id: randomUUID() };
    const made = {
      ...span(text, "gauge at", "CLAIM"),
      suggestion: { id: mark.id, by: "m", score: 0.75, changed: true },
    };
    const far = { ...span(text, "lock", "CLAIM"), suggestion: { by: "an older model" } };
    const { projectId } = await one({
      ...suggesting(line, { ...set("m", mark, span(text, "denies", "DENIAL")), person: true }),
      reviews: [review("ada", made, far)],
    });
    const [, out] = await exported(projectId);
    expect(out?.suggestions).toMatchObject([
      { by: "m", person: true, spans: [{ id: mark.id, score: 0.75, quote: "gauge" }, { label: "DENIAL" }], links: [] },
    ]);
    expect(out?.reviews).toMatchObject([
      {
        spans: [{ suggestion: made.suggestion }, { suggestion: { by: "an older model", score: null, changed: false } }],
      },
    ]);
    for (const layer of ["reviews", "gold"] as const)
      for (const found of await exported(projectId, layer)) expect(found).not.toHaveProperty("suggestions");
    const again = await makeProject();
    await prisma().suggestion.deleteMany({ where: { projectId } });
    expect(await importFiles(editor, again, abort, [fileOf(linesOf(out ?? {}))])).toMatchObject({ ok: true });
    const [, back] = await exported(again);
    expect(back?.suggestions).toEqual(out?.suggestions);
  });
});

describe("duplicates", () => {
  test("the same folded text with the same outlet and URL is one article; any other repetition is a reprint", async () => {
    const line = article(1, { url: "https://weir.example/1" });
    const folded = String(line.text).toUpperCase().replaceAll("\u00a0", " ");
    const projectId = await makeProject();
    const done = await importFiles(editor, projectId, abort, [
      fileOf(
        linesOf(
          line,
          { ...line, id: "x", text: folded },
          { ...line, id: "y", outlet: "Other" },
          { ...line, id: "z", url: null },
        ),
      ),
    ]);
    expect(done).toMatchObject({ ok: true, value: { articles: { created: 3, duplicate: 1 } } });
    const notes = done.ok ? done.value.notes.filter((note) => note.duplicate) : [];
    expect(notes).toMatchObject([{ line: 2, articleId: line.id, title: "Article 1" }]);
  });

  test("an id of the file that is none of ours is kept beside, and comes out again", async () => {
    const { projectId } = await one(article(1, { id: "art-1" }));
    const [, line] = await exported(projectId);
    expect(line?.extra).toEqual({ source_id: "art-1" });
  });

  test("ten imports of one file at once make it once", async () => {
    const projectId = await makeProject();
    const lines = linesOf(withReview(1), withReview(2));
    const all = await Promise.all(
      Array.from({ length: 10 }, () => importFiles(editor, projectId, abort, [fileOf(lines)])),
    );
    expect(all.map((done) => (done.ok ? done.value.articles.created : done.code)).sort()).toEqual([
      0, 0, 0, 0, 0, 0, 0, 0, 0, 2,
    ]);
    expect(await counts(projectId)).toEqual({ articles: 2, texts: 2, reviews: 2, spans: 2 });
    expect(await prisma().user.count({ where: { importedInto: projectId } })).toBe(1);
  });
});

describe("reviewers", () => {
  test("a member is known by id or e-mail, never by name", async () => {
    const ada = await makePerson({ name: "Ada" });
    const ben = await makePerson({ name: "Ben" });
    const projectId = await makeProject([
      [ada, "REVIEWER"],
      [ben, "REVIEWER"],
    ]);
    const line = article(1);
    const reviews = [ada.id, ben.email.toUpperCase(), "Ada"].map((name) =>
      review(name, span(String(line.text), "gauge", "CLAIM")),
    );
    expect(await importFiles(editor, projectId, abort, [fileOf(linesOf({ ...line, reviews }))])).toMatchObject({
      ok: true,
    });
    const found = await prisma().review.findMany({ where: { projectId }, include: { reviewer: true } });
    const named = (email: string | null) => found.filter((one) => one.reviewer.email === email).length;
    expect([named(ada.email), named(ben.email), named(null)]).toEqual([1, 1, 1]);
  });

  test("an account that is no member stays unknown", async () => {
    const stranger = await makePerson();
    const { projectId } = await one({ ...article(1), reviews: [review(stranger.id), review(stranger.email)] });
    const found = await prisma().review.findMany({ where: { projectId }, include: { reviewer: true } });
    expect(found.map((one) => one.reviewer.email)).toEqual([null, null]);
  });
});

describe("marks as gold", () => {
  test("one reading becomes gold of a settled article", async () => {
    const line = article(1);
    const { projectId, done } = await one(
      { ...line, reviews: [review("ada", span(String(line.text), "gauge", "CLAIM"))] },
      { ...abort, as: "gold" },
    );
    expect(done).toMatchObject({ ok: true, value: { articles: { created: 1 } } });
    const [, out] = await exported(projectId, "gold");
    expect(out).toMatchObject({
      reviews: [],
      gold: { spans: [{ label: "CLAIM", quote: "gauge" }], decisions: [{ action: "create" }] },
    });
    const [stored] = await prisma().article.findMany({ where: { projectId } });
    expect(stored?.state).toBe("SETTLED");
  });

  test("several readings cannot", async () => {
    const { errors } = await one({ ...article(1), reviews: [review("ada"), review("ben")] }, { ...abort, as: "gold" });
    expect(errors).toMatchObject([{ line: 1, code: "several-reviews" }]);
  });
});

describe("links into other articles", () => {
  const pair = () => {
    const [a, b] = [article(1), article(2)];
    const claim = span(String(a.text), "gauge", "CLAIM");
    const denial = span(String(b.text), "denies", "DENIAL");
    const to = (id: unknown, type = "denies") => ({ id: randomUUID(), type, from: denial.id, to: id, to_text: null });
    return { a, b, claim, denial, to };
  };

  test("may stand before their target in the file", async () => {
    const { a, b, claim, denial, to } = pair();
    const projectId = await makeProject();
    const lines = linesOf(
      { ...b, reviews: [{ ...review("ada", denial), links: [to(claim.id)] }] },
      { ...a, reviews: [review("ada", claim)] },
    );
    expect(await importFiles(editor, projectId, abort, [fileOf(lines)])).toMatchObject({
      ok: true,
      value: { errors: [] },
    });
    expect(await prisma().link.findMany({ where: { projectId } })).toMatchObject([{ toId: claim.id }]);
  });

  test("into another reviewer's marks are none", async () => {
    const { a, b, claim, denial, to } = pair();
    const projectId = await makeProject();
    const lines = linesOf(
      { ...a, reviews: [review("ben", claim)] },
      { ...b, reviews: [{ ...review("ada", denial), links: [to(claim.id)] }] },
    );
    expect(await importFiles(editor, projectId, abort, [fileOf(lines)])).toMatchObject({ ok: true });
    expect(await prisma().link.findMany({ where: { projectId } })).toMatchObject([
      { toId: null, toText: `span ${claim.id}` },
    ]);
  });

  test("of a label that the type does not allow are named with their line", async () => {
    const { a, b, denial, to } = pair();
    const framing = span(String(a.text), "gauge", "FRAMING", { attributes: { kind: "lexical", reason: "?" } });
    const lines = linesOf(
      { ...a, reviews: [review("ada", framing)] },
      { ...b, reviews: [{ ...review("ada", denial), links: [to(framing.id)] }] },
    );
    const projectId = await makeProject();
    const refused = await importFiles(editor, projectId, abort, [fileOf(lines)]);
    expect(refused.ok ? [] : refused.errors).toMatchObject([
      { line: 2, code: "link-not-allowed", path: "reviews.0.links.0.to" },
    ]);
    expect(await counts(projectId)).toEqual(NOTHING);
    const some = await importFiles(editor, projectId, skip, [fileOf(lines)]);
    expect(some.ok && some.value.errors).toMatchObject([{ line: 2, code: "link-not-allowed" }]);
    expect(await prisma().link.count({ where: { projectId } })).toBe(0);
  });
});

describe("the first line", () => {
  const header = (more: Line = {}) => ({
    gloss: 1,
    project: { name: "From afar", policies: { reviewers_per_article: 3, blind: false }, ...more },
  });

  test("makes an empty project its own, and leaves a used one alone", async () => {
    const projectId = await makeProject();
    await importFiles(editor, projectId, abort, [fileOf(linesOf(header(), article(1)))]);
    expect(await prisma().project.findUnique({ where: { id: projectId } })).toMatchObject({
      name: "From afar",
      reviewersPerArticle: 3,
      blind: false,
    });
    const other = { gloss: 1, project: { name: "Another", policies: { blind: true } } };
    await importFiles(editor, projectId, abort, [fileOf(linesOf(other, article(2)))]);
    expect(await prisma().project.findUnique({ where: { id: projectId } })).toMatchObject({
      name: "From afar",
      blind: false,
    });
  });

  test("brings all versions of a scheme with it", async () => {
    const label = (key: string, more: Line = {}) => ({
      key,
      name: key,
      description: "",
      hotkey: null,
      colour: "claim",
      line: "solid",
      attributes: [],
      ...more,
    });
    const scheme = (version: number, ...labels: Line[]) => ({ version, labels, links: [], coexist: [] });
    const line = article(1);
    const old = { ...span(String(line.text), "gauge", "RUMOUR"), scheme_version: 1 };
    const first = header({
      scheme: scheme(2, label("RUMOUR", { archived: true }), label("FACT")),
      scheme_versions: [scheme(1, label("RUMOUR"))],
    });
    const { projectId, done } = await one(linesOf(first, { ...line, reviews: [review("ada", old)] }));
    expect(done).toMatchObject({ ok: true });
    expect(await prisma().span.findMany({ where: { projectId } })).toMatchObject([
      { label: "RUMOUR", schemeVersion: 1 },
    ]);
    expect(await prisma().project.findUnique({ where: { id: projectId } })).toMatchObject({ schemeVersion: 2 });
  });

  test("with a scheme that does not hold together is a fault of line 1", async () => {
    const { errors, projectId } = await one(
      linesOf(header({ scheme: { version: 1, labels: "none", links: [], coexist: [] } }), article(1)),
    );
    expect(errors).toMatchObject([{ line: 1, path: "project.scheme.labels" }]);
    expect(await counts(projectId)).toEqual(NOTHING);
  });
});
