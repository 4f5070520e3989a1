/** Releases from asking to reading: what is in them, that they never change, and what becomes of a maker that dies. */
import { createHash } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import * as fileRoute from "@/app/api/v1/projects/[project]/releases/[release]/files/[file]/route";
import { parseArticle, parseHeader } from "../formats/native-read";
import { releaseSettingsSchema } from "../releases/settings";
import { createArticle } from "./articles";
import { pool, prisma } from "./db";
import { decideCase } from "./decisions";
import { exportProject } from "./exports";
import { exportQuerySchema } from "./exports.schema";
import { claim, type Job, JobStopped, takeUpSilent } from "./jobs";
import { work } from "./jobsWork";
import { cancelRelease, createRelease, getRelease, listReleases, type ReleaseDetail, retryRelease } from "./releases";
import { CHUNK, readWhole, storeFile } from "./releasesFiles";
import { diffReleases, rangeOf, releaseCard } from "./releasesRead";
import { at, type Desk, makeArticle, makeDesk, makeReview, put, review, TEXT } from "./testing/desk";
import { send } from "./testing/people";
import { checkReleaseFiles } from "./verify/files";

const settings = (more: object = {}) => releaseSettingsSchema.parse(more);

async function asked(desk: Desk, more: object = {}): Promise<ReleaseDetail> {
  const made = await createRelease(desk.editor.actor, desk.projectId, settings(more));
  if (!made.ok) throw new Error(JSON.stringify(made));
  return made.value.value;
}

async function next(): Promise<Job> {
  const job = await claim();
  if (!job) throw new Error("no job waits");
  return job;
}

async function made(desk: Desk, more: object = {}): Promise<ReleaseDetail> {
  const { number } = await asked(desk, more);
  await work(await next());
  return seen(desk, number);
}

async function seen(desk: Desk, number: number): Promise<ReleaseDetail> {
  const found = await getRelease(desk.editor.actor, desk.projectId, String(number));
  if (!found.ok) throw new Error(found.message);
  return found.value;
}

const words = (desk: Desk, { number, files }: ReleaseDetail, name: string) => {
  const file = files.find((one) => one.name === name);
  if (!file) throw new Error(`no ${name} among ${files.map((one) => one.name)}`);
  return readWhole({ projectId: desk.projectId, number }, file);
};

/** Two splits in two formats, and the index. */
const dataOf = ({ files }: ReleaseDetail) => files.slice(0, 5).map(({ name, sha256 }) => [name, sha256]);

const download = (desk: Desk, number: number, file: string, headers: Record<string, string> = {}) =>
  send(fileRoute.GET, {
    params: { project: desk.projectId, release: String(number), file },
    cookie: desk.editor.cookie,
    headers,
  });

/** Two articles with three submitted reviews between them; one is settled. */
async function stocked(): Promise<Desk & { readonly settled: string; readonly disputed: string }> {
  const desk = await makeDesk();
  const settled = await makeArticle(desk.projectId, { title: "Settled" });
  await review(desk, settled, desk.a, [put("the weir would fail")]);
  await review(desk, settled, desk.b, []);
  const found = await prisma().case.findFirstOrThrow({ where: { articleId: settled } });
  const ruled = await decideCase(desk.adjudicator.actor, found.id, {
    id: crypto.randomUUID(),
    action: "edit",
    spans: [{ id: crypto.randomUUID(), ...at("the weir would fail"), label: "CLAIM", attributes: {} }],
    reasonCode: "missed",
  });
  if (!ruled.ok) throw new Error(JSON.stringify(ruled));
  const disputed = await makeArticle(desk.projectId, { title: "Disputed" });
  await review(desk, disputed, desk.a, [put("Nobody was hurt")]);
  await makeArticle(desk.projectId, { title: "Nobody has reviewed it" });
  return { ...desk, settled, disputed };
}

const wish = { formats: ["jsonl", "csv"], splits: { train: 0.5, test: 0.5 }, note: "For the paper." };
let desk: Awaited<ReturnType<typeof stocked>>;
let first: ReleaseDetail;
beforeAll(async () => {
  desk = await stocked();
  first = await made(desk, wish);
});

describe("a release", () => {
  test("is numbered from 1 and names every file with its size and SHA-256", async () => {
    expect(first).toMatchObject({ number: 1, state: "ready", withheld: false, progress: null });
    expect(first.files.map(({ name }) => name)).toEqual([
      ...["train.jsonl", "test.jsonl", "train.csv", "test.csv", "index.jsonl", "guideline.md", "scheme.json"],
      ...["README.md", "CITATION.cff", "croissant.json", "manifest.json", "SHA256SUMS"],
    ]);
    for (const file of first.files) {
      const response = await download(desk, 1, file.name);
      const bytes = Buffer.from(await response.arrayBuffer());
      expect(response.status).toBe(200);
      expect(response.headers.get("etag")).toBe(`"${file.sha256}"`);
      expect([bytes.length, createHash("sha256").update(bytes).digest("hex")]).toEqual([file.size, file.sha256]);
    }
    expect(first.manifestSha256).toBe(first.files.find(({ name }) => name === "manifest.json")?.sha256);
    const sums = await words(desk, first, "SHA256SUMS");
    for (const { name, sha256 } of first.files.slice(0, -1)) expect(sums).toContain(`${sha256}  ${name}\n`);
  });

  test("holds articles with a submitted review or gold, people by pseudonym, each in one split", async () => {
    const lines = (await words(desk, first, "train.jsonl")) + (await words(desk, first, "test.jsonl"));
    const parsed = lines
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const articles = parsed.filter((line) => "text" in line);
    expect(articles.map(({ title }) => title).sort()).toEqual(["Disputed", "Settled"]);
    for (const line of parsed)
      expect("faults" in ("text" in line ? parseArticle(line) : parseHeader(line))).toBe(false);
    for (const { person } of [desk.a, desk.b, desk.adjudicator]) {
      expect(lines).not.toContain(person.id);
      expect(lines).not.toContain(person.name);
    }
    const settled = articles.find(({ title }) => title === "Settled");
    expect(settled.reviews.map(({ reviewer }: { reviewer: string }) => reviewer)).toEqual([
      expect.stringMatching(/^r-[0-9a-z]{8}$/),
      expect.stringMatching(/^r-[0-9a-z]{8}$/),
    ]);
    expect(settled.gold.spans).toMatchObject([{ quote: "the weir would fail", label: "CLAIM" }]);
    expect(articles.find(({ title }) => title === "Disputed").gold).toBeUndefined();
    expect(first.figures).toMatchObject({
      articles: 2,
      settled: 1,
      reviews: 3,
      spans: { gold: { CLAIM: 1 }, reviews: { CLAIM: 2 } },
    });
  });

  test("describes itself: card, citation, Croissant", async () => {
    const card = await releaseCard(desk.editor.actor, desk.projectId, "1");
    expect(card.ok && card.value).toContain("# A project, release 1");
    for (const part of [
      "For the paper.",
      "## Agreement",
      "licence is unknown",
      "`CLAIM`",
      "seed 1",
      "Scheme version 1",
    ])
      expect(card.ok && card.value, part).toContain(part);
    expect(await words(desk, first, "CITATION.cff")).toContain("cff-version: 1.2.0");
    expect(JSON.parse(await words(desk, first, "croissant.json"))).toMatchObject({
      "@type": "sc:Dataset",
      conformsTo: "http://mlcommons.org/croissant/1.0",
      distribution: expect.arrayContaining([
        expect.objectContaining({ "@type": "cr:FileObject", name: "train.jsonl" }),
      ]),
    });
  });

  test("is the same bytes when it is made again of the same", async () => {
    const again = await made(desk, wish);
    expect(dataOf(again)).toEqual(dataOf(first));
    expect(again.figures?.previous).toMatchObject({ number: 1, changes: { spans: { added: 0, removed: 0 } } });
  });

  test("can be changed by nobody once it is ready", async () => {
    for (const sql of [
      `UPDATE "ReleaseChunk" SET "bytes" = 'x'`,
      `DELETE FROM "ReleaseFile"`,
      `DELETE FROM "ReleaseChunk"`,
      `UPDATE "Release" SET "settings" = '{}' WHERE "state" = 'READY'`,
      `DELETE FROM "Release" WHERE "state" = 'READY'`,
      `TRUNCATE "ReleaseChunk"`,
      `INSERT INTO "ReleaseChunk" SELECT "projectId", "number", 'other', 0, 'x' FROM "Release" WHERE "state" = 'READY'`,
    ])
      await expect(pool().query(sql), sql).rejects.toMatchObject({ code: "GL001" });
  });
});

test("a piece that a disk or a hand changed is found when the database is verified", async () => {
  const client = await pool().connect();
  try {
    await client.query("BEGIN");
    const sound = await checkReleaseFiles(client);
    expect(sound).toMatchObject({ checked: expect.any(Number), broken: [] });
    await client.query(`ALTER TABLE "ReleaseChunk" DISABLE TRIGGER USER`);
    const where = `WHERE "projectId" = $1 AND "number" = 1 AND "name" = 'README.md'`;
    await client.query(`UPDATE "ReleaseChunk" SET "bytes" = "bytes" || 'x' ${where}`, [desk.projectId]);
    expect((await checkReleaseFiles(client)).broken).toEqual([`${desk.projectId}/1/README.md`]);
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
});

describe("a download", () => {
  test("goes on where it broke off, and only if it is the same file", async () => {
    const whole = Buffer.from(await (await download(desk, 1, "README.md")).arrayBuffer());
    const etag = `"${createHash("sha256").update(whole).digest("hex")}"`;
    const part = await download(desk, 1, "README.md", { range: "bytes=10-", "if-range": etag });
    expect([part.status, part.headers.get("content-range")]).toEqual([
      206,
      `bytes 10-${whole.length - 1}/${whole.length}`,
    ]);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(whole.subarray(10));
    const other = await download(desk, 1, "README.md", { range: "bytes=10-", "if-range": '"other"' });
    expect([other.status, Buffer.from(await other.arrayBuffer())]).toEqual([200, whole]);
    expect((await download(desk, 1, "README.md", { "if-none-match": etag })).status).toBe(304);
    expect((await download(desk, 1, "README.md", { range: `bytes=${whole.length}-` })).status).toBe(416);
    expect((await download(desk, 1, "nothing.md")).status).toBe(404);
  });

  test.each<[string, number, ReturnType<typeof rangeOf>]>([
    ["bytes=0-0", 10, { from: 0, to: 1 }],
    ["bytes=2-", 10, { from: 2, to: 10 }],
    ["bytes=2-100", 10, { from: 2, to: 10 }],
    ["bytes=-3", 10, { from: 7, to: 10 }],
    ["bytes=-30", 10, { from: 0, to: 10 }],
    ["bytes=10-", 10, "outside"],
    ["bytes=-0", 10, "outside"],
    ["bytes=5-2", 10, null],
    ["bytes=0-1,4-5", 10, null],
    ["lines=0-1", 10, null],
    ["bytes=-", 10, null],
  ])("takes %s of %i bytes as it is meant", (header, size, range) => {
    expect(rangeOf(header, size)).toEqual(range);
  });

  test("reads any stretch of a file of several pieces", async () => {
    const { number } = await asked(desk);
    const job = await next();
    const place = { projectId: desk.projectId, number };
    const bytes = Buffer.alloc(2 * CHUNK + 100, "0123456789");
    const cuts = [0, 1, CHUNK - 1, CHUNK, CHUNK + 7, 2 * CHUNK, bytes.length];
    const pieces = cuts.slice(1).map((to, n) => bytes.subarray(cuts[n], to));
    const file = await storeFile(job, place, { name: "big", mediaType: "x/y", about: "", position: 0 }, pieces);
    expect(file).toMatchObject({ size: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") });
    expect(await readWhole(place, file)).toBe(bytes.toString("utf8"));
    await work(job); // clears what an earlier start left, and makes what was asked for
    expect((await seen(desk, number)).files.map(({ name }) => name)).not.toContain("big");
  });
});

describe("a maker that dies", () => {
  test("is followed by another, and what it still writes is refused", async () => {
    const { number } = await asked(desk, wish);
    const dead = await next();
    const half = { name: "train.jsonl", mediaType: "x/y", about: "", position: 0 };
    await storeFile(dead, { projectId: desk.projectId, number }, half, ['{"gloss":1']);
    await pool().query(`UPDATE "Job" SET "beatAt" = now() - interval '2 minutes' WHERE "id" = $1`, [dead.id]);
    expect(await takeUpSilent()).toBe(1);
    const heir = await next();
    expect(heir).toMatchObject({ id: dead.id, attempt: 2 });
    const file = { name: "late", mediaType: "x/y", about: "", position: 0 };
    await expect(storeFile(dead, { projectId: desk.projectId, number }, file, ["late"])).rejects.toThrow(JobStopped);
    await work(heir);
    const after = await seen(desk, number);
    expect(after.state).toBe("ready");
    expect(dataOf(after)).toEqual(dataOf(first));
  });

  test("one job at a time runs in a project", async () => {
    await asked(desk);
    await asked(desk);
    const one = await next();
    expect(await claim()).toBeNull();
    await work(one);
    await work(await next());
  });

  test("a release that waits, or is being made, is taken back, and made after all", async () => {
    const { editor, projectId } = desk;
    const { number } = await asked(desk);
    expect(await cancelRelease(editor.actor, projectId, String(number))).toMatchObject({
      value: { state: "cancelled" },
    });
    expect(await claim()).toBeNull();
    expect(await retryRelease(editor.actor, projectId, String(number))).toMatchObject({ value: { state: "waiting" } });
    const job = await next();
    expect(await cancelRelease(editor.actor, projectId, String(number))).toMatchObject({ value: { state: "making" } });
    await work(job);
    expect(await seen(desk, number)).toMatchObject({ state: "cancelled", files: [] });
    expect(await retryRelease(editor.actor, projectId, String(number))).toMatchObject({ ok: true });
    await work(await next());
    expect(await seen(desk, number)).toMatchObject({ state: "ready" });
    expect(await cancelRelease(editor.actor, projectId, String(number))).toMatchObject({ code: "conflict" });
  });
});

test("who reviews an article reads no release that has others' marks of it, until it is settled", async () => {
  const own = await makeDesk();
  const article = await makeArticle(own.projectId);
  await review(own, article, own.a, [put("the weir would fail")]);
  const { number } = await made(own);
  expect((await getRelease(own.editor.actor, own.projectId, String(number))).ok).toBe(true);
  await makeReview(own.projectId, article, own.editor);
  const found = await getRelease(own.editor.actor, own.projectId, String(number));
  expect(found).toMatchObject({ value: { withheld: true, figures: null, files: [] } });
  expect(await releaseCard(own.editor.actor, own.projectId, String(number))).toMatchObject({ code: "forbidden" });
  expect((await download(own, number, "index.jsonl")).status).toBe(403);
  expect(await diffReleases(own.editor.actor, own.projectId, String(number), {})).toMatchObject({ code: "forbidden" });
  await prisma().article.update({ where: { id: article }, data: { state: "SETTLED", settledAt: new Date() } });
  expect((await download(own, number, "index.jsonl")).status).toBe(200);
});

test("nor one that has the gold of its former version, if that was in it; another made since is theirs to read", async () => {
  const own = await makeDesk();
  const page = { title: "Weir", text: TEXT, url: "https://weir.example/7", outlet: null };
  const one = await createArticle(own.editor.actor, own.projectId, page);
  if (!one.ok) throw new Error(one.message);
  await prisma().article.update({
    where: { id: one.value.article.id },
    data: { state: "SETTLED", settledAt: new Date() },
  });
  const former = await made(own, { layer: "gold" });
  const two = await createArticle(own.editor.actor, own.projectId, { ...page, text: `${TEXT}More.` });
  if (!two.ok) throw new Error(two.message);
  expect(two.value.article.textVersion).toBe(2);
  const since = await made(own, { layer: "gold" });
  const withheld = async ({ number }: ReleaseDetail) => (await seen(own, number)).withheld;
  expect(await withheld(former)).toBe(false);
  const id = await makeReview(own.projectId, two.value.article.id, own.editor);
  expect([await withheld(former), await withheld(since)]).toEqual([true, false]);
  await prisma().review.update({ where: { id }, data: { status: "SUBMITTED" } });
  expect(await withheld(former)).toBe(false);
});

test("what changed between two releases is said span by span", async () => {
  const own = await makeDesk();
  const article = await makeArticle(own.projectId);
  await review(own, article, own.a, [put("the weir would fail"), put("Nobody was hurt")]);
  await made(own);
  await review(own, article, own.b, [
    put("The council denied", "FRAMING", { attributes: { kind: "opinion", reason: "x" } }),
  ]);
  await made(own);
  const diff = await diffReleases(own.editor.actor, own.projectId, "2", {});
  expect(diff).toMatchObject({
    value: {
      against: 1,
      changes: {
        articles: { added: 0, removed: 0, changed: 1 },
        spans: { added: 1, removed: 0, relabelled: 0, moved: 0 },
      },
      items: [
        { id: article, kind: "changed", spans: [{ kind: "added", label: "FRAMING", quote: "The council denied" }] },
      ],
    },
  });
  expect(await diffReleases(own.editor.actor, own.projectId, "1", {})).toMatchObject({ code: "conflict" });
});

test("without texts a release holds no words of them", async () => {
  const detail = await made(desk, { text: false });
  const line = await words(desk, detail, "data.standoff.jsonl");
  for (const piece of TEXT.split(/[\n.]/).filter((part) => part.length > 12)) expect(line).not.toContain(piece.trim());
  expect(line).toContain('"quote_hash":');
});

test("asking again with the same id answers as the first time; with another wish it is refused", async () => {
  const { editor, projectId } = desk;
  const id = crypto.randomUUID();
  const one = await createRelease(editor.actor, projectId, { ...settings(), id });
  const two = await createRelease(editor.actor, projectId, { ...settings(), id });
  expect([one, two]).toMatchObject([{ value: { made: true } }, { value: { made: false } }]);
  expect(await createRelease(editor.actor, projectId, { ...settings({ seed: 2 }), id })).toMatchObject({
    code: "conflict",
  });
  expect(await createRelease(editor.actor, projectId, settings({ formats: ["jsonl", "papyrus"] }))).toMatchObject({
    code: "invalid",
    errors: [{ path: "formats.1" }],
  });
  const listed = await listReleases(editor.actor, projectId, { limit: 1 });
  expect(listed).toMatchObject({ value: { items: [{ state: "waiting" }], nextCursor: expect.any(String) } });
  await work(await next());
});

describe("a filtered export", () => {
  const lines = async (query: object, actor = desk.editor.actor) => {
    const download = await exportProject(actor, desk.projectId, exportQuerySchema.parse(query));
    if (!download.ok) return download.code;
    const text = await new Response(download.value.body).text();
    return text
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => JSON.parse(line));
  };
  const quotes = async (query: object) => {
    const found = await lines(query);
    if (typeof found === "string") return found;
    type Reviews = { readonly reviews: readonly { readonly spans: readonly { readonly quote: string }[] }[] };
    return found.flatMap(({ reviews }: Reviews) => reviews.flatMap(({ spans }) => spans.map(({ quote }) => quote)));
  };

  test.each<[object, unknown]>([
    [{}, ["the weir would fail", "Nobody was hurt"]],
    [{ label: "DENIAL" }, []],
    [{ label: "CLAIM, DENIAL" }, ["the weir would fail", "Nobody was hurt"]],
    [{ region: "caption" }, []],
    [{ outlet: "Nowhere" }, []],
    [{ from: "2026" }, []],
    [{ uncertain: "only" }, []],
    [{ agreement: "disputed" }, ["the weir would fail"]], // one review alone disputes nothing
    [{ agreement: "unanimous" }, []],
  ])("%j holds %j", async (query, expected) => {
    expect(await quotes(query)).toEqual(expected);
  });

  test("knows no part of a page of another name", () => {
    expect(exportQuerySchema.safeParse({ region: "body,nowhere" }).success).toBe(false);
  });

  test("names people by pseudonym, as releases do, and by name", async () => {
    const by = async (reviewers: string) => {
      const found = await lines({ reviewers });
      if (typeof found === "string") return found;
      return found.flatMap(({ reviews }: { reviews: { reviewer: string }[] }) =>
        reviews.map(({ reviewer }) => reviewer),
      );
    };
    expect(await by("names")).toEqual(["Annika", "Boris", "Annika"]);
    const pseudonyms = await by("pseudonyms");
    const released = (await words(desk, first, "train.jsonl")) + (await words(desk, first, "test.jsonl"));
    for (const name of pseudonyms) expect(released).toContain(`"reviewer":"${name}"`);
  });

  test("by agreement is only for those who may have everyone's reviews", async () => {
    expect(await lines({ agreement: "unanimous", layer: "reviews" }, desk.a.actor)).toBe("forbidden");
  });
});
