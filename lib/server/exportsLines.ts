/** An export's lines out of one snapshot of the database, each checked against its text before it goes out. */
import { createHash } from "node:crypto";
import { indexText } from "../text/codepoints";
import type { Snapshot } from "./bulk";
import { HEADER, LINES, PAGE } from "./exportsSql";

/** What the asker may have (interface.md, "Who may what"). */
export type Scope = {
  readonly projectId: string;
  readonly userId: string;
  readonly reviews: "all" | "submitted" | "own" | "none";
  readonly gold: "all" | "settled" | "none";
};

export type ExportLine = { readonly line: string; readonly value: ArticleJson };

type SpanJson = { readonly id: string; readonly start: number; readonly end: number; readonly quote: string };
type MarksJson = { readonly spans: readonly SpanJson[] };
/** Of a line, what the check reads. */
export type ArticleJson = {
  readonly id: string;
  readonly text: string;
  readonly reviews: readonly (MarksJson & { readonly submissions?: readonly MarksJson[] })[];
  readonly gold?: MarksJson & { readonly decisions: readonly MarksJson[] };
};

/** Something in the database is not what it was. The export ends here, visibly. */
export class ExportBroken extends Error {
  constructor(
    readonly articleId: string,
    what: string,
  ) {
    super(`export of article ${articleId}: ${what}`);
    this.name = "ExportBroken";
  }
}

export async function headerLine(
  snapshot: Snapshot,
  projectId: string,
): Promise<{ name: string; line: string } | null> {
  const [row] = await snapshot.rows<{ name: string; line: string }>(HEADER, [projectId]);
  return row ?? null;
}

type Row = { readonly position: string; readonly sha256: string; readonly length: number; readonly line: string };

/** UTF-16 units of a line from which on lines come one at a time. */
const LARGE = 64 * 1024;
const MOST_AT_ONCE = 8;

/** In the order of import. */
export async function* exportLines(snapshot: Snapshot, scope: Scope): AsyncGenerator<ExportLine> {
  let after = "0";
  for (let rows = PAGE; rows > 0; ) {
    rows = 0;
    let many = 1;
    const size = (last: Row | null) => {
      many = last === null || last.line.length > LARGE ? 1 : Math.min(MOST_AT_ONCE, many * 2);
      return many;
    };
    const values = [scope.projectId, after, scope.userId, scope.reviews, scope.gold];
    for await (const row of snapshot.stream<Row>(LINES, values, size)) {
      rows++;
      after = row.position;
      yield { line: row.line, value: checked(row) };
    }
  }
}

function checked(row: Row): ArticleJson {
  const value = JSON.parse(row.line) as ArticleJson;
  const broken = (what: string) => new ExportBroken(value.id, what);
  const hash = createHash("sha256").update(value.text, "utf8").digest("hex");
  if (hash !== row.sha256) throw broken("the text is not the one that its hash was made of");
  const index = indexText(value.text);
  if (index.length !== row.length) throw broken("the text has another length");
  for (const { spans } of marksOf(value))
    for (const span of spans)
      if (span.end > index.length || index.slice(span) !== span.quote)
        throw broken(`span ${span.id} does not cut its quote out of the text`);
  return value;
}

function* marksOf({ reviews, gold }: ArticleJson): Iterable<MarksJson> {
  for (const review of reviews) {
    yield review;
    if (review.submissions) yield* review.submissions;
  }
  if (!gold) return;
  yield gold;
  yield* gold.decisions;
}
