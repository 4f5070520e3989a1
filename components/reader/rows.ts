/** The article as the rows it is drawn in: its blocks, and for each part that nobody annotates one line that folds it away. */
import type { Region, RegionRole } from "@/lib/regions/roles";
import { type Block, blocks } from "@/lib/text/blocks";
import type { TextIndex } from "@/lib/text/codepoints";
import type { Range } from "@/lib/text/range";

export type ArticleBlock = Block<Region>;

export type BlockRow = {
  readonly kind: "block";
  readonly key: string;
  /** Its place among the blocks. */
  readonly at: number;
  readonly block: ArticleBlock;
  /** The characters that are drawn: without the line breaks around them. */
  readonly content: Range;
  /** The first headline of the page; a later one is drawn smaller. */
  readonly first: boolean;
  /** A line too long to be one block goes on here. */
  readonly continued: boolean;
  readonly dimmed: boolean;
  /** A line of a list: it begins with a bullet or a number, and so does the line before or after it. */
  readonly item: boolean;
};

export type FoldRow = {
  readonly kind: "fold";
  readonly key: string;
  readonly region: Region;
  /** From the start of its first block to the end of its last. */
  readonly range: Range;
  readonly lines: number;
  readonly open: boolean;
};

export type Row = BlockRow | FoldRow;

export const rangeOf = (row: Row): Range => (row.kind === "block" ? row.block : row.range);

/** Drawn in their own type even where they are not annotated. */
const NEVER_FOLDED: ReadonlySet<RegionRole> = new Set(["headline", "standfirst", "byline", "subheading", "body"]);

/** Code points. A page scraped into one line stays quick when it is drawn in parts of about this length. */
const LONGEST_BLOCK = 6_000;

/** A longer block in parts, each cut after a blank where there is one nearby. */
function parts(index: TextIndex, block: ArticleBlock): readonly ArticleBlock[] {
  if (block.contentEnd - block.start <= LONGEST_BLOCK) return [block];
  const made: ArticleBlock[] = [];
  let start = block.start;
  while (block.contentEnd - start > LONGEST_BLOCK) {
    const piece = index.slice({ start, end: start + LONGEST_BLOCK });
    const blank = piece.slice(LONGEST_BLOCK / 2).search(/\s\S*$/);
    const cut = blank === -1 ? piece.length : LONGEST_BLOCK / 2 + blank + 1;
    const end = index.toCodePoint(index.toUtf16(start) + cut);
    made.push({ ...block, start, end, contentEnd: end });
    start = end;
  }
  made.push({ ...block, start });
  return made;
}

/** Every block of the article, in order; they tile the text. */
export const articleBlocks = (index: TextIndex, regions: readonly Region[]): readonly ArticleBlock[] =>
  blocks(index, regions).flatMap((block) => parts(index, block));

const ITEM = /^\s*(?:[-–—*•‣◦▪●]|\d{1,3}[.)]|\p{L}\))\s+\S/u;

/** By block: one line that begins with a dash is speech as often as a list, so a list has two. */
function listed(index: TextIndex, all: readonly ArticleBlock[]): readonly boolean[] {
  const begins = all.map(
    (b) => !b.level && ITEM.test(index.slice({ start: b.start, end: Math.min(b.contentEnd, b.start + 12) })),
  );
  return begins.map((item, at) => item && (begins[at - 1] === true || begins[at + 1] === true));
}

const LEADING_BREAKS = /^[\s\u2028\u2029]*[\n\r\u2028\u2029]/;

/** `scope`: the roles that are annotated. `open`: starts of the regions that are folded out. */
export function rowsOf(
  index: TextIndex,
  all: readonly ArticleBlock[],
  scope: readonly RegionRole[],
  open: ReadonlySet<number>,
): readonly Row[] {
  const rows: Row[] = [];
  const items = listed(index, all);
  let headlines = 0;
  let fold: { region: Region; rows: BlockRow[] } | null = null;
  const close = () => {
    if (!fold) return;
    const { region, rows: inside } = fold;
    const isOpen = open.has(region.start);
    const [first] = inside;
    const last = inside.at(-1);
    if (first && last) {
      const range = { start: first.block.start, end: last.block.end };
      rows.push({ kind: "fold", key: `f${region.start}`, region, range, lines: inside.length, open: isOpen });
      if (isOpen) rows.push(...inside);
    }
    fold = null;
  };

  all.forEach((block, at) => {
    const before =
      at === 0 ? (LEADING_BREAKS.exec(index.slice({ start: 0, end: block.contentEnd }))?.[0].length ?? 0) : 0;
    if (block.role === "headline") headlines++;
    const folds = block.region !== null && !scope.includes(block.region.role) && !NEVER_FOLDED.has(block.region.role);
    const row: BlockRow = {
      kind: "block",
      key: `b${block.start}`,
      at,
      block,
      content: { start: block.start + before, end: block.contentEnd },
      first: block.role === "headline" && headlines === 1,
      continued: at > 0 && all[at - 1]?.contentEnd === block.start && all[at - 1]?.region === block.region,
      dimmed: folds,
      item: items[at] === true,
    };
    if (fold && fold.region !== block.region) close();
    if (!folds || !block.region) rows.push(row);
    else if (fold) fold.rows.push(row);
    else fold = { region: block.region, rows: [row] };
  });
  close();
  return rows;
}

/** The row that holds an offset: the first that ends after it, or the last. -1 in an empty article. */
export function rowAt(rows: readonly Row[], offset: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = rows[middle];
    // An open fold's own line has no extent of its own: its blocks follow it.
    const end = row ? (row.kind === "fold" && row.open ? row.range.start : rangeOf(row).end) : 0;
    if (end <= offset) low = middle + 1;
    else high = middle;
  }
  return Math.min(low, rows.length - 1);
}
