"use client";

import type { TextIndex } from "@/lib/text/codepoints";
import type { Problem } from "../api";
import { Notice } from "../ui/page";
import { type DecisionView, reasonName } from "./model";
import { shorten } from "./words";

/** Why a decision was not made. Whoever comes second is shown what the first ruled, and may replace it. */
export function Refused({
  problem,
  index,
  label,
}: {
  problem: Problem;
  index: TextIndex;
  label: (key: string) => string;
}) {
  const first = problem.status === 409 ? firstOf(problem) : null;
  if (!first)
    return (
      <Notice tone="fault">
        {problem.detail}{" "}
        {problem.errors
          .map((error) => error.message)
          .filter((message) => message !== problem.detail)
          .join(" ")}
      </Notice>
    );
  return (
    <Notice tone="fault">
      <p>{first.by ?? "The project’s policy"} has decided this case meanwhile:</p>
      <p className="font-serif text-[15px] font-normal">
        {first.spans.length === 0
          ? "nothing here"
          : first.spans.map((span) => `“${shorten(index.slice(span))}”, ${label(span.label).toLowerCase()}`).join("; ")}
        {first.reasonCode && (
          <span className="font-sans text-sm text-ink-2"> Reason: {reasonName(first.reasonCode)}.</span>
        )}
      </p>
      <p className="font-normal">It stands. Go on, or decide again to replace it.</p>
    </Notice>
  );
}

/** The server's 409 names the live decision whole. */
function firstOf({ errors }: Problem): DecisionView | null {
  const current: unknown = errors.find((error) => error.current)?.current;
  return isDecision(current) ? current : null;
}

const isDecision = (value: unknown): value is DecisionView =>
  typeof value === "object" && value !== null && "spans" in value && "action" in value && "by" in value;
