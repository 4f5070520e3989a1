import { describe, expect, it } from "vitest";
import { articleState } from "./article-state";
import type { CaseLink } from "./case";
import { fingerprint, stale, stalenessInWords } from "./content";
import { findCases } from "./find";
import { byPosition, byWorth, unsureness } from "./queue-order";
import { suggest } from "./suggest";
import { marks, reviewersOf } from "./testing/marks";

const ground = (spans: ReturnType<typeof marks>, links: CaseLink[] = [], submitted = 2) => {
  const [c] = findCases({ reviewers: ["a", "b"], spans, links });
  if (!c) throw new Error("one case");
  return { members: fingerprint(c, links, (content) => content), submitted };
};

describe("stale", () => {
  const spans = () => marks("a 0-9 CLAIM, b 0-9 CLAIM");
  const changed = (edit: object) => spans().map((m, i) => (i === 0 ? { ...m, ...edit } : m));
  const link: CaseLink = { reviewer: "a", type: "counters", from: "a:0-9:CLAIM", to: "x", toText: null };
  it.each([
    ["nothing", ground(spans()), null],
    ["a note", ground(changed({ note: "unsure", uncertain: true })), null],
    ["a bound", ground(changed({ end: 8 })), { changed: ["a:0-9:CLAIM"] }],
    ["an attribute", ground(changed({ attributes: { type: "event" } })), { changed: ["a:0-9:CLAIM"] }],
    ["a blank attribute", ground(changed({ attributes: { hedge: " " } })), null],
    ["a link", ground(spans(), [link]), { changed: ["a:0-9:CLAIM"] }],
    ["a span more", ground(marks("a 0-9 CLAIM, b 0-9 CLAIM, b 0-9 CLAIM")), { added: ["b:0-9:CLAIM#2"] }],
    ["a span less", ground(marks("a 0-9 CLAIM")), { removed: ["b:0-9:CLAIM"] }],
    ["a review more", ground(spans(), [], 3), { reviews: { was: 2, now: 3 } }],
  ])("%s", (_, now, difference) => {
    const none = { added: [], removed: [], changed: [], reviews: null };
    expect(stale(ground(spans()), now)).toEqual(difference && { ...none, ...difference });
  });

  it("is said in words", () => {
    expect(stalenessInWords({ added: ["x"], removed: [], changed: ["y", "z"], reviews: { was: 2, now: 3 } })).toBe(
      "1 span was added, 2 spans were changed, 3 reviews are submitted instead of 2.",
    );
  });
});

describe("the state of an article", () => {
  const open = { decided: false, stale: false };
  const done = { decided: true, stale: false };
  it.each([
    ["reviews are missing", { submitted: 1, wanted: 2, closedEarly: false, cases: [] }, "OPEN"],
    ["closed early", { submitted: 1, wanted: 2, closedEarly: true, cases: [open] }, "ADJUDICATION"],
    ["no case", { submitted: 2, wanted: 2, closedEarly: false, cases: [] }, "SETTLED"],
    ["one case left", { submitted: 2, wanted: 2, closedEarly: false, cases: [done, open] }, "ADJUDICATION"],
    ["all decided", { submitted: 3, wanted: 2, closedEarly: false, cases: [done, done] }, "SETTLED"],
    [
      "one is stale",
      { submitted: 3, wanted: 2, closedEarly: false, cases: [{ decided: true, stale: true }] },
      "ADJUDICATION",
    ],
  ] as const)("%s", (_, progress, state) => {
    expect(articleState(progress)).toBe(state);
  });
});

describe("the order of the queue", () => {
  const unsure = (reviewers: string, spans: string) => {
    const [c] = findCases({ reviewers: reviewersOf(reviewers), spans: marks(spans) });
    return c ? unsureness(c, suggest(c)) : Number.NaN;
  };
  it.each([
    ["all agree", "abc", "a 0-9 C, b 0-9 C, c 0-9 C", 0],
    ["one of two marked it", "ab", "a 0-9 C", 1],
    ["labels tie", "ab", "a 0-9 C, b 0-9 D", 1],
    ["labels two to one", "abc", "a 0-9 C, b 0-9 C, c 0-9 D", 0.5],
    ["ends differ", "ab", "a 0-9 C, b 0-8 C", 0.5],
    ["one review", "a", "a 0-9 C", 1],
  ])("%s: %s", (_, reviewers, spans, value) => {
    expect(unsure(reviewers, spans)).toBe(value);
  });

  it("undecided articles first, then by reprints, checkable claims and unsureness", () => {
    const articles = [
      { id: "done", undecided: 0, reprints: 9 },
      { id: "unsure", undecided: 1, unsure: 3 },
      { id: "plain", undecided: 1 },
      { id: "checkable", undecided: 2, checkable: 2 },
      { id: "reprinted", undecided: 1, reprints: 1 },
    ];
    expect(articles.sort(byWorth).map((a) => a.id)).toEqual(["reprinted", "checkable", "unsure", "plain", "done"]);
  });

  it("inside an article by position", () => {
    const at = (id: string, start: number, end: number) => ({ id, start, end });
    expect([at("c", 5, 9), at("b", 0, 9), at("a", 0, 9), at("d", 0, 4)].sort(byPosition).map((c) => c.id)).toEqual([
      "d",
      "a",
      "b",
      "c",
    ]);
  });
});
