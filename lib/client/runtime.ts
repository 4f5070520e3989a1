/** What of the client is the same for every API: sending, retrying, problems, pages. Text, as it is handed out. */
export const RUNTIME = `type Input<K extends keyof Operations> = Operations[K]["input"];
type Given<K extends keyof Operations> = Record<never, never> extends Input<K> ? [input?: Input<K>] : [input: Input<K>];
/** Those that answer page after page. */
type Listing = { [K in keyof Operations]: Operations[K]["answer"] extends { items: readonly unknown[]; nextCursor: string | null } ? K : never }[keyof Operations];
type Item<K extends Listing> = Operations[K]["answer"] extends { items: readonly (infer T)[] } ? T : never;

type Sent = { path?: Record<string, string>; query?: Record<string, unknown>; ifMatch?: string; body?: unknown };

/** A refusal (RFC 9457): its status, its kind, and the places of the faults. */
export class GlossProblem extends Error {
  readonly status: number;
  readonly title: string;
  readonly errors: Problem["errors"];
  constructor(status: number, problem: Partial<Problem>) {
    super(problem.detail ?? \`Gloss answered \${status}.\`);
    this.name = "GlossProblem";
    this.status = status;
    this.title = problem.title ?? "fault";
    this.errors = problem.errors ?? [];
  }
}

/** Refused so, nothing was done: it may be sent again when its Retry-After is over. */
const LATER = [429, 503];
const MOST_ATTEMPTS = 4;
const LONGEST_WAIT = 60;

/** \`url\` as people reach Gloss, \`token\` from /account or the command token create. */
export function gloss(url: string, token: string, send: typeof fetch = fetch) {
  const base = \`\${url.replace(/\\/+$/, "")}/api/v1\`;

  async function ask<K extends keyof Operations>(operation: K, ...[input]: Given<K>): Promise<Operations[K]["answer"]> {
    const [method = "GET", path = ""] = operation.split(" ");
    const { path: names = {}, query = {}, ifMatch, body }: Sent = input ?? {};
    const asked = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
    const at = path.replace(/\\{(\\w+)\\}/g, (_, name: string) => encodeURIComponent(names[name] ?? ""));
    const raw = typeof body === "string" || body instanceof Blob || body instanceof Uint8Array || body instanceof FormData;
    const headers: Record<string, string> = { Authorization: \`Bearer \${token}\` };
    if (ifMatch !== undefined) headers["If-Match"] = ifMatch;
    if (body !== undefined && !(body instanceof FormData))
      headers["Content-Type"] = raw ? "application/octet-stream" : "application/json";
    const content = body === undefined ? {} : { body: (raw ? body : JSON.stringify(body)) as BodyInit };
    for (let attempt = 1; ; attempt++) {
      const answer = await send(\`\${base}\${at}\${asked.length > 0 ? \`?\${new URLSearchParams(asked)}\` : ""}\`, { method, headers, ...content });
      const wait = Number(answer.headers.get("retry-after") ?? Number.NaN);
      if (LATER.includes(answer.status) && attempt < MOST_ATTEMPTS && wait <= LONGEST_WAIT) {
        await answer.body?.cancel();
        await new Promise((done) => setTimeout(done, wait * 1000));
        continue;
      }
      if (!answer.ok) throw new GlossProblem(answer.status, await answer.json().catch(() => ({})));
      if (FILES.has(operation)) return answer as Operations[K]["answer"];
      return (answer.status === 204 ? undefined : await answer.json()) as Operations[K]["answer"];
    }
  }

  /** Every item of a list, page after page. */
  async function* all<K extends Listing>(operation: K, ...[input]: Given<K>): AsyncGenerator<Item<K>> {
    let cursor: string | null = null;
    do {
      const { query = {}, ...rest }: Sent = input ?? {};
      const next: unknown = { ...rest, query: { ...query, ...(cursor === null ? {} : { cursor }) } };
      const page: unknown = await ask(operation, ...([next] as Given<K>));
      const { items, nextCursor } = page as { items: readonly Item<K>[]; nextCursor: string | null };
      yield* items;
      cursor = nextCursor;
    } while (cursor !== null);
  }

  return { ask, all };
}
`;
