import type { Value } from "@/lib/agreement/value";
import { figure, reasonWords } from "./model";

/** A figure, or a dash that says why there is none. */
export function Figure({ of }: { of: Value | undefined }) {
  if (!of || of.value === null)
    return (
      <span title={reasonWords(of?.reason ?? null)} className="text-ink-2">
        –<span className="sr-only"> {reasonWords(of?.reason ?? null)}</span>
      </span>
    );
  return <span title={String(of.value)}>{figure(of.value)}</span>;
}
