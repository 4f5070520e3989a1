import type { Metadata } from "next";
import Link from "next/link";
import { ButtonLink } from "@/components/ui/button";
import { Empty, Page, PageHead, Section } from "@/components/ui/page";
import { CarriedList } from "@/components/versions/carried-list";
import { DiffText } from "@/components/versions/diff";
import { carriedWords } from "@/components/versions/version-list";
import { getArticle } from "@/lib/server/articles";
import { orNotFound, pageActor } from "@/lib/server/page";
import { getScheme } from "@/lib/server/schemes";
import { diffVersions, listVersions } from "@/lib/server/versions";
import { diffQuery } from "@/lib/server/versions.schema";

export const metadata: Metadata = { title: "What changed" };

export default async function DiffPage({
  params,
  searchParams,
}: {
  params: Promise<{ project: string; article: string }>;
  searchParams: Promise<{ from?: string }>;
}) {
  const actor = await pageActor();
  const { project: projectId, article: articleId } = await params;
  const asked = diffQuery.safeParse({ from: (await searchParams).from });
  const article = orNotFound(await getArticle(actor, articleId));
  const diff = orNotFound(await diffVersions(actor, articleId, asked.success ? asked.data : {}));
  const versions = orNotFound(await listVersions(actor, articleId)).items;
  const scheme = orNotFound(await getScheme(actor, projectId));
  const labels = new Map(scheme.labels.map((label) => [label.key, label.name]));
  const { from, to, words, carried, spans, paragraphs } = diff;
  const others = versions.filter(({ textVersion }) => textVersion < to.textVersion && textVersion !== from.textVersion);
  const at = `/projects/${projectId}/articles/${articleId}`;
  return (
    <Page>
      <PageHead
        title={to.title}
        note={`Version ${from.textVersion} against version ${to.textVersion}: ${words.in} ${words.in === 1 ? "word" : "words"} came, ${words.out} went.`}
      >
        {others.map(({ textVersion }) => (
          <ButtonLink key={textVersion} href={`${at}/diff?from=${textVersion}`}>
            Against version {textVersion}
          </ButtonLink>
        ))}
        <ButtonLink href={at}>The article</ButtonLink>
      </PageHead>
      {carried && (
        <Section title="Marks carried over" note={`${carriedWords(carried)}.`}>
          {carried.open > 0 && (
            <p className="mb-3">
              <Link className="link" href={`/projects/${projectId}/orphans?article=${articleId}`}>
                {carried.open === 1 ? "1 mark waits" : `${carried.open} marks wait`} for a place
              </Link>
            </p>
          )}
          {spans.length === 0 ? (
            <p className="text-ink-2">Every mark stands on the same words as before.</p>
          ) : (
            <CarriedList spans={spans} labels={labels} />
          )}
        </Section>
      )}
      <Section title="The text" note="What came is underlined, what went is struck through.">
        {paragraphs.every(({ kind }) => kind === "same") ? (
          <Empty title="No words changed">The two differ in blanks or line breaks only.</Empty>
        ) : (
          <DiffText paragraphs={paragraphs} language={article.language} />
        )}
      </Section>
    </Page>
  );
}
