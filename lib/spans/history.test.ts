import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DEFAULT_SCHEME } from "../scheme/default";
import { indexText } from "../text/codepoints";
import { type Act, compose, rebase, reverse } from "./act";
import { applyAll, type Context, emptyReview } from "./apply";
import { emptyHistory, type History, record, redo, undo } from "./history";
import type { Change, Review } from "./model";
import { reviewOf, snapshot } from "./submission";

const context: Context = { index: indexText("The mill burned, she said, and no mill burned."), scheme: DEFAULT_SCHEME };
let ids = 0;
const newId = () => `id-${++ids}`;

const apply = (review: Review, changes: readonly Change[], using = context) => {
  const done = applyAll(using, review, changes);
  if (!done.ok) throw new Error(JSON.stringify(done.errors));
  return done.value;
};

/** All that a reader can see: without versions and tombstones. */
const contents = (review: Review) => {
  const { spans, links } = snapshot(review);
  return JSON.stringify([spans.map((s) => ({ ...s, version: 0 })), links.map((l) => ({ ...l, version: 0 }))]);
};

type Desk = { readonly review: Review; readonly history: History };

function doIt(desk: Desk, changes: readonly Change[], key?: string): Desk {
  const { review, inverse } = apply(desk.review, changes);
  return { review, history: record(desk.history, reverse(inverse), key) };
}

function step(desk: Desk, way: typeof undo): Desk {
  const done = way(desk.history, desk.review, newId);
  if (!done) throw new Error("nothing to do");
  expect(done.stale).toBe(false);
  return { review: apply(desk.review, done.changes).review, history: done.history };
}

const start: Desk = { review: emptyReview(), history: emptyHistory };
const put = (id: string, base: number, more: object = {}): Change => ({
  id: newId(),
  kind: "span.put",
  span: { id, base, start: 0, end: 8, label: "CLAIM", ...more },
});

describe("undo and redo", () => {
  test("of a span keep its id, its attributes and its links", () => {
    const made = doIt(start, [
      put("c", 0, { attributes: { type: "event" }, note: "see minutes" }),
      put("d", 0, { label: "DENIAL" }),
      { id: newId(), kind: "link.put", link: { id: "l", base: 0, type: "denies", from: "d", to: "c" } },
    ]);
    const removed = doIt(made, [
      { id: newId(), kind: "span.remove", spanId: "c", base: 1 },
      { id: newId(), kind: "link.remove", linkId: "l", base: 1 },
    ]);
    const back = step(removed, undo);
    expect(contents(back.review)).toBe(contents(made.review));
    expect(back.review.spans.get("c")).toMatchObject({ version: 3, note: "see minutes" });
    const nothing = step(back, undo);
    expect(nothing.review.spans.size + nothing.review.links.size).toBe(0);
    expect(contents(step(step(nothing, redo), redo).review)).toBe(contents(removed.review));
  });

  test("have an end", () => {
    expect(undo(emptyHistory, emptyReview(), newId)).toBeNull();
    expect(redo(emptyHistory, emptyReview(), newId)).toBeNull();
  });

  test("a new deed ends what could be redone", () => {
    const undone = step(doIt(start, [put("a", 0)]), undo);
    expect(doIt(undone, [put("b", 0)]).history.undone).toEqual([]);
  });

  test("a deed that changes nothing is not one", () => {
    const made = doIt(start, [put("a", 0)]);
    expect(doIt(made, [put("a", 1)]).history).toEqual(made.history);
  });

  test("deeds with one key are undone as one", () => {
    const made = doIt(start, [put("a", 0)]);
    const typed = ["w", "wh", "why"].reduce((d, note, n) => doIt(d, [put("a", n + 1, { note })], "note a"), made);
    expect(typed.history.done).toHaveLength(2);
    expect(contents(step(typed, undo).review)).toBe(contents(made.review));
    const other = doIt(typed, [put("a", 4, { note: "why not" })], "note b");
    expect(step(other, undo).review.spans.get("a")?.note).toBe("why");
  });

  test("a deed taken back by one of the same key leaves nothing to undo", () => {
    const made = doIt(start, [put("a", 0)]);
    const toggled = doIt(doIt(made, [put("a", 1, { uncertain: true })], "u"), [put("a", 2)], "u");
    expect(toggled.history).toEqual(made.history);
  });

  test("what has since been changed from elsewhere is left alone, and the deed dropped", () => {
    const made = doIt(doIt(start, [put("b", 0)]), [put("a", 0)]);
    const elsewhere = apply(made.review, [put("a", 1, { end: 3 })]).review;
    const stale = undo(made.history, elsewhere, newId);
    expect(stale).toMatchObject({ stale: true, changes: [] });
    expect(stale?.history.done).toHaveLength(1);
  });

  test("new versions from the server do not matter", () => {
    const made = doIt(start, [put("a", 0)]);
    const { spans, links } = snapshot(made.review);
    const server = reviewOf(40, { spans: spans.map((s) => ({ ...s, version: 17 })), links });
    const back = undo(made.history, server, newId);
    expect(back?.changes).toEqual([expect.objectContaining({ kind: "span.remove", spanId: "a", base: 17 })]);
  });
});

type Deed = { kind: number; a: number; b: number; from: number; length: number; label: string; value: string };

const someDeed: fc.Arbitrary<Deed> = fc.record({
  kind: fc.nat(5),
  a: fc.nat(3),
  b: fc.nat(3),
  from: fc.nat(30),
  length: fc.integer({ min: 1, max: 10 }),
  label: fc.constantFrom("CLAIM", "DENIAL", "ATTRIBUTION"),
  value: fc.constantFrom("", "why", "late"),
});

/** Changes of one deed on this review; some cannot be done and are refused. */
function changesOf(review: Review, deed: Deed): readonly Change[] {
  const spanId = `s${deed.a}`;
  const linkId = `l${deed.b}`;
  const spanBase = (review.spans.get(spanId) ?? review.removedSpans.get(spanId))?.version ?? 0;
  const linkBase = (review.links.get(linkId) ?? review.removedLinks.get(linkId))?.version ?? 0;
  const span = put(spanId, spanBase, {
    start: deed.from,
    end: deed.from + deed.length,
    label: deed.label,
    note: deed.value,
    attributes: deed.label === "CLAIM" ? { hedge: deed.value } : {},
  });
  const link: Change = {
    id: newId(),
    kind: "link.put",
    link: {
      id: linkId,
      base: linkBase,
      type: deed.label === "DENIAL" ? "denies" : "continues",
      from: spanId,
      to: `s${deed.b}`,
    },
  };
  const unlink: Change = { id: newId(), kind: "link.remove", linkId, base: linkBase };
  const remove: Change = { id: newId(), kind: "span.remove", spanId, base: spanBase };
  return [[span], [link], [unlink], [remove], [unlink, remove], [span, link]][deed.kind] ?? [];
}

test("any deeds, all undone, give the start; all redone, the end; also after a reload", () => {
  fc.assert(
    fc.property(fc.array(someDeed, { maxLength: 40 }), (deeds) => {
      let desk = start;
      const seen = [contents(desk.review)];
      for (const deed of deeds) {
        const changes = changesOf(desk.review, deed);
        if (!applyAll(context, desk.review, changes).ok) continue;
        const next = doIt(desk, changes);
        if (next.history !== desk.history) seen.push(contents(next.review));
        desk = next;
      }
      const steps = desk.history.done.length;
      expect(seen).toHaveLength(steps + 1);
      for (let n = steps - 1; n >= 0; n--) {
        desk = step(desk, undo);
        expect(contents(desk.review)).toBe(seen[n]);
      }
      desk = { ...desk, history: JSON.parse(JSON.stringify(desk.history)) };
      for (let n = 1; n <= steps; n++) desk = step(desk, redo);
      expect(contents(desk.review)).toBe(seen[steps]);
    }),
  );
});

test("changes that can be applied one after the other can be applied in one request, to the same end", () => {
  fc.assert(
    fc.property(fc.array(someDeed, { maxLength: 20 }), (deeds) => {
      let review = emptyReview();
      const all: Change[] = [];
      for (const deed of deeds) {
        const changes = changesOf(review, deed);
        const done = applyAll(context, review, changes);
        if (!done.ok) continue;
        review = done.value.review;
        all.push(...changes);
      }
      expect({ ...apply(emptyReview(), all).review, version: 0 }).toEqual({ ...review, version: 0 });
    }),
  );
});

test("acts that follow each other compose to one with the same effect", () => {
  fc.assert(
    fc.property(fc.array(someDeed, { maxLength: 20 }), (deeds) => {
      let review = emptyReview();
      let all: Act = [];
      for (const deed of deeds) {
        const done = applyAll(context, review, changesOf(review, deed));
        if (!done.ok) continue;
        review = done.value.review;
        all = compose(all, reverse(done.value.inverse));
      }
      const whole = record(emptyHistory, all);
      const back = undo(whole, review, newId);
      expect(contents(back ? apply(review, back.changes).review : review)).toBe(contents(emptyReview()));
    }),
  );
});

describe("rebase: mine is kept against what came from elsewhere", () => {
  const there = apply(emptyReview(), [put("a", 0), put("b", 0), put("c", 0)]).review;
  const elsewhere = apply(there, [
    put("a", 1, { end: 3 }),
    { id: newId(), kind: "span.remove", spanId: "b", base: 1 },
  ]).review;
  test("edits go on the versions that stand now, what was removed comes back, what is gone need not go", () => {
    const mine: readonly Change[] = [
      put("a", 1, { end: 5 }),
      put("a", 2, { end: 6 }),
      put("b", 1, { note: "still here" }),
      { id: newId(), kind: "span.remove", spanId: "c", base: 1 },
      put("n", 0),
    ];
    expect(applyAll(context, elsewhere, mine).ok).toBe(false);
    const { review } = apply(elsewhere, rebase(elsewhere, mine));
    expect(review.spans.get("a")).toMatchObject({ end: 6, version: 4 });
    expect(review.spans.get("b")).toMatchObject({ note: "still here", version: 3 });
    expect([...review.spans.keys()].sort()).toEqual(["a", "b", "n"]);
    expect(rebase(elsewhere, [{ id: "x", kind: "span.remove", spanId: "b", base: 1 }])).toEqual([]);
  });
});
