/**
 * Links: F1 per type and over all. A link of one reviewer matches one of the other when the types are equal and both pairs of ends are
 * matched by the overlap matching of spans; a free-text target matches a free-text target. Shown also among those links of which both
 * ends are matched at all. A target in another article matches when `sameForeign` says so (by default: the same span).
 */
import type { AgreementLink, AgreementReview } from "./article";
import { WholeSum } from "./exact";
import { overlapPartners } from "./matching";
import type { Lane, Prepared } from "./prepare";
import { f1 } from "./span-f1";
import { none, type Reason, type Value } from "./value";

/** Whether two reviewers' targets outside the article are the same. */
export type SameForeign = (
  a: { readonly reviewer: string; readonly spanId: string },
  b: { readonly reviewer: string; readonly spanId: string },
) => boolean;

export type LinkAgreement = {
  readonly micro: Value;
  readonly givenEnds: Value;
  /** By type, by name; the types that somebody used. */
  readonly types: Readonly<Record<string, Value>>;
};

class Sums {
  readonly matched = new WholeSum();
  readonly all = new WholeSum();
}

export class Links {
  readonly #micro = new Sums();
  readonly #given = new Sums();
  readonly #types = new Map<string, Sums>();

  /** Without `accepted`, links that were taken from an offer are left out. */
  constructor(
    readonly sameForeign: SameForeign = (a, b) => a.spanId === b.spanId,
    readonly accepted = true,
  ) {}

  add(article: Prepared): void {
    const reviews = [...article.article.reviews]
      .map((r) => (this.accepted ? r : { ...r, links: r.links.filter((l) => !l.accepted) }))
      .sort((a, b) => (a.reviewer < b.reviewer ? -1 : 1));
    if (reviews.every((r) => r.links.length === 0)) return;
    reviews.forEach((one, i) => {
      for (let j = i + 1; j < reviews.length; j++) {
        const two = reviews[j];
        const [laneOne, laneTwo] = [article.lanes[i], article.lanes[j]];
        if (two && laneOne && laneTwo && one.links.length + two.links.length > 0)
          this.#addPair({ review: one, lane: laneOne }, { review: two, lane: laneTwo });
      }
    });
  }

  #addPair(one: Side, two: Side): void {
    const ends = new Ends(one, two, this.sameForeign);
    const free = [...ends.linksOfTwo];
    for (const link of ends.linksOfOne) {
      const at = free.findIndex((other) => ends.sameLink(link, other));
      if (at !== -1) free.splice(at, 1);
      this.#count(link.type, at === -1 ? 0 : 1, 1);
    }
    for (const link of ends.linksOfTwo) this.#count(link.type, 0, 1);
    this.#given.matched.add(ends.linksOfTwo.length - free.length);
    this.#given.all.add(ends.given());
  }

  #count(type: string, matched: number, all: number): void {
    const sums = this.#types.get(type) ?? new Sums();
    this.#types.set(type, sums);
    for (const s of [sums, this.#micro]) {
      s.matched.add(matched);
      s.all.add(all);
    }
  }

  report(reason: Reason | null): LinkAgreement {
    const types = [...this.#types].sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      micro: reason ? none(reason) : figureOf(this.#micro),
      givenEnds: reason ? none(reason) : figureOf(this.#given),
      types: Object.fromEntries(types.map(([type, sums]) => [type, figureOf(sums)])),
    };
  }
}

const figureOf = ({ matched, all }: Sums): Value => f1(matched.value, all.value, "no_pairable_values");

type Side = { readonly review: AgreementReview; readonly lane: Lane };

const standing = ({ lane }: Side, id: string): string => lane.twins.get(id) ?? id;

/** Links that start at a span in scope, and do not end in one of the same review that is out of it. */
function within(side: Side, own: ReadonlySet<string>): readonly AgreementLink[] {
  const kept = new Set(side.lane.marks.flatMap((marks) => marks?.spans.map((s) => s.id) ?? []));
  const isKept = (id: string) => kept.has(standing(side, id));
  return side.review.links.filter((l) => isKept(l.from) && (l.to === null || !own.has(l.to) || isKept(l.to)));
}

const ids = ({ review }: Side): ReadonlySet<string> => new Set(review.spans.map((s) => s.id));

/** Two reviewers' links, and their ends as the overlap matching pairs them. */
class Ends {
  readonly #partner = new Map<string, string>(); // of one's spans to two's
  readonly #matchedOfTwo: ReadonlySet<string>;
  readonly #ofOne: ReadonlySet<string>;
  readonly #ofTwo: ReadonlySet<string>;
  readonly linksOfOne: readonly AgreementLink[];
  readonly linksOfTwo: readonly AgreementLink[];

  constructor(
    readonly one: Side,
    readonly two: Side,
    readonly sameForeign: SameForeign,
  ) {
    one.lane.marks.forEach((marks, label) => {
      const others = two.lane.marks[label];
      if (!marks || !others) return;
      overlapPartners(marks, others).partners.forEach((partner, i) => {
        const [a, b] = [marks.spans[i], others.spans[partner]];
        if (a && b) this.#partner.set(a.id, b.id);
      });
    });
    this.#matchedOfTwo = new Set(this.#partner.values());
    this.#ofOne = ids(one);
    this.#ofTwo = ids(two);
    this.linksOfOne = within(one, this.#ofOne);
    this.linksOfTwo = within(two, this.#ofTwo);
  }

  #sameSpan = (a: string, b: string): boolean => this.#partner.get(standing(this.one, a)) === standing(this.two, b);

  sameLink(a: AgreementLink, b: AgreementLink): boolean {
    if (a.type !== b.type || !this.#sameSpan(a.from, b.from)) return false;
    if (a.to === null || b.to === null) return a.to === b.to;
    if (this.#ofOne.has(a.to) || this.#ofTwo.has(b.to)) return this.#sameSpan(a.to, b.to);
    return this.sameForeign(
      { reviewer: this.one.review.reviewer, spanId: a.to },
      { reviewer: this.two.review.reviewer, spanId: b.to },
    );
  }

  /** How many links of both have a partner for both ends; a target that is no span of the review counts as having one. */
  given(): number {
    const has = (side: Side, own: ReadonlySet<string>, matched: (id: string) => boolean) => (l: AgreementLink) =>
      matched(standing(side, l.from)) && (l.to === null || !own.has(l.to) || matched(standing(side, l.to)));
    const ofOne = this.linksOfOne.filter(has(this.one, this.#ofOne, (id) => this.#partner.has(id)));
    const ofTwo = this.linksOfTwo.filter(has(this.two, this.#ofTwo, (id) => this.#matchedOfTwo.has(id)));
    return ofOne.length + ofTwo.length;
  }
}
