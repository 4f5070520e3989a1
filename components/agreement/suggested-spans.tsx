import Link from "next/link";
import { count } from "./model";

/** Whether spans that were made of a suggestion from outside count, and the way to the figures with or without them. Nothing where there are none. */
export function SuggestedSpans({ spans, counted, href }: { spans: number; counted: boolean; href: string }) {
  if (spans === 0 && !counted) return null;
  const are = spans === 1 ? "One span was" : `${count(spans)} spans were`;
  return (
    <p className="border-b border-rule py-2 text-ink-2">
      {counted
        ? `${are} made by taking a suggestion and count here, though two who took the same one agree cheaply. `
        : `Left out: ${are.charAt(0).toLowerCase()}${are.slice(1)} made by taking a suggestion. `}
      <Link className="link text-ink print:hidden" scroll={false} href={href}>
        {counted ? "Leave them out" : "Count them too"}
      </Link>
    </p>
  );
}
