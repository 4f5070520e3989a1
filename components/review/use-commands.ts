"use client";

/** Everything a reviewer can do, each once: keys, buttons, menus and the command palette all come here. */
import { useMemo } from "react";
import { flushSync } from "react-dom";
import { attributeOf, labelOf } from "@/lib/scheme/lookup";
import type { Attribute, Label } from "@/lib/scheme/scheme";
import type { Span } from "@/lib/spans/model";
import type { Range } from "@/lib/text/range";
import { actWords } from "./act-words";
import * as acts from "./acts";
import { baseOf } from "./commands/base";
import { linkCommands } from "./commands/links";
import { placeCommands } from "./commands/places";
import { newId } from "./new-id";
import { numbered } from "./numbered";
import { editAll, relabelAll } from "./shape";
import { nameOf, READ, type Screen, touchedSpan } from "./use-screen";

export type Commands = ReturnType<typeof useCommands>;

/** Puts the cursor into a field of a span's inspector: at once, drawn or not, so that no letter typed after the key is lost. */
export function focusField(set: Screen["set"], span: string, name: string): void {
  flushSync(() => set.setDrawNow(span));
  document.querySelector<HTMLElement>(`[data-span="${span}"] [data-field="${CSS.escape(name)}"]`)?.focus();
}

export function useCommands(screen: Screen) {
  const { latest, set, say, article, onFold, addFar } = screen;
  return useMemo(() => {
    const parts = { latest, set, say, article };
    const base = baseOf(parts);
    const { now, perform, describe, choose } = base;

    /** Required attributes are asked for at once, without standing in the way. Answers with what else there is to say. */
    function askFor(span: Span | undefined): string {
      if (!span) return "";
      const { page, editor } = now();
      const label = labelOf(page.scheme, span.label);
      const next = label?.attributes.find((a) => a.required && !a.archived && !span.attributes[a.key]?.trim());
      if (next) {
        set.setArmed(next.key);
        const how = next.kind === "text" ? `${next.hotkey ?? "the inspector"} writes it` : "a number chooses it";
        return `. ${next.name} is asked for: ${how}.`;
      }
      const { links } = editor.draft.snapshot().review;
      const lacks = page.scheme.links.some(
        (t) =>
          !t.archived &&
          t.requiredFor?.includes(span.label) &&
          ![...links.values()].some((l) => l.type === t.key && l.from === span.id),
      );
      return lacks ? ". A link is asked for: L makes it." : "";
    }

    function labelWith(label: Label, range: Range) {
      const { review } = now();
      const same = [...review.spans.values()].find(
        (s) => s.start === range.start && s.end === range.end && s.label === label.key,
      );
      if (same) {
        choose(same.id, { caret: false });
        say(`This is marked ${label.name} already.`);
        return;
      }
      const id = newId();
      if (!perform(acts.mark(id, range, label.key), "")) return;
      set.setChosen(id);
      set.setArmed(null);
      article.current?.keep(range.end);
      const span = now().editor.draft.snapshot().review.spans.get(id);
      if (span) say(`Marked ${describe(span)}${askFor(span)}`);
    }

    function label(label: Label, also = false) {
      const { pending, chosen, several, mode, review, page } = now();
      if (mode.kind === "range") return;
      if (label.archived) {
        say(`${label.name} is archived and takes no new spans.`, true);
        return;
      }
      if (pending) labelWith(label, pending);
      else if (several.length > 1) {
        const ids = several.map((s) => s.id);
        perform(relabelAll(page.scheme, review, ids, label.key), `${several.length} spans are ${label.name} now.`);
      } else if (chosen && also) labelWith(label, chosen);
      else if (chosen) {
        if (chosen.label === label.key) return;
        if (perform(relabelAll(page.scheme, review, [chosen.id], label.key), ""))
          say(`Now ${label.name}${askFor(now().editor.draft.snapshot().review.spans.get(chosen.id))}`);
      } else say("Select words first: drag, double-click, or Shift with the arrows.", true);
    }

    function setAttribute(id: string, attribute: Attribute, value: string, key?: string) {
      const { editor } = now();
      const span = editor.draft.snapshot().review.spans.get(id);
      if (!span || (span.attributes[attribute.key] ?? "") === value) return;
      const name = attribute.kind === "choice" ? attribute.values.find((v) => v.key === value)?.name : value;
      if (!perform(acts.setAttribute(span, attribute.key, value), "", key)) return;
      const asked =
        attribute.required && attribute.kind === "choice"
          ? askFor(editor.draft.snapshot().review.spans.get(span.id))
          : "";
      say(`${attribute.name}: ${name || "none"}${asked}`);
    }

    function pickWords(id: string, attribute: Attribute, range: Range) {
      const { index } = now();
      setAttribute(id, attribute, index.slice(range).replace(/\s+/g, " ").trim());
      set.setMode(READ);
      article.current?.select(range.end, range.end);
    }

    function digit(n: number, also: boolean) {
      const { page, pending, chosen, armed, mode } = now();
      if (mode.kind !== "read") return;
      const attribute = armed && chosen && !pending && !also ? ofLabel(chosen, armed) : undefined;
      if (attribute?.kind === "choice") {
        const value = numbered(attribute)[n - 1];
        if (!value) return;
        set.setArmed(null);
        if (chosen) setAttribute(chosen.id, attribute, chosen.attributes[attribute.key] === value.key ? "" : value.key);
        return;
      }
      const found = page.scheme.labels.find((l) => l.hotkey === String(n) && !l.archived);
      if (found) label(found, also);
      else say(`No label has the key ${n}.`, true);
    }

    const ofLabel = (span: Span, key: string) => {
      const found = labelOf(now().page.scheme, span.label);
      return found && attributeOf(found, key);
    };

    function letter(which: string) {
      const { chosen, page, pending, armed, mode } = now();
      if (!chosen || mode.kind !== "read") return;
      const attribute = labelOf(page.scheme, chosen.label)?.attributes.find((a) => a.hotkey === which && !a.archived);
      if (!attribute) return;
      if (attribute.kind === "choice") set.setArmed(armed === attribute.key ? null : attribute.key);
      else if (pending) pickWords(chosen.id, attribute, pending);
      else focusField(set, chosen.id, attribute.key);
    }

    function editRange() {
      const { chosen, mode, picked, readOnly } = now();
      if (!chosen || readOnly) {
        if (!chosen) say("Choose a span first: click it, or walk to it with [ and ].", true);
        return;
      }
      if (mode.kind === "range") {
        if (picked) article.current?.select(picked.focus, picked.anchor);
        return;
      }
      set.setMode({ kind: "range", span: chosen.id });
      article.current?.select(chosen.start, chosen.end);
      article.current?.reveal(chosen);
      say("Shift and the arrows move the end. E takes the other end, Enter keeps, Escape leaves it.");
    }

    function setRange(span: Span, range: Range) {
      set.setMode(READ);
      article.current?.select(range.end, range.end);
      if (range.start === span.start && range.end === span.end) return;
      perform(acts.edit(span, { start: range.start, end: range.end }), "Range changed.");
    }

    function confirm() {
      const { mode, pending, chosen } = now();
      if (mode.kind === "range" && chosen) setRange(chosen, pending ?? chosen);
      else if (mode.kind === "pick" && pending && chosen) {
        const attribute = ofLabel(chosen, mode.attribute);
        if (attribute) pickWords(chosen.id, attribute, pending);
      } else if (chosen && mode.kind === "read") {
        const first = labelOf(now().page.scheme, chosen.label)?.attributes.find((a) => !a.archived);
        if (first) set.setArmed(first.key);
      }
    }

    function cancel() {
      const { mode, chosen, several, armed, pending, picked, panel } = now();
      if (panel === "guideline" || panel === "history" || panel === "orphans") set.setPanel(null);
      else if (mode.kind !== "read") {
        set.setMode(READ);
        if (chosen) article.current?.select(chosen.start, chosen.start);
      } else if (armed) set.setArmed(null);
      else if (pending && picked) article.current?.select(picked.focus, picked.focus);
      else if (several.length > 0) set.setSeveral(new Set());
      else {
        set.setChosen(null);
        set.setHighlights({});
      }
    }

    function remove(id?: string) {
      const { chosen, several, review, mode } = now();
      if (mode.kind === "read" && id === undefined && several.length > 1) {
        const ids = several.map((s) => s.id);
        if (!perform(acts.remove(review, ids), `Removed ${ids.length} spans. Ctrl-Z brings them back.`)) return;
        set.setChosen(null);
        set.setSeveral(new Set());
        return;
      }
      const span = id === undefined ? chosen : review.spans.get(id);
      if (!span || mode.kind !== "read") return;
      const links = acts.linksOf(review, span.id).length;
      const also = links === 0 ? "" : links === 1 ? " and its link" : ` and its ${links} links`;
      if (
        !perform(acts.remove(review, [span.id]), `Removed ${nameOf(now().page, span)}${also}. Ctrl-Z brings it back.`)
      )
        return;
      set.setChosen(null);
      set.setArmed(null);
    }

    function step(which: "undo" | "redo", times = 1) {
      const { editor, page, index, readOnly } = now();
      if (readOnly) return;
      let act = editor[which]();
      for (let n = 1; n < times && act !== null && act !== "stale"; n++) act = editor[which]();
      const word = which === "undo" ? "Undone" : "Redone";
      if (act === null) say(which === "undo" ? "Nothing to undo." : "Nothing to redo.");
      else if (act === "stale") say("That has since been changed from elsewhere, so it stays as it is.", true);
      else {
        const id = touchedSpan(act);
        set.setMode(READ);
        if (id) {
          set.setChosen(id);
          const span = editor.draft.snapshot().review.spans.get(id);
          if (span) article.current?.reveal(span);
        }
        say(times > 1 ? `${word}: ${times} steps.` : `${word}: ${actWords(page.scheme, index, act)}.`);
      }
    }

    function uncertain() {
      const { chosen, several, review } = now();
      if (several.length > 1) {
        const to = several.some((s) => !s.uncertain);
        const ids = several.map((s) => s.id);
        perform(
          editAll(review, ids, () => ({ uncertain: to })),
          `${ids.length} spans ${to ? "marked uncertain" : "certain again"}.`,
        );
      } else if (chosen)
        perform(
          acts.edit(chosen, { uncertain: !chosen.uncertain }),
          chosen.uncertain ? "Certain again." : "Marked uncertain.",
        );
    }

    function note(id: string, text: string) {
      const span = now().editor.draft.snapshot().review.spans.get(id);
      if (span && span.note !== text) perform(acts.edit(span, { note: text }), "", `note ${span.id}`);
    }

    function every() {
      if (now().chosen) set.setPanel("every");
      else say("Choose a span first; O then offers its words wherever else they stand.", true);
    }

    return {
      perform,
      describe,
      choose,
      askFor,
      ...linkCommands({ ...parts, addFar }, base),
      ...placeCommands(parts, base, { ofLabel, pickWords }),
      label,
      setAttribute,
      pickWords,
      editRange,
      setRange,
      cancel,
      confirm,
      remove,
      step,
      uncertain,
      note,
      every,
      digit,
      letter,
      say,
      onFold,
    };
  }, [latest, set, say, article, onFold, addFar]);
}
