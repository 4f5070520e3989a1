/** One ruling on every case that is alike: the same words, as many votes for the same labels. Each gets a decision of its own. */
import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { type Actor, personOf } from "../access/actor";
import { canArticle } from "../access/can";
import { decide } from "../cases/decide";
import { type RuledWords, sameRuling, situation } from "../cases/same-words";
import { type DecisionRequest, REASON_CODES } from "../cases/schema";
import { notFound, ok, type Result, refuse } from "../result";
import { articleFacts, articleFor } from "./access";
import { filesOf, lockArticles } from "./cases-file";
import { linksOf } from "./cases-marks";
import { settle } from "./cases-settle";
import { wordKeys } from "./cases-words";
import { type Tx, transaction } from "./db";
import { type DecisionView, decisionsOf } from "./decisions-view";
import { contextOf, type Made, type Making, recordDecisions, writeDecisions } from "./decisions-write";
import { textOf, textsOf } from "./kept";
import { type Alike, alikeTo, caseStart } from "./precedents";
import type { AlikeInput, alikeView } from "./precedents.schema";

export type AlikeAnswer = z.infer<typeof alikeView>;

/** The ruling that is followed, and what a case must be like. */
type Lead = {
  readonly decision: DecisionView;
  readonly ruled: readonly RuledWords[];
  readonly words: string;
  readonly votes: string;
};

/**
 * Follows the live decision on a case in those that are alike and still open, an article a transaction; with `dryRun` only tells which.
 * What has changed meanwhile is left alone. Refuses: conflict (409) while the case itself is undecided.
 */
export async function decideAlike(actor: Actor, caseId: string, input: AlikeInput): Promise<Result<AlikeAnswer>> {
  const found = await transaction(async (tx) => {
    const start = await caseStart(tx, caseId);
    if (!start) return notFound();
    const may = await articleFor(tx, actor, start.articleId, "decide");
    if (!may.ok) return (await articleFor(tx, actor, start.articleId, "marks.see")).ok ? may : notFound();
    const [decision] = await decisionsOf(tx, { liveOfCases: [caseId] });
    if (!decision)
      return refuse("conflict", "This case has no decision that others could follow. Decide it first.", [
        { path: "", code: "not-decided", message: "The case is undecided." },
      ]);
    const text = await textOf(tx, start.textId);
    const lead: Lead = {
      decision,
      ruled: decision.spans.map((span) => ({ ...span, words: text.slice(span) })),
      words: start.words[0] ?? "",
      votes: situation({
        members: start.members.map((m) => ({ reviewer: m.reviewerId, label: m.label })),
        missing: start.missing,
      }),
    };
    const alike = await alikeTo(tx, actor, may.value, start);
    const wanted = input.cases && new Set(input.cases);
    const among = wanted ? alike.filter((one) => wanted.has(one.id)) : alike;
    return ok({ lead, among, fit: await fitting(tx, actor, lead, among) });
  });
  if (!found.ok) return found;
  const { lead, among, fit } = found.value;
  const decisions: string[] = [];
  const done = new Set<string>();
  if (!input.dryRun)
    for (const articleId of new Set(
      fit.map((one) => one.id).flatMap((id) => among.find((a) => a.id === id)?.articleId ?? []),
    )) {
      const ids = new Set(among.flatMap((one) => (one.articleId === articleId ? [one.id] : [])));
      const made = await followIn(actor, articleId, ids, lead);
      if (!made.ok) return made;
      for (const one of made.value) {
        decisions.push(one.decisionId);
        done.add(one.caseId);
      }
    }
  const cases = input.dryRun ? fit : fit.filter((one) => done.has(one.id));
  return ok({ dryRun: input.dryRun, count: cases.length, cases, left: among.length - cases.length, decisions });
}

/** Those in which the ruling can be had by this actor. */
async function fitting(tx: Tx, actor: Actor, lead: Lead, among: readonly Alike[]): Promise<AlikeAnswer["cases"]> {
  const texts = await textsOf(tx, [...new Set(among.map((one) => one.textId))]);
  const allowed = new Set<string>();
  for (const articleId of new Set(among.map((one) => one.articleId))) {
    const facts = await articleFacts(tx, actor, articleId);
    if (facts && canArticle(actor, "decide", facts)) allowed.add(articleId);
  }
  return among.flatMap((one) => {
    const text = texts.get(one.textId);
    const here = text && allowed.has(one.articleId) ? sameRuling(lead.ruled, one, text) : null;
    if (!text || !here) return [];
    return [
      {
        id: one.id,
        article: { id: one.articleId, title: one.title, outlet: one.outlet },
        quote: text.slice(one),
        words: here.map((span) => ({ quote: text.slice(span), label: span.label })),
      },
    ];
  });
}

const followIn = (actor: Actor, articleId: string, ids: ReadonlySet<string>, lead: Lead) =>
  transaction(async (tx) => {
    await lockArticles(tx, [articleId]);
    const facts = await articleFacts(tx, actor, articleId);
    const file = (await filesOf(tx, [articleId])).get(articleId);
    if (!facts || file?.state !== "ADJUDICATION" || !canArticle(actor, "decide", facts)) return ok([]);
    const links = await linksOf(tx, articleId);
    const context = await contextOf(tx, file, links);
    const made = file.cases.flatMap((c): Made[] => {
      const same = ids.has(c.id) && c.status === "OPEN" && situation(c) === lead.votes;
      if (!same || wordKeys(c, context.text)[0] !== lead.words) return [];
      const here = sameRuling(lead.ruled, c, context.text);
      if (!here) return [];
      const request = following(lead.decision, here);
      const decided = decide(c, request, context);
      return decided.ok ? [{ case: c, request, decided: decided.value }] : [];
    });
    const making: Making = {
      adjudicatorId: personOf(actor),
      alsoReviewed: facts.ownReview === "SUBMITTED",
      anonymous: lead.decision.anonymous,
    };
    if (!(await writeDecisions(tx, file, made, making, links, context.foreign)))
      throw new Error("an open case was decided under the article's lock");
    await recordDecisions(tx, actor, file, made);
    await settle(tx, articleId);
    return ok(made.map(({ case: c, request }) => ({ caseId: c?.id ?? "", decisionId: request.id })));
  });

function following(
  { id, reasonCode, note, rule }: DecisionView,
  here: NonNullable<ReturnType<typeof sameRuling>>,
): DecisionRequest {
  const code = REASON_CODES.find((one) => one === reasonCode);
  return {
    id: randomUUID(),
    follows: id,
    ...(here.length === 0
      ? { action: "nothing" }
      : {
          action: "edit",
          spans: here.map((span) => ({ ...span, id: randomUUID(), attributes: { ...span.attributes } })),
        }),
    ...(code ? { reasonCode: code } : {}),
    ...(note ? { note } : {}),
    ...(rule ? { rule } : {}),
  };
}
