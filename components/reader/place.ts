/**
 * Between the model's offsets (code points of the text) and the browser's places (a node and an offset in UTF-16 units). Every
 * piece of text is an element that knows where it starts (`data-o`, UTF-16), so both ways are additions.
 */
import type { TextIndex } from "@/lib/text/codepoints";
import { type Row, rowAt } from "./rows";

export type Place = { readonly node: Node; readonly offset: number };

const startOf = (element: Element): number | null => {
  const o = element.getAttribute("data-o");
  return o === null ? null : Number(o);
};

/** The first element with text in or after a node, and the last before it. */
const isElement = (node: Node | null | undefined): node is Element => node?.nodeType === 1;

function firstStart(node: Node | null, root: Element): number | null {
  for (let at: Node | null = node; at && at !== root; ) {
    if (isElement(at)) {
      const inner = startOf(at) !== null ? at : at.querySelector("[data-o]");
      if (inner) return startOf(inner);
    }
    let up: Node | null = at;
    while (up && up !== root && !up.nextSibling) up = up.parentNode;
    at = up && up !== root ? up.nextSibling : null;
  }
  return null;
}

function lastEnd(root: Element): number {
  const all = root.querySelectorAll(".line[data-o]");
  const last = all[all.length - 1];
  return last ? (startOf(last) ?? 0) + (last.textContent?.length ?? 0) : 0;
}

/** The code point offset of a place inside the article, or null when it is elsewhere. */
export function offsetAt(root: Element, index: TextIndex, node: Node, offset: number): number | null {
  if (!root.contains(node)) return null;
  if (!isElement(node)) {
    const owner = node.parentElement?.closest("[data-o]");
    if (!owner || !root.contains(owner)) return null;
    const start = startOf(owner) ?? 0;
    // In a line without pieces, or inside a piece, the text is one node; what is before it is counted all the same.
    let before = 0;
    for (let sibling = node.previousSibling; sibling; sibling = sibling.previousSibling)
      before += sibling.textContent?.length ?? 0;
    return index.toCodePoint(Math.min(start + before + offset, index.text.length));
  }
  const fold = node.closest(".fold");
  if (fold) return index.toCodePoint(startOf(fold) ?? 0);
  const child = node.childNodes[offset];
  const own = startOf(node);
  if (own !== null) {
    let before = 0;
    for (let at = 0; at < offset; at++) before += node.childNodes[at]?.textContent?.length ?? 0;
    return index.toCodePoint(own + before);
  }
  const next = child ? firstStart(child, root) : node === root ? null : firstStart(nextAfter(node, root), root);
  return index.toCodePoint(next ?? lastEnd(root));
}

function nextAfter(node: Node, root: Element): Node | null {
  let up: Node | null = node;
  while (up && up !== root && !up.nextSibling) up = up.parentNode;
  return up && up !== root ? up.nextSibling : null;
}

/**
 * The place of an offset, or null when its line is not drawn. Where two pieces meet, `start` takes the later (a range begins
 * there), `end` the earlier.
 */
export function placeOf(
  root: Element,
  index: TextIndex,
  rows: readonly Row[],
  offset: number,
  side: "start" | "end",
): Place | null {
  const row = rows[rowAt(rows, side === "end" ? Math.max(0, offset - 1) : offset)];
  if (row?.kind !== "block") return null;
  const line = root.querySelector(`[data-b="${row.at}"]`);
  if (!line) return null;
  const { start, end } = row.content;
  const u16 = index.toUtf16(Math.min(Math.max(offset, start), end));
  let piece: Element = line;
  const { children } = line;
  let low = 0;
  let high = children.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const candidate = children[middle];
    const at = candidate ? (startOf(candidate) ?? 0) : 0;
    if (candidate && (side === "start" ? at <= u16 : at < u16 || middle === 0)) {
      piece = candidate;
      low = middle + 1;
    } else high = middle - 1;
  }
  const text = piece.firstChild;
  if (!text) return { node: piece, offset: 0 };
  return { node: text, offset: Math.min(u16 - (startOf(piece) ?? 0), text.textContent?.length ?? 0) };
}
