/**
 * The register of a project's sources: names with the other ways in which they are written, made from one's own values and gold only, so that
 * it says nothing of what others have marked; and the values that text attributes were given.
 */
import type { Attributes } from "../spans/model";
import type { TextIndex } from "../text/codepoints";
import { fold, foldWithMap } from "../text/fold";
import type { Range } from "../text/range";

export type KnownSource = {
  readonly name: string;
  /** Other ways to write it. */
  readonly aliases: readonly string[];
  readonly uses: number;
  /** Values last given beside it, by attribute (`withSource` of the scheme). */
  readonly beside: Attributes;
};

export type KnownText = {
  readonly label: string;
  readonly attribute: string;
  readonly value: string;
  readonly uses: number;
};

export type Known = { readonly sources: readonly KnownSource[]; readonly texts: readonly KnownText[] };

export const NOTHING_KNOWN: Known = { sources: [], texts: [] };

const foldedNames = new WeakMap<KnownSource, readonly string[]>();

/** Its name and the other ways to write it, folded; once, because all of them are gone through with each letter typed. */
function foldedOf(source: KnownSource): readonly string[] {
  const before = foldedNames.get(source);
  if (before) return before;
  const made = [source.name, ...source.aliases].map(fold);
  foldedNames.set(source, made);
  return made;
}

/** The entry that a name or another way to write it belongs to. */
export function entryOf(known: Known, name: string): KnownSource | undefined {
  const wanted = fold(name);
  return wanted === "" ? undefined : known.sources.find((s) => foldedOf(s).includes(wanted));
}

/** What one has given since the register was read is known too; newest last. */
export function withOwn(known: Known, own: readonly { readonly name: string; readonly beside: Attributes }[]): Known {
  const sources = [...known.sources];
  const places = new Map(sources.flatMap((source, at) => foldedOf(source).map((name) => [name, at] as const)));
  for (const { name, beside } of own) {
    const folded = fold(name);
    if (folded === "") continue;
    const at = places.get(folded);
    const before = at === undefined ? undefined : sources[at];
    if (at !== undefined && before)
      sources[at] = { ...before, uses: before.uses + 1, beside: { ...before.beside, ...beside } };
    else places.set(folded, sources.push({ name: name.trim(), aliases: [], uses: 1, beside }) - 1);
  }
  return { ...known, sources };
}

/** At most `most` names that have a word which begins as typed, or an alias that has; the most used first. */
export function completions(known: Known, typed: string, most = 8): readonly KnownSource[] {
  const wanted = fold(typed);
  const begins = (folded: string) => folded.startsWith(wanted) || folded.includes(` ${wanted}`);
  return known.sources
    .filter((s) => s.name !== typed && (wanted === "" || foldedOf(s).some(begins)))
    .sort((a, b) => b.uses - a.uses || (a.name < b.name ? -1 : 1))
    .slice(0, most);
}

const LETTER = /[\p{L}\p{N}\p{M}]/u;

/** Where folded words stand whole in a folded text; -1 for nowhere. */
function standsIn(folded: string, words: string): number {
  for (let at = folded.indexOf(words); at !== -1; at = folded.indexOf(words, at + 1)) {
    const before = folded[at - 1];
    const after = folded[at + words.length];
    if (!(before && LETTER.test(before)) && !(after && LETTER.test(after))) return at;
  }
  return -1;
}

/**
 * The known source that stands in a stretch: the longest name or alias, or, where none does, the one and only person whose last name stands
 * there with its capital (a paper writes the whole name once).
 */
export function sourceIn(index: TextIndex, known: Known, range: Range): KnownSource | null {
  const { folded, starts } = foldWithMap(index.slice(range));
  const text = index.slice(range);
  let best: { readonly source: KnownSource; readonly length: number } | null = null;
  for (const source of known.sources)
    for (const words of foldedOf(source)) {
      if (words.length > (best?.length ?? 0) && standsIn(folded, words) !== -1) best = { source, length: words.length };
    }
  if (best) return best.source;
  const byLastName = known.sources.filter(({ name }) => {
    const last = name.trim().split(/\s+/).at(-1) ?? "";
    if (last === name.trim() || !/^\p{Lu}\p{L}{2,}/u.test(last)) return false;
    const at = standsIn(folded, fold(last));
    return at !== -1 && /^\p{Lu}/u.test(text.slice(starts[at] ?? 0));
  });
  return byLastName.length === 1 ? (byLastName[0] ?? null) : null;
}

const NO_NAME =
  /^(?:The|A|An|According|Last|Next|This|That|No|Nobody|None|He|She|It|They|We|I|His|Her|Its|Their|Our|One|In|On|At|But|And|As|For|By|Mr|Mrs|Ms|Dr|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December|Earlier|Later|Yesterday|Today)$/;
/** Words with a capital in a row, with what may stand between two of them (Board of Trade, Ursula von der Leyen). */
const RUN =
  /\p{Lu}[\p{L}\p{M}\p{N}’'-]*(?:\.(?=\s\p{Lu}))?(?:(?:\s+(?:of|the|for|de|du|da|del|di|van|von|der|den|la|le|al|bin|ibn)){0,3}\s+\p{Lu}[\p{L}\p{M}\p{N}’'-]*)*/gu;

/**
 * A name that stands in a stretch as it is written there: the first of two words or more, else the first of one, which is in small letters
 * where the article has it so (Prosecutors, prosecutors). null: none.
 */
export function nameIn(index: TextIndex, range: Range): string | null {
  const common = (word: string) => new RegExp(`(?<!\\p{L})${word.toLowerCase()}(?!\\p{L})`, "u").test(index.text);
  const text = index.slice(range);
  const runs = [...text.matchAll(RUN)].flatMap(({ 0: run, index: at }) => {
    const words = run.split(/\s+/);
    while (words.length > 0 && NO_NAME.test(words[0] ?? "")) words.shift();
    while (words.length > 0 && NO_NAME.test(words.at(-1) ?? "")) words.pop();
    const [first] = words;
    if (first && words.length === 1 && at === 0 && /^\p{L}+$/u.test(first) && common(first))
      // The first of several words that are no name says nothing by itself.
      return /^\s+\p{Ll}+\s+\p{Ll}+\s+\p{Ll}/u.test(text.slice(run.length)) ? [] : [[first.toLowerCase()]];
    return words.length > 0 ? [words] : [];
  });
  const name = runs.find((words) => words.length > 1) ?? runs[0];
  return name ? name.join(" ").replace(/[’']s$/u, "") : null;
}
