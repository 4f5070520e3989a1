"use client";

/** Beside the article: the span in hand, and below it every span in reading order. On a phone a sheet from the bottom. */
import { useMemo } from "react";
import { Inspector } from "./inspector";
import { KEYS, shownStroke } from "./keys";
import { originOf } from "./model";
import { SeveralPanel } from "./several-panel";
import { SpanList } from "./span-list";
import { SuggestedList, SuggestionCard } from "./suggested-panel";
import type { Commands } from "./use-commands";
import type { Offers } from "./use-offers";
import { type Screen, spansAt } from "./use-screen";
import type { Shape } from "./use-shape";
import type { Suggestions } from "./use-suggestions";

export type Sheet = "span" | "list" | null;

export function Side({
  screen,
  commands,
  shape,
  offers,
  suggestions,
  sheet,
  onSheet,
  where,
  onChoose,
  onLeave,
}: {
  screen: Screen;
  commands: Commands;
  shape: Shape;
  offers: Offers;
  suggestions: Suggestions;
  sheet: Sheet;
  onSheet: (sheet: Sheet) => void;
  where: (offset: number) => string;
  onChoose: (id: string) => void;
  onLeave: () => void;
}) {
  const { page, model, chosen, inspected, several, review, later, ordered, numbers, missing, readOnly, settings, set } =
    screen;
  const labels = page.scheme.labels.filter((l) => !l.archived).length;
  const lacking = useMemo(
    () => new Set(missing.filter((m) => m.spanId === inspected?.id).map((m) => m.path)),
    [missing, inspected?.id],
  );
  const severalIds = useMemo(() => new Set(several.map((s) => s.id)), [several]);
  const drifted = useMemo(
    () => new Set(page.carried.spans.flatMap(({ id, kind }) => (kind === "drifted" ? [id] : []))),
    [page.carried],
  );
  const here = useMemo(
    () => new Set(inspected ? spansAt(later, inspected.start).map((s) => s.id) : []),
    [later, inspected],
  );
  const { open, inHand } = suggestions;
  const suggesting = !readOnly && page.suggestions.length > 0;
  const nextKey = shownStroke(settings.keys.suggestion ?? KEYS.suggestion);
  return (
    <aside
      className={suggesting ? "rv-side suggesting" : "rv-side"}
      aria-label="Spans"
      data-sheet={sheet === "list" ? "list" : chosen || inHand || several.length > 1 ? "span" : "closed"}
    >
      <button
        type="button"
        className="rv-pull"
        aria-label={
          sheet === "list"
            ? "Close the list"
            : several.length > 1
              ? "Let go of the spans"
              : chosen
                ? "Close the span"
                : inHand
                  ? "Close the suggestion"
                  : "All spans"
        }
        onClick={() => {
          if (sheet === "list") onSheet(null);
          else if (several.length > 1) commands.takeAll(new Set());
          else if (chosen) commands.choose(null);
          else if (inHand) suggestions.leave();
          else onSheet("list");
        }}
      >
        <i />
        <span>
          {ordered.length === 1 ? "1 span" : `${ordered.length} spans`}
          {open.length > 0 && `, ${open.length === 1 ? "1 suggestion" : `${open.length} suggestions`}`}
        </span>
      </button>
      {several.length > 1 ? (
        <SeveralPanel
          spans={several}
          scheme={page.scheme}
          looks={model.looks}
          readOnly={readOnly}
          commands={commands}
          shape={shape}
        />
      ) : inHand ? (
        <SuggestionCard
          suggestion={inHand}
          suggestions={suggestions}
          all={page.suggestions}
          scheme={page.scheme}
          looks={model.looks}
          index={model.index}
          where={where(inHand.start)}
          nextKey={nextKey}
        />
      ) : inspected ? (
        <Inspector
          span={inspected}
          number={numbers.get(inspected.id)}
          count={ordered.length}
          where={where(inspected.start)}
          review={review}
          numbers={numbers}
          scheme={page.scheme}
          looks={model.looks}
          index={model.index}
          armed={screen.armed}
          lacking={lacking}
          readOnly={readOnly}
          commands={commands}
          onArm={set.setArmed}
          onPick={(attribute) => set.setMode({ kind: "pick", span: inspected.id, attribute })}
          onLeave={onLeave}
          onAll={() => onSheet("list")}
          shape={shape}
          offers={offers}
          offerKey={shownStroke(settings.keys.offer ?? KEYS.offer)}
          far={screen.far}
          carried={page.carried}
          origin={originOf(page, inspected)}
        />
      ) : (
        <NoSpan labels={labels} readOnly={readOnly} count={ordered.length} />
      )}
      {suggesting && (
        <SuggestedList
          suggestions={suggestions}
          scheme={page.scheme}
          looks={model.looks}
          index={model.index}
          where={where}
          nextKey={nextKey}
        />
      )}
      <SpanList
        spans={ordered}
        review={screen.later}
        chosen={chosen?.id ?? null}
        missing={missing}
        scheme={page.scheme}
        looks={model.looks}
        index={model.index}
        where={where}
        here={here}
        drifted={drifted}
        several={severalIds}
        whole={settings.whole}
        onChoose={onChoose}
        onTake={commands.take}
        onTakeAll={commands.takeAll}
      />
    </aside>
  );
}

function NoSpan({ labels, readOnly, count }: { labels: number; readOnly: boolean; count: number }) {
  return (
    <section className="rv-inspector rv-nothing" aria-label="Span">
      <p>
        {readOnly
          ? "Press a marked place to see what stands there."
          : count === 0
            ? `Select words, by dragging or with Shift and the arrows, and press 1${labels > 1 ? ` to ${Math.min(9, labels)}` : ""}.`
            : "Press a marked place, or walk with [ and ], to see its label, attributes and links here."}
      </p>
    </section>
  );
}
