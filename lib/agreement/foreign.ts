/** Links that end in other articles: whether two reviewers mean the same span there. */
import type { AgreementArticle } from "./article";
import type { SameForeign } from "./links";
import { overlapPartners } from "./matching";
import { Names, type Prepared, prepare } from "./prepare";

type Place = { readonly article: Prepared; readonly lane: number; readonly label: number; readonly span: number };

/**
 * Knows the articles in which links of others end (only those need to be added), and says two targets the same when they are one span, or
 * two reviewers' spans of one article that the overlap matching pairs.
 */
export class ForeignTargets {
  readonly #places = new Map<string, Place>();
  readonly #reviewers = new Names();
  readonly #labels = new Names();

  add(source: AgreementArticle): void {
    const article = prepare(source, this.#reviewers, this.#labels);
    article.lanes.forEach((lane, l) => {
      lane.marks.forEach((marks, label) => {
        marks?.spans.forEach((span, i) => {
          this.#places.set(span.id, { article, lane: l, label, span: i });
        });
      });
      for (const [twin, standing] of lane.twins) {
        const place = this.#places.get(standing);
        if (place) this.#places.set(twin, place);
      }
    });
  }

  same: SameForeign = (a, b) => {
    if (a.spanId === b.spanId) return true;
    const [x, y] = [this.#places.get(a.spanId), this.#places.get(b.spanId)];
    if (!x || !y || x.article !== y.article || x.label !== y.label) return false;
    if (x.lane === y.lane) return x.span === y.span;
    const [mine, theirs] = [x.article.lanes[x.lane]?.marks[x.label], x.article.lanes[y.lane]?.marks[y.label]];
    return mine !== undefined && theirs !== undefined && overlapPartners(mine, theirs).partners[x.span] === y.span;
  };
}
