import type { AgreementReport } from "@/lib/agreement/report";
import { Figure } from "./figure";

const shade = (value: number | null) => ({
  background: `color-mix(in srgb, var(--ink) ${value === null ? 0 : Math.round(Math.max(0, value) * 34)}%, transparent)`,
});

/** Strict F1 above the diagonal, layered alpha below, the number of articles in each cell. The figure stands in the cell, so no legend is needed. */
export function Pairs({
  report,
  name,
  href,
}: {
  report: AgreementReport;
  name: (reviewer: string) => string;
  href: ((a: string, b: string) => string) | null;
}) {
  const { reviewers, pairs } = report;
  const find = (a: string, b: string) =>
    pairs.find((pair) => pair.reviewers.includes(a) && pair.reviewers.includes(b) && a !== b);
  return (
    <table className="border-separate border-spacing-[3px] text-left">
      <caption className="sr-only">Pairs of reviewers: strict F1 above the diagonal, layered alpha below</caption>
      <thead>
        <tr>
          <td />
          {reviewers.map((reviewer) => (
            <th key={reviewer} scope="col" className="max-w-20 truncate px-1 text-center font-normal text-ink-2">
              {name(reviewer)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {reviewers.map((row, down) => (
          <tr key={row}>
            <th scope="row" className="max-w-36 truncate pr-3 font-normal text-ink-2">
              {name(row)}
            </th>
            {reviewers.map((column, across) => {
              const pair = find(row, column);
              if (!pair)
                return (
                  <td
                    key={column}
                    className="h-10 w-16 bg-[linear-gradient(to_top_right,transparent_49%,var(--rule)_49%_51%,transparent_51%)]"
                  />
                );
              const value = across > down ? pair.strictF1 : pair.layered;
              const cell = (
                <>
                  <b className="block font-medium">
                    <Figure of={value} />
                  </b>
                  <span className="text-xs">n {pair.articles}</span>
                </>
              );
              return (
                <td key={column} className="h-10 w-16 rounded-sm text-center leading-4" style={shade(value.value)}>
                  {href ? (
                    <a
                      href={href(row, column)}
                      className="block px-1 py-1 hover:outline-1 hover:outline-ink"
                      aria-label={`${name(row)} and ${name(column)}: cases`}
                    >
                      {cell}
                    </a>
                  ) : (
                    <span className="block px-1 py-1">{cell}</span>
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Of each case and pair of reviewers, what one marked against what the other did. */
export function Confusion({
  report,
  labelName,
  href,
}: {
  report: AgreementReport;
  labelName: (key: string) => string;
  href: ((a: string, b: string) => string) | null;
}) {
  const columns = [...report.labels, "none"];
  return (
    <table className="border-separate border-spacing-[3px] text-left">
      <caption className="sr-only">Label against label, in pairs of reviewers</caption>
      <thead>
        <tr>
          <td />
          {columns.map((key) => (
            <th key={key} scope="col" className="px-1 text-center font-normal text-ink-2">
              {key === "none" ? "none" : labelName(key)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {report.labels.map((row) => {
          const counts = columns.map(
            (column) => report.confusion[row]?.[column] ?? report.confusion[column]?.[row] ?? 0,
          );
          const total = counts.reduce((sum, count) => sum + count, 0);
          return (
            <tr key={row}>
              <th scope="row" className="pr-3 font-normal text-ink-2">
                {labelName(row)}
              </th>
              {columns.map((column, place) => {
                const count = counts[place] ?? 0;
                const share = total === 0 ? 0 : count / total;
                const cell = (
                  <>
                    <b className="block font-medium">{count}</b>
                    <span className="text-xs">{Math.round(share * 100)} %</span>
                  </>
                );
                return (
                  <td key={column} className="h-10 w-20 rounded-sm text-center leading-4" style={shade(share)}>
                    {href && count > 0 ? (
                      <a href={href(row, column)} className="block px-1 py-1 hover:outline-1 hover:outline-ink">
                        {cell}
                      </a>
                    ) : (
                      <span className="block px-1 py-1">{cell}</span>
                    )}
                  </td>
                );
              })}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
