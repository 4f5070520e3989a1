"use client";

/** The review screen: outline, article, inspector. The state is in use-screen.ts, the deeds in use-commands.ts. */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type ArticleHandle, ArticleView, type Pressed } from "@/components/reader/view";
import { cls } from "@/components/ui/class";
import type { Span } from "@/lib/spans/model";
import type { Range } from "@/lib/text/range";
import { waysBetween } from "./acts";
import { CommandPalette } from "./command-palette";
import { Conflicts } from "./conflicts";
import { deedsOf } from "./deeds";
import { EveryPanel } from "./every-panel";
import { FindBar } from "./find-bar";
import { EmptyPanel, MissingPanel, SkipPanel } from "./finish";
import { Ghosts } from "./ghosts";
import { InvisibleMarks } from "./invisible-marks";
import { KEYS } from "./keys";
import { KeysPanel } from "./keys-panel";
import { Left, onTheLeft } from "./left";
import { LinkPanel } from "./link-panel";
import type { ReviewPage } from "./model";
import { Notices } from "./notices";
import { openOrphans } from "./orphans";
import { PlaceBar } from "./orphans-panel";
import { entriesOf } from "./outline";
import { Overlay } from "./overlay";
import { Palette } from "./palette";
import { PrintView } from "./print-view";
import { ReadingMenu } from "./reading-menu";
import "./review.css";
import { usePhone, useReadTo } from "./settings";
import { type Sheet, Side } from "./side";
import { SignedOut } from "./signed-out";
import { StatusLine } from "./status-line";
import { TargetNumbers } from "./target-numbers";
import { ReviewTopBar, Steps } from "./top-bar";
import { TourCard } from "./tour";
import { useCommands } from "./use-commands";
import { useFinish } from "./use-finish";
import { useKeys } from "./use-keys";
import { useOffers } from "./use-offers";
import { useOrphans } from "./use-orphans";
import { usePlace } from "./use-place";
import { READ, useScreen } from "./use-screen";
import { useShape } from "./use-shape";
import { useSuggestions } from "./use-suggestions";
import { useTour } from "./use-tour";
import { useWorkTime } from "./use-work-time";
import { blockAt, placesOf } from "./where";

export function ReviewScreen({ page }: { page: ReviewPage }) {
  const article = useRef<ArticleHandle>(null);
  const reader = useRef<HTMLDivElement>(null);
  const column = useRef<HTMLDivElement>(null);
  const screen = useScreen(page, article);
  const commands = useCommands(screen);
  const shape = useShape(screen, commands);
  const finish = useFinish(screen, commands);
  usePlace(screen, reader, article);
  const { model, chosen, pending, mode, panel, readOnly, editor, set, ordered, numbers, missing, review, status } =
    screen;
  const { snapshot } = editor;
  const { scheme } = page;

  const [find, setFind] = useState<string | null>(null);
  const [target, setTarget] = useState<Span | null>(null);
  const [drawn, setDrawn] = useState(0);
  const [preview, setPreview] = useState<Range | null>(null);
  const [sheet, setSheet] = useState<Sheet>(null);

  const places = useMemo(() => placesOf(model.blocks), [model.blocks]);
  const where = useCallback(
    (offset: number) => places[blockAt(model.blocks, offset)]?.short ?? "",
    [places, model.blocks],
  );
  const entries = useMemo(() => entriesOf(model.blocks, places, page.scope), [model.blocks, places, page.scope]);
  const phone = usePhone();
  const [read, onRead] = useReadTo(page.review.id);
  const labels = useMemo(() => scheme.labels.filter((l) => !l.archived), [scheme]);

  const go = useCallback((offset: number) => {
    article.current?.select(offset, offset);
    article.current?.reveal({ start: offset, end: offset + 1 });
    article.current?.focus();
  }, []);
  const reveal = useCallback((range: Range) => article.current?.reveal(range), []);
  const leave = useCallback(() => article.current?.focus(), []);
  const choose = useCallback(
    (id: string) => {
      commands.choose(id);
      setSheet("span");
    },
    [commands],
  );
  const openFind = useCallback(() => setFind(""), []);
  const offers = useOffers(screen, commands);
  const orphans = useOrphans(screen, commands);
  const [firstOrphan, setFirstOrphan] = useState<string | null>(null);
  const suggestions = useSuggestions(screen, commands);
  const tour = useTour(screen);
  const worked = useWorkTime(page.review.id, page.review.mine && !readOnly);
  const onKey = useKeys(screen, commands, shape, { offers, orphans, suggestions }, openFind);
  const onDrawn = useCallback(() => setDrawn((n) => n + 1), []);
  const closeLink = useCallback(() => {
    setTarget(null);
    set.setMode(READ);
    article.current?.focus();
  }, [set]);

  const press = useCallback(
    (offset: number | null, { at, many }: Pressed) => {
      if (screen.latest.current.mode.kind === "split") {
        if (at !== null) shape.splitAt(at);
        return;
      }
      const onTarget = (span: Span) => {
        const { chosen: from } = screen.latest.current;
        if (!from) return;
        const ways = waysBetween(scheme, from.label, span.label);
        const [only] = ways;
        if (only && ways.length === 1) commands.link(from, span, only);
        else setTarget(span);
      };
      // What is suggested lies under everything: it is pressed where nothing is marked.
      const reading = screen.latest.current.mode.kind === "read" && !many;
      const ghost = reading && offset === null && at !== null ? suggestions.at(at) : null;
      if (reading && !ghost) suggestions.leave();
      commands.press(offset, onTarget, many);
      if (ghost) suggestions.choose(ghost.id, { caret: false });
    },
    [commands, shape, suggestions, scheme, screen.latest],
  );

  // Two keys act wherever one is on the screen.
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey === event.metaKey || event.altKey || event.isComposing) return;
      if (event.key.toLowerCase() === "k" && !event.shiftKey) {
        event.preventDefault();
        set.setPanel(screen.latest.current.panel === "commands" ? null : "commands");
      } else if (event.key === "Enter") {
        event.preventDefault();
        void finish.submit();
      }
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [finish.submit, set, screen.latest]);

  // On a phone the sheet takes half of the page: what was pressed must not lie under it.
  const chosenId = chosen?.id;
  useEffect(() => {
    if (!chosenId || !phone) return;
    const frame = requestAnimationFrame(() => {
      const { chosen: now } = screen.latest.current;
      if (now) article.current?.reveal(now);
    });
    return () => cancelAnimationFrame(frame);
  }, [chosenId, phone, screen.latest]);

  // A panel that closes gives the focus back to the article, unless it went somewhere on purpose.
  const before = useRef(panel);
  useEffect(() => {
    const closed = before.current !== null && panel === null;
    before.current = panel;
    if (!closed) return;
    const timer = setTimeout(() => {
      if (document.activeElement === document.body) article.current?.focus();
    }, 60);
    return () => clearTimeout(timer);
  }, [panel]);

  // A mark that an address names: in hand, or the first of those without a place.
  useEffect(() => {
    const named = new URLSearchParams(window.location.search).get("mark");
    const { page, review } = screen.latest.current;
    if (named === null) return;
    // After the place of last time was taken up and the focus was set, which would let go of it again.
    if (review.spans.has(named)) setTimeout(() => commands.choose(named), 150);
    else if (page.carried.orphans.some(({ id }) => id === named)) {
      setFirstOrphan(named);
      set.setPanel("orphans");
    }
  }, [commands, set, screen.latest]);

  // The keys act at once, without a click, where there is a keyboard to speak of.
  useEffect(() => {
    if (!window.matchMedia("(pointer: coarse)").matches) article.current?.focus();
  }, []);

  const caret = useMemo(
    () => ({
      label: "Article text",
      describedBy: "rv-how",
      onPick: commands.pick,
      onKey,
    }),
    [commands, onKey],
  );

  const shown = preview ? { ...screen.shown, "gloss-pending": [preview] } : screen.shown;
  const placed = mode.kind === "place" ? page.carried.orphans.find(({ id }) => id === mode.span) : undefined;
  const pickedOpen = screen.picked?.open ?? false;
  const over = status === "SUBMITTED" || status === "SKIPPED";
  const keys = { ...KEYS, ...screen.settings.keys };
  const layout = useMemo(() => ({ drawn, rows: model.rows, per: screen.per }), [drawn, model.rows, screen.per]);

  const overText = {
    article: article.current,
    column: column.current,
    scroller: reader,
    length: model.index.length,
    drawn: layout,
  };
  const ghosts = useMemo(() => ({ layout, open: suggestions.open }), [layout, suggestions.open]);

  return (
    <div
      className={cls("rv", onTheLeft(panel) && "guided")}
      data-mode={mode.kind}
      data-tour={tour.step?.key}
      data-width={screen.settings.width}
      data-spacing={screen.settings.spacing}
      style={{ "--text-scale": 1 + screen.settings.size * 0.1 } as React.CSSProperties}
    >
      <ReviewTopBar
        page={page}
        saving={page.review.mine && !over ? snapshot.saving : null}
        guidelineOpen={panel === "guideline"}
        onCommands={() => set.setPanel("commands")}
        onGuideline={() => set.setPanel(panel === "guideline" ? null : "guideline")}
        onKeys={() => set.setPanel("keys")}
        look={<ReadingMenu settings={screen.settings} onSettings={set.setSettings} />}
        steps={
          readOnly ? null : (
            <Steps
              history={editor.history}
              open={panel === "history"}
              onStep={commands.step}
              onHistory={() => set.setPanel(panel === "history" ? null : "history")}
            />
          )
        }
      >
        {page.review.mine && (
          <button type="button" className="rv-btn primary" disabled={finish.busy} onClick={() => void finish.submit()}>
            <span>{over ? "Next" : "Submit"}</span>
            {!over && <span className="long">and next</span>}
            <kbd aria-hidden>Ctrl Enter</kbd>
          </button>
        )}
      </ReviewTopBar>

      <main className="rv-desk">
        {/* On a phone the map is a picture at the edge, too small to be pressed. */}
        <div className="rv-left" inert={phone && !onTheLeft(panel)}>
          <Left
            screen={screen}
            commands={commands}
            orphans={orphans}
            firstOrphan={firstOrphan}
            onLeave={leave}
            entries={entries}
            read={read}
            article={article}
            scroller={reader}
            onGo={go}
            onRead={onRead}
          />
        </div>

        <div className="rv-middle">
          {tour.step && <TourCard tour={tour} />}
          {find !== null && (
            <FindBar
              index={model.index}
              start={find}
              onHighlight={set.setHighlights}
              onGo={reveal}
              onClose={(hit) => {
                setFind(null);
                if (hit) article.current?.select(hit.start, hit.end);
                leave();
              }}
            />
          )}
          <div ref={reader} className="rv-reader">
            <div ref={column} className="rv-column">
              <p id="rv-how" className="sr-only">
                Read-only. Move the caret with the arrows, select with Shift, and press the number of a label to mark.
                Press question mark for all keys.
              </p>
              <Notices
                page={page}
                status={status}
                storage={snapshot.storage}
                waiting={openOrphans(page.carried, review, screen.dropped).length}
                onReopen={() => void finish.reopen()}
                onOrphans={() => set.setPanel("orphans")}
              />
              {suggestions.open.length > 0 && (
                <Ghosts
                  suggestions={suggestions.open}
                  inHand={suggestions.inHand?.id ?? null}
                  looks={model.looks}
                  over={{ ...overText, drawn: ghosts }}
                />
              )}
              <ArticleView
                ref={article}
                model={model}
                per={screen.per}
                chosen={chosen}
                language={page.article.language}
                scroller={reader}
                onFold={screen.onFold}
                onPress={press}
                caret={caret}
                highlights={shown}
                whole={screen.settings.whole}
                onDrawn={onDrawn}
              />
              <Overlay
                chosen={chosen}
                review={review}
                scheme={scheme}
                looks={model.looks}
                index={model.index}
                article={article.current}
                column={column.current}
                exact={screen.exact}
                editable={!readOnly}
                drawn={layout}
                onPreview={setPreview}
                onRange={commands.setRange}
              />
              {screen.settings.invisible && <InvisibleMarks index={model.index} over={overText} />}
              {mode.kind === "link" && chosen && (
                <TargetNumbers from={chosen} spans={ordered} numbers={numbers} scheme={scheme} over={overText} />
              )}
              {pending && mode.kind === "read" && !pickedOpen && (
                <Palette
                  pending={pending}
                  article={article.current}
                  column={column.current}
                  labels={labels}
                  looks={model.looks}
                  exact={screen.exact}
                  onLabel={commands.label}
                />
              )}
            </div>
          </div>
          {mode.kind === "link" && chosen && (
            <LinkPanel
              key={target?.id ?? "all"}
              from={chosen}
              number={numbers.get(chosen.id)}
              target={target}
              spans={ordered}
              numbers={numbers}
              scheme={scheme}
              looks={model.looks}
              index={model.index}
              onLink={(to, way) => {
                setTarget(null);
                commands.link(chosen, to, way);
              }}
              project={page.project.id}
              article={page.article.id}
              onFar={(type, there) => {
                setTarget(null);
                commands.linkFar(chosen, type, there);
              }}
              onText={(type, words) => {
                setTarget(null);
                commands.linkToText(chosen, type, words);
              }}
              onClose={closeLink}
            />
          )}
          {placed && (
            <PlaceBar
              orphan={placed}
              selected={pending ? model.index.slice(pending) : null}
              onPlace={orphans.placeHere}
              onCancel={() => {
                set.setMode(READ);
                set.setPanel("orphans");
              }}
            />
          )}
          <Conflicts
            draft={editor.draft}
            conflicts={snapshot.conflicts}
            aside={snapshot.aside}
            scheme={scheme}
            review={review}
            index={model.index}
          />
          {panel === "missing" && (
            <MissingPanel
              missing={missing}
              spans={review.spans}
              numbers={numbers}
              index={model.index}
              onGo={finish.goTo}
              onClose={() => set.setPanel(null)}
            />
          )}
        </div>

        <Side
          screen={screen}
          commands={commands}
          shape={shape}
          offers={offers}
          suggestions={suggestions}
          sheet={sheet}
          onSheet={setSheet}
          where={where}
          onChoose={choose}
          onLeave={leave}
        />
      </main>

      <PrintView page={page} model={model} review={review} spans={ordered} numbers={numbers} far={screen.far} />

      <StatusLine
        mode={mode}
        message={screen.message}
        selected={pending ? model.index.slice(pending) : null}
        exact={screen.exact}
        singleKeys={screen.settings.singleKeys}
        keys={keys}
        version={page.guideline.version}
        worked={worked}
        labels={labels.length > 1 ? `1–${Math.min(9, labels.length)}` : "1"}
      />

      {panel === "keys" && (
        <KeysPanel
          open
          onOpenChange={(open) => set.setPanel(open ? "keys" : null)}
          scheme={scheme}
          settings={screen.settings}
          onSettings={set.setSettings}
          onTour={() => {
            set.setPanel(null);
            tour.start();
          }}
        />
      )}
      {panel === "commands" && (
        <CommandPalette
          open
          onOpenChange={(open) => set.setPanel(open ? "commands" : null)}
          deeds={deedsOf(screen, commands, shape, finish, suggestions, { openFind, startTour: tour.start })}
          parts={entries}
          onGo={go}
          onFind={setFind}
        />
      )}
      {panel === "every" && chosen && (
        <EveryPanel
          page={page}
          span={chosen}
          spans={review.spans}
          index={model.index}
          where={where}
          commands={commands}
          onHighlight={set.setHighlights}
          onClose={() => set.setPanel(null)}
        />
      )}
      {panel === "skip" && <SkipPanel onSkip={finish.skip} onClose={() => set.setPanel(null)} />}
      {panel === "empty" && (
        <EmptyPanel onSubmit={() => void finish.submit({ empty: true })} onClose={() => set.setPanel(null)} />
      )}
      {snapshot.halt?.kind === "signed-out" && (
        <SignedOut user={page.user} count={snapshot.saving.count} onBack={() => editor.draft.nudge(true)} />
      )}
    </div>
  );
}
