/** A figure, or null with the reason why there is none. Never 0, 1 or NaN in the place of a figure that is not defined. */

/** In order of precedence: where several hold, the first is given. */
export const REASONS = [
  "single_reviewer",
  "no_text",
  "too_large",
  "overlapping_spans",
  "unequal_raters",
  "no_spans",
  "no_pairable_values",
  "no_variation",
] as const;
export type Reason = (typeof REASONS)[number];

/**
 * `observed` and `expected` are what the figure was made of: disagreement for alpha and gamma, agreement for kappa, twice the matched and
 * the sum of both sides for F1. They may be there without a figure.
 */
export type Value = {
  readonly value: number | null;
  readonly reason: Reason | null;
  readonly observed: number | null;
  readonly expected: number | null;
};

export const figure = (value: number, observed: number, expected: number): Value => ({
  value,
  reason: null,
  observed,
  expected,
});

export const none = (reason: Reason, observed: number | null = null, expected: number | null = null): Value => ({
  value: null,
  reason,
  observed,
  expected,
});
