/** Counting what reviewers chose. Ties are never broken by chance. */
import { byName } from "./case";

/** Reviewers by what they chose, each counted once a choice. */
export type Votes<K> = ReadonlyMap<K, ReadonlySet<string>>;

/** The choice of most reviewers; null when there is none, or when several have as many. */
export function plurality<K>(votes: Votes<K>): K | null {
  const top = leaders(votes);
  return top.length === 1 ? (top[0] ?? null) : null;
}

/** All choices that have the most reviewers. */
export function leaders<K>(votes: Votes<K>): readonly K[] {
  const most = Math.max(0, ...[...votes.values()].map((v) => v.size));
  return [...votes].filter(([, v]) => v.size === most).map(([choice]) => choice);
}

/** The leader whose voters have the largest sum of competence, if that is one alone. */
export function byCompetence<K>(votes: Votes<K>, competences: ReadonlyMap<string, number>): K | null {
  const sums = leaders(votes).map((choice) => ({
    choice,
    sum: [...(votes.get(choice) ?? [])].sort(byName).reduce((sum, r) => sum + (competences.get(r) ?? 0), 0),
  }));
  const top = Math.max(...sums.map((s) => s.sum));
  const best = sums.filter((s) => s.sum === top);
  return best.length === 1 ? (best[0]?.choice ?? null) : null;
}

export function addVote<K>(votes: Map<K, Set<string>>, choice: K, reviewer: string): void {
  const known = votes.get(choice);
  if (known) known.add(reviewer);
  else votes.set(choice, new Set([reviewer]));
}
