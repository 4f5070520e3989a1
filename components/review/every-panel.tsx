"use client";

import { useEffect, useMemo, useState } from "react";
import type { Highlights } from "@/components/reader/highlights";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { clipToScope, scopeRanges } from "@/lib/regions/scope";
import type { Span } from "@/lib/spans/model";
import type { TextIndex } from "@/lib/text/codepoints";
import { findFolded } from "@/lib/text/fold";
import { length, overlap, type Range } from "@/lib/text/range";
import { markAll } from "./acts";
import type { ReviewPage } from "./model";
import { newId } from "./new-id";
import type { Commands } from "./use-commands";
import { cutOut, glimpse } from "./words";

/** Further places where the same words stand, in scope, that do not carry the label yet. */
export function occurrencesOf(page: ReviewPage, index: TextIndex, span: Span, spans: Iterable<Span>): readonly Range[] {
  const same = [...spans].filter((s) => s.label === span.label);
  const scope = scopeRanges(page.article.regions, page.scope, index.length);
  return findFolded(index, index.slice(span), true).filter(
    (hit) =>
      !same.some((s) => overlap(s, hit)) &&
      clipToScope(scope, hit).reduce((sum, r) => sum + length(r), 0) === length(hit),
  );
}

/** Label every occurrence: shows each, takes those that are left ticked, as one act. */
export function EveryPanel({
  page,
  span,
  spans,
  index,
  where,
  commands,
  onHighlight,
  onClose,
}: {
  page: ReviewPage;
  span: Span;
  spans: ReadonlyMap<string, Span>;
  index: TextIndex;
  where: (offset: number) => string;
  commands: Commands;
  onHighlight: (highlights: Highlights) => void;
  onClose: () => void;
}) {
  const found = useMemo(() => occurrencesOf(page, index, span, spans.values()), [page, index, span, spans]);
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const taken = found.filter((r) => !left.has(r.start));
  const label = page.scheme.labels.find((l) => l.key === span.label)?.name ?? span.label;
  useEffect(() => {
    onHighlight({ "gloss-target": found });
    return () => onHighlight({});
  }, [found, onHighlight]);
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={found.length === 0 ? "These words stand nowhere else" : "Label every occurrence"}
      description={
        found.length === 0
          ? `“${glimpse(cutOut(index, span), 80)}” stands only here, or is marked ${label.toLowerCase()} already.`
          : `“${glimpse(cutOut(index, span), 80)}” also stands here:`
      }
    >
      <ul className="rv-occurrences">
        {found.map((range) => (
          <li key={range.start}>
            <label>
              <input
                type="checkbox"
                checked={!left.has(range.start)}
                onChange={() =>
                  setLeft((known) => {
                    const next = new Set(known);
                    if (!next.delete(range.start)) next.add(range.start);
                    return next;
                  })
                }
              />
              <span dir="auto">
                {glimpse(index.slice({ start: Math.max(0, range.start - 40), end: range.start }), 40)}{" "}
                <mark>{index.slice(range)}</mark>{" "}
                {glimpse(index.slice({ start: range.end, end: Math.min(index.length, range.end + 40) }), 40)}
              </span>
              <em>{where(range.start)}</em>
            </label>
          </li>
        ))}
      </ul>
      <div className="mt-4 flex justify-end gap-2">
        <Button onClick={onClose}>{found.length === 0 ? "Close" : "Cancel"}</Button>
        {found.length > 0 && (
          <Button
            look="primary"
            disabled={taken.length === 0}
            onClick={() => {
              const places = taken.length === 1 ? "1 place" : `${taken.length} places`;
              commands.perform(markAll(newId, taken, span.label), `Marked ${places} ${label}.`);
              onClose();
            }}
          >
            Mark {taken.length === 1 ? "1 place" : `${taken.length} places`} {label.toLowerCase()}
          </Button>
        )}
      </div>
    </Dialog>
  );
}
