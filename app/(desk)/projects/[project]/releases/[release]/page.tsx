import type { Metadata } from "next";
import { GuidelineText } from "@/components/guideline/markdown";
import { ReleaseProgress } from "@/components/releases/progress";
import { ReleaseFiles } from "@/components/releases/release-files";
import { ButtonLink } from "@/components/ui/button";
import { Notice, Page, PageHead, Section } from "@/components/ui/page";
import { Ago } from "@/components/ui/time";
import { projectRights } from "@/lib/server/overview";
import { orNotFound, pageActor } from "@/lib/server/page";
import { getRelease } from "@/lib/server/releases";
import { releaseCard } from "@/lib/server/releasesRead";

export const metadata: Metadata = { title: "Release" };

export default async function ReleasePage({ params }: { params: Promise<{ project: string; release: string }> }) {
  const actor = await pageActor();
  const { project, release: number } = await params;
  const rights = orNotFound(await projectRights(actor, project));
  const release = orNotFound(await getRelease(actor, project, number));
  const place = `/projects/${project}/releases/${release.number}`;
  const note = (
    <>
      Asked for <Ago at={release.createdAt} />
      {release.createdBy && ` by ${release.createdBy}`}
    </>
  );
  const previous = release.figures?.previous;
  return (
    <Page>
      <PageHead title={`Release ${release.number}`} note={note}>
        {previous && (
          <ButtonLink href={`${place}/changes?against=${previous.number}`}>
            Changes since release {previous.number}
          </ButtonLink>
        )}
        <ButtonLink look="quiet" href={`/projects/${project}/releases`}>
          All releases
        </ButtonLink>
      </PageHead>
      {release.state !== "ready" ? (
        <ReleaseProgress place={place} state={release.state} progress={release.progress} mayEdit={rights.edit} />
      ) : release.withheld ? (
        <div className="py-6">
          <Notice>
            You review an article that is in this release. What is in it opens to you when that article is settled.
          </Notice>
        </div>
      ) : (
        <>
          <Section title="Files" note="Each is checked against its SHA-256 by sha256sum -c SHA256SUMS.">
            <ReleaseFiles place={place} files={release.files} />
          </Section>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
          <section className="overflow-x-auto py-6" aria-label="Data card" tabIndex={0}>
            <GuidelineText markdown={orNotFound(await releaseCard(actor, project, number))} />
          </section>
        </>
      )}
    </Page>
  );
}
