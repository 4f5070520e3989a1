import type { Metadata } from "next";
import { ArticleFacts } from "@/components/articles/article-facts";
import { ArticleReviews } from "@/components/articles/article-reviews";
import { STATE_WORDS } from "@/components/articles/article-table";
import { RegionEditor } from "@/components/articles/region-editor";
import { PutInBin } from "@/components/bin/put-in-bin";
import { ButtonLink } from "@/components/ui/button";
import { Page, PageHead, Section } from "@/components/ui/page";
import { getArticle } from "@/lib/server/articles";
import { listReviews } from "@/lib/server/assignments";
import { affectedBy } from "@/lib/server/binProjects";
import { listMembers } from "@/lib/server/members";
import { projectRights } from "@/lib/server/overview";
import { orNotFound, pageActor } from "@/lib/server/page";
import { getProject } from "@/lib/server/projects";

export const metadata: Metadata = { title: "Article" };

export default async function ArticlePage({ params }: { params: Promise<{ project: string; article: string }> }) {
  const actor = await pageActor();
  const { project: projectId, article: articleId } = await params;
  const project = orNotFound(await getProject(actor, projectId));
  const article = orNotFound(await getArticle(actor, articleId));
  const rights = orNotFound(await projectRights(actor, article.projectId));
  const reviews = rights.edit ? await listReviews(actor, articleId) : null;
  const people = rights.edit ? orNotFound(await listMembers(actor, projectId, { limit: 200 })).items : [];
  return (
    <Page>
      <PageHead title={article.title} note={STATE_WORDS[article.state]}>
        {rights.edit && (
          <PutInBin
            what="article"
            name={article.title}
            path={`/articles/${articleId}`}
            then={`/projects/${projectId}/articles`}
            affected={orNotFound(await affectedBy(actor, article.projectId, articleId))}
          />
        )}
        {rights.list && article.state !== "OPEN" && (
          <ButtonLink look="primary" href={`/settle/${articleId}`}>
            {article.state === "SETTLED" ? "See how it was settled" : "Settle its cases"}
          </ButtonLink>
        )}
      </PageHead>
      <Section title="Where it is from">
        <ArticleFacts article={article} mayEdit={rights.edit} />
      </Section>
      {reviews?.ok && (
        <Section title="Reviews">
          <ArticleReviews
            articleId={articleId}
            reviews={reviews.value.items}
            people={people.filter((person) => !person.imported && !person.disabled)}
            open={article.state === "OPEN"}
          />
        </Section>
      )}
      <Section
        title="Text and regions"
        note="What the page’s parts are. Debris is folded for reviewers and does not count."
      >
        <RegionEditor
          key={article.version}
          articleId={articleId}
          version={article.version}
          text={article.text}
          regions={article.regions}
          scope={project.scope}
          mayEdit={rights.edit}
        />
      </Section>
    </Page>
  );
}
