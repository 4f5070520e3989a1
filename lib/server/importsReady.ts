/** From what a reader gives to what can be stored: the text prepared, regions proposed, marks held against the project's scheme. */
import { duplicateKey, prepareArticle } from "../formats/article";
import type { NativeArticle, NativeGold, PlacedFault, ReadItem } from "../formats/native";
import { allAsSuggestions } from "../formats/suggestions";
import type { Fault } from "../result";
import { indexText } from "../text/codepoints";
import type { ImportQuery } from "./imports.schema";
import { checkAgainst, type Rules } from "./importsCheck";
import type { Where } from "./importsFar";
import type { Ready } from "./importsStore";
import type { VersionWanted } from "./importsVersions";
import { withRegions } from "./regions";

export type Prepared = Ready & Where & { readonly notes: readonly string[]; readonly closedEarly: boolean };

export type As = ImportQuery["as"];

const EXCERPT = 120;

export function prepare(
  item: Extract<ReadItem, { kind: "article" }>,
  as: As,
  rules: Rules,
): Prepared | { readonly faults: readonly PlacedFault[] } {
  const { line, file } = item;
  const placed = (faults: readonly Fault[]) => ({ faults: faults.map((fault) => placedFault(fault, item)) });
  const taken =
    as === "gold" ? asGold(item.article) : as === "suggestions" ? allAsSuggestions(item.article) : item.article;
  if ("faults" in taken) return placed(taken.faults);
  const { closed_early: closedEarly, ...extra } = taken.extra;
  const ours = typeof closedEarly === "boolean" ? { ...taken, extra } : taken;
  const prepared = prepareArticle(ours, file);
  if ("faults" in prepared) return placed(prepared.faults);
  const { article, notes } = withRegions(prepared.article);
  const { text, textSha256 } = article;
  if (text === null || textSha256 === null)
    return placed([{ path: "text", code: "missing", message: "No text is given." }]);
  const faults = checkAgainst(rules, article, indexText(text), article.regions ?? []);
  if (faults.length > 0) return placed(faults);
  const whole = { ...article, text, textSha256 };
  return {
    article: whole,
    duplicateKey: duplicateKey(whole),
    creationHash: null,
    batchId: null,
    version: declared(whole),
    closedEarly: closedEarly === true,
    line,
    file,
    notes: [...item.notes, ...prepared.notes, ...(line === null ? saysRegions(article) : notes)],
  };
}

/** What the file itself says of versions goes before anything that could be worked out. */
const declared = ({ versionOf: of, textVersion }: NativeArticle): VersionWanted | null =>
  of === undefined ? null : { kind: "declared", of, number: textVersion ?? null };

/** Readers of single pages propose regions themselves, from what they know of the page. */
const saysRegions = ({ regions }: NativeArticle): readonly string[] =>
  regions?.length ? [`${regions.length} ${regions.length === 1 ? "region" : "regions"} proposed: look them over.`] : [];

function placedFault(fault: Fault, { line, file, article }: Extract<ReadItem, { kind: "article" }>): PlacedFault {
  const words = (article.title ?? article.text ?? "").replace(/\s+/g, " ").trim();
  return {
    ...fault,
    ...(line === null ? {} : { line }),
    ...(file === null ? {} : { file }),
    excerpt: [...words].slice(0, EXCERPT).join(""),
  };
}

/** The one set of marks that an article comes with is its gold. */
function asGold(article: NativeArticle): NativeArticle | { readonly faults: readonly Fault[] } {
  if (article.gold) return { ...article, reviews: [] };
  const [review, ...others] = article.reviews;
  if (!review) return article;
  if (others.length > 0) {
    const message = `It holds ${article.reviews.length} reviews and no gold. Only one reading can be taken as gold.`;
    return { faults: [{ path: "reviews", code: "several-reviews", message, actual: article.reviews.length }] };
  }
  const gold: NativeGold = { spans: review.spans, links: review.links, decisions: [], extra: {} };
  return { ...article, reviews: [], gold };
}
