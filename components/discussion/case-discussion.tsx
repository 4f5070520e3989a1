"use client";

import { useEffect, useState } from "react";
import { api } from "../api";
import { Button } from "../ui/button";
import { Composer, type Person, Thread, type ThreadView } from "./thread";

/** The threads about one case, in its card. Read when the case is shown; nothing is held back from whoever may see the case. */
export function CaseDiscussion({ articleId, caseId }: { articleId: string; caseId: string }) {
  const [threads, setThreads] = useState<readonly ThreadView[] | null>(null);
  const [people, setPeople] = useState<readonly Person[]>([]);
  const [failed, setFailed] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const gone = new AbortController();
    setThreads(null);
    setOpen(false);
    void api<{ items: ThreadView[]; people: Person[] }>(
      "GET",
      `/articles/${articleId}/threads?case=${caseId}`,
      undefined,
      {
        signal: gone.signal,
      },
    ).then((answer) => {
      if (gone.signal.aborted) return;
      setFailed(answer.ok || answer.status === 403 ? null : answer.detail);
      if (!answer.ok) return;
      setThreads(answer.value.items);
      setPeople(answer.value.people);
      setOpen(answer.value.items.some((one) => one.resolvedAt === null));
    });
    return () => gone.abort();
  }, [articleId, caseId]);

  if (failed) return <p className="border-t border-rule pt-3 text-ink-2">The discussion could not be read: {failed}</p>;
  if (!threads) return null;
  const said = threads.reduce((sum, one) => sum + one.posts.length, 0);
  return (
    <section aria-label="Discussion" className="grid gap-3 border-t border-rule pt-3">
      <div className="flex items-center justify-between">
        <h3 className="font-medium">Discussion</h3>
        <Button look="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? "Fold" : said === 0 ? "Say something" : said === 1 ? "1 post" : `${said} posts`}
        </Button>
      </div>
      {open &&
        threads.map((thread) => (
          <Thread
            key={thread.id}
            thread={thread}
            onChange={(next) => setThreads((all) => (all ?? []).map((one) => (one.id === next.id ? next : one)))}
          />
        ))}
      {open && threads.length === 0 && (
        <Composer
          label="What is to be said about this case"
          people={people}
          button="Open a thread"
          onSend={async (body) => {
            const answer = await api<ThreadView>("POST", `/articles/${articleId}/threads`, {
              id: crypto.randomUUID(),
              caseId,
              body,
            });
            setFailed(answer.ok ? null : answer.detail);
            if (answer.ok) setThreads([answer.value]);
            return answer.ok;
          }}
        />
      )}
    </section>
  );
}
