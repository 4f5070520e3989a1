/** From one parsed JSON line to the native model, with every check that needs nothing but the line itself. */
import { createHash } from "node:crypto";
import type { Fault } from "../result";
import { indexText } from "../text/codepoints";
import { checkPublishedDate } from "./dates";
import type { NativeArticle, NativeProject } from "./native";
import { checkMarks, checkRegions } from "./native-check";
import { articleOf, projectOf } from "./native-model";
import { type ArticleWire, articleWire, projectWire } from "./native-wire";
import { faultsOfIssues, faultsOfStrings } from "./wire-faults";

export type ReadOptions = {
  /** `"length": n` may stand in for the text (agreement and cases only). */
  readonly allowLength?: boolean;
};

type Parsed<T> = { readonly value: T } | { readonly faults: readonly Fault[] };

export const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

/**
 * Checks and completes one article. `source` is its JSON text, when there is one (it makes one check cheaper). The text is taken as
 * it is: what an import changes is decided in article.ts.
 */
export function parseArticle(value: unknown, options: ReadOptions = {}, source?: string): Parsed<NativeArticle> {
  const broken = faultsOfStrings(value, source);
  if (broken.length > 0) return { faults: broken };
  const parsed = articleWire.safeParse(value);
  if (!parsed.success) return { faults: faultsOfIssues(parsed.error.issues) };
  const line = parsed.data;
  const hash = typeof line.text === "string" ? sha256(line.text) : null;
  const early = [...checkPresence(line, options), ...checkHash(line, hash)];
  if (early.length > 0) return { faults: early };
  const article = articleOf(line, hash);
  const inside = { length: article.length, slice: article.text === null ? null : indexText(article.text).slice };
  const faults = [
    ...checkLength(line, article),
    ...checkPublishedDate(article),
    ...checkRegions(article, inside),
    ...checkMarks(article, inside),
  ];
  return faults.length > 0 ? { faults: faults.slice(0, 20) } : { value: article };
}

/** A line that Gloss itself wrote, whose text and quotes were checked when it was made: to check it all again takes twice as long as the rest. */
export function ownArticle(line: string): NativeArticle {
  const wire: ArticleWire = JSON.parse(line);
  return articleOf(wire, wire.text_sha256 ?? null);
}

function checkPresence(line: ArticleWire, options: ReadOptions): readonly Fault[] {
  if (typeof line.text === "string")
    return line.text === "" ? [{ path: "text", code: "empty", message: "The text is empty." }] : [];
  if (options.allowLength && typeof line.length === "number") return [];
  const message = options.allowLength ? "Neither a text nor its length is given." : "No text is given.";
  return [{ path: "text", code: "missing", message }];
}

function checkHash(line: ArticleWire, hash: string | null): readonly Fault[] {
  if (hash === null || typeof line.text_sha256 !== "string" || line.text_sha256 === hash) return [];
  const message = "The text is not the one that this hash was made of.";
  return [{ path: "text_sha256", code: "hash-mismatch", message, expected: line.text_sha256, actual: hash }];
}

function checkLength(line: ArticleWire, article: NativeArticle): readonly Fault[] {
  if (article.text === null || typeof line.length !== "number" || line.length === article.length) return [];
  const message = `The text has ${article.length} code points, not ${line.length}.`;
  return [{ path: "length", code: "length-mismatch", message, expected: article.length, actual: line.length }];
}

/** Is this parsed line the header `{"gloss": 1, "project": {…}}`? */
export const isHeader = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "gloss" in value && !("text" in value);

export function parseHeader(value: unknown, source?: string): Parsed<NativeProject> {
  const broken = faultsOfStrings(value, source);
  if (broken.length > 0) return { faults: broken };
  const parsed = projectWire.safeParse(value);
  return parsed.success ? { value: projectOf(parsed.data.project) } : { faults: faultsOfIssues(parsed.error.issues) };
}
