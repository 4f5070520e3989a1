/** Figures in words, and what the charts and tables of agreement are made of. */
import type { Interval, SectionReport } from "@/lib/agreement/report";
import type { Value } from "@/lib/agreement/value";
import type { Scheme } from "@/lib/scheme/scheme";
import type { DotRow } from "./charts/dots";

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

export const count = (n: number): string => n.toLocaleString("en");

/** Where the cases behind a figure are listed; null where the reader may not see cases. */
export type CasesHref = ((query: Readonly<Record<string, string>>) => string) | null;

/** Who the report's reviewers are. */
export type People = {
  readonly name: (reviewer: string) => string;
  /** Their user's id, where that is known. */
  readonly id: (reviewer: string) => string | null;
};

/** Below as many articles (or stories) a figure is drawn hollow. */
export const FEW = 10;

export function labelLook(scheme: Scheme, key: string): Pick<DotRow, "name" | "colour" | "line"> {
  const label = scheme.labels.find((one) => one.key === key);
  return { name: label?.name ?? key, colour: label?.colour ?? "slate", line: label?.line ?? "solid" };
}

/** Where there is nothing to draw again there is no interval. */
export const bounds = ({ low, high, units }: Interval): Pick<DotRow, "low" | "high"> =>
  units < 2 ? { low: null, high: null } : { low, high };

export const dotOf = (value: Value | undefined, interval: Interval) => ({
  value: value?.value ?? null,
  reason: value && value.value === null ? reasonWords(value.reason) : null,
  ...bounds(interval),
  few: interval.units < FEW,
});

/** A section as a row: pooled u-alpha, with strict F1 and articles beside it. */
export const sectionRow = (
  section: SectionReport,
  { name, href }: { readonly name: string; readonly href: string | null },
): DotRow => ({
  id: section.key ?? "",
  name,
  href,
  colour: "ink",
  line: null,
  ...dotOf(section.layered.pooled, section.layered.interval),
  columns: [figure(section.f1.strict.value), count(section.articles)],
});

export const SECTION_COLUMNS = ["strict F1", "articles"] as const;
