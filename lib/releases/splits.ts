/**
 * Deterministic splits that never part a group. Greedy stratification after Sechidis, Tsoumakas and Vlahavas (2011), with groups in place of
 * examples: the largest groups first, each to the split that still lacks most of what the group holds. Neither the order of the articles nor
 * anything but seed, groups and counts has a say.
 */
import { createHash } from "node:crypto";
import { splitNames } from "./settings";

export type Splittable = {
  readonly id: string;
  readonly group: string;
  /** Spans by label. */
  readonly labels: Readonly<Record<string, number>>;
};

type Group = {
  readonly name: string;
  readonly order: string;
  readonly ids: string[];
  readonly holds: Map<string, number>;
};
type Split = { readonly name: string; readonly lacks: Map<string, number> };

/** Of an article itself, beside its labels; no label has this key. */
const ARTICLES = "";

/** The split of each id. `shares` are weighed against each other; a split stays empty only where there are fewer groups than splits. */
export function splitArticles(
  articles: readonly Splittable[],
  shares: Readonly<Record<string, number>>,
  seed: number,
): ReadonlyMap<string, string> {
  const groups = groupsOf(articles, seed);
  const total = new Map<string, number>();
  for (const { holds } of groups) for (const [what, count] of holds) add(total, what, count);
  const weight = Object.values(shares).reduce((sum, share) => sum + share, 0);
  const splits: readonly Split[] = splitNames(shares).map((name) => ({
    name,
    lacks: new Map([...total].map(([what, count]) => [what, (count * (shares[name] ?? 0)) / weight])),
  }));
  const found = new Map<string, string>();
  const empty = new Set(splits);
  for (const [n, group] of groups.entries()) {
    // With as many groups left as there are splits without one, each of those gets one: an empty test set is of no use.
    const among = empty.size > 0 && groups.length - n <= empty.size ? splits.filter((one) => empty.has(one)) : splits;
    const split = neediest(among, group, total);
    empty.delete(split);
    for (const [what, count] of group.holds) add(split.lacks, what, -count);
    for (const id of group.ids) found.set(id, split.name);
  }
  return found;
}

function groupsOf(articles: readonly Splittable[], seed: number): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const { id, group: name, labels } of articles) {
    const group: Group = groups.get(name) ?? { name, order: hash(seed, name), ids: [], holds: new Map() };
    groups.set(name, group);
    group.ids.push(id);
    add(group.holds, ARTICLES, 1);
    for (const [label, count] of Object.entries(labels)) add(group.holds, label, count);
  }
  return [...groups.values()].sort((a, b) => b.ids.length - a.ids.length || (a.order < b.order ? -1 : 1));
}

/** How much of what the group holds a split still lacks, each kind as a share of all of it, so that a rare label counts as much as a common one. */
function neediest(splits: readonly Split[], group: Group, total: ReadonlyMap<string, number>): Split {
  const need = ({ lacks }: Split) => {
    let sum = 0;
    for (const [what, count] of group.holds) {
      const all = total.get(what) ?? 0;
      if (all > 0 && count > 0) sum += (lacks.get(what) ?? 0) / all;
    }
    return sum;
  };
  const [first, ...others] = splits;
  if (!first) throw new Error("no split is asked for");
  let best = first;
  let most = need(first);
  for (const split of others) {
    const here = need(split);
    // The same up to rounding: the split that was named first.
    if (here > most + 1e-12) [best, most] = [split, here];
  }
  return best;
}

const add = (to: Map<string, number>, what: string, count: number) => to.set(what, (to.get(what) ?? 0) + count);

const hash = (seed: number, name: string) => createHash("sha256").update(`${seed}\n${name}`).digest("hex");
