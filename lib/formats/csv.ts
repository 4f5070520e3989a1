/** CSV out: one span a row (RFC 4180, UTF-8, every cell quoted, formulas defused). Reviews and gold; what a row cannot hold is lost. */
import { indexText, type TextIndex } from "../text/codepoints";
import { csvLine } from "./csv-cells";
import { ARTICLE_COLUMNS, type ArticleColumn, OWN_COLUMNS, SPAN_COLUMNS, type SpanColumn } from "./csv-columns";
import { DECISIONS, EXTRA, HISTORY, HOW, type Loss, REGIONS, SUBMISSIONS, SUGGESTIONS, WHEN } from "./losses";
import type { NativeArticle, NativeLink, NativeSpan } from "./native";

type Row = Readonly<Partial<Record<SpanColumn, string>>>;
type Marks = { readonly spans: readonly NativeSpan[]; readonly links: readonly NativeLink[] };

/** The header, then an article's rows at a time. An article or a review without spans has one row without a label. */
export async function* writeCsv(
  articles: AsyncIterable<NativeArticle> | Iterable<NativeArticle>,
): AsyncGenerator<string> {
  yield `${csvLine(OWN_COLUMNS)}\r\n`;
  for await (const article of articles) yield linesOf(article);
}

/** What is said of the article is the same in each of its rows, and is made once. */
function linesOf(article: NativeArticle): string {
  const index = indexText(article.text ?? "");
  const rows = [
    ...article.reviews.flatMap((review) =>
      layerRows(review, { layer: "reviews", reviewer: review.reviewer, status: review.status }, index),
    ),
    ...(article.gold ? layerRows(article.gold, { layer: "gold" }, index) : []),
  ];
  const cells = articleCells(article);
  const about = csvLine(ARTICLE_COLUMNS.map((name) => cells[name]));
  let text = csvLine([article.text ?? ""]);
  let lines = "";
  for (const row of rows.length > 0 ? rows : NO_MARKS) {
    lines += `${about},${csvLine(SPAN_COLUMNS.map((name) => row[name] ?? ""))},${text}\r\n`;
    text = NO_TEXT;
  }
  return lines;
}

const NO_TEXT = csvLine([""]);
const NO_MARKS: readonly Row[] = [{}];

function layerRows(marks: Marks, layer: Row, index: TextIndex): readonly Row[] {
  if (marks.spans.length === 0) return [layer];
  const links = new Map<string, NativeLink[]>();
  for (const link of marks.links) links.set(link.from, [...(links.get(link.from) ?? []), link]);
  // Spreading two objects into one takes longer than all the rest of a row.
  return marks.spans.map((span) => Object.assign(spanCells(span, links.get(span.id ?? "") ?? [], index), layer));
}

function spanCells(span: NativeSpan, links: readonly NativeLink[], index: TextIndex): Row {
  const quote = index.length === 0 ? (span.quote ?? "") : index.slice(span);
  if (span.quote !== null && span.quote !== quote)
    throw new Error(`Span ${span.id ?? ""} at ${span.start} to ${span.end} does not cut its quote out of the text.`);
  return {
    span_id: span.id ?? "",
    label: span.label,
    start: String(span.start),
    end: String(span.end),
    offset_unit: "code_point",
    quote,
    attributes: Object.keys(span.attributes).length === 0 ? "" : JSON.stringify(span.attributes),
    note: span.note,
    uncertain: span.uncertain ? "true" : "false",
    scheme_version: said(span.schemeVersion),
    guideline_version: said(span.guidelineVersion),
    links:
      links.length === 0
        ? ""
        : JSON.stringify(
            links.map(({ id, type, to, toText, accepted }) => ({
              id,
              type,
              to,
              to_text: toText,
              ...(accepted ? { accepted } : {}),
            })),
          ),
    accepted: span.accepted ? JSON.stringify(span.accepted) : "",
    suggestion: span.suggestion ? JSON.stringify(span.suggestion) : "",
  };
}

const said = (value: string | number | null): string => (value === null ? "" : String(value));

const articleCells = (article: NativeArticle): Readonly<Record<ArticleColumn, string>> => ({
  article_id: said(article.id),
  title: said(article.title),
  outlet: said(article.outlet),
  reposted_by: said(article.repostedBy),
  author: said(article.author),
  dateline: said(article.dateline),
  url: said(article.url),
  published: said(article.published),
  published_date: said(article.publishedDate),
  published_precision: said(article.publishedPrecision),
  language: said(article.language),
  licence: said(article.licence),
  story: said(article.story),
  split: said(article.split),
});

/** What a row cannot hold. */
export const CSV_LOSSES: readonly Loss[] = [REGIONS, DECISIONS, SUBMISSIONS, HOW, HISTORY, WHEN, SUGGESTIONS, EXTRA];
