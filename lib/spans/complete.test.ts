import { describe, expect, test } from "vitest";
import { DEFAULT_SCHEME } from "../scheme/default";
import type { Scheme } from "../scheme/scheme";
import { canonicalChange, canonicalJson, canonicalLink, canonicalSpan } from "./canonical";
import { missingToSubmit } from "./complete";
import type { Link, Span } from "./model";
import { reviewOf, snapshot } from "./submission";

const span = (id: string, label: string, more: Partial<Span> = {}): Span => ({
  id,
  version: 1,
  start: 0,
  end: 5,
  label,
  attributes: {},
  note: "",
  uncertain: false,
  ...more,
});
const link = (id: string, from: string, more: Partial<Link> = {}): Link => ({
  id,
  version: 1,
  type: "denies",
  from,
  to: null,
  toText: null,
  ...more,
});

describe("missingToSubmit", () => {
  const missing = (spans: readonly Span[], links: readonly Link[] = [], scheme: Scheme = DEFAULT_SCHEME) =>
    missingToSubmit(scheme, reviewOf(1, { spans, links })).map((m) => `${m.spanId} ${m.path} ${m.code}`);
  const framed = { attributes: { kind: "lexical", reason: "loaded" } };
  test.each([
    { name: "nothing marked", spans: [], links: [], lacks: [] },
    { name: "a bare claim", spans: [span("c", "CLAIM")], links: [], lacks: [] },
    {
      name: "a denial without target",
      spans: [span("d", "DENIAL")],
      links: [],
      lacks: ["d links.denies link-missing"],
    },
    {
      name: "a denial of a span",
      spans: [span("d", "DENIAL"), span("c", "CLAIM")],
      links: [link("l", "d", { to: "c" })],
      lacks: [],
    },
    {
      name: "a denial of a text",
      spans: [span("d", "DENIAL")],
      links: [link("l", "d", { toText: "generic" })],
      lacks: [],
    },
    {
      name: "a denial that only counters",
      spans: [span("d", "DENIAL"), span("c", "CLAIM")],
      links: [link("l", "d", { type: "counters", to: "c" })],
      lacks: ["d links.denies link-missing"],
    },
    {
      name: "a bare framing",
      spans: [span("f", "FRAMING")],
      links: [],
      lacks: ["f attributes.kind attribute-missing", "f attributes.reason attribute-missing"],
    },
    {
      name: "a framing with a blank reason",
      spans: [span("f", "FRAMING", { attributes: { kind: "lexical", reason: " \u00a0" } })],
      links: [],
      lacks: ["f attributes.reason attribute-missing"],
    },
    { name: "a whole framing", spans: [span("f", "FRAMING", framed)], links: [], lacks: [] },
    {
      name: "several, in reading order",
      spans: [span("late", "DENIAL", { start: 4 }), span("early", "DENIAL", { start: 1, end: 2 })],
      links: [],
      lacks: ["early links.denies link-missing", "late links.denies link-missing"],
    },
    { name: "a label that is no longer known", spans: [span("x", "GONE")], links: [], lacks: [] },
  ])("$name", ({ spans, links, lacks }) => expect(missing(spans, links)).toEqual(lacks));

  test("asks for nothing that is archived", () => {
    const archived: Scheme = {
      ...DEFAULT_SCHEME,
      labels: DEFAULT_SCHEME.labels.map((l) => ({
        ...l,
        attributes: l.attributes.map((a) => (a.key === "reason" ? { ...a, archived: true } : a)),
      })),
      links: DEFAULT_SCHEME.links.map((t) => ({ ...t, archived: true })),
    };
    const spans = [span("d", "DENIAL"), span("f", "FRAMING")];
    expect(missing(spans, [], archived)).toEqual(["f attributes.kind attribute-missing"]);
  });
});

describe("canonical content", () => {
  const one = span("a", "CLAIM", { attributes: { type: "event", hedge: "perhaps" } });
  test.each([
    {
      name: "id, version, note and uncertain do not count",
      other: { ...one, id: "b", version: 9, note: "x", uncertain: true },
      same: true,
    },
    {
      name: "nor does the order of attributes",
      other: { ...one, attributes: { hedge: "perhaps", type: "event" } },
      same: true,
    },
    { name: "nor a blank attribute", other: { ...one, attributes: { ...one.attributes, source: "" } }, same: true },
    { name: "a range does", other: { ...one, end: 6 }, same: false },
    { name: "a label does", other: { ...one, label: "DENIAL" }, same: false },
    { name: "an attribute does", other: { ...one, attributes: { type: "event" } }, same: false },
  ])("$name", ({ other, same }) => expect(canonicalSpan(other) === canonicalSpan(one)).toBe(same));

  test("of a link is its type and ends", () => {
    expect(canonicalLink(link("a", "d", { to: "c" }))).toBe(canonicalLink(link("b", "d", { to: "c", version: 3 })));
    expect(canonicalLink(link("a", "d", { to: "c" }))).not.toBe(canonicalLink(link("a", "d", { toText: "c" })));
  });

  test("of JSON is the same in any order of members, at any depth", () => {
    expect(canonicalJson({ b: [{ d: 1, c: undefined }], a: null })).toBe('{"a":null,"b":[{"d":1}]}');
  });

  test("of a change is all of it", () => {
    const change = { id: "x", kind: "span.remove", spanId: "a", base: 1 } as const;
    expect(canonicalChange(change)).toBe('{"base":1,"id":"x","kind":"span.remove","spanId":"a"}');
  });
});

test("a snapshot is in one order, whatever the order of the maps, and makes the same review again", () => {
  const spans = [
    span("b", "CLAIM", { start: 0, end: 3 }),
    span("a", "CLAIM", { start: 0, end: 9 }),
    span("c", "DENIAL", { start: 1 }),
  ];
  const links = [
    link("z", "c", { to: "a" }),
    link("y", "b", { type: "continues", to: "a" }),
    link("x", "c", { to: "b" }),
  ];
  const made = snapshot(reviewOf(3, { spans, links }));
  expect(made.spans.map((s) => s.id)).toEqual(["a", "b", "c"]);
  expect(made.links.map((l) => l.id)).toEqual(["y", "x", "z"]);
  expect(snapshot(reviewOf(3, made))).toEqual(made);
  const removed = reviewOf(3, made, { spans: [span("r", "CLAIM", { version: 7 })] });
  expect(removed.removedSpans.get("r")).toMatchObject({ version: 7, was: { label: "CLAIM" } });
});
