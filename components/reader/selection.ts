"use client";

import { type RefObject, useEffect, useRef, useState } from "react";
import { offsetAt } from "./place";
import type { ArticleModel } from "./use-article";

/** What is selected in the article: offsets in code points. Equal: a caret. `by` says what made it. */
export type Picked = {
  readonly anchor: number;
  readonly focus: number;
  readonly by: "mouse" | "touch" | "keys";
  /** The pointer is still down. */
  readonly open: boolean;
};

export type Ends = { readonly anchor: number; readonly focus: number };

/**
 * Follows the browser's selection inside the article, and keeps the field unwritten: every input is refused, and a line that an
 * input method has written into all the same is drawn anew (`healed` counts how often, by block).
 */
export function useSelection(
  root: () => HTMLElement | null,
  model: ArticleModel,
  editable: boolean,
  onPick: ((picked: Picked) => void) | undefined,
  /** Where caret and anchor were put last, by the reader or by a command. */
  kept: RefObject<Ends | null>,
  /** Puts a selection back where it was. */
  restore: (anchor: number, focus: number) => void,
): { readonly ends: Ends | null; readonly healed: ReadonlyMap<number, number> } {
  const { index, rows } = model;
  const [ends, setEnds] = useState<Ends | null>(null);
  const [healed, setHealed] = useState<ReadonlyMap<number, number>>(new Map());
  const pick = useRef(onPick);
  pick.current = onPick;
  const back = useRef(restore);
  back.current = restore;
  const listens = onPick !== undefined;

  useEffect(() => {
    const element = root();
    if (!element || !listens) return;
    let down = false;
    let by: Picked["by"] = "keys";
    let last = "";
    const read = () => {
      const selection = document.getSelection();
      if (!selection?.anchorNode || !selection.focusNode || !element.contains(selection.anchorNode)) return;
      const anchor = offsetAt(element, index, selection.anchorNode, selection.anchorOffset);
      const focus = offsetAt(element, index, selection.focusNode, selection.focusOffset);
      if (anchor === null || focus === null) return;
      const picked = { anchor, focus, by, open: down };
      const now = JSON.stringify(picked);
      if (now === last) return;
      last = now;
      kept.current = { anchor, focus };
      setEnds((known) => (known?.anchor === anchor && known.focus === focus ? known : { anchor, focus }));
      pick.current?.(picked);
    };
    const onDown = (event: PointerEvent) => {
      if (event.target instanceof Node && element.contains(event.target)) {
        // A finger's long press goes on by the platform's handles, which send no pointer events.
        down = event.pointerType === "mouse" && event.button === 0;
        by = event.pointerType === "mouse" ? "mouse" : "touch";
        // Pressed on words that are selected already, a browser would drag them away instead of selecting anew.
        const selection = document.getSelection();
        if (down && !event.shiftKey && selection && !selection.isCollapsed) selection.removeAllRanges();
      }
    };
    const onUp = () => {
      if (!down) return;
      down = false;
      read();
    };
    const onKey = () => {
      read(); // the browser tells of a selection a moment late; a key acts on what stands now
      by = "keys";
    };
    // Focus that comes back without a pointer finds the caret where it was, not at the start.
    const onFocus = () => {
      if (!down && kept.current) back.current(kept.current.anchor, kept.current.focus);
    };
    document.addEventListener("selectionchange", read);
    document.addEventListener("pointerdown", onDown, true);
    document.addEventListener("pointerup", onUp, true);
    document.addEventListener("pointercancel", onUp, true);
    element.addEventListener("keydown", onKey);
    element.addEventListener("focus", onFocus);
    return () => {
      document.removeEventListener("selectionchange", read);
      document.removeEventListener("pointerdown", onDown, true);
      document.removeEventListener("pointerup", onUp, true);
      document.removeEventListener("pointercancel", onUp, true);
      element.removeEventListener("keydown", onKey);
      element.removeEventListener("focus", onFocus);
    };
  }, [root, index, listens, kept]);

  useEffect(() => {
    const element = root();
    if (!element || !editable) return;
    const refuse = (event: Event) => event.preventDefault();
    const copy = (event: ClipboardEvent) => {
      const selection = document.getSelection();
      if (!selection?.anchorNode || !selection.focusNode) return;
      const a = offsetAt(element, index, selection.anchorNode, selection.anchorOffset);
      const b = offsetAt(element, index, selection.focusNode, selection.focusOffset);
      if (a === null || b === null || a === b) return;
      // The text itself, as it was imported, not what the browser makes of its elements.
      event.clipboardData?.setData("text/plain", index.slice({ start: Math.min(a, b), end: Math.max(a, b) }));
      event.preventDefault();
    };
    const refused = ["beforeinput", "paste", "cut", "drop", "dragstart"];
    for (const name of refused) element.addEventListener(name, refuse);
    element.addEventListener("copy", copy);

    const contents = new Map(rows.flatMap((row) => (row.kind === "block" ? [[row.at, row.content] as const] : [])));
    const observer = new MutationObserver((records) => {
      const lines = new Set<Element>();
      for (const { target } of records) {
        const line = (target instanceof Element ? target : target.parentElement)?.closest(".line");
        if (line) lines.add(line);
      }
      const broken: number[] = [];
      for (const line of lines) {
        const at = Number(line.getAttribute("data-b"));
        const content = contents.get(at);
        if (content && element.contains(line) && line.textContent !== index.slice(content)) broken.push(at);
      }
      if (broken.length > 0)
        setHealed((known) => new Map([...known, ...broken.map((at) => [at, (known.get(at) ?? 0) + 1] as const)]));
    });
    observer.observe(element, { childList: true, characterData: true, subtree: true });
    return () => {
      observer.disconnect();
      for (const name of refused) element.removeEventListener(name, refuse);
      element.removeEventListener("copy", copy);
    };
  }, [root, index, rows, editable]);

  return { ends, healed };
}
