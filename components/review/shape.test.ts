import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DEFAULT_SCHEME } from "@/lib/scheme/default";
import { type Act, changesFor, reverse } from "@/lib/spans/act";
import { applyAll, emptyReview } from "@/lib/spans/apply";
import { emptyHistory, record, redo, undo } from "@/lib/spans/history";
import type { Review, Span } from "@/lib/spans/model";
import { inReadingOrder } from "@/lib/spans/order";
import { pieces } from "@/lib/spans/pieces";
import { snapshot } from "@/lib/spans/submission";
import { indexText } from "@/lib/text/codepoints";
import { edit, link, mark, remove, waysBetween } from "./acts";
import { cutNear, editAll, lastOfLabel, likeOther, merge, nextOfLabel, relabelAll, split } from "./shape";

const TEXT = "The mill denies that the dye was dumped, it said; nobody saw a drum, and no drum was found on the weir.";
const index = indexText(TEXT);
const context = { index, scheme: DEFAULT_SCHEME };
let counter = 0;
const newId = () => `00000000-0000-4000-8000-${(++counter).toString(16).padStart(12, "0")}`;

function doing(review: Review, act: Act): Review {
  const done = applyAll(context, review, changesFor(review, act, newId));
  if (!done.ok) throw new Error(done.errors.map((e) => `${e.code} ${e.path}`).join());
  return done.value.review;
}
const get = (review: Review, id: string): Span => {
  const found = review.spans.get(id);
  if (!found) throw new Error("no span");
  return found;
};
const rangeOf = (words: string) => ({ start: TEXT.indexOf(words), end: TEXT.indexOf(words) + words.length });
const quotes = (review: Review) => inReadingOrder(review.spans.values()).map((s) => index.slice(s));

describe("split", () => {
  const id = newId();
  const filled = { attributes: { type: "event" }, note: "seen", uncertain: true };
  const made = doing(emptyReview(), mark(id, rangeOf("nobody saw a drum, and no drum was found"), "CLAIM"));
  const review = doing(made, edit(get(made, id), filled));

  test("gives two spans without the blanks between them; the attributes go to both, the note stays", () => {
    const cut = split(index, get(review, id), TEXT.indexOf(" and no drum"), newId);
    const two = doing(review, cut ?? []);
    expect(quotes(two)).toEqual(["nobody saw a drum,", "and no drum was found"]);
    expect([...two.spans.values()].map((s) => [s.attributes.type, s.note, s.uncertain])).toEqual([
      ["event", "seen", true],
      ["event", "", true],
    ]);
  });

  test.each([
    ["at its start", rangeOf("nobody").start],
    ["at its end", rangeOf("was found").end],
    ["before it", 3],
    ["after it", TEXT.length],
  ])("is none %s", (_, at) => expect(split(index, get(review, id), at, newId)).toBeNull());

  test.each([
    ["dumped", 2, "dumped", 0],
    ["dumped", 4, "dumped", 6],
    ["dumped", 0, "dumped", 0],
  ])("a press in %s at %i cuts at the nearer end of the word", (word, into, _, to) => {
    const { start } = rangeOf(word);
    expect(cutNear(index, start + into)).toBe(start + to);
  });
});

describe("merge", () => {
  const [first, second, denial, said] = [newId(), newId(), newId(), newId()];
  let review = emptyReview();
  review = doing(review, mark(first, rangeOf("nobody saw a drum"), "CLAIM"));
  review = doing(review, mark(second, rangeOf("no drum was found"), "CLAIM"));
  review = doing(review, mark(denial, rangeOf("The mill denies"), "DENIAL"));
  review = doing(review, mark(said, rangeOf("it said"), "ATTRIBUTION"));
  review = doing(review, edit(get(review, first), { attributes: { type: "event" }, note: "one" }));
  review = doing(
    review,
    edit(get(review, second), { attributes: { type: "quantity", checkable: "yes" }, note: "two" }),
  );
  for (const to of [first, second])
    review = doing(review, link(newId(), { type: "denies", from: denial, to, toText: null }));
  review = doing(review, link(newId(), { type: "attributes", from: said, to: second, toText: null }));
  review = doing(review, link(newId(), { type: "continues", from: first, to: second, toText: null }));

  test("is one span over both, with the attributes of the first where both have one, and no link twice or to itself", () => {
    const one = doing(review, merge(review, get(review, first), get(review, second)));
    expect(get(one, first)).toMatchObject({
      ...{ start: rangeOf("nobody").start, end: rangeOf("was found").end },
      attributes: { type: "event", checkable: "yes" },
      note: "one\ntwo",
    });
    expect([...one.links.values()].map((l) => [l.type, l.from, l.to])).toEqual([
      ["denies", denial, first],
      ["attributes", said, first],
    ]);
  });

  test("takes the next of the same label, not another label's and not one far away", () => {
    expect(nextOfLabel(review, get(review, first))?.id).toBe(second);
    expect(nextOfLabel(review, get(review, second))).toBeNull();
    expect(nextOfLabel(review, get(review, denial))).toBeNull();
  });
});

test("attributes are taken from the span of the label that was changed last, else from the one before", () => {
  const [a, b, c] = [newId(), newId(), newId()];
  let review = emptyReview();
  let history = emptyHistory;
  const doIt = (act: Act) => {
    review = doing(review, act);
    history = record(history, act);
  };
  for (const [id, words] of [
    [a, "the dye was dumped"],
    [b, "nobody saw a drum"],
    [c, "no drum was found"],
  ] as const)
    doIt(mark(id, rangeOf(words), "CLAIM"));
  expect(lastOfLabel(history, review, get(review, c))).toBeNull();
  doIt(edit(get(review, b), { attributes: { type: "event", hedge: "nobody" } }));
  doIt(edit(get(review, a), { attributes: { type: "demand" } }));
  expect(lastOfLabel(history, review, get(review, c))?.id).toBe(a);
  expect(lastOfLabel(emptyHistory, review, get(review, c))?.id).toBe(b);
  doIt(likeOther(DEFAULT_SCHEME, get(review, c), get(review, b)));
  expect(get(review, c).attributes).toEqual({ type: "event", hedge: "nobody" });
});

test("several take another label at once, with the links that still fit", () => {
  const [a, b, d] = [newId(), newId(), newId()];
  let review = emptyReview();
  review = doing(review, mark(a, rangeOf("the dye was dumped"), "CLAIM"));
  review = doing(review, mark(b, rangeOf("nobody saw a drum"), "CLAIM"));
  review = doing(review, mark(d, rangeOf("The mill denies"), "DENIAL"));
  review = doing(review, link(newId(), { type: "continues", from: a, to: b, toText: null }));
  review = doing(review, link(newId(), { type: "denies", from: d, to: a, toText: null }));
  const now = doing(review, relabelAll(DEFAULT_SCHEME, review, [a, b], "FRAMING"));
  expect([...now.links.values()].map((l) => l.type)).toEqual(["continues"]);
  expect([...now.spans.values()].map((s) => s.label)).toEqual(["FRAMING", "FRAMING", "DENIAL"]);
});

// ---------------------------------------------------------------- any acts

type Deed = {
  readonly kind: number;
  readonly a: number;
  readonly b: number;
  readonly from: number;
  readonly long: number;
};
const someDeed: fc.Arbitrary<Deed> = fc.record({
  kind: fc.nat(8),
  a: fc.nat(7),
  b: fc.nat(7),
  from: fc.nat(80),
  long: fc.integer({ min: 1, max: 22 }),
});
const LABELS = ["CLAIM", "DENIAL", "ATTRIBUTION", "FRAMING"] as const;

/** What a reviewer's key would do to the review as it stands; [] where it would be refused. */
function actOf(review: Review, deed: Deed): Act {
  const all = inReadingOrder(review.spans.values());
  const [one, other] = [all[deed.a % Math.max(1, all.length)], all[deed.b % Math.max(1, all.length)]];
  const label = LABELS[deed.b % LABELS.length] ?? "CLAIM";
  if (deed.kind === 0 || !one || !other) return mark(newId(), { start: deed.from, end: deed.from + deed.long }, label);
  const ids = [...new Set([one.id, other.id])];
  switch (deed.kind) {
    case 1:
      return split(index, one, one.start + deed.long, newId) ?? [];
    case 2: {
      const next = nextOfLabel(review, one);
      return next ? merge(review, one, next) : [];
    }
    case 3:
      return relabelAll(DEFAULT_SCHEME, review, ids, label);
    case 4:
      return remove(review, ids);
    case 5:
      return editAll(review, ids, (s) => ({
        uncertain: !s.uncertain,
        note: `${s.note}x`,
        ...(s.label === "CLAIM" ? { attributes: { hedge: "dumped", type: "event" }, accepted: ["hedge"] } : {}),
      }));
    case 6: {
      const [way] = one.id === other.id ? [] : waysBetween(DEFAULT_SCHEME, one.label, other.label);
      const [from, to] = way?.turned ? [other.id, one.id] : [one.id, other.id];
      return way ? link(newId(), { type: way.type.key, from, to, toText: null }) : [];
    }
    case 7: {
      const other = lastOfLabel(emptyHistory, review, one);
      return other ? likeOther(DEFAULT_SCHEME, one, other) : [];
    }
    default:
      return edit(one, { start: deed.from, end: deed.from + deed.long });
  }
}

const contents = (review: Review) => {
  const { spans, links } = snapshot(review);
  return JSON.stringify([spans.map((s) => ({ ...s, version: 0 })), links.map((l) => ({ ...l, version: 0 }))]);
};

test("any acts of the screen, all undone, give the start; all redone, the end; the pieces tile the text all the while", () => {
  fc.assert(
    fc.property(fc.array(someDeed, { maxLength: 40 }), (deeds) => {
      let review = emptyReview();
      let history = emptyHistory;
      for (const deed of deeds) {
        const act = actOf(review, deed);
        const done = applyAll(context, review, changesFor(review, act, newId));
        expect(done.ok || done.errors.map((e) => e.code)).toBe(true);
        if (!done.ok) return;
        review = done.value.review;
        history = record(history, reverse(done.value.inverse));
        const tiles = pieces({ start: 0, end: index.length }, [...review.spans.values()]);
        expect(tiles.map((p) => index.slice(p)).join("")).toBe(TEXT);
      }
      const end = contents(review);
      const steps = history.done.length;
      for (const way of [undo, redo]) {
        for (let n = 0; n < steps; n++) {
          const step = way(history, review, newId);
          expect(step?.stale).toBe(false);
          const done = applyAll(context, review, step?.changes ?? []);
          if (!step || !done.ok) throw new Error("a step back or forth was refused");
          review = done.value.review;
          history = step.history;
        }
        expect(contents(review)).toBe(way === undo ? contents(emptyReview()) : end);
      }
    }),
  );
});
