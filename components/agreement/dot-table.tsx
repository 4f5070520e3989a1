import { Table, Td, Th } from "../ui/table";
import type { DotRow } from "./charts/dots";
import { figure } from "./model";

/** What a chart of dots shows, as a table. */
export function DotTable({
  caption,
  first,
  measure,
  rows,
  columns,
}: {
  caption: string;
  /** Heads the names. */
  first: string;
  measure: string;
  rows: readonly DotRow[];
  columns: readonly string[];
}) {
  return (
    <Table caption={caption}>
      <thead>
        <tr>
          <Th>{first}</Th>
          <Th className="text-right">{measure}</Th>
          <Th className="text-right">from</Th>
          <Th className="text-right">to</Th>
          {columns.map((name) => (
            <Th key={name} className="text-right">
              {name}
            </Th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} className={row.sum ? "font-medium" : undefined}>
            <Td>
              {row.href ? (
                <a className="link" href={row.href}>
                  {row.name}
                </a>
              ) : (
                row.name
              )}
            </Td>
            <Td className="text-right font-medium">
              {row.value === null ? <span className="font-normal text-ink-2">{row.reason}</span> : figure(row.value)}
            </Td>
            <Td className="text-right">{figure(row.low)}</Td>
            <Td className="text-right">{figure(row.high)}</Td>
            {row.columns.map((value, i) => (
              <Td key={columns[i]} className="text-right">
                {value}
              </Td>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
