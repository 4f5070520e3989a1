import type { ReactNode } from "react";
import { TopBar } from "@/components/shell/top-bar";
import { pageActor } from "@/lib/server/page";

/** The pages of the whole desk. */
export default async function HomeLayout({ children }: { children: ReactNode }) {
  const actor = await pageActor();
  const entries = [
    { href: "/", name: "Projects" },
    ...(actor.isAdmin ? [{ href: "/people", name: "People" }] : []),
    { href: "/account", name: "Account" },
  ];
  return (
    <>
      <TopBar entries={entries} user={actor} />
      {children}
    </>
  );
}
