const WIDTH = 420;
const LOW = -0.2;
const x = (value: number) => ((Math.max(LOW, Math.min(1, value)) - LOW) / (1 - LOW)) * (WIDTH - 16) + 8;

/** One row of the scale: a dot at the value, a bar over its interval; .667 and .80 are reference lines, not verdicts. */
export function DotBar({
  value,
  low,
  high,
  colour,
  words,
}: {
  value: number | null;
  low?: number | null;
  high?: number | null;
  colour: string;
  words: string;
}) {
  return (
    <svg
      viewBox={`0 0 ${WIDTH} 32`}
      className="h-8 w-full min-w-60 max-w-[420px]"
      role="img"
      aria-label={words}
      preserveAspectRatio="none"
    >
      <line x1={x(0)} x2={x(0)} y1="0" y2="32" stroke="var(--rule)" vectorEffect="non-scaling-stroke" />
      {[0.667, 0.8].map((reference) => (
        <line
          key={reference}
          x1={x(reference)}
          x2={x(reference)}
          y1="0"
          y2="32"
          stroke="var(--ink-3)"
          vectorEffect="non-scaling-stroke"
        />
      ))}
      <line x1={x(LOW)} x2={x(1)} y1="31.5" y2="31.5" stroke="var(--rule)" vectorEffect="non-scaling-stroke" />
      {low !== null && low !== undefined && high !== null && high !== undefined && (
        <path
          d={`M${x(low)} 12v8M${x(low)} 16H${x(high)}M${x(high)} 12v8`}
          stroke={colour}
          strokeWidth="2"
          fill="none"
        />
      )}
      {value !== null && <circle cx={x(value)} cy="16" r="5" fill={colour} />}
    </svg>
  );
}

/** The scale's figures, in the same coordinates. */
export function Scale() {
  return (
    <svg viewBox={`0 0 ${WIDTH} 16`} className="h-4 w-full min-w-60 max-w-[420px]" aria-hidden>
      {[0, 0.2, 0.4, 0.667, 0.8, 1].map((mark) => (
        <text key={mark} x={x(mark)} y="12" textAnchor="middle" fontSize="12" fill="var(--ink-2)">
          {mark === 0 || mark === 1 ? mark : String(mark).slice(1)}
        </text>
      ))}
    </svg>
  );
}
