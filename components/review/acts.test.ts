import { describe, expect, test } from "vitest";
import { DEFAULT_SCHEME } from "@/lib/scheme/default";
import { type Act, changesFor } from "@/lib/spans/act";
import { applyAll, emptyReview } from "@/lib/spans/apply";
import type { Review, Span } from "@/lib/spans/model";
import { indexText } from "@/lib/text/codepoints";
import { edit, explain, link, mark, markAll, nameOfWay, remove, setAttribute, textWays, waysBetween } from "./acts";
import { relabelAll } from "./shape";

const context = { index: indexText("The mill denies that the dye was dumped, it said."), scheme: DEFAULT_SCHEME };
let counter = 0;
const newId = () => `00000000-0000-4000-8000-${(++counter).toString(16).padStart(12, "0")}`;

function reviewAfter(review: Review, act: Act): Review {
  const done = applyAll(context, review, changesFor(review, act, newId));
  if (!done.ok) throw new Error(done.errors.map((e) => `${e.code} ${e.path}`).join());
  return done.value.review;
}
const span = (review: Review, id: string): Span => {
  const found = review.spans.get(id);
  if (!found) throw new Error("no span");
  return found;
};

/** A claim, a denial of it, and an attribution of the claim. */
function three() {
  const [claim, denial, said] = [newId(), newId(), newId()];
  let review = emptyReview();
  review = reviewAfter(review, mark(claim, { start: 21, end: 39 }, "CLAIM"));
  review = reviewAfter(review, mark(denial, { start: 0, end: 15 }, "DENIAL"));
  review = reviewAfter(review, mark(said, { start: 41, end: 48 }, "ATTRIBUTION"));
  review = reviewAfter(review, link(newId(), { type: "denies", from: denial, to: claim, toText: null }));
  review = reviewAfter(review, link(newId(), { type: "attributes", from: said, to: claim, toText: null }));
  return { review, claim, denial, said };
}

describe("acts", () => {
  test("a span goes with every link that starts or ends in it", () => {
    const { review, claim } = three();
    const left = reviewAfter(review, remove(review, [claim]));
    expect(left.spans.size).toBe(2);
    expect(left.links.size).toBe(0);
  });

  test("another label keeps the attributes that mean the same and the links that are still allowed", () => {
    const { review: before, claim, denial } = three();
    const filled = reviewAfter(reviewAfter(before, setAttribute(span(before, denial), "kind", "outright")), []);
    const sourced = reviewAfter(filled, setAttribute(span(filled, denial), "source", "the mill"));
    const relabelled = reviewAfter(sourced, relabelAll(DEFAULT_SCHEME, sourced, [denial], "ATTRIBUTION"));
    expect(span(relabelled, denial)).toMatchObject({ label: "ATTRIBUTION", attributes: { source: "the mill" } });
    expect([...relabelled.links.values()].map((l) => l.type)).toEqual(["attributes"]);
    expect(relabelled.spans.has(claim)).toBe(true);
  });

  test("an emptied attribute is gone", () => {
    const { review, claim } = three();
    const set = reviewAfter(review, setAttribute(span(review, claim), "type", "event"));
    expect(span(reviewAfter(set, setAttribute(span(set, claim), "type", "")), claim).attributes).toEqual({});
  });

  test("every occurrence is one act", () => {
    const act = markAll(
      newId,
      [
        { start: 0, end: 3 },
        { start: 21, end: 24 },
      ],
      "CLAIM",
    );
    expect(reviewAfter(emptyReview(), act).spans.size).toBe(2);
  });

  test("a range is edited and nothing else", () => {
    const { review, claim } = three();
    const moved = reviewAfter(review, edit(span(review, claim), { start: 17 }));
    expect(span(moved, claim)).toMatchObject({ start: 17, end: 39, label: "CLAIM" });
    expect(moved.links.size).toBe(2);
  });
});

describe("the scheme's links", () => {
  test.each([
    ["DENIAL", "CLAIM", ["denies", "counters"]],
    ["CLAIM", "DENIAL", ["denied by", "countered by"]],
    ["CLAIM", "ATTRIBUTION", ["attributed by"]],
    ["FRAMING", "CLAIM", ["frames"]],
    ["ATTRIBUTION", "ATTRIBUTION", ["nested in", "continues"]],
  ] as const)("from %s to %s: %j", (from, to, ways) => {
    expect(waysBetween(DEFAULT_SCHEME, from, to).map(nameOfWay)).toEqual(ways);
  });

  test("only a denial may name its target in words", () => {
    expect(DEFAULT_SCHEME.labels.filter((l) => textWays(DEFAULT_SCHEME, l.key).length > 0).map((l) => l.key)).toEqual([
      "DENIAL",
    ]);
  });

  test("what is allowed is said in words", () => {
    expect(explain(DEFAULT_SCHEME, "DENIAL")).toContain("denies: claim");
    expect(explain(DEFAULT_SCHEME, "DENIAL")).toContain("attributed by: attribution");
  });
});
