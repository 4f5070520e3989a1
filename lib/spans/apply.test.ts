import { describe, expect, test } from "vitest";
import type { Region } from "../regions/roles";
import { DEFAULT_SCHEME } from "../scheme/default";
import type { Scheme } from "../scheme/scheme";
import { indexText } from "../text/codepoints";
import { applyAll, applyChange, type Context, emptyReview } from "./apply";
import type { Change, LinkInput, Review, SpanInput } from "./model";

const TEXT = "The mill 💧 burned, she said.\n\n“No mill burned,” he said. Cafe\u0301.";
const context: Context = { index: indexText(TEXT), scheme: DEFAULT_SCHEME };

let changeCount = 0;
const changeId = () => `change-${++changeCount}`;
const put = (span: Partial<SpanInput> & { id: string }): Change => ({
  id: changeId(),
  kind: "span.put",
  span: { base: 0, start: 0, end: 8, label: "CLAIM", ...span },
});
const remove = (spanId: string, base: number): Change => ({ id: changeId(), kind: "span.remove", spanId, base });
const link = (input: Partial<LinkInput> & { id: string; type: string; from: string }): Change => ({
  id: changeId(),
  kind: "link.put",
  link: { base: 0, to: null, ...input },
});
const unlink = (linkId: string, base: number): Change => ({ id: changeId(), kind: "link.remove", linkId, base });

/** The review after these requests, each of which must succeed. */
function reviewAfter(requests: readonly (readonly Change[])[], start: Review = emptyReview(), using = context): Review {
  return requests.reduce((review, changes) => {
    const done = applyAll(using, review, changes);
    if (!done.ok) throw new Error(JSON.stringify(done));
    return done.value.review;
  }, start);
}

/** What a refused request says: its code, and path and code of each fault. */
function refusal(review: Review, changes: readonly Change[], using = context) {
  const done = applyAll(using, review, changes);
  return done.ok ? "applied" : [done.code, ...done.errors.map((f) => `${f.path} ${f.code}`)];
}

const claim = put({ id: "claim" });
const denial = put({ id: "denial", start: 31, end: 45, label: "DENIAL" });
const denies = link({ id: "denies", type: "denies", from: "denial", to: "claim" });

describe("putting and removing spans", () => {
  test("a new span has version 1, what is left out is empty, and the review counts requests", () => {
    const review = reviewAfter([
      [put({ id: "a", quote: "The mill" }), put({ id: "b", start: 9, end: 17 })],
      [put({ id: "c" })],
    ]);
    expect(review.version).toBe(2);
    expect(review.spans.get("a")).toEqual({
      id: "a",
      version: 1,
      start: 0,
      end: 8,
      label: "CLAIM",
      attributes: {},
      note: "",
      uncertain: false,
    });
  });

  test("a put replaces the whole span", () => {
    const first = put({ id: "a", attributes: { type: "event" }, note: "why", uncertain: true });
    const review = reviewAfter([[first], [put({ id: "a", base: 1, end: 10 })]]);
    expect(review.spans.get("a")).toMatchObject({ version: 2, end: 10, attributes: {}, note: "", uncertain: false });
  });

  test("a remove leaves a versioned tombstone, and a put on it brings the span back", () => {
    const removed = reviewAfter([[claim], [remove("claim", 1)]]);
    expect(removed.spans.size).toBe(0);
    expect(removed.removedSpans.get("claim")).toMatchObject({ id: "claim", version: 2 });
    const back = reviewAfter([[put({ id: "claim", base: 2 })]], removed);
    expect(back.spans.get("claim")?.version).toBe(3);
    expect(back.removedSpans.size).toBe(0);
  });

  test("the given review is left as it was", () => {
    const before = reviewAfter([[claim]]);
    reviewAfter([[put({ id: "claim", base: 1, end: 3 })], [remove("claim", 2)]], before);
    expect(before.spans.get("claim")).toMatchObject({ version: 1, end: 8 });
    expect(before.removedSpans.size).toBe(0);
  });

  test("answers each change with the version after it", () => {
    const changes = [put({ id: "a" }), put({ id: "a", base: 1, end: 3 }), remove("a", 2)];
    const done = applyAll(context, emptyReview(), changes);
    expect(done.ok && done.value.applied).toEqual(changes.map((c, n) => ({ id: c.id, version: n + 1 })));
    expect(done.ok && done.value.inverse).toEqual([]);
  });

  test("one change at a time", () => {
    const done = applyChange(context, emptyReview(), claim);
    expect(done.ok && done.value.resultVersion).toBe(1);
    expect(done.ok && done.value.inverse).toEqual([
      { kind: "span", id: "claim", before: expect.objectContaining({ start: 0, end: 8 }), after: null },
    ]);
  });
});

describe("conflicts", () => {
  const review = reviewAfter([
    [claim, put({ id: "gone" })],
    [put({ id: "claim", base: 1, end: 10 })],
    [remove("gone", 1)],
  ]);
  test.each([
    {
      name: "a put on an older version",
      change: put({ id: "claim", base: 1 }),
      path: "span.base",
      current: review.spans.get("claim"),
    },
    {
      name: "a put on a later version",
      change: put({ id: "claim", base: 7 }),
      path: "span.base",
      current: review.spans.get("claim"),
    },
    {
      name: "a creation of what is there, with other content",
      change: put({ id: "claim" }),
      path: "span.base",
      current: review.spans.get("claim"),
    },
    {
      name: "a creation of what was removed",
      change: put({ id: "gone" }),
      path: "span.base",
      current: { id: "gone", version: 2, removed: true },
    },
    { name: "a put on what never was", change: put({ id: "never", base: 3 }), path: "span.base", current: null },
    { name: "removing an older version", change: remove("claim", 1), path: "base", current: review.spans.get("claim") },
    {
      name: "removing once more",
      change: remove("gone", 1),
      path: "base",
      current: { id: "gone", version: 2, removed: true },
    },
    { name: "removing what never was", change: remove("never", 1), path: "base", current: null },
    { name: "removing what never was, on version 0", change: remove("never", 0), path: "base", current: null },
    {
      name: "a link on an older version",
      change: link({ id: "l", base: 2, type: "continues", from: "claim" }),
      path: "link.base",
      current: null,
    },
    { name: "removing a link that never was", change: unlink("l", 1), path: "base", current: null },
  ])("$name", ({ change, path, current }) => {
    const done = applyAll(context, review, [change]);
    expect(done.ok ? null : done.code).toBe("conflict");
    expect(done.ok ? [] : done.errors).toEqual([
      expect.objectContaining({ path: `changes.0.${path}`, code: "conflict", current }),
    ]);
  });

  test("all of them are listed, and nothing of the request is applied", () => {
    const changes = [put({ id: "new" }), put({ id: "claim", base: 1 }), remove("gone", 1)];
    expect(refusal(review, changes)).toEqual(["conflict", "changes.1.span.base conflict", "changes.2.base conflict"]);
    expect(review.spans.has("new")).toBe(false);
  });

  test("what follows from a conflict is not said again", () => {
    const changes = [
      put({ id: "claim", base: 1 }),
      put({ id: "claim", base: 2 }),
      put({ id: "d", label: "DENIAL" }),
      link({ id: "l", type: "denies", from: "d", to: "claim" }),
    ];
    expect(refusal(review, changes)).toEqual(["conflict", "changes.0.span.base conflict"]);
  });

  test("what is wrong in itself comes first", () => {
    const changes = [put({ id: "claim", base: 1 }), put({ id: "new", end: 0 })];
    expect(refusal(review, changes)).toEqual(["invalid", "changes.0.span.base conflict", "changes.1.span empty"]);
  });

  test("the same creation again is answered with the version that stands, and changes nothing", () => {
    const done = applyAll(context, review, [put({ id: "claim", end: 10 })]);
    expect(done.ok && done.value.applied[0]?.version).toBe(2);
    expect(done.ok && done.value.review).toEqual(review);
  });

  test("one change id twice in a request", () => {
    expect(refusal(emptyReview(), [claim, claim])).toEqual(["invalid", "changes.1.id duplicate-change"]);
  });
});

describe("what a span may be", () => {
  const length = context.index.length;
  test.each<{ name: string; span: Partial<SpanInput>; faults: string }>([
    { name: "the whole text", span: { start: 0, end: length }, faults: "applied" },
    {
      name: "inside a grapheme, between its code points",
      span: { start: length - 2, end: length - 1, quote: "\u0301" },
      faults: "applied",
    },
    { name: "a quote that fits", span: { start: 9, end: 17, quote: "💧 burned" }, faults: "applied" },
    {
      name: "a quote off by one",
      span: { start: 8, end: 16, quote: "💧 burned" },
      faults: "span.quote quote-mismatch",
    },
    {
      name: "a quote that folds to the same only",
      span: { start: 31, end: 45, quote: '"No mill burned' },
      faults: "span.quote quote-mismatch",
    },
    { name: "before the text", span: { start: -1, end: 3 }, faults: "span outside-text" },
    { name: "one beyond the text", span: { start: 0, end: length + 1 }, faults: "span outside-text" },
    { name: "wholly beyond the text", span: { start: length + 1, end: length + 2 }, faults: "span outside-text" },
    { name: "between code points", span: { start: 0.5, end: 2 }, faults: "span outside-text" },
    { name: "no characters", span: { start: 4, end: 4 }, faults: "span empty" },
    { name: "from end to start", span: { start: 8, end: 4 }, faults: "span empty" },
    { name: "an unknown label", span: { label: "claim" }, faults: "span.label unknown-label" },
    { name: "known attributes", span: { attributes: { type: "event", hedge: "perhaps" } }, faults: "applied" },
    {
      name: "an unknown attribute",
      span: { attributes: { mood: "grim" } },
      faults: "span.attributes.mood unknown-attribute",
    },
    {
      name: "an attribute's name that every object has",
      span: { attributes: { constructor: "x" } },
      faults: "span.attributes.constructor unknown-attribute",
    },
    {
      name: "an unknown value",
      span: { attributes: { type: "Event" } },
      faults: "span.attributes.type unknown-attribute",
    },
    {
      name: "another label's attribute",
      span: { attributes: { cueStance: "neutral" } },
      faults: "span.attributes.cueStance unknown-attribute",
    },
    { name: "NUL in the note", span: { note: "a\0b" }, faults: "span.note not-well-formed" },
    {
      name: "half a character in a text attribute",
      span: { attributes: { hedge: "\ud83d" } },
      faults: "span.attributes.hedge not-well-formed",
    },
  ])("$name", ({ span, faults }) => {
    const expected = faults === "applied" ? faults : ["invalid", `changes.0.${faults}`];
    expect(refusal(emptyReview(), [put({ id: "a", ...span })])).toEqual(expected);
  });

  test("a mismatch says what stands there", () => {
    const done = applyAll(context, emptyReview(), [put({ id: "a", quote: "The hill" })]);
    expect(done.ok ? [] : done.errors).toEqual([expect.objectContaining({ expected: "The mill", actual: "The hill" })]);
  });

  test("every fault of a span is named", () => {
    const span = put({ id: "a", end: 0, label: "DENIAL", attributes: { kind: "rude" }, note: "\0" });
    expect(refusal(emptyReview(), [span])).toEqual([
      "invalid",
      "changes.0.span empty",
      "changes.0.span.attributes.kind unknown-attribute",
      "changes.0.span.note not-well-formed",
    ]);
  });
});

describe("scope", () => {
  const region = (start: number, end: number, role: Region["role"]): Region => ({ start, end, role, reason: null });
  const regions = [region(0, 28, "body"), region(30, 56, "body"), region(57, 63, "debris")];
  const forbidding: Context = { ...context, scope: { regions, roles: ["body"], forbid: true } };
  test.each([
    { name: "inside", start: 0, end: 8, faults: "applied" },
    { name: "over the blank lines between two parts", start: 20, end: 40, faults: "applied" },
    { name: "outside", start: 58, end: 60, faults: ["invalid", "changes.0.span outside-scope"] },
    { name: "partly outside", start: 40, end: 60, faults: ["invalid", "changes.0.span outside-scope"] },
    { name: "only the blanks between", start: 28, end: 30, faults: ["invalid", "changes.0.span outside-scope"] },
  ])("$name", ({ start, end, faults }) => {
    expect(refusal(emptyReview(), [put({ id: "a", start, end })], forbidding)).toEqual(faults);
  });

  test("is no fault where the project does not forbid it, nor for a span that was there before", () => {
    const allowing = { ...context, scope: { regions, roles: ["body"] as const, forbid: false } };
    const review = reviewAfter([[put({ id: "a", start: 58, end: 60 })]], emptyReview(), allowing);
    expect(refusal(review, [put({ id: "a", base: 1, start: 58, end: 60, note: "late" })], forbidding)).toBe("applied");
    expect(refusal(review, [put({ id: "a", base: 1, start: 58, end: 61 })], forbidding)).toEqual([
      "invalid",
      "changes.0.span outside-scope",
    ]);
  });
});

describe("what is archived takes no new use, and old uses stay", () => {
  const archived: Scheme = {
    ...DEFAULT_SCHEME,
    labels: DEFAULT_SCHEME.labels.map((l) => {
      if (l.key === "FRAMING") return { ...l, archived: true };
      if (l.key !== "CLAIM") return l;
      return {
        ...l,
        attributes: l.attributes.map((a) => {
          if (a.key === "outlet") return { ...a, archived: true };
          if (a.key !== "type" || a.kind !== "choice") return a;
          return { ...a, values: a.values.map((v) => (v.key === "demand" ? { ...v, archived: true } : v)) };
        }),
      };
    }),
    links: DEFAULT_SCHEME.links.map((t) => (t.key === "counters" ? { ...t, archived: true } : t)),
  };
  const later: Context = { ...context, scheme: archived };
  const old = { attributes: { type: "demand", outlet: "reports" } };
  const review = reviewAfter([
    [put({ id: "f", label: "FRAMING" }), put({ id: "c", ...old }), put({ id: "d" })],
    [link({ id: "l", type: "counters", from: "c", to: "d" })],
  ]);
  test.each([
    {
      name: "a new span of the label",
      change: put({ id: "n", label: "FRAMING" }),
      faults: ["span.label archived-label"],
    },
    {
      name: "relabelling to it",
      change: put({ id: "c", base: 1, label: "FRAMING" }),
      faults: ["span.label archived-label"],
    },
    {
      name: "editing an old span of the label",
      change: put({ id: "f", base: 1, label: "FRAMING", end: 3 }),
      faults: [],
    },
    { name: "an old value, kept", change: put({ id: "c", base: 1, end: 3, ...old }), faults: [] },
    {
      name: "an old value, anew",
      change: put({ id: "d", base: 1, attributes: { type: "demand" } }),
      faults: ["span.attributes.type unknown-attribute"],
    },
    {
      name: "an old attribute, anew",
      change: put({ id: "d", base: 1, attributes: { outlet: "reports" } }),
      faults: ["span.attributes.outlet unknown-attribute"],
    },
    {
      name: "an old attribute, changed",
      change: put({ id: "c", base: 1, attributes: { outlet: "endorses" } }),
      faults: ["span.attributes.outlet unknown-attribute"],
    },
    {
      name: "a link of the type",
      change: link({ id: "n", type: "counters", from: "d", to: "c" }),
      faults: ["link.type link-not-allowed"],
    },
    {
      name: "an old link of the type",
      change: link({ id: "l", base: 1, type: "counters", from: "d", to: "c" }),
      faults: [],
    },
  ])("$name", ({ change, faults }) => {
    const expected = faults.length === 0 ? "applied" : ["invalid", ...faults.map((f) => `changes.0.${f}`)];
    expect(refusal(review, [change], later)).toEqual(expected);
  });

  test("bringing a removed one back", () => {
    const gone = reviewAfter([[unlink("l", 1), remove("f", 1), remove("c", 1)]], review, later);
    const back = [
      put({ id: "f", base: 2, label: "FRAMING" }),
      put({ id: "c", base: 2, ...old }),
      link({ id: "l", base: 2, type: "counters", from: "c", to: "d" }),
    ];
    expect(refusal(gone, back, later)).toBe("applied");
  });
});

describe("links", () => {
  const attribution = put({ id: "said", start: 19, end: 27, label: "ATTRIBUTION" });
  const framing = put({ id: "frame", label: "FRAMING" });
  const review = reviewAfter([[claim, denial, attribution, framing, put({ id: "other", start: 9, end: 17 })]]);
  const far: Context = {
    ...context,
    foreignTarget: (id) => (id.startsWith("far-") ? { label: id.slice(4) } : null),
  };
  test.each([
    { name: "an attribution to a claim", link: { type: "attributes", from: "said", to: "claim" }, fault: null },
    { name: "an attribution to a denial", link: { type: "attributes", from: "said", to: "denial" }, fault: null },
    { name: "a denial to a claim", link: { type: "denies", from: "denial", to: "claim" }, fault: null },
    {
      name: "a denial to a claim in another article",
      link: { type: "denies", from: "denial", to: "far-CLAIM" },
      fault: null,
    },
    {
      name: "a denial to words",
      link: { type: "denies", from: "denial", toText: "that the mill burned" },
      fault: null,
    },
    { name: "a framing to anything", link: { type: "frames", from: "frame", to: "said" }, fault: null },
    {
      name: "a part to the next of the same label",
      link: { type: "continues", from: "claim", to: "other" },
      fault: null,
    },
    {
      name: "a part to another label",
      link: { type: "continues", from: "claim", to: "denial" },
      fault: "type link-not-allowed",
    },
    {
      name: "the wrong way round",
      link: { type: "attributes", from: "claim", to: "said" },
      fault: "type link-not-allowed",
    },
    {
      name: "to a label that the type does not take",
      link: { type: "attributes", from: "said", to: "frame" },
      fault: "type link-not-allowed",
    },
    {
      name: "a far label that the type does not take",
      link: { type: "denies", from: "denial", to: "far-FRAMING" },
      fault: "type link-not-allowed",
    },
    { name: "an unknown type", link: { type: "mocks", from: "denial", to: "claim" }, fault: "type link-not-allowed" },
    {
      name: "words for a type that takes none",
      link: { type: "attributes", from: "said", toText: "it" },
      fault: "to link-not-allowed",
    },
    { name: "blank words", link: { type: "denies", from: "denial", toText: " \n" }, fault: "toText unknown-target" },
    { name: "no target", link: { type: "denies", from: "denial" }, fault: "toText unknown-target" },
    {
      name: "a span and words",
      link: { type: "denies", from: "denial", to: "claim", toText: "it" },
      fault: "toText link-not-allowed",
    },
    {
      name: "ill-formed words",
      link: { type: "denies", from: "denial", toText: "\udc00" },
      fault: "toText not-well-formed",
    },
    { name: "to itself", link: { type: "continues", from: "claim", to: "claim" }, fault: "to link-not-allowed" },
    { name: "to no span", link: { type: "denies", from: "denial", to: "never" }, fault: "to unknown-target" },
    {
      name: "to another article for a type that stays in one",
      link: { type: "frames", from: "frame", to: "far-CLAIM" },
      fault: "to unknown-target",
    },
    { name: "from no span", link: { type: "denies", from: "never", to: "claim" }, fault: "from unknown-target" },
    {
      name: "from a span elsewhere",
      link: { type: "denies", from: "far-DENIAL", to: "claim" },
      fault: "from unknown-target",
    },
  ])("$name", ({ link: input, fault }) => {
    const expected = fault === null ? "applied" : ["invalid", `changes.0.link.${fault}`];
    expect(refusal(review, [link({ id: "l", ...input })], far)).toEqual(expected);
  });

  test("a span may be linked in the request that makes it, in any order", () => {
    expect(refusal(emptyReview(), [denies, claim, denial])).toBe("applied");
  });

  test("a link whose far end has gone since may stay", () => {
    const linked = reviewAfter([[link({ id: "l", type: "denies", from: "denial", to: "far-CLAIM" })]], review, far);
    const again = link({ id: "l", base: 1, type: "denies", from: "denial", to: "far-CLAIM" });
    expect(refusal(linked, [again])).toBe("applied");
    expect(refusal(linked, [link({ id: "m", type: "denies", from: "denial", to: "far-CLAIM" })])).toEqual([
      "invalid",
      "changes.0.link.to unknown-target",
    ]);
  });

  describe("of a removed or relabelled span", () => {
    const linked = reviewAfter([[denies]], review);
    const links = [linked.links.get("denies")];
    test.each([
      { name: "its start", change: remove("denial", 1) },
      { name: "its end", change: remove("claim", 1) },
    ])("removing $name is refused with the links that hold it", ({ change }) => {
      const done = applyAll(context, linked, [change]);
      expect(done.ok ? null : done.code).toBe("conflict");
      expect(done.ok ? [] : done.errors).toEqual([
        expect.objectContaining({ path: "changes.0", code: "has-links", current: links }),
      ]);
    });
    test("removing both in one request is fine, in any order", () => {
      expect(refusal(linked, [unlink("denies", 1), remove("claim", 1)])).toBe("applied");
      expect(refusal(linked, [remove("claim", 1), unlink("denies", 1)])).toBe("applied");
    });
    test("a link moved elsewhere holds no longer", () => {
      const moved = link({ id: "denies", base: 1, type: "denies", from: "denial", to: "other" });
      expect(refusal(linked, [remove("claim", 1), moved])).toBe("applied");
    });
    test("a new link to a span that the request removes", () => {
      const changes = [remove("other", 1), link({ id: "n", type: "denies", from: "denial", to: "other" })];
      expect(refusal(linked, changes)).toEqual(["invalid", "changes.1.link.to unknown-target"]);
    });
    test("an old link, put again while the request removes its end", () => {
      const again = link({ id: "denies", base: 1, type: "denies", from: "denial", to: "claim" });
      expect(refusal(linked, [remove("claim", 1), again])).toEqual(["invalid", "changes.1.link.to unknown-target"]);
    });
    test("an old link, brought back after its end is gone", () => {
      const gone = reviewAfter([[unlink("denies", 1)], [remove("claim", 1)]], linked);
      const back = link({ id: "denies", base: 2, type: "denies", from: "denial", to: "claim" });
      expect(refusal(gone, [back])).toEqual(["invalid", "changes.0.link.to unknown-target"]);
    });
    test("a new label must allow the links that stay", () => {
      const relabel = put({ id: "claim", base: 1, label: "FRAMING" });
      expect(refusal(linked, [relabel])).toEqual(["invalid", "changes.0.span.label link-not-allowed"]);
      expect(refusal(linked, [relabel, unlink("denies", 1)])).toBe("applied");
    });
    test("a new label that allows them", () => {
      const one = reviewAfter([[link({ id: "a", type: "attributes", from: "said", to: "claim" })]], review);
      expect(refusal(one, [put({ id: "claim", base: 1, label: "DENIAL" })])).toBe("applied");
    });
  });
});

test("ten thousand spans in one request, and one more", () => {
  const text = "word ".repeat(20_000);
  const large: Context = { index: indexText(text), scheme: DEFAULT_SCHEME };
  const many = Array.from({ length: 10_000 }, (_, n) =>
    put({ id: `s${n}`, start: n * 10, end: n * 10 + 4, quote: "word" }),
  );
  const full = reviewAfter([many], emptyReview(), large);
  expect(full.spans.size).toBe(10_000);
  expect(reviewAfter([[put({ id: "one" })]], full, large).spans.size).toBe(10_001);
  expect(reviewAfter([many.map((_, n) => remove(`s${n}`, 1))], full, large).spans.size).toBe(0);
});

describe("how a value came about", () => {
  const span = { id: "a", attributes: { likelihood: "possible", type: "event" } };

  test("is kept with the span, sorted and once each; given by hand it leaves nothing", () => {
    const of = (accepted?: string[]) =>
      reviewAfter([[put(accepted ? { ...span, accepted } : span)]]).spans.get("a")?.accepted;
    expect(of(["type", "likelihood", "type"])).toEqual(["likelihood", "type"]);
    expect(of([])).toBeUndefined();
    expect(of()).toBeUndefined();
  });

  test("is refused of an attribute that has no value", () => {
    expect(refusal(emptyReview(), [put({ ...span, accepted: ["hedge"] })])).toEqual([
      "invalid",
      "changes.0.span.accepted unknown-attribute",
    ]);
  });

  test("is a change by itself, so the same creation said otherwise is a conflict", () => {
    const review = reviewAfter([[put(span)]]);
    expect(refusal(review, [put({ ...span, accepted: ["type"] })])).toEqual([
      "conflict",
      "changes.0.span.base conflict",
    ]);
    const after = reviewAfter([[put({ ...span, base: 1, accepted: ["type"] })]], review);
    expect(after.spans.get("a")).toMatchObject({ version: 2, accepted: ["type"] });
  });

  test("is kept of links, and taken back and redone with the rest", () => {
    const marked = reviewAfter([[claim, denial]]);
    const done = applyAll(context, marked, [
      link({ id: "l", type: "denies", from: "denial", to: "claim", accepted: true }),
    ]);
    if (!done.ok) throw new Error("refused");
    expect(done.value.review.links.get("l")?.accepted).toBe(true);
    expect(done.value.inverse).toEqual([
      {
        kind: "link",
        id: "l",
        before: { type: "denies", from: "denial", to: "claim", toText: null, accepted: true },
        after: null,
      },
    ]);
  });
});
