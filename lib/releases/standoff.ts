/**
 * Stand-off lines: what a release says of texts that may not be passed on. Offsets, labels, choices, the text's hash and length, and for each
 * span three salted hashes: of its quote, and of what stands before and behind it, by which it can be found again in a text that drifted. Free
 * texts (notes, written attributes, targets in words) are left out, because they quote.
 */
import { createHmac } from "node:crypto";
import type { NativeArticle, NativeLink, NativeProject, NativeSpan } from "../formats/native";
import { headerLine } from "../formats/native-write";
import type { Scheme } from "../scheme/scheme";
import { indexText, type TextIndex } from "../text/codepoints";
import type { Range } from "../text/range";

/** Code points of context that are hashed on each side. */
export const CONTEXT = 24;

export type Hashes = { readonly quote: string; readonly before: string; readonly after: string };

/** 128 bits, hex: enough that no two quotes of a dataset meet, and short enough for a line. */
export const saltedHash = (salt: string, kind: keyof Hashes, words: string): string =>
  createHmac("sha256", salt).update(`${kind}\n${words}`).digest("hex").slice(0, 32);

export const hashesOf = (index: TextIndex, { start, end }: Range, salt: string): Hashes => ({
  quote: saltedHash(salt, "quote", index.slice({ start, end })),
  before: saltedHash(salt, "before", index.slice({ start: Math.max(0, start - CONTEXT), end: start })),
  after: saltedHash(salt, "after", index.slice({ start: end, end: Math.min(index.length, end + CONTEXT) })),
});

export const standOffHeader = (project: NativeProject, salt: string): object => ({
  ...headerLine(project),
  standoff: { version: 1, salt, hash: "HMAC-SHA256, first 128 bits", context: CONTEXT },
});

/** Keys of the attributes whose values are chosen, not written. */
export function choicesOf(scheme: Scheme): ReadonlyMap<string, ReadonlySet<string>> {
  const choices = (label: Scheme["labels"][number]) =>
    new Set(label.attributes.filter(({ kind }) => kind === "choice").map(({ key }) => key));
  return new Map(scheme.labels.map((label) => [label.key, choices(label)]));
}

type Settings = { readonly salt: string; readonly choices: ReadonlyMap<string, ReadonlySet<string>> };

export function standOffLine(article: NativeArticle, settings: Settings): object {
  const index = indexText(article.text ?? "");
  const marks = (of: { readonly spans: readonly NativeSpan[]; readonly links: readonly NativeLink[] }) => ({
    spans: of.spans.map((span) => spanLine(span, index, settings)),
    links: of.links.map(({ id, type, from, to }) => ({ id, type, from, to })),
  });
  return {
    id: article.id,
    title: article.title,
    length: article.length,
    text_sha256: article.textSha256,
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
    regions: (article.regions ?? []).map(({ start, end, role }) => ({ start, end, role })),
    reviews: article.reviews.map((review) => ({
      reviewer: review.reviewer,
      status: review.status,
      ...(review.notBlind ? { not_blind: true } : {}),
      ...marks(review),
    })),
    ...(article.gold ? { gold: marks(article.gold) } : {}),
    story: article.story,
    split: article.split,
  };
}

function spanLine(span: NativeSpan, index: TextIndex, { salt, choices }: Settings): object {
  const chosen = choices.get(span.label);
  const hashes = hashesOf(index, span, salt);
  return {
    id: span.id,
    start: span.start,
    end: span.end,
    label: span.label,
    quote_hash: hashes.quote,
    before_hash: hashes.before,
    after_hash: hashes.after,
    attributes: Object.fromEntries(Object.entries(span.attributes).filter(([key]) => chosen?.has(key))),
    uncertain: span.uncertain,
    ...(span.suggestion ? { suggestion: span.suggestion } : {}),
    scheme_version: span.schemeVersion,
    guideline_version: span.guidelineVersion,
  };
}
