/** What a page says about itself: Open Graph and other meta elements, JSON-LD (schema.org), microdata, `time`, `link`. */
import { readPublished } from "./dates";
import type { ArticleMetadata, Json } from "./native";

export type PageMetadata = ArticleMetadata & { readonly title: string | null };

type Thing = { readonly [name: string]: Json };

const ARTICLE_TYPE = /(?:Article|BlogPosting|Report)$/;
/** JSON-LD is somebody else's data: not more of it is looked at than this. */
const MOST_NODES = 5000;

const isThing = (value: Json | undefined): value is Thing =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The first article in the page's JSON-LD, wherever it is nested. */
function articleThing(scripts: readonly string[]): Thing | null {
  for (const script of scripts) {
    let open: Json[];
    try {
      open = [JSON.parse(script) as Json];
    } catch {
      continue;
    }
    for (let seen = 0, value = open.shift(); value !== undefined && seen < MOST_NODES; value = open.shift(), seen++) {
      if (Array.isArray(value)) open.push(...value.slice(0, 100));
      else if (isThing(value)) {
        if (texts(value["@type"]).some((type) => ARTICLE_TYPE.test(type))) return value;
        open.push(...Object.values(value).filter((inner) => typeof inner === "object" && inner !== null));
      }
    }
  }
  return null;
}

/** A string, a thing's name, or a list of such, as strings. */
function texts(value: Json | undefined): readonly string[] {
  if (typeof value === "string") return tidy(value) === null ? [] : [value];
  if (Array.isArray(value)) return value.flatMap((one) => (Array.isArray(one) ? [] : texts(one)));
  if (!isThing(value)) return [];
  const name = value.name ?? value["@id"] ?? value.url;
  return typeof name === "string" ? [name] : [];
}

/** One line, or null. Metadata is for reading, so blanks are collapsed here; the text is never touched so. */
function tidy(value: string | null | undefined): string | null {
  const words = (value ?? "").replace(/\s+/g, " ").trim();
  return words === "" || words.length > 1000 || /[\0\p{Surrogate}]/u.test(words) ? null : words;
}

const firstOf = (...values: readonly (string | null | undefined)[]): string | null => {
  for (const value of values) {
    const words = tidy(value);
    if (words !== null) return words;
  }
  return null;
};

export function readMetadata(document: Document, jsonLd: readonly string[]): PageMetadata {
  const metas = new Map<string, string>();
  for (const meta of document.querySelectorAll("meta")) {
    for (const attribute of ["property", "name", "itemprop"]) {
      const key = meta.getAttribute(attribute)?.toLowerCase();
      const content = meta.getAttribute("content");
      if (key && content && !metas.has(key)) metas.set(key, content);
    }
  }
  const attribute = (selector: string, name: string) => document.querySelector(selector)?.getAttribute(name);
  const words = (selector: string) => document.querySelector(selector)?.textContent;
  const thing = articleThing(jsonLd);
  const said = (name: string): string | null => texts(thing?.[name]).join(", ") || null;

  const language = languageTag(
    firstOf(
      document.documentElement.getAttribute("lang"),
      said("inLanguage"),
      metas.get("og:locale"),
      metas.get("content-language"),
      metas.get("language"),
    ),
  );
  const published = firstOf(
    said("datePublished"),
    metas.get("article:published_time"),
    metas.get("datepublished"),
    metas.get("date"),
    metas.get("dc.date"),
    metas.get("pubdate"),
    attribute("[itemprop~=datePublished][datetime]", "datetime"),
    attribute("time[datetime]", "datetime"),
    words("time"),
  );
  return {
    title: firstOf(said("headline"), metas.get("og:title"), metas.get("twitter:title"), document.title),
    outlet: firstOf(metas.get("og:site_name"), said("publisher"), metas.get("application-name")),
    repostedBy: null,
    author: firstOf(
      said("author"),
      metas.get("author"),
      notAddress(metas.get("article:author")),
      metas.get("dc.creator"),
      words("[itemprop~=author] [itemprop~=name]"),
      words("[itemprop~=author]"),
      words("[rel~=author]"),
    ),
    dateline: null,
    url: webAddress(
      attribute("link[rel~=canonical]", "href"),
      metas.get("og:url"),
      said("url"),
      said("mainEntityOfPage"),
    ),
    published,
    ...readPublished(published, language),
    language,
    licence: firstOf(said("license"), attribute("link[rel~=license]", "href"), attribute("a[rel~=license]", "href")),
  };
}

const notAddress = (value: string | undefined): string | null => (value && !/^https?:/i.test(value) ? value : null);

/** The first that is a whole http or https address. */
function webAddress(...values: readonly (string | null | undefined)[]): string | null {
  return (
    values.map(tidy).find((value) => value !== null && /^https?:\/\/[^\s"'<>]+$/i.test(value) && URL.canParse(value)) ??
    null
  );
}

/** "en_GB" is en-GB; what is no language tag is none. */
function languageTag(value: string | null): string | null {
  const tag = (value ?? "").replaceAll("_", "-");
  return /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(tag) ? tag : null;
}
