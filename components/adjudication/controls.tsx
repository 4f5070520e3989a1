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

type Chosen = { readonly pressed: boolean; readonly onClick: () => void; readonly children: ReactNode };

const choice = (look: string, quiet: string) =>
  function Choice({ pressed, onClick, children }: Chosen) {
    return (
      <button
        type="button"
        aria-pressed={pressed}
        onClick={onClick}
        className={cls("rounded-full border px-2.5 max-lg:min-h-8", look, pressed ? "border-ink font-medium" : quiet)}
      >
        {children}
      </button>
    );
  };

/** One of several answers. */
export const Pick = choice(
  "inline-flex min-h-6 max-w-full items-center gap-1 text-left",
  "border-rule hover:border-ink-3",
);

/** A filter of the cases on the screen. */
export const Chip = choice("h-[26px] whitespace-nowrap", "border-rule text-ink-2 hover:border-ink-3 hover:text-ink");
