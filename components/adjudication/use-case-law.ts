"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { api } from "../api";
import type { CaseLaw } from "./model";

/**
 * What was ruled before on the words of the case in hand. That of the next case is asked for meanwhile, so that it is there at once. `stamp`
 * changes when something was decided: then what is known is asked for anew.
 */
export function useCaseLaw(caseId: string | null, nextId: string | null, stamp: string): CaseLaw | null {
  const known = useRef(new Map<string, CaseLaw>());
  const seen = useRef(stamp);
  const [law, setLaw] = useState<{ readonly id: string; readonly law: CaseLaw } | null>(null);
  const ask = useCallback(async (id: string, signal: AbortSignal) => {
    const had = known.current.get(id);
    if (had) return had;
    const answer = await api<CaseLaw>("GET", `/cases/${id}/precedents`, undefined, { signal });
    // It is an aid: a card without it is whole.
    if (!answer.ok) return null;
    known.current.set(id, answer.value);
    return answer.value;
  }, []);
  useEffect(() => {
    if (seen.current !== stamp) known.current.clear();
    seen.current = stamp;
    if (!caseId) return;
    const gone = new AbortController();
    void ask(caseId, gone.signal).then(async (found) => {
      if (gone.signal.aborted) return;
      if (found) setLaw({ id: caseId, law: found });
      if (nextId) await ask(nextId, gone.signal);
    });
    return () => gone.abort();
  }, [caseId, nextId, stamp, ask]);
  return law?.id === caseId ? law.law : null;
}
