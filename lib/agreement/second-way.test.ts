/** Every measure against a second way of counting it (testing/naive.ts), on cases that each have a name and a reason to be here. */
import { describe, expect, it } from "vitest";
import type { AgreementArticle } from "./article";
import { measure } from "./measure";
import type { AgreementReport } from "./report";
import { article } from "./testing/articles";
import * as naive from "./testing/naive";
import type { Value } from "./value";

const one = (reviewers: string, spans: string, more: Partial<AgreementArticle> = {}) => [
  article("d", 40, reviewers, spans, more),
];
const text = "“Ab, cd,” he said: 12% fell. So it is, no?"; // 42 code points
const astral = "👩‍🚒 ran. 𝒳𝒴 “won” it; é, à!";
const written = (spans: string, words = text) => [article("d", [...words].length, "ab", spans, { text: words })];
const scope = [
  { start: 5, end: 15 },
  { start: 20, end: 34 },
];

const SETS: readonly (readonly [string, readonly AgreementArticle[]])[] = [
  ["nobody marked anything", one("ab", "")],
  ["all marked everything", one("ab", "a 0-40 C, b 0-40 C")],
  ["one marked everything, one nothing", one("ab", "a 0-40 C")],
  ["identical single spans", one("ab", "a 4-9 C, b 4-9 C")],
  ["identical spans of two labels", one("ab", "a 4-9 C, a 20-30 D, b 4-9 C, b 20-30 D")],
  ["the same place, other labels", one("ab", "a 4-9 C, b 4-9 D")],
  ["one label agreed, one in conflict", one("ab", "a 4-9 C, b 4-9 C, a 20-26 D, b 20-26 X")],
  ["apart", one("ab", "a 0-5 C, b 30-35 C")],
  ["touching", one("ab", "a 5-10 C, b 10-15 C")],
  ["one character in common", one("ab", "a 5-11 C, b 10-15 C")],
  ["one character long", one("ab", "a 5-6 C, b 5-6 C, a 8-9 C")],
  ["moved by one at the start", one("ab", "a 5-15 C, b 6-15 C")],
  ["moved by one at the end", one("ab", "a 5-15 C, b 5-14 C")],
  ["IoU of exactly a half", one("ab", "a 0-20 C, b 0-10 C")],
  ["IoU just under a half", one("ab", "a 0-21 C, b 0-10 C")],
  ["half moved", one("ab", "a 0-12 C, b 4-16 C")],
  ["nested, one label", one("ab", "a 0-30 C, b 10-15 C")],
  ["nested, two labels", one("ab", "a 0-30 C, a 10-15 D, b 0-30 C, b 11-15 D")],
  ["cut in two touching", one("ab", "a 10-20 C, b 10-15 C, b 15-20 C")],
  ["cut in two with a gap", one("ab", "a 10-20 C, b 10-14 C, b 16-20 C")],
  ["cut in three against two", one("ab", "a 0-9 C, a 10-19 C, b 0-6 C, b 6-12 C, b 12-19 C")],
  ["one long against many short", one("ab", "a 0-36 C, b 1-4 C, b 6-9 C, b 11-14 C, b 16-20 C, b 22-30 C")],
  ["a chain of overlaps", one("ab", "a 0-8 C, b 6-14 C, a 12-20 C, b 18-26 C, a 24-32 C")],
  ["crossed", one("ab", "a 0-10 C, a 8-20 C, b 5-9 C, b 9-14 C")],
  ["greedy by position would lose one", one("ab", "a 0-20 C, a 1-3 C, b 1-4 C, b 15-19 C")],
  ["own spans overlap, one label", one("ab", "a 0-10 C, a 5-15 C, b 0-15 C")],
  ["own spans overlap, three deep", one("ab", "a 0-10 C, a 2-12 C, a 4-14 C, b 1-13 C")],
  ["own spans nest", one("ab", "a 0-20 C, a 5-10 C, b 5-10 C")],
  ["own spans overlap, two labels", one("ab", "a 0-10 C, a 5-15 D, b 0-10 C, b 5-15 D")],
  ["an exact duplicate", one("ab", "a 4-9 C, a 4-9 C, b 4-9 C")],
  ["two labels on one range", one("ab", "a 4-9 C, a 4-9 D, b 4-9 C")],
  ["at both edges of the text", one("ab", "a 0-3 C, a 37-40 C, b 0-4 C, b 36-40 C")],
  ["one empty review among two", one("ab", "b 3-9 C, b 10-20 D")],
  ["three agree", one("abc", "a 4-9 C, b 4-9 C, c 4-9 C")],
  ["two of three", one("abc", "a 4-9 C, b 4-9 C")],
  ["one of three", one("abc", "a 4-9 C")],
  ["three labels in one place", one("abc", "a 4-9 C, b 4-9 D, c 4-9 X")],
  ["three boundaries", one("abc", "a 4-12 C, b 5-12 C, c 4-14 C")],
  ["three, some with their own overlap", one("abc", "a 4-12 C, a 8-16 C, b 5-15 C, c 30-34 D")],
  ["four reviewers, two against two", one("abcd", "a 4-9 C, b 4-9 C, c 20-30 C, d 20-30 C")],
  ["five reviewers", one("abcde", "a 0-9 C, b 0-8 C, c 1-9 C, d 0-9 D, e 20-25 X")],
  ["six reviewers, one marks", one("abcdef", "c 10-15 C")],
  ["two articles, the same reviewers", [...one("ab", "a 4-9 C, b 4-9 C"), article("e", 25, "ab", "a 0-5 D, b 3-9 D")]],
  ["two articles, other reviewers", [...one("ab", "a 4-9 C, b 5-9 C"), article("e", 25, "cd", "c 0-5 C, d 0-5 C")]],
  [
    "two articles, two and three reviewers",
    [...one("ab", "a 4-9 C, b 5-9 C"), article("e", 25, "abc", "a 0-5 C, b 0-5 C, c 0-6 C")],
  ],
  [
    "two, three and four reviewers",
    [
      ...one("ab", "a 4-9 C"),
      article("e", 25, "abc", "a 0-5 C, b 1-5 C"),
      article("f", 30, "abcd", "a 3-9 D, d 3-9 D"),
    ],
  ],
  ["one article that counts for nothing", [...one("ab", "a 4-9 C, b 4-9 C"), article("e", 25, "a", "a 0-5 X")]],
  ["an article that nobody marked", [...one("ab", "a 4-9 C, b 4-9 C"), article("e", 200, "ab", "")]],
  ["a label in one article only", [...one("ab", "a 4-9 C, b 4-9 C"), article("e", 25, "ab", "a 0-5 X")]],
  [
    "articles of very different length",
    [article("d", 6, "ab", "a 0-3 C, b 0-2 C"), article("e", 300, "ab", "a 100-180 C, b 120-190 C")],
  ],
  ["a scope that keeps all", one("ab", "a 4-9 C, b 5-9 C", { scope: [{ start: 0, end: 40 }] })],
  ["a scope with a gap, a span over it", one("ab", "a 10-25 C, b 11-24 C", { scope })],
  ["spans wholly out of scope", one("ab", "a 0-4 C, a 6-9 C, b 6-9 C, b 36-40 C", { scope })],
  ["spans that touch once the gap is cut out", one("ab", "a 10-15 C, a 20-24 C, b 10-24 C", { scope })],
  ["equal only in scope", one("ab", "a 2-9 C, b 5-9 C", { scope })],
  ["nothing in scope", one("ab", "a 0-4 C, b 0-4 C", { scope: [] })],
  ["words of a text", written("a 0-8 C, b 1-8 C, a 19-27 D, b 19-22 D")],
  ["half a word and a sign", written("a 2-3 C, b 3-4 C, a 8-9 D")],
  ["differs by quotes, blanks and signs only", written("a 0-9 C, b 1-7 C, a 10-18 D, b 9-17 D")],
  ["pictures and letters beyond 16 bits", written("a 0-3 C, b 0-7 C, a 9-11 D, b 9-17 D", astral)],
  ["three reviewers of a text", [article("d", 42, "abc", "a 1-8 C, b 1-7 C, c 19-27 C", { text })]],
  [
    "unlike numbers of reviewers, with texts",
    [article("d", 42, "abc", "a 1-8 C, b 1-7 C", { text }), article("e", 42, "ab", "a 1-8 C, b 1-8 C", { text })],
  ],
];

const near = (found: number | null | undefined, wanted: number | null) => {
  if (wanted === null || Number.isNaN(wanted)) expect(found).toBeNull();
  else expect(found).toBeCloseTo(wanted, 9);
};

/** A disagreement measure: both sums, and the figure where chance leaves any. */
function alpha(found: Value | undefined, { observed, expected }: naive.Disagreement): void {
  if (found?.reason === "no_spans" || found?.reason === "overlapping_spans") return;
  expect(found?.observed).toBeCloseTo(observed, 8);
  expect(found?.expected).toBeCloseTo(expected, 7);
  near(found?.value, Math.abs(expected) < 1e-12 ? null : 1 - observed / expected);
}

const overlapping = (lines: readonly naive.Line[]) =>
  lines.some(({ reviews }) =>
    reviews.some(({ spans }) => spans.some((a) => spans.some((b) => a !== b && a.start < b.end && b.start < a.end))),
  );

describe.each(SETS)("%s", (_, articles) => {
  const report: AgreementReport = measure(articles, { replicates: 0 });
  const lines = naive.lines(articles);
  const { labels } = report;

  it("has the figures of the second way", () => {
    let pooled = { observed: 0, expected: 0 };
    for (const label of labels) {
      const wanted = naive.layered(lines, label);
      alpha(report.layered.labels[label], wanted);
      pooled = { observed: pooled.observed + wanted.observed, expected: pooled.expected + wanted.expected };
    }
    if (labels.length > 0) alpha(report.layered.pooled, pooled);
    else expect(report.layered.pooled).toMatchObject({ value: null, reason: "no_spans" });

    for (const kind of ["strict", "overlap", "iou50"] as const) {
      const [matched, all] = naive.spanF1(lines, labels, kind);
      near(report.f1[kind].micro.value, all === 0 ? null : matched / all);
      for (const label of labels) {
        const [tp, of] = naive.spanF1(lines, [label], kind);
        near(report.f1[kind].labels[label]?.value, of === 0 ? null : tp / of);
      }
    }
    const [both, characters] = naive.characterF1(lines, labels);
    near(report.f1.characters.micro.value, characters === 0 ? null : both / characters);

    for (const { reviewers, layered, strictF1, articles: n } of report.pairs) {
      const two = lines
        .map((l) => ({ ...l, reviews: l.reviews.filter((r) => reviewers.includes(r.reviewer)) }))
        .filter((l) => l.reviews.length === 2);
      expect(n).toBe(two.length);
      const [matched, all] = naive.spanF1(two, labels, "strict");
      near(strictF1.value, all === 0 ? null : matched / all);
      const sums = labels.map((label) => naive.layered(two, label));
      if (all > 0)
        alpha(layered, {
          observed: sums.reduce((s, x) => s + x.observed, 0),
          expected: sums.reduce((s, x) => s + x.expected, 0),
        });
    }
  });

  it("has the unitizing alphas of the second way, where no reviewer's own spans overlap", () => {
    if (overlapping(lines)) {
      for (const v of [report.u2016.u, report.u2016.binary, report.u2016.cu, report.characters.alpha])
        expect(v).toMatchObject({ value: null, reason: "overlapping_spans" });
      return;
    }
    const lanes = (label: (of: string) => string) =>
      lines.map(({ length, reviews }) => ({
        length,
        lanes: reviews.map((r) => r.spans.map((s) => ({ ...s, label: label(s.label) }))),
      }));
    alpha(report.u2016.u, naive.unitized(lanes((l) => l)));
    alpha(report.u2016.binary, naive.unitized(lanes(() => "any")));
    const wanted = naive.categories(lines, labels);
    if (labels.length > 0 && wanted.total > 0) {
      alpha(report.u2016.cu, wanted.cu);
      for (const label of labels) {
        const { observed, expected, coverage } = wanted.label(label);
        near(report.u2016.ku[label]?.coverage, coverage);
        if (report.u2016.ku[label]?.value !== null) near(report.u2016.ku[label]?.value, 1 - observed / expected);
      }
    }
    const characters = lines.flatMap(({ length, reviews }) =>
      Array.from({ length }, (__, at) =>
        reviews.map((r) => r.spans.find((s) => s.start <= at && at < s.end)?.label ?? "gap"),
      ),
    );
    if (labels.length > 0) near(report.characters.alpha.value, naive.nominal(characters));
  });

  it("has the kappas of the second way, where there is a text", () => {
    const [first] = articles;
    if (!first?.text || lines.length !== 1) return;
    const reviews = lines[0]?.reviews ?? [];
    for (const label of labels) {
      const table = naive.tokenTable(first.text, reviews, label);
      near(report.tokens.labels[label]?.fleiss.value, naive.fleiss(table));
      near(
        report.tokens.labels[label]?.alpha.value,
        naive.nominal((table[0] ?? []).map((__, i) => table.map((row) => String(row[i])))),
      );
      for (const { reviewers, cohen } of report.tokens.labels[label]?.pairs ?? []) {
        const [a = [], b = []] = reviewers.map((name) => table[reviews.findIndex((r) => r.reviewer === name)] ?? []);
        near(cohen.value, naive.cohen(a, b));
      }
    }
  });
});

it("there are at least sixty of them", () => {
  expect(new Set(SETS.map(([name]) => name)).size).toBeGreaterThanOrEqual(60);
});
