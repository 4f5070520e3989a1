/** A seeded generator, so that a figure can be had again: xoshiro128** (Blackman and Vigna 2018), its state filled by splitmix32. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  /** Any whole number from 0 to 2^53 − 1. */
  constructor(seed: number) {
    let state = (seed ^ Math.floor(seed / 0x1_0000_0000)) >>> 0;
    const next = () => {
      state = (state + 0x9e3779b9) >>> 0;
      let z = state;
      z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
      z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
      return (z ^ (z >>> 15)) | 0;
    };
    this.#a = next();
    this.#b = next();
    this.#c = next();
    this.#d = next();
  }

  /** 32 random bits, as a whole number from 0. */
  bits(): number {
    const b = this.#b;
    const turned = Math.imul(b, 5);
    const result = Math.imul((turned << 7) | (turned >>> 25), 9);
    this.#c ^= this.#a;
    this.#d ^= b;
    this.#b = b ^ this.#c;
    this.#a ^= this.#d;
    this.#c ^= b << 9;
    this.#d = (this.#d << 11) | (this.#d >>> 21);
    return result >>> 0;
  }

  /** 0..n−1, each as likely, n at most 2^21: the high half of bits · n, draws that would favour some thrown away (Lemire 2019). */
  below(n: number): number {
    for (;;) {
      const bits = this.bits();
      const low = Math.imul(bits, n) >>> 0;
      if (low >= n || low >= (0x1_0000_0000 - n) % n) return Math.floor((bits * n) / 0x1_0000_0000);
    }
  }
}
