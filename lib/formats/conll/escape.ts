/** What may stand in a line of CoNLL, and how blanks are written in MISC (UDPipe: \s blank, \t tab, \n LF, \r CR, \p pipe, \\). */

const NAMED: Readonly<Record<string, string>> = {
  " ": "\\s",
  "\t": "\\t",
  "\n": "\\n",
  "\r": "\\r",
  "|": "\\p",
  "\\": "\\\\",
};
const NAMES = new Map(Object.entries(NAMED).map(([character, name]) => [name, character]));

/** Other blanks and controls, which a line would not survive, by their code. */
export const escapeSpaces = (blank: string): string =>
  blank.replace(/[ \t\n\r|\\]|[\s\p{Cc}]/gu, (found) => NAMED[found] ?? `\\u{${found.codePointAt(0)?.toString(16)}}`);

export const unescapeSpaces = (words: string): string =>
  words.replace(/\\u\{([0-9a-f]{1,6})\}|\\[stnrp\\]/g, (found, code: string | undefined) =>
    code ? String.fromCodePoint(Number.parseInt(code, 16)) : (NAMES.get(found) ?? found),
  );

/** For a value in a comment. */
export const oneLine = (words: string): string => escapeSpaces(words).replaceAll("\\s", " ");

/** The name of a column is one word. */
export const columnName = (label: string): string => label.replace(/[\s\p{Cc}]+/gu, "_");
