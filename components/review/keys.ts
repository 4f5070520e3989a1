/**
 * Which key does what while the article has focus. Caret keys are the platform's and pass through. Letters are found by what the
 * key writes or, on a keyboard of another script, by where it stands. What the single keys do can be changed (settings.ts).
 */
export type Command =
  | { readonly kind: "digit"; readonly digit: number; readonly also: boolean }
  | { readonly kind: "letter"; readonly letter: string }
  | { readonly kind: Plain };

/** What a single key of one's own choice does. */
export type Bound =
  | "sentence"
  | "exact"
  | "every"
  | "previous"
  | "next"
  | "here"
  | "several"
  | "range"
  | "split"
  | "merge"
  | "copy"
  | "suggestion"
  | "suggestionBefore"
  | "offer"
  | "link"
  | "uncertain"
  | "note"
  | "history"
  | "invisible"
  | "find"
  | "keys";

export type Plain = Bound | "remove" | "confirm" | "cancel" | "undo" | "redo";

export type KeyPress = {
  readonly key: string;
  readonly code: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
};

/** A stroke: a letter ("E", "Shift+E") or the sign that a key writes ("["). */
export type Keys = Readonly<Record<Bound, string>>;

export const KEYS: Keys = {
  sentence: "S",
  exact: "X",
  every: "O",
  previous: "[",
  next: "]",
  here: ".",
  several: "Shift+V",
  range: "E",
  split: "B",
  merge: "Shift+J",
  copy: "Shift+C",
  suggestion: ";",
  suggestionBefore: ":",
  offer: ",",
  link: "L",
  uncertain: "U",
  note: "N",
  history: "Shift+H",
  invisible: "Shift+I",
  find: "/",
  keys: "?",
};

/** Letters that the screen itself uses; an attribute of the scheme with one of these has no key. */
export const RESERVED: Readonly<Record<string, Bound>> = {
  E: "range",
  L: "link",
  S: "sentence",
  O: "every",
  X: "exact",
  N: "note",
  U: "uncertain",
  B: "split",
};

const FIXED: Readonly<Record<string, Plain>> = {
  Backspace: "remove",
  Delete: "remove",
  Enter: "confirm",
  Escape: "cancel",
};

const letterOf = ({ key, code }: KeyPress): string | null => {
  if (/^[a-z]$/i.test(key)) return key.toUpperCase();
  const written = key.length > 1 || key.charCodeAt(0) < 0x80;
  return written ? null : (/^Key([A-Z])$/.exec(code)?.[1] ?? null);
};

/** null for what can be no key of one's own: caret keys, numbers, and whatever is pressed with Ctrl or Command. */
export function strokeOf(press: KeyPress): string | null {
  if (press.ctrlKey !== press.metaKey && !press.altKey) return null;
  const letter = letterOf(press);
  if (letter !== null) return press.ctrlKey || press.altKey ? null : press.shiftKey ? `Shift+${letter}` : letter;
  return press.key.length === 1 && !/[\d\s]/.test(press.key) ? press.key : null;
}

/** As it is written on the screen. */
export const shownStroke = (stroke: string): string => stroke.replace("+", " ");

const boundTo = (keys: Keys, stroke: string): Bound | null =>
  (Object.keys(keys) as Bound[]).find((kind) => keys[kind] === stroke) ?? null;

/** Why a stroke cannot be chosen for this command, or null. `letters`: those of the scheme's attributes. */
export function refuseStroke(keys: Keys, kind: Bound, stroke: string, letters: ReadonlySet<string>): string | null {
  const other = boundTo(keys, stroke);
  if (other !== null && other !== kind) return `${shownStroke(stroke)} does something else already.`;
  return letters.has(stroke) ? `${shownStroke(stroke)} is an attribute’s letter in this project.` : null;
}

/** null: nothing of ours, the platform does what it does. `single`: keys without Ctrl or Command act at all. */
export function commandOf(press: KeyPress, single: boolean, keys: Keys = KEYS): Command | null {
  const { key, code, shiftKey, altKey } = press;
  const withCommand = press.ctrlKey !== press.metaKey && !altKey;
  if (withCommand) {
    const letter = letterOf(press);
    if (letter === "Z") return { kind: shiftKey ? "redo" : "undo" };
    if (letter === "Y" && !shiftKey) return { kind: "redo" };
    return null;
  }
  // What AltGr writes is a character like any other.
  const stroke = strokeOf(press);
  if ((press.ctrlKey || press.metaKey || altKey) && stroke === null) return null;
  if (key === "Escape") return { kind: "cancel" };
  if (!single) return null;
  const fixed = FIXED[key];
  if (fixed) return { kind: fixed };
  const own = stroke === null ? null : boundTo(keys, stroke);
  if (own) return { kind: own };
  if (press.ctrlKey || press.metaKey || altKey) return null;
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(code)?.[1] ?? (/^[1-9]$/.test(key) ? key : null);
  if (digit !== null) return { kind: "digit", digit: Number(digit), also: shiftKey };
  const letter = letterOf(press);
  if (letter === null) return null;
  const plain = boundTo(keys, letter);
  return plain ? { kind: plain } : { kind: "letter", letter };
}
