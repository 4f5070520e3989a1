"use client";

import { type KeyboardEvent, useCallback } from "react";
import { type Command, commandOf, KEYS } from "./keys";
import { type Commands, focusField } from "./use-commands";
import type { Screen } from "./use-screen";
import type { Shape } from "./use-shape";

/** A key in the article becomes what it does (keys.ts). */
export function useKeys(screen: Screen, commands: Commands, shape: Shape, openFind: () => void) {
  const { latest, set, say } = screen;
  return useCallback(
    (event: KeyboardEvent<HTMLElement>) => {
      if (event.nativeEvent.isComposing) return;
      const { settings, chosen, mode, picked } = latest.current;
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
        note: () => (chosen ? focusField("note") : say("Choose a span first.", true)),
        uncertain: commands.uncertain,
        previous: () => commands.walk(-1),
        next: () => commands.walk(1),
        history: () => set.setPanel("history"),
        invisible: () => {
          set.setSettings({ invisible: !settings.invisible });
          say(settings.invisible ? "Invisible characters are hidden." : "Invisible characters are shown.");
        },
        keys: () => set.setPanel("keys"),
        remove: () => commands.remove(),
        confirm: () => (mode.kind === "split" && picked ? shape.splitAt(picked.focus) : commands.confirm()),
        cancel: commands.cancel,
        find: openFind,
        undo: () => commands.step("undo"),
        redo: () => commands.step("redo"),
      };
      event.preventDefault();
      if (command.kind === "digit") commands.digit(command.digit, command.also);
      else if (command.kind === "letter") commands.letter(command.letter);
      else run[command.kind]();
    },
    [latest, set, say, commands, shape, openFind],
  );
}
