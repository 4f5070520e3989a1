/** How gold differs from what one reviewer marked, and why: shown after settlement. */
import type { z } from "zod";
import type { Actor } from "../access/actor";
import { canArticle } from "../access/can";
import { type DifferenceKind, differenceOf, type Mark, type MarkLink } from "../cases/differences";
import { notFound, ok, type Result, refuse } from "../result";
import { overlap, type Range } from "../text/range";
import { reviewFor } from "./access";
import { type Tx, transaction } from "./db";
import { type DecisionView, decisionsOf } from "./decisions-view";
import { goldOf } from "./gold";
import type { goldDiffView } from "./gold-diff.schema";
import { contentOf } from "./reviews";

export type GoldDiff = z.infer<typeof goldDiffView>;
type Place = GoldDiff["differences"][number];
type GoldMark = Mark & { readonly caseId: string | null; readonly decisionId: string };

/**
 * Case by case, in order of position. For whoever may see the review, once its article is settled; refuses conflict (409) before, and where
 * the review was never submitted, and while its gold is hidden from the actor.
 */
export const goldDiff = (actor: Actor, reviewId: string): Promise<Result<GoldDiff>> =>
  transaction(async (tx) => {
    const may = await reviewFor(tx, actor, reviewId, "review.see");
    if (!may.ok) return may;
    const { articleId, reviewerId, state } = may.value;
    // One's own review may always be seen; the gold beside it not while a later version is under one's review.
    if (state === "SETTLED" && !canArticle(actor, "gold.see", may.value))
      return refuse(
        "conflict",
        "You have an open review of this article or of a newer version. Its gold can be seen once that is submitted.",
      );
    return diffOf(tx, { reviewId, articleId, state, own: reviewerId === actor.userId });
  });

type Asked = {
  readonly reviewId: string;
  readonly articleId: string;
  readonly state: "OPEN" | "ADJUDICATION" | "SETTLED";
  readonly own: boolean;
};

/** The caller has checked that the actor may see the review. */
export async function diffOf(tx: Tx, { reviewId, articleId, state, own }: Asked): Promise<Result<GoldDiff>> {
  if (state !== "SETTLED") return refuse("conflict", "The article is not settled yet.");
  const review = await tx.review.findUnique({
    where: { id: reviewId },
    select: { status: true, training: true, reviewer: { select: { name: true } } },
  });
  const found = await goldOf(tx, articleId);
  if (!found || !review) return notFound();
  if (review.status !== "SUBMITTED") return refuse("conflict", "This review was not submitted.");
  const mine = withLinks(await contentOf(tx, reviewId));
  const gold = withLinks(found);
  const live = (await decisionsOf(tx, { articleId })).filter((decision) => decision.live);
  const cases = await casesOf(tx, articleId);
  const { places, lone } = review.training ? trained(cases, mine, gold, live) : { places: cases, lone: [] };
  const differences = [
    ...places.map((row) => placeOfCase(row, mine, gold, live)),
    ...lone.map((mark) => place(mark, null, [mark], [], undefined)),
    ...gold
      .filter((span) => span.caseId === null)
      .map((span) =>
        place(
          span,
          null,
          [],
          [span],
          live.find((one) => one.id === span.decisionId),
        ),
      ),
  ]
    .filter((one) => one.mine.length + one.gold.length > 0)
    .sort((a, b) => a.start - b.start || a.end - b.end);
  const count = (kind: DifferenceKind) => differences.filter((one) => one.kind === kind).length;
  return ok({
    reviewId,
    articleId,
    reviewer: review.reviewer.name,
    own,
    differences,
    counts: { same: count("same"), changed: count("changed"), dropped: count("dropped"), missed: count("missed") },
  });
}

type CaseRow = Range & { readonly id: string; readonly spanIds: readonly string[] };

const casesOf = (tx: Tx, articleId: string): Promise<CaseRow[]> => tx.$queryRaw<CaseRow[]>`
  SELECT "id", "start", "end", ARRAY(SELECT m->>'spanId' FROM jsonb_array_elements("members") m) AS "spanIds" FROM "Case"
   WHERE "articleId" = ${articleId}::uuid AND "status" <> 'CLOSED' ORDER BY "start", "end", "id"`;

/**
 * Training stands in no case. Each mark is held against the case whose gold, or else whose own words, it shares most with, of its label
 * first; what meets none is a mark that nobody who voted made.
 */
function trained(
  cases: readonly CaseRow[],
  mine: readonly Mark[],
  gold: readonly GoldMark[],
  live: readonly DecisionView[],
): { readonly places: readonly CaseRow[]; readonly lone: readonly Mark[] } {
  const found = new Map<string, string[]>();
  const lone: Mark[] = [];
  for (const mark of mine) {
    const [best] = cases
      .filter((row) => live.some((decision) => decision.caseId === row.id && decision.mergedInto === null))
      .map((row) => {
        const spans = gold.filter((span) => span.caseId === row.id);
        const at = spans.length > 0 ? spans : [{ ...row, label: "" }];
        const shared = Math.max(...at.map((span) => Math.min(mark.end, span.end) - Math.max(mark.start, span.start)));
        return { row, shared, same: spans.some((span) => span.label === mark.label && overlap(mark, span)) };
      })
      .filter(({ shared }) => shared > 0)
      .sort((a, b) => Number(b.same) - Number(a.same) || b.shared - a.shared);
    if (best) found.set(best.row.id, [...(found.get(best.row.id) ?? []), mark.id]);
    else lone.push(mark);
  }
  return { places: cases.map((row) => ({ ...row, spanIds: found.get(row.id) ?? [] })), lone };
}

function placeOfCase(
  row: CaseRow,
  all: readonly Mark[],
  gold: readonly GoldMark[],
  live: readonly DecisionView[],
): Place {
  const mine = all.filter((mark) => row.spanIds.includes(mark.id));
  const own = live.find((decision) => decision.caseId === row.id);
  // A merged case's gold is that of the case it was merged into; it is shown once, there.
  const spans = gold.filter((span) =>
    own?.mergedInto
      ? span.caseId === own.mergedInto && mine.some((mark) => overlap(mark, span))
      : span.caseId === row.id,
  );
  return place(row, row.id, mine, spans, own);
}

function place(
  at: Range,
  caseId: string | null,
  mine: readonly Mark[],
  gold: readonly Mark[],
  decision: DecisionView | undefined,
): Place {
  const { kind, parts } = differenceOf(mine, gold);
  return {
    start: Math.min(at.start, ...gold.map((g) => g.start)),
    end: Math.max(at.end, ...gold.map((g) => g.end)),
    caseId,
    kind,
    parts: [...parts],
    mine: mine.map(plain),
    gold: gold.map(plain),
    decision: decision ? why(decision) : null,
  };
}

const why = ({ id, action, reasonCode, note, rule, at }: DecisionView) => ({ id, action, reasonCode, note, rule, at });

const plain = ({ id, start, end, label, attributes, links }: Mark) => ({
  id,
  start,
  end,
  label,
  attributes: { ...attributes },
  links: links.map((link) => ({ ...link, at: link.at && { ...link.at } })),
});

type Content<S> = {
  readonly spans: readonly S[];
  readonly links: readonly {
    readonly type: string;
    readonly from: string;
    readonly to: string | null;
    readonly toText: string | null;
  }[];
};

/** Each span with its own links, whose targets are told by their words. */
function withLinks<S extends Omit<Mark, "links"> & { readonly quote: string }>({
  spans,
  links,
}: Content<S>): (S & Mark)[] {
  const byId = new Map(spans.map((span) => [span.id, span] as const));
  const told = ({ type, to, toText }: Content<S>["links"][number]): MarkLink => {
    const target = to === null ? undefined : byId.get(to);
    return target
      ? { type, words: target.quote, at: { start: target.start, end: target.end } }
      : { type, words: toText ?? "in another article", at: null };
  };
  return spans.map((span) => ({ ...span, links: links.filter((link) => link.from === span.id).map(told) }));
}
