/**
 * How sure it is that words found in another text are those that were marked, from 0 to 1. Re-anchoring between versions and putting a
 * stand-off release back (lib/releases/rehydrate.ts) mean the same by these figures.
 */

/** The same words with the same neighbours: 1. A neighbour less: less. Only neighbours, other words between them: how alike the two are, times this. */
export const SCORES = { both: 1, one: 0.9, alone: 0.75, ambiguous: 0.4, between: 0.6 } as const;

/** What is below is not placed by itself. */
export const LEAST_SCORE = 0.6;

/** Of words that are found in one place only, by how many of the two sides are the same too. */
export const bySides = (sides: number): number => (sides === 2 ? SCORES.both : sides === 1 ? SCORES.one : SCORES.alone);

/** How alike two lengths are, from 0 to 1. */
export const alike = (a: number, b: number): number => Math.min(a, b) / Math.max(a, b, 1);
