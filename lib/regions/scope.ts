/** The parts of an article in which a project annotates. Ranges are ordered, do not overlap and do not touch. */
import type { TextIndex } from "../text/codepoints";
import { overlap, type Range } from "../text/range";
import type { Region, RegionRole } from "./roles";

/**
 * What is annotated of a text of this length: the regions of these roles. A text without any region is wholly in scope (a
 * file need not name regions); one with regions is in scope only where they say so.
 */
export function scopeRanges(
  regions: readonly Region[],
  roles: readonly RegionRole[],
  length: number,
): readonly Range[] {
  if (regions.length === 0) return length > 0 ? [{ start: 0, end: length }] : [];
  const ranges: { start: number; end: number }[] = [];
  for (const { start, end, role } of regions) {
    if (!roles.includes(role) || start >= end) continue;
    const last = ranges.at(-1);
    if (last && last.end >= start) last.end = Math.max(last.end, end);
    else ranges.push({ start, end });
  }
  return ranges;
}

/** The first of the ordered ranges that ends after the offset. */
function firstAfter(ranges: readonly Range[], offset: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.end ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The parts of a range that lie in scope, in order. O(log n + parts). */
export function clipToScope(scope: readonly Range[], range: Range): readonly Range[] {
  const parts: Range[] = [];
  for (let i = firstAfter(scope, range.start); i < scope.length; i++) {
    const part = scope[i];
    if (!part || !overlap(part, range)) break;
    parts.push({ start: Math.max(part.start, range.start), end: Math.min(part.end, range.end) });
  }
  return parts;
}

/** Whether a range lies in scope but for blanks, such as the lines between two regions. */
export function inScope(index: TextIndex, scope: readonly Range[], range: Range): boolean {
  const parts = clipToScope(scope, range);
  if (parts.length === 0) return false;
  const edges = [range.start, ...parts.flatMap((p) => [p.start, p.end]), range.end];
  for (let i = 0; i < edges.length; i += 2) {
    if (index.slice({ start: edges[i] ?? 0, end: edges[i + 1] ?? 0 }).trim() !== "") return false;
  }
  return true;
}
