"use client";

import { useMemo } from "react";
import { labelOf } from "@/lib/scheme/lookup";
import type { Scheme } from "@/lib/scheme/scheme";
import type { TextIndex } from "@/lib/text/codepoints";
import type { Draft } from "./draft";
import { focusRange } from "./focus-range";
import { lanesOf } from "./lanes";
import type { CaseView, Desk, MemberView } from "./model";

/** What stands over the lanes of the case in hand, and the lanes. */
export function useLanes({
  desk: { scheme },
  cases,
  current,
  draft,
  index,
  nameOf,
}: {
  desk: Desk;
  cases: readonly CaseView[];
  current: CaseView | null;
  draft: Draft | null;
  index: TextIndex;
  nameOf: (lane: string) => string;
}) {
  const range = useMemo(
    () => (current ? focusRange(index, [current, ...(draft?.spans ?? [])]) : null),
    [index, current, draft],
  );
  const lanes = useMemo(() => {
    if (!current || !range) return [];
    const others = cases.filter((one) => one.id !== current.id);
    const made = current.decision && { made: true, spans: current.decision.spans };
    const ruling = draft ? { made: false, spans: draft.spans } : made;
    return lanesOf(current, others, range, ruling, (member) => describe(scheme, member), nameOf);
  }, [scheme, current, cases, range, draft, nameOf]);
  return { range, lanes };
}

/** How sure a claim is, of what kind a framing: the one value that tells marks of a label apart. */
function describe(scheme: Scheme, member: MemberView): string {
  const attribute = labelOf(scheme, member.label)?.attributes.find(
    (one) => one.kind === "choice" && (one.order !== undefined || one.key === "kind"),
  );
  const value = attribute && member.attributes[attribute.key];
  if (attribute?.kind !== "choice" || !value) return "";
  return attribute.values.find((one) => one.key === value)?.name ?? value;
}
