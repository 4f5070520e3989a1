import type { ReactNode } from "react";
import type { AgreementReport } from "@/lib/agreement/report";
import type { Scheme } from "@/lib/scheme/scheme";
import { Table, Td, Th } from "../ui/table";
import { DotBar, Scale } from "./dot-bar";
import { Figure } from "./figure";
import { figure, reasonWords } from "./model";
import { Confusion, Pairs } from "./pairs";

/** Agreement as a methodologist would read it: the headline with its interval, per label, per pair, label against label, then the rest. */
export function Agreement({
  report,
  scheme,
  names,
  casesHref,
}: {
  report: AgreementReport;
  scheme: Scheme;
  /** Reviewer id to name. */
  names: Readonly<Record<string, string>>;
  /** Where the cases behind a figure are, by query; null where the reader may not see cases. */
  casesHref: string | null;
}) {
  const label = (key: string) => scheme.labels.find((one) => one.key === key);
  const labelName = (key: string) => label(key)?.name ?? key;
  const name = (reviewer: string) => names[reviewer] ?? reviewer;
  const { layered, f1 } = report;
  const { low, high, replicates, dropped, seed } = layered.interval;
  const cases = casesHref ? (query: Record<string, string>) => `${casesHref}?${new URLSearchParams(query)}` : null;

  return (
    <div className="grid gap-8 py-6">
      <section className="grid gap-x-12 gap-y-6 lg:grid-cols-[300px_minmax(0,1fr)]">
        <div>
          <h2 className="font-medium">Pooled layered u-alpha</h2>
          <p className="mt-2 -ml-1 font-serif text-[84px] leading-[84px] font-light tracking-[-0.03em] lining-nums">
            {figure(layered.pooled.value)}
          </p>
          {layered.pooled.value === null ? (
            <p className="text-ink-2">{reasonWords(layered.pooled.reason)}</p>
          ) : (
            <p className="font-serif text-[22px] leading-7">
              [{figure(low)}, {figure(high)}]
            </p>
          )}
          <p className="mt-2 max-w-[42ch] text-ink-2">
            {report.articles} {report.articles === 1 ? "article" : "articles"} with two or more submitted reviews,{" "}
            {report.reviewers.length} reviewers, {replicates.toLocaleString("en")} bootstrap replicates over articles,
            95 % percentile interval; {dropped} undefined; seed {seed}.
          </p>
          {layered.jackknife?.warning && (
            <p className="mt-2 max-w-[42ch] border-l-2 border-ink pl-3">
              Fewer than ten articles: read the interval with care.
              {layered.jackknife.standardError !== null &&
                ` Jackknife standard error ${figure(layered.jackknife.standardError)}.`}
            </p>
          )}
        </div>
        <Table caption="Agreement per label">
          <thead>
            <tr>
              <Th>Label</Th>
              <Th className="w-[44%] !py-1 align-bottom">
                <Scale />
              </Th>
              <Th className="text-right">u-alpha</Th>
              <Th className="text-right">strict F1</Th>
              <Th className="text-right">trimmed</Th>
              <Th className="text-right">overlap</Th>
            </tr>
          </thead>
          <tbody>
            {report.labels.map((key) => {
              const value = layered.labels[key]?.value ?? null;
              return (
                <tr key={key}>
                  <Td className="!py-1 align-middle whitespace-nowrap">
                    {cases ? (
                      <a className="link" href={cases({ label: key })}>
                        {labelName(key)}
                      </a>
                    ) : (
                      labelName(key)
                    )}
                  </Td>
                  <Td className="!py-0 align-middle">
                    <DotBar
                      value={value}
                      low={layered.intervals[key]?.low ?? null}
                      high={layered.intervals[key]?.high ?? null}
                      colour={`var(--${label(key)?.colour ?? "slate"})`}
                      words={`${labelName(key)}: ${figure(value)}`}
                    />
                  </Td>
                  <Td className="!py-1 text-right align-middle font-medium">
                    <Figure of={layered.labels[key]} />
                  </Td>
                  {(["strict", "normalised", "overlap"] as const).map((kind) => (
                    <Td key={kind} className="!py-1 text-right align-middle">
                      <Figure of={f1[kind].labels[key]} />
                    </Td>
                  ))}
                </tr>
              );
            })}
            <tr className="font-medium">
              <Td className="!py-1 align-middle">All, pooled</Td>
              <Td className="!py-0 align-middle">
                <DotBar
                  value={layered.pooled.value}
                  low={low}
                  high={high}
                  colour="var(--ink)"
                  words={`Pooled: ${figure(layered.pooled.value)}, from ${figure(low)} to ${figure(high)}`}
                />
              </Td>
              <Td className="!py-1 text-right align-middle">
                <Figure of={layered.pooled} />
              </Td>
              {(["strict", "normalised", "overlap"] as const).map((kind) => (
                <Td key={kind} className="!py-1 text-right align-middle">
                  <Figure of={f1[kind].micro} />
                </Td>
              ))}
            </tr>
          </tbody>
        </Table>
      </section>
      <section className="grid gap-x-12 gap-y-8 border-t border-rule pt-6 xl:grid-cols-2">
        {report.pairs.length > 0 && (
          <Panel title="Pairs of reviewers" note="Strict F1 above the diagonal, layered alpha below; n articles">
            <Pairs report={report} name={name} href={cases && ((a, b) => cases({ reviewer: a, with: b }))} />
          </Panel>
        )}
        <Panel title="Labels against each other" note="Each case and pair of reviewers, and the share of the row">
          <Confusion
            report={report}
            labelName={labelName}
            href={cases && ((a, b) => cases(b === "none" ? { label: a, kind: "existence" } : { label: a }))}
          />
        </Panel>
      </section>
      <Advanced report={report} labelName={labelName} name={name} />
      <section className="max-w-[70ch] border-t border-rule pt-6 text-ink-2">
        <h2 className="mb-2 font-medium text-ink">How this is counted</h2>
        <p>
          Each label is its own layer, compared character by character over the text in scope (Krippendorff, Mathet,
          Bouvry and Widlöcher 2016). A review submitted with no span counts; one not submitted is missing. Only what
          was submitted before anything of the others’ could be seen counts. The weight for missing reviewers, the
          layering and the pooling are Gloss’s extensions of the paper. .667 and .80 are lines of reference, not
          verdicts.
        </p>
      </section>
    </div>
  );
}

function Panel({ title, note, children }: { title: string; note: string; children: ReactNode }) {
  return (
    <div>
      <h2 className="font-medium">{title}</h2>
      <p className="mb-3 text-ink-2">{note}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className="overflow-x-auto" tabIndex={0} aria-label={title}>
        {children}
      </section>
    </div>
  );
}

function Advanced({
  report,
  labelName,
  name,
}: {
  report: AgreementReport;
  labelName: (key: string) => string;
  name: (reviewer: string) => string;
}) {
  const rows: readonly (readonly [string, ReactNode])[] = [
    ["uα, all labels at once (2016)", <Figure key="u" of={report.u2016.u} />],
    ["|uα, marked or not (2016)", <Figure key="b" of={report.u2016.binary} />],
    ["cuα, labels where both marked (2016)", <Figure key="c" of={report.u2016.cu} />],
    ...Object.entries(report.u2016.ku).map(
      ([key, value]) => [`(k)uα, ${labelName(key)}`, <Figure key={key} of={value} />] as const,
    ),
    ["Krippendorff’s alpha on characters, nominal", <Figure key="k" of={report.characters.alpha} />],
    ["Character F1", <Figure key="cf" of={report.f1.characters.micro} />],
    ["Overlap F1 at IoU of a half or more", <Figure key="iou" of={report.f1.iou50.micro} />],
    ["Gamma (Mathet 2015), two reviewers", <Figure key="g" of={report.gamma} />],
    ...Object.entries(report.tokens.labels).map(
      ([key, value]) =>
        [`Fleiss’ kappa on tokens, ${labelName(key)}`, <Figure key={`f${key}`} of={value.fleiss} />] as const,
    ),
    ["Links, F1", <Figure key="l" of={report.links.micro} />],
    ["Links, F1 given that both ends are matched", <Figure key="lg" of={report.links.givenEnds} />],
    ...Object.entries(report.attributes).flatMap(([label, attributes]) =>
      Object.entries(attributes).map(
        ([key, value]) =>
          [
            `${labelName(label)}, ${key} (${value.level}, ${value.pairs} pairs)`,
            <Figure key={`${label}${key}`} of={value.alpha} />,
          ] as const,
      ),
    ),
    ...report.pairs.map(
      (pair) =>
        [
          `${name(pair.reviewers[0])} and ${name(pair.reviewers[1])}, layered`,
          <Figure key={pair.reviewers.join()} of={pair.layered} />,
        ] as const,
    ),
  ];
  return (
    <details className="border-t border-rule pt-6">
      <summary className="cursor-pointer font-medium">Advanced measures</summary>
      <dl className="mt-3 grid max-w-3xl gap-x-12 sm:grid-cols-2">
        {rows.map(([words, value]) => (
          <div key={words} className="flex justify-between gap-4 border-b border-rule py-1.5">
            <dt>{words}</dt>
            <dd className="font-medium">{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
