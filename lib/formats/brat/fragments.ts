/** brat's discontinuous annotations against spans that are linked with `continues`, part by part. Offsets are code points. */
import { indexText, type TextIndex } from "../../text/codepoints";
import type { Range } from "../../text/range";
import type { Marks } from "../losses";
import type { NativeLink, NativeSpan } from "../native";
import { BREAKS } from "./fit";

export const CONTINUES = "continues";
const ONLY_BREAKS = new RegExp(`^[${BREAKS}]*$`);
const BREAK = new RegExp(`[${BREAKS}]+`, "g");

/** brat parts a range wherever a line ends, because its files hold an annotation a line. */
export function withoutBreaks(index: TextIndex, range: Range): readonly Range[] {
  const from = index.toUtf16(range.start);
  const words = index.slice(range);
  const pieces: Range[] = [];
  let at = 0;
  const add = (end: number) => {
    if (end > at) pieces.push({ start: index.toCodePoint(from + at), end: index.toCodePoint(from + end) });
  };
  for (const found of words.matchAll(BREAK)) {
    add(found.index);
    at = found.index + found[0].length;
  }
  add(words.length);
  return pieces;
}

/** And back: what only line ends part is one span. */
export function joinedAtBreaks(index: TextIndex, fragments: readonly Range[]): readonly Range[] {
  const parts: Range[] = [];
  for (const fragment of [...fragments].sort((a, b) => a.start - b.start)) {
    const last = parts.at(-1);
    const gap = last && last.end <= fragment.start ? { start: last.end, end: fragment.start } : null;
    if (last && gap && gap.end > gap.start && ONLY_BREAKS.test(index.slice(gap)))
      parts[parts.length - 1] = { start: last.start, end: fragment.end };
    else parts.push(fragment);
  }
  return parts;
}

/** One annotation of brat: the span that carries everything that is said, and all its parts in order. */
export type Unit = { readonly span: NativeSpan; readonly parts: readonly Range[] };

/** Chains whose later parts say nothing of their own become one annotation; every other span is one by itself. */
export function unitsOf(
  marks: Marks,
  text: string,
): { readonly units: readonly Unit[]; readonly links: readonly NativeLink[] } {
  const index = indexText(text);
  const spans = new Map(marks.spans.flatMap((span) => (span.id === null ? [] : [[span.id, span] as const])));
  const out = new Map<string, NativeLink[]>();
  const touching = new Map<string, number>();
  const touch = (id: string) => touching.set(id, (touching.get(id) ?? 0) + 1);
  for (const link of marks.links) {
    out.set(link.from, [...(out.get(link.from) ?? []), link]);
    touch(link.from);
    if (link.to !== null) touch(link.to);
  }
  const next = new Map<string, { readonly link: NativeLink; readonly part: NativeSpan }>();
  const later = new Set<string>();
  for (const [from, links] of out) {
    const going = links.filter((link) => link.type === CONTINUES);
    const [link] = going;
    const [a, b] = [spans.get(from), spans.get(link?.to ?? "")];
    if (!link || going.length !== 1 || !a || !b || b.id === null) continue;
    const gap = b.start > a.end ? index.slice({ start: a.end, end: b.start }) : "";
    const goesOn = (out.get(b.id) ?? []).filter((one) => one.type === CONTINUES).length;
    const silent = b.note === "" && !b.uncertain && Object.keys(b.attributes).length === 0;
    if (a.label !== b.label || !silent || ONLY_BREAKS.test(gap) || touching.get(b.id) !== 1 + goesOn) continue;
    next.set(from, { link, part: b });
    later.add(b.id);
  }
  const used = new Set<NativeLink>();
  const units = marks.spans.flatMap((span): readonly Unit[] => {
    if (span.id !== null && later.has(span.id)) return [];
    const parts: Range[] = [span];
    for (let at = next.get(span.id ?? ""); at; at = next.get(at.part.id ?? "")) {
      used.add(at.link);
      parts.push(at.part);
    }
    return [{ span, parts }];
  });
  return { units, links: marks.links.filter((link) => !used.has(link)) };
}
