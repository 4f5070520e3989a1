/** What an export is asked for. */
import { z } from "zod";

export const LAYERS = ["gold", "reviews", "all"] as const;
export type Layer = (typeof LAYERS)[number];

export const exportQuerySchema = z.strictObject({
  format: z.string().max(40).default("jsonl"),
  /** `reviews`: submitted ones. `all`: everything that the asker may have. */
  layer: z.enum(LAYERS).default("all"),
});

export type ExportQuery = z.infer<typeof exportQuerySchema>;
