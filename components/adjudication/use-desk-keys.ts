"use client";

import { useEffect } from "react";
import { isTyping } from "./keys";
import { lanesIn } from "./lanes";
import { type CaseLaw, type CaseView, MORE_REASONS, REASONS } from "./model";
import type { RulingInHand } from "./use-ruling";

const HELD: ReadonlySet<string> = new Set(["arrowleft", "arrowright", "j", "k"]);

/** The keys of keys.ts. They rest while someone types, and while `off`. */
export function useDeskKeys({
  off,
  current,
  ruling,
  law,
  onStep,
  onKeys,
  onFollow,
  onReveal,
}: {
  off: boolean;
  current: CaseView | null;
  ruling: RulingInHand;
  law: CaseLaw | null;
  onStep: (by: 1 | -1) => void;
  onKeys: () => void;
  onFollow: () => void;
  onReveal: () => void;
}): void {
  useEffect(() => {
    const { draft, reason } = ruling.state;
    const inDraft: Readonly<Record<string, () => void>> = Object.fromEntries(
      MORE_REASONS.map(([code, , key]) => [key.toLowerCase(), () => ruling.decide(code)]),
    );
    const letters: Readonly<Record<string, () => void>> = {
      j: () => onStep(1),
      k: () => onStep(-1),
      u: () => ruling.choose({ kind: "union" }),
      i: () => ruling.choose({ kind: "intersection" }),
      e: () => ruling.choose({ kind: "edit" }),
      x: () => ruling.choose({ kind: "nothing" }),
      p: () => ruling.take(law?.items.find((one) => one.here !== null)),
      a: ruling.goOn,
      r: ruling.takeBack,
      n: () => ruling.fields.noteBox.current?.focus(),
      g: () => ruling.fields.ruleBox.current?.focus(),
      f: onFollow,
      v: onReveal,
      "?": onKeys,
    };
    const digit = (n: number) => {
      if (ruling.answer(n)) return;
      if (draft) ruling.decide(n === 0 ? null : (REASONS[n - 1]?.[0] ?? null));
      else if (current && n > 0) ruling.choose({ kind: "member", lane: lanesIn(current)[n - 1] ?? "" });
    };
    const actOf = (event: KeyboardEvent): (() => unknown) | undefined => {
      const { key } = event;
      if (draft && (key === "ArrowLeft" || key === "ArrowRight"))
        return () => ruling.stretch(event.shiftKey ? "start" : "end", key === "ArrowRight" ? 1 : -1, event.altKey);
      if (event.altKey) return undefined;
      if (/^\d$/.test(key)) return () => digit(Number(key));
      if (key === "Escape") return ruling.letGo;
      if (key === "Enter") {
        // A button that has the focus is pressed.
        if (event.target instanceof HTMLElement && event.target.closest("button, a, summary")) return undefined;
        return () => (draft ? ruling.decide(reason) : ruling.choose({ kind: "suggestion" }));
      }
      const letter = key.toLowerCase();
      return (draft && inDraft[letter]) || letters[letter];
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || off || isTyping(event.target)) return;
      const act = actOf(event);
      if (!act) return;
      event.preventDefault();
      // A key that is held must not decide case after case.
      if (!event.repeat || HELD.has(event.key.toLowerCase())) act();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [off, current, ruling, law, onStep, onKeys, onFollow, onReveal]);
}
