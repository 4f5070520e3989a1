/** When an article is open, in adjudication, or settled (agreement.md, 4). */
export type ArticleState = "OPEN" | "ADJUDICATION" | "SETTLED";

export type ArticleProgress = {
  readonly submitted: number;
  /** How many reviews it is to get. */
  readonly wanted: number;
  /** An editor closed it before it had them. */
  readonly closedEarly: boolean;
  /** Of its cases that are not closed. A stale decision is back in the queue, so its case counts as undecided. */
  readonly cases: readonly { readonly decided: boolean; readonly stale: boolean }[];
};

/** Settled at once when there is no case. */
export function articleState({ submitted, wanted, closedEarly, cases }: ArticleProgress): ArticleState {
  if (submitted < wanted && !closedEarly) return "OPEN";
  return cases.every((c) => c.decided && !c.stale) ? "SETTLED" : "ADJUDICATION";
}
