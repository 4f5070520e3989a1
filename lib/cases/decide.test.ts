import { describe, expect, it } from "vitest";
import type { Refusal } from "../result";
import { DEFAULT_SCHEME } from "../scheme/default";
import { indexText } from "../text/codepoints";
import type { CaseLink, CaseSpan } from "./case";
import { type DecideContext, decide, decideCreation, type LastingCase } from "./decide";
import { findCases } from "./find";
import { goldLinks } from "./gold";
import { creationSchema, type DecisionRequest, decisionSchema } from "./schema";
import { suggest } from "./suggest";
import { marks } from "./testing/marks";

const TEXT = "The council said the bridge is unsafe. The contractor denied that it had cut corners on the steel.";

/** Test ids become UUIDs where a request needs one. */
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;

type Setting = { reviewers: string; spans: CaseSpan[]; links?: CaseLink[]; live?: Record<string, string> };

function setting({ reviewers, spans, links = [], live = {} }: Setting) {
  const text = indexText(TEXT);
  const found = findCases({ text, reviewers: [...reviewers], spans, links, scheme: DEFAULT_SCHEME });
  const cases: LastingCase[] = found.map((c, i) => ({ ...c, id: `case ${i}` }));
  let made = 100;
  const context: DecideContext = {
    text,
    scheme: DEFAULT_SCHEME,
    cases,
    links,
    gold: [],
    newId: () => uuid(made++),
    suggestionOf: (c) => suggest(c, { text, scheme: DEFAULT_SCHEME, links, cases }),
    liveOf: (c) => live[c.id] ?? null,
  };
  return { cases, context };
}

/** As a client sends it: through the schema. Span ids in tests are UUIDs made of small numbers. */
const request = (r: Record<string, unknown>): DecisionRequest => decisionSchema.parse({ id: uuid(9999), ...r });

const identified = (written: string): CaseSpan[] => marks(written).map((m, i) => ({ ...m, id: uuid(i + 1) }));

const codes = (refusal: Refusal) => refusal.errors.map((e) => `${e.path} ${e.code}`);

function outcome(s: Setting, r: Record<string, unknown>, at = 0) {
  const { cases, context } = setting(s);
  const c = cases[at];
  if (!c) throw new Error(`no case ${at}`);
  const answer = decide(c, request(r), context);
  if (!answer.ok) return { refused: answer.code, errors: codes(answer) };
  const { spans, links, caseIds, supersedes, stands } = answer.value;
  return {
    spans: spans.map((x) => `${x.start}-${x.end} ${x.label}`),
    attributes: spans.map((x) => x.attributes),
    links,
    caseIds,
    supersedes,
    stands,
  };
}

const two = { reviewers: "ab", spans: identified("a 0-16 ATTRIBUTION, b 4-20 ATTRIBUTION") };

describe("what each action makes of a case", () => {
  it.each([
    ["suggestion", {}, ["4-16 ATTRIBUTION"]],
    ["member", { member: uuid(2) }, ["4-20 ATTRIBUTION"]],
    ["union", {}, ["0-20 ATTRIBUTION"]],
    ["intersection", {}, ["4-16 ATTRIBUTION"]],
    ["edit", { spans: [{ id: uuid(50), start: 0, end: 11, label: "CLAIM", attributes: {} }] }, ["0-11 CLAIM"]],
    ["nothing", {}, []],
    [
      "split",
      {
        spans: [
          { start: 0, end: 11, label: "CLAIM" },
          { start: 12, end: 16, label: "CLAIM" },
        ],
      },
      ["0-11 CLAIM", "12-16 CLAIM"],
    ],
  ])("%s", (action, more, spans) => {
    expect(outcome(two, { action, ...more })).toMatchObject({ spans, stands: true });
  });

  it("a member's reading is all that its reviewer marked in the case, with its attributes", () => {
    const [one, ...rest] = identified("a 17-26 CLAIM, a 27-36 CLAIM, b 17-36 CLAIM");
    if (!one) throw new Error("three marks");
    const spans = [{ ...one, attributes: { checkable: "yes" } }, ...rest];
    expect(outcome({ reviewers: "ab", spans }, { action: "member", member: uuid(2) })).toMatchObject({
      spans: ["17-26 CLAIM", "27-36 CLAIM"],
      attributes: [{ checkable: "yes" }, {}],
    });
  });

  it("a rejected suggestion is nothing", () => {
    const spans = identified("a 0-16 ATTRIBUTION");
    expect(outcome({ reviewers: "abc", spans }, { action: "suggestion" })).toMatchObject({ spans: [], stands: true });
  });

  it("a merge of two cases is their union, and rules on both", () => {
    const spans = identified("a 0-16 ATTRIBUTION, b 0-16 ATTRIBUTION, a 17-20 ATTRIBUTION, b 17-20 ATTRIBUTION");
    const answer = outcome(
      { reviewers: "ab", spans, live: { "case 1": uuid(70) } },
      { action: "merge", mergeWith: uuid(60) },
    );
    expect(answer).toEqual({ refused: "invalid", errors: ["mergeWith not-a-case"] });
    const { cases, context } = setting({ reviewers: "ab", spans, live: { "case 1": uuid(70) } });
    const [first, second] = cases.map((c, i) => ({ ...c, id: uuid(60 + i) }));
    if (!first || !second) throw new Error("two cases");
    const merged = decide(first, request({ action: "merge", mergeWith: uuid(61) }), {
      ...context,
      cases: [first, second],
      liveOf: (c) => (c.id === uuid(61) ? uuid(70) : null),
    });
    expect(merged.ok && merged.value).toMatchObject({
      caseIds: [uuid(60), uuid(61)],
      supersedes: [uuid(70)],
      spans: [
        { start: 0, end: 16 },
        { start: 17, end: 20 },
      ],
    });
  });

  it("free texts that differ are no hindrance: the first voter's stand", () => {
    const spans = identified("a 0-16 CLAIM, b 0-16 CLAIM").map((m, i) => ({
      ...m,
      attributes: { hedge: `hedge ${i}` },
    }));
    expect(outcome({ reviewers: "ab", spans }, { action: "suggestion" })).toMatchObject({
      attributes: [{ hedge: "hedge 0" }],
    });
  });

  it("nothing is refused for what the scheme still asks for, but it is said", () => {
    const { cases, context } = setting({ reviewers: "ab", spans: identified("a 0-7 FRAMING, b 0-7 FRAMING") });
    const answer = cases[0] && decide(cases[0], request({ action: "suggestion" }), context);
    expect(answer?.ok && answer.value.lacks.map((l) => l.path)).toEqual(["attributes.kind", "attributes.reason"]);
  });
});

describe("refusals", () => {
  const tie = { reviewers: "ab", spans: identified("a 0-16 ATTRIBUTION, b 0-16 DENIAL") };
  const edit = (span: Record<string, unknown>) => ({
    action: "edit",
    spans: [{ start: 0, end: 5, label: "CLAIM", ...span }],
  });
  it.each([
    ["the labels tie", tie, { action: "suggestion" }, "invalid", ["action suggestion-undecided"]],
    ["union of two labels", tie, { action: "union" }, "invalid", ["member label-open"]],
    [
      "one review",
      { reviewers: "a", spans: two.spans.slice(0, 1) },
      { action: "suggestion" },
      "invalid",
      ["action no-suggestion"],
    ],
    ["no member named", two, { action: "member" }, "invalid", ["member not-a-member"]],
    ["another's member", two, { action: "member", member: uuid(77) }, "invalid", ["member not-a-member"]],
    ["merge with nobody", two, { action: "merge" }, "invalid", ["mergeWith merge-with-needed"]],
    ["edit without spans", two, { action: "edit", spans: [] }, "invalid", ["spans spans-needed"]],
    [
      "a split in one",
      two,
      { action: "split", spans: [{ start: 0, end: 5, label: "CLAIM" }] },
      "invalid",
      ["spans spans-needed"],
    ],
    ["spans with union", two, { ...edit({}), action: "union" }, "invalid", ["spans spans-not-taken"]],
    ["outside the text", two, edit({ end: 5000 }), "invalid", ["spans.0 outside-text"]],
    ["an empty span", two, edit({ end: 0 }), "invalid", ["spans.0 empty"]],
    ["an unknown label", two, edit({ label: "RUMOUR" }), "invalid", ["spans.0.label unknown-label"]],
    [
      "an unknown value",
      two,
      edit({ attributes: { checkable: "perhaps" } }),
      "invalid",
      ["spans.0.attributes.checkable unknown-attribute"],
    ],
    ["a wrong quote", two, edit({ quote: "Those" }), "invalid", ["spans.0.quote quote-mismatch"]],
    ["nothing to reopen", two, { action: "reopen" }, "conflict", []],
  ])("%s", (_, s, r, refused, errors) => {
    expect(outcome(s, r)).toEqual({ refused, errors });
  });

  it("no intersection", () => {
    const spans = identified("a 0-10 CLAIM, b 8-20 CLAIM, c 18-30 CLAIM");
    expect(outcome({ reviewers: "abc", spans }, { action: "intersection" })).toEqual({
      refused: "invalid",
      errors: ["action no-intersection"],
    });
  });
});

describe("one live decision a case", () => {
  const decided = { ...two, live: { "case 0": uuid(70) } };
  it.each([
    ["another lives", { action: "union" }, { refused: "conflict", errors: ["supersedes decided"] }],
    [
      "a dead one is named",
      { action: "union", supersedes: uuid(71) },
      { refused: "conflict", errors: ["supersedes decided"] },
    ],
    ["it is superseded", { action: "union", supersedes: uuid(70) }, { supersedes: [uuid(70)], stands: true }],
    ["it is taken back", { action: "reopen" }, { supersedes: [uuid(70)], stands: false, spans: [] }],
    [
      "another is taken back",
      { action: "reopen", supersedes: uuid(71) },
      { refused: "conflict", errors: ["supersedes decided"] },
    ],
  ])("%s", (_, r, expected) => {
    expect(outcome(decided, r)).toMatchObject(expected);
  });
});

describe("what was created", () => {
  const { context } = setting({ reviewers: "ab", spans: [] });
  const creation = (r: Record<string, unknown>) =>
    decideCreation(creationSchema.parse({ id: uuid(9999), action: "create", ...r }), context);

  it("spans that nobody marked, with links among them", () => {
    const answer = creation({
      spans: [
        { id: uuid(1), start: 39, end: 61, label: "DENIAL" },
        { id: uuid(2), start: 17, end: 37, label: "CLAIM" },
      ],
      links: [{ type: "denies", from: uuid(1), to: uuid(2) }],
    });
    expect(answer.ok && answer.value.links).toEqual([
      { id: expect.any(String), type: "denies", from: uuid(1), target: { kind: "span", spanId: uuid(2) } },
    ]);
  });

  it.each([
    ["no spans", {}, ["spans spans-needed"]],
    [
      "one id twice",
      { spans: [1, 2].map((end) => ({ id: uuid(1), start: 0, end, label: "CLAIM" })) },
      ["spans.1.id repeated"],
    ],
    [
      "a link from nowhere",
      { spans: [{ start: 0, end: 3, label: "CLAIM" }], links: [{ type: "denies", from: uuid(5), toText: "the fire" }] },
      ["links.0.from unknown-target"],
    ],
    [
      "a link that may not start there",
      {
        spans: [{ id: uuid(1), start: 0, end: 3, label: "CLAIM" }],
        links: [{ type: "denies", from: uuid(1), toText: "it" }],
      },
      ["links.0.type link-not-allowed"],
    ],
  ])("refuses %s", (_, r, errors) => {
    const answer = creation(r);
    expect(answer.ok ? [] : codes(answer)).toEqual(errors);
  });
});

describe("gold links", () => {
  // Both reviewers have the denial (39-98) deny the claim (17-37), by different ends; the third links to a text.
  const spans = identified(
    "a 17-37 CLAIM, a 39-98 DENIAL, b 21-37 CLAIM, b 39-98 DENIAL, c 39-98 DENIAL, c 17-37 CLAIM",
  );
  const links: CaseLink[] = [
    { reviewer: "a", type: "denies", from: uuid(2), to: uuid(1), toText: null },
    { reviewer: "b", type: "denies", from: uuid(4), to: uuid(3), toText: null },
    { reviewer: "c", type: "denies", from: uuid(5), to: null, toText: "generic" },
  ];
  const decideBoth = (claim: Record<string, unknown>, denial: Record<string, unknown> = { action: "suggestion" }) => {
    const { cases, context } = setting({ reviewers: "abc", spans, links });
    const [first, second] = cases;
    if (!first || !second) throw new Error("two cases");
    const ruled = [decide(first, request(claim), context), decide(second, request(denial), context)];
    return ruled.map((r) => {
      if (!r.ok) throw new Error(codes(r).join());
      return r.value;
    });
  };

  it("a link that most drew is suggested, one that a few drew is not", () => {
    const { cases, context } = setting({ reviewers: "abc", spans, links });
    const suggestion = cases[1] && context.suggestionOf(cases[1]);
    expect(suggestion?.links.map((l) => [l.to, l.toText, l.votes.join(""), l.action])).toEqual([
      [uuid(1), null, "ab", "accept"],
      [null, "generic", "c", "reject"],
    ]);
  });

  it("is carried to the gold of both cases once both are decided", () => {
    const [claim, denial] = decideBoth({ action: "union" });
    if (!claim || !denial) throw new Error("two rulings");
    expect(goldLinks([denial], DEFAULT_SCHEME)).toMatchObject({
      links: [],
      pending: [{ type: "denies" }],
      dropped: [],
    });
    expect(goldLinks([claim, denial], DEFAULT_SCHEME)).toMatchObject({
      links: [{ type: "denies", from: denial.spans[0]?.id, to: claim.spans[0]?.id, toText: null }],
      pending: [],
      dropped: [],
    });
  });

  it("is dropped when its other end was ruled to be nothing, or what it may not end in", () => {
    const nothing = decideBoth({ action: "nothing" });
    expect(goldLinks(nothing, DEFAULT_SCHEME)).toMatchObject({ links: [], pending: [], dropped: [{ type: "denies" }] });
    const framing = decideBoth({ action: "edit", spans: [{ start: 17, end: 37, label: "FRAMING", attributes: {} }] });
    expect(goldLinks(framing, DEFAULT_SCHEME)).toMatchObject({ links: [], dropped: [{ type: "denies" }] });
  });

  it("the reading that is taken brings its own links", () => {
    const [, denial] = decideBoth({ action: "union" }, { action: "member", member: uuid(5) });
    expect(denial?.links.map((l) => l.target)).toEqual([{ kind: "text", text: "generic" }]);
  });

  it("a request's own links take the place of the reviewers'", () => {
    const [, denial] = decideBoth({ action: "union" }, { action: "suggestion", links: [] });
    expect(denial?.links).toEqual([]);
    const named = { action: "suggestion", links: [{ type: "denies", from: uuid(2), to: uuid(3) }] };
    const [, again] = decideBoth({ action: "union" }, named);
    expect(again?.links.map((l) => l.target)).toEqual([
      { kind: "case", caseId: "case 0", near: { start: 21, end: 37 } },
    ]);
  });
});
