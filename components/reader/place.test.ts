// @vitest-environment happy-dom
import { describe, expect, test } from "vitest";
import { pieces } from "@/lib/spans/pieces";
import { indexText } from "@/lib/text/codepoints";
import { offsetAt, placeOf } from "./place";
import { articleBlocks, rowsOf } from "./rows";

const TEXT = "Cat\u00a0🛟🛟 sat.\nאדם אמר.\nLast line";
const index = indexText(TEXT);
const SPANS = [
  { id: "a", start: 2, end: 7, label: "A" },
  { id: "b", start: 4, end: 9, label: "B" },
  { id: "c", start: 12, end: 25, label: "A" },
];

/** The article's elements as line.tsx makes them. */
function draw() {
  const rows = rowsOf(index, articleBlocks(index, []), [], new Set());
  const root = document.createElement("div");
  for (const row of rows) {
    if (row.kind !== "block") continue;
    const line = document.createElement("p");
    line.className = "line";
    line.dataset.b = String(row.at);
    line.dataset.o = String(index.toUtf16(row.content.start));
    for (const piece of pieces(row.content, SPANS)) {
      const element = document.createElement("span");
      element.dataset.o = String(index.toUtf16(piece.start));
      element.textContent = index.slice(piece);
      line.append(element);
    }
    root.append(line);
  }
  document.body.replaceChildren(root);
  return { root, rows };
}

describe("offsets and places", () => {
  test("every offset goes into the document and comes back, from either side", () => {
    const { root, rows } = draw();
    const breaks = new Set([...TEXT].flatMap((c, at) => (c === "\n" ? [at + 1] : [])));
    for (const side of ["start", "end"] as const)
      for (let at = 0; at <= index.length; at++) {
        const place = placeOf(root, index, rows, at, side);
        if (!place) throw new Error(`no place for ${at}`);
        // Where a line begins, an end lies at the end of the line before it.
        const expected = side === "end" && breaks.has(at) ? at - 1 : at;
        expect(offsetAt(root, index, place.node, place.offset)).toBe(expected);
      }
  });

  test("places between elements count too, as browsers make them at the ends of lines and pieces", () => {
    const { root } = draw();
    const [first, second] = [...root.children];
    if (!first || !second) throw new Error("no lines");
    expect(offsetAt(root, index, root, 0)).toBe(0);
    expect(offsetAt(root, index, root, 1)).toBe(12);
    expect(offsetAt(root, index, root, 3)).toBe(index.length);
    expect(offsetAt(root, index, first, 1)).toBe(2);
    expect(offsetAt(root, index, first, first.childNodes.length)).toBe(11);
    expect(offsetAt(root, index, second, 0)).toBe(12);
  });

  test("a place elsewhere on the page is none", () => {
    const { root } = draw();
    expect(offsetAt(root, index, document.body, 0)).toBeNull();
  });
});
