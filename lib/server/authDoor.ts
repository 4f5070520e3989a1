/** The HTTP door of next-auth (app/api/auth/[...nextauth]): its protocol, with our refusals (401, 403, 413, 429, 503) for its redirects. */
import type { AuthOptions } from "next-auth";
import { type Refusal, type Result, refuse } from "../result";
import { authOptions, fromOf, handlerOf, type Outcome } from "./auth";
import { databaseAway, isDatabaseAway } from "./db";
import { json, problem, readLimited } from "./http";
import { log, whatFailed } from "./log";
import { baseUrl, cookieSecret } from "./secret";
import { actorOf, readCookies, sameOrigin } from "./session";

const MAX_BODY = 16 * 1024;
const ACTIONS = new Set([
  "GET csrf",
  "GET session",
  "GET providers",
  "GET signin",
  "GET signout",
  "GET error",
  "POST callback",
  "POST signout",
]);

type Context = { readonly params: Promise<{ readonly nextauth: readonly string[] }> };

export async function authDoor(request: Request, context: Context): Promise<Response> {
  try {
    return await answer(request, (await context.params).nextauth);
  } catch (error) {
    if (isDatabaseAway(error)) return problem(databaseAway());
    log.error({ err: whatFailed(error) }, "a sign-in request failed");
    return problem(refuse("unavailable", "Something failed on our side. Try again.", [], 5));
  }
}

async function answer(request: Request, segments: readonly string[]): Promise<Response> {
  const [action = "", provider] = segments;
  if (!ACTIONS.has(`${request.method} ${action}`) || (action === "callback" && provider !== "credentials"))
    return problem(refuse("not-found", "There is no such thing here."));
  const secret = cookieSecret();
  if (!secret) return problem(refuse("unavailable", "Nobody can sign in: this Gloss has no good NEXTAUTH_SECRET."));
  // next-auth's CSRF token guards these; a browser that says where it comes from is believed as well.
  const elsewhere =
    request.headers.has("origin") || request.headers.has("sec-fetch-site") ? !sameOrigin(request) : false;
  if (request.method === "POST" && elsewhere)
    return problem(refuse("forbidden", "This request does not come from Gloss's own pages."));
  if (action === "session" && !(await actorOf(new Request(request.url, { headers: cookieOnly(request) }))))
    return json({});

  const body = request.method === "POST" ? await readForm(request) : { ok: true as const, value: {} };
  if (!body.ok) return problem(body);
  const outcome: Outcome = { refusal: null, asked: false };
  const response = await run(request, segments, body.value, authOptions(secret, fromOf(request.headers), outcome));
  if (outcome.refusal) return refused(outcome.refusal, response);
  if (/[?&]csrf=true/.test(response.headers.get("location") ?? ""))
    return problem(
      refuse("forbidden", "The form is out of date. Load the page again.", [
        { path: "csrfToken", code: "csrf-mismatch", message: "Not the token of this browser." },
      ]),
    );
  return body.value.json === "true" ? asJson(response) : response;
}

const cookieOnly = (request: Request): Record<string, string> => ({ cookie: request.headers.get("cookie") ?? "" });

/** The refusal, with what next-auth wanted to set. */
function refused(refusal: Refusal, response: Response): Response {
  const answered = problem(refusal);
  for (const cookie of response.headers.getSetCookie()) answered.headers.append("Set-Cookie", cookie);
  return answered;
}

/** next-auth's own habit for scripts: the address to go to, as JSON. */
function asJson(response: Response): Response {
  const url = response.headers.get("location");
  if (!url) return response;
  const answered = json({ url });
  for (const cookie of response.headers.getSetCookie()) answered.headers.append("Set-Cookie", cookie);
  return answered;
}

async function readForm(request: Request): Promise<Result<Record<string, string>>> {
  const type = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json" && type !== "application/x-www-form-urlencoded")
    return refuse("unsupported", "The body must be a form or JSON.");
  const bytes = await readLimited(request, MAX_BODY);
  if (!bytes.ok) return bytes;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes.value);
    const read: unknown =
      type === "application/json" ? JSON.parse(text) : Object.fromEntries(new URLSearchParams(text));
    if (typeof read !== "object" || read === null) return refuse("malformed", "The body is not a form.");
    const fields = Object.entries(read).filter((entry): entry is [string, string] => typeof entry[1] === "string");
    return { ok: true, value: Object.fromEntries(fields) };
  } catch {
    return refuse("malformed", "The body is not a form in UTF-8.");
  }
}

/** Runs next-auth in its Node form on a plain request, and gives what it answered. */
async function run(
  request: Request,
  segments: readonly string[],
  body: Record<string, string>,
  options: AuthOptions,
): Promise<Response> {
  const answered = new Answered();
  const query = { ...Object.fromEntries(new URL(request.url).searchParams), nextauth: segments };
  const headers = { ...Object.fromEntries(request.headers), host: new URL(baseUrl()).host };
  await handlerOf(options)(
    {
      method: request.method,
      query,
      body: { ...body, json: undefined },
      headers,
      cookies: readCookies(request.headers.get("cookie") ?? ""),
    },
    answered,
  );
  return answered.response();
}

/** As much of Node's response as next-auth writes to. */
class Answered {
  #status = 200;
  #body: string | null = null;
  readonly #headers = new Headers({ "Cache-Control": "private, no-store" });
  #cookies: readonly string[] = [];

  status(code: number): this {
    this.#status = code;
    return this;
  }
  getHeader(name: string): readonly string[] | string | undefined {
    return name.toLowerCase() === "set-cookie" ? [...this.#cookies] : (this.#headers.get(name) ?? undefined);
  }
  setHeader(name: string, value: string | readonly string[]): this {
    if (name.toLowerCase() === "set-cookie") this.#cookies = [value].flat();
    else this.#headers.set(name, String(value));
    return this;
  }
  json(value: unknown): void {
    this.#headers.set("Content-Type", "application/json");
    this.#body = JSON.stringify(value);
  }
  send(value: unknown): void {
    if (typeof value === "object" && value !== null) this.json(value);
    else if (value !== undefined) this.#body = String(value);
  }
  end(): void {}

  response(): Response {
    for (const cookie of this.#cookies) this.#headers.append("Set-Cookie", cookie);
    return new Response(this.#body, { status: this.#status, headers: this.#headers });
  }
}
