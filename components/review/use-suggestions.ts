"use client";

/** Suggestions from outside: those that wait for an answer, which of them is in hand, and taking or dismissing it. */
import { useMemo } from "react";
import type { Act } from "@/lib/spans/act";
import { dismiss as dismissal, openSuggestions, type Suggestion, take as taking } from "@/lib/spans/suggested";
import { newId } from "./new-id";
import { relabelAll } from "./shape";
import type { Commands } from "./use-commands";
import { nameOf, READ, type Screen } from "./use-screen";
import { cutOut, glimpse } from "./words";

export type Suggestions = ReturnType<typeof useSuggestions>;

const NONE: readonly Suggestion[] = [];

export const scoreWords = (score: number | null): string =>
  score === null ? "" : score.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export function useSuggestions(screen: Screen, commands: Commands) {
  const { page, later, readOnly, suggestedId, latest, set, say, article } = screen;
  const open = useMemo(
    () => (readOnly ? NONE : openSuggestions(later, page.suggestions)),
    [readOnly, later, page.suggestions],
  );
  const inHand = useMemo(() => open.find(({ id }) => id === suggestedId) ?? null, [open, suggestedId]);

  const deeds = useMemo(() => {
    /** As the review stands now, drawn or not: a key may follow another at once. */
    function now() {
      const state = latest.current;
      const { review } = state.editor.draft.snapshot();
      const waiting = state.readOnly ? NONE : openSuggestions(review, state.page.suggestions);
      const held = waiting.find(({ id }) => id === state.suggestedId) ?? null;
      return { ...state, review, waiting, held };
    }

    const described = (one: Suggestion): string => {
      const { page: at, index } = latest.current;
      return `${nameOf(at, one)}: ${glimpse(cutOut(index, one), 60)}`;
    };

    function choose(id: string, { caret = true } = {}): void {
      const one = now().waiting.find((other) => other.id === id);
      if (!one) return;
      set.setMode(READ);
      set.setArmed(null);
      set.setChosen(null);
      set.setSuggested(id);
      latest.current = { ...latest.current, chosen: null, suggestedId: id, mode: READ };
      if (caret) article.current?.select(one.start, one.start);
      article.current?.reveal(one);
    }

    function walk(step: 1 | -1): void {
      const { waiting, held, chosen, picked, page: at } = now();
      if (waiting.length === 0) {
        say(at.suggestions.length === 0 ? "There are no suggestions here." : "Every suggestion has its answer.");
        return;
      }
      const place = chosen?.start ?? picked?.focus ?? 0;
      const after = waiting.findIndex(({ start }) => start >= place);
      const before = (after === -1 ? waiting.length : after) - 1;
      const from = held ? waiting.indexOf(held) + step : step === 1 ? Math.max(after, 0) : before;
      const next = (from + waiting.length) % waiting.length;
      const one = waiting[next];
      if (!one) return;
      choose(one.id);
      const score = one.score === null ? "" : `, ${scoreWords(one.score)}`;
      say(`Suggestion ${next + 1} of ${waiting.length}, by ${one.by}${score}. ${described(one)}`);
    }

    const left = (): string => {
      const count = now().waiting.length;
      return count === 0 ? "None is left." : count === 1 ? "One is left." : `${count} are left.`;
    };

    /** The one in hand becomes a span, which is in hand then; with another label if one is given. False: none is in hand. */
    function take(label?: string): boolean {
      const { held, review, page: at, pending } = now();
      if (!held || (label !== undefined && pending)) return false;
      const key = `suggestion ${held.id}`;
      const { id, act } = taking(review, held, at.suggestions, newId);
      if (!commands.perform(act, "", key)) return true;
      if (label !== undefined && label !== held.label)
        commands.perform(relabelAll(at.scheme, now().review, [id], label), "", key);
      set.setSuggested(null);
      set.setChosen(id);
      const span = now().review.spans.get(id);
      latest.current = { ...latest.current, chosen: span ?? null, suggestedId: null };
      article.current?.keep(held.start);
      if (span) say(`Taken: ${commands.describe(span)}${commands.askFor(span) || "."} ${left()}`);
      return true;
    }

    /** False: none is in hand. */
    function dismiss(): boolean {
      const { held } = now();
      if (!held) return false;
      if (!commands.perform(dismissal(held.id), "")) return true;
      set.setSuggested(null);
      latest.current = { ...latest.current, suggestedId: null };
      say(`Dismissed ${described(held)}. Ctrl-Z brings it back. ${left()}`);
      return true;
    }

    /** Those that were dismissed are asked again. */
    function askAgain(): void {
      const { review } = now();
      const act: Act = [...(review.dismissed ?? [])].map((id) => ({
        kind: "dismissal",
        id,
        before: true,
        after: null,
      }));
      if (act.length > 0)
        commands.perform(act, `${act.length} dismissed before ${act.length === 1 ? "is" : "are"} asked again.`);
    }

    /** By the key of a label. */
    function digit(n: number): boolean {
      const found = latest.current.page.scheme.labels.find((l) => l.hotkey === String(n) && !l.archived);
      return found ? take(found.key) : false;
    }

    function leave(): boolean {
      if (!now().held) return false;
      set.setSuggested(null);
      return true;
    }

    /** The innermost that waits at a place between two characters; pressed once more, the next one there. */
    function at(offset: number): Suggestion | null {
      const { waiting, held } = now();
      const here = waiting.filter(({ start, end }) => start <= offset && offset <= end).reverse();
      return here[(held ? here.indexOf(held) + 1 : 0) % Math.max(1, here.length)] ?? null;
    }

    return { choose, walk, take, dismiss, askAgain, digit, leave, at };
  }, [latest, commands, set, say, article]);

  const dismissed = later.dismissed?.size ?? 0;
  return useMemo(() => ({ open, inHand, dismissed, ...deeds }), [open, inHand, dismissed, deeds]);
}
