/**
 * Where a text stands in quote marks, whatever their style: “ ”, ‘ ’, straight ones, « » and » «, „ “, ” ”, 「 」, `` ''. Marks that can do both are
 * told by their neighbours (before a word they open, after one they close); an apostrophe is none. A quotation that goes on over paragraphs has
 * a mark at the start of each and is closed in the last. What is never closed is no quotation. O(length of the text).
 */
import type { TextIndex } from "../text/codepoints";
import type { Range } from "../text/range";

/** Which marks may close each mark that opens; the first is the one that belongs to it. */
const CLOSERS: Readonly<Record<string, string>> = {
  "“": '”"″“',
  "‘": "’'‘",
  '"': '"”',
  "'": "'’",
  "„": '“”"‟',
  "‚": "‘’'",
  "«": "»",
  "»": "«»",
  "‹": "›",
  "›": "‹›",
  "”": "”",
  "’": "’",
  "‟": "”",
  "″": "″",
  "「": "」",
  "『": "』",
  "〝": "〞〟",
};
const MARK = /``|''|[“”„‟″"‘’‚'`´«»‹›「」『』〝〞〟＂＇]/g;
/** Written in their own way, they are one of the above. */
const SAME: Readonly<Record<string, string>> = { "``": "“", "''": "”", "`": "‘", "´": "’", "＂": '"', "＇": "'" };
const SINGLE = "‘’‚'‹›";
const ONLY_CLOSES = "」』〞〟";

const WORD = /[\p{L}\p{N}]/u;
const SPACE_OR_OPENING = /[\s\p{Ps}\p{Pi}\p{Pd}"'„‚/]/u;

type Open = {
  readonly mark: string;
  readonly start: number /** of the paragraphs it has gone through */;
  paragraphs: number;
};

/** Outermost quotations, marks included, in order; UTF-16. */
function quotationsOf(text: string): readonly Range[] {
  const found: Range[] = [];
  let open: Open[] = [];
  let lineStart = 0;
  for (const line of text.split(/(?<=[\n\r\u2028\u2029])/)) {
    const blank = line.trim() === "";
    // Only a quotation that the next paragraph takes up with its own mark goes on; the rest was never closed.
    const [first] = open;
    const again = !blank && first && line.trimStart().startsWith(first.mark) && !SINGLE.includes(first.mark);
    let skip = -1;
    if (!blank && first) {
      open = again ? [{ ...first, paragraphs: first.paragraphs + 1 }] : [];
      if (again) skip = lineStart + line.length - line.trimStart().length;
    }
    for (const { 0: written, index } of line.matchAll(MARK)) {
      const at = lineStart + index;
      if (at === skip) continue;
      const mark = SAME[written] ?? written;
      const before = at === 0 ? " " : lastOf(text.slice(Math.max(0, at - 2), at));
      const after = String.fromCodePoint(text.codePointAt(at + written.length) ?? 0x20);
      if (isApostrophe(mark, before, after, open)) continue;
      const end = at + written.length;
      const partner = open.findLastIndex((o) => CLOSERS[o.mark]?.includes(mark));
      if (partner !== -1 && closesHere(mark, open[partner]?.mark ?? "", before, after)) {
        const [outer] = open;
        open = open.slice(0, partner);
        if (partner === 0 && outer) found.push({ start: outer.start, end });
      } else if (CLOSERS[mark] && !ONLY_CLOSES.includes(mark) && opensHere(mark, before, after))
        open.push({ mark, start: at, paragraphs: 1 });
    }
    lineStart += line.length;
  }
  return outermost(found);
}

const lastOf = (text: string): string => [...text].at(-1) ?? " ";

/** An inner pair may be closed before its outer one turns out to be no quotation, so that ranges may come nested. */
function outermost(ranges: readonly Range[]): readonly Range[] {
  const sorted = [...ranges].sort((a, b) => a.start - b.start || b.end - a.end);
  let reach = -1;
  return sorted.filter((r) => {
    if (r.end <= reach) return false;
    reach = r.end;
    return true;
  });
}

function isApostrophe(mark: string, before: string, after: string, open: readonly Open[]): boolean {
  if (!"'’".includes(mark)) return false;
  if (WORD.test(before) && WORD.test(after)) return true;
  // rock ’n’ roll, the ’90s: before a word, where nothing that it could close is open, a curly one is an apostrophe.
  const closes = open.some((o) => CLOSERS[o.mark]?.includes(mark));
  if (mark === "’") return !closes && !WORD.test(before) && WORD.test(after) && /\p{N}/u.test(after);
  return !closes && /\p{N}/u.test(after);
}

const STRAIGHT = "\"'″";

function closesHere(mark: string, opener: string, before: string, after: string): boolean {
  if (STRAIGHT.includes(mark) || mark === opener || "“‘".includes(mark)) {
    if (/\s/.test(before)) return false;
    return !WORD.test(after) || !SPACE_OR_OPENING.test(before);
  }
  return true;
}

function opensHere(mark: string, before: string, after: string): boolean {
  if ("“‘„‚«‹「『〝‟".includes(mark)) return true;
  return !/\s/.test(after) && SPACE_OR_OPENING.test(before);
}

const known = new WeakMap<TextIndex, readonly Range[]>();

/** The quotations of a text, marks included, in code points, in order, none inside another. Kept as long as the index is. */
export function quotations(index: TextIndex): readonly Range[] {
  const before = known.get(index);
  if (before) return before;
  const made = quotationsOf(index.text).map(({ start, end }) => ({
    start: index.toCodePoint(start),
    end: index.toCodePoint(end),
  }));
  known.set(index, made);
  return made;
}

export type QuoteReading = "direct" | "mixed" | "none";

const WORDS = /[\p{L}\p{N}]/gu;
const lettersIn = (index: TextIndex, range: Range): number => index.slice(range).match(WORDS)?.length ?? 0;

/** Whether all of a range's letters and digits stand in quotations, some, or none. */
export function readQuotation(index: TextIndex, range: Range): QuoteReading {
  const all = lettersIn(index, range);
  if (all === 0) return "none";
  let inside = 0;
  for (const q of quotations(index)) {
    if (q.start >= range.end) break;
    if (q.end <= range.start) continue;
    inside += lettersIn(index, { start: Math.max(q.start, range.start), end: Math.min(q.end, range.end) });
  }
  return inside === 0 ? "none" : inside === all ? "direct" : "mixed";
}
