/** Sums and quotients without rounding, so that no figure depends on the order of articles. */

/** A sum of whole numbers of at most 2^52 each, of any size. */
export class WholeSum {
  #small = 0;
  #large = 0n;

  add(value: number): void {
    const sum = this.#small + value;
    if (Number.isSafeInteger(sum)) {
      this.#small = sum;
      return;
    }
    this.#large += BigInt(this.#small) + BigInt(value);
    this.#small = 0;
  }

  get value(): bigint {
    return this.#large + BigInt(this.#small);
  }
}

/** n / d with d > 0; not reduced. */
export type Fraction = { readonly n: bigint; readonly d: bigint };

export const ZERO: Fraction = { n: 0n, d: 1n };

export const whole = (n: bigint): Fraction => ({ n, d: 1n });

export const plus = (a: Fraction, b: Fraction): Fraction =>
  a.d === b.d ? { n: a.n + b.n, d: a.d } : { n: a.n * b.d + b.n * a.d, d: a.d * b.d };

export const minus = (a: Fraction, b: Fraction): Fraction => plus(a, { n: -b.n, d: b.d });

export const times = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.n, d: a.d * b.d });

/** b is not zero. */
export const over = (a: Fraction, b: Fraction): Fraction =>
  b.n < 0n ? { n: -a.n * b.d, d: a.d * -b.n } : { n: a.n * b.d, d: a.d * b.n };

/** Sums of whole numbers kept apart by the weight 1/by that they will get, and weighted once at the end. */
export class WeightedSum {
  readonly #sums = new Map<number, WholeSum>();

  add(value: number, by: number): void {
    let sum = this.#sums.get(by);
    if (!sum) {
      sum = new WholeSum();
      this.#sums.set(by, sum);
    }
    sum.add(value);
  }

  get value(): Fraction {
    return [...this.#sums].reduce<Fraction>((sum, [by, part]) => plus(sum, { n: part.value, d: BigInt(by) }), ZERO);
  }
}

const bits = (n: bigint): number => n.toString(2).length;

/** The nearest double: 64 bits or more of the quotient, the last one sticky, rounded once by the conversion. */
export function toNumber({ n, d }: Fraction): number {
  if (n === 0n) return 0;
  const positive = n < 0n ? -n : n;
  const shift = Math.max(0, 66 - bits(positive) + bits(d));
  const scaled = positive << BigInt(shift);
  const quotient = scaled / d;
  const sticky = quotient * d === scaled ? quotient : quotient | 1n;
  const value = Number(sticky) / 2 ** shift;
  return n < 0n ? -value : value;
}

/** 1 - observed/expected, divided once. `expected` is not zero. */
export const oneMinus = (observed: Fraction, expected: Fraction): number =>
  toNumber(over(minus(expected, observed), expected));
