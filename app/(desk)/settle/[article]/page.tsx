import type { Metadata } from "next";
import { AdjudicationDesk } from "@/components/adjudication/desk";
import { TopBar } from "@/components/shell/top-bar";
import { rules } from "@/lib/scheme/guideline";
import { articleDesk } from "@/lib/server/article-desk";
import { orNotFound, pageActor } from "@/lib/server/page";

export const metadata: Metadata = { title: "Settle" };

type Props = { params: Promise<{ article: string }>; searchParams: Promise<{ case?: string; reveal?: string }> };

export default async function SettlePage({ params, searchParams }: Props) {
  const actor = await pageActor();
  const { article: id } = await params;
  const { case: first, reveal } = await searchParams;
  const desk = orNotFound(await articleDesk(actor, id, { reveal: reveal === "1" }));
  const { project, cases, next, may } = desk;
  const names =
    cases[0]?.anonymous === false
      ? Object.fromEntries(cases.flatMap((one) => one.lanes.map((lane) => [lane.lane, lane.name ?? lane.lane])))
      : null;
  const queueHref = `/projects/${project.id}/${may.list ? "adjudication" : "queue"}`;
  const entries = [
    ...(may.review ? [{ href: `/projects/${project.id}/queue`, name: "Queue" }] : []),
    ...(may.list
      ? [
          { href: `/projects/${project.id}/articles`, name: "Articles" },
          { href: `/projects/${project.id}/adjudication`, name: "Adjudication" },
          { href: `/projects/${project.id}/agreement`, name: "Agreement" },
        ]
      : []),
  ];
  return (
    <>
      <TopBar project={project} entries={entries} user={actor} />
      <AdjudicationDesk
        key={id}
        desk={{
          ...{ article: desk.article, cases, scheme: desk.scheme, rules: rules(desk.guideline), names },
          ...{ mayDecide: may.decide, live: may.list, stamp: desk.stamp, history: desk.decisions },
        }}
        first={first ?? null}
        revealed={reveal === "1"}
        queueHref={queueHref}
        nextArticle={next ? `/settle/${next.articleId}?case=${next.caseId}` : null}
      />
    </>
  );
}
