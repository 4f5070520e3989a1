/** A running Gloss, reached over HTTP with a token. */
import type { Fault } from "../result";
import { faultInWords, Refused, UsageError } from "./io";

export const DOOR_OPTIONS = { url: { type: "string" }, token: { type: "string" } } as const;

export type Door = { readonly ask: (path: string, init?: RequestInit) => Promise<Response> };

type Problem = { readonly title?: string; readonly detail?: string; readonly errors?: readonly Fault[] };

/** null without --url: then the data dir's database is meant. A token also comes from GLOSS_TOKEN, which other users cannot see. */
export function doorOf(values: {
  readonly url?: string | undefined;
  readonly token?: string | undefined;
}): Door | null {
  if (values.url === undefined) {
    if (values.token !== undefined) throw new UsageError("--token goes with --url.");
    return null;
  }
  const token = values.token ?? process.env.GLOSS_TOKEN;
  if (!token) throw new UsageError("--url needs --token, or GLOSS_TOKEN in the environment.");
  if (!/^https?:$/.test(URL.canParse(values.url) ? new URL(values.url).protocol : ""))
    throw new UsageError("--url must be an http or https address.");
  const base = values.url.replace(/\/+$/, "").replace(/\/api\/v1$/, "");
  return {
    async ask(path, init = {}) {
      const headers = new Headers(init.headers);
      headers.set("Authorization", `Bearer ${token}`);
      const response = await fetch(`${base}/api/v1${path}`, { ...init, headers, redirect: "error" }).catch(
        (error: unknown) => {
          const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
          throw new Refused(`${base} cannot be reached: ${cause}`);
        },
      );
      if (response.ok) return response;
      throw new Refused(await problemInWords(response));
    },
  };
}

async function problemInWords(response: Response): Promise<string> {
  const said = await response.text().catch(() => "");
  try {
    const problem: Problem = JSON.parse(said);
    const head = `${response.status}: ${problem.detail ?? problem.title ?? ""}`;
    return [head, ...(problem.errors ?? []).map(faultInWords)].join("\n");
  } catch {
    return `The server answered ${response.status}.`;
  }
}
