/** An export's lines out of one snapshot of the database, each checked before it goes out: the text's hash, and the quote of every span. */
import { createHash } from "node:crypto";
import type { NativeProject } from "../formats/native";
import { parseHeader } from "../formats/native-read";
import { indexText } from "../text/codepoints";
import type { Snapshot } from "./bulk";
import { HEADER, LINES, PAGE } from "./exportsSql";

/** What the asker may have (interface.md, "Who may what"). */
export type Scope = {
  readonly projectId: string;
  readonly userId: string;
  readonly reviews: "all" | "submitted" | "own" | "none";
  readonly gold: "all" | "settled" | "none";
  /** Versions that a newer one has superseded, too. */
  readonly former?: boolean;
  /** `reviewer`: only if the project shows them to reviewers. `desk`: also if not, but of no article that the asker is reviewing. */
  readonly suggestions: "desk" | "reviewer" | "none";
};

/** A line without its LF. */
export type ExportLine = {
  readonly articleId: string;
  /** Its place in the order of import, which it keeps for ever. */
  readonly position: string;
  readonly line: string;
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

type Row = {
  readonly id: string;
  readonly position: string;
  readonly sha256: string;
  readonly length: number;
  readonly line: string;
};

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
    const values = [
      scope.projectId,
      after,
      scope.userId,
      scope.reviews,
      scope.gold,
      scope.former ?? false,
      scope.suggestions,
    ];
    for await (const row of snapshot.stream<Row>(LINES, values, size)) {
      rows++;
      after = row.position;
      check(row);
      yield { articleId: row.id, position: row.position, line: row.line };
    }
  }
}

/** As exportsSql.ts writes them. Neither can be met inside a string, where JSON escapes the quotation marks. */
const TEXT = [',"text":', ',"text_sha256":"'] as const;
const SPAN = /"start":(\d+),"end":(\d+),"label":"(?:[^"\\]|\\.)*","quote":"((?:[^"\\]|\\.)*)"/g;

/** Reads of the line what it needs and no more: to parse all of it would take as long as the database takes to make it. */
function check({ id, sha256, length, line }: Row): void {
  const broken = (what: string) => new ExportBroken(id, what);
  const from = line.indexOf(TEXT[0]) + TEXT[0].length;
  const text: unknown = JSON.parse(line.slice(from, line.indexOf(TEXT[1], from)));
  if (typeof text !== "string") throw broken("the line has no text");
  if (createHash("sha256").update(text, "utf8").digest("hex") !== sha256)
    throw broken("the text is not the one that its hash was made of");
  const index = indexText(text);
  if (index.length !== length) throw broken("the text has another length");
  for (const [, start, end, escaped = ""] of line.matchAll(SPAN)) {
    const range = { start: Number(start), end: Number(end) };
    const quote: unknown = escaped.includes("\\") ? JSON.parse(`"${escaped}"`) : escaped;
    if (range.end > length || index.slice(range) !== quote)
      throw broken(`the span at ${range.start} to ${range.end} does not cut its quote out of the text`);
  }
}

export function projectOf(header: string): NativeProject {
  const parsed = parseHeader(JSON.parse(header));
  if ("faults" in parsed) throw new Error("the project's line is not what it should be");
  return parsed.value;
}
