import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DEFAULT_SCHEME } from "../scheme/default";
import { indexText } from "../text/codepoints";
import { changesFor, reverse } from "./act";
import { applyAll, emptyReview } from "./apply";
import type { Context } from "./check";
import type { Change, Review } from "./model";
import { differs, dismiss, openSuggestions, type Suggestion, take } from "./suggested";

const TEXT = "The ferry sank on Tuesday, the harbour office said; its owner denies that it leaked.";
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
let last = 1000;
const newId = () => uuid(++last);

const at = (words: string) => ({ start: TEXT.indexOf(words), end: TEXT.indexOf(words) + words.length });
const suggestion = (n: number, words: string, label: string, more: Partial<Suggestion> = {}): Suggestion => ({
  ...{
    id: uuid(n),
    ...at(words),
    label,
    by: "ferry-model 2",
    score: 0.8,
    attributes: {},
    note: "",
    uncertain: false,
    links: [],
  },
  ...more,
});
const CLAIM = suggestion(1, "The ferry sank on Tuesday", "CLAIM", { attributes: { likelihood: "certain" } });
const VOICE = suggestion(2, "the harbour office said", "ATTRIBUTION", {
  links: [{ type: "attributes", to: CLAIM.id, toText: null }],
});
const ALL = [VOICE, CLAIM];
const context: Context = {
  index: indexText(TEXT),
  scheme: DEFAULT_SCHEME,
  suggested: (id) => ALL.some((one) => one.id === id),
};

function done(review: Review, changes: readonly Change[]): Review {
  const applied = applyAll(context, review, changes);
  if (!applied.ok) throw new Error(JSON.stringify(applied.errors));
  return applied.value.review;
}
const taken = (review: Review, one: Suggestion) =>
  done(review, changesFor(review, take(review, one, ALL, newId).act, newId));
const dismissed = (review: Review, id: string) => done(review, changesFor(review, dismiss(id), newId));
const open = (review: Review) => openSuggestions(review, ALL).map(({ id }) => id);

describe("suggestions", () => {
  test("wait in reading order, until each is taken, dismissed, or marked by hand", () => {
    const review = emptyReview();
    expect(open(review)).toEqual([CLAIM.id, VOICE.id]);
    expect(open(taken(review, CLAIM))).toEqual([VOICE.id]);
    expect(open(dismissed(review, CLAIM.id))).toEqual([VOICE.id]);
    const span = { id: newId(), base: 0, ...at("The ferry sank on Tuesday"), label: "CLAIM" };
    expect(open(done(review, [{ id: newId(), kind: "span.put", span }]))).toEqual([VOICE.id]);
    expect(open(done(review, [{ id: newId(), kind: "span.put", span: { ...span, label: "FRAMING" } }]))).toHaveLength(
      2,
    );
  });

  test("taken, are spans that say where they came from, their values as not given by hand", () => {
    const [span] = [...taken(emptyReview(), CLAIM).spans.values()];
    expect(span).toMatchObject({ ...at("The ferry sank on Tuesday"), suggestion: CLAIM.id, accepted: ["likelihood"] });
  });

  test.each([
    ["the end that a link starts at comes last", [CLAIM, VOICE]],
    ["the end that a link leads to comes last", [VOICE, CLAIM]],
  ])("bring their links when both ends are there: %s", (_, order) => {
    const review = order.reduce(taken, emptyReview());
    expect([...review.links.values()]).toMatchObject([{ type: "attributes", accepted: true, toText: null }]);
  });

  test("bring a link to words at once", () => {
    const denial = suggestion(3, "its owner denies", "DENIAL", {
      links: [{ type: "denies", to: null, toText: "that it leaked" }],
    });
    const { act } = take(emptyReview(), denial, [denial], newId);
    expect(act.at(1)).toMatchObject({ kind: "link", after: { type: "denies", to: null, toText: "that it leaked" } });
  });

  test.each<[string, Partial<Suggestion>, boolean]>([
    ["as suggested", {}, false],
    ["with a blank attribute", { attributes: { likelihood: "certain", hedge: " " } }, false],
    ["with a note", { note: "Yes." }, false],
    ["another end", { end: CLAIM.end - 1 }, true],
    ["another label", { label: "FRAMING" }, true],
    ["another value", { attributes: { likelihood: "likely" } }, true],
    ["a value less", { attributes: {} }, true],
  ])("a span is changed or not: %s", (_, change, changed) => {
    expect(differs({ ...CLAIM, ...change }, CLAIM)).toBe(changed);
  });

  test("what is not shown cannot be taken or dismissed, but what came from it stays", () => {
    const review = taken(emptyReview(), CLAIM);
    const span = [...review.spans.values()][0];
    if (!span) throw new Error("nothing was taken");
    const gone: Context = { ...context, suggested: () => false };
    const put = (id: string, base: number): Change => ({
      ...{ id: newId(), kind: "span.put" },
      span: { ...span, id, base, end: span.end - 8, attributes: {}, accepted: [] },
    });
    expect(applyAll(gone, review, [put(span.id, 1)])).toMatchObject({ ok: true });
    expect(applyAll(gone, review, [put(newId(), 0)])).toMatchObject({ errors: [{ code: "unknown-suggestion" }] });
    const dismissal: Change = { id: newId(), kind: "suggestion.dismiss", suggestionId: VOICE.id, dismissed: true };
    expect(applyAll(gone, review, [dismissal])).toMatchObject({ errors: [{ code: "unknown-suggestion" }] });
  });

  test("any taking and dismissing, undone backwards, leaves the review as it was", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...ALL), fc.boolean()), { maxLength: 8 }), (deeds) => {
        let review = emptyReview();
        const backs = deeds.flatMap(([one, takes]) => {
          if (!openSuggestions(review, ALL).includes(one)) return [];
          const act = takes ? take(review, one, ALL, newId).act : dismiss(one.id);
          const before = review.version;
          review = done(review, changesFor(review, act, newId));
          expect(review.version).toBe(before + 1);
          expect(openSuggestions(review, ALL)).not.toContain(one);
          return [reverse(act)];
        });
        for (const back of backs.reverse()) review = done(review, changesFor(review, back, newId));
        expect([review.spans.size, review.links.size, review.dismissed?.size ?? 0]).toEqual([0, 0, 0]);
        expect(open(review)).toEqual([CLAIM.id, VOICE.id]);
      }),
    );
  });
});
