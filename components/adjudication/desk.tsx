"use client";

import { useRouter } from "next/navigation";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { labelOf } from "@/lib/scheme/lookup";
import { indexText } from "@/lib/text/codepoints";
import { sentencesAround } from "@/lib/text/sentences";
import { nextWord, previousWord } from "@/lib/text/words";
import { api, type Problem } from "../api";
import { Button } from "../ui/button";
import { cls } from "../ui/class";
import { Dialog } from "../ui/dialog";
import { Kbd, Notice } from "../ui/page";
import { dayOf } from "../ui/time";
import { DeskText } from "./article";
import { CaseCard } from "./case-card";
import { type Choice, type Draft, draftOf, withAttribute, withLabel, withRange } from "./draft";
import { Focus } from "./focus";
import { isTyping, KEYS } from "./keys";
import { lanesIn, lanesOf } from "./lanes";
import {
  type CaseView,
  type Desk,
  KINDS,
  type Kind,
  kindOf,
  laneName,
  type MemberView,
  openCases,
  REASONS,
  usualReason,
} from "./model";

/**
 * Settling: the article with its cases on the left, the case in hand on the right, one key an act. A ruling is chosen, looked at in the
 * ghost lane, and made with a reason key or Enter; then the next open case comes by itself.
 */
export function AdjudicationDesk({
  desk,
  first,
  queueHref,
  nextArticle,
}: {
  desk: Desk;
  first: string | null;
  queueHref: string;
  nextArticle: string | null;
}) {
  const router = useRouter();
  const { article, scheme, cases } = desk;
  const index = useMemo(() => indexText(article.text), [article.text]);
  const [kind, setKind] = useState<Kind | null>(null);
  const [currentId, setCurrentId] = useState<string | null>(first ?? (openCases(cases)[0] ?? cases[0])?.id ?? null);
  const [draft, setDraft] = useState<Draft | null>(null);
  const [reason, setReason] = useState<string | null>(null);
  const [note, setNote] = useState("");
  const [rule, setRule] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [keysOpen, setKeysOpen] = useState(false);
  const noteBox = useRef<HTMLInputElement>(null);

  const shown = kind ? cases.filter((one) => kindOf(one) === kind) : cases;
  const current = cases.find((one) => one.id === currentId) ?? shown[0] ?? null;
  const place = current ? cases.indexOf(current) : -1;
  const decided = cases.filter((one) => one.status === "DECIDED" || one.status === "STALE").length;
  const stale = cases.filter((one) => one.status === "STALE").length;
  const focusRange = useMemo(() => (current ? sentencesAround(index, current) : null), [index, current]);

  const go = useCallback((id: string | null) => {
    setCurrentId(id);
    setDraft(null);
    setReason(null);
    setNote("");
    setRule(null);
    setProblem(null);
    setRefused(null);
    const url = new URL(window.location.href);
    if (id) url.searchParams.set("case", id);
    window.history.replaceState(window.history.state, "", url);
  }, []);

  const step = useCallback(
    (by: 1 | -1) => {
      const at = shown.findIndex((one) => one.id === current?.id);
      const next = shown[at + by];
      if (next) go(next.id);
    },
    [shown, current, go],
  );

  const choose = useCallback(
    (choice: Choice) => {
      if (!current || !desk.mayDecide) return;
      const made = draftOf(desk, current, index, choice);
      setRefused(made.ok ? null : made.message);
      if (!made.ok) return;
      setDraft(made.value);
      setReason(usualReason(current, made.value.spans.length === 0));
    },
    [current, desk, index],
  );

  const send = useCallback(
    async (one: CaseView, body: Record<string, unknown>, onward: boolean) => {
      setBusy(true);
      const answer = await api("POST", `/cases/${one.id}/decisions`, body);
      setBusy(false);
      if (!answer.ok) {
        setProblem(answer);
        if (answer.status === 409) router.refresh();
        return;
      }
      const after = openCases(cases).filter((each) => each.id !== one.id);
      const next = after.find((each) => cases.indexOf(each) > cases.indexOf(one)) ?? after[0];
      if (onward && next) go(next.id);
      else go(one.id);
      router.refresh();
    },
    [cases, go, router],
  );

  const decide = useCallback(
    (reasonCode: string | null) => {
      if (!current || !draft || busy) return;
      const body = {
        ...draft.request,
        id: crypto.randomUUID(),
        ...(reasonCode ? { reasonCode } : {}),
        ...(note ? { note } : {}),
        ...(rule ? { rule } : {}),
        ...(current.decision ? { supersedes: current.decision.id } : {}),
      };
      void send(current, body, true);
    },
    [current, draft, busy, note, rule, send],
  );

  const takeBack = useCallback(() => {
    if (!current?.decision || busy) return;
    void send(current, { id: crypto.randomUUID(), action: "reopen", supersedes: current.decision.id }, false);
  }, [current, busy, send]);

  const stretch = useCallback(
    (edge: "start" | "end", by: 1 | -1, fine: boolean) => {
      setDraft((old) => {
        const last = old?.spans.at(-1);
        if (!old || !last) return old;
        const from = last[edge];
        const to = fine ? from + by : by === 1 ? nextWord(index, from) : previousWord(index, from);
        return withRange(old, { ...last, [edge]: Math.max(0, Math.min(index.length, to)) });
      });
    },
    [index],
  );

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || isTyping(event.target) || keysOpen) return;
      if (draft && event.key.startsWith("Arrow") && ["ArrowLeft", "ArrowRight"].includes(event.key)) {
        event.preventDefault();
        stretch(event.shiftKey ? "start" : "end", event.key === "ArrowRight" ? 1 : -1, event.altKey);
        return;
      }
      if (event.altKey) return;
      const onButton = event.target instanceof HTMLElement && event.target.closest("button, a, summary") !== null;
      const digit = /^[1-9]$/.test(event.key) ? Number(event.key) : null;
      const act = (run: () => void) => {
        event.preventDefault();
        run();
      };
      if (digit !== null) {
        if (draft) act(() => decide(REASONS[digit - 1]?.[0] ?? null));
        else act(() => current && choose({ kind: "member", lane: lanesIn(current)[digit - 1] ?? "" }));
      } else if (event.key === "Enter" && !onButton)
        act(() => (draft ? decide(reason) : choose({ kind: "suggestion" })));
      else if (event.key === "Escape") act(() => setDraft(null));
      else if (event.key === "?") act(() => setKeysOpen(true));
      else {
        const letter = event.key.toLowerCase();
        if (letter === "j") act(() => step(1));
        else if (letter === "k") act(() => step(-1));
        else if (letter === "u") act(() => choose({ kind: "union" }));
        else if (letter === "i") act(() => choose({ kind: "intersection" }));
        else if (letter === "e") act(() => choose({ kind: "edit" }));
        else if (letter === "x") act(() => choose({ kind: "nothing" }));
        else if (letter === "r") act(takeBack);
        else if (letter === "n") act(() => noteBox.current?.focus());
      }
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [draft, reason, current, keysOpen, choose, decide, step, stretch, takeBack]);

  const describe = useCallback(
    (member: MemberView) => {
      const attribute = labelOf(scheme, member.label)?.attributes.find(
        (one) => one.kind === "choice" && (one.order !== undefined || one.key === "kind"),
      );
      const value = attribute && member.attributes[attribute.key];
      return attribute?.kind === "choice" && value
        ? (attribute.values.find((one) => one.key === value)?.name ?? value)
        : "";
    },
    [scheme],
  );
  const nameOf = useCallback((lane: string) => laneName(desk, lane), [desk]);
  const lanes = useMemo(
    () =>
      current && focusRange
        ? lanesOf(
            current,
            cases.filter((one) => one.id !== current.id),
            focusRange,
            draft
              ? { made: false, spans: draft.spans }
              : current.decision
                ? { made: true, spans: current.decision.spans }
                : null,
            describe,
            nameOf,
          )
        : [],
    [current, cases, focusRange, draft, describe, nameOf],
  );

  return (
    <main className="grid h-[calc(100dvh-49px)] grid-rows-[auto_minmax(0,1fr)] max-lg:h-[calc(100dvh-94px)]">
      <div className="flex min-h-11 flex-wrap items-center gap-x-5 gap-y-1 border-b border-rule px-4 py-1 sm:px-6">
        <span className="whitespace-nowrap">
          <b className="font-semibold">Case {place + 1}</b> <span className="text-ink-2">of {cases.length}</span>
        </span>
        <fieldset className="flex gap-1 overflow-x-auto max-lg:order-last max-lg:w-full lg:flex-wrap">
          <legend className="sr-only">Kind of case</legend>
          <Chip pressed={kind === null} onClick={() => setKind(null)}>
            All {cases.length}
          </Chip>
          {(Object.keys(KINDS) as Kind[]).map((one) => {
            const count = cases.filter((each) => kindOf(each) === one).length;
            return count === 0 ? null : (
              <Chip key={one} pressed={kind === one} onClick={() => setKind(one)}>
                {KINDS[one].name} {count}
              </Chip>
            );
          })}
        </fieldset>
        <span className="ml-auto text-ink-2">
          {decided} decided{stale > 0 && `, ${stale} of them stale`}
        </span>
        <Progress cases={cases} place={place} />
        <Button look="quiet" onClick={() => setKeysOpen(true)} aria-label="Keys">
          <Kbd>?</Kbd>
        </Button>
      </div>
      <div className="grid min-h-0 max-lg:grid-rows-[minmax(0,1fr)_minmax(0,54dvh)] lg:grid-cols-[minmax(0,1fr)_minmax(360px,440px)]">
        <section aria-label="Article" className="min-h-0 overflow-x-hidden overflow-y-auto px-4 sm:px-6">
          <header className="flex flex-wrap items-baseline gap-x-3 py-5 lg:ml-28">
            <h1 className="font-serif text-[17px] leading-6 font-medium">{article.title}</h1>
            <p className="text-ink-2">
              {[article.outlet, article.publishedDate && dayOf(article.publishedDate)].filter(Boolean).join(", ")} ·{" "}
              {decided} of {cases.length} cases decided
            </p>
          </header>
          <DeskText
            index={index}
            regions={article.regions}
            cases={cases}
            current={current}
            focusRange={focusRange}
            scheme={scheme}
            onGo={go}
            focus={
              focusRange &&
              current && (
                <Focus
                  index={index}
                  range={focusRange}
                  lanes={lanes}
                  nothing={nothingWords(current, nameOf)}
                  scheme={scheme}
                  onSelect={(range) => setDraft((old) => old && withRange(old, range))}
                />
              )
            }
          />
        </section>
        {current ? (
          <CaseCard
            key={current.id}
            desk={desk}
            one={current}
            index={index}
            draft={draft}
            reason={reason}
            note={note}
            rule={rule}
            problem={problem}
            refused={refused}
            busy={busy}
            noteBox={noteBox}
            onChoose={choose}
            onAttribute={(key, value) => setDraft((old) => old && withAttribute(old, key, value))}
            onLabel={(label) => setDraft((old) => old && withLabel(old, label))}
            onReason={setReason}
            onNote={setNote}
            onRule={setRule}
            onDecide={() => decide(reason)}
            onTakeBack={takeBack}
            onStep={step}
            onDrop={() => setDraft(null)}
          />
        ) : (
          <aside className="border-l border-rule p-6">
            <Notice>No case here. {nextArticle ? "The next article waits." : "Nothing else waits."}</Notice>
          </aside>
        )}
      </div>
      {cases.length > 0 && openCases(cases).length === 0 && <Settled queueHref={queueHref} nextArticle={nextArticle} />}
      <Dialog title="Keys" open={keysOpen} onOpenChange={setKeysOpen}>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5">
          {KEYS.map(([key, does]) => (
            <div key={key} className="contents">
              <dt>
                <Kbd>{key}</Kbd>
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
      </Dialog>
    </main>
  );
}

function nothingWords(one: CaseView, nameOf: (lane: string) => string): string | null {
  if (one.missing.length === 0) return null;
  const names = new Intl.ListFormat("en").format([...one.missing].sort().map(nameOf));
  return `${names} marked nothing here.`;
}

function Chip({ pressed, onClick, children }: { pressed: boolean; onClick: () => void; children: React.ReactNode }) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onClick}
      className={cls(
        "h-[26px] rounded-full border px-2.5 whitespace-nowrap max-lg:h-8",
        pressed ? "border-ink font-medium" : "border-rule text-ink-2 hover:border-ink-3 hover:text-ink",
      )}
    >
      {children}
    </button>
  );
}

/** One tick a case, in the article's order. */
function Progress({ cases, place }: { cases: readonly CaseView[]; place: number }) {
  if (cases.length === 0 || cases.length > 120) return null;
  return (
    <svg
      width={cases.length * 5}
      height="20"
      role="img"
      aria-label={`Case ${place + 1} of ${cases.length}`}
      className="max-md:hidden"
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

function Settled({ queueHref, nextArticle }: { queueHref: string; nextArticle: string | null }) {
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
