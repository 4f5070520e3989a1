/** Figures in words. */
const REASONS: Readonly<Record<string, string>> = {
  no_pairable_values: "no text that two reviewers rated",
  no_variation: "no variation to measure against",
  no_spans: "nobody marked anything",
  single_reviewer: "only one reviewer",
  overlapping_spans: "spans of one reviewer overlap",
  unequal_raters: "the number of reviewers differs between articles",
  no_text: "the text is not there",
  too_large: "too large to compute exactly",
};

export const reasonWords = (reason: string | null): string =>
  reason ? (REASONS[reason] ?? reason.replaceAll("_", " ")) : "not defined";

/** ".71", "−.04", "1.00"; an undefined value is a dash. */
export function figure(value: number | null): string {
  if (value === null) return "–";
  return value
    .toFixed(2)
    .replace(/^(-?)0\./, "$1.")
    .replace("-", "−");
}
