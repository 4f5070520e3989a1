/** What every deed on the review screen is made of: how things stand now, doing something, and taking a span in hand. */
import type { Refusal, Result } from "@/lib/result";
import type { Act } from "@/lib/spans/act";
import type { Span } from "@/lib/spans/model";
import { nameOf, type Screen } from "../use-screen";
import { cutOut, glimpse } from "../words";

export type Parts = Pick<Screen, "latest" | "set" | "say" | "article">;
export type Base = ReturnType<typeof baseOf>;

export function baseOf({ latest, set, say, article }: Parts) {
  const now = () => latest.current;

  const refused = (refusal: Refusal) => say(refusal.errors[0]?.message ?? refusal.message, true);

  function perform(act: Act, words: string, key?: string): boolean {
    const { editor, readOnly } = now();
    if (readOnly) {
      say("This review cannot be edited as it stands.", true);
      return false;
    }
    const done: Result<Act> = editor.act(act, key);
    if (!done.ok) {
      refused(done);
      return false;
    }
    if (words) say(words);
    return true;
  }

  const describe = (span: Span) => {
    const { page, index } = now();
    return `${nameOf(page, span)}: ${glimpse(cutOut(index, span), 60)}`;
  };

  /** Moves the caret there and makes it the span in hand. */
  function choose(id: string | null, { caret = true, reveal = true } = {}) {
    const span = id === null ? undefined : now().editor.draft.snapshot().review.spans.get(id);
    set.setChosen(span ? span.id : null);
    set.setArmed(null);
    if (!span) return;
    if (caret) article.current?.select(span.start, span.start);
    if (reveal) article.current?.reveal(span);
  }

  return { now, perform, describe, choose };
}
