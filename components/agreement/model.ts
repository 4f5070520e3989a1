/** The agreement report as the command, the API and this screen share it (interface.md). */
export type Value = { readonly value: number | null; readonly reason: string | null };

export type Report = {
  readonly articles: number;
  readonly reviewers: readonly string[];
  readonly labels: readonly string[];
  readonly layered: {
    readonly pooled: Value;
    readonly interval: {
      readonly low: number | null;
      readonly high: number | null;
      readonly replicates: number;
      readonly dropped: number;
      readonly seed: number;
      readonly unit: string;
    };
    readonly jackknife: { readonly standardError: number | null; readonly warning: string | null } | null;
    readonly labels: Readonly<Record<string, Value>>;
  };
  readonly u2016: {
    readonly u: Value;
    readonly binary: Value;
    readonly cu: Value;
    readonly ku: Readonly<Record<string, Value & { readonly coverage: number | null }>>;
  };
  readonly characters: { readonly alpha: Value };
  readonly f1: Readonly<
    Record<
      "strict" | "normalised" | "overlap" | "iou50" | "characters",
      { readonly micro: Value; readonly labels: Readonly<Record<string, Value>> }
    >
  >;
  readonly tokens: { readonly labels: Readonly<Record<string, { readonly fleiss: Value }>> };
  readonly gamma: Value;
  readonly pairs: readonly {
    readonly reviewers: readonly [string, string];
    readonly articles: number;
    readonly strictF1: Value;
    readonly layered: Value;
  }[];
  readonly attributes: Readonly<
    Record<string, Readonly<Record<string, { readonly level: string; readonly alpha: Value; readonly pairs: number }>>>
  >;
  readonly links: { readonly micro: Value; readonly givenEnds: Value; readonly types: Readonly<Record<string, Value>> };
  readonly confusion: Readonly<Record<string, Readonly<Record<string, number>>>>;
};

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
