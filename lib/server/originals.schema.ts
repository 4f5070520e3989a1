/** What is said of the file that a text was read from. */
import { z } from "zod";

export const originalView = z.object({
  name: z.string().nullable().meta({ description: "as its sender called it" }),
  mediaType: z.string(),
  size: z.int().meta({ description: "bytes" }),
  sha256: z.string(),
  url: z.string().nullable().meta({ description: "where it was fetched" }),
  fetchedAt: z.iso.datetime().nullable(),
});
export type OriginalView = z.infer<typeof originalView>;
