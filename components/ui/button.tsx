import Link from "next/link";
import type { ComponentProps } from "react";
import { cls } from "./class";

type Look = "primary" | "plain" | "quiet" | "danger";

const BASE =
  "inline-flex h-8 shrink-0 items-center justify-center gap-2 rounded-md px-3 text-sm whitespace-nowrap select-none disabled:opacity-50 aria-disabled:opacity-50 max-sm:h-10";
const LOOKS: Readonly<Record<Look, string>> = {
  primary: "bg-ink font-medium text-paper hover:opacity-90",
  plain: "border border-ink-3 bg-surface hover:bg-hover",
  quiet: "hover:bg-hover",
  danger: "border border-ink-3 bg-surface font-medium hover:bg-press",
};

/** A button says what it does. One primary a screen. */
export function Button({
  look = "plain",
  className,
  type = "button",
  ...props
}: ComponentProps<"button"> & { look?: Look }) {
  return <button type={type} className={cls(BASE, LOOKS[look], className)} {...props} />;
}

export function ButtonLink({ look = "plain", className, ...props }: ComponentProps<typeof Link> & { look?: Look }) {
  return <Link className={cls(BASE, LOOKS[look], className)} {...props} />;
}
