/** Pure layout of the lanes: which stretch of text is in focus, and which bars stand in which lane. */
import type { Range } from "@/lib/text/range";
import { overlap } from "@/lib/text/range";
import type { CaseView, MemberView } from "./model";

export type Bar = Range & {
  readonly key: string;
  readonly label: string;
  readonly words: string;
  readonly quiet: boolean;
};
export type LaneRow = {
  readonly key: string;
  readonly name: string;
  /** For a phone: "A". */
  readonly short: string;
  readonly bars: readonly Bar[];
  readonly ghost: boolean;
};

/** Greedy: each bar in the first row where it does not overlap an earlier one, so that a reviewer's own overlaps stay visible. */
export function rowsOf(bars: readonly Bar[]): readonly (readonly Bar[])[] {
  const rows: Bar[][] = [];
  for (const bar of [...bars].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const row = rows.find((one) => (one.at(-1)?.end ?? 0) <= bar.start);
    if (row) row.push(bar);
    else rows.push([bar]);
  }
  return rows;
}

const barOf = (member: MemberView, quiet: boolean, words: string): Bar => ({
  start: member.start,
  end: member.end,
  key: member.spanId,
  label: member.label,
  words,
  quiet,
});

/** Lanes of a case inside `focus`: the suggestion, then a lane a reviewer (with sub-rows), other cases' marks of theirs quiet beside. */
export function lanesOf(
  one: CaseView,
  others: readonly CaseView[],
  focus: Range,
  /** What is being decided, or what was; null: the suggestion is shown. */
  ruling: { readonly made: boolean; readonly spans: readonly (Range & { readonly label: string })[] } | null,
  describe: (member: MemberView) => string,
  nameOf: (lane: string) => string,
): readonly LaneRow[] {
  const lanes: LaneRow[] = [];
  const ghost = ruling?.spans ?? suggested(one);
  const [name, short] = !ruling ? ["Suggestion", "S"] : ruling.made ? ["Gold", "G"] : ["Decision", "="];
  if (ghost.length > 0) {
    const bars = ghost.map((span, place) => ({
      ...span,
      key: `ghost-${place}`,
      words: "",
      quiet: false,
    }));
    rowsOf(bars).forEach((row, place) => {
      lanes.push({
        key: `suggestion-${place}`,
        name: place === 0 ? name : "",
        short: place === 0 ? short : "",
        bars: row,
        ghost: true,
      });
    });
  }
  for (const lane of [...new Set(one.members.map((member) => member.lane))].sort()) {
    const own = one.members
      .filter((member) => member.lane === lane)
      .map((member) => barOf(member, false, describe(member)));
    const beside = others
      .flatMap((other) => other.members)
      .filter((member) => member.lane === lane && overlap(member, focus))
      .map((member) => barOf(member, true, ""));
    rowsOf(own).forEach((row, place) => {
      const free = place === 0 ? beside.filter((bar) => !own.some((mine) => overlap(mine, bar))) : [];
      lanes.push({
        key: `${lane}-${place}`,
        name: place === 0 ? nameOf(lane) : "",
        short: place === 0 ? lane : "",
        bars: rowsOf([...row, ...free])[0] ?? row,
        ghost: false,
      });
    });
  }
  return lanes;
}

export function suggested(one: CaseView): readonly (Range & { readonly label: string })[] {
  const suggestion = one.suggestion;
  if (!suggestion || suggestion.action === "reject" || suggestion.label === null) return [];
  const label = suggestion.label;
  return suggestion.spans.map(([start, end]) => ({ start, end, label }));
}

/** Pieces of `range` that tile it: text between bars, and the bars. Bars do not overlap. */
export function tile(range: Range, bars: readonly Bar[]): readonly (Range & { readonly bar: Bar | null })[] {
  const made: (Range & { bar: Bar | null })[] = [];
  let at = range.start;
  for (const bar of [...bars].filter((one) => overlap(one, range)).sort((a, b) => a.start - b.start)) {
    const start = Math.max(bar.start, range.start);
    const end = Math.min(bar.end, range.end);
    if (start > at) made.push({ start: at, end: start, bar: null });
    made.push({ start, end, bar });
    at = end;
  }
  if (at < range.end) made.push({ start: at, end: range.end, bar: null });
  return made;
}

/** Every lane of a case, those that marked nothing too, in order. */
export const lanesIn = (one: CaseView): readonly string[] =>
  [...new Set([...one.members.map((member) => member.lane), ...one.missing])].sort();
