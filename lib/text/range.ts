/** A half-open range [start, end) of an article's text, in Unicode code points. */
export type Range = { readonly start: number; readonly end: number };

/** Touching ranges do not overlap. */
export const overlap = (a: Range, b: Range): boolean => a.start < b.end && b.start < a.end;

export const length = (r: Range): number => r.end - r.start;

export const contains = (outer: Range, inner: Range): boolean => outer.start <= inner.start && inner.end <= outer.end;
