import { describe, expect, test } from "vitest";
import { DEFAULT_SCHEME } from "./default";
import { rules } from "./guideline";
import { ruleChanges, withExample } from "./rule-changes";

const BEFORE =
  "# Guideline\n\nMark what matters.\n\n## Claims\n\n### 1.1 What counts {#counts}\n\nA proposition.\n\n### Not a wish {#wish}\n\nA wish is none.\n";

describe("what a version does to the rules", () => {
  const cases: readonly (readonly [string, string, readonly object[]])[] = [
    ["the same words", BEFORE, []],
    ["white space at the ends of lines", BEFORE.replace("A proposition.", "A proposition.   "), []],
    [
      "other words in one rule, which is about claims",
      BEFORE.replace("A wish is none.", "A wish is none, a demand is."),
      [{ anchor: "wish", kind: "changed", labels: ["CLAIM"] }],
    ],
    [
      "another title",
      BEFORE.replace("What counts", "What is one"),
      [{ anchor: "counts", kind: "changed", title: "What is one" }],
    ],
    [
      "a rule that goes",
      BEFORE.slice(0, BEFORE.indexOf("### Not")),
      [{ anchor: "wish", kind: "removed", labels: ["CLAIM"] }],
    ],
    [
      "a rule that comes",
      `${BEFORE}\n## Denials\n\nOf an accusation.\n`,
      [{ anchor: "denials", kind: "added", labels: ["DENIAL"] }],
    ],
    [
      "another anchor",
      BEFORE.replace("{#wish}", "{#wishes}"),
      [
        { anchor: "wishes", kind: "added" },
        { anchor: "wish", kind: "removed" },
      ],
    ],
    [
      "a rule about no label",
      BEFORE.replace("Mark what matters.", "Mark little."),
      [{ anchor: "guideline", kind: "changed", labels: [] }],
    ],
  ];
  test.each(cases)("%s", (_, after, expected) => {
    expect(ruleChanges(BEFORE, after, DEFAULT_SCHEME)).toMatchObject(expected);
    expect(ruleChanges(BEFORE, after, DEFAULT_SCHEME)).toHaveLength(expected.length);
  });

  test("an example goes to the end of its rule and changes no other", () => {
    const draft = withExample(BEFORE, "counts", "- Example: “it rained”");
    expect(rules(draft).find((rule) => rule.anchor === "counts")?.body).toBe(
      "A proposition.\n\n- Example: “it rained”",
    );
    expect(ruleChanges(BEFORE, draft, DEFAULT_SCHEME).map((one) => one.anchor)).toEqual(["counts"]);
    expect(ruleChanges(BEFORE, withExample(BEFORE, null, "New."), DEFAULT_SCHEME).map((one) => one.anchor)).toEqual([
      "wish",
    ]);
  });
});
