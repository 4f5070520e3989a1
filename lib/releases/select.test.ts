import fc from "fast-check";
import { expect, test } from "vitest";
import { atLeastHalf, iou } from "../cases/overlap-ratio";
import type { NativeSpan } from "../formats/native";
import { parseArticle } from "../formats/native-read";
import { selectArticle } from "./select";
import { AGREEMENT } from "./settings";

const TEXT = "boat ".repeat(12);
const span = fc.record({
  label: fc.constantFrom("CLAIM", "DENIAL"),
  start: fc.nat(40),
  length: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 20 })),
});
const review = fc.record({ spans: fc.array(span, { maxLength: 7 }), submitted: fc.integer({ min: 0, max: 5 }) });

test("a span is chosen by how many of the submitted reviews have one of its label that shares half of it", () => {
  fc.assert(
    fc.property(fc.array(review, { maxLength: 4 }), fc.constantFrom(...AGREEMENT), (list, agreement) => {
      const parsed = parseArticle({
        text: TEXT,
        reviews: list.map(({ spans, submitted }, n) => ({
          reviewer: `r${n}`,
          status: submitted > 0 ? "submitted" : "in_progress",
          spans: spans.map(({ label, start, length }, i) => ({ id: `${n}.${i}`, label, start, end: start + length })),
        })),
      });
      if ("faults" in parsed) throw new Error(JSON.stringify(parsed.faults));
      const { reviews } = parsed.value;
      const voting = reviews.filter(({ status }) => status === "submitted");
      const wanted = (one: NativeSpan) => {
        const alike = (other: NativeSpan) => other.label === one.label && atLeastHalf(iou(other, one));
        const votes = voting.filter(({ spans }) => spans.some(alike)).length;
        if (voting.length < 2) return false;
        if (agreement === "majority") return votes * 2 > voting.length;
        return agreement === "unanimous" ? votes === voting.length : votes < voting.length;
      };
      const chosen = selectArticle(parsed.value, { agreement });
      expect(chosen?.reviews.map(({ spans }) => spans)).toEqual(reviews.map(({ spans }) => spans.filter(wanted)));
    }),
    { numRuns: 1_000 },
  );
});
