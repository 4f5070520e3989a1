"use client";

import { useMemo, useRef } from "react";
import type { Region, RegionRole } from "@/lib/regions/roles";
import type { Scheme } from "@/lib/scheme/scheme";
import { byReading } from "@/lib/spans/order";
import { spansByBlock } from "@/lib/spans/pieces";
import { indexText, type TextIndex } from "@/lib/text/codepoints";
import { type Drawn, type Looks, looksOf } from "./look";
import { type ArticleBlock, articleBlocks, type Row, rowsOf } from "./rows";

export type ArticleModel = {
  readonly index: TextIndex;
  readonly blocks: readonly ArticleBlock[];
  readonly rows: readonly Row[];
  readonly looks: Looks;
};

/** What depends on the text alone; made once for an article. */
export function useArticle(
  text: string,
  regions: readonly Region[],
  scope: readonly RegionRole[],
  scheme: Scheme,
  open: ReadonlySet<number>,
): ArticleModel {
  const index = useMemo(() => indexText(text), [text]);
  const blocks = useMemo(() => articleBlocks(index, regions), [index, regions]);
  const looks = useMemo(() => looksOf(scheme), [scheme]);
  const rows = useMemo(() => rowsOf(index, blocks, scope, open), [index, blocks, scope, open]);
  return useMemo(() => ({ index, blocks, rows, looks }), [index, blocks, rows, looks]);
}

type PerBlock = readonly (readonly Drawn[])[];
type Known = {
  readonly blocks: readonly ArticleBlock[];
  readonly spans: ReadonlyMap<string, Drawn>;
  readonly per: PerBlock;
};

/** The blocks [first, last) that a span meets. */
function meets(blocks: readonly ArticleBlock[], span: Drawn): readonly [number, number] {
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((blocks[middle]?.end ?? 0) <= span.start) low = middle + 1;
    else high = middle;
  }
  let last = low;
  while ((blocks[last]?.start ?? span.end) < span.end) last++;
  return [low, last];
}

/**
 * The spans of each block, where a block whose spans have not changed keeps its very list, so that it is not drawn again.
 * O(spans) comparisons, then the work of what changed.
 */
export function perBlock(
  known: Known | null,
  blocks: readonly ArticleBlock[],
  spans: ReadonlyMap<string, Drawn>,
): Known {
  if (known?.spans === spans && known.blocks === blocks) return known;
  if (!known || known.blocks !== blocks) return { blocks, spans, per: spansByBlock(blocks, spans.values()) };
  const touched = new Set<number>();
  const added: Drawn[] = [];
  const touch = (span: Drawn) => {
    const [first, last] = meets(blocks, span);
    for (let at = first; at < last; at++) touched.add(at);
  };
  for (const [id, span] of spans) {
    const before = known.spans.get(id);
    if (before === span) continue;
    // What is drawn of a span is its range and label; a note or an attribute changes nothing in the text.
    const same = before && before.start === span.start && before.end === span.end && before.label === span.label;
    if (before && !same) touch(before);
    if (!same) touch(span);
    added.push(span);
  }
  for (const [id, span] of known.spans) if (!spans.has(id)) touch(span);
  if (touched.size === 0) return { blocks, spans, per: known.per };
  const per = [...known.per];
  for (const at of touched) {
    const block = blocks[at];
    if (!block) continue;
    const kept = (known.per[at] ?? []).filter((s) => spans.get(s.id) === s);
    const fresh = added.filter((s) => s.start < block.end && block.start < s.end);
    per[at] = [...kept, ...fresh].sort(byReading);
  }
  return { blocks, spans, per };
}

export function usePerBlock(blocks: readonly ArticleBlock[], spans: ReadonlyMap<string, Drawn>): PerBlock {
  const known = useRef<Known | null>(null);
  // A cache of a pure function: whatever render leaves here, the next gets the same answer, only sooner.
  known.current = perBlock(known.current, blocks, spans);
  return known.current.per;
}
