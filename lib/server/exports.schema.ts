/** What an export is asked for. */
import { z } from "zod";
import { REGION_ROLES } from "../regions/roles";
import { AGREEMENT, LAYERS, PEOPLE, type Selection, selectionSchema, UNCERTAIN } from "../releases/settings";
import { listOf } from "../text/fields";

export { LAYERS };
export type Layer = (typeof LAYERS)[number];

const day = selectionSchema.shape.from;
const list = (what: string) =>
  z
    .string()
    .min(1)
    .max(4000)
    .optional()
    .meta({ description: `${what}, separated by commas` });

export const exportQuerySchema = z.strictObject({
  format: z.string().max(40).default("jsonl"),
  /** `reviews`: submitted ones. `all`: everything that the asker may have. */
  layer: z.enum(LAYERS).default("all"),
  label: list("Only spans of these labels"),
  region: z
    .string()
    .regex(listOf(REGION_ROLES), "Roles of regions with commas between.")
    .optional()
    .meta({ description: "Only spans that lie within regions of these roles, separated by commas" }),
  outlet: z.string().min(1).max(200).optional().meta({ description: "Only articles of this outlet" }),
  from: day.meta({ description: "Only articles published then or later: 2026, 2026-11, 2026-11-22" }),
  to: day.meta({ description: "Only articles published then or earlier" }),
  reviewer: list("Only reviews of these people, by id"),
  agreement: z.enum(AGREEMENT).optional().meta({
    description:
      "Only spans that all, most, or not all of the article's submitted reviews have; for whoever may have everyone's reviews",
  }),
  uncertain: z.enum(UNCERTAIN).optional().meta({ description: "Only spans marked uncertain, or none of them" }),
  versions: z.enum(["current", "all"]).optional().meta({
    description:
      "`all`: also the former versions of articles, with their reviews and gold as they were; the newest when not given",
  }),
  reviewers: z.enum(PEOPLE).optional().meta({ description: "How reviewers are named; by id when not given" }),
});

export type ExportQuery = z.infer<typeof exportQuerySchema>;

export const exportCount = z.object({
  articles: z.int(),
  reviews: z.int(),
  spans: z.int().meta({ description: "Of reviews" }),
  goldSpans: z.int(),
  links: z.int().meta({ description: "Of reviews and of gold" }),
  complete: z.boolean().meta({ description: "false: counting took too long, and there are at least so many" }),
});

/** As an address or a command says them. */
type Conditions = {
  readonly [name in Exclude<keyof ExportQuery, "format" | "layer" | "reviewers">]?: string | undefined;
};

const parts = (words: string | undefined) =>
  words
    ?.split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");

/** The conditions as releases have them; a part that is none of its kind is a fault. */
export const selectionOf = (query: Conditions) =>
  selectionSchema.safeParse(
    Object.fromEntries(
      Object.entries({
        labels: parts(query.label),
        regions: parts(query.region),
        outlets: query.outlet === undefined ? undefined : [query.outlet],
        from: query.from,
        to: query.to,
        reviewers: parts(query.reviewer),
        agreement: query.agreement,
        uncertain: query.uncertain,
      } satisfies Record<keyof Selection, unknown>).filter(([, value]) => value !== undefined),
    ),
  );

export const choicesView = z.object({
  labels: z.array(z.object({ key: z.string(), name: z.string() })),
  outlets: z.array(z.string()).meta({ description: "Empty for whoever does not see every article" }),
  reviewers: z
    .array(z.object({ id: z.uuid(), name: z.string() }))
    .meta({ description: "Whoever has submitted a review; empty for whoever may not have everyone's" }),
  agreement: z.boolean().meta({ description: "Whether by agreement may be chosen" }),
});
