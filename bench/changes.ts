/**
 * `npm run bench -- changes [--seconds 4] [--rounds 5] [--clients 10]`: one-span requests to `changes` against the same insert by bare pg.
 *
 * First without HTTP: the use case and the route's handler beside the insert, and how the cost grows with the spans of a review. Then, where
 * the app is built (npm start does it), through production Next: the budget is 0.7 of a Next route that inserts with pg.
 */
import { spawnSync } from "node:child_process";
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { Agent, request } from "node:http";
import path from "node:path";
import type pg from "pg";
import { POST } from "../app/api/v1/reviews/[review]/changes/route";
import type { Actor } from "../lib/access/actor";
import { DEFAULT_SCHEME } from "../lib/scheme/default";
import { changeReview } from "../lib/server/changes";
import { pool } from "../lib/server/db";
import { clientOf, databaseSeconds, option, table, withGround } from "./support/database";
import { secondsOf } from "./support/processor";
import { serve } from "./support/serving";

process.env.NEXTAUTH_SECRET ??= randomBytes(32).toString("base64url");
const SECONDS = option("seconds", 4);
const ROUNDS = option("rounds", 5);
const CLIENTS = option("clients", 10);
const TEXT = "The harbour gauge fell by a hand and the port denied it. ".repeat(60);

type Ground = {
  readonly projectId: string;
  readonly articleId: string;
  /** A reviewer a client, with a token and a review of the article. */
  readonly clients: readonly { readonly actor: Actor; readonly token: string; readonly reviewId: string }[];
};

async function fill(client: pg.Client): Promise<Ground> {
  const [projectId, articleId, textId] = [randomUUID(), randomUUID(), randomUUID()];
  const sha256 = createHash("sha256").update(TEXT).digest("hex");
  const q = (text: string, values: unknown[]) => client.query(text, values);
  await q(`INSERT INTO "Project" ("id", "name", "scope") VALUES ($1, 'bench', '{body}')`, [projectId]);
  await q(`INSERT INTO "SchemeVersion" ("projectId", "version", "scheme") VALUES ($1, 1, $2)`, [
    projectId,
    DEFAULT_SCHEME,
  ]);
  await q(`INSERT INTO "GuidelineVersion" ("projectId", "version", "markdown") VALUES ($1, 1, '')`, [projectId]);
  await q(`INSERT INTO "ProjectLabel" ("projectId", "key") SELECT $1, unnest($2::text[])`, [
    projectId,
    DEFAULT_SCHEME.labels.map((l) => l.key),
  ]);
  await q(`INSERT INTO "ArticleText" ("id", "projectId", "sha256", "length", "body") VALUES ($1, $2, $3, $4, $5)`, [
    textId,
    projectId,
    sha256,
    TEXT.length,
    TEXT,
  ]);
  await q(
    `INSERT INTO "Article" ("id", "projectId", "textId", "textLength", "title", "duplicateKey") VALUES ($1, $2, $3, $4, 'bench', $5)`,
    [articleId, projectId, textId, TEXT.length, sha256],
  );
  const clients = [];
  for (let n = 0; n < CLIENTS; n++) {
    const [userId, tokenId, reviewId] = [randomUUID(), randomUUID(), randomUUID()];
    const token = `gloss_${randomBytes(32).toString("base64url")}`;
    await q(`INSERT INTO "User" ("id", "email", "name") VALUES ($1, $2, 'bench')`, [userId, `${userId}@bench.example`]);
    await q(`INSERT INTO "Member" ("projectId", "userId", "roles") VALUES ($1, $2, '{REVIEWER}')`, [projectId, userId]);
    await q(`INSERT INTO "ApiToken" ("id", "userId", "name", "secretHash") VALUES ($1, $2, 'bench', $3)`, [
      tokenId,
      userId,
      createHash("sha256").update(token).digest("hex"),
    ]);
    await q(
      `INSERT INTO "Review" ("id", "projectId", "articleId", "textLength", "reviewerId") VALUES ($1, $2, $3, $4, $5)`,
      [reviewId, projectId, articleId, TEXT.length, userId],
    );
    const via = { kind: "token", tokenId, readOnly: false, projectId: null } as const;
    clients.push({ actor: { userId, name: "bench", isAdmin: false, via }, token, reviewId });
  }
  return { projectId, articleId, clients };
}

const range = (n: number) => ({ start: (n * 31) % 3_000, end: ((n * 31) % 3_000) + 40 });
const attributes = { likelihood: "alleged", type: "event" };

const changeOf = (n: number) => ({
  id: randomUUID(),
  kind: "span.put" as const,
  span: { id: randomUUID(), base: 0, ...range(n), label: "CLAIM", attributes },
});

const rowOf = ({ projectId, articleId }: Ground, reviewId: string, n: number) => {
  const at = range(n);
  return {
    id: randomUUID(),
    projectId,
    articleId,
    reviewId,
    textLength: TEXT.length,
    ...at,
    quote: TEXT.slice(at.start, at.end),
    attributes,
  };
};

type Way = {
  readonly name: string;
  readonly one: (client: number, n: number) => Promise<void>;
  /** Processor seconds so far of the process that does the work. */
  readonly seconds: () => number;
};

const here = () => secondsOf(process.pid);

/** All ways in turn, round after round; requests a second. */
async function race(title: string, ways: readonly Way[]): Promise<void> {
  const measured = ways.map((way) => ({ ...way, perSecond: [] as number[], processor: 0, database: 0, done: 0 }));
  let n = 0;
  for (let round = -1; round < ROUNDS; round++)
    for (const way of measured) {
      const start = performance.now();
      const used = way.seconds();
      const there = databaseSeconds();
      const until = start + (round < 0 ? 2_000 : SECONDS * 1_000);
      let done = 0;
      await Promise.all(
        Array.from({ length: CLIENTS }, async (_, client) => {
          for (; performance.now() < until; done++) await way.one(client, n++);
        }),
      );
      if (round < 0) continue; // warming up
      way.perSecond.push((done * 1_000) / (performance.now() - start));
      way.processor += way.seconds() - used;
      way.database += databaseSeconds() - there;
      way.done += done;
    }
  table(title, measured);
}

function must<T extends { readonly ok: boolean }>(answer: T): void {
  if (!answer.ok) throw new Error(JSON.stringify(answer));
}

async function insert(ground: Ground, client: number, n: number): Promise<void> {
  const row = rowOf(ground, ground.clients[client]?.reviewId ?? "", n);
  await pool().query({
    name: "bench.insert",
    text: `INSERT INTO "Span" ("id", "projectId", "articleId", "reviewId", "textLength", "start", "end", "quote", "label", "attributes",
             "schemeVersion", "guidelineVersion") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'CLAIM', $9, 1, 1)`,
    values: [
      row.id,
      row.projectId,
      row.articleId,
      row.reviewId,
      row.textLength,
      row.start,
      row.end,
      row.quote,
      row.attributes,
    ],
  });
}

async function withoutHttp(ground: Ground): Promise<void> {
  const client = (n: number) => ground.clients[n] ?? ground.clients[0];
  await race(`In one process, ${CLIENTS} clients`, [
    { name: "pg insert", seconds: here, one: (c, n) => insert(ground, c, n) },
    {
      name: "changeReview",
      seconds: here,
      one: async (c, n) => {
        const who = client(c);
        if (who) must(await changeReview(who.actor, who.reviewId, [changeOf(n)]));
      },
    },
    {
      name: "POST handler",
      seconds: here,
      one: async (c, n) => {
        const who = client(c);
        if (!who) return;
        const headers = { authorization: `Bearer ${who.token}`, "content-type": "application/json" };
        const body = JSON.stringify({ changes: [changeOf(n)] });
        const sent = new Request("http://127.0.0.1/api", { method: "POST", headers, body });
        must(await POST(sent, { params: Promise.resolve({ review: who.reviewId }) }));
      },
    },
  ]);
}

/** One review, one client: the cost of one more span where there are many. */
async function growth({ clients }: Ground): Promise<void> {
  const who = clients[0];
  if (!who) return;
  console.log("\nOne more span in a review of\n\n| spans | ms, median of 200 |\n|---|---|");
  let spans = Number(
    (await pool().query(`SELECT count(*) FROM "Span" WHERE "reviewId" = $1`, [who.reviewId])).rows[0].count,
  );
  for (const size of [1_000, 10_000, 50_000].filter((wanted) => wanted > spans || spans === 0)) {
    for (; spans < size; spans += 2_500) {
      const many = Array.from({ length: Math.min(2_500, size - spans) }, (_, n) => changeOf(n));
      must(await changeReview(who.actor, who.reviewId, many));
    }
    spans = size;
    const times: number[] = [];
    for (let n = 0; n < 200; n++) {
      const start = performance.now();
      must(await changeReview(who.actor, who.reviewId, [changeOf(n)]));
      times.push(performance.now() - start);
    }
    times.sort((a, b) => a - b);
    console.log(`| ${size.toLocaleString("en")} | ${times[100]?.toFixed(2)} |`);
  }
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

const post = (port: number, at: string, body: unknown, headers: Record<string, string> = {}) =>
  new Promise<void>((done, fail) => {
    const json = JSON.stringify(body);
    const sent = request(
      {
        agent,
        port,
        host: "127.0.0.1",
        path: at,
        method: "POST",
        headers: { "content-type": "application/json", "content-length": Buffer.byteLength(json), ...headers },
      },
      (answer) => {
        answer.resume();
        answer.once("end", () =>
          answer.statusCode === 200 ? done() : fail(new Error(`${at} answered ${answer.statusCode}`)),
        );
      },
    );
    sent.once("error", fail);
    sent.end(json);
  });

async function throughNext(ground: Ground, url: string): Promise<void> {
  if (!existsSync(".next/BUILD_ID")) {
    console.log("\nThe app is not built, so nothing was measured through Next. `npm start` builds it.");
    return;
  }
  const peerDir = path.resolve("bench/next-insert");
  if (!existsSync(path.join(peerDir, ".next/BUILD_ID"))) {
    const built = spawnSync("npx", ["next", "build", peerDir], {
      stdio: "inherit",
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
    });
    if (built.status !== 0) throw new Error("the peer was not built");
  }
  const peer = await serve(peerDir, url);
  const app = await serve(path.resolve("."), url);
  try {
    await race(`Through production Next, ${CLIENTS} clients`, [
      {
        name: "Next + pg insert",
        seconds: () => secondsOf(peer.child.pid ?? 0),
        one: (c, n) => post(peer.port, "/api/insert", rowOf(ground, ground.clients[c]?.reviewId ?? "", n)),
      },
      {
        name: "changes",
        seconds: () => secondsOf(app.child.pid ?? 0),
        one: (c, n) => {
          const who = ground.clients[c];
          return post(
            app.port,
            `/api/v1/reviews/${who?.reviewId}/changes`,
            { changes: [changeOf(n)] },
            { authorization: `Bearer ${who?.token}` },
          );
        },
      },
    ]);
  } finally {
    agent.destroy();
    for (const { child } of [peer, app]) child.kill();
  }
}

await withGround(async (url) => {
  const client = clientOf(url);
  await client.connect();
  const ground = await fill(client);
  await client.end();
  if (option("inside", 1)) await withoutHttp(ground);
  if (option("growth", 1)) await growth(ground);
  if (option("next", 1)) await throughNext(ground, url);
});
