/**
 * What the region editor does. Each answers with new regions, ordered and without overlap; what a person has set or moved has no
 * reason of the machine's any more. Ranges lie inside the text.
 */
import type { TextIndex } from "../text/codepoints";
import { overlap, type Range } from "../text/range";
import { trimBlanks } from "../text/trim";
import type { Region, RegionRole } from "./roles";

const inOrder = (regions: readonly Region[]): readonly Region[] => [...regions].sort((a, b) => a.start - b.start);

/** The region without the cut-out, in none, one or two parts, each without the blanks that the cut leaves at its edge. */
function without(index: TextIndex, region: Region, cut: Range): readonly Region[] {
  if (!overlap(region, cut)) return [region];
  const parts = [
    { start: region.start, end: Math.min(region.end, cut.start) },
    { start: Math.max(region.start, cut.end), end: region.end },
  ];
  return parts.flatMap((part) => {
    const kept = part.start < part.end ? trimBlanks(index, part) : null;
    return kept ? [{ ...region, ...kept }] : [];
  });
}

/**
 * Gives a stretch a role, or none (null): regions that reach into it are cut, and neighbours of the same role with nothing but blanks
 * between become one with it.
 */
export function setRole(
  index: TextIndex,
  regions: readonly Region[],
  stretch: Range,
  role: RegionRole | null,
): readonly Region[] {
  const others = regions.flatMap((r) => without(index, r, stretch));
  if (role === null || stretch.start >= stretch.end) return inOrder(others);
  let made: Region = { ...stretch, role, reason: null };
  const isBlank = (start: number, end: number) => index.slice({ start, end }).trim() === "";
  const before = others.findLast((r) => r.end <= stretch.start);
  const after = others.find((r) => r.start >= stretch.end);
  const merged = [before, after].filter((r) => {
    if (r?.role !== role) return false;
    return r.end <= stretch.start ? isBlank(r.end, stretch.start) : isBlank(stretch.end, r.start);
  });
  for (const r of merged)
    if (r) made = { ...made, start: Math.min(made.start, r.start), end: Math.max(made.end, r.end) };
  return inOrder([...others.filter((r) => !merged.includes(r)), made]);
}

/** Moves a border of the n-th region, into its neighbours if need be, which give way; a region keeps at least one character. */
export function moveBorder(
  index: TextIndex,
  regions: readonly Region[],
  n: number,
  border: "start" | "end",
  to: number,
): readonly Region[] {
  const region = regions[n];
  if (!region) return regions;
  const moved: Region =
    border === "start"
      ? { ...region, reason: null, start: Math.min(Math.max(to, 0), region.end - 1) }
      : { ...region, reason: null, end: Math.max(Math.min(to, index.length), region.start + 1) };
  const others = regions.filter((r) => r !== region).flatMap((r) => without(index, r, moved));
  return inOrder([...others, moved]);
}

export const removeRegion = (regions: readonly Region[], n: number): readonly Region[] =>
  regions.filter((_, i) => i !== n);
