"use client";

import { minutesWords } from "@/components/ui/time";
import { type Bound, type Keys, shownStroke } from "./keys";
import type { Message, Mode } from "./use-screen";

type Shown = readonly [kind: Bound | string, does: string, wide: boolean];

const SHOWN: readonly Shown[] = [
  ["labels", "label", false],
  ["walk", "walk", false],
  ["range", "edit range", false],
  ["link", "link", false],
  ["sentence", "sentence", false],
  ["every", "every occurrence", false],
  ["Backspace", "remove", true],
  ["Ctrl Z", "undo", true],
];

const MODES: Readonly<Record<Exclude<Mode["kind"], "read" | "link">, string>> = {
  range: "Editing the range: Shift with arrows moves the end, E takes the other, Enter keeps, Escape leaves it",
  split: "Press where the span is to be cut; or move the caret there and press Enter; Escape leaves it",
  place: "Select where the mark stands now; Enter places it, Escape leaves it",
  pick: "Select the words in the article; Enter takes them, Escape leaves it",
};

/** The foot: keys, what was just done or refused, what is selected. */
export function StatusLine({
  mode,
  message,
  selected,
  exact,
  singleKeys,
  keys,
  version,
  labels,
  worked,
}: {
  mode: Mode;
  message: Message | null;
  /** The words that would be marked. */
  selected: string | null;
  exact: boolean;
  singleKeys: boolean;
  keys: Keys;
  version: number;
  labels: string;
  /** Seconds on this review; null while not known. */
  worked: number | null;
}) {
  return (
    <footer className="rv-status">
      <span className="rv-status-keys">
        {mode.kind === "range" || mode.kind === "pick" || mode.kind === "split" || mode.kind === "place" ? (
          <b>{MODES[mode.kind]}</b>
        ) : singleKeys ? (
          SHOWN.map(([key, does, wide]) => (
            <span key={key} className={wide ? "wide" : undefined}>
              <kbd>
                {key === "labels"
                  ? labels
                  : key === "walk"
                    ? `${shownStroke(keys.previous)} ${shownStroke(keys.next)}`
                    : key in keys
                      ? shownStroke(keys[key as Bound])
                      : key}
              </kbd>
              {does}
            </span>
          ))
        ) : (
          <span>Single keys are off; ? in the bar above turns them on</span>
        )}
      </span>
      <span role="status" aria-label="What was done" className={message?.refused ? "rv-said refused" : "rv-said"}>
        {message?.text}
      </span>
      <span className="rv-sum">{selected === null ? null : wordsIn(selected)}</span>
      {exact && <span className="rv-sum">exact</span>}
      {worked !== null && worked >= 60 && (
        <span className="rv-sum wide" title="Your work on this article, without pauses. Only you see this.">
          {minutesWords(worked)}
        </span>
      )}
      <span className="rv-sum wide">guideline {version}</span>
    </footer>
  );
}

function wordsIn(text: string): string {
  const words = text.split(/\s+/).filter((w) => /[\p{L}\p{N}]/u.test(w)).length;
  return words === 1 ? "1 word selected" : `${words} words selected`;
}
