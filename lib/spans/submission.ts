/** What stands in a review at one moment, as plain data in a fixed order, for a submission and for an export. */
import type { Link, Review, Span } from "./model";
import { inReadingOrder } from "./order";

export type Snapshot = { readonly spans: readonly Span[]; readonly links: readonly Link[] };

/** Spans in reading order; links in the order of the spans at which they start, then by type and id. */
export function snapshot(review: Pick<Review, "spans" | "links">): Snapshot {
  const spans = inReadingOrder(review.spans.values());
  const place = new Map(spans.map((s, n) => [s.id, n]));
  const key = (l: Link) => `${l.type} ${l.id}`;
  const links = [...review.links.values()].sort(
    (a, b) => (place.get(a.from) ?? -1) - (place.get(b.from) ?? -1) || (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0),
  );
  return { spans, links };
}

/** The review that stores or sends spans and links as lists; removed ones may be given so that they can come back. */
export function reviewOf(version: number, { spans, links }: Snapshot, removed: Partial<Snapshot> = {}): Review {
  const byId = <T extends { readonly id: string }>(items: readonly T[]) => new Map(items.map((i) => [i.id, i]));
  const tombstones = <T extends Span | Link>(items: readonly T[] = []) =>
    new Map(items.map((was) => [was.id, { id: was.id, version: was.version, was }]));
  return {
    version,
    spans: byId(spans),
    links: byId(links),
    removedSpans: tombstones(removed.spans),
    removedLinks: tombstones(removed.links),
  };
}
