import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { DEFAULT_SCHEME } from "../scheme/default";
import { indexText } from "../text/codepoints";
import { type CaseSpan, spanIds } from "./case";
import { coveredBy } from "./extent";
import { findCases } from "./find";
import { hasNesting } from "./nesting";
import { rulesOf } from "./rules";
import { suggest, suggester } from "./suggest";

// Many cases a property: a busy machine may take its time.
vi.setConfig({ testTimeout: 60_000 });

const LABELS = ["CLAIM", "ATTRIBUTION", "DENIAL", "FRAMING"];
const REVIEWERS = ["a", "b", "c", "d"];

const span = fc.record({
  reviewer: fc.constantFrom(...REVIEWERS),
  start: fc.integer({ min: 0, max: 30 }),
  size: fc.integer({ min: 1, max: 20 }),
  label: fc.constantFrom(...LABELS),
});
const spans = fc
  .array(span, { maxLength: 25 })
  .map((list) =>
    list.map(({ size, ...s }, i): CaseSpan => ({ ...s, id: `s${i}`, end: s.start + size, attributes: {} })),
  );

const shuffled = <T>(items: readonly T[]) => fc.shuffledSubarray([...items], { minLength: items.length });

describe("findCases", () => {
  it("does not depend on the order of spans or reviewers", () => {
    const input = spans.chain((list) => fc.tuple(fc.constant(list), shuffled(list), shuffled(REVIEWERS)));
    fc.assert(
      fc.property(input, ([list, again, reviewers]) => {
        expect(findCases({ reviewers, spans: again })).toEqual(findCases({ reviewers: REVIEWERS, spans: list }));
      }),
    );
  });

  it("puts every span into exactly one case", () => {
    fc.assert(
      fc.property(spans, (list) => {
        const ids = findCases({ reviewers: REVIEWERS, spans: list }).flatMap(spanIds);
        expect([...ids].sort()).toEqual(list.map((s) => s.id).sort());
      }),
    );
  });

  it("is in order, names who marked nothing, and calls it AGREEMENT only when all are alike", () => {
    fc.assert(
      fc.property(spans, (list) => {
        const cases = findCases({ reviewers: REVIEWERS, spans: list });
        cases.forEach((c, i) => {
          const before = cases[i - 1];
          if (before) expect(before.start < c.start || (before.start === c.start && before.end <= c.end)).toBe(true);
          const present = new Set(c.members.map((m) => m.reviewer));
          expect(c.missing).toEqual(REVIEWERS.filter((r) => !present.has(r)));
          const alike = new Set(c.members.map((m) => `${m.start} ${m.end} ${m.label}`)).size === 1;
          expect(c.primary === "AGREEMENT").toBe(alike && present.size === 4 && c.members.length === 4);
          expect(c.primary).toBe(c.flags[0]);
        });
      }),
    );
  });

  it("equals the rules done naively, where nobody nests", () => {
    fc.assert(
      fc.property(
        spans.filter((list) =>
          LABELS.every((l) => !hasNesting(list.filter((s) => s.label === l).sort((x, y) => x.start - y.start))),
        ),
        (list) => {
          const found = findCases({ reviewers: REVIEWERS, spans: list }).map((c) => [...spanIds(c)].sort().join());
          expect([...found].sort()).toEqual(
            naively(list)
              .map((g) =>
                g
                  .map((s) => s.id)
                  .sort()
                  .join(),
              )
              .sort(),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it("every member shares a character with another, or is alone, or was matched by IoU", () => {
    fc.assert(
      fc.property(spans, (list) => {
        for (const c of findCases({ reviewers: REVIEWERS, spans: list })) {
          const meets = (m: CaseSpan) => c.members.some((o) => o !== m && o.start < m.end && m.start < o.end);
          expect(c.members.length === 1 || c.members.every(meets)).toBe(true);
        }
      }),
    );
  });
});

/** R1 and R2 word by word: every pair looked at, everything computed anew after each merge. */
function naively(list: readonly CaseSpan[]): CaseSpan[][] {
  let groups = list.map((s) => [s]);
  const meet = (x: CaseSpan, y: CaseSpan) => x.label === y.label && x.start < y.end && y.start < x.end;
  for (let changed = true; changed; ) {
    changed = false;
    for (const x of groups) {
      const y = groups.find((g) => g !== x && g.some((s) => x.some((t) => meet(s, t))));
      if (!y) continue;
      groups = [...groups.filter((g) => g !== x && g !== y), [...x, ...y]];
      changed = true;
      break;
    }
  }
  const { byLabel } = rulesOf(null, DEFAULT_SCHEME);
  const start = (g: CaseSpan[]) => Math.min(...g.map((s) => s.start));
  const end = (g: CaseSpan[]) => Math.max(...g.map((s) => s.end));
  const first = (g: CaseSpan[]) => g.map((s) => s.label).sort(byLabel)[0] ?? "";
  const place = (x: CaseSpan[], y: CaseSpan[]) => start(x) - start(y) || end(x) - end(y) || byLabel(first(x), first(y));
  for (;;) {
    const pairs = groups.flatMap((x) =>
      groups
        .filter((y) => x !== y && place(x, y) <= 0)
        .flatMap((y) => {
          const apart = !x.some((s) => y.some((t) => s.label === t.label || s.reviewer === t.reviewer));
          const best = Math.max(...x.flatMap((s) => y.map((t) => ratio(s, t))));
          return apart && best >= 0.5 ? [{ x, y, best }] : [];
        }),
    );
    pairs.sort((p, q) => q.best - p.best || place(p.x, q.x) || place(p.y, q.y));
    const top = pairs[0];
    if (!top) return groups;
    groups = [...groups.filter((g) => g !== top.x && g !== top.y), [...top.x, ...top.y]];
  }
}

function ratio(s: CaseSpan, t: CaseSpan): number {
  const inter = Math.max(0, Math.min(s.end, t.end) - Math.max(s.start, t.start));
  return inter / (s.end - s.start + t.end - t.start - inter);
}

describe("suggest", () => {
  it("stays inside the hull of the members, in order, without overlap or emptiness", () => {
    fc.assert(
      fc.property(spans, (list) => {
        for (const c of findCases({ reviewers: REVIEWERS, spans: list })) {
          const pieces = suggest(c)?.spans ?? [];
          expect(pieces.length).toBeGreaterThan(0);
          pieces.forEach(([start, end], i) => {
            expect(start >= Math.max(c.start, pieces[i - 1]?.[1] ?? 0) && start < end && end <= c.end).toBe(true);
          });
        }
      }),
    );
  });

  it("of an odd number of one-span voters is from median start to median end, where that is something", () => {
    const three = fc.tuple(...["a", "b", "c"].map((r) => span.map((s) => ({ ...s, reviewer: r, label: "CLAIM" }))));
    fc.assert(
      fc.property(three, (drawn) => {
        const list = drawn.map(({ size, ...s }, i) => ({ ...s, id: `s${i}`, end: s.start + size, attributes: {} }));
        const cases = findCases({ reviewers: ["a", "b", "c"], spans: list });
        const [c] = cases;
        const middle = (numbers: number[]) => numbers.sort((x, y) => x - y)[1] ?? 0;
        const [start, end] = [middle(list.map((s) => s.start)), middle(list.map((s) => s.end))];
        fc.pre(
          cases.length === 1 &&
            c !== undefined &&
            start < end &&
            Math.max(...list.map((s) => s.start)) < Math.min(...list.map((s) => s.end)),
        );
        expect(c && suggest(c)?.spans).toEqual([[start, end]]);
      }),
    );
  });

  it("begins and ends on whole, visible characters where there is a text", () => {
    const text = indexText("e\u0301 👩‍🚒 x  y\u00a0z ".repeat(8));
    fc.assert(
      fc.property(spans, (list) => {
        for (const c of findCases({ text, reviewers: REVIEWERS, spans: list.filter((s) => s.end <= text.length) })) {
          for (const [start, end] of suggest(c, { text })?.spans ?? []) {
            const words = text.slice({ start, end });
            if (text.slice(c).trim() === "") continue;
            expect(words).not.toBe("");
            if (words.trim() !== "") expect(words).toBe(words.trim());
          }
        }
      }),
    );
  });

  it("counts a reviewer who covers a stretch twice once", () => {
    const twice = [
      { reviewer: "a", start: 0, end: 10 },
      { reviewer: "a", start: 5, end: 15 },
      { reviewer: "b", start: 8, end: 12 },
    ];
    expect(coveredBy(twice, (n) => n >= 2)).toEqual([{ start: 8, end: 12 }]);
    expect(coveredBy(twice, (n) => n === 1)).toEqual([
      { start: 0, end: 8 },
      { start: 12, end: 15 },
    ]);
  });
});

describe("many spans", () => {
  it("10,000 spans on one text are found without looking at every pair", () => {
    let seed = 7;
    const random = (n: number) => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return seed % n;
    };
    const list = Array.from({ length: 10_000 }, (_, i): CaseSpan => {
      const start = random(200_000);
      return {
        id: `s${i}`,
        reviewer: REVIEWERS[i % 4] ?? "a",
        start,
        end: start + 1 + random(120),
        label: LABELS[random(4)] ?? "CLAIM",
        attributes: {},
      };
    });
    const cases = findCases({ reviewers: REVIEWERS, spans: list });
    expect(cases.flatMap(spanIds)).toHaveLength(10_000);
  });

  it("40,000 links between 20,000 cases are voted on without going through all of them for each case", () => {
    const list = Array.from({ length: 40_000 }, (_, i): CaseSpan => {
      const start = Math.floor(i / 2) * 10;
      return { id: `s${i}`, reviewer: i % 2 ? "b" : "a", start, end: start + 5, label: "CLAIM", attributes: {} };
    });
    const links = list.map((from, i) => {
      const ends = { from: from.id, to: `s${(i + 2) % 40_000}`, toText: null };
      return { reviewer: from.reviewer, type: "counters", ...ends };
    });
    const cases = findCases({ reviewers: ["a", "b"], spans: list, links });
    expect(cases).toHaveLength(20_000);
    const suggest = suggester({ links, cases });
    for (const c of cases) expect(suggest(c)?.links[0]?.votes.length).toBe(2);
  });

  it("10,000 spans of one reviewer on one place, each saying something else, are told apart at once", () => {
    const list = Array.from({ length: 10_000 }, (_, i): CaseSpan => {
      const attributes = { type: `words ${i % 9_000}` };
      return { id: `s${i}`, reviewer: "a", start: 0, end: 5, label: "CLAIM", attributes };
    });
    const cases = findCases({ reviewers: ["a", "b"], spans: list });
    expect(cases).toHaveLength(9_000);
    expect(cases.flatMap(spanIds)).toHaveLength(10_000);
  });
});
