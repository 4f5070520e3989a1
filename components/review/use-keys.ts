"use client";

import { type KeyboardEvent, useCallback, useEffect } from "react";
import { countInvisibles } from "@/components/reader/invisibles";
import type { Ends, Picked } from "@/components/reader/selection";
import { WINDOWED_FROM } from "@/components/reader/windowed";
import { type Command, commandOf, KEYS } from "./keys";
import { type Commands, focusField } from "./use-commands";
import type { Offers } from "./use-offers";
import type { Orphans } from "./use-orphans";
import type { Screen } from "./use-screen";
import type { Shape } from "./use-shape";
import type { Suggestions } from "./use-suggestions";

/** A key in the article becomes what it does (keys.ts). */
export function useKeys(
  screen: Screen,
  commands: Commands,
  shape: Shape,
  {
    offers,
    orphans,
    suggestions,
  }: {
    readonly offers: Offers;
    readonly orphans: Orphans;
    readonly suggestions: Suggestions;
  },
  openFind: () => void,
) {
  const { latest, set, say, article } = screen;

  // In a text of which only a part is drawn the browser's own search would find only that part.
  useEffect(() => {
    const find = (event: globalThis.KeyboardEvent) => {
      const { index, settings } = latest.current;
      const isFind =
        event.key.toLowerCase() === "f" && event.ctrlKey !== event.metaKey && !event.shiftKey && !event.altKey;
      if (!isFind || index.length < WINDOWED_FROM || settings.whole) return;
      event.preventDefault();
      openFind();
    };
    window.addEventListener("keydown", find);
    return () => window.removeEventListener("keydown", find);
  }, [latest, openFind]);

  return useCallback(
    (event: KeyboardEvent<HTMLElement>) => {
      if (event.nativeEvent.isComposing) return;
      const { settings, chosen, mode, picked, index } = latest.current;
      if (index.length >= WINDOWED_FROM && !settings.whole) {
        const to = farKey(event, index.length, picked);
        if (to) {
          event.preventDefault();
          article.current?.select(to.anchor, to.focus);
          article.current?.reveal({ start: Math.max(0, to.focus - 1), end: Math.max(1, to.focus) });
          return;
        }
      }
      const command = commandOf(event, settings.singleKeys, { ...KEYS, ...settings.keys });
      if (!command) return;
      const run: Readonly<Record<Exclude<Command["kind"], "digit" | "letter">, () => void>> = {
        range: commands.editRange,
        split: () => shape.split(),
        merge: shape.merge,
        copy: shape.copy,
        here: shape.here,
        several: shape.takeChosen,
        link: commands.startLink,
        sentence: commands.sentence,
        every: commands.every,
        exact: commands.toggleExact,
        note: () => (chosen ? focusField(set, chosen.id, "note") : say("Choose a span first.", true)),
        uncertain: commands.uncertain,
        previous: () => commands.walk(-1),
        next: () => commands.walk(1),
        history: () => set.setPanel("history"),
        invisible: () => {
          set.setSettings({ invisible: !settings.invisible });
          const count = countInvisibles(latest.current.index);
          say(
            settings.invisible
              ? "Invisible characters are hidden."
              : `Invisible characters are shown: ${count ?? "there are none in this article"}.`,
          );
        },
        keys: () => set.setPanel("keys"),
        suggestion: () => suggestions.walk(1),
        suggestionBefore: () => suggestions.walk(-1),
        remove: () => {
          if (!suggestions.dismiss()) commands.remove();
        },
        offer: offers.takeNext,
        confirm: () => {
          if (mode.kind === "split" && picked) shape.splitAt(picked.focus);
          else if (mode.kind === "place") orphans.placeHere();
          else if (!suggestions.take() && !offers.goOn()) commands.confirm();
        },
        cancel: () => {
          if (!suggestions.leave()) commands.cancel();
        },
        find: openFind,
        undo: () => commands.step("undo"),
        redo: () => commands.step("redo"),
      };
      event.preventDefault();
      if (command.kind === "digit" && !command.also && suggestions.digit(command.digit)) return;
      if (command.kind === "digit") {
        const { armed, pending } = latest.current;
        commands.digit(command.digit, command.also);
        if (armed !== null && !pending && !command.also) offers.answered(armed);
      } else if (command.kind === "letter") commands.letter(command.letter);
      else run[command.kind]();
    },
    [latest, set, say, article, commands, shape, offers, orphans, suggestions, openFind],
  );
}

/** Where the platform's keys for the whole of a text lead, when only a part of it is in the document. */
function farKey(event: KeyboardEvent, length: number, picked: Picked | null): Ends | null {
  if (event.ctrlKey === event.metaKey || event.altKey) return null;
  if (event.key.toLowerCase() === "a" && !event.shiftKey) return { anchor: 0, focus: length };
  const start = event.key === "Home" || (event.metaKey && event.key === "ArrowUp");
  const end = event.key === "End" || (event.metaKey && event.key === "ArrowDown");
  if (!start && !end) return null;
  const focus = start ? 0 : length;
  return { anchor: event.shiftKey ? (picked?.anchor ?? focus) : focus, focus };
}
