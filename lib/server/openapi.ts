/**
 * The API's own description, OpenAPI 3.1, from what every route carries (http.ts `route`): the schemas in it are the ones that validate.
 * app/api/v1/routes.ts names the routes; its test holds it to the files.
 */
import { z } from "zod";
import { createDocument } from "zod-openapi";
import packageJson from "../../package.json";
import type { Answered, Description, Handler } from "./http";

export const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type Method = (typeof METHODS)[number];

/** A path as in "/projects/{project}/members", and the route file's exports. */
export type ApiRoute = {
  readonly path: string;
  readonly handlers: { readonly [method in Method]?: Handler };
};

export type Operation = {
  readonly path: string;
  readonly method: Method;
  readonly description: Description;
};

export const operationsOf = (routes: readonly ApiRoute[]): readonly Operation[] =>
  routes.flatMap(({ path, handlers }) =>
    METHODS.flatMap((method) => {
      const handler = handlers[method];
      return handler ? [{ path, method, description: handler.description }] : [];
    }),
  );

export const parametersOf = (path: string): readonly string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");

const fault = z.object({
  path: z.string().meta({ description: "Dotted path into what was sent" }),
  code: z.string().meta({ description: "kebab-case" }),
  message: z.string(),
  line: z.int().optional(),
  expected: z.unknown().optional(),
  actual: z.unknown().optional(),
  current: z.unknown().optional().meta({ description: "What stands now, where that is why it was refused" }),
});

/** RFC 9457, as http.ts writes it. */
export const problemView = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z.array(fault),
  })
  .meta({ id: "Problem", description: "RFC 9457" });

const MEANING: Readonly<Record<number, string>> = {
  400: "The query or the JSON is not right",
  401: "Nobody is signed in, and no valid token was sent",
  403: "Known to the caller, who may not do this",
  404: "Not there, or not the caller's to know of",
  409: "It stands otherwise by now; errors say how",
  412: "If-Match is behind; errors say what stands",
  413: "Too large",
  415: "A body of another kind, or compressed",
  422: "Something that was sent is not right; errors say what and where",
  423: "The review is submitted, or a newer version took the article's place: no more changes",
  428: "If-Match is missing",
  429: "Too many requests; Retry-After and RateLimit say when to go on",
  503: "The database is away; Retry-After says when to try again",
};

export function problemsOf({ method, path, description }: Operation): Record<string, object> {
  const writes = method !== "GET";
  const statuses = [
    ...[400, 401, 403, 429, 503],
    ...(path.includes("{") ? [404] : []),
    ...(method === "POST" || method === "PATCH" ? [409] : []),
    ...(writes ? [413, 415, 422] : []),
    ...(method === "PUT" ? [412, 428] : []),
    // Of what hangs on an article: a newer version may have taken its place.
    ...(writes && /^\/(?:articles|reviews|cases|orphans)\//.test(path) ? [423] : []),
    ...(description.refuses ?? []),
  ].sort();
  const content = { "application/problem+json": { schema: problemView } };
  const later = { "Retry-After": { description: "Seconds", schema: { type: "integer" } } };
  return Object.fromEntries(
    statuses.map((status) => [
      String(status),
      { description: MEANING[status] ?? "", content, ...(status === 429 || status === 503 ? { headers: later } : {}) },
    ]),
  );
}

function answersOf({ answers = { 200: "Done" } }: Description): Record<string, object> {
  return Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, answerOf(status, answer)]));
}

function answerOf(status: string, answer: Answered): object {
  if (typeof answer === "string") return { description: answer };
  if ("file" in answer)
    return {
      description: answer.says,
      content: {
        ...(answer.json ? { "application/json": { schema: answer.json } } : {}),
        [answer.file]: { schema: { type: "string", format: "binary" } },
      },
    };
  return { description: SAID[status] ?? "As asked", content: { "application/json": { schema: answer } } };
}

const SAID: Readonly<Record<string, string>> = { "200": "As asked", "201": "Made", "202": "Begun" };

const bodyOf = ({ body, raw }: Description): object => {
  if (body) return { requestBody: { required: true, content: { "application/json": { schema: body } } } };
  if (!raw) return {};
  const file = { type: "string", format: "binary" } as const;
  const form = { type: "object", properties: { file }, required: ["file"] } as const;
  const content = { "application/octet-stream": { schema: file }, "multipart/form-data": { schema: form } };
  return { requestBody: { required: true, content } };
};

const operationId = ({ method, path }: Operation): string =>
  method.toLowerCase() +
  path
    .split("/")
    .map((part) => part.replace(/[{}]/g, ""))
    .map(
      (part) =>
        part.charAt(0).toUpperCase() + part.slice(1).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
    )
    .join("");

function operationOf(operation: Operation): object {
  const { path, description } = operation;
  const ids = parametersOf(path).map((name) => [name, description.names?.includes(name) ? z.string() : z.uuid()]);
  return {
    operationId: operationId(operation),
    tags: [path.split("/")[1] ?? ""],
    summary: description.summary ?? "",
    description: description.who ? `Who may: ${description.who}.` : "",
    requestParams: {
      ...(ids.length > 0 ? { path: z.object(Object.fromEntries(ids)) } : {}),
      ...(description.query ? { query: description.query } : {}),
      ...(operation.method === "PUT"
        ? { header: z.object({ "If-Match": z.string().meta({ description: "The ETag of what this replaces" }) }) }
        : {}),
    },
    ...bodyOf(description),
    responses: { ...answersOf(description), ...problemsOf(operation) },
  };
}

/** The whole document, as JSON to be sent. */
export function describeApi(routes: readonly ApiRoute[]) {
  const operations = operationsOf(routes);
  const paths = Object.fromEntries(
    routes.map(({ path }) => [
      path,
      Object.fromEntries(
        operations.flatMap((one) => (one.path === path ? [[one.method.toLowerCase(), operationOf(one)]] : [])),
      ),
    ]),
  );
  return createDocument(
    {
      openapi: "3.1.0",
      info: {
        title: "Gloss",
        version: packageJson.version,
        description:
          "Offsets are Unicode code points, half-open. Lists answer {items, nextCursor} and take cursor and limit. Clients may choose the ids of what they create; the same creation again answers as the first time. Every answer to a known caller tells in RateLimit-Policy and RateLimit how many requests a minute they may send, and how many are left.",
        license: { name: "Apache-2.0", identifier: "Apache-2.0" },
      },
      servers: [{ url: "/api/v1" }],
      security: [{ token: [] }, { session: [] }],
      paths,
      components: {
        securitySchemes: {
          token: {
            type: "http",
            scheme: "bearer",
            description: "A personal token, from /account or the command token create",
          },
          session: {
            type: "apiKey",
            in: "cookie",
            name: "next-auth.session-token",
            description: "A signed-in browser; writes must then come from Gloss's own pages",
          },
        },
      },
    },
    { override: ({ jsonSchema, io }) => plainer(jsonSchema, io) },
  );
}

export const UUID_PATTERN = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$";

/** Formats say what their patterns would; answers may grow fields. */
function plainer(schema: Record<string, unknown>, io: "input" | "output"): void {
  if (schema.pattern === UUID_PATTERN) schema.format = "uuid";
  if (typeof schema.format === "string") delete schema.pattern;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (io === "output" && schema.additionalProperties === false) delete schema.additionalProperties;
}
