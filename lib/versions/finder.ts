/** Where words stand in a text, each lookup by its rarest word. Offsets are UTF-16 units. */

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

  /** Every place, ascending. O(occurrences of the rarest whole word of `words`). */
  places(words: string): readonly number[] {
    let rarest: { readonly at: number; readonly places: readonly number[] } | null = null;
    for (const { 0: word, index: at } of words.matchAll(WORDS)) {
      // At its ends a word may go on outside.
      if (at === 0 || at + word.length === words.length) continue;
      const places = this.#places.get(word) ?? [];
      if (!rarest || places.length < rarest.places.length) rarest = { at, places };
    }
    if (!rarest) return this.#plainly(words);
    const { at, places } = rarest;
    return places.map((place) => place - at).filter((start) => start >= 0 && this.text.startsWith(words, start));
  }

  #plainly(words: string): readonly number[] {
    const found: number[] = [];
    if (words === "") return found;
    for (let at = this.text.indexOf(words); at >= 0; at = this.text.indexOf(words, at + 1)) found.push(at);
    return found;
  }
}
