/**
 * What changed from one release to the next, span by span. Two spans of one layer are the same when range and label are; one with another label
 * on the same range is relabelled; one that meets a span of its label that is gone is moved; the rest was added or removed.
 */
import type { IndexLine, IndexSpan } from "./index-line";

type Placed = { readonly layer: string; readonly start: number; readonly end: number };

export type SpanChange =
  | (Placed & { readonly kind: "added" | "removed"; readonly label: string })
  | (Placed & { readonly kind: "relabelled"; readonly label: string; readonly was: string })
  | (Placed & { readonly kind: "moved"; readonly label: string; readonly from: [start: number, end: number] });

export type ArticleChange = {
  readonly id: string;
  readonly title: string;
  readonly textSha256: string;
  /** "added" and "removed" are whole articles, with every span of theirs. */
  readonly kind: "added" | "removed" | "changed";
  /** The text is another one; then every span is new. */
  readonly text: boolean;
  readonly split: [was: string | null, is: string | null] | null;
  readonly spans: readonly SpanChange[];
};

export type ChangeCounts = {
  readonly articles: { readonly added: number; readonly removed: number; readonly changed: number };
  readonly spans: {
    readonly added: number;
    readonly removed: number;
    readonly relabelled: number;
    readonly moved: number;
  };
  readonly splits: number;
};

/** Both in the order of `position`. Gives the articles in which anything is another; memory holds one of each. */
export async function* changesBetween(
  before: AsyncIterable<IndexLine>,
  after: AsyncIterable<IndexLine>,
): AsyncGenerator<ArticleChange> {
  const old = before[Symbol.asyncIterator]();
  const now = after[Symbol.asyncIterator]();
  let was = await old.next();
  let is = await now.next();
  while (!was.done || !is.done) {
    const order = was.done ? 1 : is.done ? -1 : comparePositions(was.value.position, is.value.position);
    if (order < 0 && !was.done) yield whole("removed", was.value);
    if (order > 0 && !is.done) yield whole("added", is.value);
    if (order === 0 && !was.done && !is.done) {
      const change = changeOf(was.value, is.value);
      if (change) yield change;
    }
    if (order <= 0) was = await old.next();
    if (order >= 0) is = await now.next();
  }
}

const comparePositions = (a: string, b: string) => {
  const difference = BigInt(a) - BigInt(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

const placed = ([layer, start, end]: IndexSpan): Placed => ({ layer, start, end });

const all = (kind: "added" | "removed", spans: readonly IndexSpan[]): readonly SpanChange[] =>
  spans.map((span) => ({ kind, ...placed(span), label: span[3] }));

const whole = (kind: "added" | "removed", line: IndexLine): ArticleChange => ({
  id: line.id,
  title: line.title,
  textSha256: line.text_sha256,
  kind,
  text: false,
  split: null,
  spans: all(kind, line.spans),
});

function changeOf(was: IndexLine, is: IndexLine): ArticleChange | null {
  const text = was.text_sha256 !== is.text_sha256;
  const split: ArticleChange["split"] = was.split === is.split ? null : [was.split, is.split];
  const spans = text ? [...all("removed", was.spans), ...all("added", is.spans)] : spanChanges(was.spans, is.spans);
  if (!text && split === null && spans.length === 0) return null;
  return { id: is.id, title: is.title, textSha256: is.text_sha256, kind: "changed", text, split, spans };
}

const meet = (a: IndexSpan, b: IndexSpan) => a[1] < b[2] && b[1] < a[2];

function spanChanges(was: readonly IndexSpan[], is: readonly IndexSpan[]): readonly SpanChange[] {
  const gone = [...was];
  const fresh = is.filter((span) => !take(gone, (one) => one.every((part, n) => part === span[n])));
  const changes: SpanChange[] = [];
  const left = fresh.filter((span) => {
    const same = take(gone, (one) => one[0] === span[0] && one[1] === span[1] && one[2] === span[2]);
    if (same) changes.push({ kind: "relabelled", ...placed(span), label: span[3], was: same[3] });
    return !same;
  });
  const added = left.filter((span) => {
    const same = take(gone, (one) => one[0] === span[0] && one[3] === span[3] && meet(one, span));
    if (same) changes.push({ kind: "moved", ...placed(span), label: span[3], from: [same[1], same[2]] });
    return !same;
  });
  return [...changes, ...all("added", added), ...all("removed", gone)].sort(
    (a, b) => a.start - b.start || a.end - b.end,
  );
}

function take(from: IndexSpan[], fits: (span: IndexSpan) => boolean): IndexSpan | undefined {
  const found = from.findIndex(fits);
  return found < 0 ? undefined : from.splice(found, 1)[0];
}

export const noChanges = (): ChangeCounts => ({
  articles: { added: 0, removed: 0, changed: 0 },
  spans: { added: 0, removed: 0, relabelled: 0, moved: 0 },
  splits: 0,
});

export function countChange(counts: ChangeCounts, change: ArticleChange): ChangeCounts {
  const spans = { ...counts.spans };
  for (const { kind } of change.spans) spans[kind]++;
  return {
    articles: { ...counts.articles, [change.kind]: counts.articles[change.kind] + 1 },
    spans,
    splits: counts.splits + (change.split ? 1 : 0),
  };
}
