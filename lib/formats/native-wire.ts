/** The native line on the wire: its schema (strict about what it knows, open to what it does not), and the JSON Schema made from it. */
import { z } from "zod";
import { REGION_ROLES } from "../regions/roles";
import { spanInputSchema } from "../spans/schema";
import { CARRIED_KINDS, DATE_PRECISIONS, DECISION_ACTIONS, type Json, REVIEW_STATUSES } from "./native";

/** Keys and reviewer names: long enough for anybody, short enough for an index. */
const key = z.string().min(1).max(200);
const identifier = z.string().min(1).max(500);
/** The database's whole numbers hold no more. */
const offset = z.int32().min(0);
const version = z.int32().min(1);
const words = z.string().nullish();
const json = z.unknown().transform((value) => value as Json);
const utc = z.iso.datetime({ offset: true }).nullish();

const range = { start: offset, end: offset };

const originWire = z
  .looseObject({
    id: identifier.nullish(),
    by: key,
    score: z.number().nullish(),
    changed: z.boolean().nullish(),
    person: z.boolean().nullish(),
  })
  .describe("the suggestion from outside that the span was made of, and whether it is another since");

export const regionWire = z.looseObject({ ...range, role: z.enum(REGION_ROLES), reason: words });

export const spanWire = z.looseObject({
  id: identifier.nullish(),
  ...range,
  label: key,
  quote: words,
  attributes: z.record(key, z.string()).nullish(),
  note: words,
  uncertain: z.boolean().nullish(),
  accepted: z.array(key).nullish(),
  suggestion: originWire.nullish(),
  scheme_version: version.nullish(),
  guideline_version: version.nullish(),
});

export const linkWire = z.looseObject({
  id: identifier.nullish(),
  type: key,
  from: identifier,
  to: identifier.nullish(),
  to_text: words,
  accepted: z.boolean().nullish(),
});

const marks = { spans: z.array(spanWire).nullish(), links: z.array(linkWire).nullish() };

export const submissionWire = z.looseObject({ number: version, blind: z.boolean(), submitted_at: utc, ...marks });

/** Places where an orphan could stand: as many as lib/versions/anchor.ts tells. */
const CANDIDATES = 5;

/** It is put back as a change of its review, so it is what a change may hold; what else stands there is let go. */
const carriedContent = z.object({
  ...spanInputSchema.pick({
    ...{ label: true, attributes: true, note: true, uncertain: true, accepted: true, suggestion: true },
  }).shape,
  schemeVersion: version.optional(),
  guidelineVersion: version.optional(),
});

export const carriedWire = z.looseObject({
  span: identifier,
  kind: z.enum(CARRIED_KINDS),
  score: z.number().min(0).max(1),
  from: identifier,
  from_article: identifier,
  ...range,
  quote: z.string(),
  before: z.string().nullish(),
  after: z.string().nullish(),
  content: carriedContent,
  candidates: z
    .array(z.object({ ...range, score: z.number().min(0).max(1) }))
    .max(CANDIDATES)
    .nullish(),
  links: z.array(linkWire).nullish(),
  drop_reason: words,
  dropped_at: utc,
});

export const reviewWire = z.looseObject({
  reviewer: key,
  /** A file that does not say is one of finished reviews. */
  status: z.enum(REVIEW_STATUSES).nullish(),
  not_blind: z.boolean().nullish(),
  submitted_at: utc,
  skip_reason: words,
  ...marks,
  submissions: z.array(submissionWire).nullish(),
  carried: z.array(carriedWire).nullish(),
});

export const caseWire = z.looseObject({
  id: identifier.nullish(),
  ...range,
  labels: z.array(key).nullish(),
  primary: key,
  flags: z.array(key).nullish(),
  missing: z.array(key).nullish(),
});

export const decisionWire = z.looseObject({
  id: identifier.nullish(),
  action: z.enum(DECISION_ACTIONS),
  case: caseWire.nullish(),
  ...marks,
  reason_code: key.nullish(),
  note: words,
  rule: words,
  adjudicator: key,
  also_reviewed: z.boolean().nullish(),
  anonymous: z.boolean().nullish(),
  members: z.array(z.looseObject({ span: identifier, hash: words })).nullish(),
  submitted: offset.nullish(),
  suggestion: json.optional(),
  input: json.optional(),
  text_sha256: words,
  scheme_version: version.nullish(),
  guideline_version: version.nullish(),
  supersedes: identifier.nullish(),
  live: z.boolean().nullish(),
  at: utc,
});

export const goldWire = z.looseObject({ ...marks, decisions: z.array(decisionWire).nullish() });

export const suggestedSpanWire = spanWire.extend({ score: z.number().nullish() });

export const suggestionsWire = z
  .looseObject({
    by: key.describe("of a model or an annotator"),
    person: z.boolean().nullish(),
    spans: z.array(suggestedSpanWire).nullish(),
    links: z.array(linkWire).nullish(),
  })
  .describe("what one model or annotator from outside suggested; nobody's review");

export const articleWire = z
  .looseObject({
    id: identifier.nullish(),
    title: words,
    text: z.string().nullish(),
    length: offset.nullish(),
    text_sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, "must be 64 lower-case hexadecimal digits")
      .nullish(),
    offset_unit: z.literal("code_point", "only offsets in code points (code_point) are read").nullish(),
    outlet: words,
    reposted_by: words,
    author: words,
    dateline: words,
    url: words,
    published: words,
    published_date: words,
    published_precision: z.enum(DATE_PRECISIONS).nullish(),
    language: words,
    licence: words,
    regions: z.array(regionWire).nullish(),
    reviews: z.array(reviewWire).nullish(),
    gold: goldWire.nullish(),
    suggestions: z.array(suggestionsWire).nullish(),
    story: words,
    split: words,
    version_of: identifier.nullish(),
    text_version: version.nullish(),
  })
  .describe("One article of a Gloss project; offsets are Unicode code points, half-open");

export const policiesWire = z.looseObject({
  reviewers_per_article: z.int().min(1).nullish(),
  blind: z.boolean().nullish(),
  accept_unanimous: z.boolean().nullish(),
  adjudicate_own: z.boolean().nullish(),
  forbid_outside_scope: z.boolean().nullish(),
  show_suggestions: z.boolean().nullish(),
  scope: z.array(z.enum(REGION_ROLES)).nullish(),
});

const schemeVersion = z.looseObject({ version }); // its other members are the scheme's
const guidelineVersion = z.looseObject({ version, markdown: z.string() });

export const projectMembersWire = z.looseObject({
  id: identifier.nullish(),
  name: z.string(),
  description: words,
  policies: policiesWire.nullish(),
  scheme: schemeVersion.nullish(),
  guideline: guidelineVersion.nullish(),
  scheme_versions: z.array(schemeVersion).nullish(),
  guideline_versions: z.array(guidelineVersion).nullish(),
});

export const projectWire = z
  .looseObject({
    gloss: z.literal(1, "this file is of another version of the format; this Gloss reads version 1"),
    project: projectMembersWire,
  })
  .describe("The first line of a Gloss project file");

export type ArticleWire = z.infer<typeof articleWire>;
export type ProjectWire = z.infer<typeof projectMembersWire>;
export type SpanWire = z.infer<typeof spanWire>;
export type SuggestionsWire = z.infer<typeof suggestionsWire>;
export type LinkWire = z.infer<typeof linkWire>;
export type CarriedWire = z.infer<typeof carriedWire>;
export type ReviewWire = z.infer<typeof reviewWire>;
export type DecisionWire = z.infer<typeof decisionWire>;

/** For docs and for other tools' checks: the schema of an article's line, as JSON Schema 2020-12. */
export const nativeJsonSchema = (): object => z.toJSONSchema(articleWire, { io: "input", unrepresentable: "any" });
