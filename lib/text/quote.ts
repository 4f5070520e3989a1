/** What a range cuts out, and the words around it by which it can be told from others. */
import type { TextIndex } from "./codepoints";
import type { Range } from "./range";

export type Quote = { readonly quote: string; readonly prefix: string; readonly suffix: string };

export const quoteMatches = (index: TextIndex, range: Range, quote: string): boolean =>
  0 <= range.start && range.start <= range.end && range.end <= index.length && index.slice(range) === quote;

/** `reach` code points of context on either side, fewer at the ends of the text. */
export function quoteWithContext(index: TextIndex, range: Range, reach = 32): Quote {
  return {
    quote: index.slice(range),
    prefix: index.slice({ start: Math.max(0, range.start - reach), end: range.start }),
    suffix: index.slice({ start: range.end, end: Math.min(index.length, range.end + reach) }),
  };
}
