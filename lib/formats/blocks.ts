/** The parts of a document as one article: a blank line between them, and a region of each that says what it is. */
import { proposeRegions } from "../regions/propose";
import type { RegionRole } from "../regions/roles";
import { codePointLength } from "../text/codepoints";
import { overlap, type Range } from "../text/range";
import type { Block } from "./html-blocks";
import { type ArticleMetadata, type NativeArticle, type NativeRegion, NO_EXTRA } from "./native";
import { sha256 } from "./native-read";

/** `blocks` are not empty. */
export function articleOfBlocks(
  blocks: readonly Block[],
  title: string | null,
  metadata: ArticleMetadata,
): NativeArticle {
  const { text, regions } = joined(blocks);
  return {
    ...metadata,
    id: null,
    title,
    text,
    length: codePointLength(text),
    textSha256: sha256(text),
    regions,
    reviews: [],
    gold: null,
    story: null,
    split: null,
    extra: NO_EXTRA,
  };
}

const REASONS: Partial<Record<RegionRole, string>> = {
  headline: "The page's headline",
  standfirst: "Stands under the page's headline",
  subheading: "A heading of the page",
  caption: "The page's caption of a figure",
  related: "An aside of the page",
};

type Placed = Range & { readonly block: Block };

function joined(blocks: readonly Block[]): { readonly text: string; readonly regions: readonly NativeRegion[] } {
  const parts: string[] = [];
  const placed: Placed[] = [];
  let at = 0;
  blocks.forEach((block, i) => {
    const gap = i === 0 ? "" : block.tight ? "\n" : "\n\n";
    const start = at + gap.length;
    at = start + codePointLength(block.text);
    parts.push(gap, block.text);
    placed.push({ start, end: at, block });
  });
  const text = parts.join("");
  return { text, regions: regionsOf(placed, text) };
}

/**
 * What the page's elements say goes before what the words look like. Neighbouring regions of one role are one, but for titles, as
 * proposeRegions has it.
 */
function regionsOf(placed: readonly Placed[], text: string): readonly NativeRegion[] {
  const headline = placed.find(({ block }) => block.role === "headline");
  const proposed = proposeRegions(text, headline ? { title: headline.block.text } : {});
  const regions: NativeRegion[] = [];
  const add = (range: Range, role: RegionRole, reason: string | null) => {
    const last = regions.at(-1);
    const alone = role === "headline" || role === "subheading";
    if (last?.role === role && !alone) regions[regions.length - 1] = { ...last, end: range.end };
    else regions.push({ start: range.start, end: range.end, role, reason, extra: NO_EXTRA });
  };
  let next = 0;
  for (const { block, ...range } of placed) {
    if (block.role !== "body") {
      add(range, block.role, block.reason ?? REASONS[block.role] ?? null);
      continue;
    }
    while ((proposed[next]?.end ?? range.end) <= range.start) next++;
    for (let i = next; overlaps(proposed[i], range); i++) {
      const one = proposed[i];
      if (!one) break;
      // Beside the document's own headline a second one was only found by its looks.
      const role = one.role === "headline" && headline ? "body" : one.role;
      add({ start: Math.max(one.start, range.start), end: Math.min(one.end, range.end) }, role, one.reason);
    }
  }
  return regions;
}

const overlaps = (region: Range | undefined, range: Range): boolean => region !== undefined && overlap(region, range);
