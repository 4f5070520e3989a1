/** Short ways to write articles down in tests. Not part of the product. */
import { marks } from "../../cases/testing/marks";
import type { AgreementArticle, AgreementLink } from "../article";

/**
 * `article("d1", 60, "abc", "a 0-20 CLAIM, b 0-18 CLAIM")`: all of `reviewers` (one letter each) submitted, also those without a span.
 * Span ids are "reviewer:start-end:LABEL".
 */
export function article(
  id: string,
  length: number,
  reviewers: string,
  spans: string,
  more: Partial<AgreementArticle> & { readonly links?: Readonly<Record<string, readonly AgreementLink[]>> } = {},
): AgreementArticle {
  const { links = {}, ...rest } = more;
  const all = marks(spans);
  return {
    id,
    length,
    reviews: [...reviewers].map((reviewer) => ({
      reviewer,
      spans: all.filter((s) => s.reviewer === reviewer),
      links: links[reviewer] ?? [],
    })),
    ...rest,
  };
}
