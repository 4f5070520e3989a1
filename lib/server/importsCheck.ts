/** What an imported article's marks must be in the project that takes them: labels, attributes and links of its scheme, spans in its scope. */
import type { Json, NativeArticle, NativeLink, NativeReview, NativeSpan } from "../formats/native";
import type { Region, RegionRole } from "../regions/roles";
import type { Fault } from "../result";
import { labelOf, linkTypeOf, mayStart } from "../scheme/lookup";
import type { Scheme } from "../scheme/scheme";
import { type Context, checkContent, checkLink, checkSpan } from "../spans/check";
import type { TextIndex } from "../text/codepoints";
import { checkText } from "../text/wellformed";

export type Rules = {
  /** With nothing archived in it: what was marked before something was archived keeps its meaning. */
  readonly scheme: Scheme;
  readonly scope: readonly RegionRole[];
  readonly forbidOutsideScope: boolean;
};

/** More than these of one article say nothing new. */
const MOST = 20;

const live = <T extends { readonly archived?: boolean }>({ archived: _, ...rest }: T) => rest;

/** The scheme as old marks see it. */
export const unarchived = (scheme: Scheme): Scheme => ({
  ...scheme,
  labels: scheme.labels.map((label) => ({
    ...live(label),
    attributes: label.attributes.map((attribute) =>
      attribute.kind === "choice" ? { ...live(attribute), values: attribute.values.map(live) } : live(attribute),
    ),
  })),
  links: scheme.links.map(live),
});

type Marks = { readonly spans: readonly NativeSpan[]; readonly links: readonly NativeLink[] };

/** Metadata, and every mark against the scheme. Offsets, quotes and hashes were checked when the article was read. */
export function checkAgainst(
  rules: Rules,
  article: NativeArticle,
  index: TextIndex,
  regions: readonly Region[],
): readonly Fault[] {
  const faults: Fault[] = metadataFaults(article);
  const context: Context = {
    index,
    scheme: rules.scheme,
    scope: { regions, roles: rules.scope, forbid: rules.forbidOutsideScope },
    foreignTarget: () => null,
  };
  article.reviews.forEach((review, i) => {
    if (faults.length < MOST) faults.push(...marksFaults(context, review, `reviews.${i}.`));
    if (faults.length < MOST) faults.push(...carriedFaults(context, review, `reviews.${i}.`));
    review.submissions.forEach((one, j) => {
      if (faults.length < MOST) faults.push(...labelFaults(rules.scheme, one.spans, `reviews.${i}.submissions.${j}.`));
    });
  });
  // Where the scope is enforced a suggestion outside it cannot be taken, which is soon enough.
  const anywhere: Context = { ...context, scope: undefined };
  (article.suggestions ?? []).forEach((set, i) => {
    if (faults.length < MOST) faults.push(...marksFaults(anywhere, set, `suggestions.${i}.`));
  });
  if (article.gold) {
    // Gold rests on decisions, which nothing may make wrong afterwards: only its labels must be known.
    const { gold } = article;
    faults.push(...labelFaults(rules.scheme, gold.spans, "gold."));
    gold.decisions.forEach((one, i) => {
      if (faults.length < MOST) faults.push(...labelFaults(rules.scheme, one.spans, `gold.decisions.${i}.`));
    });
  }
  return faults.slice(0, MOST);
}

const METADATA = [
  "title",
  "outlet",
  "repostedBy",
  "author",
  "dateline",
  "url",
  "published",
  "language",
  "licence",
  "story",
  "split",
] as const;

const metadataFaults = (article: NativeArticle): Fault[] =>
  METADATA.flatMap((name) =>
    checkText(article[name] ?? "", name).map(({ line: _, ...fault }) => ({ ...fault, code: "not-well-formed" })),
  );

function marksFaults(context: Context, { spans, links }: Marks, prefix: string): readonly Fault[] {
  const labels = new Map(spans.flatMap((span) => (span.id === null ? [] : [[span.id, span.label] as const])));
  return [
    ...spans.flatMap((span, i) => checkSpan(context, `${prefix}spans.${i}`, span, undefined, undefined)),
    ...links.flatMap((link, i) => linkFaults(context, link, `${prefix}links.${i}`, labels)),
  ];
}

/** A link's far end may lie in another article: importsFar.ts looks when all of the import is there. */
function linkFaults(
  context: Context,
  link: NativeLink,
  path: string,
  labels: ReadonlyMap<string, string>,
): readonly Fault[] {
  const type = linkTypeOf(context.scheme, link.type);
  const from = labels.get(link.from);
  if (type?.otherArticle && link.to !== null && !labels.has(link.to) && from !== undefined)
    return mayStart(type, from)
      ? []
      : [{ path: `${path}.type`, code: "link-not-allowed", message: `${type.name} cannot start at ${from}.` }];
  return checkLink(context, path, link, undefined, (id) => labels.get(id));
}

/** An orphan must be such that it can be placed; of what stands already, or was dropped, only the label is shown. */
const carriedFaults = (
  context: Context,
  { carried = [], spans }: Pick<NativeReview, "carried" | "spans">,
  prefix: string,
): readonly Fault[] => {
  const standing = new Set(spans.map(({ id }) => id));
  return carried.flatMap(({ span, kind, dropReason, content, links }, i) => {
    const path = `${prefix}carried.${i}`;
    const { label, attributes = {}, note = "", uncertain = false, accepted = [] } = content;
    if (kind !== "orphan" || dropReason !== null || standing.has(span))
      return labelOf(context.scheme, label) ? [] : [unknownLabel(context.scheme, `${path}.content.label`, label)];
    const types = (Array.isArray(links) ? links : []).flatMap((link: Json, j): readonly Fault[] => {
      const type = typeof link === "object" && link !== null && "type" in link ? link.type : null;
      if (typeof type === "string" && linkTypeOf(context.scheme, type)) return [];
      const message = "The scheme has no such link type.";
      return [{ path: `${path}.links.${j}.type`, code: "link-not-allowed", message, actual: type ?? null }];
    });
    return [
      ...checkContent(context, `${path}.content`, { label, attributes, note, uncertain, accepted }, undefined),
      ...types,
    ];
  });
};

const labelFaults = (scheme: Scheme, spans: readonly NativeSpan[], prefix: string): readonly Fault[] =>
  spans.flatMap((span, i) =>
    labelOf(scheme, span.label) ? [] : [unknownLabel(scheme, `${prefix}spans.${i}.label`, span.label)],
  );

const unknownLabel = (scheme: Scheme, path: string, actual: string): Fault => ({
  path,
  code: "unknown-label",
  message: "The scheme has no such label.",
  expected: scheme.labels.map((label) => label.key),
  actual,
});
