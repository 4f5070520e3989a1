/** Metadata by the names that other tools' users give it, in the native line's names; what has another name is not metadata. */
import { meanings } from "./csv-columns";
import { readPublished } from "./dates";
import { type Wire, wordsOf } from "./foreign";
import type { NativeArticle } from "./native";

/** An article's metadata by the native line's names, as `toldBy` takes it back. A date that is not known is said to be so. */
export function tellOf(article: NativeArticle): Readonly<Record<string, string | null>> {
  const told: Readonly<Record<string, string | null>> = {
    article_id: article.id,
    title: article.title,
    outlet: article.outlet,
    reposted_by: article.repostedBy,
    author: article.author,
    dateline: article.dateline,
    url: article.url,
    published: article.published,
    published_date: article.publishedDate,
    published_precision: article.publishedPrecision,
    language: article.language,
    licence: article.licence,
    story: article.story,
    split: article.split,
  };
  return Object.fromEntries(
    Object.entries(told).filter(
      ([name, value]) => value !== null || (name === "published_date" && article.published !== null),
    ),
  );
}

export type Told = { readonly about: Wire; readonly rest: Wire };

/** `skip` are members that are no metadata whatever their name. */
export function toldBy(data: Readonly<Record<string, unknown>>, skip: readonly string[]): Told {
  const about: Wire = {};
  const rest: Wire = {};
  const names = Object.keys(data).filter((name) => !skip.includes(name));
  meanings(names).forEach((meaning, i) => {
    const name = names[i] ?? "";
    const words = wordsOf(data[name]);
    if (meaning === null || meaning === "text" || words === null) {
      if (data[name] !== null && data[name] !== "") rest[name] = data[name];
    } else about[meaning === "article_id" ? "id" : meaning] = words;
  });
  const { published, language } = about;
  if (typeof published === "string" && !("published_date" in data)) {
    const read = readPublished(published, typeof language === "string" ? language : null);
    Object.assign(about, { published_date: read.publishedDate, published_precision: read.publishedPrecision });
  }
  return { about, rest };
}
