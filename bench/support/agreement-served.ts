/**
 * Agreement as the screen has it: asked of a production server over HTTP, read from Postgres, measured in its thread. Beside it a small
 * request every few milliseconds, to see whether whoever else is served waits; the process's memory; how soon it stops when it is told to.
 */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { request } from "node:http";
import { loadavg } from "node:os";
import path from "node:path";
import { type Filled, fillReviewed } from "./agreement-project";
import { clientOf, databaseSeconds, withGround } from "./database";
import { secondsOf as processorOf } from "./processor";
import { residentOf, type Served, serve } from "./serving";

const EVERY_MS = 20;
/** What the overview asks for. */
const SCREEN = "by=outlet,week";

const percentile = (values: readonly number[], p: number) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * p))] ?? 0;

type Answer = { readonly status: number; readonly text: string };
type Door = { readonly get: (at: string) => Promise<Answer>; readonly stop: (at: string) => Promise<Answer> };

/** Without a limit of time: on a busy machine the largest takes minutes. */
function doorOf(port: number, token: string): Door {
  const headers = { authorization: `Bearer ${token}` };
  const ask = (method: string) => (at: string) =>
    new Promise<Answer>((done, fail) => {
      const sent = request({ host: "127.0.0.1", port, path: `/api/v1${at}`, method, headers }, (answer) => {
        let text = "";
        answer.setEncoding("utf8");
        answer.on("data", (part: string) => {
          text += part;
        });
        answer.once("end", () => done({ status: answer.statusCode ?? 0, text }));
      });
      sent.once("error", fail);
      sent.end();
    });
  return { get: ask("GET"), stop: ask("DELETE") };
}

async function must(answer: Promise<Answer>): Promise<string> {
  const { status, text } = await answer;
  if (status >= 300) throw new Error(`answered ${status}: ${text.slice(0, 300)}`);
  return text;
}

/** Milliseconds of a small request, again and again until `work` is done. */
async function beside(door: Door, work: Promise<unknown>): Promise<readonly number[]> {
  const took: number[] = [];
  let done = false;
  void work.finally(() => {
    done = true;
  });
  while (!done) {
    const start = performance.now();
    await must(door.get("/me"));
    took.push(performance.now() - start);
    await new Promise((next) => setTimeout(next, EVERY_MS));
  }
  await work;
  return took;
}

/** The most that the process held meanwhile, in MB. */
async function held(pid: number, work: Promise<unknown>): Promise<number> {
  let most = residentOf(pid);
  const timer = setInterval(() => {
    most = Math.max(most, residentOf(pid));
  }, 50);
  await work.finally(() => clearInterval(timer));
  return most;
}

const secondsOf = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1_000;
};

async function measureOne(
  { port, child }: Served,
  token: string,
  { project, articles, spans }: Filled,
): Promise<string> {
  const door = doorOf(port, token);
  const pid = child.pid ?? 0;
  const at = `/projects/${project}/agreement`;
  const quiet = await beside(door, new Promise((done) => setTimeout(done, 3_000)));
  let first = 0;
  const before = residentOf(pid);
  const used = { here: processorOf(pid), there: databaseSeconds() };
  const asked = secondsOf(() => must(door.get(`${at}?${SCREEN}`))).then((s) => {
    first = s;
  });
  const [busy, most] = await Promise.all([beside(door, asked), held(pid, asked)]);
  const [here, there] = [processorOf(pid) - used.here, databaseSeconds() - used.there];
  const again = await secondsOf(() => must(door.get(`${at}?${SCREEN}&seed=2`)));
  const kept = await secondsOf(() => must(door.get(`${at}?${SCREEN}`)));
  return [
    ...[
      articles.toLocaleString("en"),
      spans.toLocaleString("en"),
      first.toFixed(1),
      `${here.toFixed(1)} + ${there.toFixed(1)}`,
      again.toFixed(1),
    ],
    ...[(kept * 1_000).toFixed(0), `${before}`, `${most}`],
    ...[quiet, busy].map((took) => `${percentile(took, 0.5).toFixed(1)} / ${percentile(took, 0.95).toFixed(1)}`),
    Math.max(...busy).toFixed(0),
  ].join(" | ");
}

/** Begins the largest, stops it once it reads, and asks for a small one: what was stopped holds nobody up. */
async function stopping({ port }: Served, token: string, large: Filled, small: Filled): Promise<string> {
  const door = doorOf(port, token);
  const query = "seed=7&replicates=1999&outlet=";
  const outlet = `Outlet ${7}`;
  const at = (project: string, more = "") => `/projects/${project}/agreement${more}`;
  const begun = door.get(`${at(large.project)}?seed=77&batch=none`);
  const seen: string[] = [];
  for (let n = 0; n < 200; n++) {
    const progress = JSON.parse(await must(door.get(`${at(large.project, "/progress")}?seed=77&batch=none`)));
    if (seen.at(-1) !== progress.state) seen.push(progress.state);
    if (progress.state === "reading" && progress.done > 500) break;
    await new Promise((next) => setTimeout(next, 50));
  }
  const stopped = await secondsOf(() => must(door.stop(`${at(large.project, "/progress")}?seed=77&batch=none`)));
  const status = (await begun).status;
  const next = await secondsOf(() => must(door.get(`${at(small.project)}?${query}${encodeURIComponent(outlet)}`)));
  return `Stopping it while it read (${seen.join(", ")}): ${(stopped * 1_000).toFixed(0)} ms, whoever waited was told ${status}; the next question, of a twentieth of ${small.articles.toLocaleString("en")} articles, was answered ${(next * 1_000).toFixed(0)} ms later.`;
}

/** Three projects, and an administrator who has the token. */
async function fill(url: string, token: string, largest: number): Promise<readonly Filled[]> {
  const client = clientOf(url);
  await client.connect();
  try {
    const hash = createHash("sha256").update(token).digest("hex");
    await client.query(
      `WITH asker AS (INSERT INTO "User" ("id", "email", "name", "isAdmin") VALUES ($1, 'a@bench.example', 'a', true) RETURNING "id")
       INSERT INTO "ApiToken" ("id", "userId", "name", "secretHash") SELECT gen_random_uuid(), "id", 'bench', $2 FROM asker`,
      [randomUUID(), hash],
    );
    const filled: Filled[] = [];
    for (const size of [largest / 10, largest / 3, largest].map(Math.round))
      filled.push(await fillReviewed(client, size));
    await client.query("VACUUM ANALYZE");
    return filled;
  } finally {
    await client.end();
  }
}

export async function served(largest: number): Promise<void> {
  if (!existsSync(".next/BUILD_ID")) {
    console.log("\nThe app is not built, so nothing was asked of it. `npm start` builds it.");
    return;
  }
  process.env.NEXTAUTH_SECRET ??= randomBytes(32).toString("base64url");
  await withGround(async (url) => {
    const token = `gloss_${randomBytes(32).toString("base64url")}`;
    const filled = await fill(url, token, largest);
    const app = await serve(path.resolve("."), url);
    try {
      console.log(`\nAsked of a production server, 2,000 replicates of everything and of each outlet and week\n`);
      console.log(
        "| articles | spans | seconds | processor: here + Postgres | again, other seed | kept, ms | MB before | most | a small request meanwhile: none, ms p50 / p95 | with it | most |",
      );
      console.log("|---|---|---|---|---|---|---|---|---|---|---|");
      for (const one of filled) {
        console.log(`| ${await measureOne(app, token, one)} |`);
      }
      const [small, , large] = filled;
      if (small && large)
        console.log(`\n${await stopping(app, token, large, small)} (load ${loadavg()[0]?.toFixed(1)})`);
    } finally {
      app.child.kill();
    }
  });
}
