import { describe, expect, test } from "vitest";
import { commandOf, type KeyPress } from "./keys";

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
