/**
 * The HTTP door: every route handler is `route(...)`. It finds the actor, refuses cross-site writes, parses params, query and body with
 * strict schemas, calls one use case and turns its result into an answer. It checks nothing that the use case does not.
 */
import { randomUUID } from "node:crypto";
import type { z } from "zod";
import type { Actor } from "../access/actor";
import { type Fault, invalid, type Refusal, type RefusalCode, type Result, refuse } from "../result";
import { isWellFormed } from "../text/wellformed";
import { databaseAway, isDatabaseAway } from "./db";
import { log, whatFailed } from "./log";
import { countRequest } from "./rates";
import { actorOf, sameOrigin } from "./session";

const STATUS: Readonly<Record<RefusalCode, number>> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  "not-found": 404,
  conflict: 409,
  precondition: 412, // and 428 when If-Match is missing
  "too-large": 413,
  unsupported: 415,
  invalid: 422,
  locked: 423,
  "too-many": 429,
  unavailable: 503,
};

const HEADERS = { "Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff" };

/** RFC 9457. */
export function problem(refusal: Refusal): Response {
  const missing = refusal.code === "precondition" && refusal.errors.some((fault) => fault.code === "required");
  const status = missing ? 428 : STATUS[refusal.code];
  const headers: Record<string, string> = { ...HEADERS, "Content-Type": "application/problem+json" };
  if (refusal.retryAfter !== undefined) headers["Retry-After"] = String(refusal.retryAfter);
  if (status === 401) headers["WWW-Authenticate"] = 'Bearer realm="gloss"';
  const body = {
    type: `urn:gloss:${refusal.code}`,
    title: refusal.code,
    status,
    detail: refusal.message,
    errors: refusal.errors,
  };
  return new Response(JSON.stringify(body), { status, headers });
}

export const json = (value: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  status === 204
    ? new Response(null, { status, headers: { ...HEADERS, ...headers } })
    : new Response(JSON.stringify(value), {
        status,
        headers: { ...HEADERS, "Content-Type": "application/json", ...headers },
      });

/** For a use case that tells whether it made something (201) or found it as it was asked for before (200). */
export const created = <T>({ made, value }: { readonly made: boolean; readonly value: T }): Response =>
  json(value, made ? 201 : 200);

/** zod issues as placed faults. A custom issue may carry its kebab-case code in `params.code`. */
export function faults(error: z.ZodError, prefix = ""): Fault[] {
  return error.issues.flatMap((issue) => {
    const path = [...(prefix ? [prefix] : []), ...issue.path.map(String)].join(".");
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((key) => ({
        path: path ? `${path}.${key}` : key,
        code: "unknown-field",
        message: `${key} is not a field here.`,
      }));
    const own: unknown = issue.code === "custom" ? issue.params?.code : undefined;
    return [{ path, code: typeof own === "string" ? own : issue.code.replaceAll("_", "-"), message: issue.message }];
  });
}

export const MAX_JSON_BYTES = 64 * 1024 * 1024;

/** The body's bytes, never more than `limit`. */
export async function readLimited(request: Request, limit: number): Promise<Result<Uint8Array>> {
  const tooLarge = () => refuse("too-large", `The body is larger than ${limit} bytes.`);
  if (Number(request.headers.get("content-length") ?? 0) > limit) return tooLarge();
  if (!request.body) return { ok: true, value: new Uint8Array() };
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { ok: true, value: Buffer.concat(chunks) };
    size += value.length;
    if (size > limit) {
      await reader.cancel();
      return tooLarge();
    }
    chunks.push(value);
  }
}

async function readJson(request: Request): Promise<Result<unknown>> {
  const type = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  const encoding = request.headers.get("content-encoding");
  if (encoding && encoding !== "identity") return refuse("unsupported", "Compressed request bodies are not taken.");
  const bytes = await readLimited(request, MAX_JSON_BYTES);
  if (!bytes.ok) return bytes;
  if (bytes.value.length === 0) return { ok: true, value: {} };
  if (type !== "application/json") return refuse("unsupported", "The body must be application/json.");
  try {
    return { ok: true, value: JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes.value)) };
  } catch {
    return refuse("malformed", "The body is not JSON in UTF-8.");
  }
}

export type Call<B, Q> = {
  readonly actor: Actor;
  readonly params: Readonly<Record<string, string>>;
  readonly body: B;
  readonly query: Q;
  readonly request: Request;
};

/** The answer under a path that no route has, signed in or not. */
export const nothingHere = (): Response =>
  problem(refuse("not-found", "There is no such thing here, or it is not yours to see."));

type Answer<T> = (value: T) => Response;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A JSON answer's schema; words for one without a body; or a file with its media type. */
export type Answered = z.ZodType | string | { readonly file: string; readonly says: string; readonly json?: z.ZodType };

/** What the API's own description (lib/server/openapi.ts) says of a route; the schemas in it are those that validate. */
export type Description = {
  /** One line: what it does. */
  readonly summary?: string;
  /** Who may, in words. */
  readonly who?: string;
  /** What it answers when all is well, by status: a schema, or words for an answer that is not JSON. */
  readonly answers?: Readonly<Record<number, Answered>>;
  /** Refusals that the method alone would not lead one to expect: 423, or 409 of a GET. */
  readonly refuses?: readonly number[];
  readonly body?: z.ZodType;
  readonly query?: z.ZodType;
  readonly raw?: boolean;
  readonly names?: readonly string[];
};

type Context = { readonly params: Promise<Record<string, string | string[]>> };
type Handle = (request: Request, context: Context) => Promise<Response>;
export type Handler = Handle & { readonly description: Description };

/** HEAD is answered as GET is, without the work of a body that nobody reads. */
function headOf(request: Request, response: Response): Response {
  if (request.method !== "HEAD" || !response.body) return response;
  void response.body.cancel().catch(() => undefined);
  return new Response(null, { status: response.status, headers: response.headers });
}

/** Who is asking, how often they do, and what is said when something failed: the same around every route. */
const guarded =
  (handle: (actor: Actor, request: Request, context: Context) => Promise<Response>): Handle =>
  async (request, context) => {
    const requestId = randomUUID();
    try {
      const actor = await actorOf(request);
      if (!actor) return problem(refuse("unauthenticated", "Sign in, or send a token that is valid."));
      const { refusal, headers } = await countRequest(actor);
      const response = refusal ? problem(refusal) : headOf(request, await handle(actor, request, context));
      for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
      return response;
    } catch (error) {
      if (isDatabaseAway(error)) return problem(databaseAway());
      log.error({ requestId, err: whatFailed(error) }, "a request failed");
      return json(
        {
          type: "urn:gloss:fault",
          title: "fault",
          status: 500,
          detail: `Something failed on our side. Nothing half done was kept. Request ${requestId}.`,
          errors: [],
        },
        500,
        {
          "Content-Type": "application/problem+json",
        },
      );
    }
  };

/**
 * `params` that are ids (all but those in `names`) must be UUIDs, otherwise there is no such thing (404).
 * `raw: true` leaves the body unread for a use case that streams it.
 * `summary`, `who` and `answers` are for the API's description; give them with every route.
 */
export function route<B = Record<string, never>, Q = Record<string, never>, T = unknown>(
  options: Omit<Description, "body" | "query"> & {
    readonly body?: z.ZodType<B>;
    readonly query?: z.ZodType<Q>;
    readonly run: (call: Call<B, Q>) => Promise<Result<T>>;
    /** Default: 200 with the value as JSON; a Response passes through. */
    readonly answer?: Answer<T>;
  },
): Handler {
  const handle = async (actor: Actor, request: Request, context: Context): Promise<Response> => {
    const writes = request.method !== "GET" && request.method !== "HEAD";
    if (writes && actor.via.kind === "session" && !sameOrigin(request))
      return problem(refuse("forbidden", "This request does not come from Gloss's own pages."));

    const params: Record<string, string> = {};
    for (const [name, value] of Object.entries((await context.params) ?? {})) {
      const text = Array.isArray(value) ? value.join("/") : value;
      if (!options.names?.includes(name) && !UUID.test(text)) return nothingHere();
      params[name] = options.names?.includes(name) ? text : text.toLowerCase();
    }

    const search = Object.fromEntries(new URL(request.url).searchParams);
    const ragged = Object.entries(search).flatMap(([key, value]) =>
      isWellFormed(key + value)
        ? []
        : [{ path: key, code: "not-well-formed", message: "It holds a NUL or half a character." }],
    );
    if (ragged.length > 0) return problem(refuse("malformed", "The query is not right.", ragged));
    let query = {} as Q;
    if (options.query) {
      const parsed = options.query.safeParse(search);
      if (!parsed.success) return problem(refuse("malformed", "The query is not right.", faults(parsed.error)));
      query = parsed.data;
    } else if (Object.keys(search).length > 0) {
      return problem(
        refuse(
          "malformed",
          "This route takes no query.",
          Object.keys(search).map((key) => ({
            path: key,
            code: "unknown-field",
            message: `${key} is not a parameter here.`,
          })),
        ),
      );
    }

    let body = {} as B;
    if (writes && !options.raw) {
      const read = await readJson(request);
      if (!read.ok) return problem(read);
      if (options.body) {
        const parsed = options.body.safeParse(read.value);
        if (!parsed.success) return problem(invalid(faults(parsed.error)));
        body = parsed.data;
      } else if (typeof read.value !== "object" || read.value === null || Object.keys(read.value).length > 0) {
        return problem(invalid([{ path: "", code: "unknown-field", message: "This request takes no body." }]));
      }
    }

    const result = await options.run({ actor, params, body, query, request });
    if (!result.ok) return problem(result);
    if (result.value instanceof Response) return result.value;
    return options.answer ? options.answer(result.value) : json(result.value);
  };
  const { run: _run, answer: _answer, ...description } = options;
  return Object.assign(guarded(handle), { description });
}
