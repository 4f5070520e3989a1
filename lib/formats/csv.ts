/** CSV out: one span a row (RFC 4180, UTF-8, every cell quoted, formulas defused). Reviews and gold; what a row cannot hold is lost. */
import { stringify } from "csv-stringify/sync";
import { indexText, type TextIndex } from "../text/codepoints";
import { defuse } from "./csv-cells";
import { OWN_COLUMNS } from "./csv-columns";
import type { NativeArticle, NativeLink, NativeSpan } from "./native";

type Row = Readonly<Record<string, string>>;
type Marks = { readonly spans: readonly NativeSpan[]; readonly links: readonly NativeLink[] };

const cells = (rows: readonly Row[]): string =>
  stringify(
    rows.map((row) => OWN_COLUMNS.map((name) => defuse(row[name] ?? ""))),
    { quoted: true, quoted_empty: true, record_delimiter: "\r\n" },
  );

/** The header, then an article's rows at a time. An article or a review without spans has one row without a label. */
export async function* writeCsv(
  articles: AsyncIterable<NativeArticle> | Iterable<NativeArticle>,
): AsyncGenerator<string> {
  yield stringify([OWN_COLUMNS], { quoted: true, record_delimiter: "\r\n" });
  for await (const article of articles) yield cells(rowsOf(article));
}

function rowsOf(article: NativeArticle): readonly Row[] {
  const index = indexText(article.text ?? "");
  const rows = [
    ...article.reviews.flatMap((review) => {
      const layer = { layer: "reviews", reviewer: review.reviewer, status: review.status };
      return layerRows(review, layer, index);
    }),
    ...(article.gold ? layerRows(article.gold, { layer: "gold" }, index) : []),
  ];
  const about = articleCells(article);
  const text = article.text ?? "";
  return (rows.length > 0 ? rows : [{}]).map((row, i) => ({ ...about, ...row, text: i === 0 ? text : "" }));
}

function layerRows(marks: Marks, layer: Row, index: TextIndex): readonly Row[] {
  if (marks.spans.length === 0) return [layer];
  const links = new Map<string, NativeLink[]>();
  for (const link of marks.links) links.set(link.from, [...(links.get(link.from) ?? []), link]);
  return marks.spans.map((span) => ({ ...layer, ...spanCells(span, links.get(span.id ?? "") ?? [], index) }));
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
  };
}

const said = (value: string | number | null): string => (value === null ? "" : String(value));

const articleCells = (article: NativeArticle): Row => ({
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

/** What writing these articles as CSV leaves out, in words; for `convert` to say. */
export function lostInCsv(article: NativeArticle): readonly string[] {
  const extras = [
    article.extra,
    ...article.reviews.flatMap((r) => [r.extra, ...r.spans.map((s) => s.extra), ...r.links.map((l) => l.extra)]),
  ];
  return [
    ...(article.regions && article.regions.length > 0 ? ["regions"] : []),
    ...(article.gold && article.gold.decisions.length > 0 ? ["decisions"] : []),
    ...(article.reviews.some((r) => r.submissions.length > 0) ? ["earlier submissions"] : []),
    ...(article.reviews.some((r) => r.notBlind || r.submittedAt || r.skipReason)
      ? ["when and how reviews were submitted"]
      : []),
    ...(extras.some((extra) => Object.keys(extra).length > 0) ? ["members under extra"] : []),
  ];
}
