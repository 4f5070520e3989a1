/** Native articles that hold what real ones hold, and worse: astral characters, joiners, combining marks, NBSP, right-to-left, extras. */
import fc from "fast-check";
import { REGION_ROLES } from "../../regions/roles";
import { withAccepted } from "../../spans/accepted";
import type { Origin } from "../../spans/suggested";
import { codePointLength, indexText } from "../../text/codepoints";
import type {
  Extra,
  Json,
  NativeArticle,
  NativeCarried,
  NativeLink,
  NativeRegion,
  NativeReview,
  NativeSpan,
  NativeSuggestions,
} from "../native";
import { CARRIED_KINDS, DECISION_ACTIONS, NO_EXTRA, REVIEW_STATUSES } from "../native";
import { sha256 } from "../native-read";

const PIECES = [
  "The ferry ",
  "zo\u00eb",
  "Zoe\u0308",
  "12\u00a0%",
  "\u05e9\u05dc\u05d5\u05dd",
  "\u200f\u0627\u0644\u0633\u0641\u064a\u0646\u0629",
  "😀",
  "👨🏻‍🚒",
  "🇪🇺",
  "\u201cquoted\u201d",
  '"',
  "\\",
  "\n",
  "\n\n",
  "\t",
  "\u2028",
  "\u0007",
  "\ufeff",
  "Иван ",
  "  ",
  "=1+1",
  ",",
  ";",
];

export const someText = fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 30 }).map((p) => p.join(""));
const word = fc
  .oneof(fc.constantFrom("a", "Zoë", "=x", "שלום", "😀"), fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }))
  .filter((s) => !s.includes("\0"));
const orNull = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });

/** JSON whose names clash with nothing that Gloss knows. */
const json: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, 0, 1.5, "x", "😀", [], {}),
  fc.array(fc.constantFrom<Json>(1, "a", null), { maxLength: 3 }),
  fc.dictionary(fc.constantFrom("a", "b"), fc.constantFrom<Json>(1, "c"), { maxKeys: 2, noNullPrototype: true }),
);
export const someExtra: fc.Arbitrary<Extra> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(NO_EXTRA) },
  {
    weight: 1,
    arbitrary: fc.dictionary(fc.constantFrom("x_desk", "x_id", "Ünïcode"), json, { maxKeys: 2, noNullPrototype: true }),
  },
);

type Cut = ReturnType<typeof indexText>;

const someRange = (length: number) =>
  fc
    .tuple(fc.nat(length - 1), fc.nat(length - 1))
    .map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) + 1 }));

const score = orNull(fc.constantFrom(0, 0.5, 0.875, 1));

const someOrigin: fc.Arbitrary<Origin> = fc
  .record({ id: orNull(fc.constant("m0s0")), by: word, score, changed: fc.boolean(), person: fc.boolean() })
  .map(({ person, ...rest }) => ({ ...rest, ...(person ? { person } : {}) }));

const someSpan = (text: Cut, id: string): fc.Arbitrary<NativeSpan> =>
  fc
    .record({
      range: someRange(text.length),
      label: fc.constantFrom("CLAIM", "ATTRIBUTION", "DENIAL", "FRAMING"),
      attributes: fc.dictionary(fc.constantFrom("type", "hedge", "source"), word, {
        maxKeys: 3,
        noNullPrototype: true,
      }),
      note: fc.oneof(fc.constant(""), word),
      uncertain: fc.boolean(),
      schemeVersion: orNull(fc.integer({ min: 1, max: 9 })),
      guidelineVersion: orNull(fc.integer({ min: 1, max: 9 })),
      taken: fc.boolean(),
      suggestion: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: someOrigin }),
      extra: someExtra,
    })
    .map(({ range, taken, suggestion, ...rest }) => ({
      id,
      ...range,
      quote: text.slice(range),
      ...rest,
      ...withAccepted(taken ? Object.keys(rest.attributes) : []),
      ...(suggestion ? { suggestion } : {}),
    }));

const someLink = (ids: readonly string[], id: string): fc.Arbitrary<NativeLink> =>
  fc
    .record({
      type: fc.constantFrom("denies", "attributes"),
      from: fc.constantFrom(...ids),
      target: fc.oneof(
        fc.constantFrom(...ids, "elsewhere").map((to) => ({ to, toText: null })),
        word.map((toText) => ({ to: null, toText })),
      ),
      taken: fc.boolean(),
      extra: someExtra,
    })
    .map(({ target, type, from, taken, extra }) => ({
      ...{ id, type, from, ...target },
      ...(taken ? { accepted: true } : {}),
      extra,
    }));

const someMarks = (text: Cut, prefix: string) =>
  fc.nat(4).chain((count) => {
    const ids = Array.from({ length: count }, (_, i) => `${prefix}s${i}`);
    const links =
      count === 0
        ? fc.constant([])
        : fc.nat(2).chain((n) => fc.tuple(...Array.from({ length: n }, (_, i) => someLink(ids, `${prefix}l${i}`))));
    return fc.record({ spans: fc.tuple(...ids.map((id) => someSpan(text, id))), links });
  });

const when = orNull(fc.constantFrom("2026-03-04T05:06:07Z", "2026-03-04T05:06:07.123Z"));

/** A mark of the version before; only an orphan, which stands nowhere, was dropped. */
const someCarried = (span: string): fc.Arbitrary<NativeCarried> =>
  fc
    .record({
      start: fc.nat(40),
      kind: fc.constantFrom(...CARRIED_KINDS),
      score: fc.constantFrom(0, 0.625, 1),
      fromArticle: word,
      quote: word,
      before: fc.oneof(fc.constant(""), word),
      after: fc.oneof(fc.constant(""), word),
      label: fc.constantFrom("CLAIM", "DENIAL"),
      waits: fc.boolean(),
      dropReason: orNull(word),
      droppedAt: when,
    })
    .map(({ start, label, waits, kind, dropReason, droppedAt, ...rest }) => ({
      span,
      kind,
      ...rest,
      from: `${span}-before`,
      start,
      end: start + codePointLength(rest.quote),
      content: { label, attributes: {}, note: "", uncertain: false },
      candidates: waits ? [{ start: 0, end: 1, score: 0.5 }] : [],
      links: waits ? [{ id: `${span}l`, type: "denies", from: span, to: null, toText: "the mill" }] : [],
      ...(kind === "orphan" && dropReason !== null ? { dropReason, droppedAt } : { dropReason: null, droppedAt: null }),
    }));

const someReview = (text: Cut, reviewer: string): fc.Arbitrary<NativeReview> =>
  fc
    .record({
      status: fc.constantFrom(...REVIEW_STATUSES),
      notBlind: fc.boolean(),
      submittedAt: when,
      skipReason: orNull(word),
      marks: someMarks(text, reviewer),
      submissions: fc.oneof(
        fc.constant([]),
        fc
          .record({ number: fc.constant(1), blind: fc.boolean(), submittedAt: when, marks: someMarks(text, reviewer) })
          .map(({ marks, ...rest }) => [{ ...rest, ...marks }]),
      ),
      carried: fc
        .nat(2)
        .chain((n) => fc.tuple(...Array.from({ length: n }, (_, i) => someCarried(`${reviewer}c${i}`)))),
      extra: someExtra,
    })
    .map(({ marks, carried, ...rest }) => ({
      reviewer,
      ...rest,
      ...marks,
      ...(carried.length > 0 ? { carried } : {}),
    }));

const someRegions = (length: number): fc.Arbitrary<readonly NativeRegion[]> =>
  fc.uniqueArray(fc.nat(length), { maxLength: 6 }).chain((cuts) => {
    const at = [...cuts].sort((a, b) => a - b);
    const ranges = at.slice(1).map((end, i) => ({ start: at[i] ?? 0, end }));
    return fc.tuple(
      ...ranges.map((range) =>
        fc
          .record({ role: fc.constantFrom(...REGION_ROLES), reason: orNull(word), extra: someExtra })
          .map((rest) => ({ ...range, ...rest })),
      ),
    );
  });

const someDecision = (text: Cut, id: string) =>
  fc.record({
    id: fc.constant(id),
    action: fc.constantFrom(...DECISION_ACTIONS),
    case: orNull(
      someRange(text.length).map((range) => ({
        id: "case",
        ...range,
        labels: ["CLAIM"],
        primary: "BOUNDARY",
        flags: ["BOUNDARY", "MISSING"],
        missing: ["r3"],
      })),
    ),
    spans: fc.tuple(someSpan(text, `${id}g0`)),
    links: fc.constant([]),
    reasonCode: orNull(fc.constantFrom("boundary", "label")),
    note: fc.oneof(fc.constant(""), word),
    rule: orNull(word),
    adjudicator: word,
    alsoReviewed: fc.boolean(),
    anonymous: fc.boolean(),
    members: fc.constant([{ span: "r1s0", hash: null }]),
    submitted: orNull(fc.nat(5)),
    suggestion: json,
    input: json,
    textSha256: fc.constant(sha256(text.text)),
    schemeVersion: orNull(fc.constant(1)),
    guidelineVersion: orNull(fc.constant(2)),
    supersedes: orNull(fc.constant("earlier")),
    live: fc.boolean(),
    at: when,
    extra: someExtra,
  });

const someGold = (text: Cut) =>
  fc
    .record({ marks: someMarks(text, "g"), decisions: fc.tuple(someDecision(text, "d0")), extra: someExtra })
    .map(({ marks, ...rest }) => ({ ...marks, ...rest }));

/** Spans of a suggestion were made of no other, and their values were taken by nobody. */
const someSuggestions = (text: Cut, by: string): fc.Arbitrary<NativeSuggestions> =>
  fc
    .record({
      marks: someMarks(text, by),
      scores: fc.array(score, { minLength: 4, maxLength: 4 }),
      person: fc.boolean(),
      extra: someExtra,
    })
    .map(({ marks, scores, person, extra }) => ({
      by,
      ...(person ? { person } : {}),
      spans: marks.spans.map(({ suggestion: _, accepted: __, ...span }, i) => {
        const said = scores[i] ?? null;
        return said === null ? span : { ...span, score: said };
      }),
      links: marks.links,
      extra,
    }));

const someVersion = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.record({ versionOf: word, textVersion: fc.integer({ min: 2, max: 9 }) }) },
);

export const someArticle: fc.Arbitrary<NativeArticle> = someText.map(indexText).chain((text) =>
  fc
    .record({
      version: someVersion,
      id: orNull(word),
      title: orNull(word),
      text: fc.constant(text.text),
      length: fc.constant(text.length),
      textSha256: fc.constant(sha256(text.text)),
      outlet: orNull(word),
      repostedBy: orNull(word),
      author: orNull(word),
      dateline: orNull(word),
      url: orNull(word),
      published: orNull(word),
      publishedDate: fc.constant("2018-10-04"),
      publishedPrecision: fc.constant("day" as const),
      language: orNull(fc.constantFrom("en", "he")),
      licence: orNull(word),
      regions: orNull(someRegions(text.length)),
      reviews: fc.tuple(someReview(text, "r1"), someReview(text, "r2")),
      gold: orNull(someGold(text)),
      suggestions: fc.tuple(someSuggestions(text, "m1"), someSuggestions(text, "m2")),
      story: orNull(word),
      split: orNull(fc.constantFrom("train", "test")),
      extra: someExtra,
    })
    .map(({ version, ...article }) => ({ ...article, ...version })),
);
