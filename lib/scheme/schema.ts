/** What may come in at a door as a scheme: its shape here, and that it holds together in check.ts. */
import { z } from "zod";
import { storable } from "../text/fields";
import { checkScheme } from "./check";
import { COLOURS, LINES, type Scheme } from "./scheme";

/** Said on one line. */
const name = storable(80).regex(/^\S(?:.*\S)?$/u, "A name is one line without blanks around it.");
const key = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/, "A key is a letter, then letters, digits, - or _, at most 64.");
const flag = z.boolean().exactOptional();

export const SIGNS = ["direct", "mixed", "reported", "plain", "framed", "unframed", "otherwise"] as const;
/** Longer lists would be searched with every span that is chosen. */
export const MOST_WORDS = 300;

const word = storable(80).regex(/[\p{L}\p{N}]/u, "A word of a list has a letter or a digit.");
const value = z.strictObject({
  key,
  name,
  archived: flag,
  words: z.array(word).max(MOST_WORDS).exactOptional(),
  sign: z.enum(SIGNS).exactOptional(),
});
const attributeBase = {
  key,
  name,
  hotkey: z
    .string()
    .regex(/^[A-Z]$/, "A key of the keyboard is one capital letter.")
    .nullable(),
  archived: flag,
  required: flag,
};
const attribute = z.discriminatedUnion("kind", [
  z.strictObject({
    ...attributeBase,
    kind: z.literal("text"),
    source: flag,
    wordsOf: z.array(key).max(40).exactOptional(),
  }),
  z.strictObject({
    ...attributeBase,
    kind: z.literal("choice"),
    values: z.array(value).max(100),
    order: z.array(key).max(100).exactOptional(),
    withSource: flag,
  }),
]);
const label = z.strictObject({
  key,
  name,
  description: storable(1_000),
  hotkey: z
    .string()
    .regex(/^[1-9]$/, "A label's key of the keyboard is a digit from 1 to 9.")
    .nullable(),
  colour: z.enum(COLOURS),
  line: z.enum(LINES),
  archived: flag,
  attributes: z.array(attribute).max(40),
});
const linkType = z.strictObject({
  key,
  name,
  from: z.union([z.literal("any"), z.array(key).min(1).max(60)]),
  to: z.union([z.enum(["any", "same"]), z.array(key).min(1).max(60)]),
  freeText: flag,
  otherArticle: flag,
  requiredFor: z.array(key).max(60).exactOptional(),
  offered: flag,
  archived: flag,
});

export const schemeSchema = z
  .strictObject({
    labels: z.array(label).max(60),
    links: z.array(linkType).max(60),
    coexist: z.array(z.tuple([key, key])).max(1_000),
  })
  .superRefine((scheme: Scheme, context) => {
    for (const { path, code, message } of checkScheme(scheme))
      context.addIssue({ code: "custom", path: path.split("."), message, params: { code } });
  });
