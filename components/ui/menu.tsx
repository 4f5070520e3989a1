"use client";

import { Menu as Base } from "@base-ui/react/menu";
import Link from "next/link";
import type { ReactElement, ReactNode } from "react";

const ITEM =
  "flex h-8 w-full cursor-pointer items-center gap-2 rounded px-2.5 text-left data-[highlighted]:bg-hover data-[disabled]:opacity-50 max-sm:h-10";

/** A menu under its trigger; arrows, letters and Escape as the platform has them. */
export function Menu({
  trigger,
  label,
  children,
}: {
  trigger: ReactElement<Record<string, unknown>>;
  label: string;
  children: ReactNode;
}) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} aria-label={label} />
      <Base.Portal>
        <Base.Positioner align="end" sideOffset={4} className="z-50">
          <Base.Popup className="min-w-44 rounded-md border border-rule bg-surface p-1 shadow-pop">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export function MenuItem({
  onClick,
  disabled,
  children,
}: {
  onClick: () => void;
  disabled?: boolean;
  children: ReactNode;
}) {
  return (
    <Base.Item className={ITEM} onClick={onClick} disabled={disabled ?? false}>
      {children}
    </Base.Item>
  );
}

export function MenuLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Base.Item className={ITEM} render={<Link href={href} />}>
      {children}
    </Base.Item>
  );
}

export const MenuSeparator = () => <Base.Separator className="my-1 h-px bg-rule" />;
