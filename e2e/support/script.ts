/** A user's script: it signs in once for a token, and then speaks the HTTP API with it, with nothing of a browser. */
import type { Person } from "./people";

export type Script = {
  /** Any answer; throws only when there was none. */
  ask(method: string, path: string, body?: unknown): Promise<Response>;
  /** The JSON of an answer that must be a success; told to come again, it does. */
  get<T>(method: string, path: string, body?: unknown): Promise<T>;
};

/** For a Gloss at `url`, which may come back at the same address. */
export async function scriptOf(url: string, person: Person): Promise<Script> {
  const jar = new Map<string, string>();
  const keep = (response: Response): Response => {
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      jar.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
    return response;
  };
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  const { csrfToken } = (await keep(await fetch(`${url}/api/auth/csrf`)).json()) as { csrfToken: string };
  keep(
    await fetch(`${url}/api/auth/callback/credentials`, {
      method: "POST",
      headers: { cookie: cookie(), origin: url },
      body: new URLSearchParams({ csrfToken, email: person.email, password: person.password, json: "true" }),
      redirect: "manual",
    }),
  );
  const made = await fetch(`${url}/api/v1/me/tokens`, {
    method: "POST",
    headers: { cookie: cookie(), origin: url, "content-type": "application/json" },
    body: JSON.stringify({ name: "script" }),
  });
  if (made.status !== 201) throw new Error(`no token: ${made.status} ${await made.text()}`);
  const { secret } = (await made.json()) as { secret: string };

  const ask: Script["ask"] = (method, path, body) =>
    fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${secret}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(20_000),
    });
  return {
    ask,
    async get<T>(method: string, path: string, body?: unknown) {
      let response = await ask(method, path, body);
      for (let again = 0; response.status === 503 && again < 20; again++) {
        await new Promise((done) => setTimeout(done, 500));
        response = await ask(method, path, body);
      }
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
      return (await response.json()) as T;
    },
  };
}
