/** Native to a format and back: the same but for what the format's losses take away. */
import fc from "fast-check";
import { expect } from "vitest";
import { fitTo, IDS, type Loss, type Marks, mapMarks } from "../losses";
import type { NativeArticle, NativeProject, NativeSpan } from "../native";
import { type FormatName, read, write } from "../registry";
import type { Bytes } from "../utf8";
import { someArticle } from "./arbitrary";
import { all, articles, faults } from "./streams";

export async function bytesOut(
  format: FormatName,
  given: readonly NativeArticle[],
  project: NativeProject | null = null,
): Promise<Buffer> {
  const chunks = await all(write(format, given, project));
  return Buffer.concat(chunks.map((chunk) => (typeof chunk === "string" ? Buffer.from(chunk, "utf8") : chunk)));
}

export async function* inPieces(bytes: Uint8Array, size: number): Bytes {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
}

const text = (span: NativeSpan | undefined): string =>
  span === undefined
    ? ""
    : JSON.stringify([
        span.start,
        span.end,
        span.label,
        Object.entries(span.attributes).sort(),
        span.note,
        span.uncertain,
      ]);

/** Marks in an order of their own, for formats that keep none. */
export function sorted(article: NativeArticle): NativeArticle {
  return mapMarks(article, <T extends Marks>(marks: T): T => {
    const spans = new Map(marks.spans.map((span) => [span.id, span]));
    const end = (id: string | null) => text(spans.get(id));
    const key = (link: T["links"][number]) => JSON.stringify([link.type, end(link.from), end(link.to)]);
    const by =
      <V>(of: (value: V) => string) =>
      (a: V, b: V) =>
        of(a) < of(b) ? -1 : of(a) > of(b) ? 1 : 0;
    return {
      ...marks,
      spans: marks.spans
        .map((span) => ({ ...span, attributes: Object.fromEntries(Object.entries(span.attributes).sort()) }))
        .sort(by(text)),
      links: [...marks.links].sort(by(key)),
    };
  });
}

/** What is compared: quotes are cut anew by every reader that gives one. */
const bare = (article: NativeArticle): NativeArticle =>
  mapMarks(article, (marks) => ({ ...marks, spans: marks.spans.map((span) => ({ ...span, quote: null })) }));

type Options = {
  readonly losses: readonly Loss[];
  /** The format keeps no order of marks. */
  readonly unordered?: boolean;
  /** Spans and links get ids of the format's own. */
  readonly renamed?: boolean;
  readonly runs?: number;
};

export function roundTrips(format: FormatName, { losses, unordered, renamed, runs = 12 }: Options): Promise<void> {
  const seen = (one: NativeArticle) => {
    const ordered = unordered ? sorted(bare(one)) : bare(one);
    return renamed ? IDS.without(ordered) : ordered;
  };
  return fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(someArticle, { minLength: 1, maxLength: 2, selector: (article) => article.id ?? Symbol("none") }),
      fc.integer({ min: 1, max: 300 }),
      async (given, size) => {
        const bytes = await bytesOut(format, given);
        const back = await all(read(format, null, inPieces(bytes, size)));
        expect(faults(back)).toEqual([]);
        expect(articles(back).map(seen)).toEqual(given.map((one) => seen(fitTo(one, losses).article)));
      },
    ),
    { numRuns: runs },
  );
}
