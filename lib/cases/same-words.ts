/**
 * Case law: which cases are about the same words, which are in the same situation, and what a ruling on one comes to in another. Offsets
 * are code points.
 */
import type { Attributes } from "../spans/model";
import { indexText, type TextIndex } from "../text/codepoints";
import { findFolded, fold } from "../text/fold";
import { overlap, type Range } from "../text/range";
import type { Case } from "./case";

/** Code points; what is longer is compared as it stands, because folding a whole article costs more than it tells. */
const LONGEST = 5_000;

const folded = (text: TextIndex, range: Range): string =>
  range.end - range.start > LONGEST ? text.slice(range) : fold(text.slice(range));

/** The folded words of the whole case first, then those that members mark which are others, each once. */
export function wordsOf(c: Range & { readonly members: readonly Range[] }, text: TextIndex): readonly string[] {
  const ranges = new Map([c, ...c.members].map((range) => [`${range.start} ${range.end}`, range] as const));
  return [...new Set([...ranges.values()].map((range) => folded(text, range)))];
}

/** Equal strings: as many reviewers marked each label, in as many cases as not. Who they are does not matter. */
export function situation(c: {
  readonly members: readonly { readonly reviewer: string; readonly label: string }[];
  readonly missing: readonly string[];
}): string {
  const votes = new Map<string, Set<string>>();
  for (const { label, reviewer } of c.members) votes.set(label, (votes.get(label) ?? new Set()).add(reviewer));
  const counts = [...votes].map(([label, who]) => [label, who.size] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([counts, c.missing.length]);
}

export type RuledWords = { readonly words: string; readonly label: string; readonly attributes: Attributes };
export type RuledHere = Range & { readonly label: string; readonly attributes: Attributes };

/** How far from the case, in code points, its ruling may reach: a ruling by hand may be wider than what was marked. */
const REACH = 1_000;

/**
 * The same ruling on another case: each of its spans where the same words stand and touch the case. null when one of them does not, so that
 * the ruling cannot be had there; [] when nothing was ruled to be there.
 */
export function sameRuling(
  ruled: readonly RuledWords[],
  c: Pick<Case, "start" | "end">,
  text: TextIndex,
): readonly RuledHere[] | null {
  const from = Math.max(0, c.start - REACH);
  const near = indexText(text.slice({ start: from, end: Math.min(text.length, c.end + REACH) }));
  const here: RuledHere[] = [];
  for (const { words, label, attributes } of ruled) {
    const hit = findFolded(near, words)
      .map((at) => ({ start: at.start + from, end: at.end + from }))
      .find((at) => overlap(at, c) && !here.some((one) => one.start === at.start && one.label === label));
    if (!hit) return null;
    here.push({ ...hit, label, attributes });
  }
  return here;
}
