"use client";

import { useCallback, useEffect, useMemo, useState } from "react";
import type { CaseView } from "./model";

/** The decision that lived when another was sent: until one reads of the new one, the case stands as decided. */
type Sent = ReadonlyMap<string, string | null>;

/**
 * Nobody waits for a decision to be recorded: the next case comes at once, and until the cases are read anew those that were sent count as
 * decided. What was refused stops counting.
 */
export function useSent(cases: readonly CaseView[]) {
  const [sent, setSent] = useState<Sent>(new Map());
  const send = useCallback((one: CaseView) => setSent((old) => new Map(old).set(one.id, one.decision?.id ?? null)), []);
  const forget = useCallback(
    (id: string) =>
      setSent((old) => {
        const left = new Map(old);
        left.delete(id);
        return left;
      }),
    [],
  );
  useEffect(() => {
    setSent((old) => {
      const left = new Map([...old].filter(([id, over]) => liveOf(cases, id) === over));
      return left.size === old.size ? old : left;
    });
  }, [cases]);
  const shown = useMemo(
    () => cases.map((one) => (sent.has(one.id) ? { ...one, status: "DECIDED" as const } : one)),
    [cases, sent],
  );
  return { shown, sent, send, forget };
}

export type SentCases = ReturnType<typeof useSent>;

const liveOf = (cases: readonly CaseView[], id: string) => cases.find((one) => one.id === id)?.decision?.id ?? null;
