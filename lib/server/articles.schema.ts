/** What the doors take for articles. The text's own rules (size, well-formedness) are lib/formats/article.ts's. */
import { z } from "zod";
import { DATE_PRECISIONS } from "../formats/native";
import { REGION_ROLES } from "../regions/roles";
import { storable, uuid } from "../spans/schema";
import { originalView } from "./originals.schema";
import { pageOf, pageQuery } from "./paging";
import { carriedOver } from "./versions.schema";

/** In UTF-16 units; generous for people, small enough for lists and indexes. */
const LONGEST = {
  title: 1_000,
  outlet: 300,
  author: 1_000,
  dateline: 500,
  url: 4_096,
  published: 200,
  licence: 500,
} as const;
const MOST_REGIONS = 20_000;

/** White space around a metadatum says nothing; an empty one is none. The text itself is never trimmed. */
const words = (max: number) =>
  storable(max)
    .transform((value) => value.trim() || null)
    .nullable();

const title = storable(LONGEST.title).refine((value) => value.trim() !== "", {
  error: "An article needs a title.",
  params: { code: "empty" },
});

const language = z
  .string()
  .max(35)
  .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, "Not a language tag such as en or de-AT.")
  .nullable();

const metadata = {
  outlet: words(LONGEST.outlet).optional(),
  repostedBy: words(LONGEST.outlet).optional(),
  author: words(LONGEST.author).optional(),
  dateline: words(LONGEST.dateline).optional(),
  url: words(LONGEST.url).optional(),
  /** The page's raw string; Gloss works out what it means. */
  published: words(LONGEST.published).optional(),
  language: language.optional(),
  licence: words(LONGEST.licence).optional(),
};

/** Whole numbers of any size, so that what lies outside the text is refused as `outside-text`. */
const region = z.strictObject({
  id: uuid.optional(),
  start: z.int(),
  end: z.int(),
  role: z.enum(REGION_ROLES),
  /** Only one that was proposed has a reason; one that a person draws has none. */
  reason: storable(500).nullable().optional(),
});

const regions = z.array(region).max(MOST_REGIONS);

export const articleCreateSchema = z.strictObject({
  id: uuid.optional(),
  /** When not given: the headline region's words, or the text's first line. */
  title: storable(LONGEST.title).optional(),
  text: z.string(),
  ...metadata,
  regions: regions.optional(),
  batchId: uuid.nullable().optional(),
  /** What it becomes where an article of the same page (URL and outlet) is here with another text; `version` when not given. */
  samePage: z.enum(["version", "apart"]).optional(),
});

/** A new version: what is not given is as in the newest before it. */
export const versionCreateSchema = articleCreateSchema.omit({ samePage: true, batchId: true });

/** `version`: the one last seen; with it a change by someone else in between is a conflict. */
export const articlePatchSchema = z.strictObject({
  version: z.int().min(1).optional(),
  title: title.optional(),
  ...metadata,
  /** A person's reading of `published`; both or neither. */
  publishedDate: storable(40).nullable().optional(),
  publishedPrecision: z.enum(DATE_PRECISIONS).nullable().optional(),
  regions: regions.optional(),
  batchId: uuid.nullable().optional(),
});

export const ARTICLE_SORTS = ["position", "title", "outlet", "published", "length"] as const;
export const ARTICLE_STATUSES = ["open", "adjudication", "settled", "superseded", "bin"] as const;

export type ArticleSort = (typeof ARTICLE_SORTS)[number] | `-${(typeof ARTICLE_SORTS)[number]}`;
const isSort = (value: string): value is ArticleSort =>
  ARTICLE_SORTS.some((name) => value === name || value === `-${name}`);

export const articleListSchema = z.strictObject({
  ...pageQuery,
  /** A name for ascending, with a minus for descending; `position` is the order of import. */
  sort: z
    .string()
    .refine(isSort, {
      error: `One of ${ARTICLE_SORTS.join(", ")}; with a minus, descending.`,
      params: { code: "bad-value" },
    })
    .transform((value): ArticleSort => (isSort(value) ? value : "position"))
    .optional(),
  /** A part of the title or outlet, whatever its case, quotes, dashes and spacing. */
  q: storable(300).optional(),
  status: z.enum(ARTICLE_STATUSES).optional(),
  outlet: storable(LONGEST.outlet).optional(),
  /** A batch's id, or `none`. */
  batch: z.union([z.literal("none"), uuid]).optional(),
});

export type ArticleCreate = z.infer<typeof articleCreateSchema>;
export type VersionCreate = z.infer<typeof versionCreateSchema>;
export type ArticlePatch = z.infer<typeof articlePatchSchema>;
export type ArticleListQuery = z.infer<typeof articleListSchema>;
export type RegionInput = z.infer<typeof region>;

const state = z.enum(["OPEN", "ADJUDICATION", "SETTLED"]);
const text = z.string().nullable();

const described = {
  id: z.uuid(),
  title: z.string(),
  outlet: text,
  repostedBy: text,
  author: text,
  url: text,
  published: text,
  publishedDate: text,
  publishedPrecision: z.enum(DATE_PRECISIONS).nullable(),
  language: text,
  length: z.int().meta({ description: "Unicode code points" }),
  version: z.int().meta({ description: "of metadata and regions; also the ETag" }),
  textVersion: z.int().meta({ description: "which version of the article's text it is, from 1" }),
  superseded: z.boolean().meta({ description: "a newer version has taken its place; it stays as it was" }),
  state,
  batchId: z.uuid().nullable(),
  createdAt: z.iso.datetime(),
};

export const articleView = z.object({
  ...described,
  projectId: z.uuid(),
  dateline: text,
  licence: text,
  text: z.string(),
  textSha256: z.string().meta({ description: "of the text's UTF-8, lower-case hex" }),
  regions: z.array(z.object({ id: z.uuid(), start: z.int(), end: z.int(), role: z.enum(REGION_ROLES), reason: text })),
  original: originalView.nullable().meta({ description: "the file that the text was read from, where one was kept" }),
});

export const articleMadeView = articleView.extend({
  duplicate: z.boolean().meta({ description: "it was there already; nothing was stored" }),
  versionOf: z.uuid().nullable().meta({ description: "the version before it, whose place it took" }),
  carried: carriedOver.nullable().meta({ description: "what became of the marks of the version before" }),
  notes: z.array(z.string()).meta({ description: "what was done to the text, and what was proposed" }),
});

export const articlePage = pageOf(
  z.object({
    ...described,
    deletedAt: z.iso.datetime().nullable(),
    ownReview: z
      .object({ id: z.uuid(), status: z.enum(["ASSIGNED", "IN_PROGRESS", "SUBMITTED", "SKIPPED"]) })
      .nullable(),
    reviews: z.object({ submitted: z.int(), open: z.int(), needed: z.int() }).nullable(),
  }),
);
