/** zod fields that every door shares. */
import { z } from "zod";
import { isWellFormed } from "./wellformed";

/** Any UUID, in either case; lower case from here on. */
export const uuid = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i, "This is not a UUID.")
  .toLowerCase();

/** A string that can be stored as it is; refused with the code `not-well-formed` where it cannot. Length in UTF-16 units. */
export const storable = (max: number) =>
  z
    .string()
    .max(max)
    .refine(isWellFormed, {
      error: "The text holds a NUL or half a character, which cannot be stored.",
      params: { code: "not-well-formed" },
    });

/** Some of these words, with commas and blanks between, as one parameter of a query holds them. */
export const listOf = (words: readonly string[]): RegExp => {
  const one = `(?:${words.join("|")})`;
  return new RegExp(`^ *${one} *(?:, *${one} *)*$`);
};
