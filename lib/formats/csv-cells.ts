/**
 * Cells that a spreadsheet would run. A line of a cell is run when it begins, blanks and invisible characters aside, with = + - @ or
 * their full-width forms, and so may be a cell that begins with a tab or a line break. Such a line gets an apostrophe in front; so does
 * one that already has apostrophes in front of the same. Taking one apostrophe away from such lines gives every value back exactly.
 */

const BLANK = String.raw`[\s\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]`;
const SIGN = "[=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b]";
const RUNS = new RegExp(`^'*${BLANK}*${SIGN}`);
const RUNS_FIRST = new RegExp(`^'*(?:[\\t\\r\\n]|${BLANK}*${SIGN})`);

const lines = (cell: string): string[] => cell.split(/(?<=[\r\n])/);
const isRun = (line: string, i: number): boolean => (i === 0 ? RUNS_FIRST : RUNS).test(line);

/** Nearly every cell is one of these. */
const HARMLESS = /^[\p{L}\p{N}{[][^\r\n]*$/u;

export function defuse(cell: string): string {
  if (cell === "" || HARMLESS.test(cell)) return cell;
  return lines(cell)
    .map((line, i) => (isRun(line, i) ? `'${line}` : line))
    .join("");
}

/** What `defuse` was given. */
export function restore(cell: string): string {
  if (!cell.includes("'")) return cell;
  return lines(cell)
    .map((line, i) => (line.startsWith("'") && isRun(line, i) ? line.slice(1) : line))
    .join("");
}

/** A line without its end (RFC 4180): words are quoted and defused, numbers stand as they are. */
export const csvLine = (cells: readonly (string | number)[]): string => cells.map(csvCell).join(",");

const csvCell = (cell: string | number): string => {
  if (typeof cell === "number") return String(cell);
  return cell === "" ? '""' : `"${defuse(cell).replaceAll('"', '""')}"`;
};
