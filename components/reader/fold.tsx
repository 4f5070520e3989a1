import { memo, type Ref } from "react";
import type { TextIndex } from "@/lib/text/codepoints";
import { ROLE_NAMES } from "./role-names";
import type { FoldRow } from "./rows";

/** Code points of the first line that stand beside the word for what it is. */
const GLIMPSE = 120;

/** What is not part of the article, folded to one line; pressing it shows the lines, dimmed. */
export const Fold = memo(function Fold({
  row,
  at,
  index,
  onFold,
  ref,
}: {
  row: FoldRow;
  at: number;
  index: TextIndex;
  onFold: (start: number) => void;
  ref?: Ref<HTMLElement>;
}) {
  const { range } = row;
  const glimpse = index.slice({ start: range.start, end: Math.min(range.end, range.start + GLIMPSE) }).trim();
  return (
    <div ref={ref as Ref<HTMLDivElement>} data-index={at} contentEditable={false} className="fold-row">
      <button
        type="button"
        className="fold"
        data-o={index.toUtf16(range.start)}
        aria-expanded={row.open}
        onClick={() => onFold(row.region.start)}
        title={row.region.reason ?? undefined}
      >
        <svg viewBox="0 0 12 12" aria-hidden fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinecap="round">
          <path d="M4.5 2.5 8 6 4.5 9.5" />
        </svg>
        <b>{ROLE_NAMES[row.region.role]}</b>
        <span dir="auto">
          {row.lines > 1 ? `${row.lines} lines: ` : ""}
          {glimpse}
        </span>
      </button>
    </div>
  );
});
