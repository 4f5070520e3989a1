/** Article versions: what makes one, what goes over, what leaves the work, and who hears of it. */
import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { projectAgreement } from "./agreement";
import { articleDesk } from "./article-desk";
import { listArticles } from "./articleList";
import { createArticle, getArticle } from "./articles";
import type { ArticleCreate } from "./articles.schema";
import { assignReview, closeArticle } from "./assignments";
import { listAudit } from "./auditLog";
import { deleteArticle, restoreArticle } from "./bin";
import { affectedBy } from "./binProjects";
import { listCases } from "./cases";
import { changeReview } from "./changes";
import { prisma } from "./db";
import { decideCase } from "./decisions";
import { exportProject } from "./exports";
import { goldDiff } from "./gold-diff";
import { importFiles } from "./imports";
import { getMeeting } from "./meetings";
import { dropOrphan, listOrphans, placeOrphan } from "./orphans";
import { projectOverview } from "./overview";
import { nextInQueue } from "./queue";
import { readReviewPage } from "./reviewPage";
import { getReview } from "./reviews";
import { reopenReview, submitReview } from "./submit";
import { listTargets } from "./targets";
import {
  at,
  type Desk,
  finish,
  link,
  type Member,
  makeDesk,
  makeReview,
  put,
  remove,
  suggest,
  TEXT,
} from "./testing/desk";
import { fileOf, linesOf, parsed, read } from "./testing/files";
import { knownValues } from "./values";
import { verify } from "./verify/verify";
import { createVersion, diffVersions, listVersions } from "./versions";
import { watchPages } from "./versionsPages";

const URL_ = "https://weir.example/news/7";
const PAGE: ArticleCreate = { title: "Weir opened", text: TEXT, url: URL_, outlet: "Weir Post" };
/** The keeper's sentence is gone, the council's has other words, a paragraph came first. */
const LATER = `Updated at noon.\n\n${TEXT.replace(/The lock keeper.*fail\.\n\n/u, "").replace("it had been warned", "it was ever warned")}`;

const value = <T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string },
): T => {
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result.value;
};

const first = async (desk: Desk, more: Partial<ArticleCreate> = {}) =>
  value(await createArticle(desk.editor.actor, desk.projectId, { ...PAGE, ...more })).article.id;
const second = async (desk: Desk, more: Partial<ArticleCreate> = {}) =>
  value(
    await createArticle(desk.editor.actor, desk.projectId, {
      ...PAGE,
      text: LATER,
      url: "http://www.weir.example/news/7/?utm_source=mail#top",
      ...more,
    }),
  ).article;

const reviewOf = (articleId: string, who: Member) =>
  prisma().review.findUniqueOrThrow({
    where: { articleId_reviewerId: { articleId, reviewerId: who.person.id } },
  });

/** Annika submitted a claim (which goes), a denial of it (whose words change) and a claim that stays; Boris has begun. */
async function worked() {
  const desk = await makeDesk();
  const one = await first(desk);
  const [claim, denial] = [randomUUID(), randomUUID()];
  const theirs = await makeReview(desk.projectId, one, desk.a);
  await finish(desk.a, theirs, [
    put("the weir would fail", "CLAIM", { id: claim, attributes: { likelihood: "likely" }, note: "look again" }),
    put("The council denied that it had been warned", "DENIAL", { id: denial }),
    put("Nobody was hurt"),
    link("denies", denial, claim),
  ]);
  const open = await makeReview(desk.projectId, one, desk.b);
  value(await changeReview(desk.b.actor, open, [put("Nobody was hurt")]));
  return { desk, one, theirs, open, claim, denial };
}

describe("what a new version is", () => {
  test("another text of the same page, however its address is written; the former one is superseded", async () => {
    const desk = await makeDesk();
    const one = await first(desk);
    const two = await second(desk);
    expect(two).toMatchObject({ textVersion: 2, versionOf: one, superseded: false, duplicate: false, text: LATER });
    expect(value(await getArticle(desk.editor.actor, one))).toMatchObject({
      superseded: true,
      textVersion: 1,
      text: TEXT,
    });
    const three = await second(desk, { text: "Third text of the page." });
    expect(three).toMatchObject({ textVersion: 3, versionOf: two.id });
    const { items } = value(await listVersions(desk.editor.actor, one));
    expect(items.map((v) => [v.textVersion, v.superseded, v.createdBy])).toEqual([
      [3, false, "Edda"],
      [2, true, "Edda"],
      [1, true, "Edda"],
    ]);
    const listed = value(await listArticles(desk.editor.actor, desk.projectId, {}));
    expect(listed.items.map((a) => a.id)).toEqual([three.id]);
    const former = value(await listArticles(desk.editor.actor, desk.projectId, { status: "superseded" }));
    expect(former.items.map((a) => a.id)).toEqual([one, two.id]);
  });

  test.each([
    ["another outlet", { outlet: "Lock Post" }],
    ["another address", { url: "https://weir.example/news/8" }],
    ["no address", { url: null }],
    ["an editor's word", { samePage: "apart" as const }],
  ])("%s makes an article of its own", async (_what, more) => {
    const desk = await makeDesk();
    await first(desk);
    expect(await second(desk, more)).toMatchObject({ textVersion: 1, versionOf: null });
  });

  test("an old version again is a duplicate of that version, and so are the same folded words at the page's other address", async () => {
    const desk = await makeDesk();
    const one = await first(desk);
    const two = await second(desk);
    expect(await second(desk)).toMatchObject({ id: two.id, duplicate: true });
    expect(await second(desk, { text: TEXT.toUpperCase() })).toMatchObject({ id: one, duplicate: true });
    expect(await second(desk, { text: TEXT, url: URL_ })).toMatchObject({ id: one, duplicate: true });
  });

  test("two articles of one page cannot be told apart: the third is stored by itself, and says so", async () => {
    const desk = await makeDesk();
    await first(desk);
    await first(desk, { samePage: "apart", text: "Another text." });
    const made = await second(desk);
    expect(made).toMatchObject({ textVersion: 1, versionOf: null });
    expect(made.notes.join()).toContain("2 articles here are of this page");
  });

  test("by hand to any article of the chain, without an address too; metadata stays where nothing else is said", async () => {
    const desk = await makeDesk();
    const one = await first(desk, { url: null });
    const two = value(await createVersion(desk.editor.actor, one, { text: LATER })).article;
    expect(two).toMatchObject({ textVersion: 2, versionOf: one, outlet: "Weir Post", title: "Weir opened" });
    const three = value(
      await createVersion(desk.editor.actor, one, { text: "Third text.", title: "Weir shut" }),
    ).article;
    expect(three).toMatchObject({ textVersion: 3, versionOf: two.id, title: "Weir shut" });
    expect(value(await createVersion(desk.editor.actor, one, { text: LATER })).article).toMatchObject({
      id: two.id,
      duplicate: true,
    });
    expect(await createVersion(desk.a.actor, three.id, { text: "x" })).toMatchObject({ ok: false });
  });

  test("at the same time: each its number, the last one counts", async () => {
    const desk = await makeDesk();
    await first(desk);
    const made = await Promise.all(
      ["First of them.", "Second of them.", "Third of them."].map((text) => second(desk, { text })),
    );
    expect(made.map((one) => one.textVersion).sort()).toEqual([2, 3, 4]);
    const rows = await prisma().article.findMany({
      where: { projectId: desk.projectId },
      orderBy: { textVersion: "asc" },
    });
    expect(rows.map((row) => row.superseded)).toEqual([true, true, true, false]);
    const fresh = await makeDesk();
    const both = await Promise.all(["One text.", "Other text."].map((text) => first(fresh, { text })));
    const chains = await prisma().article.findMany({ where: { id: { in: both } } });
    expect(chains.map((row) => row.textVersion).sort()).toEqual([1, 2]);
  });

  test("pages that could not be told when Gloss started are told later", async () => {
    const desk = await makeDesk();
    const id = await first(desk);
    const { pageKey } = await prisma().article.findUniqueOrThrow({ where: { id } });
    await prisma().article.update({ where: { id }, data: { pageKey: null } });
    await prisma().$executeRaw`ALTER TABLE "Article" RENAME COLUMN "pageKey" TO "away"`;
    await watchPages(10);
    await prisma().$executeRaw`ALTER TABLE "Article" RENAME COLUMN "away" TO "pageKey"`;
    const now = async () => (await prisma().article.findUniqueOrThrow({ where: { id } })).pageKey;
    await expect.poll(now).toBe(pageKey);
  });

  test("the bin gives the place back, and takes it again", async () => {
    const { desk, one } = await worked();
    const two = await second(desk);
    value(await deleteArticle(desk.editor.actor, two.id));
    expect(value(await getArticle(desk.editor.actor, one)).superseded).toBe(false);
    // Its number is not given twice.
    const three = await second(desk, { text: "Third text of the page." });
    expect(three).toMatchObject({ textVersion: 3, versionOf: one });
    value(await restoreArticle(desk.editor.actor, two.id));
    expect(value(await getArticle(desk.editor.actor, two.id)).superseded).toBe(true);
    expect(value(await getArticle(desk.editor.actor, three.id)).superseded).toBe(false);
  });
});

describe("imports", () => {
  const html = (text: string) =>
    `<html><head><title>Weir opened</title><link rel="canonical" href="${URL_}"></head><body><article><h1>Weir opened</h1><p>${text}</p><p>The lock keeper said on Friday that the weir would hold for another year at least, whatever the river does.</p></article></body></html>`;
  const line = (text: string, more: object = {}) => ({ title: "Weir", text, url: URL_, outlet: null, ...more });

  test("pages become versions, in one import and in several, and the report says so", async () => {
    const desk = await makeDesk();
    const { actor } = desk.editor;
    const options = { format: "html", onError: "abort", as: "reviews" } as const;
    const both = value(
      await importFiles(actor, desk.projectId, options, [
        fileOf(html("The gate was opened at dawn by two of the crew."), "a.html"),
        fileOf(html("The gate was opened at noon by three of the crew."), "b.html"),
      ]),
    );
    expect(both.articles).toEqual({ created: 2, duplicate: 0, version: 1 });
    expect(both.notes[1]).toMatchObject({ version: { number: 2 } });
    const third = value(
      await importFiles(actor, desk.projectId, options, [fileOf(html("The gate was shut for good."), "c.html")]),
    );
    expect(third.articles).toEqual({ created: 1, duplicate: 0, version: 1 });
    expect(third.notes[0]?.notes[0]).toContain("version 3");
  });

  test("data sets are stored apart unless asked", async () => {
    const desk = await makeDesk();
    const { actor } = desk.editor;
    const options = { format: "jsonl", onError: "abort", as: "reviews" } as const;
    const lines = linesOf(line("One text."), line("Another text."));
    expect(value(await importFiles(actor, desk.projectId, options, [fileOf(lines)])).articles).toEqual({
      created: 2,
      duplicate: 0,
      version: 0,
    });
    const other = await makeDesk();
    const asked = { ...options, samePage: "version" } as const;
    expect(value(await importFiles(other.editor.actor, other.projectId, asked, [fileOf(lines)])).articles.version).toBe(
      1,
    );
  });

  const carrying = (content: object, more: object = {}) => ({
    ...{ title: "Weir", text: TEXT },
    reviews: [
      {
        ...{ reviewer: "Nora", status: "in_progress" },
        carried: [
          {
            ...{ span: randomUUID(), kind: "orphan", score: 0, from: randomUUID(), from_article: randomUUID() },
            ...{ start: 4, end: 8, quote: "mill", content, candidates: [{ start: 0, end: 4, score: 0.5 }], ...more },
          },
        ],
      },
    ],
  });

  test("an orphan that could never be placed is not taken in; a sound one waits with where it could stand", async () => {
    const desk = await makeDesk();
    const { actor } = desk.editor;
    const options = { format: "jsonl", onError: "abort", as: "reviews" } as const;
    const link = { id: randomUUID(), type: "nowhere", from: randomUUID(), to_text: "x" };
    for (const [line, path, code] of [
      [carrying({ label: "NONE" }), "label", "unknown-label"],
      [carrying({ label: "NONE" }, { kind: "exact" }), "label", "unknown-label"],
      [carrying({ label: "CLAIM", attributes: { colour: "red" } }), "attributes.colour", "unknown-attribute"],
    ] as const)
      expect(await importFiles(actor, desk.projectId, options, [fileOf(linesOf(line))])).toMatchObject({
        code: "invalid",
        errors: [{ path: `reviews.0.carried.0.content.${path}`, code }],
      });
    expect(
      await importFiles(actor, desk.projectId, options, [
        fileOf(linesOf(carrying({ label: "CLAIM" }, { links: [link] }))),
      ]),
    ).toMatchObject({
      code: "invalid",
      errors: [{ path: "reviews.0.carried.0.links.0.type", code: "link-not-allowed" }],
    });
    value(await importFiles(actor, desk.projectId, options, [fileOf(linesOf(carrying({ label: "CLAIM" })))]));
    expect(value(await listOrphans(actor, desk.projectId, { status: "open" })).items).toMatchObject([
      { quote: "mill", content: { label: "CLAIM" }, candidates: [{ start: 0, end: 4, quote: "Weir" }] },
    ]);
    // Names are mapped there as in what stands.
    const mapping = { labels: { MILL: "CLAIM" } };
    const renamed = linesOf(carrying({ label: "MILL" }));
    expect((await importFiles(actor, desk.projectId, { ...options, mapping }, [fileOf(renamed)])).ok).toBe(true);
  });

  test("a fetched page is believed about its address at its own host only", async () => {
    const desk = await makeDesk();
    const one = await first(desk, { outlet: null });
    const options = { format: "html", onError: "abort", as: "reviews" } as const;
    const fetched = async (url: string, text: string) =>
      value(
        await importFiles(desk.editor.actor, desk.projectId, options, [
          { ...fileOf(html(text), "a.html"), fetched: { url, at: new Date() } },
        ]),
      );
    const other = await fetched("https://evil.example/x", "The gate was never opened.");
    expect(other.articles).toEqual({ created: 1, duplicate: 0, version: 0 });
    expect(other.notes[0]?.notes.join()).toContain("weir.example");
    expect(await prisma().article.findUniqueOrThrow({ where: { id: other.notes[0]?.articleId ?? "" } })).toMatchObject({
      url: "https://evil.example/x",
    });
    expect(value(await getArticle(desk.editor.actor, one)).superseded).toBe(false);
    const own = await fetched("http://www.weir.example/news/7?from=mail", "The gate was opened at noon.");
    expect(own.articles.version).toBe(1);
  });

  test("native JSONL gives the chain back, with what was carried, orphans and all", async () => {
    const { desk, one } = await worked();
    const two = await second(desk);
    const again = async (versions: "all" | "current") => {
      const file = value(
        await exportProject(desk.editor.actor, desk.projectId, { format: "jsonl", layer: "all", versions }),
      );
      return read(file);
    };
    const all = await again("all");
    const lines = parsed(all).slice(1);
    expect(lines.map((l) => [l.id, l.version_of, l.text_version])).toEqual([
      [one, undefined, undefined],
      [two.id, one, 2],
    ]);
    expect(
      parsed(await again("current"))
        .slice(1)
        .map((l) => l.id),
    ).toEqual([two.id]);

    const other = await makeDesk();
    const options = { format: "jsonl", onError: "abort", as: "reviews" } as const;
    const report = value(await importFiles(other.editor.actor, other.projectId, options, [fileOf(all)]));
    expect(report).toMatchObject({ articles: { created: 2, version: 1 }, errors: [] });
    const rows = await prisma().article.findMany({
      where: { projectId: other.projectId },
      orderBy: { textVersion: "asc" },
    });
    expect(rows.map((row) => [row.textVersion, row.superseded, row.chainId])).toEqual([
      [1, true, rows[0]?.id],
      [2, false, rows[0]?.id],
    ]);
    const kinds = async (projectId: string) =>
      (await prisma().carriedSpan.findMany({ where: { projectId } })).map((c) => [c.kind, c.quote, c.score]).sort();
    expect(await kinds(other.projectId)).toEqual(await kinds(desk.projectId));
    expect((await verify(process.env.DATABASE_URL ?? "")).breaches).toEqual([]);
    // Alone, it keeps its number.
    const alone = await makeDesk();
    value(await importFiles(alone.editor.actor, alone.projectId, options, [fileOf(await again("current"))]));
    expect(await prisma().article.findMany({ where: { projectId: alone.projectId } })).toMatchObject([
      { textVersion: 2, superseded: false },
    ]);
  });
});

describe("what goes over", () => {
  test("every mark, with its score and where it is from; drifted ones and orphans are told; links wait for their ends", async () => {
    const { desk, one, theirs, claim, denial } = await worked();
    const two = await second(desk);
    expect(two.carried).toEqual({ reviews: 2, exact: 2, drifted: 1, orphans: 1, left: 0 });
    const review = await reviewOf(two.id, desk.a);
    expect(review).toMatchObject({ status: "IN_PROGRESS", notBlind: false, version: 1 });
    const page = value(await readReviewPage(desk.a.actor, review.id));
    const words = page.review.spans.map((s) => [[...two.text].slice(s.start, s.end).join(""), s.label]);
    expect(words).toEqual([
      ["The council denied that it was ever warned", "DENIAL"],
      ["Nobody was hurt", "CLAIM"],
    ]);
    expect(page.review.links).toEqual([]);
    const [orphan] = page.carried.orphans;
    expect(orphan).toMatchObject({
      state: "open",
      quote: "the weir would fail",
      fromId: claim,
      fromArticleId: one,
      content: { label: "CLAIM", attributes: { likelihood: "likely" }, note: "look again" },
      links: [{ type: "denies", to: orphan?.id }],
    });
    const rows = await prisma().carriedSpan.findMany({ where: { reviewId: review.id }, orderBy: { start: "asc" } });
    expect(rows.map((row) => [row.kind, row.fromId === denial])).toEqual([
      ["orphan", false],
      ["drifted", true],
      ["exact", false],
    ]);
    expect(rows[1]?.score).toBeGreaterThan(0.6);
    expect(rows[1]?.score).toBeLessThan(1);
    // What was stays as it was, for ever.
    expect(value(await getReview(desk.a.actor, theirs))).toMatchObject({ status: "SUBMITTED", version: 1 });
    expect((await verify(process.env.DATABASE_URL ?? "")).breaches).toEqual([]);
  });

  test("what was made of a suggestion says so in the next version too, where it stands and where it is placed", async () => {
    const desk = await makeDesk();
    const { projectId, a } = desk;
    await prisma().project.update({ where: { id: projectId }, data: { showSuggestions: true } });
    const one = await first(desk);
    const [gone, stays] = [
      await suggest(projectId, one, "the weir would fail"),
      await suggest(projectId, one, "Nobody was hurt"),
    ];
    await finish(a, await makeReview(projectId, one, a), [
      put("the weir would fail", "CLAIM", { suggestion: gone }),
      put("Nobody was hurt", "CLAIM", { suggestion: stays }),
    ]);
    const two = await second(desk);
    const { id } = await reviewOf(two.id, a);
    const [orphan] = value(await listOrphans(a.actor, projectId, { status: "open" })).items;
    expect(orphan?.content).toMatchObject({ suggestion: gone });
    expect(
      value(await readReviewPage(a.actor, id))
        .origins.map((origin) => origin.id)
        .sort(),
    ).toEqual([gone, stays].sort());
    value(await placeOrphan(a.actor, orphan?.id ?? "", at("Updated at noon", two.text)));
    const { spans } = value(await getReview(a.actor, id));
    expect(spans.map(({ quote, suggestion }) => [quote, suggestion])).toMatchObject([
      ["Updated at noon", { id: gone, by: "weir-model 2" }],
      ["Nobody was hurt", { id: stays, by: "weir-model 2", changed: false }],
    ]);
  });

  test("an orphan is placed with what it said and its links; removing it makes it wait again; dropping has a reason and is taken back", async () => {
    const { desk } = await worked();
    const two = await second(desk);
    const review = await reviewOf(two.id, desk.a);
    const [orphan] = value(await listOrphans(desk.a.actor, desk.projectId, { status: "open" })).items;
    if (!orphan) throw new Error("no orphan");
    expect(await submitReview(desk.a.actor, review.id, { version: 1 })).toMatchObject({
      ok: false,
      code: "invalid",
      errors: expect.arrayContaining([expect.objectContaining({ path: `orphans.${orphan.id}`, code: "orphan" })]),
    });
    expect(await placeOrphan(desk.b.actor, orphan.id, at("Updated at noon", two.text))).toMatchObject({
      code: "not-found",
    });
    expect(value(await placeOrphan(desk.a.actor, orphan.id, at("Updated at noon", two.text)))).toEqual({
      id: orphan.id,
      version: 2,
      links: 1,
    });
    const placed = value(await getReview(desk.a.actor, review.id));
    expect(placed.spans.find((s) => s.id === orphan.id)).toMatchObject({
      quote: "Updated at noon",
      note: "look again",
    });
    expect(placed.links).toMatchObject([{ type: "denies", to: orphan.id }]);
    expect(value(await listOrphans(desk.a.actor, desk.projectId, { status: "open" })).items).toEqual([]);
    expect(await dropOrphan(desk.a.actor, orphan.id, "gone")).toMatchObject({ code: "conflict" });

    value(
      await changeReview(desk.a.actor, review.id, [
        { id: randomUUID(), kind: "link.remove", linkId: placed.links[0]?.id ?? "", base: 1 },
        remove(orphan.id, 1),
      ]),
    );
    expect(value(await listOrphans(desk.a.actor, desk.projectId, { status: "open" })).items).toHaveLength(1);
    value(await dropOrphan(desk.a.actor, orphan.id, "The sentence was taken out."));
    value(await dropOrphan(desk.a.actor, orphan.id, "The sentence was taken out."));
    expect(await placeOrphan(desk.a.actor, orphan.id, at("Updated", two.text))).toMatchObject({ code: "conflict" });
    value(await dropOrphan(desk.a.actor, orphan.id, null));
    value(await dropOrphan(desk.a.actor, orphan.id, "The sentence was taken out."));
    const events = await prisma().auditEntry.findMany({
      where: { projectId: desk.projectId, type: { startsWith: "orphan." } },
    });
    expect(events.map((e) => e.type).sort()).toEqual(["orphan.dropped", "orphan.dropped", "orphan.restored"]);
    const denials = value(await getReview(desk.a.actor, review.id));
    const denial = denials.spans.find((s) => s.label === "DENIAL");
    value(await changeReview(desk.a.actor, review.id, [link("denies", denial?.id ?? "", null, "generic")]));
    expect((await submitReview(desk.a.actor, review.id, { version: denials.version + 1 })).ok).toBe(true);
  });

  test("an orphan's id is kept for it: no other review has a span under it, nor places it so", async () => {
    const { desk } = await worked();
    const two = await second(desk);
    const { id: reviewId } = await reviewOf(two.id, desk.b);
    const open = async () => value(await listOrphans(desk.a.actor, desk.projectId, { status: "open" })).items;
    const [orphan] = await open();
    const id = orphan?.id ?? "";
    const span = { id, base: 0, ...at("Updated at noon", two.text), label: "CLAIM" };
    expect(await changeReview(desk.b.actor, reviewId, [{ id: randomUUID(), kind: "span.put", span }])).toMatchObject({
      code: "conflict",
      errors: [{ path: "changes.0.span.id", code: "id-taken" }],
    });
    const [theirs] = value(await getReview(desk.b.actor, reviewId)).spans;
    const rename = (from: string, to: string) =>
      prisma().$executeRaw`UPDATE "Span" SET "id" = ${to}::uuid WHERE "id" = ${from}::uuid`;
    expect(await rename(theirs?.id ?? "", id)).toBe(1);
    expect(await open()).toHaveLength(1);
    await rename(id, theirs?.id ?? "");
    expect((await placeOrphan(desk.a.actor, id, at("Updated at noon", two.text))).ok).toBe(true);
  });

  test("an export of some labels tells of those marks only what became of them", async () => {
    const { desk } = await worked();
    await second(desk);
    const query = { format: "jsonl", layer: "all", label: "DENIAL" } as const;
    const [, line] = parsed(await read(value(await exportProject(desk.editor.actor, desk.projectId, query))));
    const reviews = line?.reviews as readonly { readonly carried?: readonly { readonly quote: string }[] }[];
    expect(reviews.flatMap(({ carried = [] }) => carried.map(({ quote }) => quote))).toEqual([
      "The council denied that it had been warned",
    ]);
  });

  test("an orphan that nobody placed is looked for again in the version after, as it was marked first", async () => {
    const { desk, one } = await worked();
    await second(desk);
    const back = await second(desk, { text: `${TEXT}\nA line more.\n` });
    expect(back.carried).toMatchObject({ orphans: 0 });
    const review = await reviewOf(back.id, desk.a);
    const [found] = await prisma().carriedSpan.findMany({
      where: { reviewId: review.id, quote: "the weir would fail" },
    });
    expect(found).toMatchObject({ kind: "exact", fromArticleId: one });
    expect(value(await getReview(desk.a.actor, review.id)).links).toHaveLength(1);
  });

  test("whoever cannot review any more leaves their review where it is; the first reviewers are asked first", async () => {
    const { desk } = await worked();
    await prisma().member.delete({
      where: { projectId_userId: { projectId: desk.projectId, userId: desk.b.person.id } },
    });
    const two = await second(desk);
    expect(two.carried).toMatchObject({ reviews: 1, left: 1 });
    expect(value(await nextInQueue(desk.a.actor, desk.projectId))?.value.articleId).toBe(two.id);
    // Two are asked for and one is taken.
    expect(value(await nextInQueue(desk.c.actor, desk.projectId))?.value.articleId).toBe(two.id);
  });
});

describe("what was superseded", () => {
  async function settledThenNew() {
    const desk = await makeDesk();
    const one = await first(desk);
    for (const who of [desk.a, desk.b]) {
      const id = await makeReview(desk.projectId, one, who);
      await finish(who, id, [put("the weir would fail")]);
    }
    const [open] = value(await listCases(desk.adjudicator.actor, desk.projectId, { sort: "position" })).items;
    return { desk, one, caseId: open?.id ?? "" };
  }

  test("leaves queue, cases, agreement, counts and exports; stays readable; takes no more work", async () => {
    const { desk, one, caseId } = await settledThenNew();
    const { editor, adjudicator, a, projectId } = desk;
    const before = value(await projectOverview(editor.actor, projectId));
    expect(before).toMatchObject({ articles: { adjudication: 1 }, cases: { open: 1 } });
    const two = await second(desk);
    expect(value(await projectOverview(editor.actor, projectId))).toMatchObject({
      articles: { open: 1, adjudication: 0 },
      cases: { open: 0 },
      reviews: { inProgress: 2, submitted: 0 },
    });
    expect(value(await listCases(adjudicator.actor, projectId, { sort: "position" })).items).toEqual([]);
    expect(value(await articleDesk(adjudicator.actor, one)).cases).toHaveLength(1);
    expect(
      value(
        await projectAgreement(editor.actor, projectId, {
          replicates: 10,
          seed: 1,
          accepted: "true",
          suggestions: "false",
        }),
      ),
    ).toMatchObject({ report: { articles: 0 } });
    const locked = { ok: false, code: "locked" };
    const theirs = await reviewOf(one, a);
    expect(await changeReview(a.actor, theirs.id, [put("Nobody was hurt")])).toMatchObject(locked);
    expect(await reopenReview(editor.actor, theirs.id)).toMatchObject(locked);
    expect(await decideCase(adjudicator.actor, caseId, { id: randomUUID(), action: "nothing" })).toMatchObject(locked);
    expect(await assignReview(editor.actor, one, { reviewerId: desk.c.person.id })).toMatchObject(locked);
    expect(await closeArticle(editor.actor, one, { closed: true })).toMatchObject(locked);
    expect((await prisma().article.findUniqueOrThrow({ where: { id: two.id } })).taken).toBe(2);
  });

  test("a link that ended in it stays where it was made; a new one finds the mark in the version that counts", async () => {
    const { desk, claim } = await worked();
    const elsewhere = await first(desk, { url: "https://weir.example/news/9", text: TEXT });
    const review = await makeReview(desk.projectId, elsewhere, desk.a);
    const denial = put("The council denied", "DENIAL");
    value(await changeReview(desk.a.actor, review, [denial, link("denies", denial.span.id, claim)]));
    await second(desk);
    const page = value(await readReviewPage(desk.a.actor, review));
    expect(page.review.links).toMatchObject([{ to: claim }]);
    expect(page.targets).toMatchObject([{ id: claim, quote: "the weir would fail", superseded: true }]);
    const { items } = value(await listTargets(desk.a.actor, desk.projectId, { q: "hurt", except: elsewhere }));
    expect(items.map((item) => item.superseded)).toEqual([false]);
  });

  test("blind: who saw gold of it is not blind in the next; with an open review there nobody sees others' marks here", async () => {
    const { desk, one, caseId } = await settledThenNew();
    value(await decideCase(desk.adjudicator.actor, caseId, { id: randomUUID(), action: "suggestion" }));
    expect(await articleDesk(desk.a.actor, one)).toMatchObject({ ok: true });
    const two = await second(desk);
    expect(await reviewOf(two.id, desk.a)).toMatchObject({ notBlind: true });
    expect(await articleDesk(desk.a.actor, one)).toMatchObject({ ok: false });
    expect(await getReview(desk.a.actor, (await reviewOf(one, desk.b)).id)).toMatchObject({ code: "not-found" });
    const asked = { sort: "position", article: one } as const;
    expect(value(await listCases(desk.a.actor, desk.projectId, asked)).items).toEqual([]);
    expect(value(await listCases(desk.adjudicator.actor, desk.projectId, asked)).items).toHaveLength(1);
    const lines = parsed(
      await read(
        value(await exportProject(desk.a.actor, desk.projectId, { format: "jsonl", layer: "all", versions: "all" })),
      ),
    );
    for (const line of lines.slice(1)) expect(line.reviews).toHaveLength(1);
  });

  test("blind: no door leads to its gold while a newer version is under one's review, and each opens again", async () => {
    const { desk, one, caseId } = await settledThenNew();
    const { projectId, a, c, adjudicator, editor } = desk;
    const { id: batchId } = await prisma().batch.create({
      data: { projectId, name: "Round", purpose: "calibration", people: [a.person.id, adjudicator.person.id] },
    });
    await prisma().article.update({ where: { id: one }, data: { batchId } });
    const spans = [
      { id: randomUUID(), ...at("the weir would fail"), label: "ATTRIBUTION", attributes: { source: "Harbour board" } },
    ];
    const ruling = { id: randomUUID(), action: "edit", spans, reasonCode: "label" } as const;
    value(await decideCase(adjudicator.actor, caseId, ruling));
    const { id: mine } = await reviewOf(one, a);
    const learned = async () => ({
      gold: (await goldDiff(a.actor, mine)).ok,
      sources: value(await knownValues(c.actor, projectId)).sources.map(({ name }) => name),
      meeting: value(await getMeeting(adjudicator.actor, projectId, batchId)).list?.map(({ quote }) => quote),
      affected: value(await affectedBy(editor.actor, projectId, one)),
    });
    const open = {
      ...{ gold: true, sources: ["Harbour board"], meeting: ["the weir would fail"] },
      affected: { submitted: 2, decisions: 1, goldSpans: 1 },
    };
    expect(await learned()).toMatchObject(open);
    const two = await second(desk);
    for (const who of [c, adjudicator, editor]) await makeReview(projectId, two.id, who);
    expect(await learned()).toMatchObject({
      ...{ gold: false, sources: [], meeting: [] },
      affected: { submitted: 0, decisions: 0, goldSpans: 0 },
    });
    expect(await goldDiff(a.actor, mine)).toMatchObject({ code: "conflict" });
    expect((await goldDiff(desk.second.actor, mine)).ok).toBe(true);
    await prisma().review.updateMany({ where: { articleId: two.id }, data: { status: "SUBMITTED" } });
    // What was superseded is on no table any more.
    expect(await learned()).toMatchObject({ ...open, meeting: [] });
  });

  test("blind: an editor who reviews it is told no figures of others, and sees their own orphans only", async () => {
    const { desk } = await worked();
    const { editor, projectId } = desk;
    const one = await prisma().article.findFirstOrThrow({ where: { projectId } });
    await makeReview(projectId, one.id, editor);
    const two = await second(desk);
    expect(two.carried).toBeNull();
    expect(two.notes.join()).not.toMatch(/without a place|carried/);
    expect(value(await listOrphans(editor.actor, projectId, { status: "open" })).items).toEqual([]);
    expect(value(await diffVersions(editor.actor, two.id)).spans).toEqual([]);
    const told = value(await listAudit(editor.actor, projectId, {})).items;
    expect(told.filter(({ type }) => type === "review.submitted")).toEqual([]);
    expect(value(await listOrphans(desk.adjudicator.actor, projectId, { status: "open" })).items).toHaveLength(1);
    expect(value(await listOrphans(desk.b.actor, projectId, { status: "open" })).items).toEqual([]);
  });
});

test("two versions are compared by paragraphs, with the asker's marks that did not go over as they were", async () => {
  const { desk, one } = await worked();
  const two = await second(desk);
  const diff = value(await diffVersions(desk.a.actor, two.id));
  expect(diff).toMatchObject({
    from: { id: one, textVersion: 1 },
    to: { id: two.id, textVersion: 2 },
    carried: { exact: 1, drifted: 1, open: 1, placed: 0, dropped: 0 },
  });
  expect(diff.paragraphs.map((p) => p.kind)).toEqual(["in", "same", "out", "changed"]);
  expect(value(await diffVersions(desk.a.actor, two.id)), "as it is kept").toEqual(diff);
  expect(diff.spans.map((s) => [s.state, s.quote, s.now])).toEqual([
    ["open", "the weir would fail", null],
    ["standing", "The council denied that it had been warned", "The council denied that it was ever warned"],
  ]);
  const whose = async ({ actor }: Member) =>
    value(await diffVersions(actor, two.id)).spans.map(({ mine, reviewer }) => [mine, reviewer]);
  const { name } = await prisma().user.findUniqueOrThrow({ where: { id: desk.a.person.id } });
  expect(await whose(desk.a)).toEqual([
    [true, name],
    [true, name],
  ]);
  expect(await whose(desk.editor)).toEqual([
    [false, name],
    [false, name],
  ]);
  expect(await diffVersions(desk.a.actor, one)).toMatchObject({ code: "not-found" });
  expect(await diffVersions(desk.c.actor, two.id)).toMatchObject({ code: "not-found" });
});
