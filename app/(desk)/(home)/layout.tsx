import type { ReactNode } from "react";
import { TopBar } from "@/components/shell/top-bar";
import { Notice } from "@/components/ui/page";
import { diskWarning } from "@/lib/server/disk";
import { pageActor } from "@/lib/server/page";

/** The pages of the whole desk. */
export default async function HomeLayout({ children }: { children: ReactNode }) {
  const actor = await pageActor();
  const entries = [
    { href: "/", name: "Projects" },
    ...(actor.isAdmin ? [{ href: "/people", name: "People" }] : []),
    { href: "/account", name: "Account" },
  ];
  const warning = actor.isAdmin ? await diskWarning() : null;
  return (
    <>
      <TopBar entries={entries} user={actor} />
      {warning && (
        <div className="mx-auto w-full max-w-[1320px] px-4 pt-6 sm:px-8">
          <Notice tone="fault">{warning}</Notice>
        </div>
      )}
      {children}
    </>
  );
}
