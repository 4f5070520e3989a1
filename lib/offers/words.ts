/** The words of a scheme's lists, found in a stretch of an article: whole words, whatever their case, quotes, dashes and spacing (text/fold.ts). */
import type { Attribute } from "../scheme/scheme";
import type { TextIndex } from "../text/codepoints";
import { fold, foldWithMap } from "../text/fold";
import type { Range } from "../text/range";

type Choice = Extract<Attribute, { kind: "choice" }>;

/** Code points of the article. */
export type Hit = Range & { readonly value: string; readonly words: string };

const WORD = /[\p{L}\p{N}\p{M}]/u;

const isWord = (character: string | undefined): boolean => character !== undefined && WORD.test(character);

type Listed = { readonly folded: string; readonly value: string; readonly plain: boolean };
const lists = new WeakMap<Attribute, readonly Listed[]>();

/** Folded once an attribute. `plain`: one word in small letters, which a name is not (may, May). */
function listOf(attribute: Choice): readonly Listed[] {
  const before = lists.get(attribute);
  if (before) return before;
  const made = attribute.values
    .filter((v) => !v.archived)
    .flatMap((v) =>
      (v.words ?? []).map((word) => ({
        folded: fold(word),
        value: v.key,
        plain: !/\s/.test(word.trim()) && word === word.toLowerCase(),
      })),
    )
    .filter(({ folded }) => folded !== "");
  lists.set(attribute, made);
  return made;
}

/** A word that begins with a capital inside a sentence is a name; one in capitals throughout, or that begins the stretch, is a word. */
const isName = (text: string, at: number, found: string): boolean =>
  /^\p{Lu}\p{Ll}/u.test(found) && /[\p{L}\p{N}]/u.test(text.slice(0, at));

/**
 * Hits in order. Where two share a letter the longer one stands (*almost certainly* before *certainly*). `sentence` is the stretch in which `range`
 * lies, by which its first word is known.
 */
export function findWords(index: TextIndex, attribute: Choice, range: Range, sentence: Range): readonly Hit[] {
  const listed = listOf(attribute);
  if (listed.length === 0 || range.start >= range.end) return [];
  const from = Math.min(sentence.start, range.start);
  const text = index.slice({ start: from, end: Math.max(sentence.end, range.end) });
  const { folded, starts, ends } = foldWithMap(text);
  const base = index.toUtf16(from);
  const hits: Hit[] = [];
  for (const { folded: wanted, value, plain } of listed) {
    for (let at = folded.indexOf(wanted); at !== -1; at = folded.indexOf(wanted, at + 1)) {
      if (isWord(folded[at - 1]) && isWord(wanted[0])) continue;
      if (isWord(folded[at + wanted.length]) && isWord(wanted.at(-1))) continue;
      const [first, last] = [starts[at] ?? 0, ends[at + wanted.length - 1] ?? 0];
      const words = text.slice(first, last);
      if (plain && isName(text, first, words)) continue;
      const start = index.toCodePoint(base + first);
      const end = index.toCodePoint(base + last);
      if (range.start <= start && end <= range.end) hits.push({ start, end, value, words });
    }
  }
  return longest(hits);
}

function longest(hits: readonly Hit[]): readonly Hit[] {
  const kept: Hit[] = [];
  const byLength = [...hits].sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start);
  for (const hit of byLength) if (!kept.some((k) => k.start < hit.end && hit.start < k.end)) kept.push(hit);
  return kept.sort((a, b) => a.start - b.start);
}

export const hasWords = (attribute: Choice): boolean => listOf(attribute).length > 0;
