import { expect, test } from "vitest";
import { mentionsIn } from "./mentions";

const PEOPLE = [
  { id: "1", name: "Ann" },
  { id: "2", name: "Ann Lee" },
  { id: "3", name: "Jörg" },
  { id: "4", name: "O'Neil" },
];

test.each([
  ["nobody", "Ann and Jörg", []],
  ["one", "@Ann, look at this", ["1"]],
  ["whatever the case", "@ann lee", ["2"]],
  ["the longer name alone", "see @Ann Lee.", ["2"]],
  ["both, apart", "@Ann and @Ann Lee", ["1", "2"]],
  ["not a longer word", "@Anna and @Jörgen", []],
  ["at the end, beyond ASCII", "ask @Jörg", ["3"]],
  ["not in an e-mail address", "write to desk@Ann", []],
  ["with an apostrophe", "@O'Neil?", ["4"]],
])("%s: %s", (_, text, ids) => {
  expect(mentionsIn(text, PEOPLE).map(({ id }) => id)).toEqual(ids);
});
