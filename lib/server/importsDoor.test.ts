import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { POST } from "../../app/api/v1/projects/[project]/imports/route";
import { prisma } from "./db";
import { article, linesOf } from "./testing/files";
import { makePerson, makeProject, makeToken, ORIGIN, type Person } from "./testing/people";

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
    ["a format that is none", "format=pdf", () => "x", {}, 400],
    ["a format that is only written", "format=parquet", () => "x", {}, 415],
    ["no format and no name", "", () => "x", {}, 400],
    ["an unknown parameter", "format=jsonl&mode=fast", () => "x", {}, 400],
    ["suggestions", "format=jsonl&as=suggestions", () => linesOf(article(1)), {}, 415],
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
