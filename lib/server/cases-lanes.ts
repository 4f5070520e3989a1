/** Who is behind a lane: aliases in an order of their own for each adjudicator and article, so that nobody is known by their place. */
import { createHmac } from "node:crypto";
import { cookieSecret } from "./secret";

/** "A" to "Z", then "AA". */
export function laneName(place: number): string {
  const letter = String.fromCharCode(65 + (place % 26));
  return place < 26 ? letter : laneName(Math.floor(place / 26) - 1) + letter;
}

/**
 * Reviewer to lane. The same for one adjudicator and article every time, on every instance; keyed by the instance's secret, so that it
 * cannot be worked out from ids that are known.
 */
export function lanesFor(
  adjudicatorId: string,
  articleId: string,
  reviewers: readonly string[],
): ReadonlyMap<string, string> {
  const key = cookieSecret() ?? "gloss";
  const place = (reviewer: string) =>
    createHmac("sha256", key).update(`lanes ${adjudicatorId} ${articleId} ${reviewer}`).digest("hex");
  const shuffled = [...new Set(reviewers)].map((id) => ({ id, at: place(id) })).sort((a, b) => (a.at < b.at ? -1 : 1));
  return new Map(shuffled.map(({ id }, i) => [id, laneName(i)]));
}
