import { describe, expect, test } from "vitest";
import { changesRequestSchema, LIMITS } from "./schema";

const A = "0f8fad5b-d9cb-469f-a165-70867728950e";
const B = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
const span = { id: A, base: 0, start: 0, end: 5, label: "CLAIM" };
const link = { id: A, base: 0, type: "denies", from: A, to: B };
const put = (more: object) => ({ id: B, kind: "span.put", span: { ...span, ...more } });

const issues = (changes: unknown) => {
  const parsed = changesRequestSchema.safeParse({ changes });
  return (parsed.error?.issues ?? []).map((i) => {
    const own: unknown = i.code === "custom" ? i.params?.code : undefined;
    return `${i.path.join(".")} ${own ?? i.code}`;
  });
};

describe("what may come in", () => {
  test.each([
    { name: "a span", change: put({}) },
    {
      name: "a span with everything",
      change: put({ quote: "The m", attributes: { type: "event" }, note: "", uncertain: true }),
    },
    { name: "a range that only apply can judge", change: put({ start: -3, end: -9 }) },
    { name: "a removed span", change: { id: B, kind: "span.remove", spanId: A, base: 3 } },
    { name: "a link to a span", change: { id: B, kind: "link.put", link } },
    { name: "a link to words", change: { id: B, kind: "link.put", link: { ...link, to: null, toText: "generic" } } },
    { name: "a removed link", change: { id: B, kind: "link.remove", linkId: A, base: 1 } },
  ])("$name", ({ change }) => expect(issues([change])).toEqual([]));

  test("ids in capitals become lower case", () => {
    const parsed = changesRequestSchema.parse({
      changes: [{ id: B.toUpperCase(), kind: "link.put", link: { ...link, to: B.toUpperCase() } }],
    });
    expect(parsed.changes[0]).toMatchObject({ id: B, link: { to: B } });
  });
});

describe("what may not", () => {
  const { base: _, ...baseless } = span;
  test.each([
    {
      name: "no base",
      change: { id: B, kind: "span.put", span: baseless },
      says: ["changes.0.span.base invalid_type"],
    },
    { name: "a negative base", change: put({ base: -1 }), says: ["changes.0.span.base too_small"] },
    { name: "half an offset", change: put({ start: 1.5 }), says: ["changes.0.span.start invalid_type"] },
    { name: "an offset as text", change: put({ start: "3" }), says: ["changes.0.span.start invalid_type"] },
    { name: "an offset beyond all numbers", change: put({ end: 2 ** 53 }), says: ["changes.0.span.end too_big"] },
    { name: "infinity", change: put({ end: Number.POSITIVE_INFINITY }), says: ["changes.0.span.end invalid_type"] },
    { name: "an id that is none", change: put({ id: "1" }), says: ["changes.0.span.id invalid_format"] },
    { name: "an unknown field", change: put({ colour: "red" }), says: ["changes.0.span unrecognized_keys"] },
    { name: "an unknown kind", change: { id: B, kind: "span.move" }, says: ["changes.0.kind invalid_union"] },
    { name: "NUL in a note", change: put({ note: "a\0" }), says: ["changes.0.span.note not-well-formed"] },
    {
      name: "half a character in an attribute",
      change: put({ attributes: { hedge: "\ud83d" } }),
      says: ["changes.0.span.attributes.hedge not-well-formed"],
    },
    {
      name: "a note too long",
      change: put({ note: "x".repeat(LIMITS.note + 1) }),
      says: ["changes.0.span.note too_big"],
    },
    { name: "an empty label", change: put({ label: "" }), says: ["changes.0.span.label too_small"] },
    {
      name: "a link without a word on its end",
      change: { id: B, kind: "link.put", link: { id: A, base: 0, type: "denies", from: A } },
      says: ["changes.0.link.to invalid_type"],
    },
    {
      name: "an attribute that is a number",
      change: put({ attributes: { type: 3 } }),
      says: ["changes.0.span.attributes.type invalid_type"],
    },
  ])("$name", ({ change, says }) => expect(issues([change])).toEqual(says));

  test("no changes, or too many", () => {
    expect(issues([])).toEqual(["changes too_small"]);
    expect(issues(Array.from({ length: LIMITS.changes + 1 }, () => put({})))).toEqual(["changes too_big"]);
  });
});
