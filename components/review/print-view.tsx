"use client";

import { useEffect, useMemo, useState } from "react";
import { flushSync } from "react-dom";
import { lookFor, pieceClass, swatch } from "@/components/reader/look";
import type { ArticleModel } from "@/components/reader/use-article";
import { cls } from "@/components/ui/class";
import type { Scheme } from "@/lib/scheme/scheme";
import type { Review, Span } from "@/lib/spans/model";
import { pieces, spansByBlock } from "@/lib/spans/pieces";
import { linksOf, nameOfWay } from "./acts";
import type { FarTarget, ReviewPage } from "./model";
import { attributeWords, cutOut, glimpse } from "./words";

type Props = {
  readonly page: ReviewPage;
  readonly model: ArticleModel;
  readonly review: Review;
  /** In reading order. */
  readonly spans: readonly Span[];
  readonly numbers: ReadonlyMap<string, number>;
  readonly far: ReadonlyMap<string, FarTarget>;
};

/** Whether the page is being printed, known before the browser takes its picture. */
function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const query = window.matchMedia("print");
    const set = (on: boolean) => flushSync(() => setPrinting(on));
    const before = () => set(true);
    const after = () => set(false);
    const change = (event: MediaQueryListEvent) => setPrinting(event.matches);
    setPrinting(query.matches);
    window.addEventListener("beforeprint", before);
    window.addEventListener("afterprint", after);
    query.addEventListener("change", change);
    return () => {
      window.removeEventListener("beforeprint", before);
      window.removeEventListener("afterprint", after);
      query.removeEventListener("change", change);
    };
  }, []);
  return printing;
}

/** On paper: the whole article with a number after each span, and below it what the numbers stand for. Made only while printing. */
export function PrintView(props: Props) {
  return usePrinting() ? <Paper {...props} /> : null;
}

function Paper({ page, model, review, spans, numbers, far }: Props) {
  const { index, rows, looks } = model;
  const per = useMemo(() => spansByBlock(model.blocks, spans), [model.blocks, spans]);
  const { scheme } = page;
  return (
    <div className="rv-paper" aria-hidden>
      <p className="rv-paper-head">
        {[page.project.name, page.article.outlet, `guideline ${page.guideline.version}`, page.user.name]
          .filter(Boolean)
          .join(" · ")}
      </p>
      {rows.map((row) =>
        row.kind === "fold" ? null : (
          <p key={row.key} className={cls("line", row.block.role, row.dimmed && "dim")} dir="auto">
            {pieces(row.content, per[row.at] ?? []).map((piece) => (
              <span key={piece.start}>
                <span className={piece.spans.length > 0 ? pieceClass(piece, looks, null) : undefined}>
                  {index.slice(piece)}
                </span>
                {piece.spans
                  .filter((s) => s.end === piece.end)
                  .map((s) => (
                    <sup key={s.id} className={`hue-${lookFor(looks, s.label).hue}`}>
                      {numbers.get(s.id)}
                    </sup>
                  ))}
              </span>
            ))}
          </p>
        ),
      )}
      <ol className="rv-paper-list">
        {spans.map((span) => (
          <li key={span.id} value={numbers.get(span.id)}>
            <b className={cls("named", swatch(lookFor(looks, span.label)))}>{lookFor(looks, span.label).name}</b>{" "}
            <q dir="auto">{glimpse(cutOut(index, span), 200)}</q>{" "}
            {[
              ...attributeWords(scheme, span),
              ...linkWords(scheme, review, span, numbers, far),
              ...(span.uncertain ? ["uncertain"] : []),
              ...(span.note ? [`note: ${span.note}`] : []),
            ].join("; ")}
          </li>
        ))}
      </ol>
    </div>
  );
}

const linkWords = (
  scheme: Scheme,
  review: Review,
  span: Span,
  numbers: ReadonlyMap<string, number>,
  far: ReadonlyMap<string, FarTarget>,
): readonly string[] =>
  linksOf(review, span.id).map((link) => {
    const turned = link.to === span.id;
    const type = scheme.links.find((t) => t.key === link.type);
    const name = type ? nameOfWay({ type, turned }) : link.type;
    const other = turned ? link.from : link.to;
    const there = other === null ? undefined : far.get(other);
    const number = other === null ? undefined : numbers.get(other);
    if (number !== undefined) return `${name} ${number}`;
    if (there) return `${name} “${glimpse(there.quote, 80)}” in ${there.articleTitle}`;
    return `${name} “${link.toText ?? "a span of another article"}”`;
  });
