/** Cases keep their ids when they are found again (agreement.md, 2). */
import { byName, type Case, spanIds } from "./case";

export type EarlierCase = {
  readonly id: string;
  /** Of its members, duplicates included. */
  readonly spanIds: readonly string[];
  /** ISO 8601 in UTC, or any other text that sorts by time. */
  readonly foundAt: string;
  readonly decided: boolean;
};

export type Identity = {
  /** For each found case, in its order, the earlier case's id that it takes; null for one that is new. */
  readonly ids: readonly (string | null)[];
  /** Earlier cases that nothing takes over; their history is kept. */
  readonly closed: readonly string[];
  /** Those of the closed that had a live decision: listed until someone rules. */
  readonly orphaned: readonly string[];
};

/**
 * Each found case takes the id of the earlier case with which it shares most members (ties: the older). An id is taken once: where
 * several found cases share members with one earlier case, the one that shares most has it.
 */
export function identify(earlier: readonly EarlierCase[], found: readonly Pick<Case, "members">[]): Identity {
  if (earlier.length === 0) return { ids: found.map(() => null), closed: [], orphaned: [] };
  const holders = new Map<string, EarlierCase[]>();
  for (const c of earlier) {
    for (const id of new Set(c.spanIds)) {
      const known = holders.get(id);
      if (known) known.push(c);
      else holders.set(id, [c]);
    }
  }
  const claims = found.flatMap((c, index) => {
    const shared = new Map<EarlierCase, number>();
    for (const id of spanIds(c)) for (const e of holders.get(id) ?? []) shared.set(e, (shared.get(e) ?? 0) + 1);
    return [...shared].map(([from, count]) => ({ index, from, count }));
  });
  claims.sort(
    (x, y) =>
      y.count - x.count || byName(x.from.foundAt, y.from.foundAt) || byName(x.from.id, y.from.id) || x.index - y.index,
  );
  const ids: (string | null)[] = found.map(() => null);
  const taken = new Set<string>();
  for (const { index, from } of claims) {
    if (ids[index] !== null || taken.has(from.id)) continue;
    ids[index] = from.id;
    taken.add(from.id);
  }
  const left = earlier.filter((c) => !taken.has(c.id));
  return { ids, closed: left.map((c) => c.id), orphaned: left.filter((c) => c.decided).map((c) => c.id) };
}
