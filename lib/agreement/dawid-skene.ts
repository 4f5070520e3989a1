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

export type FitOptions = { readonly tolerance?: number; readonly most?: number };

/** `responses[item][observer]`. Starts from the share of votes; ends when classes and error rates move by less than `tolerance` in sum. */
export function dawidSkene(
  responses: Responses,
  classes: number,
  { tolerance = 1e-5, most = 100 }: FitOptions = {},
): Fit {
  const observers = responses[0]?.length ?? 0;
  const counts = responses.map((item) => item.map((answers) => tally(answers, classes)));
  let posteriors = counts.map((item) =>
    share(item.reduce((sum, one) => sum.map((n, j) => n + (one[j] ?? 0)), zeros(classes))),
  );
  let marginals = zeros(classes);
  let errorRates: readonly (readonly (readonly number[])[])[] = [];
  let logLikelihood = 0;
  let iterations = 0;
  for (;;) {
    iterations++;
    const before = { marginals, errorRates };
    marginals = zeros(classes).map((_, j) => mean(posteriors.map((p) => p[j] ?? 0)));
    errorRates = Array.from({ length: observers }, (_, k) => ratesOf(counts, posteriors, k, classes));
    const joint = counts.map((item) => marginals.map((p, j) => p * likelihood(item, errorRates, j)));
    posteriors = joint.map(share);
    logLikelihood = joint.reduce((sum, item) => sum + Math.log(item.reduce((s, p) => s + p, 0)), 0);
    const settled =
      iterations > 1 &&
      distance(marginals, before.marginals) < tolerance &&
      distance(errorRates.flat(2), before.errorRates.flat(2)) < tolerance;
    if (settled || iterations >= most) return { marginals, errorRates, posteriors, logLikelihood, iterations };
  }
}

const zeros = (n: number): readonly number[] => new Array<number>(n).fill(0);
const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
const distance = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, v, i) => sum + Math.abs(v - (b[i] ?? 0)), 0);

const tally = (answers: readonly number[], classes: number): readonly number[] =>
  zeros(classes).map((_, j) => answers.filter((a) => a === j).length);

/** All zero stays all zero. */
function share(values: readonly number[]): readonly number[] {
  const total = values.reduce((sum, v) => sum + v, 0);
  return total === 0 ? values : values.map((v) => v / total);
}

type Counts = readonly (readonly (readonly number[])[])[];

function ratesOf(counts: Counts, posteriors: readonly (readonly number[])[], observer: number, classes: number) {
  return zeros(classes).map((_, truth) =>
    share(
      zeros(classes).map((__, answer) =>
        counts.reduce((sum, item, i) => sum + (posteriors[i]?.[truth] ?? 0) * (item[observer]?.[answer] ?? 0), 0),
      ),
    ),
  );
}

function likelihood(item: readonly (readonly number[])[], errorRates: Counts, truth: number): number {
  let product = 1;
  item.forEach((answers, k) => {
    answers.forEach((n, answer) => {
      if (n > 0) product *= (errorRates[k]?.[truth]?.[answer] ?? 0) ** n;
    });
  });
  return product;
}

export const LEAST_CASES = 50;
export const LEAST_REVIEWERS = 3;

/** The least of a case that competence is fitted to. */
export type JudgedCase = {
  readonly members: readonly { readonly reviewer: string; readonly label: string }[];
  readonly missing: readonly string[];
};

/**
 * How often each reviewer is right, by the fit: Σ_j p_j π_jj, from 0 to 1. The classes are the cases' labels and *nothing here*. null below
 * 50 cases or 3 reviewers (agreement.md, 5).
 */
export function competences(cases: readonly JudgedCase[]): ReadonlyMap<string, number> | null {
  const reviewers = [...new Set(cases.flatMap((c) => [...c.members.map((m) => m.reviewer), ...c.missing]))].sort();
  if (cases.length < LEAST_CASES || reviewers.length < LEAST_REVIEWERS) return null;
  const labels = [...new Set(cases.flatMap((c) => c.members.map((m) => m.label)))].sort();
  const nothing = labels.length;
  const responses = cases.map((c) =>
    reviewers.map((reviewer) => {
      const label = c.members.find((m) => m.reviewer === reviewer)?.label;
      if (label !== undefined) return [labels.indexOf(label)];
      return c.missing.includes(reviewer) ? [nothing] : [];
    }),
  );
  const { marginals, errorRates } = dawidSkene(responses, labels.length + 1);
  return new Map(
    reviewers.map((reviewer, k) => [
      reviewer,
      marginals.reduce((sum, p, j) => sum + p * (errorRates[k]?.[j]?.[j] ?? 0), 0),
    ]),
  );
}
