/** Where words stand in a text, each lookup by its rarest word. Offsets are UTF-16 units. */

/** What one lookup may cost: UTF-16 units compared, if all of the words were each time. In a text of few words every place is alike for long. */
const MOST_COMPARED = 1_000_000;
/** That a place costs by itself. */
const PLACE = 64;

/** Ascending. `all`: there are no others. */
export type Places = { readonly found: readonly number[]; readonly all: boolean };

const WORDS = /[\p{L}\p{N}\p{M}]+/gu;

export class Finder {
  readonly #places = new Map<string, number[]>();

  /** O(text) once. */
  constructor(readonly text: string) {
    for (const { 0: word, index } of text.matchAll(WORDS)) {
      const known = this.#places.get(word);
      if (known) known.push(index);
      else this.#places.set(word, [index]);
    }
  }

  /** The first places, at most so many. O(occurrences of the rarest whole word of `words`), with a bound. */
  places(words: string, most: number): Places {
    const found: number[] = [];
    let compared = 0;
    for (const start of this.#candidates(words)) {
      compared += words.length + PLACE;
      if (compared > MOST_COMPARED) return { found, all: false };
      if (!this.text.startsWith(words, start)) continue;
      if (found.length === most) return { found, all: false };
      found.push(start);
    }
    return { found, all: true };
  }

  /** null: they stand nowhere, more than once, or in too many places to tell. */
  only(words: string): number | null {
    const { found, all } = this.places(words, 1);
    return all ? (found[0] ?? null) : null;
  }

  /** Where they may stand, ascending. */
  *#candidates(words: string): Iterable<number> {
    if (words === "") return;
    let rarest: { readonly at: number; readonly places: readonly number[] } | null = null;
    for (const { 0: word, index: at } of words.matchAll(WORDS)) {
      // At its ends a word may go on outside.
      if (at === 0 || at + word.length === words.length) continue;
      const places = this.#places.get(word) ?? [];
      if (!rarest || places.length < rarest.places.length) rarest = { at, places };
    }
    if (rarest) {
      for (const place of rarest.places) if (place >= rarest.at) yield place - rarest.at;
    } else for (let at = this.text.indexOf(words); at >= 0; at = this.text.indexOf(words, at + 1)) yield at;
  }
}
