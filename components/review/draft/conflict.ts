/** Both this screen and another have changed one span or link since they last agreed. */

import type { Fault } from "@/lib/result";
import { type LinkContent, type SpanContent, sameLink, sameSpan } from "@/lib/spans/canonical";
import { isSpanChange, targetOf } from "@/lib/spans/change";
import type { Change, Link, Review, Span } from "@/lib/spans/model";
import type { News, Standing } from "./overlay";

export type Conflict =
  | {
      readonly kind: "span";
      readonly id: string;
      /** null: removed. */
      readonly mine: SpanContent | null;
      readonly theirs: SpanContent | null;
      /** Links that were made elsewhere to a span that is removed here. */
      readonly links: readonly Link[];
    }
  | {
      readonly kind: "link";
      readonly id: string;
      readonly mine: LinkContent | null;
      readonly theirs: LinkContent | null;
      readonly links: readonly [];
    };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isStanding = (value: unknown): value is Standing<Span> | Standing<Link> =>
  isRecord(value) && typeof value.id === "string" && typeof value.version === "number";

/** The change a fault speaks of ("changes.3.span.base" is the fourth). */
export const faultyIndex = (fault: Fault): number => Number(/^changes\.(\d+)/.exec(fault.path)?.[1] ?? -1);

export const CONFLICT_CODES: ReadonlySet<string> = new Set(["conflict", "has-links"]);

/** What a 409 tells of the present, and which spans and links it is about. */
export function readConflicts(
  changes: readonly Change[],
  faults: readonly Fault[],
): { readonly news: News; readonly ids: ReadonlySet<string>; readonly links: ReadonlyMap<string, readonly Link[]> } {
  const spans: Standing<Span>[] = [];
  const links: Standing<Link>[] = [];
  const ids = new Set<string>();
  const held = new Map<string, readonly Link[]>();
  for (const fault of faults) {
    const change = changes[faultyIndex(fault)];
    if (!change) continue;
    ids.add(targetOf(change));
    const { current } = fault;
    if (fault.code === "has-links" && Array.isArray(current)) {
      const found = current.filter((l): l is Link => isStanding(l) && "from" in l);
      held.set(targetOf(change), found);
      links.push(...found);
    } else if (isStanding(current)) {
      if (isSpanChange(change)) spans.push(current as Standing<Span>);
      else links.push(current as Standing<Link>);
    }
  }
  return { news: { spans, links }, ids, links: held };
}

/** The conflict over an id as things stand, or null when both sides say the same. */
export function conflictOver(
  id: string,
  isSpan: boolean,
  local: Review,
  confirmed: Review,
  links: readonly Link[],
): Conflict | null {
  if (isSpan) {
    const mine = local.spans.get(id);
    const theirs = confirmed.spans.get(id);
    if (mine && theirs ? sameSpan(mine, theirs) : !mine && !theirs) return null;
    return {
      kind: "span",
      id,
      mine: mine ? contentOf(mine) : null,
      theirs: theirs ? contentOf(theirs) : null,
      links,
    };
  }
  const mine = local.links.get(id);
  const theirs = confirmed.links.get(id);
  if (mine && theirs ? sameLink(mine, theirs) : !mine && !theirs) return null;
  return {
    kind: "link",
    id,
    mine: mine ? contentOf(mine) : null,
    theirs: theirs ? contentOf(theirs) : null,
    links: [],
  };
}

const contentOf = <T extends Span | Link>({ id: _id, version: _version, ...content }: T) => content;
