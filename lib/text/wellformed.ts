/** Text that Gloss refuses: NUL (no database column holds it) and lone surrogates (no UTF-8 encodes them). */
import type { Fault } from "../result";
import { codePointLength } from "./codepoints";

/** With the u flag a surrogate matches only where it has no partner. */
const ILL_FORMED = /[\0\p{Surrogate}]/u;

export const isWellFormed = (text: string): boolean => !ILL_FORMED.test(text);

/** A place in a text: code points from the start, line and column from 1, columns in code points. */
export type Place = { readonly offset: number; readonly line: number; readonly column: number };

export type TextFault = Place & { readonly code: "nul" | "lone-surrogate"; readonly unit: string };

/** The first fault of the text, or null when it is well-formed. */
export function findFault(text: string): TextFault | null {
  const found = ILL_FORMED.exec(text);
  if (!found) return null;
  const before = text.slice(0, found.index);
  const lineStart = before.lastIndexOf("\n") + 1;
  return {
    code: found[0] === "\0" ? "nul" : "lone-surrogate",
    unit: `U+${found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`,
    offset: codePointLength(before),
    line: before.split("\n").length,
    column: codePointLength(before.slice(lineStart)) + 1,
  };
}

/** `[]` when the text can be stored; otherwise one fault with the place of the first thing wrong. */
export function checkText(text: string, path = "text"): readonly Fault[] {
  const fault = findFault(text);
  if (!fault) return [];
  const what = fault.code === "nul" ? "a NUL character" : `half a character (lone surrogate ${fault.unit})`;
  const message = `The text holds ${what} at character ${fault.offset}, line ${fault.line}, column ${fault.column}.`;
  return [{ path, code: fault.code, message, line: fault.line, actual: fault.unit }];
}
