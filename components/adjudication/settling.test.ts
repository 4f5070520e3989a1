import { describe, expect, test } from "vitest";
import { looksOf } from "@/components/reader/look";
import type { Suggestion } from "@/lib/cases/suggest";
import { DEFAULT_SCHEME } from "@/lib/scheme/default";
import { indexText } from "@/lib/text/codepoints";
import { draftOf } from "./draft";
import { linesOf } from "./drawn-links";
import { linksSent } from "./links";
import type { CaseView, Desk, MemberView } from "./model";
import { rowsOf, settled } from "./settling";

const TEXT = "The council denied any knowledge of it. The valley council knew of it, they say.";
const index = indexText(TEXT);

const member = (lane: string, words: string, label: string, more: Partial<MemberView> = {}): MemberView => ({
  ...{ lane, label, spanId: `${lane} ${words}`, attributes: {}, note: "", uncertain: false, links: [] },
  ...{ start: TEXT.indexOf(words), end: TEXT.indexOf(words) + words.length },
  ...more,
});

const suggestion = (label: string, span: readonly [number, number], more: Partial<Suggestion> = {}): Suggestion => ({
  ...{ rules: "1", action: "accept", label, spans: [span], votes: {}, existence: "2/2", attributes: {}, open: [] },
  ...{ links: [], weights: null },
  ...more,
});

const caseOf = (id: string, members: readonly MemberView[], more: Partial<CaseView> = {}): CaseView => ({
  ...{ id, members, labels: [...new Set(members.map((m) => m.label))], primary: "LABEL", flags: [], status: "OPEN" },
  ...{ words: "", missing: [], decision: null, stale: null },
  start: Math.min(...members.map((m) => m.start)),
  end: Math.max(...members.map((m) => m.end)),
  suggestion: null,
  ...more,
});

const denies = (to: string | null, toText: string | null, words: string) => ({ type: "denies", to, toText, words });
const claim = caseOf("claim", [
  member("A", "The valley council knew of it", "CLAIM"),
  member("B", "valley council knew of it", "CLAIM"),
]);
const denial = caseOf(
  "denial",
  [
    member("A", "The council denied", "DENIAL", {
      attributes: { kind: "outright", source: "the council" },
      links: [denies("A The valley council knew of it", null, "The valley council knew of it")],
    }),
    member("B", "The council denied any knowledge", "DENIAL", {
      attributes: { kind: "dismissal", source: "the council" },
      links: [
        denies("B valley council knew of it", null, "valley council knew of it"),
        denies(null, "A warning", "A warning"),
      ],
    }),
  ],
  {
    suggestion: suggestion("DENIAL", [0, 18], {
      attributes: { kind: "outright" },
      links: [
        { type: "denies", to: "A The valley council knew of it", toText: null, votes: ["A", "B"], action: "accept" },
      ],
    }),
  },
);
const desk: Desk = {
  article: {
    id: "a",
    projectId: "p",
    title: "",
    outlet: null,
    publishedDate: null,
    text: TEXT,
    regions: [],
    state: "ADJUDICATION",
  },
  ...{ cases: [denial, claim], scheme: DEFAULT_SCHEME, rules: [], names: null, mayDecide: true },
  ...{ stamp: "", live: true, history: [] },
};

const drafted = (choice: Parameters<typeof draftOf>[3]) => {
  const made = draftOf(desk, denial, index, choice);
  if (!made.ok) throw new Error(made.message);
  return made.value;
};

describe("what a ruling settles one by one", () => {
  test("attributes that differ and links are lines; what agrees stands apart; a digit takes that lane's value", () => {
    const draft = drafted({ kind: "suggestion" });
    const { rows, agreed } = rowsOf(desk, denial, draft);
    expect(rows.map((row) => (row.kind === "link" ? [row.candidate.votes, row.kept] : [row.key, row.chosen]))).toEqual([
      ["kind", "outright"],
      [["A", "B"], true],
      [["B"], false],
    ]);
    expect(agreed.map((row) => row.key)).toEqual(["source"]);
    const kind = rows[0];
    const after = kind && settled(desk, denial, draft, kind, 2);
    expect(after).toMatchObject({ request: { action: "edit" }, spans: [{ attributes: { kind: "dismissal" } }] });
    expect(kind && settled(desk, denial, draft, kind, 3)).toBeNull();
  });

  test("links are sent only where someone has said something of them, from the member that drew them", () => {
    const draft = drafted({ kind: "suggestion" });
    expect(linksSent(desk, denial, draft)).toEqual({});
    const [, shared, own] = rowsOf(desk, denial, draft).rows;
    if (!shared || !own) throw new Error("no links");
    const without = settled(desk, denial, draft, shared, 2);
    const both = without && settled(desk, denial, without, own, 1);
    expect(both && linksSent(desk, denial, both)).toEqual({
      links: [{ type: "denies", from: "B The council denied any knowledge", to: null, toText: "A warning" }],
    });
    expect(settled(desk, denial, draft, own, 3)).toBeNull();
  });

  test("a reading keeps the links of the one whose it is", () => {
    const { rows } = rowsOf(desk, denial, drafted({ kind: "member", lane: "B" }));
    expect(rows.flatMap((row) => (row.kind === "link" ? [row.kept] : []))).toEqual([true, true]);
    expect(rowsOf(desk, denial, drafted({ kind: "nothing" })).rows.filter((row) => row.kind === "link")).toEqual([]);
  });
});

describe("links beside the article", () => {
  const looks = looksOf(DEFAULT_SCHEME);
  const y = (id: string) => (id === "claim" ? 200 : 20);

  test("what reviewers drew is one line from case to case, strong where it touches the case in hand", () => {
    const lines = linesOf(desk.cases, claim, DEFAULT_SCHEME, looks, y);
    expect(lines.map((one) => [one.id, one.quiet, one.trunks.map((trunk) => trunk.branches)])).toEqual([
      ["claim", false, [[20]]],
    ]);
    expect(linesOf(desk.cases, null, DEFAULT_SCHEME, looks, y).map((one) => [one.id, one.quiet])).toEqual([
      ["denial", true],
    ]);
  });

  test("of a decided case those that were ruled", () => {
    const ruled = {
      ...{
        id: "d",
        action: "nothing",
        spans: [],
        reasonCode: null,
        note: "",
        rule: null,
        by: null,
        at: "",
        live: true,
      },
      ...{ anonymous: true, follows: null, links: [] },
    };
    expect(linesOf([{ ...denial, decision: ruled }, claim], null, DEFAULT_SCHEME, looks, y)).toEqual([]);
  });
});
