/** What the doors take and answer for a reviewer's own time and day. */
import { z } from "zod";
import { uuid } from "../spans/schema";

const isZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

export const zone = z
  .string()
  .max(64)
  .refine(isZone, { error: "No such time zone.", params: { code: "unknown-zone" } })
  .meta({ description: "IANA name of the zone whose day counts, such as Europe/Berlin" });

/** A screen reports at least every few minutes; more than this at once was not one stretch of work. */
export const MOST_AT_ONCE = 900;

export const workSchema = z.strictObject({
  seconds: z
    .int()
    .min(1)
    .max(MOST_AT_ONCE)
    .meta({ description: "worked since the last report, idle minutes left out" }),
  zone,
});

export const workView = z.strictObject({
  seconds: z.int().meta({ description: "on this review altogether" }),
});

export const daySchema = z.strictObject({ zone, project: uuid.optional() });

export const dayView = z.strictObject({
  day: z.iso.date(),
  submitted: z.int().meta({ description: "reviews submitted today" }),
  spans: z.int().meta({ description: "spans that stand in them" }),
  seconds: z.int().meta({ description: "worked today, idle minutes left out" }),
});

export type WorkInput = z.infer<typeof workSchema>;
export type DayInput = z.infer<typeof daySchema>;
export type Day = z.infer<typeof dayView>;
