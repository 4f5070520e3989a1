/**
 * A second way of counting every measure, as slow and as plain as it can be written: an array cell a character and reviewer, every pair,
 * every matching. Shares nothing with the product but the rules that find cases. Not part of the product.
 */
import type { AgreementArticle, AgreementReview } from "../article";

type Span = { readonly start: number; readonly end: number; readonly label: string };
export type Review = { readonly reviewer: string; readonly spans: readonly Span[] };
/** An article with what is out of scope cut out of its line. */
export type Line = { readonly length: number; readonly reviews: readonly Review[] };

/** Only articles with two or more reviews; exact duplicates of one reviewer once. */
export function lines(articles: readonly AgreementArticle[]): readonly Line[] {
  return articles
    .filter((a) => a.reviews.length > 1)
    .map(({ length, scope, reviews }) => {
      const kept = Array.from({ length }, (_, at) => at).filter(
        (at) => !scope || scope.some((r) => r.start <= at && at < r.end),
      );
      const before = (offset: number) => kept.filter((at) => at < offset).length;
      const spansOf = ({ spans }: AgreementReview) => {
        const placed = spans
          .map((s) => ({ start: before(s.start), end: before(s.end), label: s.label }))
          .filter((s) => s.start < s.end);
        return [...new Map(placed.map((s) => [JSON.stringify(s), s])).values()];
      };
      return { length: kept.length, reviews: reviews.map((r) => ({ reviewer: r.reviewer, spans: spansOf(r) })) };
    });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
const pairs = <T>(list: readonly T[]): [T, T][] => list.flatMap((a, i) => list.slice(i + 1).map((b): [T, T] => [a, b]));

/** Merged where two share a character; touching ones stay two. */
function merged(spans: readonly Span[]): Span[] {
  const found: Span[] = [];
  for (const s of [...spans].sort((a, b) => a.start - b.start)) {
    const last = found.at(-1);
    if (last && s.start < last.end) found[found.length - 1] = { ...last, end: Math.max(last.end, s.end) };
    else found.push(s);
  }
  return found;
}

export type Disagreement = { readonly observed: number; readonly expected: number };

/** D_o and D_e of one continuum as the paper writes them, from the categories of every character; `gap` is no label. */
export function unitized(
  articles: readonly { readonly length: number; readonly lanes: readonly (readonly Span[])[] }[],
): Disagreement {
  const cells = new Map<string, number>();
  const squares = new Map<string, number>([["gap", 0]]);
  const add = (map: Map<string, number>, key: string, n: number) => map.set(key, (map.get(key) ?? 0) + n);
  let total = 0;
  for (const { length, lanes } of articles) {
    total += length * lanes.length;
    const drawn = lanes.map((spans) => {
      const lane = new Array<string>(length).fill("gap");
      for (const { start, end, label } of spans) {
        add(squares, label, (end - start) ** 2);
        lane.fill(label, start, end);
      }
      add(squares, "gap", lane.filter((c) => c === "gap").length);
      return lane;
    });
    drawn.forEach((one, i) => {
      drawn.forEach((two, j) => {
        if (i !== j) for (const [at, c] of one.entries()) add(cells, `${c}|${two[at]}`, 1 / (lanes.length - 1));
      });
    });
  }
  const all = [...squares.keys()];
  const marginal = (c: string) => sum(all.map((k) => cells.get(`${c}|${k}`) ?? 0));
  const unlike = all.flatMap((c) => all.filter((k) => k !== c).map((k) => [c, k] as const));
  const paired = total ** 2 - sum([...squares.values()]);
  return {
    observed: sum(unlike.map(([c, k]) => cells.get(`${c}|${k}`) ?? 0)),
    expected: paired === 0 ? 0 : sum(unlike.map(([c, k]) => (total * marginal(c) * marginal(k)) / paired)),
  };
}

export const layered = (articles: readonly Line[], label: string): Disagreement =>
  unitized(
    articles.map(({ length, reviews }) => ({
      length,
      lanes: reviews.map((r) => merged(r.spans.filter((s) => s.label === label))),
    })),
  );

/** cuα, and (k)uα with its coverage, from the cells in which both put a label. */
export function categories(articles: readonly Line[], labels: readonly string[]) {
  const both = (c: string, k: string, where: readonly Line[] = articles) =>
    sum(
      where.map(({ length, reviews }) => {
        const has = (r: Review, label: string, at: number) =>
          r.spans.some((s) => s.label === label && s.start <= at && at < s.end);
        let n = 0;
        for (const one of reviews)
          for (const two of reviews)
            if (one !== two)
              for (let at = 0; at < length; at++) if (has(one, c, at) && has(two, k, at)) n += 1 / (reviews.length - 1);
        return n;
      }),
    );
  const marked = (r: Review, at: number) => r.spans.some((s) => s.start <= at && at < s.end);
  const squares = (c: string) =>
    sum(
      articles.flatMap(({ reviews }) =>
        reviews.flatMap((one) =>
          one.spans
            .filter((s) => s.label === c)
            .map(({ start, end }) => {
              const others = reviews.filter((r) => r !== one);
              const met = others.map((r) => {
                let n = 0;
                for (let at = start; at < end; at++) if (marked(r, at)) n++;
                return n;
              });
              return (sum(met) / others.length) ** 2;
            }),
        ),
      ),
    );
  const row = (c: string) => sum(labels.map((k) => both(c, k)));
  const total = sum(labels.map(row));
  const paired = total ** 2 - sum(labels.map(squares));
  const expected = (c: string) => (paired === 0 ? 0 : (total * (row(c) ** 2 - squares(c))) / paired);
  const same = sum(labels.map((c) => both(c, c)));
  const length = (c: string) =>
    sum(
      articles.flatMap(({ reviews }) =>
        reviews.flatMap((r) => r.spans.filter((s) => s.label === c).map((s) => s.end - s.start)),
      ),
    );
  return {
    total,
    cu: { observed: total - same, expected: total - sum(labels.map(expected)) },
    label: (c: string) => ({
      observed: row(c) - both(c, c),
      expected: row(c) - expected(c),
      coverage: length(c) === 0 ? null : row(c) / length(c),
    }),
  };
}

/** Krippendorff's nominal alpha over units with any number of values: every pair of values of every unit. */
export function nominal(units: readonly (readonly string[])[]): number | null {
  const used = units.filter((u) => u.length > 1);
  const values = used.flat();
  const n = values.length;
  if (n === 0) return null;
  const unlike = (list: readonly string[]) => sum(pairs(list).map(([a, b]) => (a === b ? 0 : 2)));
  const observed = sum(used.map((u) => unlike(u) / (u.length - 1))) / n;
  const expected = unlike(values) / (n * (n - 1));
  return expected === 0 ? null : 1 - observed / expected;
}

/** The same on an ordered scale. */
export function ordinal(units: readonly (readonly number[])[]): number | null {
  const used = units.filter((u) => u.length > 1);
  const values = used.flat();
  const n = values.length;
  const apart = (a: number, b: number) => {
    const [low, high] = [Math.min(a, b), Math.max(a, b)];
    const between = values.filter((v) => v >= low && v <= high).length;
    return (between - (values.filter((v) => v === low).length + values.filter((v) => v === high).length) / 2) ** 2;
  };
  const distance = (list: readonly number[]) => sum(pairs(list).map(([a, b]) => (a === b ? 0 : 2 * apart(a, b))));
  const observed = sum(used.map((u) => distance(u) / (u.length - 1))) / n;
  const expected = distance(values) / (n * (n - 1));
  return n === 0 || expected === 0 ? null : 1 - observed / expected;
}

/** The largest one-to-one matching, by trying everything. */
export function mostMatched<T>(a: readonly T[], b: readonly T[], fits: (x: T, y: T) => boolean): number {
  const [first, ...rest] = a;
  if (first === undefined) return 0;
  const without = mostMatched(rest, b, fits);
  const within = b.flatMap((y, i) => (fits(first, y) ? [1 + mostMatched(rest, b.toSpliced(i, 1), fits)] : []));
  return Math.max(without, ...within);
}

const shared = (a: Span, b: Span) => Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start));
const union = (a: Span, b: Span) => a.end - a.start + b.end - b.start - shared(a, b);

export type Fits = "strict" | "overlap" | "iou50";
const FITS: Readonly<Record<Fits, (a: Span, b: Span) => boolean>> = {
  strict: (a, b) => a.start === b.start && a.end === b.end,
  overlap: (a, b) => shared(a, b) > 0,
  iou50: (a, b) => 2 * shared(a, b) >= union(a, b),
};

/** 2·TP and |A| + |B|, over pairs of reviewers and articles. */
export function spanF1(articles: readonly Line[], labels: readonly string[], kind: Fits): readonly [number, number] {
  const each = articles.flatMap(({ reviews }) =>
    pairs(reviews).flatMap(([one, two]) =>
      labels.map((label) => {
        const [a, b] = [one, two].map((r) => r.spans.filter((s) => s.label === label)) as [Span[], Span[]];
        return [2 * mostMatched(a, b, FITS[kind]), a.length + b.length] as const;
      }),
    ),
  );
  return [sum(each.map(([tp]) => tp)), sum(each.map(([, all]) => all))];
}

export function characterF1(articles: readonly Line[], labels: readonly string[]): readonly [number, number] {
  let [both, all] = [0, 0];
  for (const { length, reviews } of articles)
    for (const [one, two] of pairs(reviews))
      for (const label of labels)
        for (let at = 0; at < length; at++) {
          const [a, b] = [one, two].map((r) => r.spans.some((s) => s.label === label && s.start <= at && at < s.end));
          both += a && b ? 2 : 0;
          all += Number(a) + Number(b);
        }
  return [both, all];
}

/** Whether each token of a text is touched by a span of the label, a row a reviewer. */
export function tokenTable(text: string, reviews: readonly Review[], label: string): boolean[][] {
  const points = [...text];
  const tokens = [
    ...text.matchAll(
      /[\p{Alphabetic}\p{M}\p{N}\p{Pc}\p{Join_Control}]+%?|[^\p{Alphabetic}\p{M}\p{N}\p{Pc}\p{Join_Control}\s]/gu,
    ),
  ].map((m) => {
    const start = [...text.slice(0, m.index)].length;
    return { start, end: Math.min(points.length, start + [...m[0]].length), label };
  });
  return reviews.map((r) => tokens.map((t) => r.spans.some((s) => s.label === label && shared(s, t) > 0)));
}

export function cohen(one: readonly boolean[], two: readonly boolean[]): number | null {
  const n = one.length;
  const same = one.filter((v, i) => v === two[i]).length / n;
  const [p, q] = [one, two].map((lane) => lane.filter(Boolean).length / n) as [number, number];
  const chance = p * q + (1 - p) * (1 - q);
  return n === 0 || chance === 1 ? null : (same - chance) / (1 - chance);
}

/** Rows are raters, columns items. */
export function fleiss(table: readonly (readonly boolean[])[]): number | null {
  const raters = table.length;
  const items = table[0]?.map((_, i) => table.filter((row) => row[i]).length) ?? [];
  const agreeing =
    sum(items.map((k) => k * (k - 1) + (raters - k) * (raters - k - 1))) / (items.length * raters * (raters - 1));
  const p = sum(items) / (items.length * raters);
  const chance = p * p + (1 - p) * (1 - p);
  return items.length === 0 || chance === 1 ? null : (agreeing - chance) / (1 - chance);
}
