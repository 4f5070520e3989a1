import type { AgreementReport } from "@/lib/agreement/report";
import type { Scheme } from "@/lib/scheme/scheme";
import { type DotRow, Dots } from "./charts/dots";
import { ChartPanel } from "./charts/panel";
import { DotTable } from "./dot-table";
import { Confusion, Pairs } from "./matrices";
import { type CasesHref, count, dotOf, figure, labelLook, type People, reasonWords } from "./model";
import { WhatIs } from "./what-is";

const COLUMNS = ["strict", "trimmed", "overlap", "spans", "articles"] as const;

export type Shown = {
  readonly report: AgreementReport;
  readonly scheme: Scheme;
  readonly people: People;
  readonly cases: CasesHref;
  readonly tables: boolean;
};

/** Agreement as a methodologist would read it: the headline with its interval, per label, per pair, label against label. */
export function Overview({ report, scheme, people, cases, tables }: Shown) {
  return (
    <>
      <section className="grid gap-x-10 gap-y-6 py-6 xl:grid-cols-[270px_minmax(0,1fr)]">
        <Headline report={report} />
        <Labels report={report} scheme={scheme} cases={cases} tables={tables} />
      </section>
      <section className="grid gap-x-12 gap-y-8 border-t border-rule py-6 xl:grid-cols-2">
        <Pairs report={report} people={people} cases={cases} tables={tables} />
        <Confusion report={report} labelName={(key) => labelLook(scheme, key).name} cases={cases} tables={tables} />
      </section>
    </>
  );
}

function Headline({ report }: { report: AgreementReport }) {
  const { pooled, interval, jackknife } = report.layered;
  const { low, high, replicates, dropped, seed, unit, units } = interval;
  const drawn = unit === "story" ? "stories" : "articles";
  return (
    <div>
      <div className="flex items-baseline gap-2">
        <h2 className="font-medium">Pooled layered u-alpha</h2>
        <span className="print:hidden">
          <WhatIs of="layered" />
        </span>
      </div>
      <p className="mt-2 -ml-1 font-serif text-[84px] leading-[84px] font-light tracking-[-0.03em] lining-nums">
        {figure(pooled.value)}
      </p>
      {pooled.value === null ? (
        <p className="text-ink-2">{reasonWords(pooled.reason)}</p>
      ) : (
        units > 1 && (
          <p className="font-serif text-[22px] leading-7">
            [{figure(low)}, {figure(high)}]
          </p>
        )
      )}
      <p className="mt-2 max-w-[42ch] text-ink-2">
        {count(report.articles)} {report.articles === 1 ? "article" : "articles"} with two or more submitted reviews,{" "}
        {count(report.reviewers.length)} reviewers, {count(report.reviews)} reviews.{" "}
        {units > 1
          ? `95 % interval from ${count(replicates)} replicates over ${count(units)} ${drawn}, seed ${seed}; ${count(dropped)} undefined. `
          : unit === "story"
            ? "They tell one story, so there is no interval. "
            : "With one article there is no interval. "}
        <WhatIs of="interval" />
      </p>
      {jackknife?.warning && units > 1 && (
        <p className="mt-2 max-w-[42ch] border-l-2 border-ink pl-3">
          Fewer than ten {drawn}: read the interval with care.
          {jackknife.standardError !== null && ` Jackknife standard error ${figure(jackknife.standardError)}.`}
        </p>
      )}
      {report.outside.spans + report.outside.parts > 0 && (
        <p className="mt-2 max-w-[42ch] text-ink-2">
          Outside the scope and left out: {count(report.outside.spans)} spans, and parts of{" "}
          {count(report.outside.parts)}.
        </p>
      )}
    </div>
  );
}

function Labels({ report, scheme, cases, tables }: Pick<Shown, "report" | "scheme" | "cases" | "tables">) {
  const { layered, f1, usage } = report;
  const rows = report.labels.map((key): DotRow => {
    const used = usage[key];
    return {
      id: key,
      ...labelLook(scheme, key),
      href: cases ? cases({ label: key }) : null,
      ...dotOf(layered.labels[key], layered.intervals[key] ?? layered.interval),
      columns: [
        figure(f1.strict.labels[key]?.value ?? null),
        figure(f1.normalised.labels[key]?.value ?? null),
        figure(f1.overlap.labels[key]?.value ?? null),
        (used?.perReview ?? 0).toFixed(1),
        count(used?.articles ?? 0),
      ],
    };
  });
  const spans = report.labels.reduce((sum, key) => sum + (usage[key]?.perReview ?? 0), 0);
  const all: DotRow = {
    id: "",
    name: "All, pooled",
    href: cases ? cases({}) : null,
    colour: "ink",
    line: null,
    sum: true,
    ...dotOf(layered.pooled, layered.interval),
    columns: [
      figure(f1.strict.micro.value),
      figure(f1.normalised.micro.value),
      figure(f1.overlap.micro.value),
      spans.toFixed(1),
      count(report.articles),
    ],
  };
  const drawn = { rows: [...rows, all], columns: COLUMNS, measure: "u-alpha, 95 %" };
  return (
    <ChartPanel
      title="Labels"
      note="u-alpha with its interval; span F1 strict, trimmed and by overlap; spans a review"
      measures={["layered", "f1"]}
      file="agreement-labels-alpha"
      tables={tables}
      chart={<Dots title="Agreement per label" width={930} {...drawn} />}
      table={<DotTable caption="Agreement per label" first="Label" {...drawn} />}
    />
  );
}
