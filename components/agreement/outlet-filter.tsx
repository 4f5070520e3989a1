"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";

/** One outlet's articles, or all; kept in the address. */
export function OutletFilter({ outlet, outlets }: { outlet: string | null; outlets: readonly string[] }) {
  const router = useRouter();
  const path = usePathname();
  const query = useSearchParams();
  const choose = (name: string) => {
    const next = new URLSearchParams(query);
    if (name) next.set("outlet", name);
    else next.delete("outlet");
    router.push(next.size > 0 ? `${path}?${next}` : path);
  };
  const names = [...new Set([...(outlet ? [outlet] : []), ...outlets])].sort();
  return (
    <select
      aria-label="Outlet"
      className="ml-auto h-8 max-w-56 rounded-md border border-ink-3 bg-surface px-2 max-sm:h-10"
      value={outlet ?? ""}
      onChange={(event) => choose(event.target.value)}
    >
      <option value="">All outlets</option>
      {names.map((name) => (
        <option key={name}>{name}</option>
      ))}
    </select>
  );
}
