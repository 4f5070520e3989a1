/** What a release, or a filtered export, is asked for: which articles, which marks of them, in which formats and shares. */
import { z } from "zod";
import { REGION_ROLES } from "../regions/roles";

const key = z.string().min(1).max(200);
const day = z.string().regex(/^\d{4}(-\d\d(-\d\d)?)?$/, "must be a year, a month or a day: 2026, 2026-11, 2026-11-22");

export const AGREEMENT = ["unanimous", "majority", "disputed"] as const;
export const UNCERTAIN = ["only", "without"] as const;

/** Every condition holds at once; an absent one asks for nothing. */
export const selectionSchema = z.strictObject({
  labels: z.array(key).min(1).max(50).optional().meta({ description: "Only spans of these labels" }),
  regions: z
    .array(z.enum(REGION_ROLES))
    .min(1)
    .optional()
    .meta({ description: "Only spans that lie within regions of these roles" }),
  outlets: z.array(key).min(1).max(500).optional().meta({ description: "Only articles of these outlets" }),
  from: day
    .optional()
    .meta({ description: "Only articles published then or later; those without a date are left out" }),
  to: day.optional().meta({ description: "Only articles published then or earlier" }),
  reviewers: z.array(key).min(1).max(500).optional().meta({ description: "Only reviews of these people, by id" }),
  agreement: z.enum(AGREEMENT).optional().meta({
    description: "By how many of the article's submitted reviews have a span of the same label that shares half of it",
  }),
  uncertain: z.enum(UNCERTAIN).optional().meta({ description: "Only spans marked uncertain, or none of them" }),
});

export type Selection = z.infer<typeof selectionSchema>;

export const isEverything = (selection: Selection): boolean =>
  Object.values(selection).every((value) => value === undefined);

/** One condition after another; none asks for nothing. */
export function filterInWords(filter: Selection): readonly string[] {
  const { labels, regions, outlets, from, to, reviewers, agreement: agreed, uncertain } = filter;
  return [
    labels ? `labels ${labels.join(", ")}` : "",
    regions ? `spans within ${regions.join(", ")}` : "",
    outlets ? `outlets ${outlets.join(", ")}` : "",
    from ? `published from ${from}` : "",
    to ? `published up to ${to}` : "",
    reviewers ? `reviews of ${reviewers.length === 1 ? "one person" : `${reviewers.length} people`}` : "",
    agreed ? `${agreed} spans` : "",
    uncertain ? (uncertain === "only" ? "uncertain spans only" : "no uncertain spans") : "",
  ].filter((part) => part !== "");
}

/** Whether it looks at spans, so that what was counted over all of them (decisions, earlier submissions) no longer fits. */
export const choosesSpans = ({ labels, regions, agreement, uncertain }: Selection): boolean =>
  [labels, regions, agreement, uncertain].some((value) => value !== undefined);

export const GROUPS = ["story", "outlet", "article"] as const;
export type GroupBy = (typeof GROUPS)[number];

export const PEOPLE = ["pseudonyms", "names", "ids"] as const;
export type People = (typeof PEOPLE)[number];

export const LAYERS = ["gold", "reviews", "all"] as const;

const splitName = z.string().regex(/^[a-z][a-z0-9_-]{0,30}$/, "must be a short word of a-z, 0-9, - and _");

export const releaseSettingsSchema = z.strictObject({
  formats: z.array(z.string().min(1).max(40)).max(20).default(["jsonl"]),
  layer: z.enum(LAYERS).default("all"),
  splits: z
    .record(splitName, z.number().positive().max(1_000_000))
    .nullable()
    .default(null)
    .refine((value) => value === null || (Object.keys(value).length >= 1 && Object.keys(value).length <= 10), {
      message: "between one and ten splits",
    })
    .meta({
      description:
        'Shares by name, such as {"train": 0.8, "dev": 0.1, "test": 0.1}; they are weighed against each other',
    }),
  seed: z.int().min(0).max(Number.MAX_SAFE_INTEGER).default(1),
  groupBy: z.enum(GROUPS).default("story").meta({ description: "What is never parted between splits" }),
  filter: selectionSchema.default({}),
  reviewers: z.enum(PEOPLE).default("pseudonyms").meta({ description: "How reviewers are named" }),
  text: z
    .boolean()
    .default(true)
    .meta({ description: "false: a stand-off release, with hashes in place of the texts" }),
  settledOnly: z.boolean().default(false).meta({ description: "Leave out articles that are not settled" }),
  note: z.string().max(2000).default("").meta({ description: "Goes into the data card" }),
});

export type ReleaseSettings = z.infer<typeof releaseSettingsSchema>;

const USUAL = ["train", "dev", "valid", "validation", "test"];

/** As people list them, whatever order they were stored in: the usual names first, then by name. */
export function splitNames(splits: Readonly<Record<string, number>>): readonly string[] {
  const rank = (name: string) => (USUAL.includes(name) ? USUAL.indexOf(name) : USUAL.length);
  return Object.keys(splits).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}
