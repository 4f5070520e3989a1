/**
 * Parquet out: one span a row, with the article's text and metadata in every row (a row group keeps each text once), written row group by row
 * group. An article or a review without spans has one row without a label. Offsets in code points.
 */
import { ByteWriter, type ColumnSource, ParquetWriter, schemaFromColumnData } from "hyparquet-writer";
import { indexText } from "../../text/codepoints";
import type { Articles } from "../format";
import { DECISIONS, EXTRA, HISTORY, HOW, type Loss, layersOf, REGIONS, SUBMISSIONS, SUGGESTIONS } from "../losses";
import { tellOf } from "../metadata-names";
import type { NativeArticle, NativeSpan } from "../native";

export const PARQUET_LOSSES: readonly Loss[] = [REGIONS, DECISIONS, SUBMISSIONS, HOW, HISTORY, SUGGESTIONS, EXTRA];

const TEXTS = [
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
  "text",
  "text_sha256",
  "layer",
  "reviewer",
  "status",
  "submitted_at",
  "span_id",
  "label",
  "quote",
  "attributes",
  "note",
  "links",
  "accepted",
  "suggestion",
] as const;
const NUMBERS = ["start", "end", "scheme_version", "guideline_version"] as const;

type Row = { readonly [name in (typeof TEXTS)[number]]?: string | null } & {
  readonly [name in (typeof NUMBERS)[number]]?: number | null;
} & { readonly uncertain?: boolean };

/** So many rows, or so many UTF-16 units of text, make a row group: what is in memory at once. */
const GROUP = { rows: 4_000, units: 8 * 1024 * 1024 } as const;

const columnsOf = (rows: readonly Row[]): ColumnSource[] => [
  ...TEXTS.map((name) => ({ name, data: rows.map((row) => row[name] ?? null), type: "STRING" as const })),
  ...NUMBERS.map((name) => ({ name, data: rows.map((row) => row[name] ?? null), type: "INT32" as const })),
  { name: "uncertain", data: rows.map((row) => row.uncertain ?? null), type: "BOOLEAN" as const },
];

export async function* writeParquet(articles: Articles): AsyncGenerator<Uint8Array> {
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({
    writer: bytes,
    schema: schemaFromColumnData({ columnData: columnsOf([]) }),
    createdBy: "gloss",
    kvMetadata: [{ key: "offset_unit", value: "code_point" }],
  });
  let rows: Row[] = [];
  let units = 0;
  const group = () => {
    writer.write({ columnData: columnsOf(rows), rowGroupSize: rows.length });
    rows = [];
    units = 0;
    return taken(bytes);
  };
  for await (const article of articles) {
    for (const row of rowsOf(article)) rows.push(row);
    units += article.text?.length ?? 0;
    if (rows.length >= GROUP.rows || units >= GROUP.units) yield group();
  }
  if (rows.length > 0) yield group();
  writer.finish();
  yield taken(bytes);
}

/** What was written since; the places in the file count on. */
function taken(bytes: ByteWriter): Uint8Array {
  const written = bytes.getBytes().slice();
  bytes.index = 0;
  return written;
}

function* rowsOf(article: NativeArticle): Generator<Row> {
  const index = indexText(article.text ?? "");
  const about = { ...tellOf(article), text: article.text, text_sha256: article.textSha256 };
  const layers = layersOf(article);
  if (layers.length === 0) yield about;
  const reviews = new Map(article.reviews.map((review) => [review.reviewer, review]));
  for (const layer of layers) {
    const review = reviews.get(layer.reviewer ?? "");
    const who =
      layer.reviewer === null
        ? { layer: "gold" }
        : {
            layer: "reviews",
            reviewer: layer.reviewer,
            status: review?.status ?? null,
            submitted_at: review?.submittedAt ?? null,
          };
    if (layer.spans.length === 0) yield { ...about, ...who };
    for (const span of layer.spans) {
      const links = layer.links.filter((link) => link.from === span.id);
      // Spreading objects into one takes longer than all the rest of a row.
      const own = { quote: index.slice(span), links: links.length > 0 ? json(links) : null };
      yield Object.assign(spanOf(span), about, who, own);
    }
  }
}

const spanOf = (span: NativeSpan): Row => ({
  span_id: span.id,
  label: span.label,
  start: span.start,
  end: span.end,
  attributes: JSON.stringify(span.attributes),
  note: span.note === "" ? null : span.note,
  uncertain: span.uncertain,
  scheme_version: span.schemeVersion,
  guideline_version: span.guidelineVersion,
  accepted: span.accepted ? JSON.stringify(span.accepted) : null,
  suggestion: span.suggestion ? JSON.stringify(span.suggestion) : null,
});

const json = (links: ReturnType<typeof layersOf>[number]["links"]): string =>
  JSON.stringify(links.map(({ id, type, to, toText }) => ({ id, type, to, to_text: toText })));
