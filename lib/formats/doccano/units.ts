/** Offsets of a text in the unit that a doccano project counted in, as code points. */
import type { TextIndex } from "../../text/codepoints";
import type { Range } from "../../text/range";
import { rangeOfUtf16 } from "../foreign";

export const OFFSET_UNITS = ["utf16", "grapheme", "code_point"] as const;
export type OffsetUnit = (typeof OFFSET_UNITS)[number];

type At = (start: number, end: number) => Range | { readonly message: string };

const SEGMENTER = new Intl.Segmenter("en", { granularity: "grapheme" });

export function offsetsIn(unit: OffsetUnit, index: TextIndex): At {
  if (unit === "code_point")
    return (start, end) =>
      isRange(start, end, index.length) ? { start, end } : outside(start, end, "code points", index.length);
  if (unit === "utf16")
    return (start, end) => {
      const range = rangeOfUtf16(index, start, end);
      if (range) return range;
      const inside = isRange(start, end, index.text.length);
      return inside
        ? {
            message: `The offsets ${start} to ${end} cut a character in two, so they do not count UTF-16 units. If the project counted grapheme clusters, read the file with offsetUnit=grapheme.`,
          }
        : outside(start, end, "UTF-16 units", index.text.length);
    };
  const starts = [...SEGMENTER.segment(index.text)].map((one) => one.index);
  starts.push(index.text.length);
  return (start, end) => {
    const [from, to] = [starts[start], starts[end]];
    return from === undefined || to === undefined
      ? outside(start, end, "grapheme clusters", starts.length - 1)
      : { start: index.toCodePoint(from), end: index.toCodePoint(to) };
  };
}

const isRange = (start: number, end: number, most: number): boolean =>
  Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end && end <= most;

const outside = (start: number, end: number, unit: string, most: number) => ({
  message: `The offsets ${start} to ${end} lie outside the text, which has ${most} ${unit}.`,
});
