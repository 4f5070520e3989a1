import { describe, expect, it } from "vitest";
import { DEFAULT_SCHEME } from "../scheme/default";
import type { CaseInput, CaseLink } from "./case";
import { findCases } from "./find";
import { suggest } from "./suggest";
import { marks, reviewersOf, written } from "./testing/marks";

type Expected = {
  members: string;
  missing?: string;
  flags: string;
  action: string;
  label: string | null;
  spans: [number, number][];
  existence: string;
};
type Example = { name: string; reviewers: string; spans: string; text?: string; cases: Expected[] };

/** Worked examples of the rules; without a scheme no labels coexist. */
const EXAMPLES: Example[] = [
  {
    name: "three of three identical",
    reviewers: "abc",
    spans: "a 10-30 CLAIM, b 10-30 CLAIM, c 10-30 CLAIM",
    cases: [
      {
        members: "a 10-30 CLAIM, b 10-30 CLAIM, c 10-30 CLAIM",
        flags: "AGREEMENT",
        action: "accept",
        label: "CLAIM",
        spans: [[10, 30]],
        existence: "3/3",
      },
    ],
  },
  {
    name: "labels two to one",
    reviewers: "abc",
    spans: "a 10-30 CLAIM, b 10-30 CLAIM, c 10-30 DENIAL",
    cases: [
      {
        members: "a 10-30 CLAIM, b 10-30 CLAIM, c 10-30 DENIAL",
        flags: "LABEL",
        action: "accept",
        label: "CLAIM",
        spans: [[10, 30]],
        existence: "3/3",
      },
    ],
  },
  {
    name: "labels one to one: no label is suggested",
    reviewers: "ab",
    spans: "a 10-30 CLAIM, b 10-30 FRAMING",
    cases: [
      {
        members: "a 10-30 CLAIM, b 10-30 FRAMING",
        flags: "LABEL",
        action: "undecided",
        label: null,
        spans: [[10, 30]],
        existence: "2/2",
      },
    ],
  },
  {
    name: "three ends: median start, median end",
    reviewers: "abc",
    spans: "a 10-30 CLAIM, b 12-28 CLAIM, c 8-29 CLAIM",
    cases: [
      {
        members: "c 8-29 CLAIM, a 10-30 CLAIM, b 12-28 CLAIM",
        flags: "BOUNDARY",
        action: "accept",
        label: "CLAIM",
        spans: [[10, 29]],
        existence: "3/3",
      },
    ],
  },
  {
    name: "two ends: the intersection",
    reviewers: "ab",
    spans: "a 10-30 CLAIM, b 15-36 CLAIM",
    cases: [
      {
        members: "a 10-30 CLAIM, b 15-36 CLAIM",
        flags: "BOUNDARY",
        action: "accept",
        label: "CLAIM",
        spans: [[15, 30]],
        existence: "2/2",
      },
    ],
  },
  {
    name: "four ends: the inner medians",
    reviewers: "abcd",
    spans: "a 0-20 CLAIM, b 2-22 CLAIM, c 3-22 CLAIM, d 5-25 CLAIM",
    cases: [
      {
        members: "a 0-20 CLAIM, b 2-22 CLAIM, c 3-22 CLAIM, d 5-25 CLAIM",
        flags: "BOUNDARY",
        action: "accept",
        label: "CLAIM",
        spans: [[3, 22]],
        existence: "4/4",
      },
    ],
  },
  {
    name: "two of three marked it",
    reviewers: "abc",
    spans: "a 10-30 ATTRIBUTION, b 10-30 ATTRIBUTION",
    cases: [
      {
        members: "a 10-30 ATTRIBUTION, b 10-30 ATTRIBUTION",
        missing: "c",
        flags: "MISSING",
        action: "accept",
        label: "ATTRIBUTION",
        spans: [[10, 30]],
        existence: "2/3",
      },
    ],
  },
  {
    name: "one of three marked it: reject, but still shown",
    reviewers: "abc",
    spans: "b 10-30 ATTRIBUTION",
    cases: [
      {
        members: "b 10-30 ATTRIBUTION",
        missing: "ac",
        flags: "MISSING",
        action: "reject",
        label: "ATTRIBUTION",
        spans: [[10, 30]],
        existence: "1/3",
      },
    ],
  },
  {
    name: "one of two marked it",
    reviewers: "ab",
    spans: "a 10-30 ATTRIBUTION",
    cases: [
      {
        members: "a 10-30 ATTRIBUTION",
        missing: "b",
        flags: "MISSING",
        action: "undecided",
        label: "ATTRIBUTION",
        spans: [[10, 30]],
        existence: "1/2",
      },
    ],
  },
  {
    name: "a majority has two pieces",
    reviewers: "abc",
    spans: "a 0-40 CLAIM, b 0-18 CLAIM, b 20-40 CLAIM, c 0-18 CLAIM, c 20-40 CLAIM",
    cases: [
      {
        members: "b 0-18 CLAIM, c 0-18 CLAIM, a 0-40 CLAIM, b 20-40 CLAIM, c 20-40 CLAIM",
        flags: "SPLIT",
        action: "accept",
        label: "CLAIM",
        spans: [
          [0, 18],
          [20, 40],
        ],
        existence: "3/3",
      },
    ],
  },
  {
    name: "a minority has two pieces: the hull",
    reviewers: "abc",
    spans: "a 0-40 CLAIM, b 0-40 CLAIM, c 0-18 CLAIM, c 20-40 CLAIM",
    cases: [
      {
        members: "c 0-18 CLAIM, a 0-40 CLAIM, b 0-40 CLAIM, c 20-40 CLAIM",
        flags: "SPLIT",
        action: "accept",
        label: "CLAIM",
        spans: [[0, 40]],
        existence: "3/3",
      },
    ],
  },
  {
    name: "a majority has touching pieces: one piece is cut there",
    reviewers: "abc",
    spans: "a 0-40 CLAIM, b 0-20 CLAIM, b 20-40 CLAIM, c 0-20 CLAIM, c 20-40 CLAIM",
    cases: [
      {
        members: "b 0-20 CLAIM, c 0-20 CLAIM, a 0-40 CLAIM, b 20-40 CLAIM, c 20-40 CLAIM",
        flags: "SPLIT",
        action: "accept",
        label: "CLAIM",
        spans: [
          [0, 20],
          [20, 40],
        ],
        existence: "3/3",
      },
    ],
  },
  {
    name: "an attribution nested in a claim is no conflict",
    reviewers: "abc",
    spans: "a 0-40 CLAIM, a 0-12 ATTRIBUTION, b 0-40 CLAIM, b 0-12 ATTRIBUTION, c 0-40 CLAIM",
    cases: [
      {
        members: "a 0-12 ATTRIBUTION, b 0-12 ATTRIBUTION",
        missing: "c",
        flags: "MISSING",
        action: "accept",
        label: "ATTRIBUTION",
        spans: [[0, 12]],
        existence: "2/3",
      },
      {
        members: "a 0-40 CLAIM, b 0-40 CLAIM, c 0-40 CLAIM",
        flags: "AGREEMENT",
        action: "accept",
        label: "CLAIM",
        spans: [[0, 40]],
        existence: "3/3",
      },
    ],
  },
  {
    name: "an IoU of exactly one half joins two labels",
    reviewers: "ab",
    spans: "a 0-20 CLAIM, b 0-10 DENIAL",
    cases: [
      {
        members: "b 0-10 DENIAL, a 0-20 CLAIM",
        flags: "LABEL, BOUNDARY",
        action: "undecided",
        label: null,
        spans: [[0, 10]],
        existence: "2/2",
      },
    ],
  },
  {
    name: "only quotation marks and a comma differ",
    reviewers: "abc",
    text: "He said “Prices rose”, then left.",
    spans: "a 8-21 CLAIM, b 9-20 CLAIM, c 8-22 CLAIM",
    cases: [
      {
        members: "a 8-21 CLAIM, c 8-22 CLAIM, b 9-20 CLAIM",
        flags: "BOUNDARY_MINOR",
        action: "accept",
        label: "CLAIM",
        spans: [[8, 21]],
        existence: "3/3",
      },
    ],
  },
  {
    name: "all three mark the same outer and inner claim: two agreements",
    reviewers: "abc",
    spans: "a 0-40 CLAIM, a 10-20 CLAIM, b 0-40 CLAIM, b 10-20 CLAIM, c 0-40 CLAIM, c 10-20 CLAIM",
    cases: [
      {
        members: "a 0-40 CLAIM, b 0-40 CLAIM, c 0-40 CLAIM",
        flags: "AGREEMENT",
        action: "accept",
        label: "CLAIM",
        spans: [[0, 40]],
        existence: "3/3",
      },
      {
        members: "a 10-20 CLAIM, b 10-20 CLAIM, c 10-20 CLAIM",
        flags: "AGREEMENT",
        action: "accept",
        label: "CLAIM",
        spans: [[10, 20]],
        existence: "3/3",
      },
    ],
  },
  {
    name: "two mark outer and inner, one the outer only",
    reviewers: "abc",
    spans: "a 0-40 CLAIM, a 10-20 CLAIM, b 0-40 CLAIM, b 10-20 CLAIM, c 0-40 CLAIM",
    cases: [
      {
        members: "a 0-40 CLAIM, b 0-40 CLAIM, c 0-40 CLAIM",
        flags: "AGREEMENT",
        action: "accept",
        label: "CLAIM",
        spans: [[0, 40]],
        existence: "3/3",
      },
      {
        members: "a 10-20 CLAIM, b 10-20 CLAIM",
        missing: "c",
        flags: "MISSING",
        action: "accept",
        label: "CLAIM",
        spans: [[10, 20]],
        existence: "2/3",
      },
    ],
  },
  {
    name: "the outer with another end, the inner by one of two",
    reviewers: "ab",
    spans: "a 0-40 CLAIM, a 10-20 CLAIM, b 0-38 CLAIM",
    cases: [
      {
        members: "b 0-38 CLAIM, a 0-40 CLAIM",
        flags: "BOUNDARY",
        action: "accept",
        label: "CLAIM",
        spans: [[0, 38]],
        existence: "2/2",
      },
      {
        members: "a 10-20 CLAIM",
        missing: "b",
        flags: "MISSING",
        action: "undecided",
        label: "CLAIM",
        spans: [[10, 20]],
        existence: "1/2",
      },
    ],
  },
];

describe("worked examples of agreement.md, 2 and 3", () => {
  it.each(EXAMPLES)("$name", ({ reviewers, spans, text, cases }) => {
    const found = findCases({ reviewers: reviewersOf(reviewers), spans: marks(spans), text });
    const answered = found.map((c) => {
      const suggestion = suggest(c, { text });
      return {
        members: written(c.members),
        ...(c.missing.length > 0 ? { missing: c.missing.join("") } : {}),
        flags: c.flags.join(", "),
        action: suggestion?.action,
        label: suggestion?.label,
        spans: suggestion?.spans,
        existence: suggestion?.existence,
      };
    });
    expect(answered).toEqual(cases);
    for (const [i, c] of found.entries()) {
      expect(c.primary).toBe(cases[i]?.flags.split(", ")[0]);
      expect([c.start, c.end]).toEqual([
        Math.min(...c.members.map((m) => m.start)),
        Math.max(...c.members.map((m) => m.end)),
      ]);
    }
  });

  it("lists votes by label in scheme order, reviewers sorted", () => {
    const [c] = findCases({ reviewers: ["a", "b", "c"], spans: marks("c 0-9 CLAIM, b 0-9 DENIAL, a 0-9 CLAIM") });
    const votes = c && suggest(c)?.votes;
    expect(JSON.stringify(votes)).toBe('{"CLAIM":["a","c"],"DENIAL":["b"]}');
  });
});

const flagsOf = (input: Omit<CaseInput, "spans"> & { spans: string | CaseInput["spans"] }): string[] =>
  findCases({ ...input, spans: typeof input.spans === "string" ? marks(input.spans) : input.spans }).map((c) =>
    c.flags.join(","),
  );

describe("R0", () => {
  it("an exact duplicate by one reviewer collapses, and its id is kept", () => {
    const [c, ...more] = findCases({ reviewers: ["a", "b"], spans: marks("a 0-9 CLAIM, a 0-9 CLAIM, b 0-9 CLAIM") });
    expect(more).toEqual([]);
    expect(c?.flags).toEqual(["AGREEMENT"]);
    expect(c?.members.map((m) => [m.id, ...m.twins])).toEqual([["a:0-9:CLAIM", "a:0-9:CLAIM#2"], ["b:0-9:CLAIM"]]);
  });

  it("a duplicate with other attributes is a second answer, and stays", () => {
    const [one, two, three] = marks("a 0-9 CLAIM, a 0-9 CLAIM, b 0-9 CLAIM");
    if (!one || !two || !three) throw new Error("three marks");
    const spans = [one, { ...two, attributes: { type: "event" } }, three];
    expect(flagsOf({ reviewers: ["a", "b"], spans })).toEqual(["AGREEMENT", "MISSING"]);
  });

  it("one submitted review has SINGLE_REVIEWER cases, without a suggestion", () => {
    const cases = findCases({ reviewers: ["a"], spans: marks("a 0-10 CLAIM, a 5-15 CLAIM, a 30-40 DENIAL") });
    expect(cases.map((c) => c.flags)).toEqual([["SINGLE_REVIEWER", "SPLIT", "SELF_OVERLAP"], ["SINGLE_REVIEWER"]]);
    expect(cases.map((c) => suggest(c))).toEqual([null, null]);
  });

  it("nobody marked anything: no cases", () => {
    expect(findCases({ reviewers: ["a", "b"], spans: [] })).toEqual([]);
  });
});

describe("R1 and R1n", () => {
  it("touching spans are not one case", () => {
    expect(flagsOf({ reviewers: ["a", "b"], spans: "a 0-10 CLAIM, b 10-20 CLAIM" })).toEqual(["MISSING", "MISSING"]);
  });

  it("a chain is one case in which two members do not meet", () => {
    expect(flagsOf({ reviewers: ["a", "b", "c"], spans: "a 0-10 CLAIM, b 5-15 CLAIM, c 12-20 CLAIM" })).toEqual([
      "BOUNDARY,LOW_COHESION",
    ]);
  });

  it("of two equally good partners the one that starts earlier is taken", () => {
    // a's outer span has an IoU of 8/10 with both of b's; a's inner one makes the component nested and matches nothing.
    const cases = findCases({
      reviewers: ["a", "b"],
      spans: marks("a 0-10 CLAIM, a 4-6 CLAIM, b 0-8 CLAIM, b 2-10 CLAIM"),
    });
    expect(cases.map((c) => written(c.members))).toEqual(["b 0-8 CLAIM, a 0-10 CLAIM", "b 2-10 CLAIM", "a 4-6 CLAIM"]);
  });

  it("the sum over all pairs counts, not the best single pair", () => {
    // 0-20 with 0-24 is the best pair by itself, but 0-30 and 0-14 would then be left without a partner.
    const cases = findCases({
      reviewers: ["a", "b"],
      spans: marks("a 0-20 CLAIM, a 0-30 CLAIM, b 0-24 CLAIM, b 0-14 CLAIM"),
    });
    expect(cases.map((c) => written(c.members))).toEqual(["b 0-14 CLAIM, a 0-20 CLAIM", "b 0-24 CLAIM, a 0-30 CLAIM"]);
  });

  it("three levels by three reviewers fall apart by level", () => {
    const level = (r: string) => `${r} 0-90 CLAIM, ${r} 10-60 CLAIM, ${r} 20-40 CLAIM`;
    const cases = findCases({ reviewers: ["a", "b", "c"], spans: marks(["a", "b", "c"].map(level).join(", ")) });
    expect(cases.map((c) => [c.start, c.end, c.primary])).toEqual([
      [0, 90, "AGREEMENT"],
      [10, 60, "AGREEMENT"],
      [20, 40, "AGREEMENT"],
    ]);
  });
});

describe("R2", () => {
  it("the pair of clusters with the largest IoU is joined first", () => {
    const cases = findCases({
      reviewers: ["a", "b", "c"],
      spans: marks("a 0-20 CLAIM, b 0-12 DENIAL, c 0-19 FRAMING"),
    });
    // CLAIM and FRAMING (19/20) first; then DENIAL joins by its 12/19 with FRAMING.
    expect(cases.map((c) => c.labels)).toEqual([["CLAIM", "DENIAL", "FRAMING"]]);
  });

  it("a reviewer who marked both labels keeps them apart", () => {
    expect(flagsOf({ reviewers: ["a", "b"], spans: "a 0-20 CLAIM, a 0-20 DENIAL, b 0-20 DENIAL" })).toEqual([
      "MISSING",
      "AGREEMENT",
    ]);
  });

  it("below one half nothing is joined", () => {
    expect(flagsOf({ reviewers: ["a", "b"], spans: "a 0-21 CLAIM, b 0-10 DENIAL" })).toEqual(["MISSING", "MISSING"]);
  });

  it("labels that the scheme lets coexist are never joined; without a scheme they are", () => {
    const spans = "a 0-20 CLAIM, b 0-20 FRAMING";
    expect(flagsOf({ reviewers: ["a", "b"], spans, scheme: DEFAULT_SCHEME })).toEqual(["MISSING", "MISSING"]);
    expect(flagsOf({ reviewers: ["a", "b"], spans })).toEqual(["LABEL"]);
  });

  it("does not join by a third label what may not meet", () => {
    const spans = "a 0-20 CLAIM, b 0-20 ATTRIBUTION, c 0-20 FRAMING";
    const cases = findCases({ reviewers: ["a", "b", "c"], spans: marks(spans), scheme: DEFAULT_SCHEME });
    expect(cases.map((c) => c.labels)).toEqual([["CLAIM", "ATTRIBUTION"], ["FRAMING"]]);
  });

  it("orders labels that no scheme knows by name, after those it knows", () => {
    const [c] = findCases({ reviewers: ["a", "b", "c"], spans: marks("a 0-9 ZED, b 0-9 FRAMING, c 0-9 ALPHA") });
    expect(c?.labels).toEqual(["FRAMING", "ALPHA", "ZED"]);
  });
});

describe("ATTRIBUTE", () => {
  const pair = (label: string, one: Record<string, string>, two: Record<string, string>) => {
    const [a, b] = marks(`a 0-9 ${label}, b 0-9 ${label}`);
    if (!a || !b) throw new Error("two marks");
    return [
      { ...a, attributes: one, note: "one" },
      { ...b, attributes: two, note: "two", uncertain: true },
    ];
  };
  it.each([
    ["other values differ", "CLAIM", { likelihood: "alleged" }, { likelihood: "likely" }, "ATTRIBUTE"],
    ["a value against none differs", "CLAIM", { checkable: "yes" }, {}, "ATTRIBUTE"],
    ["free text does not count", "CLAIM", { hedge: "almost" }, { hedge: "nearly" }, "AGREEMENT"],
    ["notes and uncertain do not count", "CLAIM", {}, {}, "AGREEMENT"],
    ["sources that differ", "DENIAL", { source: "the mayor" }, { source: "the clerk" }, "ATTRIBUTE"],
    ["a source by its normalised name", "DENIAL", { source: "The Mayor " }, { source: "the mayor" }, "AGREEMENT"],
    ["a blank is no value", "CLAIM", { checkable: "" }, {}, "AGREEMENT"],
  ] as const)("%s", (_, label, one, two, flag) => {
    expect(flagsOf({ reviewers: ["a", "b"], spans: pair(label, one, two) })).toEqual([flag]);
  });
});

describe("LINK", () => {
  const spans = "a 0-9 DENIAL, a 20-40 CLAIM, b 0-9 DENIAL, b 20-38 CLAIM, b 50-60 CLAIM, a 50-60 CLAIM";
  const link = (reviewer: string, to: string | null, toText: string | null = null, type = "denies"): CaseLink => ({
    reviewer,
    type,
    from: `${reviewer}:0-9:DENIAL`,
    to,
    toText,
  });
  it.each([
    ["targets in one case are one target", [link("a", "a:20-40:CLAIM"), link("b", "b:20-38:CLAIM")], "AGREEMENT"],
    ["targets in two cases differ", [link("a", "a:20-40:CLAIM"), link("b", "b:50-60:CLAIM")], "LINK"],
    ["a link against none differs", [link("a", "a:20-40:CLAIM")], "LINK"],
    [
      "texts equal when folded",
      [link("a", null, "The strike is off"), link("b", null, "the  strike is off")],
      "AGREEMENT",
    ],
    ["texts differ", [link("a", null, "the strike"), link("b", null, "the fire")], "LINK"],
    ["a text is not a span", [link("a", null, "the strike"), link("b", "b:20-38:CLAIM")], "LINK"],
    ["other types differ", [link("a", "a:20-40:CLAIM"), link("b", "b:20-38:CLAIM", null, "counters")], "LINK"],
    ["other articles' spans by id", [link("a", "elsewhere-1"), link("b", "elsewhere-2")], "LINK"],
  ])("%s", (_, links, flag) => {
    const cases = findCases({ reviewers: ["a", "b"], spans: marks(spans), links });
    expect(cases[0]?.flags).toEqual([flag]);
  });

  it("spans of another article that are known to be the same are one target", () => {
    const foreign = new Map([
      ["elsewhere-1", "gold-7"],
      ["elsewhere-2", "gold-7"],
    ]);
    const links = [link("a", "elsewhere-1"), link("b", "elsewhere-2")];
    expect(findCases({ reviewers: ["a", "b"], spans: marks(spans), links, foreign })[0]?.flags).toEqual(["AGREEMENT"]);
  });

  it("is asked only where the members are the same", () => {
    const links: CaseLink[] = [
      { reviewer: "a", type: "counters", from: "a:20-40:CLAIM", to: "a:50-60:CLAIM", toText: null },
    ];
    expect(findCases({ reviewers: ["a", "b"], spans: marks(spans), links })[1]?.flags).toEqual(["BOUNDARY"]);
  });
});
