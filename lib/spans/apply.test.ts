import { describe, expect, test } from "vitest";
import { DEFAULT_SCHEME } from "../scheme/default";
import { indexText } from "../text/codepoints";
import { applyAll, emptyReview } from "./apply";
import type { Change, SpanInput } from "./model";

const context = {
  index: indexText("The mill 💧 burned, she said. “No mill burned,” he said."),
  scheme: DEFAULT_SCHEME,
};
const put = (span: Partial<SpanInput> & { id: string }): Change => ({
  id: `c-${span.id}-${span.base ?? 0}`,
  kind: "span.put",
  span: { base: 0, start: 0, end: 8, label: "CLAIM", ...span },
});

describe("applyAll", () => {
  test("puts a span", () => {
    const done = applyAll(context, emptyReview(), [
      put({ id: "a", quote: "The mill" }),
      put({ id: "b", start: 9, end: 17, quote: "💧 burned" }),
    ]);
    expect(done.ok && [...done.value.review.spans.values()].map((s) => s.version)).toEqual([1, 1]);
    expect(done.ok && done.value.review.version).toBe(1);
  });
});
