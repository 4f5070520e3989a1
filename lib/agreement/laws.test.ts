/** What must hold of the measures whatever the articles are. */
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { AgreementArticle, AgreementReview, AgreementSpan } from "./article";
import { BREAKDOWNS } from "./by";
import { disorder, dissimilarity } from "./gamma";
import { Nominal, Ordinal } from "./krippendorff";
import { Measurement, measure } from "./measure";
import { Random } from "./random";
import { article } from "./testing/articles";
import * as naive from "./testing/naive";

// Many cases a property: a busy machine may take its time.
vi.setConfig({ testTimeout: 60_000 });

const random = (articles: number, reviewers: string, spans: number, length: number): AgreementArticle[] => {
  const draw = new Random(11);
  return Array.from({ length: articles }, (_, a) => ({
    id: `d${a}`,
    length,
    reviews: [...reviewers].map(
      (reviewer): AgreementReview => ({
        reviewer,
        links: [],
        spans: Array.from({ length: spans }, (__, i): AgreementSpan => {
          const start = draw.below(length - 12);
          const label = ["CLAIM", "DENIAL"][draw.below(2)] ?? "CLAIM";
          return { id: `${a}${reviewer}${i}`, start, end: start + 4 + draw.below(8), label, attributes: {} };
        }),
      }),
    ),
  }));
};

describe("chance", () => {
  it("random marks agree near 0", () => {
    const { layered, u2016, characters, pairs } = measure(random(60, "abc", 5, 400), { replicates: 0 });
    for (const { value } of [layered.pooled, ...Object.values(layered.labels), ...pairs.map((p) => p.layered)])
      expect(Math.abs(value ?? 1)).toBeLessThan(0.06);
    const two = measure(random(60, "ab", 1, 400), { replicates: 0, seed: 3 });
    for (const { value } of [two.u2016.u, two.u2016.binary, two.characters.alpha, two.gamma])
      expect(Math.abs(value ?? 1)).toBeLessThan(0.12);
    expect([u2016.u.reason, characters.alpha.reason]).toEqual(["overlapping_spans", "overlapping_spans"]);
  });
});

describe("a reviewer doubled", () => {
  const doubled = (list: readonly AgreementArticle[]) =>
    list.map((a) => ({
      ...a,
      reviews: a.reviews.flatMap((r) => (r.reviewer === "a" ? [r, { ...r, reviewer: "a2" }] : [r])),
    }));
  const list = random(12, "abc", 4, 120);
  const before = measure(list, { replicates: 0 });
  const after = measure(doubled(list), { replicates: 0 });
  const pairOf = (report: typeof before, one: string, two: string) =>
    report.pairs.find((p) => p.reviewers.includes(one) && p.reviewers.includes(two));

  it("changes nothing between any two others, nor between them and any other", () => {
    for (const [one, two] of [
      ["a", "b"],
      ["a", "c"],
      ["b", "c"],
    ] as const) {
      const wanted = pairOf(before, one, two);
      expect(pairOf(after, one, two)).toEqual(wanted);
      if (one === "a")
        expect(pairOf(after, "a2", two)).toMatchObject({ strictF1: wanted?.strictF1, layered: wanted?.layered });
    }
  });

  it("agrees with themselves entirely", () => {
    expect(pairOf(after, "a", "a2")).toMatchObject({ strictF1: { value: 1 }, layered: { value: 1 } });
  });

  it("counts each of their differences twice in span F1, and each of their spans", () => {
    const [x, y] = [before.f1.strict.micro, after.f1.strict.micro];
    const own = pairOf(after, "a", "a2")?.strictF1;
    const others = ["b", "c"].map((r) => pairOf(before, "a", r)?.strictF1);
    const of = (key: "observed" | "expected") =>
      (x[key] ?? 0) + (own?.[key] ?? 0) + others.reduce((s, v) => s + (v?.[key] ?? 0), 0);
    expect([y.observed, y.expected]).toEqual([of("observed"), of("expected")]);
  });

  it("is no difference where everybody is doubled in an article of one mind", () => {
    const same = list.map((a) => ({
      ...a,
      reviews: a.reviews.map((r) => ({ ...(a.reviews[0] ?? r), reviewer: r.reviewer })),
    }));
    expect(measure(doubled(same), { replicates: 0 }).layered.pooled.value).toBe(1);
  });

  it("of spans: an exact duplicate changes nothing at all", () => {
    const twice = list.map((a) => ({
      ...a,
      reviews: a.reviews.map((r) => ({ ...r, spans: [...r.spans, ...r.spans.map((s) => ({ ...s, id: `${s.id}*` }))] })),
    }));
    const { layered, ...rest } = measure(twice, { replicates: 50 });
    const { layered: wanted, ...others } = measure(list, { replicates: 50 });
    expect(rest).toEqual(others);
    expect({ ...layered, merged: 0 }).toEqual({ ...wanted, merged: 0 });
    expect(layered.merged).toBeGreaterThan(wanted.merged);
  });
});

describe("parts and the whole", () => {
  const dated = random(18, "abc", 4, 120).map(
    (a, i): AgreementArticle => ({
      ...a,
      outlet: ["Post", "Wire", ""][i % 3] ?? null,
      regions: [
        { start: 0, end: 40, role: "headline" },
        { start: 40, end: 120, role: "body" },
      ],
      reviews: a.reviews.map((r) => ({
        ...r,
        submittedAt: new Date(Date.UTC(2026, 2, 1 + i * 3)).toISOString(),
        schemeVersion: 1,
        guidelineVersion: i < 9 ? 1 : 2,
      })),
    }),
  );
  const report = measure(dated, { replicates: 30, seed: 5, by: BREAKDOWNS });

  it("a section is what its articles give alone, with the same interval", () => {
    const keys: Readonly<Record<string, (a: AgreementArticle) => string | null>> = {
      outlet: (a) => a.outlet || null,
      month: (a) => a.reviews[0]?.submittedAt?.slice(0, 7) ?? null,
      guideline: (a) => String(a.reviews[0]?.guidelineVersion),
      scheme: () => "1",
    };
    for (const [by, keyOf] of Object.entries(keys)) {
      const sections = report.by[by as keyof typeof report.by] ?? [];
      expect(sections.reduce((sum, s) => sum + s.articles, 0)).toBe(18);
      for (const section of sections) {
        const alone = measure(
          dated.filter((a) => keyOf(a) === section.key),
          { replicates: 30, seed: 5 },
        );
        expect(section.articles).toBe(alone.articles);
        expect(section.layered.pooled).toEqual(alone.layered.pooled);
        expect(section.layered.interval).toEqual(alone.layered.interval);
        expect(section.f1.strict).toEqual(alone.f1.strict.micro);
        expect(section.f1.overlap).toEqual(alone.f1.overlap.micro);
      }
    }
  });

  it("weeks begin on Mondays", () => {
    expect(report.by.week?.map((s) => s.key).slice(0, 3)).toEqual(["2026-02-23", "2026-03-02", "2026-03-09"]);
  });

  it("a region is the article with that role alone in scope", () => {
    for (const { key, layered } of report.by.region ?? []) {
      const scope = key === "headline" ? [{ start: 0, end: 40 }] : [{ start: 40, end: 120 }];
      const alone = measure(
        dated.map((a) => ({ ...a, scope })),
        { replicates: 30, seed: 5 },
      );
      expect(layered.pooled).toEqual(alone.layered.pooled);
    }
  });

  it("a reviewer is every pair with them, each an article of two", () => {
    for (const { key, articles, layered, f1 } of report.by.reviewer ?? []) {
      const two = dated.flatMap((a) => {
        const own = a.reviews.find((r) => r.reviewer === key);
        const others = a.reviews.filter((r) => r !== own);
        return own ? others.map((r) => ({ ...a, reviews: [own, r] })) : [];
      });
      const alone = measure(two, { replicates: 30, seed: 5 });
      expect(articles).toBe(18);
      expect(layered.pooled).toEqual(alone.layered.pooled);
      expect(f1.strict).toEqual(alone.f1.strict.micro);
      // One article is one unit, however many others reviewed it.
      expect(layered.interval).toEqual(alone.layered.interval);
    }
  });

  it("one measurement answers several questions as if each were its own", () => {
    const counted = new Measurement({ by: BREAKDOWNS });
    for (const a of dated) counted.add(a);
    counted.report({ replicates: 10, seed: 1 });
    expect(counted.report({ replicates: 30, seed: 5 })).toEqual(report);
    expect(counted.report({ replicates: 30, seed: 5, by: [] })).toEqual({ ...report, by: {} });
  });
});

describe("gamma", () => {
  const units = fc.array(
    fc
      .tuple(fc.nat({ max: 30 }), fc.integer({ min: 1, max: 12 }), fc.constantFrom("C", "D"))
      .map(([start, size, label]) => ({ start, end: start + size, label })),
    { maxLength: 5 },
  );
  type Unit = { readonly start: number; readonly end: number; readonly label: string };
  /** Every alignment there is. */
  const least = ([first, ...rest]: readonly Unit[], b: readonly Unit[]): number =>
    first === undefined
      ? b.length
      : Math.min(
          1 + least(rest, b),
          ...b.map((other, i) => dissimilarity(first, other) + least(rest, b.toSpliced(i, 1))),
        );

  it("aligns as well as can be, by trying every alignment", () => {
    fc.assert(
      fc.property(units, units, (a, b) => {
        expect(disorder(a, b)).toBeCloseTo(least(a, b), 9);
      }),
      { numRuns: 150 },
    );
  });

  it("is 1 − observed / expected with the observed disorder of that alignment, and says how the expected one was had", () => {
    const [a, b] = [
      [
        { start: 2, end: 9, label: "C" },
        { start: 12, end: 20, label: "D" },
        { start: 30, end: 33, label: "C" },
      ],
      [
        { start: 3, end: 9, label: "C" },
        { start: 11, end: 22, label: "C" },
      ],
    ] as const;
    const spans = [
      ...a.map((u) => `a ${u.start}-${u.end} ${u.label}`),
      ...b.map((u) => `b ${u.start}-${u.end} ${u.label}`),
    ];
    const { gamma } = measure([article("d", 40, "ab", spans.join(", "))], { replicates: 0, seed: 9 });
    expect(gamma.observed).toBeCloseTo(least(a, b) / 2.5, 12);
    expect(gamma.value).toBeCloseTo(1 - (gamma.observed ?? 0) / (gamma.expected ?? 1), 12);
    expect(gamma).toMatchObject({ seed: 9, sampler: "shuffle" });
    expect(gamma.samples).toBeGreaterThanOrEqual(30);
    expect(gamma.precision).toBeLessThan(0.05);
  });

  it("refuses three reviewers with the reason", () => {
    expect(measure([article("d", 40, "abc", "a 0-4 C")], { replicates: 0 }).gamma).toMatchObject({
      value: null,
      reason: "too_large",
      samples: 0,
    });
  });
});

describe("alphas on values", () => {
  const unitsOf = <T>(value: fc.Arbitrary<T>) => fc.array(fc.array(value, { maxLength: 4 }), { maxLength: 7 });
  it("nominal equals comparing every pair of values", () => {
    fc.assert(
      fc.property(unitsOf(fc.constantFrom("x", "y", "z")), (list) => {
        const counted = new Nominal<string>();
        for (const unit of list) counted.add(unit);
        const wanted = naive.nominal(list);
        if (wanted === null) expect(counted.alpha().value).toBeNull();
        else expect(counted.alpha().value).toBeCloseTo(wanted, 9);
      }),
      { numRuns: 150 },
    );
  });
  it("ordinal equals comparing every pair of values", () => {
    fc.assert(
      fc.property(unitsOf(fc.nat({ max: 3 })), (list) => {
        const counted = new Ordinal(4);
        for (const unit of list) counted.add(unit);
        const wanted = naive.ordinal(list);
        if (wanted === null) expect(counted.alpha().value).toBeNull();
        else expect(counted.alpha().value).toBeCloseTo(wanted, 9);
      }),
      { numRuns: 150 },
    );
  });
});

describe("links", () => {
  const texts = ["x", "y"];
  const link = fc.record({ from: fc.nat({ max: 2 }), to: fc.oneof(fc.nat({ max: 2 }), fc.constantFrom(...texts)) });
  it("F1 equals the largest matching of links whose ends are matched, as long as no two are alike", () => {
    const places = ["0-5", "10-15", "20-25"];
    fc.assert(
      fc.property(
        fc.uniqueArray(link, { maxLength: 4, selector: (l) => JSON.stringify(l) }),
        fc.uniqueArray(link, { maxLength: 4, selector: (l) => JSON.stringify(l) }),
        (mine, theirs) => {
          const written = (list: typeof mine, who: string) =>
            list.map(({ from, to }) => ({
              type: "counters",
              from: `${who}:${places[from]}:C`,
              to: typeof to === "number" ? `${who}:${places[to]}:C` : null,
              toText: typeof to === "number" ? null : to,
            }));
          const spans = ["a", "b"].flatMap((who) => places.map((place) => `${who} ${place} C`)).join(", ");
          const { links } = measure(
            [article("d", 30, "ab", spans, { links: { a: written(mine, "a"), b: written(theirs, "b") } })],
            { replicates: 0 },
          );
          const most = naive.mostMatched(
            mine,
            theirs,
            (x, y) => x.from === y.from && (typeof x.to === "number" ? x.to === y.to : typeof y.to === "string"),
          );
          const all = mine.length + theirs.length;
          if (all === 0) expect(links.micro.value).toBeNull();
          else expect(links.micro.value).toBeCloseTo((2 * most) / all, 12);
        },
      ),
      { numRuns: 120 },
    );
  });

  it("without what was taken from an offer, when asked and beside", () => {
    const of = (who: string, accepted: boolean) => [
      { type: "counters", from: `${who}:0-5:C`, to: null, toText: "x", accepted },
      { type: "counters", from: `${who}:10-15:C`, to: null, toText: "y" },
    ];
    const list = [
      article("d", 30, "ab", "a 0-5 C, a 10-15 C, b 0-5 C, b 10-15 C", {
        links: { a: of("a", true), b: of("b", false) },
      }),
    ];
    const both = measure(list, { replicates: 0 });
    expect([both.links.micro.value, both.byHand.links.micro.value]).toEqual([1, 2 / 3]);
    expect(measure(list, { replicates: 0, accepted: false }).links).toEqual(both.byHand.links);
  });
});

describe("spans that were made of a suggestion", () => {
  it("are left out with their links, and counted, unless they are asked for: then nothing is otherwise than ever", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }), (taken) => {
        const whole = article("d", 40, "ab", "a 0-5 C, a 10-15 C, a 20-25 D, b 0-5 C, b 12-15 C, b 20-25 D", {
          links: { a: [{ type: "counters", from: "a:0-5:C", to: "a:10-15:C", toText: null }] },
        });
        let at = 0;
        const marked = (keep: boolean) => ({
          ...whole,
          reviews: whole.reviews.map((review) => {
            const spans = review.spans.map((span) => ({ span, made: taken[at++ % 6] === true }));
            const left = new Set(spans.flatMap(({ span, made }) => (made ? [] : [span.id])));
            return {
              ...review,
              spans: spans.flatMap(({ span, made }) =>
                keep ? [{ ...span, suggestion: made ? { by: "m" } : null }] : made ? [] : [span],
              ),
              links: keep
                ? review.links
                : review.links.filter(({ from, to }) => left.has(from) && (to === null || left.has(to))),
            };
          }),
        });
        const spans = taken.filter(Boolean).length;
        const given = marked(true);
        const { suggestions, ...without } = measure([given], { replicates: 0 });
        expect(suggestions).toEqual({ spans, counted: false });
        expect({ ...without, suggestions: { spans: 0, counted: false } }).toEqual(
          measure([marked(false)], { replicates: 0 }),
        );
        const all = measure([given], { replicates: 0, suggestions: true });
        expect({ ...all, suggestions: null }).toEqual({ ...measure([whole], { replicates: 0 }), suggestions: null });
        expect(all.suggestions).toEqual({ spans, counted: true });
      }),
      { numRuns: 40 },
    );
  });
});

describe("sources", () => {
  it("count by the name that the register has for them", () => {
    const said = (reviewer: string, source: string): AgreementReview => ({
      reviewer,
      links: [],
      spans: [{ id: reviewer, start: 0, end: 5, label: "ATTRIBUTION", attributes: { source } }],
    });
    const list = [{ id: "d", length: 9, reviews: [said("a", "The Board"), said("b", "Harbour  board")] }];
    const names = new Map([["the board", "harbour board"]]);
    expect(measure(list, { replicates: 0 }).attributes.ATTRIBUTION?.source?.alpha.observed).toBe(1);
    expect(measure(list, { replicates: 0, sources: names }).attributes.ATTRIBUTION?.source?.alpha.observed).toBe(0);
  });
});
