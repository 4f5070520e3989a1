import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { POST as ALIKE } from "@/app/api/v1/cases/[case]/decisions/alike/route";
import { POST as DECIDE } from "@/app/api/v1/cases/[case]/decisions/route";
import { GET as PRECEDENTS } from "@/app/api/v1/cases/[case]/precedents/route";
import { GET as LIVE } from "@/app/api/v1/projects/[project]/live/route";
import { POST as PRESENCE } from "@/app/api/v1/projects/[project]/presence/route";
import { articleDesk } from "./article-desk";
import { caseCounts, listCases } from "./cases";
import { caseCountsSchema, caseListSchema } from "./cases.schema";
import type { CaseView } from "./cases-view";
import { fillWords } from "./cases-words";
import { prisma } from "./db";
import { type Live, liveView } from "./live.schema";
import { alikeView, precedentsView } from "./precedents.schema";
import { type Desk, finish, type Member, makeArticle, makeDesk, makeReview, put, review } from "./testing/desk";
import { send } from "./testing/people";

const FAIL = "the weir would fail";

/** Articles with the same words, each with one case on them that Annika marks and Boris does not. */
async function reprints(number: number, policies: Parameters<typeof makeDesk>[0] = {}) {
  const desk = await makeDesk(policies);
  const articles: string[] = [];
  for (let n = 0; n < number; n++) {
    const articleId = await makeArticle(desk.projectId, { title: `Reprint ${n}` });
    await review(desk, articleId, desk.a, [put(FAIL, "CLAIM", { attributes: { likelihood: "alleged" } })]);
    await review(desk, articleId, desk.b, []);
    articles.push(articleId);
  }
  return { ...desk, articles };
}

const casesOf = async (who: Member, articleId = ""): Promise<readonly CaseView[]> => {
  const found = await articleDesk(who.actor, articleId);
  if (!found.ok) throw new Error(found.message);
  return found.value.cases;
};

const decide = (who: Member, caseId: string, body: object) =>
  send(DECIDE, { method: "POST", params: { case: caseId }, cookie: who.cookie, body: { id: randomUUID(), ...body } });

const precedents = async (who: Member, caseId: string) => {
  const response = await send(PRECEDENTS, { params: { case: caseId }, cookie: who.cookie });
  return response.status === 200 ? precedentsView.parse(await response.json()) : response.status;
};

const alike = async (who: Member, caseId: string, body: object) => {
  const response = await send(ALIKE, { method: "POST", params: { case: caseId }, cookie: who.cookie, body });
  return response.status === 200 ? alikeView.parse(await response.json()) : response.status;
};

const list = async ({ adjudicator, projectId }: Desk, query: Record<string, string>) => {
  const found = await listCases(adjudicator.actor, projectId, caseListSchema.parse(query));
  if (!found.ok) throw new Error(found.message);
  return found.value.items;
};

describe("case law", () => {
  test("a ruling on the same words is shown, and is taken over with what it rests on", async () => {
    const desk = await reprints(2);
    const { adjudicator, articles } = desk;
    const [[first], [second]] = [await casesOf(adjudicator, articles[0]), await casesOf(adjudicator, articles[1])];
    if (!first || !second) throw new Error("no cases");
    expect(await precedents(adjudicator, second.id)).toEqual({ items: [], alike: 1 });
    const ruled = await decide(adjudicator, first.id, {
      action: "union",
      reasonCode: "missed",
      rule: "2.1",
      note: "An assessment.",
    });
    const { id: lead } = (await ruled.json()) as { id: string };
    const law = await precedents(adjudicator, second.id);
    expect(law).toMatchObject({
      items: [
        {
          caseId: first.id,
          same: true,
          article: { title: "Reprint 0" },
          decision: { id: lead, reasonCode: "missed", rule: "2.1", by: "Judith" },
          gold: [{ quote: FAIL, label: "CLAIM" }],
          here: [{ start: second.start, end: second.end, label: "CLAIM", attributes: { likelihood: "alleged" } }],
        },
      ],
    });
    const here = typeof law === "number" ? [] : (law.items[0]?.here ?? []);
    const taken = await decide(adjudicator, second.id, { action: "edit", spans: here, follows: lead });
    expect(await taken.json()).toMatchObject({ follows: lead, spans: [{ label: "CLAIM", start: second.start }] });
    const invented = await decide(adjudicator, first.id, { action: "nothing", follows: randomUUID() });
    expect(invented.status).toBe(422);
    expect(await invented.json()).toMatchObject({ errors: [{ code: "unknown-decision" }] });
  });

  test("nothing of an article that the adjudicator reviews, nor of another project, nor for a reviewer", async () => {
    const desk = await reprints(2, { adjudicateOwn: true });
    const { adjudicator, second, articles, projectId, c } = desk;
    const [first] = await casesOf(adjudicator, articles[0]);
    const [other] = await casesOf(adjudicator, articles[1]);
    await decide(adjudicator, first?.id ?? "", { action: "nothing" });
    await makeReview(projectId, articles[0] ?? "", second);
    // Article 0 is settled: everyone on the desk may know of it.
    expect(await precedents(second, other?.id ?? "")).toMatchObject({ items: [{ here: [] }] });
    await prisma().article.update({ where: { id: articles[0] ?? "" }, data: { state: "ADJUDICATION" } });
    expect(await precedents(second, other?.id ?? "")).toEqual({ items: [], alike: 0 });
    expect(await precedents(c, other?.id ?? "")).toBe(404);
    const stranger = await reprints(1);
    const [theirs] = await casesOf(stranger.adjudicator, stranger.articles[0]);
    expect(await precedents(stranger.adjudicator, theirs?.id ?? "")).toEqual({ items: [], alike: 0 });
  });

  test("words that only a member marks are found too, after those of the whole case", async () => {
    const desk = await makeDesk();
    const [one, two] = [await makeArticle(desk.projectId), await makeArticle(desk.projectId)];
    await review(desk, one, desk.a, [put(FAIL)]);
    await review(desk, one, desk.b, [put(FAIL, "CLAIM", { attributes: { likelihood: "certain" } })]);
    await review(desk, two, desk.a, [put(FAIL)]);
    await review(desk, two, desk.b, [put(`that ${FAIL}`)]);
    const [first] = await casesOf(desk.adjudicator, one);
    const [second] = await casesOf(desk.adjudicator, two);
    await decide(desk.adjudicator, first?.id ?? "", { action: "suggestion" });
    expect(await precedents(desk.adjudicator, second?.id ?? "")).toMatchObject({
      items: [{ same: false, here: [{ start: (second?.start ?? 0) + 5, end: second?.end }] }],
      alike: 0,
    });
  });

  test("cases from before words were kept are filled in at the next start", async () => {
    const { adjudicator, articles, projectId } = await reprints(2);
    const kept = await prisma().case.findMany({ where: { projectId }, orderBy: { id: "asc" } });
    await prisma().case.updateMany({ where: { projectId }, data: { words: [], unsure: null } });
    expect(await fillWords()).toBe(2);
    expect(await fillWords()).toBe(0);
    expect(await prisma().case.findMany({ where: { projectId }, orderBy: { id: "asc" } })).toEqual(kept);
    const [first] = await casesOf(adjudicator, articles[0]);
    expect(await precedents(adjudicator, first?.id ?? "")).toEqual({ items: [], alike: 1 });
  });
});

describe("POST /cases/{c}/decisions/alike", () => {
  test("first a list, then a decision for each that was wanted; what has changed is left alone", async () => {
    const desk = await reprints(5);
    const { adjudicator, articles, projectId } = desk;
    const cases = (await Promise.all(articles.map((id) => casesOf(adjudicator, id)))).flat();
    const [lead, wanted, unwanted, decided, other] = cases.map((one) => one.id);
    if (!lead || !wanted || !unwanted || !decided || !other) throw new Error("no cases");
    expect(await alike(adjudicator, lead, { dryRun: true })).toBe(409);
    await decide(adjudicator, lead, { action: "union", reasonCode: "missed", note: "An assessment." });
    const preview = await alike(adjudicator, lead, { dryRun: true });
    expect(preview).toMatchObject({ count: 4, left: 0, decisions: [] });
    expect(typeof preview === "number" ? [] : preview.cases.map((one) => one.article.title)).toEqual([
      "Reprint 1",
      "Reprint 2",
      "Reprint 3",
      "Reprint 4",
    ]);
    await decide(adjudicator, decided, { action: "nothing" });
    await prisma().case.update({ where: { id: other }, data: { labels: ["DENIAL"] } });
    expect(await alike(adjudicator, lead, { cases: [wanted, decided, other] })).toMatchObject({
      count: 1,
      cases: [{ id: wanted, words: [{ quote: FAIL, label: "CLAIM" }] }],
    });
    const rows = await prisma().decision.findMany({ where: { projectId, live: true }, orderBy: { at: "asc" } });
    expect(rows.map((row) => [row.caseId, row.action, row.reasonCode])).toEqual([
      [lead, "UNION", "missed"],
      [decided, "NOTHING", null],
      [wanted, "EDIT", "missed"],
    ]);
    expect(await list(desk, { status: "open" })).toHaveLength(2);
    const made = await prisma().auditEntry.count({ where: { projectId, type: "decision.made" } });
    expect(made).toBe(3);
  });

  test("other votes on the same words are another situation", async () => {
    const desk = await reprints(1);
    const articleId = await makeArticle(desk.projectId);
    await review(desk, articleId, desk.a, [put(FAIL)]);
    await review(desk, articleId, desk.b, [put(FAIL)]);
    const [first] = await casesOf(desk.adjudicator, desk.articles[0]);
    await decide(desk.adjudicator, first?.id ?? "", { action: "union" });
    expect(await alike(desk.adjudicator, first?.id ?? "", { dryRun: true })).toMatchObject({ count: 0, left: 0 });
  });

  test("a ruling on words that do not stand in the other case cannot be had there", async () => {
    const desk = await reprints(1);
    const text = `Elsewhere ${FAIL}, it was said.`;
    const articleId = await makeArticle(desk.projectId, { text });
    const own = await makeReview(desk.projectId, articleId, desk.a);
    await finish(desk.a, own, [
      {
        id: randomUUID(),
        kind: "span.put",
        span: { id: randomUUID(), base: 0, start: 10, end: 29, quote: FAIL, label: "CLAIM" },
      },
    ]);
    await review(desk, articleId, desk.b, []);
    const [first] = await casesOf(desk.adjudicator, desk.articles[0]);
    const { start = 0, end = 0 } = first ?? {};
    const spans = [{ id: randomUUID(), start: start - 5, end, label: "CLAIM" }];
    await decide(desk.adjudicator, first?.id ?? "", { action: "edit", spans });
    expect(await alike(desk.adjudicator, first?.id ?? "", { dryRun: true })).toMatchObject({ count: 0, left: 1 });
  });
});

describe("the queue's filters", () => {
  test("by pair, reason, whose decision, region; counts follow them; and the least sure first", async () => {
    const desk = await reprints(2);
    const { adjudicator, a, b, c, articles, projectId } = desk;
    const [first] = await casesOf(adjudicator, articles[0]);
    await decide(adjudicator, first?.id ?? "", { action: "nothing", reasonCode: "spurious" });
    const pair = (one: Member, other: Member) => ({ pair: `${one.person.id},${other.person.id}` });
    expect(await list(desk, { ...pair(b, a), reveal: "1" })).toHaveLength(2);
    expect(await list(desk, { ...pair(a, c), reveal: "1" })).toHaveLength(0);
    const hidden = await listCases(adjudicator.actor, projectId, caseListSchema.parse(pair(a, b)));
    expect(hidden).toMatchObject({ code: "malformed", errors: [{ path: "pair", code: "hidden" }] });
    expect(caseListSchema.safeParse(pair(a, a)).success).toBe(false);
    expect((await list(desk, { reason: "spurious" })).map((one) => one.id)).toEqual([first?.id]);
    expect(await list(desk, { reason: "boundary" })).toHaveLength(0);
    expect((await list(desk, { mine: "1" })).map((one) => one.id)).toEqual([first?.id]);
    expect(await list({ ...desk, adjudicator: desk.second }, { mine: "1" })).toHaveLength(0);
    expect(await list(desk, { region: "body" })).toHaveLength(2);
    const { articleId, start, end } = { articleId: articles[1] ?? "", start: 0, end: 90 };
    const { textLength } = await prisma().article.findUniqueOrThrow({ where: { id: articleId } });
    await prisma().region.create({ data: { projectId, articleId, textLength, start, end, role: "headline" } });
    expect(await list(desk, { region: "headline" })).toHaveLength(1);
    const counts = await caseCounts(adjudicator.actor, projectId, caseCountsSchema.parse({ region: "headline" }));
    expect(counts).toMatchObject({ value: { total: 1, status: { open: 1, decided: 0 }, kinds: { existence: 1 } } });
    const sure = await makeArticle(projectId);
    for (const who of [a, b]) await review(desk, sure, who, [put(FAIL)]);
    const order = await list(desk, { sort: "unsure" });
    expect(order.map((one) => one.primary)).toEqual(["MISSING", "MISSING", "AGREEMENT"]);
    const page = await listCases(adjudicator.actor, projectId, caseListSchema.parse({ sort: "unsure", limit: "2" }));
    const cursor = page.ok ? (page.value.nextCursor ?? "") : "";
    expect((await list(desk, { sort: "unsure", cursor })).map((one) => one.id)).toEqual([order[2]?.id]);
  });
});

describe("two at one desk", () => {
  const here = (who: Member, projectId: string, articleId: string | null, caseId: string | null = null) =>
    send(PRESENCE, { method: "POST", params: { project: projectId }, cookie: who.cookie, body: { articleId, caseId } });

  /** What the stream says next. */
  async function stream(who: Member, projectId: string, articleId: string) {
    const response = await send(LIVE, {
      path: `/?article=${articleId}`,
      params: { project: projectId },
      cookie: who.cookie,
      headers: { accept: "text/event-stream" },
    });
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    const reader = response.body?.getReader();
    const words = new TextDecoder();
    const next = async (): Promise<Live> => {
      const { value } = (await reader?.read()) ?? {};
      const data = /^data: (.*)$/m.exec(words.decode(value))?.[1];
      return data ? liveView.parse(JSON.parse(data)) : next();
    };
    return { next, close: () => reader?.cancel() };
  }

  test("each hears where the other is and what the other decides; and no more when they have gone", async () => {
    const desk = await reprints(1);
    const { adjudicator, second, editor, projectId } = desk;
    const articleId = desk.articles[0] ?? "";
    const [one] = await casesOf(adjudicator, articleId);
    const { next, close } = await stream(adjudicator, projectId, articleId);
    const first = await next();
    expect(first).toMatchObject({ people: [], decisions: [] });
    expect((await here(second, projectId, articleId, one?.id)).status).toBe(204);
    expect(await next()).toMatchObject({
      people: [{ userId: second.person.id, name: "Justin", articleId, title: "Reprint 0", caseId: one?.id }],
      stamp: first.stamp,
    });
    await decide(second, one?.id ?? "", { action: "nothing" });
    const after = await next();
    expect(after).toMatchObject({ decisions: [{ caseId: one?.id, action: "nothing", by: "Justin" }] });
    expect(after.stamp).not.toBe(first.stamp);
    const late = await decide(adjudicator, one?.id ?? "", { action: "union" });
    expect(late.status).toBe(409);
    expect(await late.json()).toMatchObject({ errors: [{ current: { by: "Justin", action: "nothing", spans: [] } }] });
    await here(second, projectId, null);
    expect(await next()).toMatchObject({ people: [] });
    await close();
    await here(editor, projectId, articleId);
    const asked = await send(LIVE, { params: { project: projectId }, cookie: adjudicator.cookie });
    expect(liveView.parse(await asked.json())).toMatchObject({ people: [{ name: "Edda", caseId: null }], stamp: null });
  });

  test("nothing of an article that one still reviews oneself", async () => {
    const desk = await reprints(2);
    const { adjudicator, second, projectId, articles } = desk;
    const [hidden = "", open = ""] = articles;
    const [one] = await casesOf(adjudicator, hidden);
    await here(adjudicator, projectId, hidden, one?.id);
    await decide(adjudicator, one?.id ?? "", { action: "nothing" });
    await makeReview(projectId, hidden, second);
    await prisma().article.update({ where: { id: hidden }, data: { state: "ADJUDICATION" } });
    const asked = async (article: string) =>
      (
        await send(LIVE, { path: `/?article=${article}`, params: { project: projectId }, cookie: second.cookie })
      ).json();
    expect(await asked(hidden)).toEqual({ people: [], decisions: [], stamp: null });
    expect(await asked(open)).toEqual({ people: [], decisions: [], stamp: expect.any(String) });
    expect((await here(second, projectId, hidden)).status).toBe(403);
  });
});
