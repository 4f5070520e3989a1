/**
 * B01: a reviewer who has not submitted asks everything that can be asked, while another's layer is empty, when it is full, and when it is
 * submitted: the answers are the same byte by byte, apart from clocks. Routes are found by themselves; one whose parameter this test does not
 * know fails it.
 */
import { randomUUID } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Role } from "../access/actor";
import { projectAgreement } from "./agreement";
import { agreementSchema } from "./agreement.schema";
import { articleDesk } from "./article-desk";
import { caseCounts } from "./cases";
import { changeReview } from "./changes";
import { prisma } from "./db";
import { goldDiff } from "./gold-diff";
import type { Handler } from "./http";
import { projectOverview } from "./overview";
import { queueOverview } from "./queue";
import { submitReview } from "./submit";
import { type Desk, dismiss, link, type Member, makeArticle, makeDesk, makeReview, put, suggest } from "./testing/desk";
import { send } from "./testing/people";
import { postInThread } from "./threads";
import { WEBHOOK_EVENTS } from "./webhooks.schema";

const ROOT = path.resolve("app/api/v1");

function routesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const inner = path.join(folder, entry.name);
    if (!entry.isDirectory()) return [];
    return [...(existsSync(path.join(inner, "route.ts")) ? [inner] : []), ...routesIn(inner)];
  });
}

/** What is asked beyond the plain address. */
const QUERIES: Readonly<Record<string, readonly string[]>> = {
  "articles/[article]/cases": ["reveal=true"],
  "projects/[project]/cases": [
    "status=open",
    "status=undecided",
    "label=CLAIM",
    "kind=existence",
    "sort=newest",
    "sort=unsure",
    "reason=missed",
    "mine=true",
    "region=body",
    "reveal=true",
  ],
  "projects/[project]/affected": ["article=ARTICLE"],
  "projects/[project]/cases/counts": ["label=CLAIM", "region=body"],
  "projects/[project]/agreement": [
    "replicates=10",
    "replicates=10&suggestions=true",
    "replicates=10&seed=3&by=reviewer,outlet,region,week,guideline",
  ],
  "projects/[project]/articles": ["q=weir", "status=open", "sort=title", "status=bin"],
  "projects/[project]/orphans": ["status=placed", "status=dropped", "mine=true"],
  "projects/[project]/targets": ["q=warned", "labels=CLAIM"],
  "projects/[project]/batches": ["q=first"],
  "projects/[project]/reviews/idle": ["days=1"],
  "projects/[project]/export": [
    "format=jsonl&layer=all",
    "format=jsonl&layer=reviews",
    "format=jsonl&layer=gold",
    "format=csv&layer=all",
  ],
  "projects/[project]/export/count": ["layer=all", "layer=reviews&label=CLAIM", "layer=gold", "uncertain=without"],
};

type World = Desk & {
  readonly me: Member;
  readonly articleId: string;
  readonly theirs: string;
  readonly own: string;
  readonly people: readonly Member[];
  readonly batch: string;
  readonly thread: string;
  readonly webhook: string;
  /** Suggestions from outside, which all who may read the article see. */
  readonly suggested: string;
  readonly unwanted: string;
};

/** Annika's review is `theirs`; the crawler's own is open and has a mark of its own. */
async function makeWorld(crawler: (desk: Desk) => Member, roles: Role[]): Promise<World> {
  const desk = await makeDesk();
  const me = crawler(desk);
  const { projectId } = desk;
  await prisma().member.update({ where: { projectId_userId: { projectId, userId: me.person.id } }, data: { roles } });
  const { id: batch } = await prisma().batch.create({
    data: { projectId, name: "First", purpose: "calibration", people: [desk.a.person.id, me.person.id] },
  });
  const articleId = await makeArticle(projectId, { batchId: batch });
  const theirs = await makeReview(projectId, articleId, desk.a);
  const own = await makeReview(projectId, articleId, me);
  const done = await changeReview(me.actor, own, [put("Nobody was hurt")]);
  if (!done.ok) throw new Error(done.message);
  const thread = await prisma().thread.create({
    data: { projectId, articleId, start: 0, end: 4, createdBy: desk.adjudicator.person.id },
  });
  await prisma().threadGuest.create({ data: { threadId: thread.id, userId: me.person.id } });
  const { id: webhook } = await prisma().webhook.create({
    data: {
      ...{ projectId, url: "https://desk.example/hook", events: [...WEBHOOK_EVENTS] },
      ...{ secret: Buffer.alloc(32, 7), creationHash: "" },
    },
  });
  await prisma().project.update({ where: { id: projectId }, data: { showSuggestions: true } });
  const suggested = await suggest(projectId, articleId, "the weir would fail");
  const unwanted = await suggest(projectId, articleId, "Nobody was hurt, it is said");
  return {
    ...{ ...desk, articleId, theirs, own, me, batch, webhook, thread: thread.id, suggested, unwanted },
    people: [desk.a, me],
  };
}

const CLOCK = /\d{4}-\d\d-\d\d[T_ ]\d\d:\d\d:\d\d(\.\d+)?(Z|\+00)?|\d{4}-\d\d-\d\d/g;

/** The address of every answer to what was answered. */
async function crawl(world: World, me: Member): Promise<ReadonlyMap<string, string>> {
  const ids: Readonly<Record<string, readonly string[]>> = {
    project: [world.projectId],
    article: [world.articleId],
    review: [world.theirs, world.own],
    case: (await prisma().case.findMany({ where: { projectId: world.projectId }, select: { id: true } }))
      .map((c) => c.id)
      .concat(randomUUID()),
    user: world.people.map((one) => one.person.id),
    batch: [world.batch],
    invitation: [randomUUID()],
    thread: [world.thread],
    orphan: [randomUUID()],
    webhook: [world.webhook],
    delivery: [randomUUID()],
    rule: ["1.1"],
    session: [randomUUID()],
    token: [randomUUID()],
    release: ["1"],
    file: ["index.jsonl"],
  };
  const answers = new Map<string, string>();
  for (const folder of routesIn(ROOT)) {
    const name = path.relative(ROOT, folder);
    const { GET } = (await import(path.join(folder, "route.ts"))) as { GET?: Handler };
    if (!GET) continue;
    for (const params of combinations(name, ids))
      for (const asked of ["", ...(QUERIES[name] ?? [])]) {
        const query = asked.replace("ARTICLE", world.articleId);
        const response = await send(GET, { path: `/?${query}`, params, cookie: me.cookie });
        const headers = ["content-type", "etag", "last-modified", "content-disposition"].map((h) =>
          response.headers.get(h),
        );
        const place = name.startsWith("cases/[case]") ? name : `${name} ${JSON.stringify(params)}`;
        answers.set(
          `${place}?${query}`,
          [response.status, ...headers, ofOthers(await response.text(), me)].join("\n").replace(CLOCK, "T"),
        );
      }
  }
  const pages = {
    queue: await queueOverview(me.actor, world.projectId),
    overview: await projectOverview(me.actor, world.projectId),
    cases: await articleDesk(me.actor, world.articleId),
    counts: await caseCounts(me.actor, world.projectId),
    gold: await goldDiff(me.actor, world.own),
    theirs: await goldDiff(me.actor, world.theirs),
    agreement: await projectAgreement(me.actor, world.projectId, agreementSchema.parse({ replicates: 10 })),
  };
  for (const [name, found] of Object.entries(pages))
    answers.set(`page ${name}`, JSON.stringify(found).replace(CLOCK, "T"));
  return answers;
}

/** What the crawl itself left in the audit is the crawler's own. */
function ofOthers(body: string, me: Member): string {
  if (!body.includes('"review.changed"') && !body.includes('"export.made"')) return body;
  const { items } = JSON.parse(body) as { items: { type: string }[] };
  return JSON.stringify(
    items.filter((item) => item.type !== "export.made" || !JSON.stringify(item).includes(me.person.id)),
  );
}

function combinations(name: string, ids: Readonly<Record<string, readonly string[]>>): Record<string, string>[] {
  const names = [...name.matchAll(/\[(?:\.\.\.)?(\w+)\]/g)].map(([, one]) => one ?? "");
  return names.reduce<Record<string, string>[]>(
    (made, one) => {
      const values = ids[one];
      if (!values) throw new Error(`${name}: this test does not know what ${one} is`);
      return made.flatMap((params) => values.map((value) => ({ ...params, [one]: value })));
    },
    [{}],
  );
}

/** Only what differs, so that a failure shows the leak and not the crawl. */
const differing = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>) =>
  [...new Set([...before.keys(), ...after.keys()])]
    .filter((key) => before.get(key) !== after.get(key))
    .map((key) => ({ key, before: before.get(key), after: after.get(key) }));

const CANARY = "canary of Annika";

/** What is said of Annika's marks is hidden as they are, also from whoever it names. */
async function fill({ theirs, a, adjudicator, thread, me, c, suggested, unwanted }: World): Promise<void> {
  const said = await postInThread(adjudicator.actor, thread, {
    body: `${CANARY}, @${me.person.name} and @${c.person.name}`,
  });
  if (!said.ok) throw new Error(said.message);
  const claim = put("the weir would fail", "CLAIM", {
    ...{ note: CANARY, attributes: { likelihood: "alleged" }, suggestion: suggested },
  });
  const denial = put("The council denied", "DENIAL");
  const done = await changeReview(a.actor, theirs, [
    ...[claim, denial, link("denies", denial.span.id, claim.span.id), dismiss(unwanted)],
  ]);
  if (!done.ok) throw new Error(done.message);
}

beforeAll(() => {
  process.env.GLOSS_WEBHOOKS = "1";
});

// Crawling is long, and the machine may be busy.
describe("B01: who reviews an article learns nothing of another's marks there", { timeout: 300_000 }, () => {
  test("a reviewer: whether the other has marked nothing, much, or has submitted", async () => {
    const world = await makeWorld(({ b }) => b, ["REVIEWER"]);
    const empty = await crawl(world, world.me);
    await fill(world);
    expect(differing(empty, await crawl(world, world.me))).toEqual([]);
    expect(await submitReview(world.a.actor, world.theirs, { version: 1 })).toMatchObject({ ok: true });
    expect(differing(empty, await crawl(world, world.me))).toEqual([]);
  });

  test("a reviewer in whose queue the article is, and who has no review of it", async () => {
    const world = await makeWorld(({ b }) => b, ["REVIEWER"]);
    const empty = await crawl(world, world.c);
    await fill(world);
    await submitReview(world.a.actor, world.theirs, { version: 1 });
    expect(differing(empty, await crawl(world, world.c))).toEqual([]);
  });

  test.each<[string, Role[]]>([
    ["an editor", ["REVIEWER", "EDITOR"]],
    ["an adjudicator", ["REVIEWER", "ADJUDICATOR"]],
    ["a viewer", ["REVIEWER", "VIEWER"]],
    ["all at once", ["REVIEWER", "EDITOR", "ADJUDICATOR", "VIEWER"]],
  ])("whatever else they are: %s", async (_, roles) => {
    const world = await makeWorld(({ b }) => b, roles);
    const empty = await crawl(world, world.me);
    await fill(world);
    expect(differing(empty, await crawl(world, world.me))).toEqual([]);
    // That a review is submitted is the desk's business; what is in it is not, nor how much.
    await submitReview(world.a.actor, world.theirs, { version: 1 });
    const spans = await prisma().span.findMany({ where: { reviewId: world.theirs }, select: { id: true } });
    for (const { key, after = "" } of differing(empty, await crawl(world, world.me))) {
      for (const secret of [CANARY, "alleged", ...spans.map((s) => s.id)])
        expect(`${key}\n${after}`).not.toContain(secret);
      expect(after, key).not.toMatch(/"spans":\s*[1-9]/);
    }
  });

  test("the crawl sees marks where it may: an adjudicator who does not review the article", async () => {
    const world = await makeWorld(({ b }) => b, ["REVIEWER"]);
    const empty = await crawl(world, world.adjudicator);
    await fill(world);
    const seen = differing(empty, await crawl(world, world.adjudicator));
    expect(seen.map(({ key }) => key)).toContain(`reviews/[review] ${JSON.stringify({ review: world.theirs })}?`);
  });
});
