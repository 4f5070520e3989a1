import type { Metadata } from "next";
import { RuleLaw } from "@/components/guideline/case-law";
import { GuidelineEditor } from "@/components/guideline/guideline-editor";
import { GuidelineText } from "@/components/guideline/markdown";
import { ButtonLink } from "@/components/ui/button";
import { Page, PageHead, Section } from "@/components/ui/page";
import { withExample } from "@/lib/scheme/rule-changes";
import { recheckList, ruleLaw } from "@/lib/server/case-law";
import { getCase } from "@/lib/server/cases";
import { getGuideline } from "@/lib/server/guidelines";
import { projectRights } from "@/lib/server/overview";
import { orNotFound, pageActor } from "@/lib/server/page";

export const metadata: Metadata = { title: "Guideline" };

type Props = { params: Promise<{ project: string }>; searchParams: Promise<{ rule?: string; case?: string }> };

export default async function GuidelinePage({ params, searchParams }: Props) {
  const actor = await pageActor();
  const { project } = await params;
  const rights = orNotFound(await projectRights(actor, project));
  const { version, markdown } = orNotFound(await getGuideline(actor, project));
  const law = orNotFound(await ruleLaw(actor, project));
  const again = rights.list ? orNotFound(await recheckList(actor, project, { limit: 1 })).total : 0;
  const asked = await searchParams;
  // A draft from a case: its words as an example under the rule. Whoever may not see the case gets none.
  const found = rights.edit && asked.case ? await getCase(actor, asked.case) : null;
  const draft = found?.ok ? withExample(markdown, asked.rule ?? null, exampleOf(found.value)) : null;
  return (
    <Page>
      <PageHead title="Guideline" note={`Version ${version}. Every span records the version it was made under.`}>
        {again > 0 && (
          <ButtonLink href={`/projects/${project}/guideline/recheck`}>
            {again === 1 ? "1 decision" : `${again} decisions`} to look at again
          </ButtonLink>
        )}
      </PageHead>
      {rights.edit ? (
        <GuidelineEditor key={version} projectId={project} markdown={markdown} version={version} draft={draft} />
      ) : (
        <div className="py-6">
          <GuidelineText markdown={markdown} />
        </div>
      )}
      <Section title="Case law" note="Each rule with the decisions that cite it.">
        <RuleLaw projectId={project} rules={law.items} />
      </Section>
    </Page>
  );
}

type Ruled = {
  readonly quote: string;
  readonly decision: { readonly spans: readonly { readonly label: string }[]; readonly note: string } | null;
};

function exampleOf({ quote, decision }: Ruled): string {
  const labels = [...new Set((decision?.spans ?? []).map((span) => span.label))].join(", ") || "nothing here";
  return `- Example: “${quote.replace(/\s+/g, " ")}” is ${labels}.${decision?.note ? ` ${decision.note}` : ""}`;
}
