import Link from "next/link";
import { cls } from "./class";

/** A filter that is an address: shareable, and back undoes it. */
export function FilterChip({ href, on, children }: { href: string; on: boolean; children: React.ReactNode }) {
  return (
    <Link
      href={href}
      aria-current={on ? "true" : undefined}
      className={cls(
        "inline-flex h-[26px] items-center rounded-full border px-2.5 whitespace-nowrap max-sm:h-8",
        on ? "border-ink font-medium" : "border-rule text-ink-2 hover:border-ink-3 hover:text-ink",
      )}
    >
      {children}
    </Link>
  );
}
