/** A mark of the version before that has no place here yet: where it would be, as an act. Pure. */
import type { Act } from "@/lib/spans/act";
import type { Review } from "@/lib/spans/model";
import type { Range } from "@/lib/text/range";
import { readyLinks } from "@/lib/versions/carry";
import type { Carried, Orphan } from "./model";

/** Neither in the text nor dropped. */
export const openOrphans = (
  { orphans }: Carried,
  review: Pick<Review, "spans">,
  dropped: ReadonlyMap<string, string>,
): readonly Orphan[] => orphans.filter(({ id }) => !review.spans.has(id) && !dropped.has(id));

/** Under the id that was kept for it, with what it said before and those of its links whose other end stands. Undone like any other act. */
export function placing({ spans }: Carried, review: Review, orphan: Orphan, { start, end }: Range): Act {
  const { label, attributes, note, uncertain, accepted = [], suggestion } = orphan.content;
  const local = new Set(spans.map(({ id }) => id));
  const stands = (id: string) => id === orphan.id || review.spans.has(id);
  const links = readyLinks(orphan, stands, (id) => local.has(id)).filter(({ id }) => !review.links.has(id));
  return [
    {
      kind: "span",
      id: orphan.id,
      before: null,
      after: {
        ...{ start, end, label, attributes, note, uncertain },
        ...(accepted.length > 0 ? { accepted } : {}),
        ...(suggestion === undefined ? {} : { suggestion }),
      },
    },
    ...links.map(({ id, type, from, to, toText, accepted: taken }) => ({
      kind: "link" as const,
      id,
      before: null,
      after: { type, from, to, toText, ...(taken ? { accepted: true } : {}) },
    })),
  ];
}
