"use client";

import { useRouter } from "next/navigation";
import { useCallback, useRef, useState } from "react";
import type { TextIndex } from "@/lib/text/codepoints";
import type { Range } from "@/lib/text/range";
import { nextWord, previousWord } from "@/lib/text/words";
import { api, type Problem } from "../api";
import { type Choice, type Draft, draftLike, draftOf, withLabel, withRange } from "./draft";
import { linksSent } from "./links";
import { type CaseView, type Desk, openCases, type Precedent, usualReason } from "./model";
import type { Fields } from "./ruling-panel";
import { type Row, rowsOf, settled } from "./settling";

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

const NOTHING: State = { draft: null, reason: null, note: "", rule: null, row: null, problem: null, refused: null };

/** The ruling in hand on the case in hand: chosen, touched, sent. `onward` is called with the case that comes next. */
export function useRuling({
  desk,
  index,
  current,
  revealed,
  onward,
  onDecided,
}: {
  desk: Desk;
  index: TextIndex;
  current: CaseView | null;
  /** Names have been shown: decisions say so. */
  revealed: boolean;
  onward: (id: string) => void;
  onDecided: (decided: Decided) => void;
}) {
  const router = useRouter();
  const [state, setState] = useState<State>(NOTHING);
  const [busy, setBusy] = useState(false);
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
      if (!current || !desk.mayDecide) return null;
      const made = draftOf(desk, current, index, choice);
      if (!made.ok) {
        put({ refused: made.message });
        return null;
      }
      put({ refused: null, row: null, draft: made.value, reason: usualReason(current, made.value.spans.length === 0) });
      return made.value;
    },
    [current, desk, index, put],
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
    async (one: CaseView, body: Record<string, unknown> & { action: string }, on: boolean) => {
      setBusy(true);
      const answer = await api("POST", `/cases/${one.id}/decisions`, { ...body, ...(revealed ? { revealed } : {}) });
      setBusy(false);
      if (!answer.ok) {
        put({ problem: answer });
        if (answer.status === 409) router.refresh();
        return;
      }
      const after = openCases(desk.cases).filter((each) => each.id !== one.id);
      const next = after.find((each) => desk.cases.indexOf(each) > desk.cases.indexOf(one)) ?? after[0];
      drop();
      onward(on && next ? next.id : one.id);
      onDecided({ caseId: one.id, action: body.action });
      router.refresh();
    },
    [desk.cases, revealed, drop, onward, onDecided, put, router],
  );

  const decide = useCallback(
    (reasonCode: string | null) => {
      if (!current || !draft || busy) return;
      const { note, rule } = state;
      const body = {
        ...draft.request,
        ...linksSent(desk, current, draft),
        id: crypto.randomUUID(),
        ...(draft.follows ? { follows: draft.follows } : {}),
        ...(reasonCode ? { reasonCode } : {}),
        ...(note ? { note } : {}),
        ...(rule ? { rule } : {}),
        ...(current.decision ? { supersedes: current.decision.id } : {}),
      };
      void send(current, body, true);
    },
    [current, draft, busy, state, desk, send],
  );

  const takeBack = useCallback(() => {
    if (!current?.decision || busy) return;
    void send(current, { id: crypto.randomUUID(), action: "reopen", supersedes: current.decision.id }, false);
  }, [current, busy, send]);

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
    ...{ state, busy, fields, drop, choose, take, decide, takeBack, stretch, goOn, settle, answer },
    onLabel: (label: string) => change((old) => withLabel(old, label)),
    onSelect: (range: Range) => change((old) => withRange(old, range)),
    letGo: () => put({ row: null, draft: state.row === null ? null : draft }),
  };
}

export type RulingInHand = ReturnType<typeof useRuling>;
