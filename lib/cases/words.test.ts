import { describe, expect, it } from "vitest";
import { DEFAULT_SCHEME } from "../scheme/default";
import { labelOf } from "../scheme/lookup";
import { findCases } from "./find";
import { suggest } from "./suggest";
import { marks, reviewersOf } from "./testing/marks";
import { caseInWords, suggestionInWords } from "./words";

const labelName = (key: string) => labelOf(DEFAULT_SCHEME, key)?.name ?? key;

describe("a case in words", () => {
  it.each([
    ["abc", "a 0-9 CLAIM, b 0-9 CLAIM, c 0-9 CLAIM", "All three marked the same claim.", "Suggested: a claim."],
    ["ab", "a 0-9 CLAIM, b 0-9 CLAIM", "Both marked the same claim.", "Suggested: a claim."],
    [
      "abc",
      "a 0-9 CLAIM, b 0-8 CLAIM",
      "Two marked a claim, with different ends; one marked nothing.",
      "Suggested: a claim.",
    ],
    [
      "abc",
      "a 0-9 CLAIM, b 0-9 DENIAL",
      "One marked a claim, one a denial; one marked nothing.",
      "The labels tie, so nothing is suggested.",
    ],
    [
      "ab",
      "a 0-9 FRAMING",
      `One marked an ${labelName("FRAMING").toLowerCase()}; one marked nothing.`.replace("an f", "a f"),
      "As many marked it as did not, so nothing is suggested.",
    ],
    ["abc", "a 0-9 ATTRIBUTION", "One marked an attribution; two marked nothing.", "Suggested: nothing here."],
    ["ab", "a 0-9 CLAIM, b 0-4 CLAIM, b 5-9 CLAIM", "Both marked a claim, in different pieces.", "Suggested: a claim."],
    [
      "ab",
      "a 0-4 CLAIM, a 6-9 CLAIM, b 0-7 CLAIM, b 6-9 CLAIM",
      "Both marked a claim, each in several pieces.",
      "Suggested: a claim, in two pieces.",
    ],
    [
      "a",
      "a 0-9 CLAIM",
      "One review is submitted, and it marks a claim here.",
      "With one review there is no suggestion.",
    ],
    ["ab", "a 0-9 NGO, b 0-8 NGO", "Both marked a NGO, with different ends.", "Suggested: a NGO."],
  ])("%s: %s", (reviewers, spans, words, suggestion) => {
    const [c] = findCases({ reviewers: reviewersOf(reviewers), spans: marks(spans) });
    if (!c) throw new Error("one case");
    expect(caseInWords(c, labelName)).toBe(words);
    expect(suggestionInWords(suggest(c), labelName)).toBe(suggestion);
  });

  it("names every difference", () => {
    const [a, b, ...rest] = marks("a 0-9 CLAIM, b 0-9 CLAIM, c 0-8 CLAIM");
    if (!a || !b) throw new Error("three marks");
    const spans = [{ ...a, attributes: { type: "event" } }, b, ...rest];
    const [c] = findCases({ reviewers: ["a", "b", "c"], spans });
    expect(c && caseInWords(c, labelName)).toBe(
      "All three marked a claim, with different ends and with other attributes.",
    );
  });
});
