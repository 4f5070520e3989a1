/** The native model to its line: snake_case, always in the same order, offsets in code points, every span with its quote. */
import { indexText } from "../text/codepoints";
import type { Range } from "../text/range";
import type {
  Extra,
  Json,
  NativeArticle,
  NativeCarried,
  NativeDecision,
  NativeGold,
  NativeLink,
  NativeProject,
  NativeReview,
  NativeSpan,
  NativeSuggestions,
} from "./native";

/** The quote of a range, or null where there is no text. */
type Cut = (range: Range) => string | null;

const withExtra = (extra: Extra) => (Object.keys(extra).length === 0 ? {} : { extra });
/** Members that are only written where there is something to say. */
const where = <T extends object>(said: boolean, members: T): Partial<T> => (said ? members : {});

const spanLine = (span: NativeSpan, cut: Cut) => ({
  id: span.id,
  start: span.start,
  end: span.end,
  label: span.label,
  quote: quoteOf(span, cut),
  attributes: span.attributes,
  note: span.note === "" ? null : span.note,
  uncertain: span.uncertain,
  ...where((span.accepted ?? []).length > 0, { accepted: span.accepted }),
  ...where(span.suggestion !== undefined, { suggestion: span.suggestion }),
  ...where(span.score !== undefined, { score: span.score }),
  ...where(span.schemeVersion !== null, { scheme_version: span.schemeVersion }),
  ...where(span.guidelineVersion !== null, { guideline_version: span.guidelineVersion }),
  ...withExtra(span.extra),
});

/** What the offsets cut out must still be the quote that the span came with; if not, something is broken and nothing is written. */
function quoteOf(span: NativeSpan, cut: Cut): string | null {
  const quote = cut(span);
  if (quote !== null && span.quote !== null && quote !== span.quote)
    throw new Error(
      `Span ${span.id ?? "without id"} at ${span.start} to ${span.end} does not cut its quote out of the text.`,
    );
  return quote ?? span.quote;
}

const linkLine = (link: NativeLink) => ({
  id: link.id,
  type: link.type,
  from: link.from,
  to: link.to,
  to_text: link.toText,
  ...where(link.accepted === true, { accepted: true }),
  ...withExtra(link.extra),
});

const marksLine = (marks: { spans: readonly NativeSpan[]; links: readonly NativeLink[] }, cut: Cut) => ({
  spans: marks.spans.map((span) => spanLine(span, cut)),
  links: marks.links.map(linkLine),
});

const carriedLine = (one: NativeCarried) => ({
  span: one.span,
  kind: one.kind,
  score: one.score,
  from: one.from,
  from_article: one.fromArticle,
  start: one.start,
  end: one.end,
  quote: one.quote,
  before: one.before,
  after: one.after,
  content: one.content,
  candidates: one.candidates,
  links: waitingLines(one.links),
  ...where(one.dropReason !== null, { drop_reason: one.dropReason, dropped_at: one.droppedAt }),
});

const waitingLines = (links: Json): Json =>
  Array.isArray(links)
    ? links.map((link) => {
        if (typeof link !== "object" || link === null || Array.isArray(link)) return link;
        const { toText, ...rest } = link;
        return { ...rest, to_text: toText ?? null };
      })
    : links;

const reviewLine = (review: NativeReview, cut: Cut) => ({
  reviewer: review.reviewer,
  status: review.status,
  ...where(review.notBlind, { not_blind: true }),
  ...where(review.submittedAt !== null, { submitted_at: review.submittedAt }),
  ...where(review.skipReason !== null, { skip_reason: review.skipReason }),
  ...marksLine(review, cut),
  ...where(review.submissions.length > 0, {
    submissions: review.submissions.map((one) => ({
      number: one.number,
      blind: one.blind,
      submitted_at: one.submittedAt,
      ...marksLine(one, cut),
    })),
  }),
  ...where((review.carried ?? []).length > 0, { carried: review.carried?.map(carriedLine) }),
  ...withExtra(review.extra),
});

const decisionLine = (decision: NativeDecision, cut: Cut) => ({
  id: decision.id,
  action: decision.action,
  case: decision.case,
  ...marksLine(decision, cut),
  reason_code: decision.reasonCode,
  note: decision.note === "" ? null : decision.note,
  rule: decision.rule,
  adjudicator: decision.adjudicator,
  also_reviewed: decision.alsoReviewed,
  anonymous: decision.anonymous,
  members: decision.members,
  submitted: decision.submitted,
  suggestion: decision.suggestion,
  input: decision.input,
  text_sha256: decision.textSha256,
  scheme_version: decision.schemeVersion,
  guideline_version: decision.guidelineVersion,
  supersedes: decision.supersedes,
  live: decision.live,
  at: decision.at,
  ...withExtra(decision.extra),
});

const goldLine = (gold: NativeGold, cut: Cut) => ({
  ...marksLine(gold, cut),
  decisions: gold.decisions.map((decision) => decisionLine(decision, cut)),
  ...withExtra(gold.extra),
});

const suggestionsLine = (set: NativeSuggestions, cut: Cut) => ({
  by: set.by,
  ...where(set.person === true, { person: true }),
  ...marksLine(set, cut),
  ...withExtra(set.extra),
});

/** One article as the object that JSON.stringify makes its line of. The quotes are cut out of the text anew. */
export function articleLine(article: NativeArticle): object {
  const index = article.text === null ? null : indexText(article.text);
  const cut: Cut = (range) => index?.slice(range) ?? null;
  return {
    id: article.id,
    title: article.title,
    ...(article.text === null ? { length: article.length } : { text: article.text, text_sha256: article.textSha256 }),
    offset_unit: "code_point",
    outlet: article.outlet,
    reposted_by: article.repostedBy,
    author: article.author,
    dateline: article.dateline,
    url: article.url,
    published: article.published,
    published_date: article.publishedDate,
    published_precision: article.publishedPrecision,
    language: article.language,
    licence: article.licence,
    ...where(article.regions !== null, {
      regions: article.regions?.map((region) => ({
        start: region.start,
        end: region.end,
        role: region.role,
        reason: region.reason,
        ...withExtra(region.extra),
      })),
    }),
    reviews: article.reviews.map((review) => reviewLine(review, cut)),
    ...where(article.gold !== null, { gold: article.gold && goldLine(article.gold, cut) }),
    ...where((article.suggestions ?? []).length > 0, {
      suggestions: article.suggestions?.map((set) => suggestionsLine(set, cut)),
    }),
    story: article.story,
    split: article.split,
    ...where(article.versionOf !== undefined, { version_of: article.versionOf }),
    ...where(article.textVersion !== undefined, { text_version: article.textVersion }),
    ...withExtra(article.extra),
  };
}

const versionLine = ({ version, scheme }: { version: number; scheme: unknown }) =>
  typeof scheme === "object" && scheme !== null ? { version, ...scheme } : { version };

/** The first line. Members and accounts are not in it. */
export const headerLine = (project: NativeProject): object => ({
  gloss: 1,
  project: {
    ...where(project.id !== null, { id: project.id }),
    name: project.name,
    description: project.description,
    policies: {
      reviewers_per_article: project.policies.reviewersPerArticle,
      blind: project.policies.blind,
      accept_unanimous: project.policies.acceptUnanimous,
      adjudicate_own: project.policies.adjudicateOwn,
      forbid_outside_scope: project.policies.forbidOutsideScope,
      ...where(project.policies.showSuggestions !== undefined, { show_suggestions: project.policies.showSuggestions }),
      scope: project.policies.scope,
      ...withExtra(project.policies.extra),
    },
    scheme: project.scheme && versionLine(project.scheme),
    guideline: project.guideline,
    ...where(project.schemeVersions.length > 0, { scheme_versions: project.schemeVersions.map(versionLine) }),
    ...where(project.guidelineVersions.length > 0, { guideline_versions: project.guidelineVersions }),
    ...withExtra(project.extra),
  },
});
