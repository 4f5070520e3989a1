/** What an import is asked for, and what it answers. */
import { z } from "zod";
import { storable } from "../spans/schema";

export const importQuerySchema = z.strictObject({
  /** When not given: what the file's name says. */
  format: z.string().max(40).optional(),
  /** `abort`: one fault and nothing is stored. `skip`: what is wrong is left out and named, the rest is stored. */
  onError: z.enum(["abort", "skip"]).default("abort"),
  /** What the file's marks are here. */
  as: z.enum(["reviews", "gold", "suggestions"]).default("reviews"),
  /** csv: the header of the column that holds the text. */
  textColumn: storable(200).optional(),
  /** The name of a raw body's file. */
  name: storable(255).optional(),
});

export type ImportQuery = z.infer<typeof importQuerySchema>;

const count = z.int().min(0);

export const importFaultSchema = z.object({
  path: z.string(),
  code: z.string(),
  message: z.string(),
  line: z.int().optional(),
  file: z.string().optional(),
  excerpt: z.string().optional(),
  expected: z.unknown().optional(),
  actual: z.unknown().optional(),
});

export const importReportSchema = z.object({
  articles: z.object({ created: count, duplicate: count }),
  spans: z.object({ created: count }),
  errors: z.array(importFaultSchema),
  /** Faults beyond those listed. */
  errorsLeftOut: count,
  /** What was decided for the first articles: a BOM dropped, CRLF made LF, regions proposed, a duplicate of another. */
  notes: z.array(
    z.object({
      articleId: z.string().optional(),
      title: z.string().optional(),
      duplicate: z.boolean().optional(),
      file: z.string().optional(),
      line: z.int().optional(),
      notes: z.array(z.string()),
    }),
  ),
});

export type ImportReport = z.infer<typeof importReportSchema>;
export type ImportNote = ImportReport["notes"][number];
