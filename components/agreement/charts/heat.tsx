import { FONT, fitted, Mark } from "./parts";

export type HeatCell = {
  readonly figure: string;
  /** Below the figure. */
  readonly note: string;
  /** 0 to 1: how dark; null: nothing there. */
  readonly shade: number | null;
  readonly words: string;
  readonly href: string | null;
};

const [CELL, HEIGHT, GAP] = [74, 40, 3] as const;
const NAMES = 130;
const HEAD = 26;

/** A matrix with the figure in the cell, so that it needs no legend. `cells` by rows; null: no such pair. */
export function Heat({
  title,
  rows,
  columns,
  cells,
}: {
  title: string;
  rows: readonly string[];
  columns: readonly string[];
  cells: readonly (readonly (HeatCell | null)[])[];
}) {
  const width = NAMES + columns.length * (CELL + GAP);
  const height = HEAD + rows.length * (HEIGHT + GAP);
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-label={title}
      data-chart={title}
      className="block max-w-none"
      {...FONT}
    >
      <title>{title}</title>
      {columns.map((name, i) => (
        <text
          // biome-ignore lint/suspicious/noArrayIndexKey: two people may have one name
          key={i}
          x={NAMES + i * (CELL + GAP) + CELL / 2}
          y={16}
          textAnchor="middle"
          fill="var(--ink-2)"
          fontSize={12}
        >
          {fitted(name, CELL)}
          <title>{name}</title>
        </text>
      ))}
      {rows.map((name, down) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two people may have one name
        <g key={down} transform={`translate(0 ${HEAD + down * (HEIGHT + GAP)})`}>
          <text x={0} y={HEIGHT / 2 + 4} fill="var(--ink-2)">
            {fitted(name, NAMES - 10)}
            <title>{name}</title>
          </text>
          {columns.map((_, across) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <g key={across} transform={`translate(${NAMES + across * (CELL + GAP)} 0)`}>
              <Cell cell={cells[down]?.[across] ?? null} />
            </g>
          ))}
        </g>
      ))}
    </svg>
  );
}

function Cell({ cell }: { cell: HeatCell | null }) {
  if (!cell) return <path d={`M2 2L${CELL - 2} ${HEIGHT - 2}`} stroke="var(--rule)" />;
  return (
    <Mark href={cell.href} words={cell.words}>
      <rect
        width={CELL}
        height={HEIGHT}
        rx={3}
        fill="var(--ink)"
        fillOpacity={cell.shade === null ? 0.02 : 0.03 + 0.27 * Math.min(1, Math.max(0, cell.shade))}
      />
      <text
        x={CELL / 2}
        y={17}
        textAnchor="middle"
        fill="var(--ink)"
        fontWeight={500}
        textDecoration={cell.href ? "underline" : undefined}
      >
        {cell.figure}
      </text>
      <text x={CELL / 2} y={33} textAnchor="middle" fill="var(--ink)" fontSize={12}>
        {cell.note}
      </text>
    </Mark>
  );
}
