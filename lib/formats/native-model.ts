/** Checked wire objects to the model: defaults filled in, unknown members gathered under `extra`. */
import type { z } from "zod";
import { withAccepted } from "../spans/accepted";
import type { Origin } from "../spans/suggested";
import { codePointLength } from "../text/codepoints";
import { precisionOf } from "./dates";
import {
  type Extra,
  type Json,
  type NativeArticle,
  type NativeCarried,
  type NativeDecision,
  type NativeLink,
  type NativeProject,
  type NativeReview,
  type NativeSpan,
  type NativeSuggestions,
  NO_EXTRA,
} from "./native";
import * as wire from "./native-wire";

const isObject = (value: Json | undefined): value is Extra =>
  typeof value === "object" && value !== null && !Array.isArray(value);

type Loose = { readonly [name: string]: unknown };

const members = (schema: z.ZodObject): ReadonlySet<string> => new Set(Object.keys(schema.shape));

/**
 * The unknown members of an object, and those that an earlier reading had put under `extra`. Where one name stands at both places
 * `extra` stays an unknown member like any other, so that nothing is lost.
 */
function extraReader(schema: z.ZodObject): (from: Loose) => Extra {
  const known = members(schema);
  return (from) => {
    const unknown = Object.entries(from).filter(([name]) => !known.has(name));
    if (unknown.length === 0) return NO_EXTRA;
    const extra = Object.fromEntries(unknown) as { [name: string]: Json };
    const earlier = extra.extra;
    if (!isObject(earlier)) return extra;
    const { extra: _, ...others } = extra;
    const clash = Object.keys(earlier).some((name) => name in others);
    return clash ? extra : { ...earlier, ...others };
  };
}

const extraOf = {
  article: extraReader(wire.articleWire),
  region: extraReader(wire.regionWire),
  review: extraReader(wire.reviewWire),
  span: extraReader(wire.spanWire),
  suggestedSpan: extraReader(wire.suggestedSpanWire),
  suggestions: extraReader(wire.suggestionsWire),
  link: extraReader(wire.linkWire),
  gold: extraReader(wire.goldWire),
  decision: extraReader(wire.decisionWire),
  project: extraReader(wire.projectMembersWire),
  policies: extraReader(wire.policiesWire),
};

export const spanOf = (span: wire.SpanWire): NativeSpan => ({
  id: span.id ?? null,
  start: span.start,
  end: span.end,
  label: span.label,
  quote: span.quote ?? null,
  attributes: span.attributes ?? {},
  note: span.note ?? "",
  uncertain: span.uncertain ?? false,
  ...withAccepted(span.accepted ?? undefined),
  ...(span.suggestion ? { suggestion: originOf(span.suggestion) } : {}),
  schemeVersion: span.scheme_version ?? null,
  guidelineVersion: span.guideline_version ?? null,
  extra: extraOf.span(span),
});

const originOf = ({ id, by, score, changed, person }: NonNullable<wire.SpanWire["suggestion"]>): Origin => ({
  id: id ?? null,
  by,
  score: score ?? null,
  changed: changed ?? false,
  ...(person ? { person } : {}),
});

const suggestionsOf = (set: wire.SuggestionsWire): NativeSuggestions => ({
  by: set.by,
  ...(set.person ? { person: true } : {}),
  spans: (set.spans ?? []).map((span) => ({
    ...spanOf(span),
    ...(typeof span.score === "number" ? { score: span.score } : {}),
    extra: extraOf.suggestedSpan(span),
  })),
  links: (set.links ?? []).map(linkOf),
  extra: extraOf.suggestions(set),
});

export const linkOf = (link: wire.LinkWire): NativeLink => ({
  id: link.id ?? null,
  type: link.type,
  from: link.from,
  to: link.to ?? null,
  toText: link.to_text ?? null,
  ...(link.accepted ? { accepted: true } : {}),
  extra: extraOf.link(link),
});

type MarksWire = {
  readonly spans?: wire.SpanWire[] | null | undefined;
  readonly links?: wire.LinkWire[] | null | undefined;
};

const marksOf = (from: MarksWire) => ({
  spans: (from.spans ?? []).map(spanOf),
  links: (from.links ?? []).map(linkOf),
});

const carriedOf = (one: wire.CarriedWire): NativeCarried => ({
  span: one.span,
  kind: one.kind,
  score: one.score,
  from: one.from,
  fromArticle: one.from_article,
  start: one.start,
  end: one.end,
  quote: one.quote,
  before: one.before ?? "",
  after: one.after ?? "",
  content: one.content,
  candidates: one.candidates ?? [],
  links: (one.links ?? []).map(({ to_text: toText, ...link }) => ({ ...link, toText: toText ?? null })) as Json,
  dropReason: one.drop_reason ?? null,
  droppedAt: one.dropped_at ?? null,
});

const reviewOf = (review: wire.ReviewWire): NativeReview => ({
  reviewer: review.reviewer,
  status: review.status ?? "submitted",
  notBlind: review.not_blind ?? false,
  submittedAt: review.submitted_at ?? null,
  skipReason: review.skip_reason ?? null,
  ...marksOf(review),
  submissions: (review.submissions ?? []).map((one) => ({
    number: one.number,
    blind: one.blind,
    submittedAt: one.submitted_at ?? null,
    ...marksOf(one),
  })),
  ...(review.carried ? { carried: review.carried.map(carriedOf) } : {}),
  extra: extraOf.review(review),
});

const decisionOf = (decision: wire.DecisionWire): NativeDecision => ({
  id: decision.id ?? null,
  action: decision.action,
  case: decision.case
    ? {
        id: decision.case.id ?? null,
        start: decision.case.start,
        end: decision.case.end,
        labels: decision.case.labels ?? [],
        primary: decision.case.primary,
        flags: decision.case.flags ?? [],
        missing: decision.case.missing ?? [],
      }
    : null,
  ...marksOf(decision),
  reasonCode: decision.reason_code ?? null,
  note: decision.note ?? "",
  rule: decision.rule ?? null,
  adjudicator: decision.adjudicator,
  alsoReviewed: decision.also_reviewed ?? false,
  anonymous: decision.anonymous ?? false,
  members: (decision.members ?? []).map(({ span, hash }) => ({ span, hash: hash ?? null })),
  submitted: decision.submitted ?? null,
  suggestion: decision.suggestion ?? null,
  input: decision.input ?? null,
  textSha256: decision.text_sha256 ?? null,
  schemeVersion: decision.scheme_version ?? null,
  guidelineVersion: decision.guideline_version ?? null,
  supersedes: decision.supersedes ?? null,
  live: decision.live ?? true,
  at: decision.at ?? null,
  extra: extraOf.decision(decision),
});

/** `textSha256` is the text's own, made by the caller; null without a text. */
export function articleOf(line: wire.ArticleWire, textSha256: string | null): NativeArticle {
  const text = line.text ?? null;
  return {
    id: line.id ?? null,
    title: line.title ?? null,
    text,
    length: text === null ? (line.length ?? 0) : codePointLength(text),
    textSha256,
    outlet: line.outlet ?? null,
    repostedBy: line.reposted_by ?? null,
    author: line.author ?? null,
    dateline: line.dateline ?? null,
    url: line.url ?? null,
    published: line.published ?? null,
    publishedDate: line.published_date ?? null,
    publishedPrecision: line.published_precision ?? (line.published_date ? precisionOf(line.published_date) : null),
    language: line.language ?? null,
    licence: line.licence ?? null,
    regions: line.regions
      ? line.regions
          .map((one) => ({
            start: one.start,
            end: one.end,
            role: one.role,
            reason: one.reason ?? null,
            extra: extraOf.region(one),
          }))
          .sort((a, b) => a.start - b.start)
      : null,
    reviews: (line.reviews ?? []).map(reviewOf),
    gold: line.gold
      ? {
          ...marksOf(line.gold),
          decisions: (line.gold.decisions ?? []).map(decisionOf),
          extra: extraOf.gold(line.gold),
        }
      : null,
    ...(line.suggestions && line.suggestions.length > 0 ? { suggestions: line.suggestions.map(suggestionsOf) } : {}),
    story: line.story ?? null,
    split: line.split ?? null,
    ...(line.version_of ? { versionOf: line.version_of } : {}),
    ...(line.text_version ? { textVersion: line.text_version } : {}),
    extra: extraOf.article(line),
  };
}

export function projectOf(project: wire.ProjectWire): NativeProject {
  const policies = project.policies ?? {};
  const scheme = ({ version, ...rest }: { version: number }) => ({ version, scheme: rest as Json });
  const guideline = ({ version, markdown }: { version: number; markdown: string }) => ({ version, markdown });
  return {
    id: project.id ?? null,
    name: project.name,
    description: project.description ?? "",
    policies: {
      reviewersPerArticle: policies.reviewers_per_article ?? null,
      blind: policies.blind ?? null,
      acceptUnanimous: policies.accept_unanimous ?? null,
      adjudicateOwn: policies.adjudicate_own ?? null,
      forbidOutsideScope: policies.forbid_outside_scope ?? null,
      ...(typeof policies.show_suggestions === "boolean" ? { showSuggestions: policies.show_suggestions } : {}),
      scope: policies.scope ?? null,
      extra: extraOf.policies(policies),
    },
    scheme: project.scheme ? scheme(project.scheme) : null,
    guideline: project.guideline ? guideline(project.guideline) : null,
    schemeVersions: (project.scheme_versions ?? []).map(scheme),
    guidelineVersions: (project.guideline_versions ?? []).map(guideline),
    extra: extraOf.project(project),
  };
}
