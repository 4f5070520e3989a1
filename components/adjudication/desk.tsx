"use client";

import { useRouter } from "next/navigation";
import { useCallback, useMemo, useState } from "react";
import { labelOf } from "@/lib/scheme/lookup";
import { indexText } from "@/lib/text/codepoints";
import { CaseDiscussion } from "../discussion/case-discussion";
import { Button } from "../ui/button";
import { dayOf } from "../ui/day";
import { Dialog } from "../ui/dialog";
import { Badge, Kbd, Notice } from "../ui/page";
import { FollowAlike } from "./alike";
import { DeskText } from "./article";
import { CaseCard } from "./case-card";
import { CaseNotice } from "./case-notice";
import { Chip } from "./controls";
import { Progress, Settled, Unmade } from "./desk-bars";
import { Focus } from "./focus";
import { KEYS } from "./keys";
import { People, useStamp } from "./live-people";
import { type CaseView, type Desk, KINDS, type Kind, kindOf, laneName, openCases } from "./model";
import { useCaseLaw } from "./use-case-law";
import { useDeskKeys } from "./use-desk-keys";
import { useLanes } from "./use-lanes";
import { useLive } from "./use-live";
import { useRuling } from "./use-ruling";
import { useSent } from "./use-sent";

/**
 * Settling: the article with its cases on the left, the case in hand on the right, one key an act. A ruling is chosen, looked at in the
 * ghost lane, and made with a reason key or Enter; then the next open case comes by itself.
 */
export function AdjudicationDesk({
  desk,
  first,
  revealed,
  queueHref,
  nextArticle,
}: {
  desk: Desk;
  first: string | null;
  /** The reviewers' names were asked for. */
  revealed: boolean;
  queueHref: string;
  nextArticle: string | null;
}) {
  const router = useRouter();
  const { article, scheme } = desk;
  const sent = useSent(desk.cases);
  const cases = sent.shown;
  const index = useMemo(() => indexText(article.text), [article.text]);
  const [kind, setKind] = useState<Kind | null>(null);
  const [currentId, setCurrentId] = useState<string | null>(first ?? (openCases(cases)[0] ?? cases[0])?.id ?? null);
  const [keysOpen, setKeysOpen] = useState(false);
  /** The last decision that others could follow, and whether they are being looked at. */
  const [lead, setLead] = useState<{ readonly caseId: string; readonly alike: number } | null>(null);
  const [following, setFollowing] = useState(false);
  const [names, setNames] = useState(false);

  const shown = kind ? cases.filter((one) => kindOf(one) === kind) : cases;
  const current = cases.find((one) => one.id === currentId) ?? shown[0] ?? null;
  const place = current ? cases.indexOf(current) : -1;
  // What is sent is not yet decided.
  const decided = desk.cases.filter((one) => one.status === "DECIDED" || one.status === "STALE").length;
  const stale = desk.cases.filter((one) => one.status === "STALE").length;
  const label = useCallback((key: string) => labelOf(scheme, key)?.name ?? key, [scheme]);

  const show = useCallback((id: string | null) => {
    setCurrentId(id);
    const url = new URL(window.location.href);
    if (id) url.searchParams.set("case", id);
    window.history.replaceState(window.history.state, "", url);
  }, []);
  const upcoming = openCases(cases).find((one) => cases.indexOf(one) > place) ?? null;
  const law = useCaseLaw(current?.id ?? null, upcoming?.id ?? null, String(desk.history.length));
  const alike = law?.alike ?? 0;
  const onDecided = useCallback(
    ({ caseId, action }: { caseId: string; action: string }) =>
      setLead(action !== "reopen" && alike > 0 ? { caseId, alike } : null),
    [alike],
  );
  const ruling = useRuling({ desk, sent, index, current, revealed, onward: show, onDecided });
  const { draft } = ruling.state;
  const { drop } = ruling;
  const live = useLive(desk.live ? article.projectId : null, article.id, current?.id ?? null);
  useStamp(live, desk.stamp);

  const go = useCallback(
    (id: string | null) => {
      show(id);
      drop();
    },
    [show, drop],
  );
  const step = useCallback(
    (by: 1 | -1) => {
      const at = shown.findIndex((one) => one.id === current?.id);
      const next = shown[at + by];
      if (next) go(next.id);
    },
    [shown, current, go],
  );
  const mayReveal = desk.mayDecide && desk.names === null;
  const reveal = useCallback(() => {
    setNames(false);
    const url = new URL(window.location.href);
    url.searchParams.set("reveal", "1");
    router.replace(`${url.pathname}${url.search}`, { scroll: false });
  }, [router]);
  useDeskKeys({
    off: keysOpen || following || names,
    ...{ current, ruling, law, onStep: step },
    onKeys: useCallback(() => setKeysOpen(true), []),
    onFollow: useCallback(() => setFollowing(lead !== null), [lead]),
    onReveal: useCallback(() => setNames(mayReveal), [mayReveal]),
  });

  const nameOf = useCallback((lane: string) => laneName(desk, lane), [desk]);
  const { range, lanes } = useLanes({ desk, cases, current, draft, index, nameOf });

  return (
    <main className="grid h-[calc(100dvh-49px)] grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)] max-lg:h-[calc(100dvh-94px)]">
      <div className="flex min-h-11 flex-wrap items-center gap-x-5 gap-y-1 border-b border-rule px-4 py-1 sm:px-6">
        <span className="whitespace-nowrap">
          <b className="font-semibold">Case {place + 1}</b> <span className="text-ink-2">of {cases.length}</span>
        </span>
        <fieldset className="flex min-w-0 gap-1 overflow-x-auto max-lg:order-last max-lg:w-full lg:flex-wrap">
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
        <span className="ml-auto" />
        {live && desk.live && <People live={live} cases={cases} articleId={article.id} />}
        <span className="text-ink-2">
          {decided} decided{stale > 0 && `, ${stale} of them stale`}
        </span>
        <Progress cases={cases} place={place} />
        {mayReveal && (
          <Button look="quiet" onClick={() => setNames(true)}>
            Show names{" "}
            <span className="max-md:hidden">
              <Kbd>V</Kbd>
            </span>
          </Button>
        )}
        {revealed && desk.names && article.state !== "SETTLED" && <Badge>names shown</Badge>}
        <Button look="quiet" className="max-md:hidden" onClick={() => setKeysOpen(true)} aria-label="Keys">
          <Kbd>?</Kbd>
        </Button>
      </div>
      <div className="grid min-h-0 max-lg:grid-cols-[minmax(0,1fr)] max-lg:grid-rows-[minmax(0,1fr)_minmax(0,48dvh)] lg:grid-cols-[minmax(0,1fr)_minmax(360px,440px)]">
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
            focusRange={range}
            scheme={scheme}
            onGo={go}
            focus={
              range &&
              current && (
                <Focus
                  index={index}
                  range={range}
                  lanes={lanes}
                  nothing={nothingWords(current, nameOf)}
                  scheme={scheme}
                  onSelect={ruling.onSelect}
                />
              )
            }
          />
        </section>
        {current ? (
          <CaseCard
            key={current.id}
            {...{ desk, index, ruling, law }}
            one={current}
            onStep={step}
            notice={<CaseNotice {...{ desk, index }} one={current} />}
            discussion={<CaseDiscussion key={current.id} articleId={article.id} caseId={current.id} />}
          />
        ) : (
          <aside className="border-l border-rule p-6">
            <Notice>No case here. {nextArticle ? "The next article waits." : "Nothing else waits."}</Notice>
          </aside>
        )}
      </div>
      {lead && !following && (
        <div role="status" className="flex flex-wrap items-center gap-3 border-t border-rule bg-surface px-6 py-2">
          <p className="flex-1">
            {lead.alike === 1 ? "One other open case has" : `${lead.alike} other open cases have`} the same words and
            votes as the one just decided.
          </p>
          <Button onClick={() => setFollowing(true)}>
            Decide {lead.alike === 1 ? "it" : "them"} alike <Kbd>F</Kbd>
          </Button>
          <Button look="quiet" onClick={() => setLead(null)}>
            Not now
          </Button>
        </div>
      )}
      {lead && (
        <FollowAlike
          caseId={lead.caseId}
          open={following}
          label={label}
          onClose={() => setFollowing(false)}
          onFollowed={() => {
            setFollowing(false);
            setLead(null);
            router.refresh();
          }}
        />
      )}
      <Dialog
        title="Show the reviewers’ names"
        description="Until now you have decided without knowing who marked what. Every decision that you make here from now on says that names were shown."
        open={names}
        onOpenChange={setNames}
      >
        <div className="flex justify-end gap-2">
          <Button onClick={() => setNames(false)}>Keep them hidden</Button>
          <Button look="primary" onClick={reveal}>
            Show names
          </Button>
        </div>
      </Dialog>
      {ruling.unmade.map((one) => (
        <Unmade
          key={one.caseId}
          place={cases.findIndex((each) => each.id === one.caseId)}
          why={one.state.problem?.detail ?? ""}
          onBack={() => ruling.redo(one)}
        />
      ))}
      {cases.length > 0 && sent.sent.size === 0 && openCases(cases).length === 0 && (
        <Settled queueHref={queueHref} nextArticle={nextArticle} />
      )}
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
