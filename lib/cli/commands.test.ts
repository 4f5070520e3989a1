/** The commands as they are called: arguments in, machine output, words and an exit code out, on a real database. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { COMMAND } from "../access/actor";
import { createProject } from "../server/projects";
import { createProjectBody } from "../server/projects.schema";
import { withDatabase } from "../server/testing/database";
import { dispatch } from "./dispatch";

const root = path.resolve(import.meta.dirname, "../..");
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "gloss-commands-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Ran = { readonly code: number; readonly out: string; readonly words: string };

/** In this process: a process for each call would take most of the time. main.ts itself is run in measures.test.ts. */
async function glossWith(env: Readonly<Record<string, string>>, ...argv: string[]): Promise<Ran> {
  const before = { ...process.env };
  const said = { out: [] as Buffer[], words: [] as Buffer[] };
  const into = (to: Buffer[]) => (chunk: string | Uint8Array) => to.push(Buffer.from(chunk)) > 0;
  const out = vi.spyOn(process.stdout, "write").mockImplementation(into(said.out));
  const words = vi.spyOn(process.stderr, "write").mockImplementation(into(said.words));
  Object.assign(process.env, { INIT_CWD: folder, ...env });
  try {
    const code = await dispatch(argv);
    return { code, out: Buffer.concat(said.out).toString(), words: Buffer.concat(said.words).toString() };
  } finally {
    out.mockRestore();
    words.mockRestore();
    process.env = before;
  }
}
const gloss = (...argv: string[]): Promise<Ran> => glossWith({}, ...argv);

const at = (name: string): string => path.join(folder, name);
const write = (name: string, text: string): void => writeFileSync(at(name), text);
const line = (value: object): string => `${JSON.stringify(value)}\n`;
const read = (name: string): string => readFileSync(at(name), "utf8");

describe("wrong usage exits 2 and shows how", () => {
  it.each([
    ["no command", []],
    ["an unknown command", ["frobnicate"]],
    ["a name that every object has", ["toString"]],
    ["an unknown option", ["convert", "--form", "jsonl", "a", "b"]],
    ["an unknown format", ["convert", "--from", "doc", "--to", "csv", "a", "b"]],
    ["a file too few", ["convert", "--from", "jsonl", "--to", "csv", "a"]],
    ["a token without a server", ["export", "--project", "x", "--token", "y"]],
  ])("%s", async (_, argv) => {
    const { code, out, words } = await gloss(...argv);
    expect([code, out]).toEqual([2, ""]);
    expect(words).toContain("npm run --silent gloss -- ");
  });
});

describe("convert", () => {
  it("keeps all in native JSONL, and says what CSV loses", async () => {
    const article = { text: "A😀B", desk: 7, regions: [{ start: 0, end: 3, role: "body" }] };
    write("in.jsonl", line({ gloss: 1, project: { name: "P" } }) + line(article));
    expect((await gloss("convert", "--from", "jsonl", "--to", "jsonl", "in.jsonl", "once.jsonl")).code).toBe(0);
    expect((await gloss("convert", "--from", "jsonl", "--to", "jsonl", "once.jsonl", "twice.jsonl")).code).toBe(0);
    expect(read("twice.jsonl")).toBe(read("once.jsonl"));
    expect(JSON.parse(read("once.jsonl").split("\n")[1] ?? "")).toMatchObject({ extra: { desk: 7 } });
    const csv = await gloss("convert", "--from", "jsonl", "--to", "csv", "in.jsonl", "-");
    expect(csv.code).toBe(0);
    expect(csv.out.split("\r\n")).toHaveLength(3);
    for (const lost of ["policies", "regions", "extra"]) expect(csv.words).toContain(lost);
  });

  it("names a bad line and writes nothing, or with --skip the others", async () => {
    write("bad.jsonl", `${line({ text: "One." })}{\n${line({ text: "Three." })}`);
    const refused = await gloss("convert", "--from", "jsonl", "--to", "csv", "bad.jsonl", "bad.csv");
    expect(refused.code).toBe(1);
    expect(refused.words).toContain("line 2");
    expect(existsSync(at("bad.csv"))).toBe(false);
    expect((await gloss("convert", "--from", "jsonl", "--to", "csv", "--skip", "bad.jsonl", "bad.csv")).code).toBe(0);
    expect(read("bad.csv").split("\r\n")).toHaveLength(4);
  });

  it("refuses a file that is not there", async () => {
    const { code, words } = await gloss("convert", "--from", "jsonl", "--to", "csv", "nowhere.jsonl", "-");
    expect([code, words.trim()]).toEqual([1, "There is no file nowhere.jsonl."]);
  });
});

describe("accounts and tokens", () => {
  it("are made, listed and disabled; links and tokens are all that is printed", async () => {
    const added = await gloss("user", "add", "ann@desk.example", "--name", "Ann", "--admin");
    expect(added.code).toBe(0);
    expect(added.out.trim()).toMatch(/^http\S+$/);
    expect((await gloss("user", "add", "ann@desk.example", "--name", "Ann")).code).toBe(1);
    expect((await gloss("user", "add", "bo@desk.example", "--name", "Bo")).code).toBe(0);

    const token = await gloss("token", "create", "--user", "bo@desk.example", "--name", "t", "--read-only");
    expect([token.code, token.out.trim()]).toEqual([0, expect.stringMatching(/^gloss_\S+$/)]);
    expect((await gloss("user", "disable", "BO@desk.example")).code).toBe(0);
    expect((await gloss("token", "create", "--user", "bo@desk.example", "--name", "u")).code).toBe(1);
    const listed = (await gloss("user", "list")).out
      .trim()
      .split("\n")
      .map((one) => JSON.parse(one));
    expect(listed).toMatchObject([
      { email: "ann@desk.example", isAdmin: true, disabled: false },
      { email: "bo@desk.example", isAdmin: false, disabled: true },
    ]);
  });
});

async function makeProject(name: string): Promise<string> {
  const made = await createProject(COMMAND, createProjectBody.parse({ name }));
  if (!made.ok) throw new Error(made.message);
  return made.value.value.id;
}

describe("a project", () => {
  it("takes the sample in, gives it out, and everything holds", async () => {
    const id = await makeProject("To be filled");
    const sample = path.join(root, "prisma/sample/sample.jsonl");
    const taken = await gloss("import", "--project", id, sample);
    expect([taken.code, taken.words]).toEqual([0, expect.any(String)]);
    expect(JSON.parse(taken.out)).toMatchObject({ articles: { created: 7, duplicate: 0 }, errors: [] });

    expect((await gloss("export", "--project", "Kestrel Hill", "out.jsonl")).code).toBe(0);
    const texts = (file: string) =>
      file
        .trim()
        .split("\n")
        .slice(1)
        .map((one) => JSON.parse(one).text_sha256);
    expect(texts(read("out.jsonl"))).toEqual(texts(readFileSync(sample, "utf8")));
    for (const article of read("out.jsonl")
      .trim()
      .split("\n")
      .slice(1)
      .map((one) => JSON.parse(one)))
      for (const { start, end, quote } of article.reviews.flatMap((review: { spans: object[] }) => review.spans))
        expect([...article.text].slice(start, end).join("")).toBe(quote);
    const some = ["--label", "DENIAL", "--reviewers", "pseudonyms", "--layer", "reviews"];
    expect((await gloss("export", "--project", "Kestrel Hill", ...some, "some.jsonl")).code).toBe(0);
    const labels = read("some.jsonl").matchAll(/"label":"([A-Z]+)"/g);
    expect([...new Set([...labels].map(([, label]) => label))]).toEqual(["DENIAL"]);
    expect((await gloss("export", "--project", "Kestrel Hill", "--uncertain", "perhaps")).code).toBe(2);
    const verified = await gloss("verify");
    expect([verified.code, JSON.parse(verified.out).breaches]).toEqual([0, []]);
  });

  it("stores nothing of a file with a fault, unless asked to skip it", async () => {
    const id = await makeProject("Strict");
    write("fault.jsonl", line({ text: "One." }) + line({ text: "" }) + line({ text: "Three." }));
    const refused = await gloss("import", "--project", id, "fault.jsonl");
    expect([refused.code, refused.out]).toEqual([1, ""]);
    expect(refused.words).toContain("line 2");
    const skipped = await gloss("import", "--project", "Strict", "--on-error", "skip", "fault.jsonl");
    expect(JSON.parse(skipped.out)).toMatchObject({ articles: { created: 2 }, errors: [{ line: 2 }] });
  });

  it("that is not there is refused with those that are", async () => {
    const { code, words } = await gloss("export", "--project", "No such");
    expect(code).toBe(1);
    expect(words).toContain("Strict");
  });
});

describe("over HTTP", () => {
  it("sends the token, says the server's refusal, and leaves no file of a broken export", async () => {
    const asked: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      asked.push(request.headers.authorization);
      if (request.url?.includes("/export")) {
        response.writeHead(200, { "Content-Length": "100" });
        response.write("half of it");
        setTimeout(() => response.destroy(), 50);
        return;
      }
      response.writeHead(422, { "Content-Type": "application/problem+json" });
      response.end(
        JSON.stringify({ detail: "Nothing was imported.", errors: [{ path: "text", message: "Empty.", line: 2 }] }),
      );
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    write("small.jsonl", line({ text: "One." }));
    const door = ["--project", "p", "--url", url];
    const sent = await glossWith({ GLOSS_TOKEN: "gloss_t" }, "import", ...door, "small.jsonl");
    const got = await gloss("export", ...door, "--token", "gloss_u", "half.jsonl");
    server.close();
    expect(asked).toEqual(["Bearer gloss_t", "Bearer gloss_u"]);
    expect([sent.code, sent.words]).toEqual([1, expect.stringContaining("line 2: text: Empty.")]);
    expect([got.code, existsSync(at("half.jsonl"))]).toEqual([1, false]);
  });
});

describe("backup and restore", () => {
  it("bring everything into an empty database, and refuse a used one and a damaged file", async () => {
    expect((await gloss("backup", "all.backup")).code).toBe(0);
    expect((await gloss("backup", "all.backup")).code).toBe(1);
    expect((await gloss("restore", "all.backup")).code).toBe(1);
    await withDatabase(
      async (url) => {
        const restored = await glossWith({ DATABASE_URL: url }, "restore", "all.backup");
        expect([restored.code, JSON.parse(restored.out).verification.breached]).toEqual([0, 0]);
      },
      { empty: true },
    );
    const bytes = readFileSync(at("all.backup"));
    bytes[200] = (bytes[200] ?? 0) ^ 1;
    writeFileSync(at("bad.backup"), bytes);
    await withDatabase(
      async (url) => {
        expect((await glossWith({ DATABASE_URL: url }, "restore", "bad.backup")).code).toBe(1);
      },
      { empty: true },
    );
  });
});
