/**
 * The one vocabulary of expected refusals. Pure code and use cases return these; doors (HTTP, action, command) translate
 * them (HTTP: lib/server/problem.ts). A refusal is an answer, never an exception.
 */
export type RefusalCode =
  | "unauthenticated" // 401
  | "forbidden" // 403: known but not allowed
  | "not-found" // 404: also for whatever the actor may not know of
  | "malformed" // 400: not JSON, bad query
  | "invalid" // 422: with `errors`
  | "conflict" // 409: with `errors[].current`
  | "locked" // 423: review is submitted
  | "too-large" // 413
  | "unsupported" // 415
  | "too-many" // 429: with retryAfter
  | "precondition" // 412: If-Match is behind; 428 when it is missing
  | "unavailable"; // 503: with retryAfter

/** One fault, placed: `path` is a dotted path into the input ("changes.0.span.start"), codes are kebab-case (interface.md). */
export type Fault = {
  readonly path: string;
  readonly code: string;
  readonly message: string;
  readonly line?: number;
  readonly expected?: unknown;
  readonly actual?: unknown;
  readonly current?: unknown;
};

export type Refusal = {
  readonly ok: false;
  readonly code: RefusalCode;
  readonly message: string;
  readonly errors: readonly Fault[];
  /** Seconds, for "too-many" and "unavailable". */
  readonly retryAfter?: number;
};

export type Ok<T> = { readonly ok: true; readonly value: T };
export type Result<T> = Ok<T> | Refusal;

export const ok = <T>(value: T): Ok<T> => ({ ok: true, value });

export const refuse = (
  code: RefusalCode,
  message: string,
  errors: readonly Fault[] = [],
  retryAfter?: number,
): Refusal => ({ ok: false, code, message, errors, ...(retryAfter === undefined ? {} : { retryAfter }) });

/** "not-found", said the same way for what does not exist and for what the actor may not know of. */
export const notFound = (): Refusal => refuse("not-found", "There is no such thing here, or it is not yours to see.");

export const invalid = (errors: readonly Fault[], message = "Something in the request is not right."): Refusal =>
  refuse("invalid", message, errors);
