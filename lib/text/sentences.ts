/** Sentences by Intl.Segmenter, which takes the full stop of an abbreviation for an end; such ends are mended here. */
import type { TextIndex } from "./codepoints";
import { windowAround } from "./graphemes";
import type { Range } from "./range";
import { trimBlanks } from "./trim";

const SEGMENTER = new Intl.Segmenter("en", { granularity: "sentence" });
/** UTF-16 units; a longer sentence is cut. */
const REACH = 5_000;

const start = "(?:^|[\\s\\p{Ps}\\p{Pi}\"'])";
const TITLE = new RegExp(
  `${start}(?:Mr|Mrs|Ms|Mx|Dr|Prof|Gen|Lt|Col|Capt|Cpt|Sgt|Maj|Brig|Adm|Sen|Rep|Gov|Pres|Amb|Hon|Rev|Fr|Msgr|Supt|Insp|Messrs|St|Mt|vs|v|e\\.g|i\\.e|cf|ca|approx)\\.\\s*$`,
  "u",
);
const BEFORE_A_NUMBER =
  /(?:^|[\s\p{Ps}])(?:Nos?|Arts?|Figs?|Secs?|pp?|[Vv]ols?|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.\s*$/u;
const INITIAL = new RegExp(`${start}\\p{Lu}\\.\\s*$`, "u");
const INITIALS = new RegExp(`${start}(?:\\p{L}\\.){2,}\\s*$`, "u");
/** After an abbreviation such as U.S. these begin a sentence rather than go on with a name. */
const OPENER =
  /^(?:The|This|That|These|Those|There|An?|In|On|At|It|Its|He|She|They|We|I|But|And|Or|If|When|While|After|As|For|By|His|Her|Their|Our|No|Not|Some|Many|What|Who|How|Why)\s/u;

function goesOn(sentence: string, next: string): boolean {
  const end = sentence.slice(-40);
  if (TITLE.test(end)) return true;
  if (BEFORE_A_NUMBER.test(end) && /^\p{Nd}/u.test(next)) return true;
  return (INITIAL.test(end) || INITIALS.test(end)) && /^[\p{L}\p{N}]/u.test(next) && !OPENER.test(next);
}

/** The sentences that hold a range whole. */
export function sentencesAround(index: TextIndex, range: Range): Range {
  const first = sentenceAt(index, range.start);
  const last = sentenceAt(index, Math.max(range.start, range.end - 1));
  return {
    start: Math.min(range.start, first?.start ?? range.start),
    end: Math.max(range.end, last?.end ?? range.end),
  };
}

/** The sentence at an offset, without the blanks around it; at the end of a line, the line's last. null on a blank line. */
export function sentenceAt(index: TextIndex, at: number): Range | null {
  const u16 = index.toUtf16(at);
  const window = windowAround(index.text, u16, REACH);
  const text = index.text.slice(window.start, window.end);
  let found: { start: number; text: string } | null = null; // as far as it has been read
  for (const { segment, index: offset } of SEGMENTER.segment(text)) {
    if (found && goesOn(found.text, segment)) found = { start: found.start, text: found.text + segment };
    else if (found && window.start + offset > u16) break;
    else if (segment.trim() !== "" || !found) found = { start: window.start + offset, text: segment };
  }
  if (!found) return null;
  const { start, text: sentence } = found;
  return trimBlanks(index, { start: index.toCodePoint(start), end: index.toCodePoint(start + sentence.length) });
}
