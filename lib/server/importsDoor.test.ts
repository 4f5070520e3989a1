import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GET as GET_ORIGINAL } from "../../app/api/v1/articles/[article]/original/route";
import { GET as GET_ARTICLE } from "../../app/api/v1/articles/[article]/route";
import { POST as PREVIEW } from "../../app/api/v1/projects/[project]/imports/preview/route";
import { POST } from "../../app/api/v1/projects/[project]/imports/route";
import { formats } from "../formats/registry";
import { docxOf, pdfOf } from "../formats/testing/office";
import { prisma } from "./db";
import { article, linesOf } from "./testing/files";
import { makePerson, makeProject, makeToken, ORIGIN, type Person, send } from "./testing/people";
import { sha256 } from "./testing/rows";

const dataDir = mkdtempSync(path.join(tmpdir(), "gloss-imports-"));
const uploads = path.join(dataDir, "uploads");
const before = process.env.GLOSS_DATA_DIR;
let edda: Person;
let token: string;

beforeAll(async () => {
  process.env.GLOSS_DATA_DIR = dataDir;
  edda = await makePerson({ name: "Edda" });
  token = await makeToken(edda);
});

afterAll(() => {
  if (before === undefined) delete process.env.GLOSS_DATA_DIR;
  else process.env.GLOSS_DATA_DIR = before;
  rmSync(dataDir, { recursive: true, force: true });
});

const project = () => makeProject([[edda, "EDITOR"]]);

async function post(
  projectId: string,
  query: string,
  body: BodyInit,
  headers: Record<string, string> = {},
  as = token,
) {
  const request = new Request(`${ORIGIN}/?${query}`, {
    method: "POST",
    headers: { authorization: `Bearer ${as}`, ...headers },
    body,
  });
  const response = await POST(request, { params: Promise.resolve({ project: projectId }) });
  const answer = (await response.json()) as {
    readonly articles?: { readonly created: number };
    readonly notes?: readonly { readonly file?: string; readonly title?: string }[];
    readonly errors: readonly {
      readonly code: string;
      readonly line?: number;
      readonly file?: string;
      readonly excerpt?: string;
    }[];
  };
  // Nothing of an upload outlives its request, however that ended.
  expect(existsSync(uploads) ? readdirSync(uploads) : []).toEqual([]);
  return { status: response.status, answer };
}

const form = (...files: readonly (readonly [string, string, string])[]) => {
  const data = new FormData();
  for (const [field, name, content] of files) data.append(field, new Blob([content]), name);
  return data;
};

const articles = (projectId: string) => prisma().article.count({ where: { projectId } });

describe("the door of imports", () => {
  test("takes a raw body", async () => {
    const projectId = await project();
    const { status, answer } = await post(projectId, "format=jsonl", linesOf(article(1), article(2)));
    expect([status, answer.articles?.created]).toEqual([200, 2]);
  });

  test("takes a form with several files, each by its own name", async () => {
    const projectId = await project();
    const { status, answer } = await post(
      projectId,
      "",
      form(["file", "a.jsonl", linesOf(article(1))], ["file", "b.txt", "The weir rose on Friday."]),
    );
    expect([status, answer.articles?.created]).toEqual([200, 2]);
  });

  test("names file, line and words of what is wrong, and keeps nothing", async () => {
    const projectId = await project();
    const { status, answer } = await post(
      projectId,
      "format=jsonl",
      form(["file", "desk.jsonl", `${linesOf(article(1))}{"title": oops}\n`]),
    );
    expect(status).toBe(422);
    expect(answer.errors).toMatchObject([
      { file: "desk.jsonl", line: 2, code: "not-json", excerpt: '{"title": oops}' },
    ]);
    expect(await articles(projectId)).toBe(0);
  });

  test.each<[string, string, () => BodyInit, Record<string, string>, number]>([
    ["a compressed body", "format=jsonl", () => gzipSync(linesOf(article(1))), { "content-encoding": "gzip" }, 415],
    ["a compressed file", "format=jsonl", () => gzipSync(linesOf(article(1))), {}, 415],
    ["a zip", "format=jsonl", () => Buffer.from("504b03040000", "hex"), {}, 415],
    ["a format that is none", "format=doc", () => "x", {}, 400],
    ["a format that is only written", "format=parquet", () => "x", {}, 415],
    ["no format and no name", "", () => "x", {}, 400],
    ["an unknown parameter", "format=jsonl&mode=fast", () => "x", {}, 400],
    ["a form without a file", "format=jsonl", () => form(), {}, 422],
    ["a form with another field", "format=jsonl", () => form(["files", "a.jsonl", linesOf(article(1))]), {}, 422],
    ["a broken form", "format=jsonl", () => "--x\r\nno", { "content-type": "multipart/form-data; boundary=y" }, 400],
    ["what is not UTF-8", "format=jsonl", () => Buffer.from([0x7b, 0xff, 0xfe]), {}, 422],
    ["a picture", "format=text", () => Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"), {}, 422],
    ["an empty file", "format=jsonl", () => "", {}, 422],
  ])("refuses %s", async (_, query, body, headers, status) => {
    const projectId = await project();
    expect((await post(projectId, query, body(), headers)).status).toBe(status);
    expect(await articles(projectId)).toBe(0);
  });

  test("takes a text of 10 MiB, and answers 413 to one byte more", async () => {
    const projectId = await project();
    const text = `${"The weir rose. ".repeat(700_000)}`.slice(0, 10_485_760);
    expect((await post(projectId, "format=text&name=a.txt", text)).status).toBe(200);
    expect((await post(projectId, "format=text&name=b.txt", `${text}x`)).status).toBe(413);
    expect(await prisma().articleText.findMany({ where: { projectId }, select: { length: true } })).toEqual([
      { length: 10_485_760 },
    ]);
  });

  test.each([
    ["../../etc/passwd.txt", "passwd.txt"],
    ["C:\\temp\\CON.txt", "CON.txt"],
    ["a\u202etxt.exe.txt", "a\ufffdtxt.exe.txt"],
    [`${"x".repeat(300)}.txt`, "x".repeat(255)],
  ])("shows a name such as %s without what it could do", async (name, shown) => {
    const projectId = await project();
    const { answer } = await post(projectId, "format=text", form(["file", name, "The weir rose.\r\nIt fell.\r\n"]));
    expect(answer.notes?.[0]?.file).toBe(shown);
  });

  test("is an editor's, and of a token that may write", async () => {
    const [reviewer, stranger] = [await makePerson(), await makePerson()];
    const projectId = await makeProject([
      [edda, "EDITOR"],
      [reviewer, "REVIEWER", "ADJUDICATOR", "VIEWER"],
    ]);
    const as = async (secret: string) =>
      (await post(projectId, "format=jsonl", linesOf(article(1)), {}, secret)).status;
    expect(await as(await makeToken(reviewer))).toBe(403);
    expect(await as(await makeToken(stranger))).toBe(404);
    expect(await as(await makeToken(edda, { readOnly: true }))).toBe(403);
    expect(await as(await makeToken(edda, { projectId: await project() }))).toBe(404);
    expect(await as("gloss_no")).toBe(401);
    expect(await articles(projectId)).toBe(0);
  });
});

describe("the original file", () => {
  type Original = { readonly name: string | null; readonly size: number; readonly sha256: string };
  const shown = async (projectId: string) => {
    const { id } = await prisma().article.findFirstOrThrow({ where: { projectId } });
    const ask = (get: typeof GET_ARTICLE) => send(get, { params: { article: id }, token });
    const { original } = (await (await ask(GET_ARTICLE)).json()) as { readonly original: Original | null };
    return { original, file: await ask(GET_ORIGINAL) };
  };

  test("is kept as it came beside the text that was read from it, and given as a download that nothing runs", async () => {
    const projectId = await project();
    const page = `<html><h1>The weir</h1><script>alert(1)</script><p>${"The weir rose on Friday. ".repeat(80_000)}</p>`;
    const name = encodeURIComponent('we"ir; x=1 été.html');
    expect((await post(projectId, `name=${name}`, page)).status).toBe(200);
    const { original, file } = await shown(projectId);
    const facts = { size: Buffer.byteLength(page), sha256: sha256(page), mediaType: "text/html", url: null };
    expect(original).toMatchObject({ ...facts, name: 'we"ir; x=1 été.html', fetchedAt: null });
    expect(await prisma().originalChunk.count({ where: { projectId } })).toBe(2);
    expect(await file.text()).toBe(page);
    expect(Object.fromEntries(file.headers)).toMatchObject({
      "content-type": "text/html",
      "content-disposition": `attachment; filename="we_ir_ x_1 _t_.html"; filename*=UTF-8''we%22ir%3B%20x%3D1%20%C3%A9t%C3%A9.html`,
      "x-content-type-options": "nosniff",
      "content-security-policy": "sandbox; default-src 'none'",
      "cache-control": "private, no-store",
    });
  });

  test.each<[string, string, () => BodyInit]>([
    ["a dataset", "format=jsonl", () => linesOf(article(1))],
    ["a zip of a tool", "", () => zipSync({ "a.txt": Buffer.from("The dam broke."), "a.ann": Buffer.from("") })],
  ])("is not kept of %s", async (_, query, body) => {
    const projectId = await project();
    expect((await post(projectId, query, body())).status).toBe(200);
    const { original, file } = await shown(projectId);
    expect([original, file.status]).toEqual([null, 404]);
    expect(await prisma().originalChunk.count({ where: { projectId } })).toBe(0);
  });

  test.each([
    ["docx", () => docxOf(["The weir rose on Friday, officials said."])],
    ["pdf", () => pdfOf([[{ x: 50, y: 100, text: "The weir rose on Friday, officials said." }]])],
  ] as const)("of a %s is found by what is in it", async (format, made) => {
    const projectId = await project();
    const bytes = Buffer.from(made());
    expect((await post(projectId, "", bytes)).answer).toMatchObject({ articles: { created: 1 } });
    const { original, file } = await shown(projectId);
    expect(original).toMatchObject({ mediaType: formats[format].mediaType, size: bytes.length, name: null });
    expect(Buffer.from(await file.arrayBuffer()).equals(bytes)).toBe(true);
    const { body } = await prisma().articleText.findFirstOrThrow({ where: { projectId } });
    expect(body).toBe("The weir rose on Friday, officials said.");
    expect((await post(projectId, "", bytes.subarray(0, bytes.length - 40))).status).toBe(422);
  });

  test("is not kept twice, nor of an import that failed", async () => {
    const projectId = await project();
    const two = form(["file", "a.txt", "The weir rose."], ["file", "b.txt", "The weir rose."]);
    expect((await post(projectId, "", two)).answer.articles?.created).toBe(1);
    const { original } = await shown(projectId);
    expect(original?.name).toBe("a.txt");
    expect(await prisma().original.count({ where: { projectId } })).toBe(1);
    const other = await project();
    const half = form(["file", "a.txt", "The weir rose."], ["file", "b.txt", ""]);
    expect((await post(other, "", half)).status).toBe(422);
    expect(await prisma().originalChunk.count({ where: { projectId: other } })).toBe(0);
  });
});

describe("another tool's file", () => {
  const region = (id: string, start: number, end: number, text: string, label: string) => ({
    ...{ id, from_name: "label", to_name: "text", type: "labels" },
    value: { start, end, text, labels: [label] },
  });
  const tasks = (words: string) => [
    {
      id: 1,
      data: { text: `${words} The dam broke, the mayor said. The mill denies it.`, title: words },
      annotations: [
        {
          completed_by: { email: "ann@elsewhere.example" },
          result: [
            region("a", words.length + 1, words.length + 14, "The dam broke", "claim"),
            { id: "a", from_name: "Likelihood", type: "choices", value: { choices: ["Alleged"] } },
            { id: "a", from_name: "mood", type: "choices", value: { choices: ["calm"] } },
            region("b", words.length + 16, words.length + 30, "the mayor said", "SPEECH"),
            region("c", words.length + 1, words.length + 4, "The", "DET"),
            { type: "relation", from_id: "b", to_id: "a", labels: ["attributes"] },
            { type: "relation", from_id: "c", to_id: "a", labels: ["of"] },
          ],
        },
        { completed_by: 9, result: [region("d", words.length + 1, words.length + 14, "The dam broke", "claim")] },
      ],
      predictions: [{ model_version: "m", result: [region("e", words.length + 1, words.length + 4, "The", "claim")] }],
    },
  ];
  const withMapping = (mapping: object | string, words = "Dam.") => {
    const data = new FormData();
    data.append("mapping", typeof mapping === "string" ? mapping : JSON.stringify(mapping));
    data.append("file", new Blob([JSON.stringify(tasks(words))]), "export.json");
    return data;
  };

  test("is looked at first: what it is, what is in it, where its labels and people would go; nothing is stored", async () => {
    const projectId = await project();
    const body = JSON.stringify(tasks("Dam.")).replace('"ann@elsewhere.example"', JSON.stringify(edda.email));
    const request = new Request(`${ORIGIN}/`, { method: "POST", headers: { authorization: `Bearer ${token}` }, body });
    const response = await PREVIEW(request, { params: Promise.resolve({ project: projectId }) });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      format: "label-studio",
      candidates: [{ format: "label-studio", reason: "tasks with data and annotations" }],
      articles: 1,
      whole: true,
      labels: [
        { label: "claim", count: 3, suggested: "CLAIM" },
        { label: "SPEECH", count: 1, suggested: null },
        { label: "DET", count: 1, suggested: null },
      ],
      reviewers: [
        { reviewer: edda.email, spans: 3, member: edda.id },
        { reviewer: "9", member: null },
      ],
      suggestions: [{ by: "m", articles: 1, spans: 1 }],
      spans: expect.arrayContaining([
        expect.objectContaining({
          before: "Dam. ",
          quote: "The dam broke",
          after: expect.stringMatching(/^, the mayor/),
        }),
      ]),
      errors: [],
    });
    expect(await articles(projectId)).toBe(0);
    expect(readdirSync(uploads)).toEqual([]);
  });

  test("is refused by its labels, or taken by a mapping, with what had no place named", async () => {
    const projectId = await project();
    const refused = await post(projectId, "", JSON.stringify(tasks("Dam.")));
    expect([refused.status, refused.answer.errors[0]?.code]).toEqual([422, "unknown-label"]);
    expect(await articles(projectId)).toBe(0);
    const mapping = {
      labels: { SPEECH: "ATTRIBUTION", DET: "DETERMINER" },
      newLabels: [{ key: "DETERMINER", name: "Determiner" }],
      reviewers: { 9: edda.id, m: null },
    };
    const { status, answer } = await post(projectId, "", withMapping(mapping));
    expect([status, answer]).toMatchObject([200, { articles: { created: 1 } }]);
    expect(JSON.stringify(answer.notes)).toContain("1 links of that the scheme does not allow left out.");
    expect(JSON.stringify(answer.notes)).toContain("1 suggestions by m left out.");
    const spans = await prisma().span.findMany({
      where: { projectId },
      select: { label: true, quote: true, attributes: true, extra: true, review: { select: { reviewerId: true } } },
      orderBy: [{ start: "asc" }, { end: "asc" }],
    });
    expect(spans.map(({ label, quote }) => [label, quote])).toEqual([
      ["DETERMINER", "The"],
      ["CLAIM", "The dam broke"],
      ["CLAIM", "The dam broke"],
      ["ATTRIBUTION", "the mayor said"],
    ]);
    const claims = spans.filter(({ label }) => label === "CLAIM");
    expect(claims.map(({ review }) => review.reviewerId)).toContain(edda.id);
    expect(claims.map(({ attributes }) => attributes)).toContainEqual({ likelihood: "alleged" });
    expect(claims.map(({ extra }) => extra)).toContainEqual(expect.objectContaining({ attributes: { mood: "calm" } }));
    expect(await prisma().link.count({ where: { projectId } })).toBe(1);
  });

  test("keeps a prediction as a suggestion, which is nobody's review", async () => {
    const projectId = await project();
    const labels = { SPEECH: null, DET: null };
    const { answer } = await post(projectId, "", withMapping({ labels }));
    expect(answer).toMatchObject({ spans: { created: 2 }, suggestions: { created: 1, duplicate: 0 } });
    expect(await prisma().review.count({ where: { projectId } })).toBe(2);
    expect(await prisma().suggestion.findMany({ where: { projectId }, include: { set: true } })).toMatchObject([
      { quote: "The", label: "CLAIM", set: { name: "m", person: false } },
    ]);
  });

  test("is taken whole as suggestions: predictions, annotations and ground truth, each by who made it", async () => {
    const projectId = await project();
    const labels = { SPEECH: "ATTRIBUTION", DET: null };
    const whole = await post(projectId, "as=suggestions", withMapping({ labels, reviewers: { 9: "Nina" } }));
    expect(whole.answer).toMatchObject({
      spans: { created: 0 },
      suggestions: { created: 4, duplicate: 0 },
      errors: [],
    });
    expect(await prisma().review.count({ where: { projectId } })).toBe(0);
    const sets = await prisma().suggestionSet.findMany({ where: { projectId }, orderBy: { name: "asc" } });
    expect(sets.map(({ name, person }) => [name, person])).toEqual([
      ["Nina", true],
      ["ann@elsewhere.example", true],
      ["m", false],
    ]);
    const [voice] = await prisma().suggestion.findMany({ where: { projectId, label: "ATTRIBUTION" } });
    const [claim] = await prisma().suggestion.findMany({ where: { projectId, attributes: { not: {} } } });
    expect(voice?.links).toMatchObject([{ type: "attributes", to: claim?.id, toText: null }]);
    const again = await post(projectId, "as=suggestions", withMapping({ labels, reviewers: { 9: "Nina" } }));
    expect(again.answer).toMatchObject({ articles: { created: 0 }, suggestions: { created: 0, duplicate: 4 } });
    expect(await prisma().suggestion.count({ where: { projectId } })).toBe(4);
  });

  test.each<[string, object | string, number]>([
    ["no JSON", "{", 400],
    ["an unknown member", { label: {} }, 422],
    [
      "two annotators for one reviewer",
      { labels: { SPEECH: null, DET: null }, reviewers: { 9: "ann@elsewhere.example" } },
      422,
    ],
    ["a new label that cannot be a key", { newLabels: [{ key: "no key", name: "x" }] }, 422],
  ])("is refused with a mapping of %s, whole", async (_, mapping, status) => {
    const projectId = await project();
    expect((await post(projectId, "", withMapping(mapping))).status).toBe(status);
    expect(await articles(projectId)).toBe(0);
  });

  test("comes as a zip, and a bomb or a name that leads out is refused and leaves nothing", async () => {
    const projectId = await project();
    const zip = (files: Record<string, string>) =>
      zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])));
    const brat = zip({
      "ann/a.txt": "The dam broke.",
      "ann/a.ann": "T1\tClaim 0 13\tThe dam broke\n",
      "bo/a.txt": "The dam broke.",
      "bo/a.ann": "",
    });
    const { status, answer } = await post(projectId, "", brat);
    expect([status, answer]).toMatchObject([200, { articles: { created: 1 }, spans: { created: 1 } }]);
    for (const bad of [zip({ "../a.txt": "x" }), zip({ "a.txt": "a".repeat(30 * 1024 * 1024), "a.ann": "" })])
      expect([413, 422]).toContain((await post(projectId, "format=brat", bad)).status);
    expect(await articles(projectId)).toBe(1);
  });
});
