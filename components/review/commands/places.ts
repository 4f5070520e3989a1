/** Going about in the article: the caret, what is selected, which span is in hand and which are taken together. */
import type { Picked } from "@/components/reader/selection";
import type { Attribute } from "@/lib/scheme/scheme";
import type { Span } from "@/lib/spans/model";
import type { Range } from "@/lib/text/range";
import { sentenceAt } from "@/lib/text/sentences";
import { snapSelection } from "@/lib/text/words";
import { spansAt } from "../use-screen";
import type { Base, Parts } from "./base";

/** The two deeds of attributes that a selection may end in. */
type Attributes = {
  readonly ofLabel: (span: Span, key: string) => Attribute | undefined;
  readonly pickWords: (id: string, attribute: Attribute, range: Range) => void;
};

export function placeCommands(
  { latest, set, say, article }: Parts,
  { now, describe, choose }: Base,
  { ofLabel, pickWords }: Attributes,
) {
  function walk(step: 1 | -1) {
    const { ordered, chosen, picked } = now();
    if (ordered.length === 0) {
      say("Nothing is marked yet.");
      return;
    }
    const at = chosen ? ordered.findIndex((s) => s.id === chosen.id) : -1;
    const caret = picked?.focus ?? 0;
    const from = ordered.findIndex((s) => s.start >= caret);
    const start =
      at !== -1 ? at + step : step === 1 ? (from === -1 ? 0 : from) : (from === -1 ? ordered.length : from) - 1;
    const next = ordered[(start + ordered.length) % ordered.length];
    if (!next) return;
    choose(next.id);
    say(`${((start + ordered.length) % ordered.length) + 1} of ${ordered.length}. ${describe(next)}`);
  }

  function sentence() {
    const { picked, index, pending } = now();
    const from = picked ? Math.min(picked.anchor, picked.focus) : 0;
    const to = picked ? Math.max(picked.anchor, picked.focus) : 0;
    const here = sentenceAt(index, from);
    if (!here) return;
    // Once more takes the next sentence with it.
    const grown = pending && from <= here.start && to >= here.end ? nextSentence(to) : null;
    article.current?.select(here.start, grown?.end ?? here.end);
  }

  function nextSentence(after: number): Range | null {
    const { index } = now();
    for (let at = after; at < Math.min(after + 8, index.length); at++) {
      const found = sentenceAt(index, at);
      if (found && found.end > after) return found;
    }
    return null;
  }

  /** A press on a marked place. In link mode it names the target; with `many` it takes the innermost there into several. */
  function press(offset: number | null, onTarget: (span: Span) => void, many = false) {
    const { review, chosen, mode } = now();
    if (many && mode.kind === "read") {
      const [span] = offset === null ? [] : spansAt(review, offset);
      if (span) take(span.id);
      return;
    }
    if (mode.kind === "read") set.setSeveral(new Set());
    if (offset === null) {
      if (mode.kind === "read") set.setChosen(null);
      return;
    }
    const here = spansAt(review, offset);
    if (mode.kind === "link") {
      const target = here.find((s) => s.id !== mode.span);
      if (target) onTarget(target);
      return;
    }
    if (mode.kind !== "read") return;
    const at = chosen ? here.findIndex((s) => s.id === chosen.id) : -1;
    choose(here[(at + 1) % here.length]?.id ?? null, { caret: false, reveal: false });
  }

  /** Takes a span into several, or out of them; the span in hand is one of them from the start. */
  function take(id: string) {
    const { several, chosen, review } = now();
    const ids = new Set(several.map((s) => s.id));
    if (ids.size === 0 && chosen && chosen.id !== id) ids.add(chosen.id);
    if (!ids.delete(id)) ids.add(id);
    takeAll(ids);
    const span = review.spans.get(id);
    if (!chosen && span) set.setChosen(id);
    if (span) say(`${ids.has(id) ? "With" : "Without"} ${describe(span)}. ${ids.size} taken together.`);
  }

  function takeAll(ids: ReadonlySet<string>) {
    set.setSeveral(ids);
    const { review } = now();
    latest.current = { ...now(), several: [...ids].flatMap((id) => review.spans.get(id) ?? []) };
  }

  function pick(picked: Picked) {
    set.setPicked(picked);
    const { review, chosen, mode, index, exact, readOnly } = now();
    const range = { start: Math.min(picked.anchor, picked.focus), end: Math.max(picked.anchor, picked.focus) };
    const snapped = readOnly ? null : snapSelection(index, range, { exact });
    // A key that follows at once acts on this, drawn or not.
    latest.current = { ...latest.current, picked, pending: snapped };
    if (mode.kind === "pick" && picked.by === "mouse" && !picked.open) {
      const attribute = chosen && ofLabel(chosen, mode.attribute);
      if (snapped && attribute) pickWords(chosen.id, attribute, snapped);
      return;
    }
    // The inspector follows the caret's keys; a pointer says itself what it means (press).
    if (mode.kind !== "read" || picked.by !== "keys" || picked.anchor !== picked.focus) return;
    const at = picked.focus;
    if (chosen && chosen.start <= at && at <= chosen.end) return;
    set.setChosen(spansAt(review, at)[0]?.id ?? null);
  }

  function toggleExact() {
    const { exact } = now();
    set.setExact(!exact);
    say(exact ? "Selections snap to words." : "Exact: a selection is marked as it is.");
  }

  return { walk, sentence, press, take, takeAll, pick, toggleExact };
}
