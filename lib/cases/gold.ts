/** Gold: the spans and links that an article's live decisions come to (agreement.md, 4). Offsets are code points. */
import { labelOf, linkTypeOf, mayLink } from "../scheme/lookup";
import type { Scheme } from "../scheme/scheme";
import { type Missing, missingToSubmit } from "../spans/complete";
import type { Attributes, Link, Span } from "../spans/model";
import type { Range } from "../text/range";

export type GoldSpan = Range & { readonly id: string; readonly label: string; readonly attributes: Attributes };

/** Where a ruled link ends: in the gold of a case, whenever that is decided; in a span that is known; or in a text. */
export type RuledTarget =
  | { readonly kind: "case"; readonly caseId: string /** where in the case */; readonly near: Range }
  | { readonly kind: "span"; readonly spanId: string }
  | { readonly kind: "text"; readonly text: string };

/** A link as a decision stores it: its first end is a gold span of the same decision. */
export type RuledLink = {
  readonly id: string;
  readonly type: string;
  readonly from: string;
  readonly target: RuledTarget;
};

/** What a live decision rules. `caseIds` is empty for what was created, and two or more where cases were merged. */
export type Ruling = {
  readonly caseIds: readonly string[];
  readonly spans: readonly GoldSpan[];
  readonly links: readonly RuledLink[];
};

export type GoldLink = {
  readonly id: string;
  readonly type: string;
  readonly from: string;
  readonly to: string | null;
  readonly toText: string | null;
};

export type GoldLinks = {
  readonly links: readonly GoldLink[];
  /** Their second end lies in a case that nobody has decided yet. */
  readonly pending: readonly RuledLink[];
  /** Their second end was decided to be nothing, or something that this type may not end in. */
  readonly dropped: readonly RuledLink[];
};

/** The links of an article's live decisions, carried to the gold spans of the cases in which they end. */
export function goldLinks(rulings: readonly Ruling[], scheme: Scheme): GoldLinks {
  const byCase = new Map(rulings.flatMap((r) => r.caseIds.map((id) => [id, r] as const)));
  const spans = new Map(rulings.flatMap((r) => r.spans.map((s) => [s.id, s] as const)));
  const links: GoldLink[] = [];
  const pending: RuledLink[] = [];
  const dropped: RuledLink[] = [];
  for (const link of rulings.flatMap((r) => r.links)) {
    const { id, type, from, target } = link;
    if (target.kind === "text") {
      links.push({ id, type, from, to: null, toText: target.text });
      continue;
    }
    if (target.kind === "span") {
      links.push({ id, type, from, to: target.spanId, toText: null });
      continue;
    }
    const ruling = byCase.get(target.caseId);
    if (!ruling) {
      pending.push(link);
      continue;
    }
    const to = nearest(ruling.spans, target.near);
    const start = spans.get(from);
    const kind = linkTypeOf(scheme, type);
    if (to && start && kind && to.id !== from && mayLink(kind, start.label, to.label))
      links.push({ id, type, from, to: to.id, toText: null });
    else dropped.push(link);
  }
  return { links, pending, dropped };
}

/** The span that shares most with the range, then the nearest to it, then the first. */
export function nearest<S extends Range>(spans: readonly S[], range: Range): S | undefined {
  const shared = (s: S) => Math.min(s.end, range.end) - Math.max(s.start, range.start);
  return spans.reduce<S | undefined>(
    (best, s) => (best === undefined || shared(s) > shared(best) ? s : best),
    undefined,
  );
}

/** What gold still lacks by the scheme: required attributes, and required links that no ruling gives. */
export function missingInGold(rulings: readonly Ruling[], scheme: Scheme): readonly Missing[] {
  const spans = rulings.flatMap((r) => r.spans);
  const links = rulings.flatMap((r) => r.links);
  const asSpan = (s: GoldSpan): Span => ({ ...s, version: 0, note: "", uncertain: false });
  const asLink = ({ id, type, from }: RuledLink): Link => ({ id, version: 0, type, from, to: null, toText: "" });
  return missingToSubmit(scheme, {
    spans: new Map(spans.filter((s) => labelOf(scheme, s.label)).map((s) => [s.id, asSpan(s)])),
    links: new Map(links.map((l) => [l.id, asLink(l)])),
  });
}
