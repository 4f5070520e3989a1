"use client";

/** An article with marks in it, to read: for adjudication, the article's page and gold. The review screen has its own. */
import { type Ref, useCallback, useMemo, useRef, useState } from "react";
import type { Region, RegionRole } from "@/lib/regions/roles";
import type { Scheme } from "@/lib/scheme/scheme";
import { inReadingOrder } from "@/lib/spans/order";
import { overlap, type Range } from "@/lib/text/range";
import { cls } from "../ui/class";
import type { Highlights } from "./highlights";
import type { Drawn } from "./look";
import { useArticle, usePerBlock } from "./use-article";
import { type ArticleHandle, ArticleView } from "./view";

/**
 * `spans` may overlap and nest as they like. `chosen` is drawn stronger; a press on a marked place answers with every span there,
 * outermost first. `highlights` are of the moment (the passage of a case, a search hit). It scrolls inside itself when `scrolls`.
 */
export function Article({
  text,
  regions,
  scope,
  scheme,
  spans,
  chosen = null,
  onChoose,
  highlights,
  language = null,
  top = "h2",
  scrolls = false,
  label = "Article",
  className,
  ref,
}: {
  text: string;
  regions: readonly Region[];
  scope: readonly RegionRole[];
  scheme: Scheme;
  spans: readonly Drawn[];
  chosen?: string | null;
  onChoose?: (spans: readonly Drawn[], offset: number) => void;
  highlights?: Highlights;
  language?: string | null;
  top?: "h1" | "h2";
  scrolls?: boolean;
  label?: string;
  className?: string;
  ref?: Ref<ArticleHandle>;
}) {
  const [turned, setTurned] = useState<ReadonlySet<number>>(new Set());
  // A part with marks in it stands open unless the reader folds it.
  const open = useMemo(() => {
    const starts = new Set(regions.filter((r) => spans.some((s) => overlap(s, r))).map((r) => r.start));
    for (const start of turned) if (!starts.delete(start)) starts.add(start);
    return starts;
  }, [regions, spans, turned]);
  const model = useArticle(text, regions, scope, scheme, open);
  const byId = useMemo(() => new Map(spans.map((s) => [s.id, s])), [spans]);
  const per = usePerBlock(model.blocks, byId);
  const box = useRef<HTMLDivElement>(null);
  const onFold = useCallback((start: number) => {
    setTurned((known) => {
      const next = new Set(known);
      if (!next.delete(start)) next.add(start);
      return next;
    });
  }, []);
  const press = (offset: number | null) => {
    if (offset === null) return;
    const here: Range = { start: offset, end: offset + 1 };
    onChoose?.(inReadingOrder(spans.filter((s) => overlap(s, here))), offset);
  };
  return (
    <section
      ref={box}
      aria-label={label}
      className={cls("article-box", scrolls && "scrolls", className)}
      tabIndex={scrolls ? 0 : undefined}
    >
      <ArticleView
        model={model}
        per={per}
        chosen={(chosen !== null && byId.get(chosen)) || null}
        language={language}
        scroller={box}
        onFold={onFold}
        onPress={press}
        top={top}
        whole={!scrolls}
        {...(highlights ? { highlights } : {})}
        {...(ref ? { ref } : {})}
      />
    </section>
  );
}
