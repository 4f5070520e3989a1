"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import type { ReactNode } from "react";
import { cls } from "./class";

/** A modal dialog: focus is kept in it and given back. `trigger` is optional where `open` is steered from outside. */
export function Dialog({
  title,
  description,
  trigger,
  open,
  onOpenChange,
  wide,
  children,
}: {
  title: string;
  description?: ReactNode;
  trigger?: React.ReactElement<Record<string, unknown>>;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  wide?: boolean;
  children: ReactNode;
}) {
  return (
    <Base.Root {...(open === undefined ? {} : { open })} {...(onOpenChange ? { onOpenChange } : {})}>
      {trigger && <Base.Trigger render={trigger} />}
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-black/30" />
        <Base.Popup
          className={cls(
            "fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-32px)] w-[calc(100vw-32px)] -translate-x-1/2 -translate-y-1/2 overflow-auto rounded-lg border border-rule bg-surface p-5 shadow-pop",
            wide ? "max-w-2xl" : "max-w-md",
          )}
        >
          <Base.Title className="font-serif text-[20px] leading-7 font-medium">{title}</Base.Title>
          {description && <Base.Description className="mt-1 text-ink-2">{description}</Base.Description>}
          <div className="mt-4">{children}</div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
