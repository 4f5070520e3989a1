"use client";

import type { ReactNode } from "react";
import { Button } from "../ui/button";
import { cls } from "../ui/class";

/** An act with its key. */
export function Act({
  keyName,
  primary,
  wide,
  disabled,
  onClick,
  children,
}: {
  keyName: string;
  primary?: boolean;
  wide?: boolean;
  disabled?: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <Button
      look={primary ? "primary" : "plain"}
      disabled={disabled}
      onClick={onClick}
      className={cls("!justify-between whitespace-normal", wide && "col-span-2")}
    >
      <span className="truncate">{children}</span>
      <kbd
        className={cls(
          "rounded border px-1 font-sans text-[12px] leading-4 font-medium",
          primary ? "border-current opacity-80" : "border-ink-3 text-ink-2",
        )}
      >
        {keyName}
      </kbd>
    </Button>
  );
}

/** One of several answers. */
export function Pick({ pressed, onClick, children }: { pressed: boolean; onClick: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onClick}
      className={cls(
        "inline-flex min-h-6 max-w-full items-center gap-1 rounded-full border px-2.5 text-left max-lg:min-h-8",
        pressed ? "border-ink font-medium" : "border-rule hover:border-ink-3",
      )}
    >
      {children}
    </button>
  );
}

/** A filter of the cases on the screen. */
export function Chip({ pressed, onClick, children }: { pressed: boolean; onClick: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onClick}
      className={cls(
        "h-[26px] rounded-full border px-2.5 whitespace-nowrap max-lg:h-8",
        pressed ? "border-ink font-medium" : "border-rule text-ink-2 hover:border-ink-3 hover:text-ink",
      )}
    >
      {children}
    </button>
  );
}
