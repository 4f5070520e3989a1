import { describe, expect, it } from "vitest";
import { DEFAULT_SCHEME } from "../scheme/default";
import type { AgreementArticle, AgreementLink } from "./article";
import { ForeignTargets } from "./foreign";
import { measure } from "./measure";
import { article } from "./testing/articles";

const run = (articles: readonly AgreementArticle[]) => measure(articles, { replicates: 0, scheme: DEFAULT_SCHEME });

/** One article in which each of the reviewers gives the claim at one place one value of an attribute; "" for none. */
function answers(attribute: string, ...values: readonly string[]): AgreementArticle {
  const names = "abcdef".slice(0, values.length);
  const made = article(values.join(), 50, names, [...names].map((r) => `${r} 0-9 CLAIM`).join(","));
  const given = (i: number) => (values[i] === "" ? {} : { [attribute]: values[i] ?? "" });
  return {
    ...made,
    reviews: made.reviews.map((r, i) => ({ ...r, spans: r.spans.map((s) => ({ ...s, attributes: given(i) })) })),
  };
}

describe("confusion", () => {
  it("counts each case and each two of the article's reviewers once", () => {
    const { confusion } = run([
      article(
        "one",
        99,
        "abc",
        "a 0-9 CLAIM, b 0-9 CLAIM, c 0-9 DENIAL, a 20-29 CLAIM, b 40-49 DENIAL, c 40-49 DENIAL",
      ),
      article("two", 99, "ab", "a 0-9 FRAMING"),
    ]);
    expect(confusion).toEqual({
      CLAIM: { CLAIM: 1, DENIAL: 2, none: 2 },
      DENIAL: { DENIAL: 1, none: 2 },
      FRAMING: { none: 1 },
    });
  });

  it("labels that coexist are no confusion", () => {
    expect(run([article("one", 99, "ab", "a 0-9 CLAIM, b 0-9 FRAMING")]).confusion).toEqual({
      CLAIM: { none: 1 },
      FRAMING: { none: 1 },
    });
  });
});

describe("attributes that were taken from an offer", () => {
  /** Each reviewer's value of `checkable`; a star says that it was taken. */
  const offered = (...values: readonly string[]): AgreementArticle => {
    const made = answers("checkable", ...values.map((v) => v.replace("*", "")));
    const accepted = (i: number) => (values[i]?.endsWith("*") ? { accepted: ["checkable"] } : {});
    return {
      ...made,
      reviews: made.reviews.map((r, i) => ({ ...r, spans: r.spans.map((s) => ({ ...s, ...accepted(i) })) })),
    };
  };
  const articles = [offered("yes*", "yes*"), offered("yes", "no"), offered("no", "no", "yes*")];
  const checkable = (accepted?: boolean) =>
    measure(articles, { replicates: 0, scheme: DEFAULT_SCHEME, ...(accepted === undefined ? {} : { accepted }) })
      .attributes.CLAIM?.checkable;

  it("count like any other unless asked otherwise", () => {
    const plain = [
      answers("checkable", "yes", "yes"),
      answers("checkable", "yes", "no"),
      answers("checkable", "no", "no", "yes"),
    ];
    expect(checkable()).toEqual(run(plain).attributes.CLAIM?.checkable);
    expect(checkable(true)).toEqual(checkable());
  });

  it("count as not given where asked to, as if the rest stood alone", () => {
    const byHand = [
      answers("checkable", "", ""),
      answers("checkable", "yes", "no"),
      answers("checkable", "no", "no", ""),
    ];
    expect(checkable(false)).toEqual(run(byHand).attributes.CLAIM?.checkable);
  });

  it("leave every other figure as it is", () => {
    const { attributes: _with, ...whole } = measure(articles, { replicates: 0, scheme: DEFAULT_SCHEME });
    const { attributes: _without, ...rest } = measure(articles, {
      replicates: 0,
      scheme: DEFAULT_SCHEME,
      accepted: false,
    });
    expect(rest).toEqual(whole);
  });
});

describe("attributes", () => {
  it("nominal, over cases that two or more marked alike", () => {
    const { attributes } = run([
      answers("checkable", "yes", "yes"),
      answers("checkable", "no", "no"),
      answers("checkable", "yes", "no"),
      answers("checkable", "yes", ""),
    ]);
    // Three units of two values: D_o = 2/6, D_e = 18/30.
    expect(attributes.CLAIM?.checkable).toEqual({
      level: "nominal",
      alpha: { value: 4 / 9, reason: null, observed: 1 / 3, expected: 0.6 },
      pairs: 3,
    });
  });

  it("ordinal where the scheme orders them; values outside the order count in the nominal figure only", () => {
    const { attributes } = run([
      answers("likelihood", "possible", "likely"),
      answers("likelihood", "certain", "certain"),
      answers("likelihood", "alleged", "alleged"),
      answers("likelihood", "alleged", "certain"),
    ]);
    const found = attributes.CLAIM?.likelihood;
    expect(found).toMatchObject({ level: "ordinal", pairs: 2, nominal: { pairs: 4 } });
    // possible 1, likely 1, certain 2: δ(possible, likely) = 1, δ(likely, certain) = 1.5, δ(possible, certain) = 2.5.
    expect(found?.alpha.observed).toBe(2 / 4);
    expect(found?.alpha.expected).toBe((2 * (1 + 2 * 1.5 ** 2 + 2 * 2.5 ** 2)) / 12);
  });

  it("free texts are left out, what is answered in two ways is no answer", () => {
    const twice = answers("type", "event", "event");
    const [a, b] = twice.reviews;
    if (!a || !b) throw new Error("two reviews");
    const more = { id: "again", start: 0, end: 8, label: "CLAIM", attributes: { type: "demand", hedge: "so to say" } };
    const { attributes } = run([
      { ...twice, reviews: [{ ...a, spans: [...a.spans, { ...more, start: 4, end: 12 }] }, b] },
    ]);
    expect(Object.keys(attributes.CLAIM ?? {})).toEqual(["type"]);
    expect(attributes.CLAIM?.type).toMatchObject({ pairs: 0, alpha: { reason: "no_pairable_values" } });
  });
});

describe("links", () => {
  const spans = "a 0-9 DENIAL, a 20-40 CLAIM, a 50-60 CLAIM, b 0-9 DENIAL, b 22-38 CLAIM, b 50-60 CLAIM";
  const denies = (from: string, to: string | null, toText: string | null = null): AgreementLink => ({
    type: "denies",
    from,
    to,
    toText,
  });
  const links = (ofA: AgreementLink[], ofB: AgreementLink[], written = spans) =>
    run([article("one", 99, "ab", written, { links: { a: ofA, b: ofB } })]).links;
  const a = denies("a:0-9:DENIAL", "a:20-40:CLAIM");
  const b = denies("b:0-9:DENIAL", "b:22-38:CLAIM");

  it.each([
    ["ends that are matched", [a], [b], 2, 2],
    ["another end", [a], [denies("b:0-9:DENIAL", "b:50-60:CLAIM")], 0, 2],
    ["another type", [a], [{ ...b, type: "counters" }], 0, 2],
    ["one text for another", [denies(a.from, null, "x")], [denies(b.from, null, "y")], 2, 2],
    ["a text for a span", [denies(a.from, null, "x")], [b], 0, 2],
    ["one more", [a, denies(a.from, "a:50-60:CLAIM")], [b], 2, 3],
    ["the same twice is matched once", [a, a], [b], 2, 3],
    ["the same span elsewhere", [denies(a.from, "far")], [denies(b.from, "far")], 2, 2],
    ["other spans elsewhere", [denies(a.from, "far")], [denies(b.from, "away")], 0, 2],
  ])("%s", (_, ofA, ofB, matched, all) => {
    expect(links(ofA, ofB).micro).toMatchObject({ value: matched / all, observed: matched, expected: all });
  });

  it("by type, and given that both ends are matched", () => {
    const found = links(
      [a],
      [b, { ...denies("b:50-60:CLAIM", "b:70-80:CLAIM"), type: "counters" }],
      `${spans}, b 70-80 CLAIM`,
    );
    expect(found.types).toMatchObject({ denies: { value: 1 }, counters: { value: 0, expected: 1 } });
    expect(found.micro.value).toBe(2 / 3);
    expect(found.givenEnds).toMatchObject({ value: 1, expected: 2 });
  });

  it("no links are no evidence", () => {
    expect(links([], []).micro).toMatchObject({ value: null, reason: "no_pairable_values" });
  });

  it("targets in another article are the same when they are matched there", () => {
    const far = article("far", 99, "ab", "a 70-80 CLAIM, b 72-80 CLAIM, b 90-95 CLAIM, a 90-95 DENIAL");
    const targets = new ForeignTargets();
    targets.add(far);
    const micro = (toOfA: string, toOfB: string) =>
      measure(
        [article("one", 99, "ab", spans, { links: { a: [denies(a.from, toOfA)], b: [denies(b.from, toOfB)] } })],
        {
          replicates: 0,
          sameForeign: targets.same,
        },
      ).links.micro.value;
    expect(micro("a:70-80:CLAIM", "b:72-80:CLAIM")).toBe(1);
    expect(micro("a:70-80:CLAIM", "a:70-80:CLAIM")).toBe(1);
    expect(micro("a:70-80:CLAIM", "b:90-95:CLAIM")).toBe(0);
    expect(micro("a:90-95:DENIAL", "b:90-95:CLAIM")).toBe(0);
    expect(micro("a:70-80:CLAIM", "unknown")).toBe(0);
  });
});
