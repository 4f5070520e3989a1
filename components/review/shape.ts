/** Spans cut in two, put together, filled like another, and many at once: acts (lib/spans/act.ts). Pure. */
import { linkTypeOf, mayLink, mayStart } from "@/lib/scheme/lookup";
import type { Scheme } from "@/lib/scheme/scheme";
import { withAccepted } from "@/lib/spans/accepted";
import type { Act, Effect } from "@/lib/spans/act";
import type { LinkContent, SpanContent } from "@/lib/spans/canonical";
import type { History } from "@/lib/spans/history";
import type { Link, Review, Span } from "@/lib/spans/model";
import { byReading } from "@/lib/spans/order";
import type { TextIndex } from "@/lib/text/codepoints";
import { tidy } from "@/lib/text/trim";
import { wordAt } from "@/lib/text/words";
import { carriedTo, contentOf, edit, linksOf, mark, unlink } from "./acts";

/** Cut at an offset strictly inside, each part without blanks at its ends; null where nothing would be left of one. Links and the note stay with the first. */
export function split(index: TextIndex, span: Span, at: number, newId: () => string): Act | null {
  if (at <= span.start || at >= span.end) return null;
  const first = tidy(index, { start: span.start, end: at });
  const second = tidy(index, { start: at, end: span.end });
  if (!first || !second || first.end > second.start) return null;
  const made = mark(newId(), second, span.label).map(
    (e): Effect =>
      e.kind === "span" && e.after
        ? {
            ...e,
            after: {
              ...e.after,
              attributes: span.attributes,
              uncertain: span.uncertain,
              ...withAccepted(span.accepted),
              ...(span.suggestion === undefined ? {} : { suggestion: span.suggestion }),
            },
          }
        : e,
  );
  return [...edit(span, first), ...made];
}

/** Where a press means to cut: not through a word, but before or after it, whichever end is nearer. */
export function cutNear(index: TextIndex, at: number): number {
  const word = wordAt(index, at);
  if (!word || at <= word.start || at >= word.end) return at;
  return at - word.start < word.end - at ? word.start : word.end;
}

/** Code points between two spans; what stands further apart is not one thing. */
export const REACH = 300;

/** The next span of the same label in reading order, if it stands close by. */
export function nextOfLabel(review: Review, span: Span): Span | null {
  let found: Span | null = null;
  for (const other of review.spans.values()) {
    if (other.id === span.id || other.label !== span.label || byReading(other, span) <= 0) continue;
    if (other.start - span.end > REACH) continue;
    if (!found || byReading(other, found) < 0) found = other;
  }
  return found;
}

/** One span over both and what is between them. What the first lacks the second gives; links of the second go over to the first. */
export function merge(review: Review, span: Span, next: Span): Act {
  const suggestion = span.suggestion ?? next.suggestion;
  const content: Partial<SpanContent> = {
    ...(suggestion === undefined ? {} : { suggestion }),
    start: Math.min(span.start, next.start),
    end: Math.max(span.end, next.end),
    attributes: { ...next.attributes, ...span.attributes },
    accepted: [
      ...(span.accepted ?? []),
      ...(next.accepted ?? []).filter((key) => span.attributes[key] === undefined),
    ].sort(),
    note: [span.note, next.note].filter((n) => n.trim() !== "").join("\n"),
    uncertain: span.uncertain || next.uncertain,
  };
  const same = (l: LinkContent) => `${l.type} ${l.from} ${l.to} ${l.toText}`;
  const there = new Set(linksOf(review, span.id).map((l) => same(contentOf(l))));
  const moved = linksOf(review, next.id).map((link): Effect => {
    const before = contentOf(link);
    const turn = (id: string) => (id === next.id ? span.id : id);
    const after = { ...before, from: turn(link.from), to: link.to === null ? null : turn(link.to) };
    const gone = after.from === after.to || there.has(same(after));
    there.add(same(after));
    return { kind: "link", id: link.id, before, after: gone ? null : after };
  });
  return [
    ...edit(span, content),
    ...moved,
    { kind: "span", id: next.id, before: contentOf(next), after: null } satisfies Effect,
  ];
}

/** The span of the same label that was made or changed last and has attributes; else the one before it in the text. */
export function lastOfLabel(history: History, review: Review, span: Span): Span | null {
  const fits = (other: Span | undefined): other is Span =>
    other !== undefined &&
    other.id !== span.id &&
    other.label === span.label &&
    Object.values(other.attributes).some((v) => v.trim() !== "");
  for (const { act } of [...history.done].reverse())
    for (const effect of act) {
      const other = effect.kind === "span" ? review.spans.get(effect.id) : undefined;
      if (fits(other)) return other;
    }
  const before = [...review.spans.values()].filter((o) => fits(o) && byReading(o, span) < 0).sort(byReading);
  return before.at(-1) ?? null;
}

/** The other's attributes; those that it lacks stay as they are. What came from an offer there did so here. */
export function likeOther(scheme: Scheme, span: Span, other: Span): Act {
  const copied = carriedTo(scheme, span.label, other.attributes);
  const accepted = [
    ...(span.accepted ?? []).filter((key) => copied[key] === undefined),
    ...(other.accepted ?? []).filter((key) => copied[key] !== undefined),
  ].sort();
  return edit(span, { attributes: { ...span.attributes, ...copied }, accepted });
}

/** Another label for several: attributes that it lacks go, and links that do not fit any more, each once. */
export function relabelAll(scheme: Scheme, review: Review, ids: readonly string[], key: string): Act {
  const chosen = new Set(ids);
  const labelNow = (id: string) => (chosen.has(id) ? key : review.spans.get(id)?.label);
  const fits = (link: Link): boolean => {
    const type = linkTypeOf(scheme, link.type);
    const from = labelNow(link.from);
    if (!type || from === undefined) return !!type;
    const to = link.to === null ? undefined : labelNow(link.to);
    // A target in words or in another article: only where the link starts can be judged here.
    return to === undefined ? mayStart(type, from) : mayLink(type, from, to);
  };
  const links = new Map(ids.flatMap((id) => linksOf(review, id)).map((l) => [l.id, l]));
  const spans = ids.flatMap((id) => review.spans.get(id) ?? []).filter((s) => s.label !== key);
  return [
    ...[...links.values()].filter((l) => !fits(l)).map(unlink),
    ...spans.flatMap((s) => edit(s, { label: key, attributes: carriedTo(scheme, key, s.attributes) })),
  ];
}

/** One change of content to each of several. */
export const editAll = (review: Review, ids: readonly string[], change: (span: Span) => Partial<SpanContent>): Act =>
  ids.flatMap((id) => review.spans.get(id) ?? []).flatMap((span) => edit(span, change(span)));
