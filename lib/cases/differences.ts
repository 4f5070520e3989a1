/** How what one reviewer marked and gold differ at one place. Offsets are code points. */
import { canonicalSpan } from "../spans/canonical";
import type { Attributes } from "../spans/model";
import { fold } from "../text/fold";
import { overlap, type Range } from "../text/range";

export type MarkLink = {
  readonly type: string;
  /** The target's words: its quote, or the free text that names it. */
  readonly words: string;
  /** Where the target stands in the same article; null: elsewhere, or only named. */
  readonly at: Range | null;
};

export type Mark = Range & {
  readonly id: string;
  readonly label: string;
  readonly attributes: Attributes;
  readonly links: readonly MarkLink[];
};

/** As gold says; marked in another way; marked and not in gold; in gold and not marked. */
export type DifferenceKind = "same" | "changed" | "dropped" | "missed";

/** In which way two readings of the same place differ; in the order in which they are told. */
export type DifferencePart = "number" | "label" | "ends" | "attributes" | "links";

export type Difference = { readonly kind: DifferenceKind; readonly parts: readonly DifferencePart[] };

export function differenceOf(mine: readonly Mark[], gold: readonly Mark[]): Difference {
  if (mine.length === 0) return { kind: "missed", parts: [] };
  if (gold.length === 0) return { kind: "dropped", parts: [] };
  const parts = partsOf(mine, gold);
  return { kind: parts.length === 0 ? "same" : "changed", parts };
}

function partsOf(mine: readonly Mark[], gold: readonly Mark[]): readonly DifferencePart[] {
  if (mine.length !== gold.length) return ["number"];
  const theirs = paired(mine, gold);
  const differ: Record<Exclude<DifferencePart, "number">, boolean> = {
    label: false,
    ends: false,
    attributes: false,
    links: false,
  };
  mine.forEach((mark, place) => {
    const other = theirs[place];
    if (!other) return;
    differ.label ||= mark.label !== other.label;
    differ.ends ||= mark.start !== other.start || mark.end !== other.end;
    differ.attributes ||= said(mark.attributes) !== said(other.attributes);
    differ.links ||= !sameLinks(mark.links, other.links);
  });
  return (["label", "ends", "attributes", "links"] as const).filter((part) => differ[part]);
}

const said = (attributes: Attributes): string =>
  canonicalSpan({ start: 0, end: 0, label: "", attributes, note: "", uncertain: false });

/** For each of mine the mark of gold that it is compared with: those that are alike first, then in order of position. */
function paired(mine: readonly Mark[], gold: readonly Mark[]): readonly (Mark | undefined)[] {
  const left = [...gold].sort((a, b) => a.start - b.start || a.end - b.end || (a.id < b.id ? -1 : 1));
  const take = (fits: (other: Mark) => boolean) => {
    const at = left.findIndex(fits);
    return at === -1 ? undefined : left.splice(at, 1)[0];
  };
  const found: (Mark | undefined)[] = mine.map((mark) =>
    take((other) => other.start === mark.start && other.end === mark.end && other.label === mark.label),
  );
  mine.forEach((mark, place) => {
    found[place] ??= take((other) => other.label === mark.label && overlap(other, mark));
  });
  return found.map((other) => other ?? left.shift());
}

/** Two links are the same when they are of one type and point to one place, however wide each marked it, or name the same words. */
function sameLinks(mine: readonly MarkLink[], gold: readonly MarkLink[]): boolean {
  if (mine.length !== gold.length) return false;
  const left = [...gold];
  return mine.every((link) => {
    const at = left.findIndex(
      (other) =>
        other.type === link.type &&
        (other.at && link.at
          ? overlap(other.at, link.at)
          : !other.at && !link.at && fold(other.words) === fold(link.words)),
    );
    if (at !== -1) left.splice(at, 1);
    return at !== -1;
  });
}
