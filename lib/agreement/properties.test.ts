import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { AgreementArticle, AgreementReview } from "./article";
import { disagreement, intersection } from "./continuum";
import { toNumber, WeightedSum, WholeSum } from "./exact";
import { measure } from "./measure";
import { project } from "./projection";

// Many cases a property: a busy machine may take its time.
vi.setConfig({ testTimeout: 60_000 });

const LABELS = ["CLAIM", "DENIAL", "X"];
const LENGTH = 40;

const span = fc.tuple(fc.nat({ max: LENGTH - 1 }), fc.integer({ min: 1, max: 15 }), fc.constantFrom(...LABELS));

const review = (reviewer: string) =>
  fc.array(span, { maxLength: 6 }).map(
    (list): AgreementReview => ({
      reviewer,
      links: [],
      spans: list.map(([start, size, label], i) => ({
        id: `${reviewer}${i}`,
        start,
        end: Math.min(LENGTH, start + size),
        label,
        attributes: {},
      })),
    }),
  );

/** As they may stand where no reviewer's spans overlap: each span is cut to begin where the one before ends. */
const apart = (r: AgreementReview): AgreementReview => {
  let reach = 0;
  const spans = [...r.spans]
    .sort((a, b) => a.start - b.start)
    .flatMap((s) => {
      const start = Math.max(s.start, reach);
      if (start >= s.end) return [];
      reach = s.end;
      return [{ ...s, start }];
    });
  return { ...r, spans };
};

const text = "Ab, cd “efg” 12% hij. Klm-no pq; rst uvwxyz!".slice(0, LENGTH);

const articleOf = (reviewers: string) =>
  fc.tuple(...[...reviewers].map(review)).map((reviews) => ({ length: LENGTH, text, reviews }));
const articles = fc
  .array(fc.oneof(articleOf("ab"), articleOf("abc"), articleOf("bcd"), articleOf("c")), { minLength: 1, maxLength: 4 })
  .map((list) => list.map((a, i): AgreementArticle => ({ ...a, id: `d${i}` })));

const separate = (list: readonly AgreementArticle[]) => list.map((a) => ({ ...a, reviews: a.reviews.map(apart) }));

/** D_o and D_e summed character by character and reviewer by reviewer, as the paper writes it. */
function naively(
  list: readonly AgreementArticle[],
  merge: (r: AgreementReview) => [number, number, string][],
  categories: readonly string[],
) {
  const cells = new Map<string, number>();
  const squares = new Map<string, number>();
  let total = 0;
  const add = (map: Map<string, number>, key: string, n: number) => map.set(key, (map.get(key) ?? 0) + n);
  for (const { length, reviews } of list.filter((a) => a.reviews.length > 1)) {
    total += length * reviews.length;
    const lanes = reviews.map((r) => {
      const lane = new Array<string>(length).fill("gap");
      for (const [start, end, label] of merge(r)) {
        add(squares, label, (end - start) ** 2);
        lane.fill(label, start, end);
      }
      add(squares, "gap", lane.filter((c) => c === "gap").length);
      return lane;
    });
    lanes.forEach((one, i) => {
      lanes.forEach((two, j) => {
        if (i === j) return;
        for (const [at, c] of one.entries()) add(cells, `${c} ${two[at]}`, 1 / (reviews.length - 1));
      });
    });
  }
  const cell = (c: string, k: string) => cells.get(`${c} ${k}`) ?? 0;
  const marginal = (c: string) => categories.reduce((sum, k) => sum + cell(c, k), 0);
  const unlike = categories.flatMap((c) => categories.filter((k) => k !== c).map((k) => [c, k] as const));
  const paired = total ** 2 - categories.reduce((sum, c) => sum + (squares.get(c) ?? 0), 0);
  return {
    observed: unlike.reduce((sum, [c, k]) => sum + cell(c, k), 0),
    expected: unlike.reduce((sum, [c, k]) => sum + (total * marginal(c) * marginal(k)) / paired, 0),
  };
}

/** Merged where two share a character; touching ones stay two. */
function mergedOf(r: AgreementReview, label: string): [number, number, string][] {
  const merged: [number, number, string][] = [];
  for (const s of r.spans.filter((x) => x.label === label).sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = merged.at(-1);
    if (last && s.start < last[1]) last[1] = Math.max(last[1], s.end);
    else merged.push([s.start, s.end, label]);
  }
  return merged;
}

const close = (found: number | null, wanted: number) => expect(found).toBeCloseTo(wanted, 8);

describe("the sweep equals counting character by character", () => {
  it("layered u-alpha, each label and pooled", () => {
    fc.assert(
      fc.property(articles, (list) => {
        const { layered, labels } = measure(list, { replicates: 0 });
        let [observed, expected] = [0, 0];
        for (const label of labels) {
          const naive = naively(list, (r) => mergedOf(r, label), ["gap", label]);
          close(layered.labels[label]?.observed ?? null, naive.observed);
          close(layered.labels[label]?.expected ?? null, naive.expected);
          observed += naive.observed;
          expected += naive.expected;
        }
        if (labels.length > 0) close(layered.pooled.observed, observed);
        if (layered.pooled.value !== null) close(layered.pooled.value, 1 - observed / expected);
      }),
      { numRuns: 60 },
    );
  });

  it("uα and |uα", () => {
    fc.assert(
      fc.property(articles.map(separate), (list) => {
        const { u2016 } = measure(list, { replicates: 0 });
        if (u2016.u.reason === "no_spans" || u2016.u.reason === "single_reviewer") return;
        const all = naively(list, (r) => r.spans.map((s) => [s.start, s.end, s.label]), ["gap", ...LABELS]);
        close(u2016.u.observed, all.observed);
        close(u2016.u.expected, all.expected);
        const binary = naively(list, (r) => r.spans.map((s) => [s.start, s.end, "any"]), ["gap", "any"]);
        close(u2016.binary.observed, binary.observed);
        close(u2016.binary.expected, binary.expected);
      }),
      { numRuns: 60 },
    );
  });

  it("each pair's layered u-alpha is that of the two alone", () => {
    fc.assert(
      fc.property(articles, (list) => {
        const { pairs } = measure(list, { replicates: 0 });
        for (const { reviewers, articles: n, layered, strictF1 } of pairs) {
          const both = list
            .map((a) => ({ ...a, reviews: a.reviews.filter((r) => reviewers.includes(r.reviewer)) }))
            .filter((a) => a.reviews.length === 2);
          const alone = measure(both, { replicates: 0 });
          expect(n).toBe(both.length);
          expect(layered).toEqual(alone.layered.pooled);
          expect(strictF1).toEqual(alone.f1.strict.micro);
        }
      }),
      { numRuns: 15 },
    );
  });
});

/** Members that hold numbers made in another order could differ in their last digit; none of these may. */
const figures = (list: readonly AgreementArticle[]) => measure(list, { replicates: 20, seed: 3 });

describe("every measure", () => {
  it("does not depend on the order of articles, reviews or spans", () => {
    const input = articles.chain((list) => {
      const mixed = (a: AgreementArticle) =>
        fc
          .tuple(
            ...a.reviews.map((r) =>
              fc.shuffledSubarray([...r.spans], { minLength: r.spans.length }).map((spans) => ({ ...r, spans })),
            ),
          )
          .chain((reviews) => fc.shuffledSubarray(reviews, { minLength: reviews.length }))
          .map((reviews) => ({ ...a, reviews }));
      return fc.tuple(
        fc.constant(list),
        fc.tuple(...list.map(mixed)).chain((all) => fc.shuffledSubarray(all, { minLength: all.length })),
      );
    });
    fc.assert(
      fc.property(input, ([list, again]) => {
        expect(figures(again)).toEqual(figures(list));
      }),
      { numRuns: 60 },
    );
  });

  it("is 1, or null with a reason, for identical reviews", () => {
    fc.assert(
      fc.property(articles, (list) => {
        const same = list.map((a) => ({
          ...a,
          reviews: a.reviews.map((r) => ({ ...(a.reviews[0] ?? r), reviewer: r.reviewer })),
        }));
        const { layered, u2016, characters, f1, tokens, gamma, confusion } = measure(same, { replicates: 0 });
        const values = [
          layered.pooled,
          ...Object.values(layered.labels),
          u2016.u,
          u2016.binary,
          u2016.cu,
          ...Object.values(u2016.ku),
          characters.alpha,
          ...Object.values(f1).map((kind) => kind.micro),
          ...Object.values(tokens.labels).flatMap((t) => [t.fleiss, t.alpha, ...t.pairs.map((p) => p.cohen)]),
          gamma,
        ];
        for (const { value, reason } of values) {
          if (value === null) expect(reason).not.toBeNull();
          else expect([value, reason]).toEqual([1, null]);
        }
        for (const [label, row] of Object.entries(confusion)) expect(Object.keys(row)).toEqual([label]);
      }),
      { numRuns: 60 },
    );
  });

  it("never is more than 1, and F1 and observed figures never less than 0", () => {
    fc.assert(
      fc.property(articles, (list) => {
        const { layered, f1, pairs } = measure(list, { replicates: 0 });
        for (const v of [layered.pooled, ...Object.values(layered.labels), ...pairs.map((p) => p.layered)]) {
          if (v.value !== null) expect(v.value).toBeLessThanOrEqual(1);
        }
        for (const { micro } of Object.values(f1)) {
          if (micro.value === null) continue;
          expect(micro.value).toBeGreaterThanOrEqual(0);
          expect(micro.value).toBeLessThanOrEqual(1);
        }
        const [strict, normalised, overlap, iou50] = [f1.strict, f1.normalised, f1.overlap, f1.iou50].map(
          (k) => k.micro.observed ?? 0,
        );
        expect(strict).toBeLessThanOrEqual(normalised ?? 0);
        expect(strict).toBeLessThanOrEqual(iou50 ?? 0);
        expect(iou50).toBeLessThanOrEqual(overlap ?? 0);
      }),
      { numRuns: 100 },
    );
  });
});

describe("the parts", () => {
  const segments = fc
    .uniqueArray(fc.nat({ max: 50 }), { maxLength: 12 })
    .map((edges) => edges.sort((a, b) => a - b).slice(0, edges.length - (edges.length % 2)));
  const inside = (flat: readonly number[], at: number) =>
    flat.some((s, i) => i % 2 === 0 && s <= at && at < (flat[i + 1] ?? 0));
  const all = Array.from({ length: 51 }, (_, i) => i);

  it("disagreement and intersection", () => {
    fc.assert(
      fc.property(fc.array(segments, { minLength: 2, maxLength: 4 }), fc.nat({ max: 2 }), (lanes, empty) => {
        const m = lanes.length + empty;
        const naive = all.reduce((sum, at) => {
          const k = lanes.filter((flat) => inside(flat, at)).length;
          return sum + 2 * k * (m - k);
        }, 0);
        expect(disagreement(lanes, m)).toBe(naive);
        const [a = [], b = []] = lanes;
        expect(intersection(a, b)).toBe(all.filter((at) => inside(a, at) && inside(b, at)).length);
      }),
    );
  });

  it("projection counts what is in scope", () => {
    fc.assert(
      fc.property(segments, fc.nat({ max: 49 }), fc.integer({ min: 1, max: 20 }), (flat, start, size) => {
        const scope = flat.flatMap((s, i) => (i % 2 === 0 ? [{ start: s, end: flat[i + 1] ?? s }] : []));
        const { length, at, clip } = project(50, scope);
        const counts = (from: number, to: number) =>
          all.filter((p) => from <= p && p < to && p < 50 && inside(flat, p)).length;
        const end = Math.min(50, start + size);
        expect(length).toBe(counts(0, 50));
        expect(at(start)).toBe(counts(0, start));
        const part = clip({ start, end });
        if (part === null) expect(counts(start, end)).toBe(0);
        else {
          expect(at(part.end) - at(part.start)).toBe(counts(start, end));
          expect(inside(flat, part.start) && inside(flat, part.end - 1)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("sums stay whole beyond 2^53, and quotients are the nearest double", () => {
    const sum = new WholeSum();
    const weighted = new WeightedSum();
    const value = 2 ** 52 - 1;
    for (let i = 0; i < 9; i++) {
      sum.add(value);
      weighted.add(value, i % 2 === 0 ? 2 : 3);
    }
    expect(sum.value).toBe(9n * BigInt(value));
    expect(toNumber(weighted.value)).toBe(toNumber({ n: 23n * BigInt(value), d: 6n }));
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.integer({ min: 1, max: 2 ** 31 }), (n, d) => {
        expect(toNumber({ n: BigInt(n), d: BigInt(d) })).toBe(n === 0 ? 0 : n / d);
      }),
    );
    expect(toNumber({ n: -36n, d: 1000n })).toBe(-0.036);
  });
});
