/** The keys of the adjudication screen, in one table: what the ? panel shows is what the handler does. */
export const KEYS = [
  ["1 2 3 …", "take a reviewer’s reading"],
  ["U", "union"],
  ["I", "intersection"],
  ["Enter", "the suggestion; then again to decide"],
  ["E", "edit the range: arrows move the end by a word, Shift the start, Alt by one character"],
  ["X", "nothing here"],
  ["P", "the ruling made before on the same words"],
  ["A", "settle attributes and links one by one: a digit takes that reviewer’s value; of a link 1 keeps, 2 leaves out"],
  ["then 1 2 3 …", "decide with that reason; 0 without one, L link, O other"],
  ["N", "note"],
  ["G", "guideline rule"],
  ["R", "take the decision back"],
  ["J", "next case"],
  ["K", "case before"],
  ["F", "cases that are alike follow the last decision"],
  ["V", "show the reviewers’ names; decisions say so"],
  ["Escape", "let go of what was chosen"],
] as const;

export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));
