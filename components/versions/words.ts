/** "72 % alike"; only what is the same is 100 % alike. */
export const alikeInWords = (score: number): string =>
  `${score === 1 ? 100 : Math.min(99, Math.round(score * 100))} % alike`;
