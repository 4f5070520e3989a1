"use client";

/** What is done to spans that are there: cut, put together, filled like another, walked where several stand at one place. */
import { useMemo } from "react";
import { attributeOf, labelOf } from "@/lib/scheme/lookup";
import type { Attribute } from "@/lib/scheme/scheme";
import type { Span } from "@/lib/spans/model";
import { newId } from "./new-id";
import * as shape from "./shape";
import type { Commands } from "./use-commands";
import { READ, type Screen, spansAt } from "./use-screen";
import { cutOut, glimpse } from "./words";

export type Shape = ReturnType<typeof useShape>;

export function useShape(screen: Screen, commands: Commands) {
  const { latest, set, say, article } = screen;
  return useMemo(() => {
    const now = () => latest.current;
    const standing = (id: string) => now().editor.draft.snapshot().review.spans.get(id);

    function inHand(): Span | null {
      const { chosen, readOnly } = now();
      if (!chosen) say("Choose a span first: press it, or walk to it with [ and ].", true);
      else if (readOnly) say("This review cannot be edited as it stands.", true);
      return chosen && !readOnly ? chosen : null;
    }

    function splitAt(at: number) {
      const span = inHand();
      const { index, exact } = now();
      if (!span) return;
      const act = shape.split(index, span, exact ? at : shape.cutNear(index, at), newId);
      if (!act) {
        say("That place is not inside the span: press between two of its words.", true);
        return;
      }
      set.setMode(READ);
      if (!commands.perform(act, "")) return;
      const second = act.find((e) => e.kind === "span" && e.before === null);
      const first = standing(span.id);
      if (!first || !second) return;
      article.current?.keep(first.end);
      const made = standing(second.id);
      say(`Split: “${glimpse(cutOut(index, first), 40)}” and “${made ? glimpse(cutOut(index, made), 40) : ""}”`);
    }

    /** At the caret if it is inside; else, or when a button asks, the next press says where. */
    function split({ press = false } = {}) {
      const span = inHand();
      if (!span) return;
      const { picked } = now();
      const at = picked?.focus ?? -1;
      if (!press && at > span.start && at < span.end) {
        splitAt(at);
        return;
      }
      set.setMode({ kind: "split", span: span.id });
      say("Press where the span is to be cut, or move the caret there and press Enter.");
    }

    function merge() {
      const span = inHand();
      if (!span) return;
      const { review, page } = now();
      const name = labelOf(page.scheme, span.label)?.name.toLowerCase() ?? span.label;
      const next = shape.nextOfLabel(review, span);
      if (!next) {
        say(`No other ${name} follows within ${shape.REACH} characters.`, true);
        return;
      }
      if (!commands.perform(shape.merge(review, span, next), "")) return;
      const made = standing(span.id);
      if (made) say(`Merged with the next ${name}: ${glimpse(cutOut(now().index, made), 60)}`);
    }

    /** Into the span in hand, or into each of several. */
    function copy() {
      const span = inHand();
      if (!span) return;
      const { editor, review, page, several } = now();
      const into = several.length > 1 ? several : [span];
      const taken = new Set(into.map((s) => s.id));
      const acts = into.map((one) => {
        // What is being filled is no source.
        const others = new Map([...review.spans].filter(([id]) => id === one.id || !taken.has(id)));
        const from = shape.lastOfLabel(editor.history, { ...review, spans: others }, one);
        return from ? { from, act: shape.likeOther(page.scheme, one, from) } : null;
      });
      const found = acts.flatMap((a) => a ?? []);
      const [first] = found;
      if (!first) say("No other span of that label has attributes yet.", true);
      else {
        const words = `As in “${glimpse(cutOut(now().index, first.from), 50)}”${found.length > 1 ? `, in ${found.length} spans` : ""}`;
        commands.perform(
          found.flatMap((a) => a.act),
          words,
        );
      }
    }

    /** The next of the spans that stand at one place. */
    function here() {
      const { review, chosen, picked } = now();
      const at =
        picked && (!chosen || (picked.focus >= chosen.start && picked.focus < chosen.end)) ? picked.focus : null;
      const place = at ?? chosen?.start;
      const found = place === undefined ? [] : spansAt(review, place);
      if (found.length === 0) {
        say("No span stands here.");
        return;
      }
      const next = ((chosen ? found.findIndex((s) => s.id === chosen.id) : -1) + 1) % found.length;
      const span = found[next];
      if (!span) return;
      commands.choose(span.id, { caret: false, reveal: false });
      say(`${next + 1} of ${found.length} here. ${commands.describe(span)}`);
    }

    function takeChosen() {
      const { chosen } = now();
      if (chosen) commands.take(chosen.id);
      else say("Choose a span first; this takes it together with others.", true);
    }

    /** One attribute of several spans of one label. */
    function setOnAll(attribute: Attribute, value: string) {
      const { review, page, several } = now();
      const fits = several.filter((s) => {
        const label = labelOf(page.scheme, s.label);
        return label && attributeOf(label, attribute.key);
      });
      const act = shape.editAll(
        review,
        fits.map((s) => s.id),
        (s) => {
          const { [attribute.key]: _gone, ...rest } = s.attributes;
          return { attributes: value === "" ? rest : { ...rest, [attribute.key]: value } };
        },
      );
      commands.perform(act, `${attribute.name} of ${fits.length} spans set.`);
    }

    return { split, splitAt, merge, copy, here, takeChosen, setOnAll };
  }, [latest, set, say, article, commands]);
}
