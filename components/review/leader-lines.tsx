"use client";

import { cls } from "@/components/ui/class";
import { type Trunk, trunkWords } from "./leaders";

/** Pixels between lines in the margin, and from the text to the first. */
const LANE = 9;
const FIRST = -16;
/** How far a line runs on towards what is out of sight. */
const ON = 44;

/** Lines beside the article from one span, at `y`. */
export function LeaderLines({ trunks, y, quiet }: { trunks: readonly Trunk[]; y: number; quiet?: boolean }) {
  return (
    <g className={cls(quiet && "quiet")}>
      {trunks.map((trunk, lane) => (
        <Lines key={trunk.key} trunk={trunk} lane={lane} y={y + (lane % 3) * 3 - 3} lanes={trunks.length} />
      ))}
    </g>
  );
}

function Lines({ trunk, lane, lanes, y }: { trunk: Trunk; lane: number; lanes: number; y: number }) {
  const { branches, above, below, outward } = trunk;
  const x = FIRST - lane * LANE;
  const ends = [...branches, ...(above > 0 ? [y - ON] : []), ...(below > 0 ? [y + ON] : [])];
  const top = Math.min(y, ...ends);
  const bottom = Math.max(y, ...ends);
  const corner = (at: number) => {
    // Towards the text, rounded where the line ends.
    if (at === top && top !== bottom) return `M${x} ${at + 7}Q${x} ${at} ${x + 7} ${at}H-6`;
    if (at === bottom && top !== bottom) return `M${x} ${at - 7}Q${x} ${at} ${x + 7} ${at}H-6`;
    return `M${x} ${at}H-6`;
  };
  const stops = [y, ...branches];
  const arrow = (at: number) => `-1,${at} -8,${at - 4} -8,${at + 4}`;
  const from = stops.includes(top) ? top + 7 : top;
  const to = stops.includes(bottom) ? bottom - 7 : bottom;
  const words = lanes <= 6;
  return (
    <g className={`hue-${trunk.hue}`}>
      {to > from && <path d={`M${x} ${from}V${to}`} />}
      {stops.map((at) => (
        <path key={at} d={corner(at)} />
      ))}
      {outward
        ? branches.map((at) => <polygon key={at} points={arrow(at)} />)
        : branches.map((at) => <circle key={at} cx={-5} cy={at} r={3} />)}
      {outward ? <circle cx={-5} cy={y} r={3} /> : <polygon points={arrow(y)} />}
      {words && (
        <text x={FIRST - (lanes - 1) * LANE - 6} y={y + 4 + (lane - (lanes - 1) / 2) * 16}>
          {trunkWords(trunk)}
        </text>
      )}
    </g>
  );
}
