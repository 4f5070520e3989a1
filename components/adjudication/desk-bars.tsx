"use client";

import { Button } from "../ui/button";
import type { CaseView } from "./model";

/** One tick a case, in the article's order. */
export function Progress({ cases, place }: { cases: readonly CaseView[]; place: number }) {
  if (cases.length === 0 || cases.length > 120) return null;
  return (
    <svg
      width={cases.length * 5}
      height="20"
      role="img"
      aria-label={`Case ${place + 1} of ${cases.length}`}
      className="max-xl:hidden"
    >
      {cases.map((one, at) => (
        <rect
          key={one.id}
          x={at * 5}
          width="3"
          y={at === place ? 1 : 6}
          height={at === place ? 18 : 8}
          fill={
            one.status === "DECIDED"
              ? "var(--ink-2)"
              : at === place
                ? "var(--ink)"
                : "color-mix(in srgb, var(--ink-3) 45%, transparent)"
          }
        />
      ))}
    </svg>
  );
}

/** A decision that was sent while the next case was taken up already, and refused. */
export function Unmade({ place, why, onBack }: { place: number; why: string; onBack: () => void }) {
  return (
    <div role="alert" className="flex flex-wrap items-center gap-3 border-t border-rule bg-surface px-6 py-2">
      <p className="flex-1">
        Case {place + 1} was not decided. {why}
      </p>
      <Button onClick={onBack}>Back to it</Button>
    </div>
  );
}

export function Settled({ queueHref, nextArticle }: { queueHref: string; nextArticle: string | null }) {
  return (
    <div
      role="status"
      className="sticky bottom-0 flex flex-wrap items-center gap-4 border-t border-rule bg-surface px-6 py-3"
    >
      <p className="flex-1">Every case of this article has its decision.</p>
      <a className="link" href={queueHref}>
        {queueHref.endsWith("/queue") ? "Back to the queue" : "All cases"}
      </a>
      {nextArticle && (
        <a className="inline-flex h-8 items-center rounded-md bg-ink px-3 font-medium text-paper" href={nextArticle}>
          Next article
        </a>
      )}
    </div>
  );
}
