import type { Metadata } from "next";
import { Agreement } from "@/components/agreement/agreement";
import { AttributeAgreements } from "@/components/agreement/attributes";
import { Empty, Page, PageHead } from "@/components/ui/page";
import { projectAgreement } from "@/lib/server/agreement";
import { agreementSchema } from "@/lib/server/agreement.schema";
import { projectRights } from "@/lib/server/overview";
import { orNotFound, pageActor } from "@/lib/server/page";

export const metadata: Metadata = { title: "Agreement" };

type Asked = {
  readonly params: Promise<{ project: string }>;
  readonly searchParams: Promise<{ accepted?: string | string[] }>;
};

export default async function AgreementPage({ params, searchParams }: Asked) {
  const actor = await pageActor();
  const { project } = await params;
  const rights = orNotFound(await projectRights(actor, project));
  const accepted = (await searchParams).accepted === "false" ? "false" : "true";
  const { report, names, scheme, view } = orNotFound(
    await projectAgreement(actor, project, agreementSchema.parse({ accepted })),
  );
  return (
    <Page>
      <PageHead
        title="Agreement"
        note={view === "own" ? "Your own figures, from articles that are settled." : undefined}
      />
      {report.articles === 0 ? (
        <Empty title="Nothing to compare yet">
          Agreement needs an article with two submitted reviews. A review submitted with no span counts; one not
          submitted does not.
        </Empty>
      ) : (
        <>
          <Agreement
            report={report}
            scheme={scheme}
            names={names}
            casesHref={rights.list ? `/projects/${project}/adjudication` : null}
          />
          <AttributeAgreements
            report={report}
            scheme={scheme}
            accepted={accepted === "true"}
            here={`/projects/${project}/agreement`}
          />
        </>
      )}
    </Page>
  );
}
