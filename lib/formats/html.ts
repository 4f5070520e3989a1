/** One web page as one article: main text by @mozilla/readability, metadata from what the page says of itself, regions from its elements. */
import { Readability } from "@mozilla/readability";
import { fold } from "../text/fold";
import { articleOfBlocks } from "./blocks";
import { type Block, blocksOf } from "./html-blocks";
import { readMetadata } from "./html-metadata";
import { buildPage, type Page } from "./html-page";
import type { NativeArticle, PlacedFault, ReadItem } from "./native";
import { type Bytes, collect, decodeUtf8 } from "./utf8";
import { notWellFormed } from "./wire-faults";

/** Bytes. A page of which more than half is markup still holds the largest article. */
export const LARGEST_PAGE = 20 * 1024 * 1024;

/**
 * Readability weighs elements against each other and writes and reads the page anew when it is not content, which costs more than its
 * size where there is very much of something; such pages are taken by their own marks (`article`, `main`) or whole.
 */
const MOST = { elements: 20_000, characters: 500_000, escapes: 10_000 };

export async function* readHtml(stream: Bytes, name: string | null): AsyncGenerator<ReadItem> {
  const fault = (code: string, message: string, more: Partial<PlacedFault> = {}): ReadItem => ({
    kind: "fault",
    line: null,
    file: name,
    faults: [{ path: "", code, message, ...(name === null ? {} : { file: name }), ...more }],
  });
  const bytes = await collect(stream, LARGEST_PAGE);
  if (bytes === null) {
    yield fault("too-large", `This page is larger than ${LARGEST_PAGE / 1024 / 1024} MiB.`, { expected: LARGEST_PAGE });
    return;
  }
  const decoded = decodePage(bytes);
  if ("fault" in decoded) {
    yield fault("not-utf8", decoded.fault);
    return;
  }
  const [broken] = notWellFormed(decoded.text, "");
  if (broken) {
    yield fault(broken.code, broken.message);
    return;
  }
  const result = pageArticle(decoded.text);
  if (result === "too-many") {
    yield fault("too-large", "This page has more elements than any article needs.");
    return;
  }
  if (result === null) {
    yield fault("empty", "No text was found in this page.");
    return;
  }
  const notes = [...decoded.notes, ...result.notes];
  yield { kind: "article", line: null, file: name, article: result.article, notes };
}

type Decoded = { readonly text: string; readonly notes: readonly string[] } | { readonly fault: string };

/** UTF-8, or the encoding that the page names; never a guess. */
function decodePage(bytes: Uint8Array): Decoded {
  const utf8 = decodeUtf8(bytes);
  if ("text" in utf8) return { text: utf8.text.replace(/^\ufeff/, ""), notes: [] };
  const head = Buffer.from(bytes.subarray(0, 4096)).toString("latin1");
  const label = /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{1,40})/i.exec(head)?.[1]?.toLowerCase();
  if (label && !/^utf-?(?:8|16|32)/.test(label)) {
    try {
      const text = new TextDecoder(label, { fatal: true }).decode(bytes);
      return { text, notes: [`Read as ${label}, as the page says.`] };
    } catch {
      return { fault: `The page says that it is ${label}, which it is not or which cannot be read here.` };
    }
  }
  return { fault: utf8.fault.message };
}

type PageArticle = { readonly article: NativeArticle; readonly notes: readonly string[] };

/** null when there is no text. Pure; `source` is well-formed. */
export function pageArticle(source: string): PageArticle | "too-many" | null {
  const page = buildPage(source);
  if (page === null) return "too-many";
  const metadata = readMetadata(page.document, page.jsonLd);
  const headline = headlineOf(page.document);
  const standfirst = standfirstOf(page.document);
  const { blocks, title, notes } = mainText(page);
  if (blocks.length === 0) return null;
  const shown = withTop(blocks, headline ?? metadata.title ?? title, standfirst);
  const article = articleOfBlocks(shown, headline ?? metadata.title ?? title, metadata);
  const lost = article.text?.includes("\ufffd") && !source.includes("\ufffd");
  return {
    article,
    notes: [
      ...notes,
      ...(page.flattened > 0 ? [`${page.flattened} elements nested more than 256 deep were flattened.`] : []),
      ...(lost ? ["A character reference that names no character became U+FFFD, as in a browser."] : []),
    ],
  };
}

type Main = { readonly blocks: readonly Block[]; readonly title: string | null; readonly notes: readonly string[] };

function mainText({ document, elements }: Page): Main {
  // Readability takes the tree apart, so what may be needed afterwards is read before it.
  const whole = blocksOf(
    document.querySelector("article, main, [itemprop~=articleBody], [role=main]") ?? document.body,
  );
  if (elements > MOST.elements || isTooMuch(document.body.textContent))
    return { blocks: whole, title: null, notes: ["The page is unusually large; its text was taken whole."] };
  const found = new Readability(document, { serializer: (node) => node, disableJSONLD: true }).parse();
  const blocks = isElement(found?.content) ? blocksOf(found.content) : [];
  if (blocks.length > 0) return { blocks, title: found?.title?.trim() || null, notes: [] };
  return {
    blocks: whole,
    title: null,
    notes: whole.length > 0 ? ["No main text was found; the page was taken whole."] : [],
  };
}

function isTooMuch(text: string): boolean {
  if (text.length > MOST.characters) return true;
  let escapes = 0;
  for (const _ of text.matchAll(/[&<>]/g)) if (++escapes > MOST.escapes) return true;
  return false;
}

const isElement = (value: unknown): value is Element =>
  typeof value === "object" && value !== null && "nodeType" in value && value.nodeType === 1;

/** The page's own headline: the h1 of its article, or its only one. */
function headlineOf(document: Document): string | null {
  const inside = document.querySelector("article h1, main h1, h1[itemprop~=headline]");
  const all = inside ? [inside] : [...document.querySelectorAll("h1")];
  return all.length === 1 && all[0] ? oneLine(all[0]) : null;
}

const STANDFIRST =
  "[class*=standfirst], [class*=subheadline], [class*=article-dek], [class*=article__dek], [itemprop~=alternativeHeadline], h1 + h2, h1 + p[class*=lead], h1 + p[class*=intro]";

function standfirstOf(document: Document): string | null {
  const element = document.querySelector(STANDFIRST);
  const words = element ? oneLine(element) : null;
  return words !== null && words.length <= 1000 ? words : null;
}

const oneLine = (element: Element): string | null =>
  blocksOf(element)
    .map((block) => block.text)
    .join(" ")
    .replace(/[ \t\n]+/g, " ")
    .trim() || null;

/** Headline and standfirst first, once each, whether the extractor kept them or not. */
function withTop(blocks: readonly Block[], headline: string | null, standfirst: string | null): readonly Block[] {
  const top: Block[] = [];
  if (headline !== null) top.push({ text: headline, role: "headline", tight: false });
  if (standfirst !== null && standfirst !== headline) top.push({ text: standfirst, role: "standfirst", tight: false });
  const said = new Set(top.map((block) => fold(block.text)));
  // Only near the top: the same words further down are the body's own.
  return [...top, ...blocks.filter((block, i) => i >= 4 || block.text.length > 2000 || !said.has(fold(block.text)))];
}
