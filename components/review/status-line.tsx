"use client";

import type { Message, Mode } from "./use-screen";

const KEYS: readonly (readonly [string, string, boolean])[] = [
  ["1–4", "label", false],
  ["[ ]", "walk", false],
  ["E", "edit range", false],
  ["L", "link", false],
  ["S", "sentence", false],
  ["O", "every occurrence", false],
  ["Backspace", "remove", true],
  ["Ctrl Z", "undo", true],
];

const MODES: Readonly<Record<Exclude<Mode["kind"], "read" | "link">, string>> = {
  range: "Editing the range: Shift with arrows moves the end, E takes the other, Enter keeps, Escape leaves it",
  pick: "Select the words in the article; Enter takes them, Escape leaves it",
};

/** The foot: keys, what was just done or refused, what is selected. */
export function StatusLine({
  mode,
  message,
  selected,
  exact,
  singleKeys,
  version,
  labels,
}: {
  mode: Mode;
  message: Message | null;
  selected: string | null;
  exact: boolean;
  singleKeys: boolean;
  version: number;
  labels: string;
}) {
  return (
    <footer className="rv-status">
      <span className="rv-status-keys">
        {mode.kind === "range" || mode.kind === "pick" ? (
          <b>{MODES[mode.kind]}</b>
        ) : singleKeys ? (
          KEYS.map(([key, does, wide]) => (
            <span key={key} className={wide ? "wide" : undefined}>
              <kbd>{key === "1–4" ? labels : key}</kbd>
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
      <span className="rv-sum">{selected}</span>
      {exact && <span className="rv-sum">exact</span>}
      <span className="rv-sum wide">guideline {version}</span>
    </footer>
  );
}
