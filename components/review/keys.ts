/**
 * Which key does what while the article has focus. Caret keys are the platform's and pass through. Letters are found by what the
 * key writes or, on a keyboard of another script, by where it stands.
 */
export type Command =
  | { readonly kind: "digit"; readonly digit: number; readonly also: boolean }
  | { readonly kind: "letter"; readonly letter: string }
  | { readonly kind: Plain };

export type Plain =
  | "range"
  | "link"
  | "sentence"
  | "every"
  | "exact"
  | "note"
  | "uncertain"
  | "previous"
  | "next"
  | "keys"
  | "remove"
  | "confirm"
  | "cancel"
  | "find"
  | "undo"
  | "redo";

export type KeyPress = {
  readonly key: string;
  readonly code: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
};

/** Letters that the screen itself uses; an attribute of the scheme with one of these has no key. */
export const RESERVED: Readonly<Record<string, Plain>> = {
  E: "range",
  L: "link",
  S: "sentence",
  O: "every",
  X: "exact",
  N: "note",
  U: "uncertain",
};

const OTHER: Readonly<Record<string, Plain>> = {
  "[": "previous",
  "]": "next",
  "?": "keys",
  Backspace: "remove",
  Delete: "remove",
  Enter: "confirm",
  Escape: "cancel",
  "/": "find",
};

const letterOf = ({ key, code }: KeyPress): string | null => {
  if (/^[a-z]$/i.test(key)) return key.toUpperCase();
  const written = key.length > 1 || key.charCodeAt(0) < 0x80;
  return written ? null : (/^Key([A-Z])$/.exec(code)?.[1] ?? null);
};

/** null: nothing of ours, the platform does what it does. `single`: keys without Ctrl or Command act at all. */
export function commandOf(press: KeyPress, single: boolean): Command | null {
  const { key, code, shiftKey, altKey } = press;
  const withCommand = press.ctrlKey !== press.metaKey && !altKey;
  if (withCommand) {
    const letter = letterOf(press);
    if (letter === "Z") return { kind: shiftKey ? "redo" : "undo" };
    if (letter === "Y" && !shiftKey) return { kind: "redo" };
    return null;
  }
  // What AltGr writes is a character like any other.
  if ((press.ctrlKey || press.metaKey || altKey) && !(key === "[" || key === "]" || key === "/")) return null;
  if (key === "Escape") return { kind: "cancel" };
  if (!single) return null;
  const other = OTHER[key];
  if (other) return { kind: other };
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(code)?.[1] ?? (/^[1-9]$/.test(key) ? key : null);
  if (digit !== null) return { kind: "digit", digit: Number(digit), also: shiftKey };
  const letter = letterOf(press);
  if (letter === null) return null;
  const reserved = RESERVED[letter];
  return reserved ? { kind: reserved } : { kind: "letter", letter };
}
