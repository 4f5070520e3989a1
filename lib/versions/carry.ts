/**
 * What of a review goes over to the next version of its article: every mark with a new id, under which it stands there if its words were
 * found, and can be placed by hand if they were not; links follow their ends, and wait with an end that is an orphan. Pure.
 */
import type { Link, Span } from "../spans/model";
import type { TextIndex } from "../text/codepoints";
import type { Range } from "../text/range";
import { type Anchor, anchorMarks, type Candidate, type Ground, type Mark, markOf } from "./anchor";

/** With the versions of scheme and guideline that it was made under. */
export type Content = Omit<Span, "id" | "version" | "start" | "end"> & {
  readonly schemeVersion?: number;
  readonly guidelineVersion?: number;
};
export type WaitingLink = Omit<Link, "version">;

/** Where a mark came from, and what became of it. */
export type Carried = {
  /** The id that it has in the new review, or will have once it is placed. */
  readonly spanId: string;
  readonly kind: Anchor["kind"];
  readonly score: number;
  /** The span that a reviewer marked, in the version that it was marked in. */
  readonly fromId: string;
  readonly fromArticleId: string;
  readonly was: Range;
  readonly quote: string;
  readonly before: string;
  readonly after: string;
  readonly content: Content;
  readonly candidates: readonly Candidate[];
  /** That start or end in it; they stand once all their ends here do. */
  readonly links: readonly WaitingLink[];
};

/** An orphan of the version before that nobody has placed or dropped yet: it is looked for again. */
export type OldOrphan = Omit<Carried, "kind" | "score" | "candidates">;

export type Former = {
  readonly articleId: string;
  readonly spans: readonly (Span & Content)[];
  readonly links: readonly Link[];
  readonly orphans: readonly OldOrphan[];
};

export type CarriedOver = {
  readonly spans: readonly (Range & Content & { readonly id: string; readonly fromId: string })[];
  readonly links: readonly WaitingLink[];
  readonly carried: readonly Carried[];
};

export function carryOver(
  was: TextIndex,
  is: TextIndex,
  former: Former,
  { newId, ground }: { readonly newId: () => string; readonly ground?: Ground },
): CarriedOver {
  const marks: Mark[] = [
    ...former.spans.map((span) => markOf(was, span.id, span)),
    ...former.orphans.map(({ spanId: id, quote, before, after }) => ({ id, quote, before, after, was: null })),
  ];
  const anchors = anchorMarks(was, is, marks, ground);
  const ids = new Map(marks.map((mark) => [mark.id, newId()]));
  const links = linksOf(former, ids, newId);
  const standing = new Set([...anchors].flatMap(([id, anchor]) => (anchor.is ? [ids.get(id) ?? ""] : [])));
  const local = new Set(ids.values());
  const stands = (id: string | null) => id === null || !local.has(id) || standing.has(id);

  const about = (id: string, anchor: Anchor) => ({
    spanId: ids.get(id) ?? "",
    kind: anchor.kind,
    score: anchor.score,
    candidates: anchor.kind === "orphan" ? anchor.candidates : [],
    links: anchor.is ? [] : links.filter(({ from, to }) => from === ids.get(id) || to === ids.get(id)),
  });
  const known = new Map(marks.map((mark) => [mark.id, mark]));
  const fresh = former.spans.flatMap((span): readonly Carried[] => {
    const [anchor, mark] = [anchors.get(span.id), known.get(span.id)];
    if (!anchor || !mark) return [];
    const { id: fromId, version: _version, start, end, ...content } = span;
    const { quote, before, after } = mark;
    return [
      {
        ...about(span.id, anchor),
        ...{ fromId, fromArticleId: former.articleId, was: { start, end }, quote, before, after, content },
      },
    ];
  });
  const again = former.orphans.flatMap((orphan): readonly Carried[] => {
    const anchor = anchors.get(orphan.spanId);
    return anchor ? [{ ...orphan, ...about(orphan.spanId, anchor) }] : [];
  });
  const carried = [...fresh, ...again];
  const places = new Map([...anchors].map(([id, anchor]) => [ids.get(id), anchor.is]));
  return {
    carried,
    spans: carried.flatMap(({ spanId, content, fromId }) => {
      const is = places.get(spanId);
      return is ? [{ id: spanId, fromId, ...content, ...is }] : [];
    }),
    links: links.filter(({ from, to }) => stands(from) && stands(to)),
  };
}

/** All of them under new ids, those that waited in the version before too, each once. */
function linksOf(former: Former, ids: ReadonlyMap<string, string>, newId: () => string): readonly WaitingLink[] {
  const all = new Map<string, WaitingLink>();
  for (const { version: _version, ...link } of former.links) all.set(link.id, link);
  for (const orphan of former.orphans) for (const link of orphan.links) all.set(link.id, link);
  const moved = (id: string) => ids.get(id) ?? id;
  return [...all.values()].flatMap((link): readonly WaitingLink[] => {
    // Where it starts was removed since: nothing is left that could be linked.
    if (!ids.has(link.from)) return [];
    return [{ ...link, id: newId(), from: moved(link.from), to: link.to === null ? null : moved(link.to) }];
  });
}

/** Links that an orphan brings with it when it is placed: those whose other end stands. `standing`: the review's spans then. */
export const readyLinks = <T extends Pick<WaitingLink, "from" | "to">>(
  { links }: { readonly links: readonly T[] },
  standing: (id: string) => boolean,
  /** Ids that belong to this review; anything else is a far end, which stands already. */
  local: (id: string) => boolean,
): readonly T[] => links.filter(({ from, to }) => standing(from) && (to === null || !local(to) || standing(to)));
