/**
 * Tokens, and kappa on them: binary per label, a token being positive when it overlaps a span by one code point. A token is
 * `\w+%?|[^\w\s]` over Unicode (\w as in UTS #18: letters, marks, numbers, connectors). In "fell 12% in March." the tokens are
 * fell, 12%, in, March and the full stop.
 */
import type { TextIndex } from "../text/codepoints";
import { disagreement, intersection } from "./continuum";
import { minus, over, times, toNumber, WeightedSum, WholeSum, whole } from "./exact";
import { binaryFleiss, cohenKappa } from "./kappa";
import type { Prepared } from "./prepare";
import type { Projection } from "./projection";
import { figure, none, type Reason, type Value } from "./value";

/** Parallel arrays, in order, in code points. */
export type Tokens = { readonly start: readonly number[]; readonly end: readonly number[] };

const [BLANK, WORD, OTHER] = [1, 2, 3] as const;
const IS_WORD = /[\p{Alphabetic}\p{M}\p{N}\p{Pc}\p{Join_Control}]/u;
const IS_BLANK = /\s/;

function classOf(character: string): number {
  return IS_WORD.test(character) ? WORD : IS_BLANK.test(character) ? BLANK : OTHER;
}

/** By UTF-16 unit, filled as characters are met. */
const known = new Uint8Array(0x10000);
const PERCENT = 0x25;

/** In offsets of the text. */
export function tokenise({ text }: TextIndex): Tokens {
  const start: number[] = [];
  const end: number[] = [];
  let pairs = 0; // surrogate pairs so far: the difference of the two offset units
  let word = -1;
  for (let i = 0; i < text.length; i++) {
    const at = i - pairs;
    const unit = text.charCodeAt(i);
    let kind = known[unit] ?? 0;
    if (kind === 0) {
      const isPair = (unit & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00;
      kind = classOf(isPair ? String.fromCodePoint(text.codePointAt(i) ?? 0) : String.fromCharCode(unit));
      if (isPair) {
        pairs++;
        i++;
      } else known[unit] = kind;
    }
    if (kind === WORD) {
      if (word === -1) word = at;
      continue;
    }
    if (word !== -1) {
      const percent = unit === PERCENT;
      start.push(word);
      end.push(percent ? at + 1 : at);
      word = -1;
      if (percent) continue;
    }
    if (kind === OTHER) {
      start.push(at);
      end.push(at + 1);
    }
  }
  if (word !== -1) {
    start.push(word);
    end.push(text.length - pairs);
  }
  return { start, end };
}

/** The tokens of which some code point is in scope, in code points in scope. */
export function tokensInScope(index: TextIndex, projection: Projection): Tokens {
  const all = tokenise(index);
  if (projection.length === index.length) return all;
  const start: number[] = [];
  const end: number[] = [];
  all.start.forEach((from, i) => {
    const [first, last] = [projection.at(from), projection.at(all.end[i] ?? from)];
    if (first < last) {
      start.push(first);
      end.push(last);
    }
  });
  return { start, end };
}

/** Segments of code points as segments of token numbers: flat, disjoint, in order. Both walked once. */
export function inTokens(segments: readonly number[], tokens: Tokens): readonly number[] {
  const found: number[] = [];
  let token = 0;
  for (let s = 0; s < segments.length; s += 2) {
    const from = segments[s] ?? 0;
    const to = segments[s + 1] ?? 0;
    token = firstEndingAfter(tokens, from, token);
    const first = token;
    while (token < tokens.start.length && (tokens.start[token] ?? 0) < to) token++;
    // A token may belong to two segments: it is taken once, and looked at again for the next.
    const before = found.at(-1) ?? -1;
    const begin = Math.max(first, before);
    if (begin < token) {
      if (begin === before) found[found.length - 1] = token;
      else found.push(begin, token);
    }
    if (token > first) token--;
  }
  return found;
}

/** By doubling steps from where the last search ended. */
function firstEndingAfter(tokens: Tokens, offset: number, from: number): number {
  let low = from;
  let step = 1;
  while (low + step < tokens.end.length && (tokens.end[low + step] ?? 0) <= offset) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step, tokens.end.length);
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens.end[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

type PairTable = { readonly both: WholeSum; readonly first: WholeSum; readonly second: WholeSum };

class LabelTokens {
  readonly positive = new WholeSum();
  readonly disagreed = new WeightedSum(); // by m_d − 1
  readonly pairs = new Map<string, PairTable>();
}

export type TokenAgreement = {
  readonly fleiss: Value;
  readonly alpha: Value;
  readonly pairs: readonly { readonly reviewers: readonly [number, number]; readonly cohen: Value }[];
};

export class TokenMeasures {
  /** Σ m_d · tokens, and tokens by pair of reviewers, of every counted article. */
  readonly #ratings = new WholeSum();
  readonly #items = new WholeSum();
  readonly #pairTokens = new Map<string, { reviewers: readonly [number, number]; tokens: WholeSum }>();
  readonly #labels = new Map<number, LabelTokens>();
  readonly #raters = new Set<number>();
  #noText = false;

  add(article: Prepared): void {
    const { index, lanes, projection } = article;
    this.#raters.add(lanes.length);
    if (!index) this.#noText = true;
    const tokens = index && !this.#noText ? tokensInScope(index, projection) : { start: [], end: [] };
    const n = tokens.start.length;
    this.#ratings.add(n * lanes.length);
    this.#items.add(n);
    lanes.forEach((one, i) => {
      for (const two of lanes.slice(i + 1)) {
        const key = `${one.reviewer} ${two.reviewer}`;
        const pair = this.#pairTokens.get(key) ?? { reviewers: [one.reviewer, two.reviewer], tokens: new WholeSum() };
        pair.tokens.add(n);
        this.#pairTokens.set(key, pair);
      }
    });
    if (n > 0) for (const label of article.labels) this.#addLabel(article, label, tokens);
  }

  #addLabel({ lanes }: Prepared, label: number, tokens: Tokens): void {
    const sums = this.#labels.get(label) ?? new LabelTokens();
    this.#labels.set(label, sums);
    const segments = lanes.map((lane) => inTokens(lane.marks[label]?.merged ?? [], tokens));
    const covered = segments.map((flat) => flat.reduce((sum, at, i) => sum + (i % 2 === 0 ? -at : at), 0));
    sums.positive.add(covered.reduce((sum, n) => sum + n, 0));
    sums.disagreed.add(disagreement(segments, lanes.length), lanes.length - 1);
    lanes.forEach((one, i) => {
      for (let j = i + 1; j < lanes.length; j++) {
        const key = `${one.reviewer} ${lanes[j]?.reviewer}`;
        const [a = [], b = []] = [segments[i], segments[j]];
        if (a.length === 0 && b.length === 0) continue;
        const table = sums.pairs.get(key) ?? { both: new WholeSum(), first: new WholeSum(), second: new WholeSum() };
        sums.pairs.set(key, table);
        table.both.add(intersection(a, b));
        table.first.add(covered[i] ?? 0);
        table.second.add(covered[j] ?? 0);
      }
    });
  }

  label(label: number, reason: Reason | null): TokenAgreement {
    const why = reason ?? (this.#noText ? "no_text" : null);
    const sums = this.#labels.get(label) ?? new LabelTokens();
    return {
      fleiss: why ? none(why) : this.#fleiss(sums),
      alpha: why ? none(why) : this.#alpha(sums),
      pairs: [...this.#pairTokens].map(([key, { reviewers, tokens }]) => ({
        reviewers,
        cohen: why ? none(why) : cohen(sums.pairs.get(key), tokens.value),
      })),
    };
  }

  #fleiss(sums: LabelTokens): Value {
    const [raters = 0, ...others] = this.#raters;
    if (others.length > 0) return none("unequal_raters");
    const disagreed = times(sums.disagreed.value, whole(BigInt(raters - 1)));
    return binaryFleiss({
      items: this.#items.value,
      raters,
      positive: sums.positive.value,
      disagreed: disagreed.n / disagreed.d,
    });
  }

  /** Krippendorff's nominal alpha, tokens as units. */
  #alpha(sums: LabelTokens): Value {
    const total = this.#ratings.value;
    if (total < 2n) return none("no_pairable_values");
    const positive = sums.positive.value;
    const observed = over(sums.disagreed.value, whole(total));
    const expected = { n: 2n * positive * (total - positive), d: total * (total - 1n) };
    const [o, e] = [toNumber(observed), toNumber(expected)];
    return expected.n === 0n
      ? none("no_variation", o, e)
      : figure(toNumber(over(minus(expected, observed), expected)), o, e);
  }
}

function cohen(table: PairTable | undefined, tokens: bigint): Value {
  const both = table?.both.value ?? 0n;
  const first = (table?.first.value ?? 0n) - both;
  const second = (table?.second.value ?? 0n) - both;
  return cohenKappa([
    [both, first],
    [second, tokens - both - first - second],
  ]);
}
