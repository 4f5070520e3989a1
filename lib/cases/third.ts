/** Whether two reviews of an article are so far apart that a third is asked for. */
import type { Case } from "./case";

/** The reviewers differ in whether, what or where something is; edges of punctuation, attributes and links are the adjudicator's. */
const differs = ({ primary }: Pick<Case, "primary">): boolean =>
  primary === "LABEL" || primary === "SPLIT" || primary === "BOUNDARY" || primary === "MISSING";

/** `below`: per cent of the cases in which the two agree. An article without any case is one on which they agree. */
export function callsForThird(
  cases: readonly Pick<Case, "primary">[],
  policy: "never" | "differ" | "low",
  below: number,
): boolean {
  const apart = cases.filter(differs).length;
  if (policy === "never" || apart === 0) return false;
  return policy === "differ" || (cases.length - apart) * 100 < below * cases.length;
}
