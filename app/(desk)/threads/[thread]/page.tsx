import type { Metadata } from "next";
import Link from "next/link";
import { ThreadPage } from "@/components/discussion/thread-page";
import { TopBar } from "@/components/shell/top-bar";
import { ButtonLink } from "@/components/ui/button";
import { Page, PageHead } from "@/components/ui/page";
import { projectRights } from "@/lib/server/overview";
import { orNotFound, pageActor } from "@/lib/server/page";
import { getProject } from "@/lib/server/projects";
import { getThread } from "@/lib/server/threads";
import { indexText } from "@/lib/text/codepoints";

export const metadata: Metadata = { title: "Thread" };

export default async function ThreadsPage({ params }: { params: Promise<{ thread: string }> }) {
  const actor = await pageActor();
  const { thread: id } = await params;
  const thread = orNotFound(await getThread(actor, id));
  const { projectId, context, contextStart, start, end } = thread;
  const project = orNotFound(await getProject(actor, projectId));
  const rights = orNotFound(await projectRights(actor, projectId));
  const text = indexText(context);
  const cut = (from: number, to: number) =>
    text.slice({ start: Math.max(0, from - contextStart), end: Math.min(text.length, to - contextStart) });
  const at = (path: string, name: string) => ({ href: `/projects/${projectId}/${path}`, name });
  const entries = [
    ...(rights.review ? [at("queue", "Queue")] : []),
    at("articles", "Articles"),
    ...(rights.list ? [at("adjudication", "Adjudication")] : []),
    at("discussion", "Discussion"),
    at("guideline", "Guideline"),
  ];
  return (
    <>
      <TopBar project={project} entries={entries} user={actor} />
      <Page narrow>
        <PageHead title={thread.title} note={`${thread.resolvedAt === null ? "Open" : "Resolved"} thread`}>
          {thread.maySettle && (
            <ButtonLink href={`/settle/${thread.articleId}${thread.caseId ? `?case=${thread.caseId}` : ""}`}>
              {thread.caseId ? "Open the case" : "Open the article’s cases"}
            </ButtonLink>
          )}
        </PageHead>
        <blockquote className="my-6 border-l-2 border-rule pl-4 font-serif text-[18px] leading-7 whitespace-pre-line">
          {cut(contextStart, start)}
          <mark className="bg-press text-ink underline decoration-1 underline-offset-4">{cut(start, end)}</mark>
          {cut(end, contextStart + text.length)}
        </blockquote>
        <ThreadPage thread={thread} />
        <p className="pt-6 text-ink-2">
          <Link className="link" href={`/projects/${projectId}/discussion`}>
            All threads
          </Link>
        </p>
      </Page>
    </>
  );
}
