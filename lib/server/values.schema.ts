/** What the doors of the register of sources take and answer (lib/offers/register.ts). */
import { z } from "zod";
import { LIMITS } from "../spans/schema";
import { storable } from "../text/fields";

const name = storable(LIMITS.attribute).regex(/[\p{L}\p{N}]/u, "A name has a letter or a digit.");

export const sourceBody = z.strictObject({
  name,
  aliases: z
    .array(name)
    .max(100)
    .meta({ description: "all other ways to write it; a name that is left out stands for itself again" }),
});

export const sourceView = z.strictObject({ name: z.string(), aliases: z.array(z.string()) });

export const valuesView = z.strictObject({
  sources: z.array(
    z.strictObject({
      name: z.string(),
      aliases: z.array(z.string()),
      uses: z.int(),
      beside: z.record(z.string(), z.string()).meta({ description: "values last given with it, by attribute" }),
    }),
  ),
  texts: z.array(z.strictObject({ label: z.string(), attribute: z.string(), value: z.string(), uses: z.int() })),
});
