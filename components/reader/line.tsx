import { memo, type Ref } from "react";
import { type Piece, pieces } from "@/lib/spans/pieces";
import type { TextIndex } from "@/lib/text/codepoints";
import { cls } from "../ui/class";
import { type Drawn, type Looks, pieceClass } from "./look";
import type { BlockRow } from "./rows";

/** Pixels: what a line not yet drawn is taken to need, at about 64 characters a line of the column. */
export function estimate(row: BlockRow): number {
  const characters = row.content.end - row.content.start;
  const { role } = row.block;
  if (role === "headline") return Math.ceil(characters / 40) * 38 + 12;
  if (row.dimmed) return Math.ceil(characters / 80) * 24 + 8;
  return Math.ceil(characters / 64) * 30 + 16;
}

/** Blanks that a browser would draw as one, or not at all. */
const SPACED = /^[ \t]|[ \t\v\f]{2}|[\t\v\f]|[ \t]$/;

/** At the end of a stretch where some spans have no line: how many at most. 0 elsewhere, so that words are not cut up by counts. */
function mostBefore(all: readonly Piece<Drawn>[], at: number): number {
  if ((all[at + 1]?.more ?? 0) > 0) return 0;
  let most = 0;
  for (let n = at; (all[n]?.more ?? 0) > 0; n--) most = Math.max(most, all[n]?.more ?? 0);
  return most;
}

/**
 * One block of the article, flat: pieces that tile it, each an element that knows its offset. Drawn again only when its own spans
 * change or one of them is chosen. No element but the pieces may stand inside, or offsets would not add up.
 */
export const Line = memo(function Line({
  row,
  at,
  index,
  spans,
  looks,
  chosen,
  language,
  top = "h1",
  ref,
}: {
  row: BlockRow;
  /** Its place among the rows drawn. */
  at: number;
  index: TextIndex;
  spans: readonly Drawn[];
  looks: Looks;
  /** The chosen span, if it stands in this block. */
  chosen: string | null;
  language: string | null;
  /** What the first headline is on this page. */
  top?: "h1" | "h2";
  ref?: Ref<HTMLElement>;
}) {
  const { block, content } = row;
  const Tag = block.level === 1 && row.first ? top : block.level ? "h2" : "p";
  return (
    <Tag
      ref={ref as Ref<HTMLHeadingElement>}
      data-index={at}
      data-b={row.at}
      data-o={index.toUtf16(content.start)}
      dir="auto"
      lang={language ?? undefined}
      className={cls(
        "line",
        block.role,
        block.role === "headline" && !row.first && "again",
        row.continued && "continued",
        row.dimmed && "dim",
        row.item && "item",
        SPACED.test(index.slice(content)) && "spaced",
      )}
      style={{ containIntrinsicBlockSize: `auto ${estimate(row)}px` }}
    >
      {spans.length === 0
        ? index.slice(content)
        : pieces(content, spans).map((piece, at, all) => {
            const text = index.slice(piece);
            const start = index.toUtf16(piece.start);
            if (piece.spans.length === 0)
              return (
                <span key={piece.start} data-o={start}>
                  {text}
                </span>
              );
            const more = mostBefore(all, at);
            return (
              <span
                key={piece.start}
                data-o={start}
                className={pieceClass(piece, looks, chosen)}
                {...(more > 0 ? { "data-more": `+${more}` } : {})}
              >
                {text}
              </span>
            );
          })}
    </Tag>
  );
});
