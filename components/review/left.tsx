"use client";

/** On the left: the outline, or the panel that was asked for in its place. */
import { labelOf } from "@/lib/scheme/lookup";
import { GuidelinePanel } from "./guideline-panel";
import { HistoryPanel } from "./history-panel";
import { openOrphans } from "./orphans";
import { OrphansPanel } from "./orphans-panel";
import { Outline } from "./outline";
import type { Commands } from "./use-commands";
import type { Orphans } from "./use-orphans";
import type { Panel, Screen } from "./use-screen";

type OutlineProps = Parameters<typeof Outline>[0];

/** Those that stand where the outline stands. */
export const onTheLeft = (panel: Panel) => panel === "guideline" || panel === "history" || panel === "orphans";

export function Left({
  screen,
  commands,
  orphans,
  firstOrphan,
  onLeave,
  ...outline
}: {
  screen: Screen;
  commands: Commands;
  orphans: Orphans;
  firstOrphan: string | null;
  onLeave: () => void;
} & Pick<OutlineProps, "entries" | "read" | "article" | "scroller" | "onGo" | "onRead">) {
  const { page, panel, editor, model, readOnly, review, chosen, ordered, dropped, set } = screen;
  const { scheme } = page;
  const close = () => {
    set.setPanel(null);
    onLeave();
  };
  if (panel === "history")
    return (
      <HistoryPanel
        history={editor.history}
        scheme={scheme}
        index={model.index}
        readOnly={readOnly}
        onStep={commands.step}
        onClose={close}
      />
    );
  if (panel === "orphans")
    return (
      <OrphansPanel
        open={openOrphans(page.carried, review, dropped)}
        dropped={page.carried.orphans.flatMap((orphan) => {
          const reason = review.spans.has(orphan.id) ? undefined : dropped.get(orphan.id);
          return reason === undefined ? [] : [[orphan, reason] as const];
        })}
        scheme={scheme}
        readOnly={readOnly}
        first={firstOrphan}
        orphans={orphans}
        onClose={close}
      />
    );
  if (panel === "guideline")
    return (
      <GuidelinePanel
        markdown={page.guideline.markdown}
        version={page.guideline.version}
        label={chosen ? (labelOf(scheme, chosen.label)?.name ?? null) : null}
        onClose={() => set.setPanel(null)}
      />
    );
  return (
    <Outline
      {...outline}
      spans={ordered}
      chosen={chosen}
      scheme={scheme}
      looks={model.looks}
      length={model.index.length}
    />
  );
}
