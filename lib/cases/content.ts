/** What a decision rests on, written down so that a later change can be told (agreement.md, 4, STALE). */
import { canonicalJson, canonicalSpan } from "../spans/canonical";
import { byName, type Case, type CaseLink, type CaseSpan } from "./case";

/**
 * A member's range, label, attributes and the links that start at it; never its note or *uncertain*. To be hashed (SHA-256) where it is
 * stored; equal strings are equal content.
 */
export function memberContent(span: CaseSpan, links: readonly CaseLink[]): string {
  if (links.length === 0) return canonicalJson([contentOf(span), []]);
  const said = links
    .filter((l) => l.from === span.id)
    .map((l) => canonicalJson([l.type, l.to, l.toText]))
    .sort(byName);
  return canonicalJson([contentOf(span), said]);
}

const contentOf = ({ start, end, label, attributes }: CaseSpan) =>
  canonicalSpan({ start, end, label, attributes, note: "", uncertain: false });

export type MemberHash = { readonly id: string; readonly hash: string };

/** A decision's or a case's ground: its span ids, duplicates included, each with the hash of its content, sorted by id. */
export function fingerprint(
  c: Pick<Case, "members">,
  links: readonly CaseLink[],
  hash: (content: string) => string,
): readonly MemberHash[] {
  const starts = new Map<string, CaseLink[]>();
  for (const link of links) {
    const known = starts.get(link.from);
    if (known) known.push(link);
    else starts.set(link.from, [link]);
  }
  const ground: MemberHash[] = [];
  for (const m of c.members) {
    ground.push({ id: m.id, hash: hash(memberContent(m, starts.get(m.id) ?? [])) });
    for (const id of m.twins) ground.push({ id, hash: hash(memberContent({ ...m, id }, starts.get(id) ?? [])) });
  }
  return ground.sort((a, b) => byName(a.id, b.id));
}

export type Ground = { readonly members: readonly MemberHash[]; readonly submitted: number };

export type Staleness = {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
  /** When the number of submitted reviews of the article is another. */
  readonly reviews: { readonly was: number; readonly now: number } | null;
};

/** What changed since the decision was made, or null when it still stands on the same ground. */
export function stale(decided: Ground, now: Ground): Staleness | null {
  const was = new Map(decided.members.map((m) => [m.id, m.hash]));
  const is = new Map(now.members.map((m) => [m.id, m.hash]));
  const added = [...is.keys()].filter((id) => !was.has(id));
  const removed = [...was.keys()].filter((id) => !is.has(id));
  const changed = [...is].filter(([id, hash]) => was.has(id) && was.get(id) !== hash).map(([id]) => id);
  const reviews = decided.submitted === now.submitted ? null : { was: decided.submitted, now: now.submitted };
  return added.length + removed.length + changed.length > 0 || reviews ? { added, removed, changed, reviews } : null;
}

const times = (n: number, what: string) => `${n} ${what}${n === 1 ? "" : "s"}`;

/** "1 span was added, 1 more review was submitted." */
export function stalenessInWords({ added, removed, changed, reviews }: Staleness): string {
  const was = (n: number) => (n === 1 ? "was" : "were");
  const parts = [
    ...(added.length > 0 ? [`${times(added.length, "span")} ${was(added.length)} added`] : []),
    ...(removed.length > 0 ? [`${times(removed.length, "span")} ${was(removed.length)} removed`] : []),
    ...(changed.length > 0 ? [`${times(changed.length, "span")} ${was(changed.length)} changed`] : []),
    ...(reviews ? [`${reviews.now} reviews are submitted instead of ${reviews.was}`] : []),
  ];
  return `${parts.join(", ")}.`;
}
