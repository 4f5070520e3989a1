/** From native JSONL to what cases and agreement are made of: the submitted reviews, with the scheme and the scope that the file names. */
import { readFile } from "node:fs/promises";
import type { AgreementArticle, AgreementReview } from "../agreement/article";
import { readJsonl } from "../formats/jsonl";
import type { NativeArticle, NativeLink, NativeReview, NativeSpan } from "../formats/native";
import { DEFAULT_SCOPE, type RegionRole } from "../regions/roles";
import { scopeRanges } from "../regions/scope";
import { schemeSchema } from "../scheme/schema";
import type { Scheme } from "../scheme/scheme";
import { bytesOfFile, faultInWords, pathOf, Refused, say } from "./io";

/** An article of a file; `name` is its id, or its line where it has none. */
export type FileArticle = { readonly name: string; readonly article: NativeArticle };

/** What the file's first line says; filled before the first article comes. */
export type FileProject = { scheme: Scheme | null; scope: readonly RegionRole[] };

export const noProject = (): FileProject => ({ scheme: null, scope: DEFAULT_SCOPE });

/** More faults than this are only counted. */
const MOST_FAULTS = 20;

/**
 * The articles of a file, line by line. Faults are said with their lines, and end it (Refused) after the last line, so that nothing is ever made
 * of a part of a file.
 */
export async function* articlesOf(file: string, project: FileProject): AsyncGenerator<FileArticle> {
  let faults = 0;
  for await (const item of readJsonl(bytesOfFile(file), { allowLength: true })) {
    if (item.kind === "fault") {
      for (const fault of item.faults) if (faults++ < MOST_FAULTS) say(faultInWords(fault));
    } else if (item.kind === "project") {
      if (item.project.scheme)
        project.scheme = schemeOf(item.project.scheme.scheme, `line ${item.line}: project.scheme`);
      project.scope = item.project.policies.scope ?? project.scope;
    } else if (faults === 0) {
      yield { name: item.article.id ?? `line ${item.line}`, article: item.article };
    }
  }
  if (faults > 0) throw new Refused(`${file} has ${faults} fault${faults === 1 ? "" : "s"}, so nothing was computed.`);
}

/** `--scheme FILE`: a scheme as the API gives it, with its version or without. */
export async function schemeOfFile(file: string): Promise<Scheme> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(pathOf(file), "utf8"));
  } catch (error) {
    throw new Refused(`${file}: ${error instanceof Error ? error.message : "cannot be read"}`);
  }
  return schemeOf(bare(value), file);
}

/** With its version, as the API answers and an export's first line has it; under `scheme`, as a project holds it; or the scheme alone. */
function bare(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if ("scheme" in value) return value.scheme;
  if (!("version" in value)) return value;
  const { version: _, ...scheme } = value;
  return scheme;
}

function schemeOf(value: unknown, where: string): Scheme {
  const parsed = schemeSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) =>
    faultInWords({ path: issue.path.join("."), code: issue.code, message: issue.message }),
  );
  throw new Refused([`${where} is no scheme:`, ...faults.slice(0, MOST_FAULTS)].join("\n"));
}

/** A span's own id, or one made of its place in the file, which no UUID equals. */
const spanId = (span: NativeSpan, of: string, i: number): string => span.id ?? `${of}.spans.${i}`;

type Marks = { readonly spans: readonly NativeSpan[]; readonly links: readonly NativeLink[] };

function marksOf(marks: Marks, of: string): Pick<AgreementReview, "spans" | "links"> {
  return {
    spans: marks.spans.map((s, i) => ({
      id: spanId(s, of, i),
      start: s.start,
      end: s.end,
      label: s.label,
      attributes: s.attributes,
      accepted: s.accepted,
      suggestion: s.suggestion,
      schemeVersion: s.schemeVersion,
      guidelineVersion: s.guidelineVersion,
    })),
    links: marks.links.map(({ type, from, to, toText, accepted }) => ({ type, from, to, toText, accepted })),
  };
}

/** The newest blind submission (docs/decisions/006): the review as it stands, unless it was changed after others' marks could be seen. */
function blind(review: NativeReview): Marks {
  if (!review.notBlind) return review;
  const [newest] = review.submissions.filter((s) => s.blind).sort((a, b) => b.number - a.number);
  return newest ?? review;
}

/** Submitted reviews. `asSubmitted`: what stood when it was last submitted blind, which agreement counts; otherwise as they stand now. */
export function submittedReviews({ article, name }: FileArticle, asSubmitted: boolean): readonly AgreementReview[] {
  return article.reviews
    .filter((review) => review.status === "submitted")
    .map((review) => {
      const marks = asSubmitted ? blind(review) : review;
      const { reviewer, submittedAt } = review;
      return { reviewer, submittedAt, ...marksOf(marks, `${name}.${review.reviewer}`) };
    });
}

export function agreementArticle(file: FileArticle, project: FileProject): AgreementArticle {
  const { article, name } = file;
  return {
    id: name,
    length: article.length,
    text: article.text,
    scope: scopeRanges(article.regions ?? [], project.scope, article.length),
    cluster: article.story,
    outlet: article.outlet,
    regions: (article.regions ?? []).filter((region) => project.scope.includes(region.role)),
    reviews: submittedReviews(file, true),
  };
}
