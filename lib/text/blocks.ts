/** An article as blocks, one a line of text (a paragraph, a heading), cut also where a region begins or ends. */
import type { TextIndex } from "./codepoints";
import type { Range } from "./range";

type Role<R> = R extends { readonly role: infer K } ? K : never;

/** Blocks tile the text: line breaks and blank lines after a line belong to its block, those at the very start to the first. */
export type Block<R> = Range & {
  /** Where the line's own characters end; [contentEnd, end) is line breaks and blanks only. */
  readonly contentEnd: number;
  /** Of its region; "body" where no region is. */
  readonly role: Role<R> | "body";
  readonly region: R | null;
  /** Headings only: 1 a headline, 2 a subheading. */
  readonly level?: 1 | 2;
};

const LEVELS: Readonly<Record<string, 1 | 2>> = { headline: 1, subheading: 2 };
const LINE = /[^\n\r\u2028\u2029]+/g;

/** Ordered regions that do not overlap; `[]` for an empty text. O(text + regions). */
export function blocks<R extends Range & { readonly role: string }>(
  index: TextIndex,
  regions: readonly R[],
): readonly Block<R>[] {
  const made: Block<R>[] = [];
  let start = 0; // of the block in hand
  let content: { end: number; region: R | null } | null = null;
  const close = (end: number) => {
    if (end === start) return;
    const region = content?.region ?? null;
    const level = region ? LEVELS[region.role] : undefined;
    const role = (region?.role ?? "body") as Role<R> | "body";
    made.push({ start, end, contentEnd: content?.end ?? start, role, region, ...(level ? { level } : {}) });
    start = end;
    content = null;
  };

  let next = 0; // the first region that does not end before the line in hand
  for (const line of index.text.matchAll(LINE)) {
    if (line[0].trim() === "") continue;
    let at = index.toCodePoint(line.index);
    const lineEnd = index.toCodePoint(line.index + line[0].length);
    while (at < lineEnd) {
      while (next < regions.length && (regions[next]?.end ?? 0) <= at) next++;
      const region = regions[next];
      const inside = region !== undefined && region.start <= at;
      const end = Math.min(lineEnd, region === undefined ? lineEnd : inside ? region.end : region.start);
      if (content) close(at);
      content = { end, region: inside ? region : null };
      at = end;
    }
  }
  close(index.length);
  return made;
}
