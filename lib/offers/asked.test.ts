import { expect, test } from "vitest";
import { DEFAULT_SCHEME } from "../scheme/default";
import type { Attributes, Span } from "../spans/model";
import { nextAsked } from "./asked";

const span = (label: string, attributes: Attributes = {}): Span => ({
  ...{ id: "a", version: 1, start: 0, end: 1, label, attributes, note: "", uncertain: false },
});
const asked = (of: Span, after: string | null = null) => nextAsked(DEFAULT_SCHEME, of, after);

test.each<[string, Span, string | null, string | null]>([
  ["the first that must be judged", span("CLAIM"), null, "type"],
  ["then the next, past what the text can speak for", span("CLAIM", { type: "event" }), "type", "checkable"],
  ["nothing that is given", span("CLAIM", { checkable: "yes" }), "type", null],
  ["what is required, though a sign may offer it", span("FRAMING"), null, "kind"],
  ["no text, not even a required one", span("FRAMING", { kind: "lexical" }), null, null],
  ["nothing of a label that words speak for throughout", span("ATTRIBUTION"), null, null],
  ["nothing of an unknown label", span("OTHER"), null, null],
])("asked is %s", (_, of, after, expected) => {
  expect(asked(of, after)).toBe(expected);
});
