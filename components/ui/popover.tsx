"use client";

import { Popover as Base } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";

/** A small panel under its trigger, closed by Escape or a press elsewhere. */
export function Popover({
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
          <Base.Popup
            aria-label={label}
            className="max-w-[calc(100vw-16px)] rounded-md border border-rule bg-surface p-3 shadow-pop"
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
