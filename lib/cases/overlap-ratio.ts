/** Intersection over union of two ranges as whole numbers, so that comparisons are exact. */
import type { Range } from "../text/range";

/** inter / union, with union > 0. Below 2^53 when multiplied crosswise for texts up to the limit of 10 Mi code points. */
export type Ratio = { readonly inter: number; readonly union: number };

export function iou(a: Range, b: Range): Ratio {
  const inter = Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start));
  return { inter, union: a.end - a.start + (b.end - b.start) - inter };
}

export const atLeastHalf = (r: Ratio): boolean => 2 * r.inter >= r.union;

/** Negative when `a` is the smaller. */
export const compareRatios = (a: Ratio, b: Ratio): number => a.inter * b.union - b.inter * a.union;
