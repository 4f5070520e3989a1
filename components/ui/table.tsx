import type { ComponentProps, ReactNode } from "react";
import { cls } from "./class";

/** A table that scrolls sideways on a phone instead of breaking the page; words for readers of screens alone scroll with it. */
export function Table({ caption, children }: { caption: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="relative overflow-x-auto" aria-label={caption} tabIndex={0}>
      <table className="w-full border-collapse text-left">
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </section>
  );
}

export const Th = ({ className, ...props }: ComponentProps<"th">) => (
  <th
    scope="col"
    className={cls(
      "border-b border-rule py-2 pr-4 text-xs font-normal whitespace-nowrap text-ink-2 last:pr-0",
      className,
    )}
    {...props}
  />
);
export const Td = ({ className, ...props }: ComponentProps<"td">) => (
  <td className={cls("border-b border-rule py-2 pr-4 align-top last:pr-0", className)} {...props} />
);
