/** What an import is asked for, and what it answers. */
import { z } from "zod";
import { OFFSET_UNITS } from "../formats/doccano/units";
import { storable } from "../spans/schema";
import { carriedOver } from "./versions.schema";

const theirs = storable(200);
const names = z.record(theirs, storable(200).nullable());
const MOST_NAMES = 500;
const few = (record: object) => Object.keys(record).length <= MOST_NAMES;

/** What an importer says of another tool's names: theirs to ours, null to leave out. A form sends it as the field `mapping`. */
export const mappingSchema = z.strictObject({
  labels: names.refine(few, `At most ${MOST_NAMES} labels.`).optional(),
  links: names.refine(few, `At most ${MOST_NAMES} link types.`).optional(),
  /** To a member's id or e-mail, or to another name. */
  reviewers: names.refine(few, `At most ${MOST_NAMES} reviewers.`).optional(),
  /** Labels that the scheme is to have from now on, in its next version. */
  newLabels: z
    .array(z.strictObject({ key: z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/), name: storable(80) }))
    .max(50)
    .optional(),
});

export const importQuerySchema = z.strictObject({
  /** When not given: what the file shows, or its name says. */
  format: z.string().max(40).optional(),
  /** `abort`: one fault and nothing is stored. `skip`: what is wrong is left out and named, the rest is stored. */
  onError: z.enum(["abort", "skip"]).default("abort"),
  /** What the file's marks are here. Suggestions are added to articles that are there already. */
  as: z.enum(["reviews", "gold", "suggestions"]).default("reviews"),
  /** csv: the header of the column that holds the text. */
  textColumn: storable(200).optional(),
  /** doccano: what its offsets count. */
  offsetUnit: z.enum(OFFSET_UNITS).optional(),
  /** What an article of a page that is here already becomes: its next version, or one of its own. When not given: `version` for files of one article. */
  samePage: z.enum(["version", "apart"]).optional(),
  /** The name of a raw body's file. */
  name: storable(255).optional(),
});

export type ImportQuery = z.infer<typeof importQuerySchema>;

/** One article by its address, where GLOSS_IMPORT_URL allows it. */
export const importUrlSchema = z.strictObject({ url: storable(2_048) });

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
  /** `version`: of those created, new versions of articles that were there. */
  articles: z.object({ created: count, duplicate: count, version: count }),
  spans: z.object({ created: count }),
  /** From outside; `duplicate`: those that were there already. */
  suggestions: z.object({ created: count, duplicate: count }),
  errors: z.array(importFaultSchema),
  /** Faults beyond those listed. */
  errorsLeftOut: count,
  /** What was decided for the first articles: a BOM dropped, CRLF made LF, regions proposed, a duplicate of another. */
  notes: z.array(
    z.object({
      articleId: z.string().optional(),
      title: z.string().optional(),
      duplicate: z.boolean().optional(),
      /** It is this version of the article `of`; what became of the marks of the reviews that were carried over. */
      version: z
        .object({
          number: z.int(),
          of: z.string(),
          carried: carriedOver.nullable(),
        })
        .optional(),
      file: z.string().optional(),
      line: z.int().optional(),
      notes: z.array(z.string()),
    }),
  ),
});

export type ImportReport = z.infer<typeof importReportSchema>;
export type ImportNote = ImportReport["notes"][number];

export const previewSchema = z.object({
  /** The one that it was read as; null: none could be found. */
  format: z.string().nullable(),
  candidates: z.array(z.object({ format: z.string(), name: z.string(), reason: z.string() })),
  /** Read so far; a long file is not read to its end. */
  articles: count,
  whole: z.boolean(),
  /** The file's own project, labels and people: nothing is to be mapped. */
  native: z.boolean(),
  labels: z.array(z.object({ label: z.string(), count, suggested: z.string().nullable() })),
  links: z.array(z.object({ type: z.string(), count })),
  reviewers: z.array(z.object({ reviewer: z.string(), articles: count, spans: count, member: z.string().nullable() })),
  gold: count,
  /** What the file itself calls suggestions or predictions, by who or what made them. */
  suggestions: z.array(z.object({ by: z.string(), articles: count, spans: count })),
  spans: z.array(
    z.object({
      title: z.string(),
      reviewer: z.string().nullable(),
      label: z.string(),
      before: z.string(),
      quote: z.string(),
      after: z.string(),
    }),
  ),
  errors: z.array(importFaultSchema),
  notes: z.array(z.string()),
});
export type ImportPreview = z.infer<typeof previewSchema>;
