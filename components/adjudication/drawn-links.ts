/** The links of an article between its cases, as lines beside the text: those that were ruled, else those that reviewers drew. Pure. */
import type { Looks } from "@/components/reader/look";
import { type Trunk, trunksOf } from "@/components/review/leaders";
import type { Scheme } from "@/lib/scheme/scheme";
import type { Link, Review, Span } from "@/lib/spans/model";
import { candidatesOf } from "./links";
import type { CaseView } from "./model";

/** A case stands for its spans: a line goes from one place of the article to another. */
const asSpan = (one: CaseView): Span => ({
  ...{ id: one.id, version: 1, start: one.start, end: one.end, attributes: {}, note: "", uncertain: false },
  label: one.decision?.spans[0]?.label ?? one.suggestion?.label ?? one.labels[0] ?? "",
});

const asLink = (id: string, type: string, from: string, to: string | null, toText: string | null): Link => ({
  ...{ id, version: 1, type, from, to, toText },
});

export function linksDrawn(cases: readonly CaseView[]): readonly Link[] {
  const holder = new Map(
    cases.flatMap((one) => [
      ...one.members.map((member) => [member.spanId, one.id] as const),
      ...(one.decision?.spans ?? []).map((span) => [span.id, one.id] as const),
    ]),
  );
  return cases.flatMap((one): Link[] => {
    if (one.decision)
      return one.decision.links.map(({ id, type, target }) => {
        const to = target.kind === "case" ? target.caseId : target.kind === "span" ? holder.get(target.spanId) : null;
        return asLink(id, type, one.id, to ?? null, target.kind === "text" ? target.text : to ? null : "elsewhere");
      });
    return candidatesOf(one, cases).map(({ key, type, link, words }) => {
      const to = link.to === null ? undefined : holder.get(link.to);
      return asLink(`${one.id} ${key}`, type, one.id, to ?? null, to ? null : words || "elsewhere");
    });
  });
}

export type Lines = {
  readonly id: string;
  readonly trunks: readonly Trunk[];
  readonly y: number;
  readonly quiet: boolean;
};

/** Lines of every case that starts links, quiet; those of the case in hand whole and last. `yOf`: null where a case is not drawn. */
export function linesOf(
  cases: readonly CaseView[],
  current: CaseView | null,
  scheme: Scheme,
  looks: Looks,
  yOf: (caseId: string) => number | null,
): readonly Lines[] {
  const links = linksDrawn(cases);
  if (links.length === 0) return [];
  const spans = new Map(cases.map((one) => [one.id, asSpan(one)] as const));
  const among = (some: readonly Link[]): Review => ({
    ...{ version: 1, spans, links: new Map(some.map((link) => [link.id, link])) },
    ...{ removedSpans: new Map(), removedLinks: new Map() },
  });
  const of = (one: CaseView, some: readonly Link[], quiet: boolean): Lines[] => {
    const span = spans.get(one.id);
    const y = yOf(one.id);
    const trunks = span ? trunksOf(span, among(some), scheme, looks, (other) => yOf(other.id)) : [];
    // What ends in words alone has no line to draw.
    const drawn = trunks.filter((trunk) => trunk.branches.length > 0);
    return y === null || drawn.length === 0 ? [] : [{ id: one.id, trunks: drawn, y, quiet }];
  };
  const touching = links.filter((link) => link.from === current?.id || link.to === current?.id);
  const rest = links.filter((link) => !touching.includes(link));
  return [
    ...cases.flatMap((one) =>
      of(
        one,
        rest.filter((link) => link.from === one.id),
        true,
      ),
    ),
    ...(current ? of(current, touching, false) : []),
  ];
}
