import { expect, test } from "vitest";
import { byHand, sameAccepted, stillAccepted, withAccepted } from "./accepted";

test("nothing is written where nothing was taken", () => {
  expect(withAccepted([])).toEqual({});
  expect(withAccepted(undefined)).toEqual({});
  expect(withAccepted(["b", "a", "b"])).toEqual({ accepted: ["a", "b"] });
});

test("order and repetition do not tell two apart", () => {
  expect(sameAccepted(["a", "b"], ["b", "a", "a"])).toBe(true);
  expect(sameAccepted([], undefined)).toBe(true);
  expect(sameAccepted(["a"], undefined)).toBe(false);
});

test("a value that was changed or taken away is no longer the offered one", () => {
  expect(stillAccepted(["a", "b", "c"], { a: "1", b: "2", c: "3" }, { a: "1", b: "9" })).toEqual(["a"]);
});

test("what was given by hand is what is left without the taken", () => {
  expect(byHand({ a: "1", b: "2" }, ["b", "x"])).toEqual({ a: "1" });
  expect(byHand({ a: "1" }, undefined)).toEqual({ a: "1" });
});
