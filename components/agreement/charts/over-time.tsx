import { figure } from "../model";
import { FONT, lowest, Mark, REFERENCES, referenceName, scaleOf, ticks } from "./parts";

export type TimePoint = {
  readonly name: string;
  readonly href: string | null;
  /** Milliseconds, of the first day. */
  readonly at: number;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly articles: number;
};

export type TimeMark = { readonly at: number; readonly name: string };

type Layout = { readonly width: number; readonly height: number; readonly labels: number };
const WIDE: Layout = { width: 1200, height: 230, labels: 12 };
const MIDDLE: Layout = { width: 700, height: 230, labels: 7 };
const NARROW: Layout = { width: 358, height: 220, labels: 3 };

/** A figure for each week or month with its interval as a band; upright lines where the guideline changed. */
export function OverTime(drawing: { title: string; points: readonly TimePoint[]; marks: readonly TimeMark[] }) {
  return (
    <>
      <div className="hidden xl:block">
        <Drawing {...drawing} layout={WIDE} />
      </div>
      <div className="hidden md:block xl:hidden">
        <Drawing {...drawing} layout={MIDDLE} />
      </div>
      <div className="md:hidden">
        <Drawing {...drawing} layout={NARROW} />
      </div>
    </>
  );
}

function Drawing({
  title,
  points,
  marks,
  layout,
}: {
  title: string;
  points: readonly TimePoint[];
  marks: readonly TimeMark[];
  layout: Layout;
}) {
  const { width, height } = layout;
  const [left, right, top, bottom] = [28, width - 44, 26, height - 24];
  const low = lowest(points.flatMap((p) => [p.value, p.low]));
  const y = scaleOf(low, 1, bottom, top);
  const [first, last] = [points[0]?.at ?? 0, points.at(-1)?.at ?? 0];
  const x = first === last ? () => (left + right) / 2 : scaleOf(first, last, left + 12, right - 30);
  const drawn = points.filter((p): p is TimePoint & { value: number } => p.value !== null);
  const banded = drawn.filter((p) => p.low !== null && p.high !== null);
  const band = [
    ...banded.map((p) => [x(p.at), y(p.high ?? 0)]),
    ...banded.toReversed().map((p) => [x(p.at), y(p.low ?? 0)]),
  ];
  const every = Math.max(1, Math.ceil(points.length / layout.labels));
  const newest = drawn.at(-1);
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
      {ticks(low).map((mark) => (
        <g key={mark}>
          <line x1={left} x2={right} y1={y(mark)} y2={y(mark)} stroke="var(--rule)" />
          {(low === 0 || Math.round(mark * 10) % 4 === 0) && (
            <text x={left - 6} y={y(mark) + 4} textAnchor="end" fill="var(--ink-2)" fontSize={12}>
              {mark === 0 || mark === 1 ? mark : figure(mark).replace(/0$/, "")}
            </text>
          )}
        </g>
      ))}
      {REFERENCES.map((reference, i) => (
        <g key={reference}>
          <line x1={left} x2={right} y1={y(reference)} y2={y(reference)} stroke="var(--ink-3)" />
          <text x={right + 6} y={y(reference) + (i === 0 ? 10 : 0)} fill="var(--ink-2)" fontSize={12}>
            {referenceName(reference)}
          </text>
        </g>
      ))}
      {marks
        .filter((mark) => mark.at >= first && mark.at <= last)
        .map((mark) => (
          <g key={mark.name}>
            <line x1={x(mark.at)} x2={x(mark.at)} y1={top - 14} y2={bottom} stroke="var(--ink-2)" />
            <text x={x(mark.at) + 5} y={top - 8} fill="var(--ink-2)" fontSize={12}>
              {mark.name}
            </text>
          </g>
        ))}
      {band.length > 2 && (
        <polygon points={band.map((at) => at.join()).join(" ")} fill="var(--ink)" fillOpacity={0.1} />
      )}
      {first === last &&
        banded.map((p) => (
          <line
            key={p.name}
            x1={x(p.at)}
            x2={x(p.at)}
            y1={y(p.low ?? 0)}
            y2={y(p.high ?? 0)}
            stroke="var(--ink)"
            strokeWidth={2}
          />
        ))}
      <polyline
        points={drawn.map((p) => `${x(p.at)},${y(p.value)}`).join(" ")}
        fill="none"
        stroke="var(--ink)"
        strokeWidth={2}
      />
      {drawn.map((p) => (
        <Mark
          key={p.name}
          href={p.href}
          words={`${p.name}: ${figure(p.value)} [${figure(p.low)}, ${figure(p.high)}], ${p.articles} articles`}
        >
          <circle cx={x(p.at)} cy={y(p.value)} r={12} fill="transparent" />
          <circle
            cx={x(p.at)}
            cy={y(p.value)}
            r={4}
            fill={p.articles < 10 ? "var(--paper)" : "var(--ink)"}
            stroke="var(--ink)"
            strokeWidth={1.75}
          />
        </Mark>
      ))}
      {newest && (
        <text x={x(newest.at) + 9} y={y(newest.value) - 7} fill="var(--ink)" fontWeight={500}>
          {figure(newest.value)}
        </text>
      )}
      {points.map((p, i) =>
        i % every === 0 ? (
          <text key={p.name} x={x(p.at)} y={bottom + 18} textAnchor="middle" fill="var(--ink-2)" fontSize={12}>
            {p.name}
          </text>
        ) : null,
      )}
    </svg>
  );
}
