/** A report as rows of one table, a figure a row, for spreadsheets and statistics programs. */
import type { AgreementReport, Interval, SectionReport } from "./report";
import type { Value } from "./value";

export const ROW_COLUMNS = [
  "by",
  "key",
  "measure",
  "label",
  "attribute",
  "reviewer",
  "other",
  "value",
  "reason",
  "low",
  "high",
  "observed",
  "expected",
  "articles",
  "pairs",
] as const;

export type FigureRow = Readonly<Partial<Record<(typeof ROW_COLUMNS)[number], string | number | null>>>;

const of = (measure: string, value: Value, more: FigureRow = {}): FigureRow => ({
  measure,
  value: value.value,
  reason: value.reason,
  observed: value.observed,
  expected: value.expected,
  ...more,
});

const around = ({ low, high }: Interval): FigureRow => ({ low, high });

/** The whole first, then what it is given by. People are named by `name`. */
export function figureRows(report: AgreementReport, name: (reviewer: string) => string): readonly FigureRow[] {
  const { articles, layered, f1, u2016, characters, tokens } = report;
  const whole: FigureRow[] = [
    of("layered", layered.pooled, { ...around(layered.interval), articles }),
    ...report.labels.flatMap((label) => {
      const value = layered.labels[label];
      const interval = layered.intervals[label];
      const used = report.usage[label]?.articles ?? 0;
      return value ? [of("layered", value, { label, articles: used, ...(interval ? around(interval) : {}) })] : [];
    }),
    ...Object.entries(f1).flatMap(([kind, { micro, labels }]) => [
      of(`f1-${kind}`, micro),
      ...Object.entries(labels).map(([label, value]) => of(`f1-${kind}`, value, { label })),
    ]),
    of("u", u2016.u),
    of("u-binary", u2016.binary),
    of("cu", u2016.cu),
    ...Object.entries(u2016.ku).map(([label, value]) => of("ku", value, { label })),
    of("characters", characters.alpha),
    ...Object.entries(characters.labels).map(([label, value]) => of("characters", value, { label })),
    of("gamma", report.gamma),
    ...Object.entries(tokens.labels).flatMap(([label, { fleiss, alpha, pairs }]) => [
      of("tokens-fleiss", fleiss, { label }),
      of("tokens-alpha", alpha, { label }),
      ...pairs.map(({ reviewers: [a, b], cohen }) =>
        of("tokens-cohen", cohen, { label, reviewer: name(a), other: name(b) }),
      ),
    ]),
    ...report.pairs.flatMap(({ reviewers: [a, b], articles: n, strictF1, layered: alpha }) => {
      const who = { reviewer: name(a), other: name(b), articles: n };
      return [of("f1-strict", strictF1, who), of("layered", alpha, who)];
    }),
    ...Object.entries(report.attributes).flatMap(([label, attributes]) =>
      Object.entries(attributes).map(([attribute, { level, alpha, pairs }]) =>
        of(`attribute-${level}`, alpha, { label, attribute, pairs }),
      ),
    ),
    ...links("links", report.links),
    ...links("links-by-hand", report.byHand.links),
    ...Object.entries(report.confusion).flatMap(([label, row]) =>
      Object.entries(row).map(([other, pairs]): FigureRow => ({ measure: "confusion", label, other, pairs })),
    ),
    ...Object.entries(report.competence.reviewers ?? {}).map(
      ([reviewer, { value, low, high, cases }]): FigureRow => ({
        ...{ measure: "competence", reviewer: name(reviewer), value, low, high, pairs: cases },
      }),
    ),
  ];
  const parts = Object.entries(report.by).flatMap(([by, sections]) =>
    sections.flatMap((section) =>
      sectionRows(section, { by, key: by === "reviewer" ? name(section.key ?? "") : section.key }),
    ),
  );
  return [...whole, ...parts];
}

const links = (measure: string, { micro, givenEnds, types }: AgreementReport["links"]): readonly FigureRow[] => [
  of(measure, micro),
  of(`${measure}-given-ends`, givenEnds),
  ...Object.entries(types).map(([key, value]) => of(measure, value, { key })),
];

function sectionRows({ articles, layered, f1 }: SectionReport, where: FigureRow): readonly FigureRow[] {
  return [
    of("layered", layered.pooled, { ...where, ...around(layered.interval), articles }),
    ...Object.entries(layered.labels).map(([label, value]) => {
      const interval = layered.intervals[label];
      return of("layered", value, { ...where, label, ...(interval ? around(interval) : {}) });
    }),
    ...Object.entries(f1).map(([kind, value]) => of(`f1-${kind}`, value, where)),
  ];
}
