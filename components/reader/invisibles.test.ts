import { describe, expect, test } from "vitest";
import { indexText } from "@/lib/text/codepoints";
import { countInvisibles, invisiblesIn } from "./invisibles";

describe("what cannot be seen", () => {
  const index = indexText(
    "🛟 on\u00a0Thursday\u200b, 10\u202f%\u00a0up; co\u00adop\ufeff \u0007\u2009end 👩\u200d👧 a\u200db",
  );
  test("is found where it stands, in code points", () => {
    expect(invisiblesIn(index, { start: 0, end: index.length }).map((i) => [i.at, i.name])).toEqual([
      [4, "no-break space"],
      [13, "zero width space"],
      [18, "narrow no-break space"],
      [20, "no-break space"],
      [27, "soft hyphen"],
      [30, "zero width no-break space"],
      [32, "control character U+0007"],
      [33, "blank U+2009"],
      [43, "zero width joiner"],
    ]);
    expect(invisiblesIn(index, { start: 14, end: 21 }).map((i) => i.at)).toEqual([18, 20]);
  });
  test("is counted by name", () => {
    expect(countInvisibles(index)).toMatch(/^2 times no-break space, /);
    expect(countInvisibles(indexText("plain words\nand lines"))).toBeNull();
  });
});
