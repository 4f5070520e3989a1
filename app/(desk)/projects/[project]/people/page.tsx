import type { Metadata } from "next";
import { Members } from "@/components/people/members";
import { Page, PageHead } from "@/components/ui/page";
import { listInvitations, listMembers } from "@/lib/server/members";
import { orNotFound, pageActor } from "@/lib/server/page";

export const metadata: Metadata = { title: "People" };

export default async function MembersPage({ params }: { params: Promise<{ project: string }> }) {
  const actor = await pageActor();
  const { project } = await params;
  const members = orNotFound(await listMembers(actor, project, { limit: 200 }));
  const invitations = orNotFound(await listInvitations(actor, project, { limit: 200 }));
  return (
    <Page>
      <PageHead title="People" note="Who belongs to this project, and as what. A person can have several roles." />
      <Members projectId={project} members={members.items} invitations={invitations.items} mayEdit />
    </Page>
  );
}
