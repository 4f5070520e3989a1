"use client";

import { useTheme } from "next-themes";
import { Toaster as Sonner } from "sonner";

/** Passing notices. What must not be missed stands in the page, not here. */
export function Toaster() {
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-center"
      toastOptions={{
        classNames: { toast: "!rounded-md !border-rule !bg-surface !font-sans !text-[13px] !text-ink !shadow-pop" },
      }}
    />
  );
}
