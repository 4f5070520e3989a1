import type { LineStyle } from "@/lib/scheme/scheme";
import { figure } from "../model";
import { dashes, FONT, fitted, linePath, lowest, Mark, REFERENCES, referenceName, scaleOf, ticks } from "./parts";

export type DotRow = {
  readonly id: string;
  readonly name: string;
  readonly href: string | null;
  /** A token's name, such as "claim"; "ink" without a label. */
  readonly colour: string;
  readonly line: LineStyle | null;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Why there is no value. */
  readonly reason: string | null;
  /** Drawn hollow: it rests on few articles. */
  readonly few?: boolean;
  /** Under a line, as the sum of the rows above. */
  readonly sum?: boolean;
  /** In the order of the chart's columns. */
  readonly columns: readonly string[];
};

type Layout = {
  readonly width: number;
  readonly row: number;
  readonly plot: readonly [number, number];
  readonly columns: boolean;
};

const COLUMN = 58;

const wide = (columns: number, width: number): Layout => ({
  width,
  row: 32,
  plot: [Math.min(190, width * 0.3), width - 124 - columns * COLUMN],
  columns: true,
});
const NARROW: Layout = { width: 358, row: 50, plot: [6, 352], columns: false };

const interval = ({ low, high }: DotRow) => (low === null || high === null ? "" : `[${figure(low)}, ${figure(high)}]`);
const inWords = (row: DotRow) =>
  row.value === null ? `${row.name}: none, ${row.reason ?? ""}` : `${row.name}: ${figure(row.value)} ${interval(row)}`;

/**
 * A dot at each figure on one scale, a line over its interval: as wide as the place for it, or narrow with the names above their lines.
 * `width` of the wide drawing in px.
 */
export function Dots({
  title,
  rows,
  columns = [],
  measure,
  width,
}: {
  title: string;
  rows: readonly DotRow[];
  columns?: readonly string[];
  /** Heads the figures. */
  measure: string;
  width: number;
}) {
  const drawing = { title, rows, columns, measure };
  return (
    <>
      <div className="hidden lg:block">
        <Drawing {...drawing} layout={wide(columns.length, width)} />
      </div>
      <div className="lg:hidden">
        <Drawing {...drawing} layout={NARROW} />
      </div>
    </>
  );
}

function Drawing({
  title,
  rows,
  columns,
  measure,
  layout,
}: {
  title: string;
  rows: readonly DotRow[];
  columns: readonly string[];
  measure: string;
  layout: Layout;
}) {
  const { width, row: step, plot } = layout;
  const low = lowest(rows.flatMap((row) => [row.value, row.low]));
  const x = scaleOf(low, 1, plot[0], plot[1]);
  const top = 26;
  const bottom = top + rows.length * step;
  const right = width - (layout.columns ? columns.length * COLUMN : 0);
  return (
    <svg
      width={width}
      height={bottom + 24}
      viewBox={`0 0 ${width} ${bottom + 24}`}
      aria-label={title}
      data-chart={title}
      className="block max-w-none"
      {...FONT}
    >
      <title>{title}</title>
      {ticks(low).map((mark) => (
        <g key={mark}>
          <line x1={x(mark)} x2={x(mark)} y1={top} y2={bottom} stroke="var(--rule)" />
          {(plot[1] - plot[0] > 200 || (mark * 10) % 4 === 0) && (
            <text x={x(mark)} y={bottom + 17} textAnchor="middle" fill="var(--ink-2)" fontSize={12}>
              {mark === 0 || mark === 1 ? mark : figure(mark).replace(/0$/, "")}
            </text>
          )}
        </g>
      ))}
      <line x1={plot[0]} x2={plot[1]} y1={bottom} y2={bottom} stroke="var(--ink-3)" />
      {REFERENCES.map((reference, i) => (
        <g key={reference}>
          <line x1={x(reference)} x2={x(reference)} y1={top - 6} y2={bottom} stroke="var(--ink-3)" />
          <text
            x={x(reference) + (i === 0 ? 6 : -6)}
            y={top - 11}
            textAnchor={i === 0 ? "end" : "start"}
            fill="var(--ink-2)"
            fontSize={12}
          >
            {referenceName(reference)}
          </text>
        </g>
      ))}
      {layout.columns && (
        <text x={right} y={top - 11} textAnchor="end" fill="var(--ink-2)" fontSize={12}>
          {measure}
        </text>
      )}
      {layout.columns &&
        columns.map((name, i) => (
          <text key={name} x={right + (i + 1) * COLUMN} y={top - 11} textAnchor="end" fill="var(--ink-2)" fontSize={12}>
            {name}
          </text>
        ))}
      {rows.map((row, i) => (
        <Row key={row.id} row={row} y={top + i * step} layout={layout} x={x} right={right} />
      ))}
    </svg>
  );
}

function Row({
  row,
  y,
  layout,
  x,
  right,
}: {
  row: DotRow;
  y: number;
  layout: Layout;
  x: (value: number) => number;
  right: number;
}) {
  const { width, row: step, plot, columns } = layout;
  const colour = `var(--${row.colour})`;
  const middle = columns ? y + step / 2 : y + step - 15;
  const text = columns ? middle + 4.5 : y + 18;
  const sample = row.line !== null;
  const weight = row.sum ? 500 : 400;
  return (
    <g>
      <line x1={0} x2={width} y1={y} y2={y} stroke={row.sum ? "var(--ink-3)" : "var(--rule)"} />
      <Mark href={row.href} words={inWords(row)}>
        <rect
          x={0}
          y={y + 1}
          width={width}
          height={step - 2}
          fill="var(--ink)"
          fillOpacity={0}
          className="chart-ground"
        />
        {sample && (
          <path
            d={linePath(row.line, 0, 22, text - 4.5)}
            stroke={colour}
            strokeWidth={2}
            strokeDasharray={dashes(row.line)}
            fill="none"
          />
        )}
        <text x={sample ? 30 : 0} y={text} fill="var(--ink)" fontWeight={500}>
          {fitted(row.name, (columns ? plot[0] : width - 130) - (sample ? 46 : 16))}
        </text>
        {row.low !== null && row.high !== null && (
          <>
            <path
              d={linePath(row.line, x(row.low), x(row.high), middle)}
              stroke={colour}
              strokeWidth={2}
              strokeDasharray={dashes(row.line)}
              fill="none"
            />
            <path
              d={`M${x(row.low)} ${middle - 5}v10M${x(row.high)} ${middle - 5}v10`}
              stroke={colour}
              strokeWidth={2}
            />
          </>
        )}
        {row.value !== null && (
          <circle
            cx={x(row.value)}
            cy={middle}
            r={5.5}
            fill={row.few ? "var(--paper)" : colour}
            stroke={row.few ? colour : "var(--paper)"}
            strokeWidth={row.few ? 2 : 1.5}
          />
        )}
        <text x={right} y={text} textAnchor="end" fill="var(--ink)">
          <tspan fontWeight={500} textDecoration={row.href ? "underline" : undefined}>
            {figure(row.value)}
          </tspan>
          <tspan fill="var(--ink-2)"> {interval(row)}</tspan>
        </text>
      </Mark>
      {columns &&
        row.columns.map((value, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a column has no other name here
          <text key={i} x={right + (i + 1) * COLUMN} y={text} textAnchor="end" fill="var(--ink)" fontWeight={weight}>
            {value}
          </text>
        ))}
    </g>
  );
}
