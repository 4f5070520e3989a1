/** Escapes of WebAnno TSV, as INCEpTION's own Escaping.java has them. */

const VALUE: readonly (readonly [string, string])[] = [
  ["\\", "\\\\"],
  ["[", "\\["],
  ["]", "\\]"],
  ["|", "\\|"],
  ["_", "\\_"],
  ["->", "\\->"],
  [";", "\\;"],
  ["\t", "\\t"],
  ["\n", "\\n"],
  ["*", "\\*"],
];

const literal = (words: string): string => words.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
const anyOf = (words: readonly string[]): RegExp => new RegExp(words.map(literal).join("|"), "g");

const TO_VALUE = new Map(VALUE);
const FROM_VALUE = new Map(VALUE.map(([plain, escaped]) => [escaped, plain]));
const PLAIN_VALUES = anyOf([...TO_VALUE.keys()]);
const ESCAPED_VALUES = anyOf([...FROM_VALUE.keys()]);

export const escapeValue = (words: string): string => words.replace(PLAIN_VALUES, (one) => TO_VALUE.get(one) ?? one);
export const unescapeValue = (words: string): string =>
  words.replace(ESCAPED_VALUES, (one) => FROM_VALUE.get(one) ?? one);

/** In #Text: controls are a backslash and themselves, but for those that Java has letters for. */
const LETTERS: readonly (readonly [string, string])[] = [
  ["\t", "t"],
  ["\n", "n"],
  ["\f", "f"],
  ["\r", "r"],
  ["\b", "b"],
  ["\\", "\\"],
];
const LETTER_OF = new Map(LETTERS);
const OF_LETTER = new Map(LETTERS.map(([plain, letter]) => [letter, plain]));

/** U+000B stays as it is: the tool neither escapes it nor minds it. */
export const escapeText = (words: string): string =>
  words.replace(/[\p{Cc}\\]/gu, (one) => {
    const letter = LETTER_OF.get(one);
    if (letter !== undefined) return `\\${letter}`;
    return one < " " && one !== "\v" ? `\\${one}` : one;
  });

/** Up to version 3.1 text was escaped as in a Java program, \uXXXX and octal included. */
export function unescapeText(words: string, minor: number): string {
  if (minor <= 1)
    return words.replace(
      /\\(?:u+([0-9a-fA-F]{4})|([0-7]{1,3})|(.))/gsu,
      (_, hex?: string, octal?: string, one?: string) => {
        if (hex) return String.fromCharCode(Number.parseInt(hex, 16));
        if (octal) return String.fromCharCode(Number.parseInt(octal, 8));
        return OF_LETTER.get(one ?? "") ?? one ?? "";
      },
    );
  return words.replace(/\\([tnfrb\\]|[\p{Cc}])/gu, (_, one: string) => OF_LETTER.get(one) ?? one);
}

/** Splits at a sign that has no backslash before it, as the tool does. */
export const splitAt = (words: string, sign: "|" | ";"): readonly string[] =>
  words.split(sign === "|" ? /(?<!\\)\|/ : /(?<!\\);/);
