"use client";

import { ChevronRight, Monitor, Moon, Sun, UserRound } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTheme } from "next-themes";
import { useEffect, useRef, useState } from "react";
import { InboxLink } from "../inbox/inbox-link";
import { Button } from "../ui/button";
import { cls } from "../ui/class";
import { Menu, MenuItem, MenuLink, MenuSeparator } from "../ui/menu";
import { signOut, unsentChanges } from "./sign-out";
import { SignOutDialog } from "./sign-out-dialog";

export type NavEntry = { readonly href: string; readonly name: string };

/** Brand, where one is, what else is here, and oneself. The same on every desk page but the review and settling screens, which have their own. */
export function TopBar({
  project,
  entries,
  user,
}: {
  project?: { id: string; name: string };
  entries: readonly NavEntry[];
  user: { name: string; isAdmin: boolean };
}) {
  const path = usePathname();
  // On a phone the entries scroll sideways: the one that one is on is in view.
  const nav = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another path has another entry
  useEffect(() => {
    nav.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [path]);
  const home = project ? `/projects/${project.id}` : "/";
  return (
    <header className="sticky top-0 z-30 border-b border-rule bg-paper">
      <div className="flex min-h-12 flex-wrap items-center gap-x-3 px-4 sm:px-6">
        <Link href="/" className="font-serif text-[20px] leading-6 font-medium tracking-[-0.01em]">
          Gloss
        </Link>
        {project && (
          <>
            <ChevronRight size={14} aria-hidden className="text-ink-3" />
            <Link href={home} className="max-w-56 truncate font-medium">
              {project.name}
            </Link>
          </>
        )}
        <nav
          ref={nav}
          aria-label={project ? "Project" : "Gloss"}
          className="order-last -mx-4 flex w-[calc(100%+32px)] gap-5 overflow-x-auto px-4 text-ink-2 lg:order-none lg:mx-3 lg:w-auto lg:px-0"
        >
          {entries.map((entry) => {
            const here =
              entry.href === path || (entry.href !== home && entry.href !== "/" && path.startsWith(entry.href));
            return (
              <Link
                key={entry.href}
                href={entry.href}
                aria-current={here ? "page" : undefined}
                className={cls(
                  "-mb-px border-b-2 py-3 leading-5 whitespace-nowrap hover:text-ink",
                  here ? "border-ink font-medium text-ink" : "border-transparent",
                )}
              >
                {entry.name}
              </Link>
            );
          })}
        </nav>
        <div className="ml-auto flex items-center">
          <InboxLink />
          <UserMenu user={user} />
        </div>
      </div>
    </header>
  );
}

export function UserMenu({ user }: { user: { name: string; isAdmin: boolean } }) {
  const { setTheme } = useTheme();
  const [asked, setAsked] = useState<{ readonly waiting: number; readonly failed: boolean } | null>(null);
  const leave = async () => {
    const waiting = await unsentChanges();
    if (waiting > 0) setAsked({ waiting, failed: false });
    else if (!(await signOut())) setAsked({ waiting: 0, failed: true });
  };
  return (
    <>
      <Menu
        label={`${user.name}: account and theme`}
        trigger={
          <Button look="quiet">
            <UserRound size={15} aria-hidden className="text-ink-2" />
            <span className="max-w-40 truncate max-sm:hidden">{user.name}</span>
          </Button>
        }
      >
        <MenuLink href="/account">Account, sessions, tokens</MenuLink>
        {user.isAdmin && <MenuLink href="/people">People of this desk</MenuLink>}
        <MenuLink href="/docs/api">API</MenuLink>
        <MenuSeparator />
        <MenuItem onClick={() => setTheme("light")}>
          <Sun size={14} aria-hidden /> Light
        </MenuItem>
        <MenuItem onClick={() => setTheme("dark")}>
          <Moon size={14} aria-hidden /> Dark
        </MenuItem>
        <MenuItem onClick={() => setTheme("system")}>
          <Monitor size={14} aria-hidden /> As the system
        </MenuItem>
        <MenuSeparator />
        <MenuItem onClick={() => void leave()}>Sign out</MenuItem>
      </Menu>
      {asked && <SignOutDialog {...asked} onClose={() => setAsked(null)} />}
    </>
  );
}
