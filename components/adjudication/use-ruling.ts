"use client";

import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef, useState } from "react";
import type { TextIndex } from "@/lib/text/codepoints";
import type { Range } from "@/lib/text/range";
import { nextWord, previousWord } from "@/lib/text/words";
import { api, type Problem } from "../api";
import { type Choice, type Draft, draftLike, draftOf, withLabel, withRange } from "./draft";
import { linksSent } from "./links";
import { type CaseView, type Desk, openCases, type Precedent, usualReason } from "./model";
import type { Fields } from "./ruling-panel";
import { type Row, rowsOf, settled } from "./settling";
import type { SentCases } from "./use-sent";

export type Decided = { readonly caseId: string; readonly action: string };

type State = {
  readonly draft: Draft | null;
  readonly reason: string | null;
  readonly note: string;
  readonly rule: string | null;
  /** The line of the differences that digits answer. */
  readonly row: number | null;
  readonly problem: Problem | null;
  readonly refused: string | null;
};

/** What was sent and not made, with all that had been chosen. */
type Unmade = { readonly caseId: string; readonly state: State };

const NOTHING: State = { draft: null, reason: null, note: "", rule: null, row: null, problem: null, refused: null };

/** The ruling in hand on the case in hand: chosen, touched, sent. `onward` is called with the case that comes next, before the answer is there. */
export function useRuling({
  desk,
  sent,
  index,
  current,
  revealed,
  onward,
  onDecided,
}: {
  desk: Desk;
  sent: SentCases;
  index: TextIndex;
  current: CaseView | null;
  /** Names have been shown: decisions say so. */
  revealed: boolean;
  onward: (id: string) => void;
  onDecided: (decided: Decided) => void;
}) {
  const router = useRouter();
  const [state, setState] = useState<State>(NOTHING);
  /** Newest last. */
  const [unmade, setUnmade] = useState<readonly Unmade[]>([]);
  const underWay = current !== null && sent.sent.has(current.id);
  const noteBox = useRef<HTMLInputElement>(null);
  const ruleBox = useRef<HTMLSelectElement>(null);
  const { draft } = state;

  const drop = useCallback(() => setState(NOTHING), []);
  const put = useCallback((part: Partial<State>) => setState((old) => ({ ...old, ...part })), []);
  const change = useCallback(
    (make: (draft: Draft) => Draft) => setState((old) => (old.draft ? { ...old, draft: make(old.draft) } : old)),
    [],
  );

  const choose = useCallback(
    (choice: Choice): Draft | null => {
      if (!current || !desk.mayDecide || underWay) return null;
      const made = draftOf(desk, current, index, choice);
      if (!made.ok) {
        put({ refused: made.message });
        return null;
      }
      put({ refused: null, row: null, draft: made.value, reason: usualReason(current, made.value.spans.length === 0) });
      return made.value;
    },
    [current, desk, index, underWay, put],
  );

  const take = useCallback(
    (precedent: Precedent | undefined) => {
      const like = precedent && desk.mayDecide ? draftLike(precedent) : null;
      if (!precedent || !like) return;
      const { reasonCode, rule } = precedent.decision;
      put({ draft: like, reason: reasonCode, rule, row: null, refused: null });
    },
    [desk.mayDecide, put],
  );

  const send = useCallback(
    async (one: CaseView, body: Record<string, unknown> & { action: string }) => {
      const content = { ...body, id: crypto.randomUUID(), ...(revealed ? { revealed } : {}) };
      const answer = await api("POST", `/cases/${one.id}/decisions`, content, { keepalive: true });
      if (answer.ok) onDecided({ caseId: one.id, action: body.action });
      if (answer.ok || answer.status === 409) router.refresh();
      return answer;
    },
    [revealed, onDecided, router],
  );

  const decide = useCallback(
    (reasonCode: string | null) => {
      if (!current || !draft || underWay) return;
      const { note, rule } = state;
      const body = {
        ...draft.request,
        ...linksSent(desk, current, draft),
        ...(draft.follows ? { follows: draft.follows } : {}),
        ...(reasonCode ? { reasonCode } : {}),
        ...(note ? { note } : {}),
        ...(rule ? { rule } : {}),
        ...(current.decision ? { supersedes: current.decision.id } : {}),
      };
      const caseId = current.id;
      const chosen = { ...state, reason: reasonCode };
      const after = openCases(sent.shown).filter((each) => each.id !== caseId);
      const next = after.find((each) => sent.shown.indexOf(each) > desk.cases.indexOf(current)) ?? after[0];
      sent.send(current);
      drop();
      onward(next ? next.id : caseId);
      void send(current, body).then((answer) => {
        if (answer.ok) return;
        sent.forget(caseId);
        setUnmade((old) => [...old, { caseId, state: { ...chosen, problem: answer } }]);
      });
    },
    [current, draft, underWay, state, desk, sent, send, drop, onward],
  );

  /** Goes back to what was not made, as it was. */
  const redo = useCallback(
    ({ caseId, state: chosen }: Unmade) => {
      setUnmade((old) => old.filter((one) => one.caseId !== caseId));
      onward(caseId);
      setState(chosen);
    },
    [onward],
  );
  const idle = draft === null;
  const last = unmade.at(-1);
  useEffect(() => {
    // Whoever has nothing in hand yet is brought back at once; others are told.
    if (last && idle) redo(last);
  }, [last, idle, redo]);

  const [busy, setBusy] = useState(false);
  const takeBack = useCallback(async () => {
    if (!current?.decision || busy || underWay) return;
    setBusy(true);
    const answer = await send(current, { action: "reopen", supersedes: current.decision.id });
    setBusy(false);
    if (answer.ok) drop();
    else put({ problem: answer });
  }, [current, busy, underWay, send, drop, put]);

  const stretch = useCallback(
    (edge: "start" | "end", by: 1 | -1, fine: boolean) =>
      change((old) => {
        const last = old.spans.at(-1);
        if (!last) return old;
        const from = last[edge];
        const to = fine ? from + by : by === 1 ? nextWord(index, from) : previousWord(index, from);
        return withRange(old, { ...last, [edge]: Math.max(0, Math.min(index.length, to)) });
      }),
    [index, change],
  );

  /** To the next line of the differences; without a ruling the suggestion is the one that is settled. */
  const goOn = useCallback(() => {
    if (!current) return;
    const from = draft ?? choose({ kind: "suggestion" }) ?? choose({ kind: "union" });
    if (!from || from.spans.length === 0) return;
    const { rows } = rowsOf(desk, current, from);
    setState((old) => {
      const next = old.row === null ? 0 : old.row + 1;
      return { ...old, row: next < rows.length ? next : null };
    });
  }, [current, draft, choose, desk]);

  const settle = useCallback(
    (row: Row, digit: number) => {
      const after = current && draft && settled(desk, current, draft, row, digit);
      if (!after) return;
      const { rows } = rowsOf(desk, current, after);
      setState((old) => {
        const next = old.row === null ? null : old.row + 1;
        return { ...old, draft: after, row: next !== null && next < rows.length ? next : null };
      });
    },
    [current, draft, desk],
  );

  /** Whether the digit was meant for a line of the differences. */
  const answer = useCallback(
    (digit: number): boolean => {
      if (!current || !draft || state.row === null) return false;
      const row = rowsOf(desk, current, draft).rows[state.row];
      if (row) settle(row, digit);
      return row !== undefined;
    },
    [current, draft, desk, state.row, settle],
  );

  const fields: Fields = {
    ...{ reason: state.reason, note: state.note, rule: state.rule, noteBox, ruleBox },
    onReason: (reason) => put({ reason }),
    onNote: (note) => put({ note }),
    onRule: (rule) => put({ rule }),
  };
  return {
    ...{ state, underWay, unmade, redo, fields, drop, choose, take, decide, takeBack, stretch, goOn, settle, answer },
    onLabel: (label: string) => change((old) => withLabel(old, label)),
    onSelect: (range: Range) => change((old) => withRange(old, range)),
    letGo: () => put({ row: null, draft: state.row === null ? null : draft }),
  };
}

export type RulingInHand = ReturnType<typeof useRuling>;
