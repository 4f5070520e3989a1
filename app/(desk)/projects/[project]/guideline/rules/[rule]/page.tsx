import type { Metadata } from "next";
import Link from "next/link";
import { CitingTable } from "@/components/guideline/case-law";
import { GuidelineText } from "@/components/guideline/markdown";
import { ButtonLink } from "@/components/ui/button";
import { Empty, Page, PageHead, Section } from "@/components/ui/page";
import { ruleAt } from "@/lib/scheme/guideline";
import { decisionsUnder } from "@/lib/server/case-law";
import { getGuideline } from "@/lib/server/guidelines";
import { orNotFound, pageActor } from "@/lib/server/page";

export const metadata: Metadata = { title: "Rule" };

type Props = { params: Promise<{ project: string; rule: string }>; searchParams: Promise<{ cursor?: string }> };

export default async function RulePage({ params, searchParams }: Props) {
  const actor = await pageActor();
  const { project, rule: anchor } = await params;
  const name = decodeURIComponent(anchor);
  const { cursor } = await searchParams;
  const { markdown } = orNotFound(await getGuideline(actor, project));
  const rule = ruleAt(markdown, name);
  const list = orNotFound(await decisionsUnder(actor, project, name, cursor ? { cursor } : {}));
  return (
    <Page>
      <PageHead
        title={rule ? `${rule.number ?? ""} ${rule.title}`.trim() : name}
        note={rule ? (rule.section ?? undefined) : "This rule is no longer in the guideline."}
      >
        <ButtonLink href={`/projects/${project}/guideline`}>Guideline</ButtonLink>
      </PageHead>
      {rule && (
        <div className="py-6">
          <GuidelineText markdown={rule.body} />
        </div>
      )}
      <Section title="Decided by this rule">
        {list.items.length === 0 ? (
          <Empty title="No decision cites it yet">Adjudicators cite a rule when they decide a case.</Empty>
        ) : (
          <CitingTable rows={list.items} />
        )}
        {list.nextCursor && (
          <Link className="link" href={`?cursor=${list.nextCursor}`}>
            Next page
          </Link>
        )}
      </Section>
    </Page>
  );
}
