import type { Metadata } from "next";
import { Users } from "@/components/people/users";
import { Page, PageHead } from "@/components/ui/page";
import { orNotFound, pageActor } from "@/lib/server/page";
import { listUsers } from "@/lib/server/users";

export const metadata: Metadata = { title: "People" };

export default async function PeoplePage() {
  const actor = await pageActor();
  const { items } = orNotFound(await listUsers(actor, { limit: 200 }));
  return (
    <Page>
      <PageHead title="People of this desk" note="Accounts. What someone may do in a project is set in that project." />
      <Users users={items} me={actor.userId} />
    </Page>
  );
}
