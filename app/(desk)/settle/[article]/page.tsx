import type { Metadata } from "next";
import { AdjudicationDesk } from "@/components/adjudication/desk";
import { TopBar } from "@/components/shell/top-bar";
import { rules } from "@/lib/scheme/guideline";
import { getArticle } from "@/lib/server/articles";
import { allCasesOf, listCases } from "@/lib/server/cases";
import { caseListSchema } from "@/lib/server/cases.schema";
import { articleDecisions } from "@/lib/server/gold";
import { getGuideline } from "@/lib/server/guidelines";
import { articleStamp } from "@/lib/server/live";
import { mayDecide, projectRights } from "@/lib/server/overview";
import { orNotFound, pageActor } from "@/lib/server/page";
import { getProject } from "@/lib/server/projects";
import { getScheme } from "@/lib/server/schemes";

export const metadata: Metadata = { title: "Settle" };

type Props = { params: Promise<{ article: string }>; searchParams: Promise<{ case?: string; reveal?: string }> };

export default async function SettlePage({ params, searchParams }: Props) {
  const actor = await pageActor();
  const { article: id } = await params;
  const { case: first, reveal } = await searchParams;
  const article = orNotFound(await getArticle(actor, id));
  const { projectId } = article;
  // Before the cases: what changes between the two is then seen as a change.
  const stamp = await articleStamp(actor, id);
  const [project, rights, found, scheme, guideline, waiting, decides, decisions] = await Promise.all([
    getProject(actor, projectId),
    projectRights(actor, projectId),
    allCasesOf(actor, id, { reveal: reveal === "1" }),
    getScheme(actor, projectId),
    getGuideline(actor, projectId),
    listCases(actor, projectId, caseListSchema.parse({ status: "undecided", limit: 50 })),
    mayDecide(actor, id),
    articleDecisions(actor, id),
  ]);
  const { cases } = orNotFound(found);
  const { id: at, name } = orNotFound(project);
  const next = orNotFound(waiting).items.find((one) => one.articleId !== id);
  const names =
    cases[0]?.anonymous === false
      ? Object.fromEntries(cases.flatMap((one) => one.lanes.map((lane) => [lane.lane, lane.name ?? lane.lane])))
      : null;
  const { list, review } = orNotFound(rights);
  const queueHref = `/projects/${at}/${list ? "adjudication" : "queue"}`;
  const entries = [
    ...(review ? [{ href: `/projects/${at}/queue`, name: "Queue" }] : []),
    ...(list
      ? [
          { href: `/projects/${at}/articles`, name: "Articles" },
          { href: `/projects/${at}/adjudication`, name: "Adjudication" },
          { href: `/projects/${at}/agreement`, name: "Agreement" },
        ]
      : []),
  ];
  return (
    <>
      <TopBar project={{ id: at, name }} entries={entries} user={actor} />
      <AdjudicationDesk
        key={id}
        desk={{
          article,
          cases,
          scheme: orNotFound(scheme),
          rules: rules(orNotFound(guideline).markdown),
          names,
          mayDecide: orNotFound(decides),
          stamp: orNotFound(stamp),
          live: list,
          history: orNotFound(decisions).items,
        }}
        first={first ?? null}
        revealed={reveal === "1"}
        queueHref={queueHref}
        nextArticle={next ? `/settle/${next.articleId}?case=${next.id}` : null}
      />
    </>
  );
}
