/** The keys of the adjudication screen, in one table: what the ? panel shows is what the handler does. */
export const KEYS = [
  ["1 2 3 …", "take a reviewer’s reading"],
  ["U", "union"],
  ["I", "intersection"],
  ["Enter", "the suggestion; then again to decide"],
  ["E", "edit the range: arrows move the end by a word, Shift the start, Alt by one character"],
  ["X", "nothing here"],
  ["then 1 2 3 …", "decide with that reason"],
  ["N", "note"],
  ["R", "take the decision back"],
  ["J", "next case"],
  ["K", "case before"],
  ["Escape", "let go of what was chosen"],
] as const;

export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));
