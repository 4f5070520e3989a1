import type { Metadata } from "next";
import { Account } from "@/components/account/account";
import { Page, PageHead } from "@/components/ui/page";
import { getMe, listSessions } from "@/lib/server/account";
import { orThrow, pageActor } from "@/lib/server/page";
import { listProjects } from "@/lib/server/projects";
import { listTokens } from "@/lib/server/tokens";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage() {
  const actor = await pageActor();
  const [me, sessions, tokens, projects] = await Promise.all([
    getMe(actor),
    listSessions(actor, { limit: 50 }),
    listTokens(actor, { limit: 100 }),
    listProjects(actor, { limit: 200 }),
  ]);
  return (
    <Page>
      <PageHead title="Account" />
      <Account
        me={orThrow(me)}
        sessions={orThrow(sessions).items}
        tokens={orThrow(tokens).items}
        projects={orThrow(projects).items}
      />
    </Page>
  );
}
