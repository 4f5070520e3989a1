/** The API's description and its files say the same, both ways round. */
import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { METHODS, operationsOf, parametersOf } from "@/lib/server/openapi";
import { GET } from "./openapi.json/route";
import { ROUTES } from "./routes";

const FOLDER = import.meta.dirname;
/** The same for everyone and about nobody: no operations. */
const DOCUMENTS = ["openapi.json", "schemas/native.json"];

/** "/projects/{project}" for each folder that holds a route file. */
const files = readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
  .filter((name) => path.basename(name) === "route.ts")
  .map((name) => path.dirname(name))
  .filter((name) => !DOCUMENTS.includes(name))
  .map((name) => `/${name.replaceAll(/\[(?:\.\.\.)?(\w+)\]/g, "{$1}")}`);

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
      const answered = Object.keys(operation.responses).filter((status) => status < "300");
      expect(answered).toEqual(Object.keys(description.answers ?? {}));
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
});
