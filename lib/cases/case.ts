/** A case: one agreement or disagreement between the submitted reviews of an article (agreement.md, 2). Offsets are code points. */
import type { Scheme } from "../scheme/scheme";
import type { Attributes } from "../spans/model";
import { indexText, type TextIndex } from "../text/codepoints";
import type { Range } from "../text/range";

/** In the order in which they are listed; the primary flag is the first present of those before SELF_OVERLAP. */
export const FLAGS = [
  "SINGLE_REVIEWER",
  "LABEL",
  "SPLIT",
  "BOUNDARY",
  "BOUNDARY_MINOR",
  "MISSING",
  "ATTRIBUTE",
  "LINK",
  "AGREEMENT",
  "SELF_OVERLAP",
  "LOW_COHESION",
] as const;

export type Flag = (typeof FLAGS)[number];
export type PrimaryFlag = Exclude<Flag, "SELF_OVERLAP" | "LOW_COHESION">;

/** A span of a submitted review. Notes and *uncertain* never count. */
export type CaseSpan = Range & {
  readonly id: string;
  readonly reviewer: string;
  readonly label: string;
  readonly attributes: Attributes;
  readonly note?: string | undefined;
  readonly uncertain?: boolean | undefined;
};

/** A link of a submitted review. `to` is a span's id, possibly in another article; null when `toText` names the target. */
export type CaseLink = {
  readonly id?: string | undefined;
  readonly reviewer: string;
  readonly type: string;
  readonly from: string;
  readonly to: string | null;
  readonly toText: string | null;
};

export type Member = CaseSpan & {
  /** The ids of the same reviewer's exact duplicates (range, label, attributes) that collapsed into this one. */
  readonly twins: readonly string[];
};

export type Case = Range & {
  /** In scheme order. */
  readonly labels: readonly string[];
  /** By start, end, scheme order, reviewer. */
  readonly members: readonly Member[];
  /** Reviewers who had submitted and marked nothing here, sorted. */
  readonly missing: readonly string[];
  readonly primary: PrimaryFlag;
  readonly flags: readonly Flag[];
  /** How many reviews of the article were submitted. */
  readonly submitted: number;
};

/** Other ways to write a source's name, to the name that they stand for, both folded (the project's register of sources). */
export type SourceNames = ReadonlyMap<string, string>;

export type CaseInput = {
  /** For the edge trim; without it no difference of ends is minor. */
  readonly text?: TextIndex | string | null | undefined;
  /** All who submitted, also those who marked nothing. */
  readonly reviewers: readonly string[];
  readonly spans: readonly CaseSpan[];
  readonly links?: readonly CaseLink[] | undefined;
  /** Without one no labels coexist, and the default scheme gives the order and the attributes' kinds. */
  readonly scheme?: Scheme | null | undefined;
  /** What spans of other articles are known by, so that two links to the same thing there are equal (gold or case ids). */
  readonly foreign?: ReadonlyMap<string, string> | undefined;
  readonly sources?: SourceNames | undefined;
};

/** Every span id that the case holds, duplicates included. */
export function spanIds(c: { readonly members: readonly Member[] }): readonly string[] {
  const ids: string[] = [];
  for (const { id, twins } of c.members) {
    ids.push(id);
    for (const twin of twins) ids.push(twin);
  }
  return ids;
}

/** Code-unit order, the same on every machine. */
export const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Reviewers who have a member in the case, sorted. */
export const markers = (c: { readonly members: readonly CaseSpan[] }): readonly string[] =>
  [...new Set(c.members.map((m) => m.reviewer))].sort(byName);

export const indexed = (text: TextIndex | string | null | undefined): TextIndex | null =>
  text === null || text === undefined ? null : typeof text === "string" ? indexText(text) : text;
