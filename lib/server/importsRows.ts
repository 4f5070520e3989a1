/** A prepared article of the native model as rows of the database: metadata, regions, reviews with their spans, links and submissions. */
import { randomUUID } from "node:crypto";
import type {
  Json,
  NativeArticle,
  NativeCarried,
  NativeLink,
  NativeReview,
  NativeReviewStatus,
  NativeSpan,
} from "../formats/native";
import type { Origin } from "../spans/suggested";
import { indexText, type TextIndex } from "../text/codepoints";
import { fold } from "../text/fold";
import type { Marks } from "./cases-marks";
import { derivedId, type Ids, isUuid, movedId, withSource } from "./importsIds";

export type Target = {
  readonly projectId: string;
  /** The project's own, for marks that name no version that it has. */
  readonly schemeVersion: number;
  readonly guidelineVersion: number;
  readonly schemeVersions: ReadonlySet<number>;
  readonly guidelineVersions: ReadonlySet<number>;
  /** null: the start of the app (the sample). */
  readonly actorId: string | null;
  /** ISO 8601, the database's clock. */
  readonly now: string;
};

/** A link that ends in another article; its target is known to be there only when the whole import is. */
export type FarLink = {
  readonly id: string;
  readonly gold: boolean;
  readonly target: string;
  readonly moved: string;
  readonly type: string;
  readonly fromLabel: string;
  readonly path: string;
};

export type MarkRows = {
  readonly reviews: object[];
  readonly submissions: object[];
  readonly spans: object[];
  readonly links: object[];
  readonly carried: object[];
  readonly cases: object[];
  readonly decisions: object[];
  readonly goldSpans: object[];
  readonly goldLinks: object[];
  readonly far: FarLink[];
  /** By article, what stands in its submitted reviews, as it will be read back. */
  readonly submitted: Map<string, Marks>;
};

export const noMarks = (): MarkRows => ({
  reviews: [],
  submissions: [],
  spans: [],
  links: [],
  carried: [],
  cases: [],
  decisions: [],
  goldSpans: [],
  goldLinks: [],
  far: [],
  submitted: new Map(),
});

export const searchKey = (title: string, outlet: string | null): string => `${fold(title)}\n${fold(outlet ?? "")}`;

export type ArticlePlace = { readonly id: string; readonly textId: string; readonly length: number };

export const textRow = (target: Target, place: ArticlePlace, article: NativeArticle): object => ({
  id: place.textId,
  projectId: target.projectId,
  sha256: article.textSha256,
  length: article.length,
  body: article.text,
});

export const articleRow = (
  target: Target,
  place: ArticlePlace,
  article: NativeArticle,
  more: {
    readonly duplicateKey: string;
    readonly creationHash: string | null;
    readonly batchId: string | null;
    readonly single: boolean | null;
    readonly story: string | null;
    readonly split: string | null;
    readonly pageKey: string;
    readonly chainId: string | null;
    readonly textVersion: number;
  },
): object => ({
  id: place.id,
  projectId: target.projectId,
  textId: place.textId,
  textLength: article.length,
  title: article.title ?? "",
  outlet: article.outlet,
  repostedBy: article.repostedBy,
  author: article.author,
  dateline: article.dateline,
  url: article.url,
  published: article.published,
  publishedDate: article.publishedDate,
  publishedPrecision: article.publishedPrecision,
  language: article.language,
  licence: article.licence,
  extra: withSource(article.extra, article.id),
  goldExtra: article.gold?.extra ?? {},
  searchKey: searchKey(article.title ?? "", article.outlet),
  createdBy: target.actorId,
  ...more,
});

export const regionRows = (target: Target, place: ArticlePlace, article: NativeArticle): object[] =>
  (article.regions ?? []).map(({ start, end, role, reason, extra }) => ({
    id: randomUUID(),
    projectId: target.projectId,
    articleId: place.id,
    textLength: place.length,
    start,
    end,
    role,
    reason,
    extra,
  }));

const STATUS: Readonly<Record<NativeReviewStatus, string>> = {
  assigned: "ASSIGNED",
  in_progress: "IN_PROGRESS",
  submitted: "SUBMITTED",
  skipped: "SKIPPED",
};

/** Where the spans of an article went: the file's id (or its place) to the new one. */
export type SpanPlaces = {
  readonly index: TextIndex;
  /** By the file's id. */
  readonly ids: ReadonlyMap<string, string>;
  readonly spans: ReadonlyMap<
    string,
    { readonly reviewId: string; readonly reviewerId: string; readonly span: NativeSpan }
  >;
};

export const versionsOf = (
  target: Target,
  span: { schemeVersion: number | null; guidelineVersion: number | null },
) => ({
  schemeVersion:
    span.schemeVersion !== null && target.schemeVersions.has(span.schemeVersion)
      ? span.schemeVersion
      : target.schemeVersion,
  guidelineVersion:
    span.guidelineVersion !== null && target.guidelineVersions.has(span.guidelineVersion)
      ? span.guidelineVersion
      : target.guidelineVersion,
});

/** Where a span came from as it is kept here: always with an id, whether or not there is such a suggestion. */
const originHere =
  (target: Target, suggestions: ReadonlyMap<string, string>) =>
  ({ suggestion }: NativeSpan): Origin | null => {
    if (!suggestion) return null;
    const { id } = suggestion;
    const here =
      id === null
        ? derivedId(target.projectId, "suggestion", suggestion.by)
        : (suggestions.get(id) ?? (isUuid(id) ? id.toLowerCase() : movedId(target.projectId, "suggestion", id)));
    return { ...suggestion, id: here };
  };
type OriginOf = ReturnType<typeof originHere>;

/** Adds the rows of an article's reviews. `reviewerOf` knows every name in it; `suggestions` are the file's ids of them to those here. */
export function addReviews(
  rows: MarkRows,
  target: Target,
  place: ArticlePlace,
  article: NativeArticle,
  ids: Ids,
  reviewerOf: (name: string) => string,
  suggestions: ReadonlyMap<string, string>,
): SpanPlaces {
  const originOf = originHere(target, suggestions);
  const index = indexText(article.text ?? "");
  const known = new Map<string, string>();
  const placed = new Map<string, { reviewId: string; reviewerId: string; span: NativeSpan }>();
  const marks = { spans: [] as Marks["spans"][number][], links: [] as Marks["links"][number][] };
  rows.submitted.set(place.id, marks);
  for (const review of article.reviews) {
    const reviewId = randomUUID();
    const reviewerId = reviewerOf(review.reviewer);
    const submitted = review.status === "submitted";
    for (const span of review.spans) {
      const id = ids.place("span", span.id, place.id);
      if (span.id !== null) known.set(span.id, id);
      placed.set(id, { reviewId, reviewerId, span });
      rows.spans.push({ ...spanRow(target, place, index, reviewId, id, span), suggestion: originOf(span) });
      const { start, end, label, attributes, note, uncertain } = span;
      if (submitted)
        marks.spans.push({ id, reviewId, reviewer: reviewerId, start, end, label, attributes, note, uncertain });
    }
    for (const one of review.carried ?? [])
      if (!known.has(one.span)) known.set(one.span, ids.place("span", one.span, place.id));
    rows.carried.push(...(review.carried ?? []).map((one) => carriedRow(target, ids, known, reviewId, one)));
    const links = addLinks(rows, target, place, article, review, reviewId, ids, known);
    if (submitted)
      for (const { id, type, fromId, toId, toText } of links)
        marks.links.push({ id, reviewer: reviewerId, type, from: fromId, to: toId, toText });
    const marked = review.spans.length + review.links.length > 0;
    const at = submitted ? (review.submittedAt ?? target.now) : null;
    rows.reviews.push({
      id: reviewId,
      projectId: target.projectId,
      articleId: place.id,
      textLength: place.length,
      reviewerId,
      status: STATUS[review.status],
      version: marked ? 1 : 0,
      notBlind: review.notBlind,
      assignedBy: target.actorId,
      startedAt: marked || submitted || review.status === "in_progress" ? (at ?? target.now) : null,
      submittedAt: at,
      submittedVersion: submitted ? Number(marked) : null,
      skipReason: review.skipReason,
      extra: review.extra,
    });
    addSubmissions(rows, target, place, index, review, reviewId, at, known, originOf);
  }
  marks.links.sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
  return { index, ids: known, spans: placed };
}

const carriedRow = (
  target: Target,
  ids: Ids,
  known: ReadonlyMap<string, string>,
  reviewId: string,
  { span, from, fromArticle, dropReason, droppedAt, links, ...one }: NativeCarried,
): object => {
  const dropped = one.kind === "orphan" && dropReason !== null;
  const here = (id: Json | undefined) => (typeof id === "string" ? spanHere(target, known, id) : null);
  return {
    ...one,
    ...{ spanId: known.get(span), projectId: target.projectId, reviewId, fromId: spanHere(target, known, from) },
    fromArticleId: isUuid(fromArticle) ? fromArticle.toLowerCase() : movedId(target.projectId, "article", fromArticle),
    links: (Array.isArray(links) ? links : []).flatMap((link: Json) => {
      if (typeof link !== "object" || link === null || !("from" in link)) return [];
      const id = "id" in link && typeof link.id === "string" ? link.id : "";
      const placed = isUuid(id) ? ids.reference("link", id) : movedId(target.projectId, "link", `${span} ${id}`);
      return [{ ...link, id: placed, from: here(link.from), to: here(link.to) }];
    }),
    dropReason: dropped ? dropReason : null,
    droppedAt: dropped ? (droppedAt ?? target.now) : null,
  };
};

const spanRow = (
  target: Target,
  place: ArticlePlace,
  index: TextIndex,
  reviewId: string,
  id: string,
  span: NativeSpan,
): object => ({
  id,
  projectId: target.projectId,
  articleId: place.id,
  reviewId,
  textLength: place.length,
  start: span.start,
  end: span.end,
  quote: index.slice(span),
  label: span.label,
  attributes: span.attributes,
  note: span.note,
  uncertain: span.uncertain,
  accepted: span.accepted ?? [],
  ...versionsOf(target, span),
  extra: withSource(span.extra, span.id),
});

/** A span id of the file as it is here: placed in this article, or one of another, or (for what is gone) the same UUID as before. */
const spanHere = (target: Target, known: ReadonlyMap<string, string>, id: string): string =>
  known.get(id) ?? (isUuid(id) ? id.toLowerCase() : movedId(target.projectId, "span", id));

function addLinks(
  rows: MarkRows,
  target: Target,
  place: ArticlePlace,
  article: NativeArticle,
  review: NativeReview,
  reviewId: string,
  ids: Ids,
  known: ReadonlyMap<string, string>,
): readonly ReturnType<typeof linkRow>[] {
  const own = new Map(review.spans.flatMap((span) => (span.id === null ? [] : [[span.id, span] as const])));
  return review.links.map((link, i) => {
    const id = ids.place("link", link.id, place.id);
    const row = linkRow(target, known, id, link);
    rows.links.push({ ...row, reviewId, accepted: link.accepted ?? false });
    if (link.to !== null && !own.has(link.to))
      rows.far.push({
        id,
        gold: false,
        target: spanHere(target, known, link.to),
        moved: movedId(target.projectId, "span", link.to),
        type: link.type,
        fromLabel: own.get(link.from)?.label ?? "",
        path: `reviews.${article.reviews.indexOf(review)}.links.${i}.to`,
      });
    return row;
  });
}

const linkRow = (target: Target, known: ReadonlyMap<string, string>, id: string, link: NativeLink) => ({
  id,
  projectId: target.projectId,
  type: link.type,
  fromId: spanHere(target, known, link.from),
  toId: link.to === null ? null : spanHere(target, known, link.to),
  toText: link.toText,
  extra: withSource(link.extra, link.id),
});

/** What stood at each submit; a submitted review's own spans are its last, numbered on from those that the file gives. */
function addSubmissions(
  rows: MarkRows,
  target: Target,
  place: ArticlePlace,
  index: TextIndex,
  review: NativeReview,
  reviewId: string,
  at: string | null,
  known: ReadonlyMap<string, string>,
  originOf: OriginOf,
): void {
  const last = review.submissions.reduce((most, one) => Math.max(most, one.number), 0);
  const now = at === null ? [] : [{ ...review, number: last + 1, blind: !review.notBlind, submittedAt: at }];
  for (const one of [...review.submissions, ...now])
    rows.submissions.push({
      reviewId,
      number: one.number,
      projectId: target.projectId,
      articleId: place.id,
      blind: one.blind,
      reviewVersion: Number(review.spans.length + review.links.length > 0),
      spans: one.spans.map((span) => ({
        id: span.id === null ? randomUUID() : spanHere(target, known, span.id),
        version: 1,
        start: span.start,
        end: span.end,
        quote: index.slice(span),
        label: span.label,
        attributes: span.attributes,
        note: span.note,
        uncertain: span.uncertain,
        ...(span.accepted ? { accepted: span.accepted } : {}),
        ...(span.suggestion ? { suggestion: originOf(span) } : {}),
        ...versionsOf(target, span),
      })),
      links: one.links.map((link) => ({
        id: link.id !== null && isUuid(link.id) ? link.id.toLowerCase() : randomUUID(),
        version: 1,
        type: link.type,
        from: spanHere(target, known, link.from),
        to: link.to === null ? null : spanHere(target, known, link.to),
        toText: link.toText,
        ...(link.accepted ? { accepted: true } : {}),
      })),
      submittedAt: one.submittedAt ?? target.now,
    });
}
