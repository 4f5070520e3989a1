"use client";

/** The first tour: about three minutes on the real screen, a step at a time, each done by doing it. It can be skipped, and found again. */
import { Check, X } from "lucide-react";
import { useEffect, useRef } from "react";
import type { Scheme } from "@/lib/scheme/scheme";
import type { Review, Span } from "@/lib/spans/model";
import { type Keys, shownStroke } from "./keys";
import type { Tour } from "./use-tour";

export type TourStep = {
  readonly key: string;
  readonly title: string;
  readonly words: string;
  /** What tells that it was done; absent: nothing is to be done. */
  readonly done?: ((now: TourFacts) => boolean) | undefined;
};

export type TourFacts = {
  readonly review: Review;
  readonly chosen: Span | null;
  /** Spans and links when the step began. */
  readonly before: { readonly spans: number; readonly links: number };
};

/** In the words of the scheme that the project has. */
export function stepsOf(scheme: Scheme, keys: Keys): readonly TourStep[] {
  const labels = scheme.labels.filter((l) => !l.archived && l.hotkey);
  const [first, second] = labels;
  const link = scheme.links.find((t) => t.offered && !t.archived);
  const frame = labels.find((l) => link && link.from !== "any" && link.from.includes(l.key)) ?? second;
  return [
    {
      key: "article",
      title: "The article",
      words:
        "Read it from the top. What is dimmed or folded is not marked here. Left is a map of the article, right the span in hand. Single keys act while the article has the focus.",
    },
    {
      key: "mark",
      title: `Mark a ${first?.name.toLowerCase() ?? "span"}`,
      words: `Put the caret into a sentence, press ${shownStroke(keys.sentence)} to select it, or drag over words, then press ${first?.hotkey ?? "1"}.`,
      done: ({ review, before }) => review.spans.size > before.spans,
    },
    {
      key: "offers",
      title: "Take what is offered",
      words: `The broken frames beside the article are offers, read from its words and quote marks. Press Enter to take them all, or ${shownStroke(keys.offer)} for the next. A letter and a number give any value by hand. Nothing is stored before you take it.`,
      done: ({ chosen }) => (chosen?.accepted?.length ?? 0) > 0 || Object.keys(chosen?.attributes ?? {}).length > 1,
    },
    {
      key: "link",
      title: "Say whose words they are",
      words: frame
        ? `Select who says it, such as “the board said”, and press ${frame.hotkey}. A link between two marks of one sentence is offered; Enter takes it. ${shownStroke(keys.link)} makes any other.`
        : `${shownStroke(keys.link)} links the span in hand to another.`,
      done: ({ review, before }) => review.links.size > before.links,
    },
    {
      key: "help",
      title: "Undo, and where help is",
      words: `Ctrl Z takes back anything, with no end. The guideline opens beside the article at the rule for the label in hand. ${shownStroke(keys.keys)} shows all keys, Ctrl K finds every command.`,
    },
    {
      key: "submit",
      title: "Submit",
      words:
        "Everything is saved as you go; the mark above says so. When the article is done, Ctrl Enter submits it and brings the next. This tour stays under the keys and in Ctrl K.",
    },
  ];
}

export function TourCard({ tour }: { tour: Tour }) {
  const { step, at, count, done } = tour;
  const next = useRef<HTMLButtonElement>(null);
  const mayDo = step?.done !== undefined;
  // What is only read keeps the focus here, so that Enter goes on; what is to be done gives it to the article.
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each step anew
  useEffect(() => {
    if (mayDo) tour.toArticle();
    else next.current?.focus({ preventScroll: true });
  }, [at, mayDo]);
  if (!step) return null;
  const last = at === count - 1;
  return (
    <section
      className="rv-tour"
      aria-label="First tour"
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        tour.end();
      }}
    >
      <p className="rv-tour-at">
        {at + 1} of {count}
      </p>
      <h2>{step.title}</h2>
      <p>{step.words}</p>
      <p role="status" className="rv-tour-done">
        {done ? (
          <>
            <Check size={14} aria-hidden /> Done.{" "}
          </>
        ) : mayDo ? (
          <span className="sr-only">
            Step {at + 1} of {count}: {step.title}. {step.words}
          </span>
        ) : null}
      </p>
      <div className="rv-tour-deeds">
        {at > 0 && (
          <button type="button" className="rv-btn" onClick={tour.back}>
            Back
          </button>
        )}
        <button
          ref={next}
          type="button"
          className={done || !mayDo ? "rv-btn primary" : "rv-btn"}
          onClick={last ? tour.end : tour.next}
        >
          {last ? "End the tour" : mayDo && !done ? "Pass over" : "Next"}
        </button>
      </div>
      <button
        type="button"
        className="rv-icon rv-tour-skip"
        aria-label="Skip the tour"
        title="Skip the tour"
        onClick={tour.end}
      >
        <X size={15} aria-hidden />
      </button>
    </section>
  );
}
