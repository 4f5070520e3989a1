import type { Metadata } from "next";
import { InboxList } from "@/components/inbox/inbox-list";
import { Page, PageHead } from "@/components/ui/page";
import { inbox } from "@/lib/server/inbox";
import { orNotFound, pageActor } from "@/lib/server/page";

export const metadata: Metadata = { title: "Inbox" };

export default async function InboxPage() {
  const actor = await pageActor();
  const { items } = orNotFound(await inbox(actor));
  return (
    <Page narrow>
      <PageHead title="Inbox" note="What waits for you in all projects. Gloss sends no e-mail." />
      <InboxList items={items} />
    </Page>
  );
}
