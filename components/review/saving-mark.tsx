"use client";

import { Check, CircleAlert, CloudOff, LoaderCircle } from "lucide-react";
import type { Saving } from "./draft/saving";

const ICONS = { opening: LoaderCircle, saved: Check, saving: LoaderCircle, unsent: CloudOff, refused: CircleAlert };

/** One small mark that never lies. The words are said to screen readers when they change. */
export function SavingMark({ saving }: { saving: Saving }) {
  const Icon = ICONS[saving.kind];
  return (
    <span className="rv-saving" data-kind={saving.kind} title={saving.detail ?? undefined}>
      <Icon size={15} aria-hidden />
      <span role="status" aria-label="Saving">
        {saving.words}
        {saving.detail && <span className="sr-only">. {saving.detail}</span>}
      </span>
    </span>
  );
}
