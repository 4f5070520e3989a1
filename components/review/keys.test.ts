import { describe, expect, test } from "vitest";
import { commandOf, KEYS, type KeyPress, refuseStroke, strokeOf } from "./keys";

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : /^\d$/.test(key) ? `Digit${key}` : key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
});

describe("a key in the article", () => {
  test.each([
    ["a number labels", press("1"), { kind: "digit", digit: 1, also: false }],
    [
      "with Shift it labels once more, whatever it writes",
      press("!", { code: "Digit1", shiftKey: true }),
      { kind: "digit", digit: 1, also: true },
    ],
    ["of the number block too", press("4", { code: "Numpad4" }), { kind: "digit", digit: 4, also: false }],
    ["E edits the range", press("e"), { kind: "range" }],
    ["an attribute's letter", press("h"), { kind: "letter", letter: "H" }],
    ["a letter of another script is found by its place", press("ы", { code: "KeyS" }), { kind: "sentence" }],
    ["a bracket that AltGr writes", press("[", { ctrlKey: true, altKey: true, code: "Digit8" }), { kind: "previous" }],
    ["Ctrl Z", press("z", { ctrlKey: true }), { kind: "undo" }],
    ["Command Z on a Mac", press("z", { metaKey: true }), { kind: "undo" }],
    ["Shift Ctrl Z", press("Z", { ctrlKey: true, shiftKey: true }), { kind: "redo" }],
    ["Ctrl Y", press("y", { ctrlKey: true }), { kind: "redo" }],
  ] as const)("%s", (_, key, command) => {
    expect(commandOf(key, true)).toEqual(command);
  });

  test.each([
    ["arrows are the platform's", press("ArrowLeft")],
    ["with Shift and Ctrl too", press("ArrowRight", { shiftKey: true, ctrlKey: true })],
    ["Tab goes on", press("Tab")],
    ["Ctrl C copies", press("c", { ctrlKey: true })],
    ["Ctrl F finds in the page", press("f", { ctrlKey: true })],
    ["Alt with a letter is a menu's", press("e", { altKey: true })],
    ["0 is no label", press("0")],
  ] as const)("%s", (_, key) => {
    expect(commandOf(key, true)).toBeNull();
  });

  test("with single keys off only Ctrl, Command and Escape act", () => {
    expect(commandOf(press("1"), false)).toBeNull();
    expect(commandOf(press("e"), false)).toBeNull();
    expect(commandOf(press("Backspace"), false)).toBeNull();
    expect(commandOf(press("z", { ctrlKey: true }), false)).toEqual({ kind: "undo" });
    expect(commandOf(press("Escape"), false)).toEqual({ kind: "cancel" });
  });
});

describe("keys of one's own", () => {
  const keys = { ...KEYS, range: "W", split: "Shift+E", previous: "(" };
  test.each([
    ["the new letter acts", press("w"), { kind: "range" }],
    ["the old one is free for an attribute", press("e"), { kind: "letter", letter: "E" }],
    ["with Shift it is another key", press("E", { shiftKey: true, code: "KeyE" }), { kind: "split" }],
    ["a sign", press("(", { shiftKey: true, code: "Digit8" }), { kind: "previous" }],
    [
      "Shift with a letter that has nothing of its own is the letter",
      press("W", { shiftKey: true }),
      { kind: "range" },
    ],
  ] as const)("%s", (_, key, command) => expect(commandOf(key, true, keys)).toEqual(command));

  test.each([
    ["a letter", press("w"), "W"],
    ["a letter with Shift", press("W", { shiftKey: true }), "Shift+W"],
    ["a letter of another script, by its place", press("ц", { code: "KeyW" }), "W"],
    ["a sign that AltGr writes", press("|", { ctrlKey: true, altKey: true, code: "IntlBackslash" }), "|"],
    ["no number", press("4"), null],
    ["no caret key", press("ArrowUp"), null],
    ["no blank", press(" "), null],
    ["nothing with Ctrl", press("w", { ctrlKey: true }), null],
  ])("%s as a choice", (_, key, stroke) => expect(strokeOf(key)).toBe(stroke));

  test("no key does two things", () => {
    expect(new Set(Object.values(KEYS)).size).toBe(Object.values(KEYS).length);
    const letters = new Set(["H"]);
    expect(refuseStroke(KEYS, "range", "L", letters)).toBe("L does something else already.");
    expect(refuseStroke(KEYS, "range", "H", letters)).toBe("H is an attribute’s letter in this project.");
    expect(refuseStroke(KEYS, "range", "Shift+H", letters)).toBe("Shift H does something else already.");
    expect(refuseStroke(KEYS, "range", "E", letters)).toBeNull();
    expect(refuseStroke(KEYS, "range", "W", letters)).toBeNull();
  });
});
