"use client";

/** Placing, dropping and taking back marks of the version before that have no place in this one. */
import { useMemo } from "react";
import { api } from "@/components/api";
import type { Range } from "@/lib/text/range";
import type { Orphan } from "./model";
import { openOrphans, placing } from "./orphans";
import type { Commands } from "./use-commands";
import { READ, type Screen } from "./use-screen";
import { glimpse } from "./words";

export type Orphans = ReturnType<typeof useOrphans>;

export function useOrphans(screen: Screen, commands: Commands) {
  const { latest, set, say, article } = screen;
  return useMemo(() => {
    const now = () => latest.current;

    /** With what it said before; the next one is offered where there is one. */
    function place(orphan: Orphan, range: Range) {
      const { page, editor, dropped } = now();
      const { review } = editor.draft.snapshot();
      set.setMode(READ);
      const left = openOrphans(page.carried, review, dropped).length - 1;
      const words = `Placed. ${left > 0 ? `${left === 1 ? "1 mark waits" : `${left} marks wait`} yet.` : "Every mark has its place."}`;
      if (!commands.perform(placing(page.carried, review, orphan, range), words)) return;
      set.setHighlights({});
      commands.choose(orphan.id);
    }

    function placeHere() {
      const { mode, pending, page } = now();
      const orphan = mode.kind === "place" ? page.carried.orphans.find(({ id }) => id === mode.span) : undefined;
      if (!orphan) return;
      if (pending) place(orphan, pending);
      else say("Select the words first, by dragging or with Shift and the arrows.", true);
    }

    /** The next selection is where it stands. */
    function byHand(orphan: Orphan) {
      set.setPanel(null);
      set.setChosen(null);
      set.setMode({ kind: "place", span: orphan.id });
      say(`Select where “${glimpse(orphan.quote, 60)}” stands now, and press Enter. Escape leaves it.`);
      setTimeout(() => article.current?.focus(), 80);
    }

    function show(range: Range | null) {
      set.setHighlights(range ? { "gloss-pending": [range] } : {});
      if (range) article.current?.reveal(range);
    }

    /** The reason why not, or null. `reason` null takes a drop back. */
    async function drop(orphan: Orphan, reason: string | null): Promise<string | null> {
      const answer = reason
        ? await api("POST", `/orphans/${orphan.id}/drop`, { reason })
        : await api("POST", `/orphans/${orphan.id}/restore`, {});
      if (!answer.ok) return answer.errors[0]?.message ?? answer.detail;
      set.setDropped(orphan.id, reason);
      say(reason ? "Dropped. It can be taken back in the same place." : "It waits for a place again.");
      return null;
    }

    return { place, placeHere, byHand, show, drop };
  }, [latest, set, say, article, commands]);
}
