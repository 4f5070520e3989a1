/** Where in the article something stands, in words: "¶ 3", "headline". */
import { ROLE_NAMES } from "@/components/reader/role-names";
import type { ArticleBlock } from "@/components/reader/rows";

export type Place = { readonly name: string; readonly short: string };

/** For each block its name; body paragraphs are counted. */
export function placesOf(blocks: readonly ArticleBlock[]): readonly Place[] {
  let paragraph = 0;
  return blocks.map((block, at) => {
    const before = blocks[at - 1];
    const goesOn = before?.contentEnd === block.start && before.region === block.region;
    if (block.role !== "body") return { name: ROLE_NAMES[block.role], short: ROLE_NAMES[block.role] };
    if (!goesOn || paragraph === 0) paragraph++;
    return { name: `Body ${paragraph}`, short: `¶ ${paragraph}` };
  });
}

/** The block that holds an offset; the last at the text's end. */
export function blockAt(blocks: readonly ArticleBlock[], offset: number): number {
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((blocks[middle]?.end ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return Math.min(low, Math.max(0, blocks.length - 1));
}
