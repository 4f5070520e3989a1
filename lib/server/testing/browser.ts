/** A browser's way through the door of next-auth: keeps cookies, fetches the CSRF token, sends forms. */
import { authDoor } from "../authDoor";
import { ORIGIN } from "./people";

export type Browser = {
  readonly cookies: Map<string, string>;
  header(): string;
  get(action: string): Promise<Response>;
  post(action: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Response>;
  signIn(email: string, password: string): Promise<Response>;
};

/** `address`: the socket's, as our own server names it; `claimed`: what the client says instead. */
export function openBrowser(address = "192.0.2.1", claimed?: string): Browser {
  const cookies = new Map<string, string>();
  const header = () => [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  async function ask(action: string, init: RequestInit, extra: Record<string, string>): Promise<Response> {
    const headers = new Headers({ host: new URL(ORIGIN).host, cookie: header(), "x-gloss-peer": address });
    if (claimed) headers.set("x-forwarded-for", claimed);
    if (init.method === "POST") headers.set("origin", ORIGIN);
    for (const [name, value] of Object.entries(extra)) value === "" ? headers.delete(name) : headers.set(name, value);
    const request = new Request(`${ORIGIN}/api/auth/${action}`, { ...init, headers });
    const response = await authDoor(request, {
      params: Promise.resolve({ nextauth: action.split("?")[0]?.split("/") ?? [] }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const [name = "", value = ""] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
      if (value === "" || /Max-Age=0|Expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  }
  const get = (action: string) => ask(action, { method: "GET" }, {});
  const post = (action: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    ask(action, { method: "POST", body: new URLSearchParams(fields) }, headers);
  return {
    cookies,
    header,
    get,
    post,
    async signIn(email, password) {
      const { csrfToken }: { csrfToken: string } = await (await get("csrf")).json();
      return post("callback/credentials", { csrfToken, email, password, json: "true" });
    },
  };
}
