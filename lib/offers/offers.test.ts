import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DEFAULT_SCHEME } from "../scheme/default";
import type { Scheme } from "../scheme/scheme";
import { applyAll, emptyReview } from "../spans/apply";
import type { Attributes, Link, Review, Span } from "../spans/model";
import { indexText } from "../text/codepoints";
import { type Offer, offersFor } from "./offers";
import type { Known } from "./register";
import { taken } from "./take";

const TEXT = `Mill burned, investigators say

Ada Quist said on Monday that the mill had almost certainly burned. “We saw the smoke,” she added.

The mill stood by the river. The board assessed with high confidence that "a single person" set the fire. Quist denied that the mill burned in May.`;
const index = indexText(TEXT);

/** A review of spans by their words: [label, words, attributes]. Their ids are their places in the list. */
type Marked = readonly [label: string, words: string, attributes?: Attributes];

function review(marks: readonly Marked[], links: readonly [type: string, from: number, to: number][] = []): Review {
  const spans = marks.map(([label, words, attributes = {}], i): Span => {
    const start = TEXT.indexOf(words);
    if (start < 0) throw new Error(words);
    return {
      id: String(i),
      version: 1,
      start,
      end: start + words.length,
      label,
      attributes,
      note: "",
      uncertain: false,
    };
  });
  const made = links.map(([type, from, to], i): Link => {
    return { id: `l${i}`, version: 1, type, from: String(from), to: String(to), toText: null };
  });
  return {
    ...emptyReview(),
    spans: new Map(spans.map((s) => [s.id, s])),
    links: new Map(made.map((l) => [l.id, l])),
  };
}

type Options = { readonly known?: Known; readonly scheme?: Scheme };

function offersOf(of: Review, id = "0", { known, scheme = DEFAULT_SCHEME }: Options = {}): readonly Offer[] {
  const span = of.spans.get(id);
  if (!span) throw new Error(id);
  return offersFor({ index, scheme, known }, of, span);
}

const values = (offers: readonly Offer[]): Attributes =>
  Object.fromEntries(offers.flatMap((o) => (o.kind === "value" ? [[o.attribute, o.value]] : [])));
const links = (offers: readonly Offer[]): readonly string[] =>
  offers.flatMap((o) => (o.kind === "link" ? [`${o.type} ${o.from} ${o.to}`] : []));

const SAID: Marked = ["ATTRIBUTION", "Ada Quist said on Monday"];
const BURNED: Marked = ["CLAIM", "the mill had almost certainly burned"];
const SMOKE: Marked = ["CLAIM", "We saw the smoke"];
const RIVER: Marked = ["CLAIM", "The mill stood by the river"];
const PERSON: Marked = ["CLAIM", '"a single person" set the fire'];

describe("a claim is offered", () => {
  test.each<[string, readonly Marked[], Attributes]>([
    [
      "its hedge and what a marked frame says",
      [BURNED, SAID],
      {
        quotation: "indirect",
        likelihood: "near-certain",
        hedge: "almost certainly",
        source: "given",
        outlet: "reports",
      },
    ],
    [
      "the same before the frame is marked, for its cue is seen",
      [BURNED],
      {
        quotation: "indirect",
        likelihood: "near-certain",
        hedge: "almost certainly",
        source: "given",
        outlet: "reports",
      },
    ],
    ["direct speech", [SMOKE], { quotation: "direct", likelihood: "certain", source: "given", outlet: "reports" }],
    [
      "the outlet's own voice",
      [RIVER],
      { quotation: "none", likelihood: "certain", source: "missing", outlet: "endorses" },
    ],
    [
      "words in quote marks in a part of it, and confidence from its frame",
      [PERSON, ["ATTRIBUTION", "The board assessed with high confidence that"]],
      {
        ...{ quotation: "mixed", likelihood: "certain", confidence: "high", hedge: "high confidence" },
        ...{ source: "given", outlet: "reports" },
      },
    ],
  ])("%s", (_, marks, expected) => {
    expect(values(offersOf(review(marks)))).toEqual(expected);
  });

  test("nothing for what it has already, nor for what is archived", () => {
    const given = review([
      ["CLAIM", BURNED[1], { likelihood: "possible", hedge: "x", source: "missing", outlet: "reports" }],
    ]);
    expect(values(offersOf(given))).toEqual({ quotation: "indirect" });
    const scheme: Scheme = {
      ...DEFAULT_SCHEME,
      labels: DEFAULT_SCHEME.labels.map((l) => ({
        ...l,
        attributes: l.attributes.map((a) => (a.key === "quotation" ? { ...a, archived: true } : a)),
      })),
    };
    expect(offersOf(given, "0", { scheme })).toEqual([]);
  });

  test("no value that words of two values speak for", () => {
    const text = "It may almost certainly burn.";
    const span: Span = {
      ...{ id: "0", version: 1, start: 0, end: 28, label: "CLAIM" },
      attributes: {},
      note: "",
      uncertain: false,
    };
    const one = { ...emptyReview(), spans: new Map([["0", span]]) };
    const offered = values(offersFor({ index: indexText(text), scheme: DEFAULT_SCHEME }, one, span));
    expect(offered).toMatchObject({ hedge: "may … almost certainly" });
    expect(offered.likelihood).toBeUndefined();
  });
});

describe("a frame is offered", () => {
  test("its name, stance and utterance, and the claim of its sentence", () => {
    const offers = offersOf(review([SAID, BURNED, SMOKE]));
    expect(values(offers)).toEqual({ source: "Ada Quist", cueStance: "neutral", utterance: "reported" });
    expect(links(offers)).toEqual(["attributes 0 1"]);
  });

  test("no claim that is framed already, nor one that another frame is nearer to", () => {
    expect(links(offersOf(review([SAID, BURNED], [["attributes", 0, 1]])))).toEqual([]);
    const marks = review([["ATTRIBUTION", "The board"], PERSON, ["ATTRIBUTION", "assessed with high confidence"]]);
    expect(links(offersOf(marks))).toEqual([]);
    expect(links(offersOf(marks, "2"))).toEqual(["attributes 2 1"]);
  });

  test("the source before, where it has only a pronoun", () => {
    const marks: readonly Marked[] = [
      ["ATTRIBUTION", "she added"],
      ["ATTRIBUTION", SAID[1], { source: "Ada Quist" }],
    ];
    expect(values(offersOf(review(marks))).source).toBe("Ada Quist");
  });

  test("a name in small letters where the article has it so", () => {
    expect(values(offersOf(review([["ATTRIBUTION", "investigators say"]]))).source).toBeUndefined();
  });
});

test("a claim that comes after its frame is offered the link too", () => {
  expect(links(offersOf(review([BURNED, SAID])))).toEqual(["attributes 1 0"]);
});

describe("the register", () => {
  const known: Known = {
    sources: [{ name: "Ada Quist", aliases: ["the miller"], uses: 3, beside: { sourceType: "person" } }],
    texts: [],
  };
  const denial = review([["DENIAL", "Quist denied that the mill burned in May"]]);

  test("offers a known name for its last word, and what was given beside it", () => {
    expect(values(offersOf(denial, "0", { known }))).toEqual({
      source: "Ada Quist",
      sourceType: "person",
      kind: "outright",
    });
  });

  test("offers what was given beside a source that the span has under another name", () => {
    const marks = review([["ATTRIBUTION", SAID[1], { source: "The Miller" }]]);
    expect(values(offersOf(marks, "0", { known })).sourceType).toBe("person");
  });

  test("knows at once what this review has given", () => {
    const marks = review([
      ["DENIAL", "Quist denied that the mill burned in May"],
      ["ATTRIBUTION", SAID[1], { source: "Ada Quist", sourceType: "anonymous" }],
    ]);
    expect(values(offersOf(marks))).toMatchObject({ source: "Ada Quist", sourceType: "anonymous" });
  });
});

describe("taking", () => {
  test("adds the values and says that they were taken; what stood stays by hand", () => {
    const of = review([["CLAIM", BURNED[1], { type: "event", likelihood: "likely" }], SAID]);
    const span = of.spans.get("0");
    if (!span) throw new Error("no span");
    expect(taken(span, offersOf(of))).toEqual({
      attributes: {
        ...{ type: "event", likelihood: "likely", quotation: "indirect", hedge: "almost certainly" },
        ...{ source: "given", outlet: "reports" },
      },
      accepted: ["hedge", "outlet", "quotation", "source"],
      links: [{ kind: "link", type: "attributes", from: "1", to: "0" }],
    });
  });

  test("whatever is marked, all that is offered may be taken, and then nothing is offered any more", () => {
    const words = TEXT.split(/\s+/).filter(Boolean);
    const mark = fc
      .tuple(
        fc.constantFrom("CLAIM", "ATTRIBUTION", "DENIAL", "FRAMING"),
        fc.nat(words.length - 1),
        fc.integer({ min: 1, max: 9 }),
      )
      .map(([label, from, count]) => {
        const starts = [...TEXT.matchAll(/\S+/g)].map((m) => m.index);
        const start = starts[from] ?? 0;
        const last = Math.min(words.length - 1, from + count - 1);
        return { label, start, end: (starts[last] ?? 0) + (words[last]?.length ?? 0) };
      });
    fc.assert(
      fc.property(fc.array(mark, { minLength: 1, maxLength: 8 }), (marks) => {
        const spans = marks.map((m, i): Span => {
          return { ...m, id: String(i), version: 0, attributes: {}, note: "", uncertain: false };
        });
        let now: Review = { ...emptyReview(), spans: new Map(spans.map((s) => [s.id, s])) };
        const span = now.spans.get("0");
        if (!span) throw new Error("no span");
        const { attributes, accepted, links: made } = taken(span, offersOf(now));
        const done = applyAll({ index, scheme: DEFAULT_SCHEME }, now, [
          { id: "c", kind: "span.put", span: { ...span, base: 0, attributes, accepted } },
          ...made.map(({ type, from, to }, i) => ({
            id: `c${i}`,
            kind: "link.put" as const,
            link: { id: `l${i}`, base: 0, type, from, to, accepted: true },
          })),
        ]);
        if (!done.ok) throw new Error(JSON.stringify(done.errors));
        now = done.value.review;
        const left = offersOf(now).filter((o) => o.kind === "value" && accepted.includes(o.attribute));
        expect(left).toEqual([]);
        expect(links(offersOf(now)).filter((l) => made.some((m) => l === `${m.type} ${m.from} ${m.to}`))).toEqual([]);
      }),
    );
  });
});
