/** The API's description and its files say the same, both ways round. */
import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { promisify } from "node:util";
import { afterEach, describe, expect, it } from "vitest";
import { readMethods } from "@/lib/server/methods";
import { METHODS, operationsOf, parametersOf } from "@/lib/server/openapi";
import { makePerson, makeProject, makeToken, send } from "@/lib/server/testing/people";
import { GET as getClient } from "./client.ts/route";
import { GET as getMe } from "./me/route";
import { GET } from "./openapi.json/route";
import { ROUTES } from "./routes";

const FOLDER = import.meta.dirname;
/** The same for everyone and about nobody: no operations. */
const DOCUMENTS = ["client.ts", "openapi.json", "schemas/native.json"];

/** "/projects/{project}" for each folder that holds a route file. */
const files = readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
  .filter((name) => path.basename(name) === "route.ts")
  .map((name) => path.dirname(name))
  .filter((name) => !DOCUMENTS.includes(name))
  .map((name) => `/${name.replaceAll(/\[(?:\.\.\.)?(\w+)\]/g, "{$1}")}`);

/** What users' scripts were promised. */
const PROMISED = `
  GET /me
  GET POST /projects
  GET PATCH /projects/{project}
  GET PUT /projects/{project}/scheme
  GET PUT /projects/{project}/guideline
  GET POST /projects/{project}/members
  PATCH DELETE /projects/{project}/members/{user}
  GET POST /projects/{project}/articles
  POST /projects/{project}/imports
  GET PATCH DELETE /articles/{article}
  POST /articles/{article}/restore
  GET POST /articles/{article}/reviews
  GET DELETE /reviews/{review}
  POST /reviews/{review}/skip
  POST /reviews/{review}/send-back
  POST /projects/{project}/queue/next
  POST /reviews/{review}/changes
  POST /reviews/{review}/submit
  POST /reviews/{review}/reopen
  GET /articles/{article}/cases
  GET /projects/{project}/cases
  GET /cases/{case}
  POST /cases/{case}/decisions
  POST /articles/{article}/decisions
  POST /projects/{project}/decisions/unanimous
  GET /articles/{article}/gold
  GET /projects/{project}/agreement
  GET /projects/{project}/export
  GET POST /projects/{project}/releases
  GET /projects/{project}/releases/{release}
  GET /projects/{project}/releases/{release}/files/{file}
  GET POST /users
  PATCH /users/{user}
  POST /users/{user}/reset-link
  GET DELETE /me/sessions
  GET POST /me/tokens
  DELETE /me/tokens/{token}
  GET POST /projects/{project}/batches
  GET /projects/{project}/audit`
  .trim()
  .split("\n")
  .flatMap((line) => {
    const words = line.trim().split(" ");
    return words.slice(0, -1).map((method) => `${method} ${words.at(-1)}`);
  });

/** What pages call that no route does, and how a script comes by it. */
const PAGES_ALONE: Readonly<Record<string, string>> = {
  acceptInvitation: "in front of the door: it opens a browser's session",
  acceptReset: "in front of the door",
  acceptSetup: "in front of the door",
  readLink: "in front of the door",
  agreementSoon: "GET /projects/{project}/agreement waits for the same figures",
  articleDesk:
    "GET of the article, its cases and decisions, the scheme and the guideline; GET /projects/{project}/live tells the stamp",
  diskWarning: "of the machine, not of the data; the log says it",
  importsByUrl: "a setting of whoever runs Gloss; POST /projects/{project}/imports/url answers 403 where it is off",
  progressOf: "GET /projects/{project}/overview, a project at a time",
  readReviewPage: "GET of the review, its article, the scheme and the guideline",
  releaseCard: "GET /projects/{project}/releases/{release}/files/README.md",
};

/** Files of lib/server that are doors' own means, not use cases. */
const MEANS = ["auth", "http", "page", "secret", "session"];

/** Names of use cases that are imported from lib/server below a folder, as "file:name". */
function usedBelow(folder: string, fits: (file: string) => boolean): ReadonlySet<string> {
  const imported = /import \{([^}]*)\} from "@\/lib\/server\/([\w-]+)"/g;
  const found = new Set<string>();
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(fits))
    for (const [, names = "", from = ""] of readFileSync(path.join(folder, file), "utf8").matchAll(imported))
      if (!MEANS.includes(from))
        for (const name of names.split(",").map((one) => one.trim()))
          if (name && !name.startsWith("type ")) found.add(`${from}:${name}`);
  return found;
}

type Answer = { readonly content?: Record<string, { readonly schema: object }>; readonly description: string };
type Operation = {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly requestBody?: {
    readonly content: Record<string, { readonly schema: { readonly additionalProperties?: boolean } }>;
  };
  readonly responses: Record<string, Answer>;
};
type ApiDocument = { readonly openapi: string; readonly paths: Record<string, Record<string, Operation>> };

const document: ApiDocument = await GET().json();
const operations = operationsOf(ROUTES);

describe("the description of the API", () => {
  it("names every route file, and no other", () => {
    expect(ROUTES.map((route) => route.path).sort()).toEqual(files.sort());
    expect(Object.keys(document.paths).sort()).toEqual(files.sort());
    expect(document.openapi).toBe("3.1.0");
  });

  it("names every method that a file exports, and a file exports nothing else", async () => {
    for (const { path: at, handlers } of ROUTES) {
      const methods = Object.keys(handlers).filter(
        (name) => name !== "dynamic" && name !== "runtime" && name !== "maxDuration",
      );
      for (const method of methods) expect(METHODS, at).toContain(method);
      expect(
        Object.keys(document.paths[at] ?? {})
          .map((one) => one.toUpperCase())
          .sort(),
      ).toEqual(methods.sort());
    }
  });

  it.each(operations.map((one) => ({ ...one, name: `${one.method} ${one.path}` })))(
    "$name says what it does, who may, what it takes and answers",
    ({ path: at, method, description }) => {
      const operation = document.paths[at]?.[method.toLowerCase()];
      if (!operation) throw new Error("not described");
      expect(operation.summary.length).toBeGreaterThan(10);
      expect(operation.summary).not.toMatch(/[.!]$/);
      expect(operation.description.length).toBeGreaterThan(12);
      const parameters = operation.parameters ?? [];
      expect(parameters.filter((one) => one.in === "path").map((one) => one.name)).toEqual(parametersOf(at));
      const taken = Object.entries(operation.requestBody?.content ?? {});
      expect(taken.length > 0).toBe(description.body !== undefined || description.raw === true);
      const answered = Object.keys(operation.responses);
      expect(answered).toEqual(expect.arrayContaining(Object.keys(description.answers ?? {})));
      for (const status of ["401", "503"])
        expect(operation.responses[status]?.content).toHaveProperty(["application/problem+json"]);
    },
  );

  it("gives each operation an id of its own", () => {
    const ids = Object.values(document.paths).flatMap((at) => Object.values(at).map((one) => one.operationId));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain("getProjectsProjectScheme");
  });

  it("has the schemas that validate: unknown fields are not taken", () => {
    const body = document.paths["/me"]?.patch?.requestBody?.content["application/json"]?.schema;
    expect(body).toMatchObject({ type: "object", additionalProperties: false });
    expect(JSON.stringify(document.paths["/projects"]?.post?.requestBody)).toContain("reviewersPerArticle");
  });

  it("keeps every path and method that was promised", () => {
    const there = operations.map(({ method, path: at }) => `${method} ${at}`);
    expect(PROMISED.filter((one) => !there.includes(one))).toEqual([]);
  });

  it("has a route for every use case that a page or an action calls, or says why not", () => {
    const app = path.resolve(FOLDER, "..", "..");
    const routes = usedBelow(FOLDER, (file) => path.basename(file) === "route.ts");
    const pages = usedBelow(app, (file) => /\.tsx?$/.test(file) && !/^api|\.test\.tsx?$/.test(file));
    const alone = [...pages].filter((one) => !routes.has(one)).map((one) => one.split(":")[1]);
    expect(pages.size).toBeGreaterThan(50);
    expect(alone.sort()).toEqual(Object.keys(PAGES_ALONE).sort());
  });

  it("is read from the files as the server reads them, to say which methods a path has", () => {
    const methodsOf = readMethods(path.resolve(FOLDER, "..", "..", ".."));
    for (const { path: at, handlers } of ROUTES) {
      const own = METHODS.filter((method) => method in handlers);
      const all = [...own, "OPTIONS", ...(own.includes("GET") ? ["HEAD"] : [])].sort();
      expect(methodsOf(`/api/v1${at.replaceAll(/\{\w+\}/g, "x%20y")}`), at).toEqual(all);
    }
    for (const none of ["/api/v1", "/api/v1/nothing", "/api/v1/projects/1/2/3", "/", "/api/auth/session"])
      expect(methodsOf(none), none).toBeNull();
  });
});

describe("the limit of requests a minute", () => {
  afterEach(() => {
    delete process.env.GLOSS_RATE_LIMIT;
  });

  it("is told with every answer, refuses with when to go on, and is each token's own", async () => {
    process.env.GLOSS_RATE_LIMIT = "2";
    const person = await makePerson();
    const [one, other] = [await makeToken(person), await makeToken(person)];
    const asked = await Promise.all([1, 2].map(() => send(getMe, { token: one })));
    expect(asked.map(({ status }) => status)).toEqual([200, 200]);
    expect(asked.map(({ headers }) => headers.get("ratelimit-policy"))).toEqual(Array(2).fill('"default";q=2;w=60'));
    expect(asked.map(({ headers }) => headers.get("ratelimit")?.replace(/t=\d+/, "t=…")).sort()).toEqual([
      '"default";r=0;t=…',
      '"default";r=1;t=…',
    ]);
    const refused = await send(getMe, { token: one });
    expect([refused.status, refused.headers.get("content-type")]).toEqual([429, "application/problem+json"]);
    const wait = Number(refused.headers.get("retry-after"));
    expect(wait > 0 && wait <= 60, String(wait)).toBe(true);
    expect(refused.headers.get("ratelimit")).toMatch(/^"default";r=0;t=\d+$/);
    expect((await send(getMe, { token: other })).status).toBe(200);
    expect((await send(getMe, { token: "nobody" })).headers.get("ratelimit")).toBeNull();
  });

  it("is none where whoever runs Gloss says 0", async () => {
    process.env.GLOSS_RATE_LIMIT = "0";
    const answer = await send(getMe, { token: await makeToken(await makePerson()) });
    expect([answer.status, answer.headers.get("ratelimit-policy")]).toEqual([200, null]);
  });
});

/** The handlers behind a port of this machine, as the app has them. */
async function serve(): Promise<{ readonly url: string; stop(): void }> {
  const methodsOf = ROUTES.map(({ path: at, handlers }) => ({
    handlers,
    pattern: new RegExp(`^/api/v1${at.replaceAll(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`),
  }));
  const server = createServer(async (request, response) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const url = new URL(request.url ?? "", `http://${request.headers.host}`);
    const found = methodsOf.find(({ pattern }) => pattern.test(url.pathname));
    const handler = found?.handlers[METHODS.find((one) => one === request.method) ?? "GET"];
    const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]);
    const body = chunks.length > 0 ? { body: Buffer.concat(chunks) } : {};
    const params = Promise.resolve({ ...found?.pattern.exec(url.pathname)?.groups });
    const answer = await handler?.(new Request(url, { method: request.method ?? "GET", headers, ...body }), { params });
    response.writeHead(answer?.status ?? 404, Object.fromEntries(answer?.headers ?? []));
    response.end(Buffer.from((await answer?.arrayBuffer()) ?? new ArrayBuffer(0)));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const at = server.address();
  return { url: `http://127.0.0.1:${typeof at === "object" && at ? at.port : 0}`, stop: () => server.close() };
}

describe("the typed client", () => {
  const root = path.resolve(FOLDER, "..", "..", "..");
  const run = promisify(execFile);

  it("is TypeScript that checks, with the example of the docs, and the example runs", async () => {
    mkdirSync(path.join(root, ".cache"), { recursive: true });
    const folder = mkdtempSync(path.join(root, ".cache", "client-"));
    const server = await serve();
    try {
      writeFileSync(path.join(folder, "gloss.ts"), await getClient().text());
      copyFileSync(path.join(root, "docs", "examples", "first_steps.ts"), path.join(folder, "first_steps.ts"));
      const wrong = [
        'import { gloss } from "./gloss";',
        'const api = gloss("", "");',
        "// @ts-expect-error the path is missing",
        'void api.ask("GET /projects/{project}");',
        "// @ts-expect-error no such operation",
        'void api.ask("GET /nothing");',
        "// @ts-expect-error a field of another type",
        'void api.ask("POST /projects", { body: { name: 3 } });',
        "// @ts-expect-error an answer has no such field",
        'void api.ask("GET /me").then((me) => me.nothing);',
      ];
      writeFileSync(path.join(folder, "wrong.ts"), wrong.join("\n"));
      const checker = path.join(root, "node_modules", "typescript-native", "bin", "tsc");
      const strict = ["--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess", "--noUnusedLocals"];
      const platform = ["--noEmit", "--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler"];
      const files = ["first_steps.ts", "wrong.ts"].map((name) => path.join(folder, name));
      await run(process.execPath, [checker, ...platform, ...strict, "--types", "node", "--ignoreConfig", ...files], {
        cwd: root,
      }).catch((error: unknown) => {
        throw new Error(String(Reflect.get(Object(error), "stdout")));
      });

      const editor = await makePerson({ name: "Edda" });
      await makeProject([[editor, "EDITOR"]]);
      const env = { ...process.env, GLOSS_URL: server.url, GLOSS_TOKEN: await makeToken(editor) };
      const example = ["--import", "tsx", path.join(folder, "first_steps.ts")];
      const told = await run(process.execPath, example, { cwd: root, env });
      expect(told.stdout).toMatch(/^Edda belongs to 1 projects\.\nA project: 0 articles, \{/);
      const refused = await run(process.execPath, example, { cwd: root, env: { ...env, GLOSS_TOKEN: "none" } }).catch(
        (error: unknown) => Object(error),
      );
      expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("401 unauthenticated: Sign in") });
    } finally {
      server.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
