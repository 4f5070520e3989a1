/**
 * Dawid and Skene 1979 ("Maximum likelihood estimation of observer error-rates using the EM algorithm", Applied Statistics 28): what each
 * item really is, how common each class is, and how each observer errs, fitted together.
 */

/** Each observer's answers to an item: class numbers, several if they answered more than once; none: they were not asked. */
export type Responses = readonly (readonly (readonly number[])[])[];

export type Fit = {
  readonly marginals: readonly number[];
  /** [observer][true class][answer] */
  readonly errorRates: readonly (readonly (readonly number[])[])[];
  /** [item][class] */
  readonly posteriors: readonly (readonly number[])[];
  readonly logLikelihood: number;
  readonly iterations: number;
};

export type FitOptions = {
  readonly tolerance?: number;
  readonly most?: number;
  /** How often each item stands for; 1 where not given. Items that got the same answers are one with their number. */
  readonly weights?: ArrayLike<number>;
};

/** An item's answers, flat: observer, answer, observer, answer, … */
type Item = readonly number[];

/** `responses[item][observer]`. Starts from the share of votes; ends when classes and error rates move by less than `tolerance` in sum. */
export function dawidSkene(
  responses: Responses,
  classes: number,
  { tolerance = 1e-5, most = 100, weights }: FitOptions = {},
): Fit {
  const observers = responses[0]?.length ?? 0;
  const items = responses.map((item): Item => item.flatMap((answers, k) => answers.flatMap((answer) => [k, answer])));
  const weight = Float64Array.from(items, (_, i) => weights?.[i] ?? 1);
  const posteriors = startingShares(items, classes);
  let marginals: Float64Array = new Float64Array(classes);
  let rates: Float64Array = new Float64Array(observers * classes * classes);
  let logLikelihood = 0;
  let iterations = 0;
  for (;;) {
    iterations++;
    const before = { marginals, rates };
    marginals = marginalsOf(posteriors, weight, classes);
    rates = ratesOf(items, posteriors, weight, { observers, classes });
    logLikelihood = expect(items, posteriors, weight, { marginals, rates });
    const settled =
      iterations > 1 && distance(marginals, before.marginals) < tolerance && distance(rates, before.rates) < tolerance;
    if (settled || iterations >= most) break;
  }
  const row = (values: Float64Array, at: number) => [...values.subarray(at * classes, (at + 1) * classes)];
  return {
    marginals: [...marginals],
    errorRates: Array.from({ length: observers }, (_, k) =>
      Array.from({ length: classes }, (__, truth) => row(rates, k * classes + truth)),
    ),
    posteriors: items.map((_, i) => row(posteriors, i)),
    logLikelihood,
    iterations,
  };
}

function startingShares(items: readonly Item[], classes: number): Float64Array {
  const shares = new Float64Array(items.length * classes);
  items.forEach((item, i) => {
    const each = 2 / item.length;
    for (let a = 1; a < item.length; a += 2) {
      const at = i * classes + (item[a] ?? 0);
      shares[at] = (shares[at] ?? 0) + each;
    }
  });
  return shares;
}

function marginalsOf(posteriors: Float64Array, weight: Float64Array, classes: number): Float64Array {
  const sums = new Float64Array(classes);
  let total = 0;
  for (let i = 0; i < weight.length; i++) {
    const w = weight[i] ?? 0;
    total += w;
    for (let j = 0; j < classes; j++) sums[j] = (sums[j] ?? 0) + w * (posteriors[i * classes + j] ?? 0);
  }
  return sums.map((sum) => sum / total);
}

/** [observer][true class][answer], flat; a class that an observer never met has zeros. */
function ratesOf(
  items: readonly Item[],
  posteriors: Float64Array,
  weight: Float64Array,
  { observers, classes }: { readonly observers: number; readonly classes: number },
): Float64Array {
  const rates = new Float64Array(observers * classes * classes);
  items.forEach((item, i) => {
    for (let a = 0; a < item.length; a += 2) {
      const from = (item[a] ?? 0) * classes * classes + (item[a + 1] ?? 0);
      for (let j = 0; j < classes; j++) {
        const at = from + j * classes;
        rates[at] = (rates[at] ?? 0) + (weight[i] ?? 0) * (posteriors[i * classes + j] ?? 0);
      }
    }
  });
  for (let at = 0; at < rates.length; at += classes) {
    let total = 0;
    for (let a = 0; a < classes; a++) total += rates[at + a] ?? 0;
    if (total > 0) for (let a = 0; a < classes; a++) rates[at + a] = (rates[at + a] ?? 0) / total;
  }
  return rates;
}

/** Writes the posteriors anew; answers the log likelihood. All zero stays all zero. */
function expect(
  items: readonly Item[],
  posteriors: Float64Array,
  weight: Float64Array,
  { marginals, rates }: { readonly marginals: Float64Array; readonly rates: Float64Array },
): number {
  const classes = marginals.length;
  let logLikelihood = 0;
  items.forEach((item, i) => {
    let total = 0;
    for (let j = 0; j < classes; j++) {
      let joint = marginals[j] ?? 0;
      for (let a = 0; a < item.length; a += 2)
        joint *= rates[((item[a] ?? 0) * classes + j) * classes + (item[a + 1] ?? 0)] ?? 0;
      posteriors[i * classes + j] = joint;
      total += joint;
    }
    if (total > 0)
      for (let j = 0; j < classes; j++) posteriors[i * classes + j] = (posteriors[i * classes + j] ?? 0) / total;
    if ((weight[i] ?? 0) > 0) logLikelihood += (weight[i] ?? 0) * Math.log(total);
  });
  return logLikelihood;
}

const distance = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, v, i) => sum + Math.abs(v - (b[i] ?? 0)), 0);
