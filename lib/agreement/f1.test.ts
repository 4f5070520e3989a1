import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { halfMatched, overlapPartners, type Spans } from "./matching";
import { measure } from "./measure";
import { article } from "./testing/articles";

const f1 = (spans: string, text: string | null = null) =>
  measure([article("one", text === null ? 100 : [...text].length, "ab", spans, { text })], { replicates: 0 }).f1;

const value = (v: { readonly value: number | null } | undefined) => v?.value ?? null;

describe("span F1, worked examples", () => {
  it("mixed", () => {
    const found = f1(
      `a 0-20 CLAIM, a 5-15 ATTRIBUTION, a 30-40 FRAMING, a 50-60 DENIAL, a 70-75 CLAIM,
       b 0-18 CLAIM, b 5-15 ATTRIBUTION, b 30-40 DENIAL, b 52-60 DENIAL, b 80-85 CLAIM`,
    );
    expect(found.strict.micro).toEqual({ value: 0.2, reason: null, observed: 2, expected: 10 });
    expect(found.overlap.micro).toEqual({ value: 0.6, reason: null, observed: 6, expected: 10 });
    expect(found.iou50.micro.value).toBe(0.6);
    expect(found.characters.micro).toEqual({ value: 72 / 106, reason: null, observed: 72, expected: 106 });
    const labels = Object.keys(found.strict.labels);
    expect(labels).toEqual(["CLAIM", "ATTRIBUTION", "DENIAL", "FRAMING"]);
    expect(labels.map((l) => value(found.strict.labels[l]))).toEqual([0, 1, 0, 0]);
    expect(labels.map((l) => value(found.overlap.labels[l]))).toEqual([0.5, 1, 2 / 3, 0]);
    expect(labels.map((l) => value(found.characters.labels[l]))).toEqual([0.75, 1, 16 / 28, 0]);
  });

  it("both empty is no evidence", () => {
    const found = f1("");
    for (const kind of ["strict", "overlap", "iou50", "characters"] as const)
      expect(found[kind].micro).toEqual({ value: null, reason: "no_spans", observed: 0, expected: 0 });
  });

  it("one empty is 0", () => {
    expect(f1("a 0-9 CLAIM").strict.micro.value).toBe(0);
  });

  it("one against three touching ones is matched once", () => {
    const found = f1("a 0-40 CLAIM, b 0-10 CLAIM, b 10-20 CLAIM, b 20-40 CLAIM");
    expect([found.strict, found.overlap, found.iou50, found.characters].map((f) => f.micro.value)).toEqual([
      0, 0.5, 0.5, 1,
    ]);
    expect(found.overlap.micro).toMatchObject({ observed: 2, expected: 4 });
  });

  it("the normalised figure drops quotes, blanks and final signs from both ends", () => {
    const text = 'The mayor said: "Taxes fell." Nobody checked.';
    const spans = "a 16-29 CLAIM, b 17-27 CLAIM";
    expect(f1(spans, text).strict.micro.value).toBe(0);
    expect(f1(spans, text).normalised.micro.value).toBe(1);
    expect(f1(spans).normalised.micro).toMatchObject({ value: null, reason: "no_text" });
  });

  it("sums both sides over pairs and articles", () => {
    const { f1: found } = measure(
      [article("one", 50, "abc", "a 0-9 C, b 0-9 C, c 0-8 C"), article("two", 50, "ab", "a 0-9 C, a 20-29 C")],
      { replicates: 0 },
    );
    // ab 2/2, ac 0/2, bc 0/2; ab 0/2
    expect(found.strict.micro).toMatchObject({ observed: 2, expected: 8 });
  });
});

/** Kuhn's algorithm on every pair, as plainly as can be. */
function largest(a: Spans, b: Spans, mayMeet: (i: number, j: number) => boolean): number {
  const partner = new Map<number, number>();
  const augment = (i: number, seen: Set<number>): boolean =>
    b.start.some((_, j) => {
      if (seen.has(j) || !mayMeet(i, j)) return false;
      seen.add(j);
      const holder = partner.get(j);
      if (holder !== undefined && !augment(holder, seen)) return false;
      partner.set(j, i);
      return true;
    });
  return a.start.filter((_, i) => augment(i, new Set())).length;
}

const spans = fc
  .array(fc.tuple(fc.nat({ max: 40 }), fc.integer({ min: 1, max: 25 })), { maxLength: 14 })
  .map((list): Spans => {
    const sorted = list.map(([s, n]) => [s, s + n] as const).sort((x, y) => x[0] - y[0] || x[1] - y[1]);
    return { start: sorted.map(([s]) => s), end: sorted.map(([, e]) => e) };
  });

const inter = (a: Spans, b: Spans, i: number, j: number) =>
  Math.min(a.end[i] ?? 0, b.end[j] ?? 0) - Math.max(a.start[i] ?? 0, b.start[j] ?? 0);

describe("matchings", () => {
  it("by overlap: as large as any, one to one, and only of spans that meet", () => {
    fc.assert(
      fc.property(spans, spans, (a, b) => {
        const { count, partners } = overlapPartners(a, b);
        expect(count).toBe(largest(a, b, (i, j) => inter(a, b, i, j) > 0));
        const used = [...partners].filter((j) => j !== -1);
        expect(used).toHaveLength(count);
        expect(new Set(used).size).toBe(count);
        partners.forEach((j, i) => {
          if (j !== -1) expect(inter(a, b, i, j)).toBeGreaterThan(0);
        });
      }),
      { numRuns: 500 },
    );
  });

  it("by IoU of at least one half: as large as any", () => {
    fc.assert(
      fc.property(spans, spans, (a, b) => {
        const half = (i: number, j: number) => {
          const both = inter(a, b, i, j);
          const sum = (a.end[i] ?? 0) - (a.start[i] ?? 0) + ((b.end[j] ?? 0) - (b.start[j] ?? 0));
          return both > 0 && 2 * both >= sum - both;
        };
        expect(halfMatched(a, b)).toBe(largest(a, b, half));
        expect(halfMatched(b, a)).toBe(halfMatched(a, b));
      }),
      { numRuns: 500 },
    );
  });

  it("takes the identical span where there is one", () => {
    const a = { start: [0, 5], end: [20, 20] };
    expect([...overlapPartners(a, a).partners]).toEqual([0, 1]);
  });
});
