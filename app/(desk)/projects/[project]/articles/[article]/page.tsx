import type { Metadata } from "next";
import Link from "next/link";
import { ArticleFacts } from "@/components/articles/article-facts";
import { ArticleReviews } from "@/components/articles/article-reviews";
import { STATE_WORDS } from "@/components/articles/article-table";
import { RegionEditor } from "@/components/articles/region-editor";
import { PutInBin } from "@/components/bin/put-in-bin";
import { ButtonLink } from "@/components/ui/button";
import { Notice, Page, PageHead, Section } from "@/components/ui/page";
import { AddVersion } from "@/components/versions/add-version";
import { VersionList } from "@/components/versions/version-list";
import { getArticle } from "@/lib/server/articles";
import { listReviews } from "@/lib/server/assignments";
import { affectedBy } from "@/lib/server/binProjects";
import { listMembers } from "@/lib/server/members";
import { projectRights } from "@/lib/server/overview";
import { orNotFound, pageActor } from "@/lib/server/page";
import { getProject } from "@/lib/server/projects";
import { listVersions } from "@/lib/server/versions";

export const metadata: Metadata = { title: "Article" };

export default async function ArticlePage({ params }: { params: Promise<{ project: string; article: string }> }) {
  const actor = await pageActor();
  const { project: projectId, article: articleId } = await params;
  const project = orNotFound(await getProject(actor, projectId));
  const article = orNotFound(await getArticle(actor, articleId));
  const rights = orNotFound(await projectRights(actor, article.projectId));
  const versions = orNotFound(await listVersions(actor, articleId)).items;
  const newest = article.superseded ? versions.find(({ superseded }) => !superseded) : undefined;
  const reviews = rights.edit ? await listReviews(actor, articleId) : null;
  const people = rights.edit ? orNotFound(await listMembers(actor, projectId, { limit: 200 })).items : [];
  return (
    <Page>
      <PageHead title={article.title} note={article.superseded ? "former version" : STATE_WORDS[article.state]}>
        {rights.edit && (
          <AddVersion projectId={projectId} articleId={articleId} title={article.title} url={article.url} />
        )}
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
            {article.state === "SETTLED"
              ? "See how it was settled"
              : article.superseded
                ? "See its cases"
                : "Settle its cases"}
          </ButtonLink>
        )}
      </PageHead>
      {newest && newest.id !== articleId && (
        <div className="pt-4">
          <Notice>
            A newer version has taken this article’s place. It stays as it was and no longer counts.{" "}
            <Link className="link text-ink" href={`/projects/${projectId}/articles/${newest.id}`}>
              Version {newest.textVersion}
            </Link>
          </Notice>
        </div>
      )}
      {versions.length > 1 && (
        <Section title="Versions" note="The texts that this page had. The newest counts.">
          <VersionList projectId={projectId} articleId={articleId} versions={versions} />
        </Section>
      )}
      <Section title="Where it is from">
        <ArticleFacts article={article} mayEdit={rights.edit} />
      </Section>
      {reviews?.ok && (
        <Section title="Reviews">
          <ArticleReviews
            articleId={articleId}
            reviews={reviews.value.items}
            people={people.filter((person) => !person.imported && !person.disabled)}
            open={article.state === "OPEN" && !article.superseded}
            frozen={article.superseded}
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
