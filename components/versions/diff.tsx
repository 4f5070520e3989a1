"use client";

import { useState } from "react";
import { Button } from "../ui/button";
import { cls } from "../ui/class";

export type DiffPiece = { readonly kind: "same" | "out" | "in"; readonly text: string };
export type DiffParagraph = {
  readonly kind: "same" | "changed" | "out" | "in";
  readonly pieces: readonly DiffPiece[];
  readonly was: { readonly start: number; readonly end: number };
};

/** Paragraphs beside a change that stay in sight; what lies further off is folded. */
const NEAR = 1;

const WORDS = { same: null, changed: null, in: "New paragraph", out: "Paragraph taken out" } as const;

/** What came is underlined, what went is struck through, and both are said to who hears the page. */
export function DiffText({ paragraphs, language }: { paragraphs: readonly DiffParagraph[]; language: string | null }) {
  const [whole, setWhole] = useState(false);
  const shown = paragraphs.map(
    (_, i) => whole || paragraphs.slice(Math.max(0, i - NEAR), i + NEAR + 1).some(({ kind }) => kind !== "same"),
  );
  const runs: { readonly fold: boolean; readonly items: readonly DiffParagraph[] }[] = [];
  paragraphs.forEach((paragraph, i) => {
    const fold = !shown[i];
    const last = runs.at(-1);
    if (last && last.fold === fold) runs[runs.length - 1] = { fold, items: [...last.items, paragraph] };
    else runs.push({ fold, items: [paragraph] });
  });
  const folded = shown.filter((one) => !one).length;
  return (
    <div>
      {(folded > 0 || whole) && (
        <div className="mb-3">
          <Button look="quiet" aria-pressed={whole} onClick={() => setWhole(!whole)}>
            {whole ? "Show changes only" : "Show the whole text"}
          </Button>
        </div>
      )}
      <div className="max-w-[70ch] font-serif text-[18px] leading-[1.6]" lang={language ?? undefined} dir="auto">
        {runs.map(({ fold, items }) =>
          fold ? (
            <p
              key={items[0]?.was.start}
              className="my-3 border-y border-dashed border-rule py-1 font-sans text-xs text-ink-2"
            >
              {items.length === 1 ? "1 paragraph" : `${items.length} paragraphs`} without a change
            </p>
          ) : (
            items.map((paragraph) => <Paragraph key={keyOf(paragraph)} paragraph={paragraph} />)
          ),
        )}
      </div>
    </div>
  );
}

const keyOf = ({ was, kind, pieces }: DiffParagraph) =>
  `${was.start} ${was.end} ${kind} ${pieces[0]?.text.slice(0, 40)}`;

function Paragraph({ paragraph: { kind, pieces } }: { paragraph: DiffParagraph }) {
  const words = WORDS[kind];
  return (
    <p
      className={cls(
        "my-3 border-l-2 pl-4 whitespace-pre-wrap",
        kind === "same" ? "border-transparent text-ink-2" : "border-ink",
        kind === "out" && "border-dashed",
      )}
    >
      {words && <span className="mr-2 font-sans text-xs text-ink-2">{words}:</span>}
      {pieces.map((piece, i) => {
        // biome-ignore lint/suspicious/noArrayIndexKey: a piece has nothing but its place
        if (piece.kind === "same") return <span key={i}>{piece.text}</span>;
        const Tag = piece.kind === "in" ? "ins" : "del";
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a piece has nothing but its place
          <Tag key={i} className={piece.kind === "in" ? "diff-in" : "diff-out"}>
            <span className="sr-only">{piece.kind === "in" ? " [added: " : " [removed: "}</span>
            {piece.text}
            <span className="sr-only">] </span>
          </Tag>
        );
      })}
    </p>
  );
}
