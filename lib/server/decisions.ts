/** What adjudicators rule: on a case, or on an article for what nobody marked. Append-only; one live decision a case. */
import { type Actor, personOf } from "../access/actor";
import type { ArticleFacts } from "../access/can";
import { type DecideContext, type Decided, decide, decideCreation } from "../cases/decide";
import { type Fault, invalid, notFound, ok, type Refusal, type Result, refuse } from "../result";
import type { Missing } from "../spans/complete";
import { articleFor } from "./access";
import { type ArticleFile, type CaseRow, filesOf, lockArticles } from "./cases-file";
import { linksOf } from "./cases-marks";
import { settle } from "./cases-settle";
import { isUniqueViolation, type Tx, transaction } from "./db";
import type { ArticleDecisionInput, CaseDecisionInput } from "./decisions.schema";
import { type DecisionView, decisionsOf } from "./decisions-view";
import { contextOf, type Made, recordDecisions, requestHash, writeDecisions } from "./decisions-write";

/** `lacks`: what the scheme asks for and gold does not say yet; shown, never refused. */
export type DecisionAnswer = DecisionView & {
  readonly lacks: readonly Missing[];
  readonly articleState: ArticleFile["state"];
};

/** `made`: whether this request made it, or an earlier one with the same id and content. */
export type DecisionMade = { readonly made: boolean; readonly value: DecisionAnswer };

/** Rules on a case. Refuses: conflict (409) with the live decision where another lives and is not superseded. */
export const decideCase = (actor: Actor, caseId: string, input: CaseDecisionInput): Promise<Result<DecisionMade>> =>
  ruling(actor, input, async (tx) => {
    const row = await tx.case.findUnique({ where: { id: caseId }, select: { articleId: true } });
    return row ? { articleId: row.articleId, place: caseId, rule: (c) => ruleOnCase(c, caseId, input) } : null;
  });

/** Creates gold that nobody marked, or takes such a creation back. */
export const decideArticle = (
  actor: Actor,
  articleId: string,
  input: ArticleDecisionInput,
): Promise<Result<DecisionMade>> =>
  ruling(actor, input, async () => ({ articleId, place: articleId, rule: (c) => ruleOnArticle(c, input) }));

type Desk = { readonly tx: Tx; readonly actor: Actor; readonly file: ArticleFile; readonly context: DecideContext };
type Ruled = { readonly case: CaseRow | null; readonly decided: Decided };
type Place = {
  readonly articleId: string;
  readonly place: string;
  readonly rule: (desk: Desk) => Promise<Result<Ruled>>;
};

const inUse = (): Refusal =>
  refuse("conflict", "Nothing was decided: an id belongs to something else already.", [
    { path: "id", code: "id-taken", message: "Choose other ids; one of these is in use." },
  ]);

async function ruling(
  actor: Actor,
  input: CaseDecisionInput | ArticleDecisionInput,
  find: (tx: Tx) => Promise<Place | null>,
): Promise<Result<DecisionMade>> {
  const { revealed = false, ...request } = input;
  try {
    return await transaction(async (tx) => {
      const found = await find(tx);
      if (!found) return notFound();
      const { articleId, place, rule } = found;
      await lockArticles(tx, [articleId]);
      const may = await articleFor(tx, actor, articleId, "decide");
      if (!may.ok) return place === articleId ? may : hiding(tx, actor, articleId, may);
      const before = await tx.decision.findUnique({ where: { id: input.id }, select: { contentHash: true } });
      const hash = requestHash(place, request);
      if (before) return before.contentHash === hash ? repeated(tx, may.value, input.id) : inUse();
      const file = (await filesOf(tx, [articleId])).get(articleId);
      if (!file) return notFound();
      if (file.state === "OPEN")
        return refuse(
          "conflict",
          "The article still waits for reviews. Its cases are decided when they are submitted.",
          [{ path: "", code: "article-open", message: "The article is open.", current: { state: file.state } }],
        );

      const unknown = await unknownLead(tx, file, request.action === "reopen" ? undefined : request.follows);
      if (unknown) return unknown;
      const links = await linksOf(tx, articleId);
      const wanted = "links" in request ? (request.links ?? []).flatMap(({ to }) => (to ? [to] : [])) : [];
      const context = await contextOf(tx, file, links, wanted);
      const ruled = await rule({ tx, actor, file, context });
      if (!ruled.ok) return ruled;
      const making = {
        adjudicatorId: personOf(actor),
        alsoReviewed: may.value.ownReview === "SUBMITTED",
        anonymous: !revealed && file.state !== "SETTLED",
      };
      const made: Made = { ...ruled.value, request };
      if (!(await writeDecisions(tx, file, [made], making, links, context.foreign))) return inUse();
      await recordDecisions(tx, actor, file, [made]);
      const articleState = await settle(tx, articleId);
      return answer(tx, input.id, true, { lacks: made.decided.lacks, articleState });
    });
  } catch (error) {
    if (isUniqueViolation(error)) return inUse();
    throw error;
  }
}

/** A decision takes over the ruling of one that there is. */
async function unknownLead(tx: Tx, file: ArticleFile, follows: string | undefined): Promise<Refusal | null> {
  if (follows === undefined) return null;
  const there = await tx.decision.findFirst({
    where: { id: follows, projectId: file.projectId },
    select: { id: true },
  });
  const message = "There is no such decision in this project to follow.";
  return there ? null : invalid([{ path: "follows", code: "unknown-decision", message }], message);
}

/** Whoever may read the article, but not others' marks, learns nothing of a case: not even that there is one. */
async function hiding(tx: Tx, actor: Actor, articleId: string, refusal: Refusal): Promise<Refusal> {
  return (await articleFor(tx, actor, articleId, "marks.see")).ok ? refusal : notFound();
}

async function answer(
  tx: Tx,
  id: string,
  made: boolean,
  rest: Pick<DecisionAnswer, "lacks" | "articleState">,
): Promise<Result<DecisionMade>> {
  const [view] = await decisionsOf(tx, { ids: [id] });
  return view ? ok({ made, value: { ...view, ...rest } }) : notFound();
}

const repeated = (tx: Tx, facts: ArticleFacts, id: string): Promise<Result<DecisionMade>> =>
  answer(tx, id, false, { lacks: [], articleState: facts.state });

async function ruleOnCase(
  { tx, file, context }: Desk,
  caseId: string,
  input: CaseDecisionInput,
): Promise<Result<Ruled>> {
  const c = file.cases.find((one) => one.id === caseId);
  if (!c) {
    const message = "Nothing stands in this case any more; it is closed.";
    return refuse("conflict", message, [{ path: "", code: "closed", message }]);
  }
  const { revealed: _, ...request } = input;
  const live = context.liveOf(c);
  if (request.supersedes !== undefined && request.supersedes !== live) return withCurrent(tx, lives(live), live);
  const decided = decide(c, request, context);
  if (decided.ok) return ok({ case: c, decided: decided.value });
  return decided.code === "conflict" ? withCurrent(tx, decided, live) : decided;
}

const lives = (live: string | null): Refusal => {
  const message = live ? "This case has another decision by now." : "This case has no live decision to supersede.";
  return refuse("conflict", message, [{ path: "supersedes", code: live ? "decided" : "not-decided", message }]);
};

/** With the live decision whole, so that whoever comes second sees what was ruled. */
async function withCurrent(tx: Tx, refusal: Refusal, live: string | null): Promise<Refusal> {
  const [current] = live ? await decisionsOf(tx, { ids: [live] }) : [];
  const errors =
    refusal.errors.length > 0 ? refusal.errors : [{ path: "", code: "not-decided", message: refusal.message }];
  return { ...refusal, errors: errors.map((fault): Fault => ({ ...fault, current: current ?? null })) };
}

async function ruleOnArticle({ tx, file, context }: Desk, input: ArticleDecisionInput): Promise<Result<Ruled>> {
  const { revealed: _, ...request } = input;
  const { supersedes } = request;
  const live = file.decisions.find((d) => d.id === supersedes && d.caseId === null);
  if (supersedes !== undefined && !live) return withCurrent(tx, lives(null), null);
  if (request.action === "reopen")
    return ok({
      case: null,
      decided: { caseIds: [], spans: [], links: [], supersedes: [request.supersedes], stands: false, lacks: [] },
    });
  const decided = decideCreation(request, context);
  if (!decided.ok) return decided;
  return ok({ case: null, decided: { ...decided.value, supersedes: supersedes ? [supersedes] : [] } });
}
