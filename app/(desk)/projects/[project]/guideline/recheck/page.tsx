import type { Metadata } from "next";
import Link from "next/link";
import { RecheckList } from "@/components/guideline/recheck-list";
import { ButtonLink } from "@/components/ui/button";
import { Page, PageHead } from "@/components/ui/page";
import { recheckList } from "@/lib/server/case-law";
import { recheckQuery } from "@/lib/server/case-law.schema";
import { orNotFound, pageActor } from "@/lib/server/page";

export const metadata: Metadata = { title: "Look at again" };

type Props = { params: Promise<{ project: string }>; searchParams: Promise<Record<string, string | string[]>> };

export default async function RecheckPage({ params, searchParams }: Props) {
  const actor = await pageActor();
  const { project } = await params;
  const given = Object.fromEntries(Object.entries(await searchParams).map(([key, value]) => [key, String(value)]));
  const parsed = recheckQuery.safeParse(given);
  const found = orNotFound(await recheckList(actor, project, parsed.success ? parsed.data : {}));
  return (
    <Page>
      <PageHead
        title="Look at again"
        note="Decisions made before a rule changed that they cite, or that is about their labels."
      >
        <ButtonLink href={`/projects/${project}/guideline`}>Guideline</ButtonLink>
      </PageHead>
      <RecheckList
        key={found.items.map((one) => one.decisionId).join()}
        projectId={project}
        rows={found.items}
        total={found.total}
      />
      {found.nextCursor && (
        <Link className="link" href={`?${new URLSearchParams({ ...given, cursor: found.nextCursor })}`}>
          Next page
        </Link>
      )}
    </Page>
  );
}
