/** What a ruling settles one by one besides its range: attributes in which the lanes differ, and links. Pure. */
import { attributeOf, labelOf, linkTypeOf } from "@/lib/scheme/lookup";
import type { Draft } from "./draft";
import { withAttribute } from "./draft";
import { lanesIn } from "./lanes";
import { allowed, type Candidate, candidatesOf, kept, withLink } from "./links";
import type { CaseView, Desk } from "./model";

export type Cell = { readonly lane: string; readonly value: string; readonly words: string };
export type AttributeRow = {
  readonly kind: "attribute";
  readonly id: string;
  readonly key: string;
  readonly label: string;
  readonly name: string;
  /** Of the lanes that marked this label; "" is a value that was left blank. */
  readonly cells: readonly Cell[];
  readonly differs: boolean;
  /** What the ruling says; null: there is none yet, or its spans differ. */
  readonly chosen: string | null;
};
export type LinkRow = {
  readonly kind: "link";
  readonly id: string;
  readonly name: string;
  readonly candidate: Candidate;
  /** null: there is no ruling yet. */
  readonly kept: boolean | null;
};
export type Row = AttributeRow | LinkRow;

/** Rows on which someone may want to say something: what differs, then links. What agrees is `agreed`. */
export function rowsOf(desk: Desk, one: CaseView, draft: Draft | null) {
  const label = draft?.spans.at(-1)?.label ?? one.suggestion?.label ?? one.labels[0] ?? "";
  const attributes = attributesOf(desk, one, draft, label);
  return {
    label,
    rows: [...attributes.filter((row) => row.differs), ...linksOf(desk, one, draft)] as readonly Row[],
    agreed: attributes.filter((row) => !row.differs),
  };
}

function attributesOf(desk: Desk, one: CaseView, draft: Draft | null, label: string): readonly AttributeRow[] {
  const voters = one.members.filter((member) => member.label === label);
  const known = labelOf(desk.scheme, label);
  const spans = draft?.spans.filter((span) => span.label === label) ?? [];
  const keys = new Set([
    ...(known?.attributes ?? []).map((each) => each.key),
    ...voters.flatMap((member) => Object.keys(member.attributes)),
  ]);
  return [...keys].flatMap((key): AttributeRow[] => {
    const attribute = known && attributeOf(known, key);
    const wordsOf = (value: string) =>
      value === ""
        ? "none"
        : attribute?.kind === "choice"
          ? (attribute.values.find((each) => each.key === value)?.name ?? value)
          : value;
    const cells = lanesIn(one).flatMap((lane): Cell[] => {
      const own = voters.find((member) => member.lane === lane);
      const value = own?.attributes[key]?.trim() ?? "";
      return own ? [{ lane, value, words: wordsOf(value) }] : [];
    });
    const said = new Set(cells.map((cell) => cell.value));
    if (said.size === 0 || (said.size === 1 && said.has(""))) return [];
    const ruled = new Set(spans.map((span) => span.attributes[key] ?? ""));
    return [
      {
        ...{ kind: "attribute", id: `attribute ${key}`, key, label, name: attribute?.name ?? key, cells },
        differs: said.size > 1,
        chosen: ruled.size === 1 ? ([...ruled][0] ?? null) : null,
      },
    ];
  });
}

function linksOf(desk: Desk, one: CaseView, draft: Draft | null): readonly LinkRow[] {
  const all = candidatesOf(one, desk.cases);
  const shown = draft ? allowed(all, draft, desk) : all;
  const keys = draft ? kept(all, draft, one) : null;
  return shown.map((candidate) => ({
    ...{ kind: "link", id: `link ${candidate.key}`, candidate, kept: keys?.has(candidate.key) ?? null },
    name: linkTypeOf(desk.scheme, candidate.type)?.name ?? candidate.type,
  }));
}

/** What a digit does in a row: of an attribute it takes that lane's value, as the readings are numbered; of a link 1 keeps, 2 leaves out. */
export function settled(desk: Desk, one: CaseView, draft: Draft, row: Row, digit: number): Draft | null {
  if (row.kind === "link") {
    if (digit !== 1 && digit !== 2) return null;
    return withLink(draft, candidatesOf(one, desk.cases), one, row.candidate.key, digit === 1);
  }
  const cell = row.cells.find(({ lane }) => lane === lanesIn(one)[digit - 1]);
  return cell ? withAttribute(draft, row.label, row.key, cell.value) : null;
}
