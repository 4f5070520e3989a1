/**
 * The lines from a span to what it is linked with. Links of one type and direction share one line in the margin, with a branch at each
 * target, so that fifty links are a few lines; what is out of sight is counted. Pure: heights in, drawing out.
 */
import { type Looks, lookFor } from "@/components/reader/look";
import type { Scheme } from "@/lib/scheme/scheme";
import type { Review, Span } from "@/lib/spans/model";
import { linksOf, nameOfWay } from "./acts";

export type Trunk = {
  readonly key: string;
  readonly hue: string;
  readonly name: string;
  /** The span is where these links start. */
  readonly outward: boolean;
  /** How many there are, seen and unseen. */
  readonly count: number;
  /** Heights of the targets that are drawn, in pixels, each once; without those on the span's own line of text. */
  readonly branches: readonly number[];
  /** Targets that are not drawn, above and below; targets in words or in other articles. */
  readonly above: number;
  readonly below: number;
  readonly away: number;
};

/** Pixels: targets on one line of text have one branch. */
const TOGETHER = 6;

export function trunksOf(
  span: Span,
  review: Review,
  scheme: Scheme,
  looks: Looks,
  yOf: (other: Span) => number | null,
): readonly Trunk[] {
  const own = yOf(span);
  const made = new Map<string, { trunk: Omit<Trunk, "branches">; ys: number[] }>();
  for (const link of linksOf(review, span.id)) {
    const outward = link.from === span.id;
    const otherId = outward ? link.to : link.from;
    const other = otherId === null ? undefined : review.spans.get(otherId);
    const from = outward ? span : other;
    if (!from) continue;
    const { hue } = lookFor(looks, from.label);
    const key = `${link.type} ${outward} ${hue}`;
    const type = scheme.links.find((t) => t.key === link.type);
    const known = made.get(key) ?? {
      trunk: {
        ...{ key, hue, outward, count: 0, above: 0, below: 0, away: 0 },
        name: type ? nameOfWay({ type, turned: !outward }) : link.type,
      },
      ys: [],
    };
    const y = other ? yOf(other) : null;
    let trunk = { ...known.trunk, count: known.trunk.count + 1 };
    if (y !== null) known.ys.push(y);
    else if (!other) trunk = { ...trunk, away: trunk.away + 1 };
    else if (other.start < span.start) trunk = { ...trunk, above: trunk.above + 1 };
    else trunk = { ...trunk, below: trunk.below + 1 };
    made.set(key, { ...known, trunk });
  }
  const trunks = [...made.values()].map(({ trunk, ys }): Trunk => {
    const branches = ys
      .sort((a, b) => a - b)
      .filter((y, at, all) => at === 0 || y - (all[at - 1] ?? y) > TOGETHER)
      .filter((y) => own === null || Math.abs(y - own) > TOGETHER);
    return { ...trunk, branches };
  });
  // The shortest innermost, so that lines cross as little as can be.
  const reach = (t: Trunk) => (t.branches.at(-1) ?? 0) - (t.branches[0] ?? 0);
  return trunks.sort((a, b) => reach(a) - reach(b));
}

/** "denies", "attributed by 12", with what is out of sight. */
export function trunkWords({ name, count, above, below }: Trunk): string {
  const unseen = [above > 0 ? `↑ ${above}` : "", below > 0 ? `↓ ${below}` : ""].filter(Boolean).join(" ");
  return [name, count > 1 ? String(count) : "", unseen].filter(Boolean).join(" ");
}
