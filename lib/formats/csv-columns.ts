/** The columns of Gloss's own CSV, and the names under which other people's CSV has the same things. */

export const ARTICLE_COLUMNS = [
  "article_id",
  "title",
  "outlet",
  "reposted_by",
  "author",
  "dateline",
  "url",
  "published",
  "published_date",
  "published_precision",
  "language",
  "licence",
  "story",
  "split",
] as const;
export type ArticleColumn = (typeof ARTICLE_COLUMNS)[number];

export const SPAN_COLUMNS = [
  "layer",
  "reviewer",
  "status",
  "span_id",
  "label",
  "start",
  "end",
  "offset_unit",
  "quote",
  "attributes",
  "note",
  "uncertain",
  "scheme_version",
  "guideline_version",
  "links",
  "accepted",
  "suggestion",
] as const;
export type SpanColumn = (typeof SPAN_COLUMNS)[number];

/** `text` comes last, and is filled in the first row of each article only. */
export const OWN_COLUMNS: readonly string[] = [...ARTICLE_COLUMNS, ...SPAN_COLUMNS, "text"];

const also: Readonly<Record<string, ArticleColumn | "text">> = {
  id: "article_id",
  doc_id: "article_id",
  document_id: "article_id",
  headline: "title",
  source: "outlet",
  publisher: "outlet",
  publication: "outlet",
  site: "outlet",
  authors: "author",
  byline: "author",
  link: "url",
  date: "published",
  published_at: "published",
  publish_date: "published",
  date_published: "published",
  lang: "language",
  license: "licence",
  body: "text",
  content: "text",
  article: "text",
  article_text: "text",
  full_text: "text",
  fulltext: "text",
  maintext: "text",
};

export const plainName = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[\s.-]+/g, "_");

const isColumn = (name: string): name is ArticleColumn | "text" =>
  name === "text" || (ARTICLE_COLUMNS as readonly string[]).includes(name);

/**
 * What each column of a header means; null: unknown, kept under the article's extra. A column by its very name goes before one by another
 * name for the same.
 */
export function meanings(header: readonly string[]): readonly (ArticleColumn | "text" | null)[] {
  const names = header.map(plainName);
  const taken = new Set<string>();
  const found = names.map((name) => {
    if (!isColumn(name) || taken.has(name)) return null;
    taken.add(name);
    return name;
  });
  return found.map((meaning, i) => {
    const other = meaning ? undefined : also[names[i] ?? ""];
    if (!other || taken.has(other)) return meaning;
    taken.add(other);
    return other;
  });
}

/** Written by Gloss: then apostrophes in front of formulas are taken away, and rows may be spans. */
export const isOwn = (header: readonly string[]): boolean =>
  ["article_id", "label", "start", "end", "offset_unit", "quote", "text"].every((name) => header.includes(name));
