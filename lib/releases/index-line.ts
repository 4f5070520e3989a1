/** What stands where in a release, without its text: a line an article, in the order of import. Releases are compared by these lines. */
import type { NativeArticle } from "../formats/native";

/** Whose span it is: "gold", or a reviewer's pseudonym. Offsets are code points. */
export type IndexSpan = readonly [layer: string, start: number, end: number, label: string];

export type IndexLine = {
  /** The article's place in the order of import, which it keeps for ever. */
  readonly position: string;
  readonly id: string;
  readonly title: string;
  readonly text_sha256: string;
  readonly length: number;
  readonly split: string | null;
  readonly spans: readonly IndexSpan[];
};

export const GOLD = "gold";

export function indexLine(article: NativeArticle, position: string): IndexLine {
  const of = (layer: string, spans: NativeArticle["reviews"][number]["spans"]) =>
    spans.map(({ start, end, label }): IndexSpan => [layer, start, end, label]);
  return {
    position,
    id: article.id ?? "",
    title: article.title ?? "",
    text_sha256: article.textSha256 ?? "",
    length: article.length,
    split: article.split,
    spans: [
      ...of(GOLD, article.gold?.spans ?? []),
      ...article.reviews.flatMap(({ reviewer, spans }) => of(reviewer, spans)),
    ],
  };
}
