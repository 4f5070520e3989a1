import type { AgreementReport } from "@/lib/agreement/report";
import { Table, Td, Th } from "../ui/table";
import { Heat, type HeatCell } from "./charts/heat";
import { ChartPanel } from "./charts/panel";
import { Figure } from "./figure";
import { type CasesHref, count, figure, type People } from "./model";

/** Strict F1 above the diagonal, layered alpha below, the number of articles in each cell. */
export function Pairs({
  report,
  people,
  cases,
  tables,
}: {
  report: AgreementReport;
  people: People;
  cases: CasesHref;
  tables: boolean;
}) {
  const { reviewers, pairs } = report;
  if (pairs.length === 0) return null;
  const href = (a: string, b: string) => {
    const [one, two] = [people.id(a), people.id(b)];
    return cases && one && two ? cases({ pair: `${one},${two}`, reveal: "true" }) : null;
  };
  const cells = reviewers.map((row, down) =>
    reviewers.map((column, across): HeatCell | null => {
      const pair = pairs.find((p) => row !== column && p.reviewers.includes(row) && p.reviewers.includes(column));
      if (!pair) return null;
      const value = across > down ? pair.strictF1 : pair.layered;
      return {
        figure: figure(value.value),
        note: `n ${count(pair.articles)}`,
        shade: value.value,
        words: `${people.name(row)} and ${people.name(column)}, ${across > down ? "strict F1" : "u-alpha"} ${figure(value.value)}, ${pair.articles} articles`,
        href: href(row, column),
      };
    }),
  );
  const names = reviewers.map(people.name);
  return (
    <ChartPanel
      title="Pairs of reviewers"
      note="Strict F1 above the diagonal, u-alpha below; n articles"
      measures={["pairs"]}
      file="agreement-pairs"
      tables={tables}
      chart={<Heat title="Pairs of reviewers" rows={names} columns={names} cells={cells} />}
      table={
        <Table caption="Pairs of reviewers">
          <thead>
            <tr>
              <Th>Reviewers</Th>
              <Th className="text-right">strict F1</Th>
              <Th className="text-right">u-alpha</Th>
              <Th className="text-right">articles</Th>
            </tr>
          </thead>
          <tbody>
            {pairs.map(({ reviewers: [a, b], strictF1, layered, articles }) => {
              const there = href(a, b);
              const words = `${people.name(a)} and ${people.name(b)}`;
              return (
                <tr key={`${a} ${b}`}>
                  <Td>
                    {there ? (
                      <a className="link" href={there}>
                        {words}
                      </a>
                    ) : (
                      words
                    )}
                  </Td>
                  <Td className="text-right">
                    <Figure of={strictF1} />
                  </Td>
                  <Td className="text-right">
                    <Figure of={layered} />
                  </Td>
                  <Td className="text-right">{count(articles)}</Td>
                </tr>
              );
            })}
          </tbody>
        </Table>
      }
    />
  );
}

/** Of each case and pair of reviewers, what one marked against what the other did. */
export function Confusion({
  report,
  labelName,
  cases,
  tables,
}: {
  report: AgreementReport;
  labelName: (key: string) => string;
  cases: CasesHref;
  tables: boolean;
}) {
  const columns = [...report.labels, "none"];
  const at = (row: string, column: string) => report.confusion[row]?.[column] ?? report.confusion[column]?.[row] ?? 0;
  const name = (key: string) => (key === "none" ? "none" : labelName(key));
  const all = report.labels.reduce(
    (sum, row, i) => sum + columns.slice(i).reduce((s, column) => s + at(row, column), 0),
    0,
  );
  const href = (row: string, column: string) => {
    const kind = column === "none" ? { kind: "existence" } : row === column ? {} : { kind: "LABEL" };
    return cases ? cases({ label: row, ...kind }) : null;
  };
  const cells = report.labels.map((row) => {
    const total = columns.reduce((sum, column) => sum + at(row, column), 0);
    return columns.map((column): HeatCell => {
      const pairs = at(row, column);
      const share = total === 0 ? 0 : pairs / total;
      return {
        figure: count(pairs),
        note: `${Math.round(share * 100)} %`,
        shade: pairs === 0 ? null : share,
        words: `${name(row)} against ${name(column)}: ${count(pairs)}, ${Math.round(share * 100)} % of the row`,
        href: pairs > 0 ? href(row, column) : null,
      };
    });
  });
  return (
    <ChartPanel
      title="Labels against each other"
      note={`${count(all)} pairs of marks in one case, and their share of the row`}
      measures={["confusion"]}
      file="agreement-labels"
      tables={tables}
      chart={
        <Heat
          title="Labels against each other"
          rows={report.labels.map(name)}
          columns={columns.map(name)}
          cells={cells}
        />
      }
      table={
        <Table caption="Labels against each other">
          <thead>
            <tr>
              <Th>Label</Th>
              {columns.map((key) => (
                <Th key={key} className="text-right">
                  {name(key)}
                </Th>
              ))}
            </tr>
          </thead>
          <tbody>
            {report.labels.map((row, down) => (
              <tr key={row}>
                <Td>{name(row)}</Td>
                {columns.map((column, across) => {
                  const cell = cells[down]?.[across];
                  return (
                    <Td key={column} className="text-right">
                      {cell?.href ? (
                        <a className="link" href={cell.href} aria-label={cell.words}>
                          {cell.figure}
                        </a>
                      ) : (
                        cell?.figure
                      )}
                    </Td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </Table>
      }
    />
  );
}
