import { describe, expect, it } from "vitest";
import type { AgreementArticle } from "./article";
import { measure } from "./measure";
import { article } from "./testing/articles";

const run = (articles: readonly AgreementArticle[]) => measure(articles, { replicates: 0 });

describe("layered u-alpha, worked examples", () => {
  it("four labels, overlapping, in two articles with other reviewers", () => {
    const { layered } = run([
      article(
        "one",
        60,
        "abc",
        `a 0-20 CLAIM, a 5-15 ATTRIBUTION, a 30-40 FRAMING, b 0-18 CLAIM, b 5-15 ATTRIBUTION, b 30-40 DENIAL,
         c 0-20 CLAIM, c 28-40 FRAMING`,
      ),
      article("two", 40, "ac", "a 10-20 DENIAL, c 10-20 DENIAL, c 12-18 ATTRIBUTION"),
    ]);
    expect(layered.pooled.value).toBeCloseTo(0.6568238344211221, 15);
    expect(Object.fromEntries(Object.entries(layered.labels).map(([l, v]) => [l, v.value]))).toEqual({
      CLAIM: 56031 / 58580,
      ATTRIBUTION: 6347 / 19773,
      DENIAL: 11233 / 17940,
      FRAMING: 69493 / 170170,
    });
    expect(layered.labels.CLAIM?.observed).toBe(4);
    expect(layered.labels.CLAIM?.expected).toBeCloseTo(91.9262455865045, 10);
    expect(layered.labels.ATTRIBUTION?.observed).toBe(32);
    expect(layered.labels.FRAMING?.expected).toBeCloseTo(40.56616704907774, 10);
  });

  it("one reviewer's overlapping spans of a label are one, and that is counted", () => {
    const { layered } = run([article("one", 30, "ab", "a 0-10 CLAIM, a 5-15 CLAIM, b 0-15 CLAIM")]);
    expect(layered.pooled).toMatchObject({ value: 1, observed: 0 });
    expect(layered.pooled.expected).toBeCloseTo(34.61538461538461, 10);
    expect(layered.merged).toBe(1);
  });

  it("touching spans are two segments", () => {
    const { layered } = run([article("one", 40, "ab", "a 10-20 CLAIM, b 10-15 CLAIM, b 15-20 CLAIM")]);
    expect(layered.merged).toBe(0);
    expect(layered.pooled.expected).toBeCloseTo(31.017770597738288, 10);
  });

  it("is divided once, so that a round figure is round", () => {
    const { layered } = run([
      article("one", 1000, "ab", "a 0-250 CLAIM, b 250-500 CLAIM"),
      article("two", 1000, "ab", "a 0-250 CLAIM, b 0-250 CLAIM"),
    ]);
    expect(String(layered.pooled.value).length).toBeLessThan(20);
    expect(layered.pooled.value).toBe(layered.labels.CLAIM?.value);
  });
});

describe("uα, |uα, cuα, (k)uα and alpha on code points, worked examples", () => {
  it("identical unitizations", () => {
    const { u2016, characters } = run([article("one", 30, "ab", "a 0-10 X, a 10-20 Y, b 0-10 X, b 10-20 Y")]);
    expect([u2016.u.value, u2016.binary.value, u2016.cu.value, characters.alpha.value]).toEqual([1, 1, 1, 1]);
    expect(u2016.ku).toMatchObject({ X: { value: 1, coverage: 1 }, Y: { value: 1, coverage: 1 } });
    expect(u2016.u.observed).toBe(0);
    expect(u2016.u.expected).toBeCloseTo(45.283018867924525, 10);
  });

  it("labels differ and nothing else: |uα stays 1, cuα does not", () => {
    const { u2016, characters } = run([
      article("one", 40, "ab", "a 5-15 CLAIM, a 20-30 DENIAL, b 5-15 CLAIM, b 20-30 FRAMING"),
    ]);
    expect(u2016.u.value).toBe(271 / 420);
    expect(u2016.u.observed).toBe(20);
    expect(u2016.binary.value).toBe(1);
    expect(u2016.cu.value).toBe(0.4);
    expect(characters.alpha.value).toBe(131 / 210);
    expect(u2016.ku).toMatchObject({
      CLAIM: { value: 1, coverage: 1 },
      DENIAL: { value: 0, coverage: 1 },
      FRAMING: { value: 0, coverage: 1 },
    });
  });

  it("several articles with other reviewers; one review alone counts for nothing, two empty ones do", () => {
    const { u2016, characters, labels, articles, articlesLeftOut } = run([
      article("one", 50, "abc", "a 0-10 CLAIM, a 20-30 ATTRIBUTION, b 0-12 CLAIM, b 20-30 DENIAL, c 2-10 CLAIM"),
      article("two", 30, "ac", "a 5-15 CLAIM, c 5-15 CLAIM"),
      article("three", 100, "b", "b 1-50 FRAMING"),
      article("four", 20, "bc", ""),
    ]);
    expect(u2016.u.value).toBe(563593 / 856250);
    expect(u2016.u.observed).toBe(38);
    expect(u2016.u.expected).toBeCloseTo(111.17964032980588, 10);
    expect(u2016.binary.value).toBe(40847 / 56250);
    expect(u2016.cu.value).toBe(99 / 194);
    expect(characters.alpha.value).toBe(8969 / 13700);
    expect(u2016.ku).toMatchObject({
      CLAIM: { value: 1, coverage: 0.92 },
      ATTRIBUTION: { value: 0, coverage: 0.5 },
      DENIAL: { value: 0, coverage: 0.5 },
    });
    expect(labels).toEqual(["CLAIM", "ATTRIBUTION", "DENIAL"]);
    expect([articles, articlesLeftOut]).toEqual([3, 1]);
  });

  it("a span cut in two touching ones is invisible to alpha, not to strict F1 and gamma", () => {
    const report = run([article("one", 40, "ab", "a 10-20 CLAIM, b 10-15 CLAIM, b 15-20 CLAIM")]);
    expect(report.u2016.u.value).toBe(1);
    expect(report.u2016.cu).toMatchObject({ value: null, reason: "no_variation" });
    expect(report.u2016.ku.CLAIM).toMatchObject({ value: null, reason: "no_variation", coverage: 1 });
    expect(report.f1.strict.micro.value).toBe(0);
    expect(report.gamma.value).toBeLessThan(1);
  });
});

describe("what is not defined is null with a reason", () => {
  const figures = (articles: readonly AgreementArticle[]) => {
    const r = run(articles);
    return {
      layered: r.layered.pooled.reason,
      u: r.u2016.u.reason,
      cu: r.u2016.cu.reason,
      characters: r.characters.alpha.reason,
      strict: r.f1.strict.micro.reason,
      normalised: r.f1.normalised.micro.reason,
      gamma: r.gamma.reason,
      links: r.links.micro.reason,
    };
  };
  it.each([
    ["no article", [], "single_reviewer"],
    ["one review", [article("one", 9, "a", "a 0-3 C")], "single_reviewer"],
  ])("%s: all of them", (_, articles, reason) => {
    expect(new Set(Object.values(figures(articles)))).toEqual(new Set([reason]));
  });

  it("nobody marked anything", () => {
    expect(figures([article("one", 9, "ab", "")])).toEqual({
      layered: "no_spans",
      u: "no_spans",
      cu: "no_spans",
      characters: "no_spans",
      strict: "no_spans",
      normalised: "no_text",
      gamma: "no_spans",
      links: "no_pairable_values",
    });
  });

  it("all marked everything", () => {
    expect(figures([article("one", 9, "ab", "a 0-9 C, b 0-9 C")])).toMatchObject({
      layered: "no_variation",
      u: "no_variation",
      cu: "no_variation",
      characters: "no_variation",
    });
  });

  it("a reviewer's spans overlap", () => {
    expect(figures([article("one", 30, "ab", "a 0-9 C, a 5-12 D, b 0-9 C")])).toMatchObject({
      layered: null,
      u: "overlapping_spans",
      cu: "overlapping_spans",
      characters: "overlapping_spans",
    });
  });

  it("labels never meet", () => {
    expect(figures([article("one", 30, "ab", "a 0-9 C, b 15-20 D")])).toMatchObject({
      u: null,
      cu: "no_pairable_values",
    });
  });

  it("more than two reviewers are too many for gamma", () => {
    expect(figures([article("one", 30, "abc", "a 0-9 C")])).toMatchObject({ gamma: "too_large" });
  });

  it("Fleiss wants as many raters everywhere", () => {
    const text = "one two three";
    const { tokens } = run([
      article("one", 13, "abc", "a 0-3 C, b 0-3 C", { text }),
      article("two", 13, "ab", "a 0-7 C", { text }),
    ]);
    expect(tokens.labels.C?.fleiss).toMatchObject({ value: null, reason: "unequal_raters" });
    expect(tokens.labels.C?.alpha.value).not.toBeNull();
  });
});

describe("scope", () => {
  it("what lies outside is left out of spans and of lengths, and counted", () => {
    // 40 of 100 characters are in scope; a span over the gap is one span, shorter by the gap.
    const scope = [
      { start: 10, end: 30 },
      { start: 50, end: 70 },
    ];
    const outer = run([article("one", 100, "ab", "a 5-60 C, b 12-60 C, a 80-90 C, b 29-51 D, a 29-50 D", { scope })]);
    const inner = run([article("one", 40, "ab", "a 0-30 C, b 2-30 C, b 19-21 D, a 19-20 D")]);
    expect(outer.layered.pooled).toEqual(inner.layered.pooled);
    expect(outer.f1).toEqual(inner.f1);
    expect(outer.confusion).toEqual(inner.confusion);
    expect(outer.outside).toEqual({ spans: 1, parts: 4, codePoints: 25 + 20 + 10 + 20 + 20 });
    expect(inner.outside).toEqual({ spans: 0, parts: 0, codePoints: 0 });
  });
});
