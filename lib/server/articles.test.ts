import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import * as restoreRoute from "../../app/api/v1/articles/[article]/restore/route";
import * as articleRoute from "../../app/api/v1/articles/[article]/route";
import * as articlesRoute from "../../app/api/v1/projects/[project]/articles/route";
import { LARGEST_TEXT } from "../formats/article";
import { prisma } from "./db";
import { makePerson, makeProject, makeSession, type Person, send } from "./testing/people";
import { sha256 } from "./testing/rows";

type Body = { readonly [name: string]: unknown };
type Answer = { readonly status: number; readonly body: Body; readonly etag: string | null };

let edda: Person;
let cookie: string;

beforeAll(async () => {
  edda = await makePerson({ name: "Edda" });
  cookie = (await makeSession(edda)).cookie;
});

const project = () => makeProject([[edda, "EDITOR"]]);
const answer = async (response: Response): Promise<Answer> => ({
  status: response.status,
  body: response.status === 204 ? {} : ((await response.json()) as Body),
  etag: response.headers.get("etag"),
});

const post = async (projectId: string, body: unknown) =>
  answer(await send(articlesRoute.POST, { method: "POST", params: { project: projectId }, cookie, body }));
const get = async (id: unknown, as = cookie) =>
  answer(await send(articleRoute.GET, { params: { article: String(id) }, cookie: as }));
const patch = async (id: unknown, body: unknown, headers: Record<string, string> = {}) =>
  answer(await send(articleRoute.PATCH, { method: "PATCH", params: { article: String(id) }, cookie, body, headers }));
const remove = async (id: unknown) =>
  answer(await send(articleRoute.DELETE, { method: "DELETE", params: { article: String(id) }, cookie }));
const restore = async (id: unknown) =>
  answer(await send(restoreRoute.POST, { method: "POST", params: { article: String(id) }, cookie }));
const list = async (projectId: string, query = "", as = cookie) =>
  answer(await send(articlesRoute.GET, { path: `/?${query}`, params: { project: projectId }, cookie: as }));
const items = (body: Body) => body.items as readonly Body[];
const titles = async (projectId: string, query = "", as = cookie) =>
  items((await list(projectId, query, as)).body).map((item) => item.title);

const TEXT = "A😀B \u0632\u0646\nThe port\u00a0authority denies it.\n";
const article = (more: Body = {}): Body => ({ title: "The weir", text: TEXT, outlet: "Weir Post", ...more });

describe("making one", () => {
  test("stores the text as it came, counted in code points", async () => {
    const { status, body, etag } = await post(
      await project(),
      article({ published: "4 October 2018", language: "en" }),
    );
    expect(status).toBe(201);
    expect(body).toMatchObject({
      text: TEXT,
      textSha256: sha256(TEXT),
      length: [...TEXT].length,
      publishedDate: "2018-10-04",
      publishedPrecision: "day",
      state: "OPEN",
      version: 1,
      duplicate: false,
    });
    expect(etag).toBe('"1"');
    expect(items({ items: body.regions }).length).toBeGreaterThan(0);
    expect((await get(body.id)).body).toMatchObject({ text: TEXT, regions: body.regions });
  });

  test("again answers the first; the same words elsewhere are a reprint", async () => {
    const projectId = await project();
    const first = await post(projectId, article());
    const again = await post(projectId, article({ title: "Another title", text: TEXT.toUpperCase() }));
    expect([again.status, again.body.id, again.body.duplicate, again.body.title]).toEqual([
      200,
      first.body.id,
      true,
      "The weir",
    ]);
    expect((await post(projectId, article({ outlet: "Other" }))).status).toBe(201);
    expect(await prisma().articleText.count({ where: { projectId } })).toBe(2);
  });

  test("under an id of one's own: the same is the same, other content is a conflict", async () => {
    const projectId = await project();
    const id = randomUUID();
    expect((await post(projectId, article({ id }))).status).toBe(201);
    expect(await post(projectId, article({ id }))).toMatchObject({ status: 200, body: { id } });
    expect(await post(projectId, article({ id, title: "Other" }))).toMatchObject({
      status: 409,
      body: { errors: [{ path: "id", code: "id-taken" }] },
    });
    expect((await post(await project(), article({ id }))).status).toBe(409);
  });

  test("twenty at once make one", async () => {
    const projectId = await project();
    const all = await Promise.all(Array.from({ length: 20 }, () => post(projectId, article())));
    expect(all.map((one) => one.status).sort()).toEqual([...Array<number>(19).fill(200), 201]);
    expect(new Set(all.map((one) => one.body.id)).size).toBe(1);
    expect(await prisma().articleText.count({ where: { projectId } })).toBe(1);
    expect(await prisma().auditEntry.count({ where: { projectId, type: "article.created" } })).toBe(1);
  });

  test.each<[string, Body, number, string]>([
    ["a NUL in the text", { text: "a\u0000b" }, 422, "not-well-formed"],
    ["half a character in the text", { text: "a\ud800b" }, 422, "not-well-formed"],
    ["a NUL in the title", { title: "a\u0000b" }, 422, "not-well-formed"],
    ["half a character in the outlet", { outlet: "\udc00" }, 422, "not-well-formed"],
    ["no text", { text: "" }, 422, "empty"],
    ["nothing but blanks", { text: " \n\u00a0" }, 422, "empty"],
    ["a field that is none", { state: "SETTLED" }, 422, "unknown-field"],
    ["a region outside the text", { regions: [{ start: 0, end: 5000, role: "body" }] }, 422, "outside-text"],
    ["a region that begins before it", { regions: [{ start: -1, end: 3, role: "body" }] }, 422, "outside-text"],
    ["an empty region", { regions: [{ start: 3, end: 3, role: "body" }] }, 422, "empty"],
    [
      "regions that overlap",
      {
        regions: [
          { start: 0, end: 5, role: "body" },
          { start: 4, end: 9, role: "body" },
        ],
      },
      422,
      "overlap",
    ],
    ["a role that is none", { regions: [{ start: 0, end: 5, role: "advert" }] }, 422, "invalid-value"],
    ["half an offset", { regions: [{ start: 0.5, end: 5, role: "body" }] }, 422, "invalid-type"],
    ["a batch of another project", { batchId: randomUUID() }, 422, "unknown-batch"],
    ["a language that is none", { language: "en; DROP" }, 422, "invalid-format"],
  ])("refuses %s", async (_, wrong, status, code) => {
    const projectId = await project();
    const refused = await post(projectId, article(wrong));
    expect([refused.status, items({ items: refused.body.errors })[0]?.code]).toEqual([status, code]);
    expect(await prisma().articleText.count({ where: { projectId } })).toBe(0);
  });

  test("names the place of what is not well-formed", async () => {
    const { body } = await post(await project(), article({ text: "one\ntw\u0000o" }));
    expect(items({ items: body.errors })[0]?.message).toMatch(/character 6, line 2, column 3/);
  });

  test("takes 10 MiB to the byte, and not one byte more", async () => {
    const projectId = await project();
    const line = "Die Schleuse fällt. 😀\n"; // two and four bytes among the ones
    const bytes = Buffer.byteLength(line);
    const text = line.repeat(Math.floor(LARGEST_TEXT / bytes)) + "x".repeat(LARGEST_TEXT % bytes);
    expect(Buffer.byteLength(text)).toBe(10_485_760);
    const regions = [{ start: 0, end: 10, role: "body" }];
    const made = await post(projectId, article({ text, regions }));
    expect([made.status, made.body.textSha256, made.body.length]).toEqual([201, sha256(text), [...text].length]);
    const refused = await post(projectId, article({ text: `${text}x`, regions }));
    expect([refused.status, items({ items: refused.body.errors })[0]?.code]).toEqual([413, "too-large"]);
    expect(await prisma().articleText.count({ where: { projectId } })).toBe(1);
  });
});

describe("changing one", () => {
  test("metadata and regions, never the text, and what it was changed on is looked at", async () => {
    const projectId = await project();
    const { body } = await post(projectId, article());
    const regions = [
      { start: 0, end: 5, role: "headline" },
      { start: 6, end: 20, role: "caption" },
    ];
    const first = await patch(body.id, { outlet: "Other Post", regions }, { "if-match": '"1"' });
    expect(first).toMatchObject({ status: 200, etag: '"2"', body: { version: 2, outlet: "Other Post", text: TEXT } });
    expect(first.body.regions).toMatchObject(regions.map((region) => ({ ...region, reason: null })));
    expect(await patch(body.id, { outlet: "Third" }, { "if-match": '"1"' })).toMatchObject({
      status: 412,
      body: { errors: [{ code: "behind", current: { version: 2 } }] },
    });
    expect(await patch(body.id, { outlet: "Third", version: 1 })).toMatchObject({
      status: 409,
      body: { errors: [{ code: "behind" }] },
    });
    expect(await patch(body.id, { text: "other" })).toMatchObject({
      status: 422,
      body: { errors: [{ path: "text", code: "unknown-field" }] },
    });
    expect((await get(body.id)).body).toMatchObject({ version: 2, outlet: "Other Post" });
    const entries = await prisma().auditEntry.findMany({ where: { projectId, type: "article.changed" } });
    expect(entries.map((entry) => entry.data)).toEqual([{ articleId: body.id, fields: ["outlet", "regions"] }]);
  });

  test("a region that is left as it was keeps its id and reason; one that is moved has none", async () => {
    const { body } = await post(await project(), article());
    const [region] = items({ items: body.regions });
    expect(region?.reason).toEqual(expect.any(String));
    const same = await patch(body.id, {
      regions: [{ id: region?.id, start: region?.start, end: region?.end, role: region?.role }],
    });
    expect(same.body.regions).toEqual([region]);
    const moved = await patch(body.id, { regions: [{ id: region?.id, start: 0, end: 4, role: region?.role }] });
    expect(moved.body.regions).toMatchObject([{ id: region?.id, start: 0, end: 4, reason: null }]);
  });

  test("a date means what the new language says, or what a person says", async () => {
    const { body } = await post(await project(), article({ published: "04.10.2018" }));
    expect(body.publishedDate).toBeNull();
    expect((await patch(body.id, { language: "de" })).body).toMatchObject({
      publishedDate: "2018-10-04",
      publishedPrecision: "day",
    });
    expect((await patch(body.id, { publishedDate: "2018-04", publishedPrecision: "month" })).body).toMatchObject({
      publishedDate: "2018-04",
    });
    expect((await patch(body.id, { publishedDate: "last week", publishedPrecision: "day" })).status).toBe(422);
  });

  test("into what another article is already is a conflict", async () => {
    const projectId = await project();
    await post(projectId, article());
    const other = await post(projectId, article({ outlet: "Other" }));
    expect(await patch(other.body.id, { outlet: "weir post" })).toMatchObject({
      status: 409,
      body: { errors: [{ code: "duplicate" }] },
    });
    expect((await get(other.body.id)).body.outlet).toBe("Other");
  });
});

describe("the bin", () => {
  test("takes an article out of sight and gives it back with all that it had", async () => {
    const projectId = await project();
    const { body } = await post(projectId, article());
    expect((await remove(body.id)).status).toBe(204);
    expect((await remove(body.id)).status).toBe(204);
    expect((await get(body.id)).status).toBe(404);
    expect(await titles(projectId)).toEqual([]);
    expect(await titles(projectId, "status=bin")).toEqual(["The weir"]);
    expect(await restore(body.id)).toMatchObject({ status: 200, body: { id: body.id, regions: body.regions } });
    expect((await restore(body.id)).status).toBe(200);
    const types = await prisma().auditEntry.findMany({
      where: { projectId },
      orderBy: { seq: "asc" },
      select: { type: true },
    });
    expect(types.map(({ type }) => type)).toEqual(["article.created", "article.deleted", "article.restored"]);
  });

  test("keeps what came in again meanwhile apart", async () => {
    const projectId = await project();
    const first = await post(projectId, article());
    await remove(first.body.id);
    const second = await post(projectId, article());
    expect([second.status, second.body.id === first.body.id]).toEqual([201, false]);
    expect(await restore(first.body.id)).toMatchObject({
      status: 409,
      body: { errors: [{ code: "duplicate", current: { id: second.body.id } }] },
    });
  });

  test("keeps nothing for longer than 30 days", async () => {
    const projectId = await project();
    const { body } = await post(projectId, article());
    await remove(body.id);
    await prisma()
      .$executeRaw`UPDATE "Article" SET "deletedAt" = now() - interval '31 days' WHERE "id" = ${String(body.id)}::uuid`;
    expect((await restore(body.id)).status).toBe(409);
    expect(await titles(projectId, "status=bin")).toEqual([]);
  });
});

describe("the list", () => {
  const names = ["Élan at the lock", "a “Quoted” thing", "ZEBRA 100% gone", "Weir_one", "weir two"];
  let projectId: string;
  beforeAll(async () => {
    projectId = await project();
    for (const [i, title] of names.entries())
      await post(
        projectId,
        article({
          title,
          text: `${"word ".repeat(names.length - i)}${i}.`,
          outlet: i % 2 ? "B Post" : "A Post",
          published: `201${9 - i}`,
        }),
      );
  });

  test.each([
    ["q=%C3%A9LAN", [0]],
    ['q="quoted"', [1]],
    ["q=100%25", [2]],
    ["q=_", [3]],
    ["q=%25", [2]],
    ["q=a+post", [0, 2, 4]],
    ["q=nothing", []],
    ["outlet=B+Post", [1, 3]],
    ["batch=none", [0, 1, 2, 3, 4]],
    ["status=settled", []],
    ["sort=-position", [4, 3, 2, 1, 0]],
    ["sort=published", [4, 3, 2, 1, 0]],
    ["sort=length", [4, 3, 2, 1, 0]],
    ["sort=-outlet", [3, 1, 4, 2, 0]],
  ])("?%s", async (query, expected) => {
    expect(await titles(projectId, query)).toEqual(expected.map((i) => names[i]));
  });

  test.each(["position", "-position", "title", "-title", "outlet", "-outlet", "published", "length"])(
    "pages by %s without loss",
    async (sort) => {
      const whole = await titles(projectId, `sort=${sort}`);
      const paged: unknown[] = [];
      let cursor = "";
      for (let page = 0; page < 10; page++) {
        const { body } = await list(projectId, `sort=${sort}&limit=2${cursor && `&cursor=${cursor}`}`);
        paged.push(...items(body).map((item) => item.title));
        if (body.nextCursor === null) break;
        cursor = String(body.nextCursor);
      }
      expect(paged).toEqual(whole);
      expect(new Set(paged).size).toBe(names.length);
    },
  );

  test.each([
    "sort=title;DROP TABLE x",
    "sort=createdBy",
    "cursor=abc",
    "limit=0",
    "limit=201",
    "status=gone",
    "batch=1",
    "order=1",
    `q=${encodeURIComponent("a\u0000")}`,
    `cursor=${Buffer.from('["position","x",1]').toString("base64url")}`,
  ])("refuses ?%s", async (query) => {
    expect((await list(projectId, query)).status).toBe(400);
  });

  test("stands on its indexes", async () => {
    const found = await prisma().$queryRaw<
      { indexname: string }[]
    >`SELECT indexname FROM pg_indexes WHERE tablename = 'Article'`;
    expect(found.map((row) => row.indexname)).toEqual(
      expect.arrayContaining([
        "Article_title_order",
        "Article_outlet_order",
        "Article_published_order",
        "Article_length_order",
        "Article_search",
      ]),
    );
  });
});

describe("who sees what", () => {
  test("roles", async () => {
    const people = await Promise.all(["ann", "rob", "vic", "out"].map((name) => makePerson({ name })));
    const [adj, rev, view, out] = people as [Person, Person, Person, Person];
    const projectId = await makeProject([
      [edda, "EDITOR"],
      [adj, "ADJUDICATOR"],
      [rev, "REVIEWER"],
      [view, "VIEWER"],
    ]);
    const made = [];
    for (const title of ["open", "theirs", "settled", "full"])
      made.push((await post(projectId, article({ title, text: `${title} text` }))).body);
    const [open, theirs, settled, full] = made.map((one) => String(one.id)) as [string, string, string, string];
    const review = (articleId: string, reviewerId: string, status: "ASSIGNED" | "SUBMITTED") =>
      prisma()
        .$executeRaw`INSERT INTO "Review" ("id", "projectId", "articleId", "textLength", "reviewerId", "status", "submittedAt")
        SELECT gen_random_uuid(), "projectId", "id", "textLength", ${reviewerId}::uuid, ${status}::"ReviewStatus", now() FROM "Article" WHERE "id" = ${articleId}::uuid`;
    await review(theirs, rev.id, "ASSIGNED");
    for (const other of [adj.id, edda.id]) await review(full, other, "SUBMITTED");
    await prisma().article.update({ where: { id: settled }, data: { state: "SETTLED" } });
    await prisma().article.update({ where: { id: theirs }, data: { state: "ADJUDICATION" } });

    const cookies = new Map<Person, string>();
    for (const person of people) cookies.set(person, (await makeSession(person)).cookie);
    const seen = async (person: Person) => {
      const as = cookies.get(person) ?? "";
      const { status, body } = await list(projectId, "", as);
      const listed = status === 200 ? items(body).map((item) => item.title) : status;
      const read = [];
      for (const id of [open, theirs, settled, full]) read.push((await get(id, as)).status);
      return [listed, read];
    };
    expect(await seen(adj)).toEqual([
      ["open", "theirs", "settled", "full"],
      [200, 200, 200, 200],
    ]);
    expect(await seen(rev)).toEqual([
      ["open", "theirs"],
      [200, 200, 404, 404],
    ]);
    expect(await seen(view)).toEqual([["settled"], [404, 404, 200, 404]]);
    expect(await seen(out)).toEqual([404, [404, 404, 404, 404]]);

    const own = items((await list(projectId, "", cookies.get(rev))).body).find((item) => item.title === "theirs");
    expect(own).toMatchObject({ state: "OPEN", reviews: null, ownReview: { status: "ASSIGNED" } });
    expect((await get(theirs, cookies.get(rev))).body.state).toBe("OPEN");
    expect(await titles(projectId, "status=adjudication", cookies.get(rev))).toEqual([]);
    expect((await list(projectId, "status=bin", cookies.get(rev))).status).toBe(403);
    const all = items((await list(projectId)).body);
    expect(all.find((item) => item.title === "full")).toMatchObject({ reviews: { submitted: 2, open: 0, needed: 2 } });
    for (const person of [adj, rev, view]) {
      const as = { cookie: cookies.get(person) ?? "", params: { article: settled } };
      const statuses = [
        (await send(articleRoute.PATCH, { ...as, method: "PATCH", body: { title: "x" } })).status,
        (await send(articleRoute.DELETE, { ...as, method: "DELETE" })).status,
        (await send(articlesRoute.POST, { ...as, method: "POST", params: { project: projectId }, body: article() }))
          .status,
      ];
      const known = person !== rev; // a reviewer does not know of this one
      expect(statuses).toEqual([known ? 403 : 404, known ? 403 : 404, 403]);
    }
  });
});
