/** A batch as its screens show it. */
export type Purpose = "ordinary" | "calibration" | "training";

export type BatchRow = {
  readonly id: string;
  readonly name: string;
  readonly purpose: Purpose;
  readonly share: number | null;
  readonly followsId: string | null;
  readonly reviewersPerArticle: number | null;
  readonly priority: number;
  readonly deadline: string | null;
  readonly people: readonly string[];
  readonly articles: number;
  readonly open: number;
  readonly adjudication: number;
  readonly settled: number;
  readonly reviews: { readonly wanted: number; readonly submitted: number; readonly underWay: number };
};

export type PersonOption = { readonly userId: string; readonly name: string };

export const PURPOSES: readonly { readonly value: Purpose; readonly name: string; readonly does: string }[] = [
  { value: "ordinary", name: "ordinary work", does: "Goes to the queue; its reviews count." },
  {
    value: "calibration",
    name: "calibration",
    does: "Everyone named reviews every article; then you meet over the cases.",
  },
  {
    value: "training",
    name: "training against gold",
    does: "Settled articles, reviewed anew. These reviews do not vote; each is shown against gold when it is submitted.",
  },
];

/** "2 reviewers for 20 % of the articles, 1 for the rest". */
export function reviewersInWords(
  batch: Pick<BatchRow, "purpose" | "reviewersPerArticle" | "share" | "people">,
): string {
  if (batch.purpose === "calibration") return `all ${batch.people.length}`;
  if (batch.purpose === "training") return "each trainee";
  const count = batch.reviewersPerArticle === null ? "as the project" : String(batch.reviewersPerArticle);
  return batch.share === null ? count : `${count} for ${batch.share} %, 1 for the rest`;
}

/** Whoever only looks on is not asked to review. */
export const mayReview = (one: {
  readonly imported: boolean;
  readonly disabled: boolean;
  readonly roles: readonly string[];
}): boolean => !one.imported && !one.disabled && one.roles.some((role) => role !== "VIEWER");
