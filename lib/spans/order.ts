/** Reading order: by start, the longer first (so that what contains comes before what it contains), then by id. */
import type { Range } from "../text/range";

export const byReading = (a: Range & { readonly id: string }, b: Range & { readonly id: string }): number =>
  a.start - b.start || b.end - a.end || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

export const inReadingOrder = <T extends Range & { readonly id: string }>(spans: Iterable<T>): readonly T[] =>
  [...spans].sort(byReading);
