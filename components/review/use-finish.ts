"use client";

import { useRouter } from "next/navigation";
import { useCallback, useState } from "react";
import { api } from "@/components/api";
import type { Missing } from "@/lib/spans/complete";
import { missingToSubmit } from "@/lib/spans/complete";
import type { Link, Span, Tombstone } from "@/lib/spans/model";
import { openOrphans } from "./orphans";
import { type Commands, focusField } from "./use-commands";
import type { Screen } from "./use-screen";

type Standing = {
  readonly id: string;
  readonly version: number;
  readonly spans: readonly Span[];
  readonly links: readonly Link[];
  readonly removed?: { readonly spans: readonly Tombstone[]; readonly links: readonly Tombstone[] };
};

/** Submitting, skipping, reopening, and what comes next. */
export type Finish = ReturnType<typeof useFinish>;

export function useFinish(screen: Screen, commands: Commands) {
  const { latest, set, say } = screen;
  const router = useRouter();
  const [busy, setBusy] = useState(false);

  const next = useCallback(async () => {
    const { project } = latest.current.page;
    const answer = await api<{ readonly id: string } | undefined>("POST", `/projects/${project.id}/queue/next`, {});
    if (answer.ok && answer.value?.id) router.push(`/reviews/${answer.value.id}`);
    else if (answer.ok) router.push(`/projects/${project.id}/queue`);
    else say(answer.detail, true);
  }, [latest, router, say]);

  /** A fresh look at the server, for what another window or another computer did. */
  const look = useCallback(async () => {
    const { page, editor } = latest.current;
    const answer = await api<Standing>("GET", `/reviews/${page.review.id}`);
    if (!answer.ok) return;
    const { spans, links, removed, version } = answer.value;
    const gone = <T extends Tombstone>(t: T) => ({ ...t, removed: true as const });
    editor.draft.hear(
      {
        spans: [...spans, ...(removed?.spans ?? []).map(gone)],
        links: [...links, ...(removed?.links ?? []).map(gone)],
      },
      version,
    );
  }, [latest]);

  const goTo = useCallback(
    (m: Missing) => {
      commands.choose(m.spanId);
      const [kind, key = ""] = m.path.split(".");
      if (kind === "links") set.setMode({ kind: "link", span: m.spanId });
      else {
        const { page, review } = latest.current;
        const label = review.spans.get(m.spanId)?.label;
        const attribute = page.scheme.labels.find((l) => l.key === label)?.attributes.find((a) => a.key === key);
        set.setArmed(key);
        if (attribute?.kind === "text") focusField(set, m.spanId, key);
      }
    },
    [commands, latest, set],
  );

  const submit = useCallback(
    async ({ empty = false } = {}) => {
      const { editor, page, status, dropped } = latest.current;
      if (!page.review.mine) return;
      if (page.version.superseded || status === "SUBMITTED" || status === "SKIPPED") return next();
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur(); // keeps a text being written
      const { review, conflicts, aside } = editor.draft.snapshot();
      if (conflicts.length > 0 || aside.length > 0) {
        say("First choose what to do with the changes that could not be saved.", true);
        return;
      }
      const missing = missingToSubmit(page.scheme, review);
      const [first] = missing;
      if (first) {
        set.setPanel("missing");
        goTo(first);
        return;
      }
      const waiting = openOrphans(page.carried, review, dropped);
      if (waiting.length > 0) {
        set.setPanel("orphans");
        say("Not submitted: marks of the version before wait for a place. Place each, or drop it and say why.", true);
        return;
      }
      if (review.spans.size === 0 && !empty) {
        set.setPanel("empty");
        return;
      }
      set.setPanel(null);
      setBusy(true);
      try {
        if (!(await editor.draft.settled())) {
          const { saving } = editor.draft.snapshot();
          say(`Not submitted: ${saving.words}. ${saving.detail ?? ""}`, true);
          return;
        }
        const version = editor.draft.snapshot().version;
        const answer = await api("POST", `/reviews/${page.review.id}/submit`, { version });
        if (answer.ok) {
          editor.setStatus("SUBMITTED");
          say("Submitted.");
          await next();
        } else if (answer.status === 409) {
          await look();
          say(
            "This review has changed in another window. It is shown as it stands now; look it over and submit again.",
            true,
          );
        } else if (answer.status === 401) {
          editor.draft.signedOut();
        } else if (answer.status === 422) {
          set.setPanel("missing");
          say(answer.errors[0]?.message ?? answer.detail, true);
        } else say(answer.detail, true);
      } finally {
        setBusy(false);
      }
    },
    [latest, next, goTo, look, say, set],
  );

  /** The reason why not, or null. */
  const skip = useCallback(
    async (reason: string): Promise<string | null> => {
      const { page, editor } = latest.current;
      await editor.draft.settled();
      const answer = await api("POST", `/reviews/${page.review.id}/skip`, { reason });
      if (!answer.ok) return answer.errors[0]?.message ?? answer.detail;
      editor.setStatus("SKIPPED");
      set.setPanel(null);
      await next();
      return null;
    },
    [latest, next, set],
  );

  const reopen = useCallback(async () => {
    const { page, editor } = latest.current;
    const answer = await api("POST", `/reviews/${page.review.id}/reopen`, {});
    if (!answer.ok) {
      say(answer.detail, true);
      return;
    }
    editor.setStatus("IN_PROGRESS");
    await look();
    editor.draft.nudge(true);
    say("Reopened.");
  }, [latest, look, say]);

  return { submit, skip, reopen, next, goTo, busy };
}
