/** The order in which cases are offered (agreement.md, 5): article by article, so that a text is read once. */
import { byName, type Case } from "./case";
import type { Suggestion } from "./suggest";

/**
 * How unsure the reviews leave a case, from 0 (all said the same) to 1 (they are evenly parted): the largest of how evenly they are
 * parted on whether there is anything, on the label, and on the ends (which weighs half).
 */
export function unsureness(c: Case, suggestion: Suggestion | null): number {
  if (!suggestion) return 1;
  const marked = c.submitted - c.missing.length;
  const existence = 1 - Math.abs(2 * marked - c.submitted) / c.submitted;
  const label = labelUnsureness(suggestion);
  const ends = c.flags.includes("SPLIT") || c.flags.includes("BOUNDARY") ? 0.5 : 0;
  const answers = c.flags.includes("ATTRIBUTE") || c.flags.includes("LINK") ? 0.25 : 0;
  return Math.max(existence, label, ends, answers);
}

/** The second label's voters for each of the first's; where a tie was broken by competence, the second's competence to the first's. */
function labelUnsureness({ votes, label, weights }: Suggestion): number {
  const [first = 0, second = 0] = Object.values(votes)
    .map((who) => who.length)
    .sort((a, b) => b - a);
  if (first === 0) return 0;
  if (first > second || label === null || !weights) return second / first;
  const sums = Object.entries(votes)
    .filter(([, who]) => who.length === first)
    .map(([key, who]) => ({ key, sum: who.reduce((sum, r) => sum + (weights[r] ?? 0), 0) }));
  const own = sums.find(({ key }) => key === label)?.sum ?? 0;
  return own === 0 ? 1 : Math.max(...sums.filter(({ key }) => key !== label).map(({ sum }) => sum)) / own;
}

export type QueuedArticle = {
  readonly id: string;
  /** Cases without a live decision, or with a stale one. */
  readonly undecided: number;
  /** In how many other articles passages of it stand; absent where that is not known. */
  readonly reprints?: number | undefined;
  /** Cases about a claim that can be checked. */
  readonly checkable?: number | undefined;
  /** Of its undecided cases, summed. */
  readonly unsure?: number | undefined;
};

/** For sort: articles with undecided cases first, then by reprints, checkable claims, unsureness; then as they stood. */
export const byWorth = (a: QueuedArticle, b: QueuedArticle): number =>
  Number(b.undecided > 0) - Number(a.undecided > 0) ||
  (b.reprints ?? 0) - (a.reprints ?? 0) ||
  (b.checkable ?? 0) - (a.checkable ?? 0) ||
  (b.unsure ?? 0) - (a.unsure ?? 0);

type Placed = Pick<Case, "start" | "end"> & { readonly id: string };

/** For sort, inside an article: by position. */
export const byPosition = (a: Placed, b: Placed): number => a.start - b.start || a.end - b.end || byName(a.id, b.id);

/** Whether a case is about a claim that can be checked, as most who answered say. */
export const isCheckable = (suggestion: Pick<Suggestion, "label" | "attributes"> | null): boolean =>
  suggestion?.label === "CLAIM" && suggestion.attributes.checkable !== "no";
