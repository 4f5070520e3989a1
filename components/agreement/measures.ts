/** What each measure says, in a few plain words, and where it comes from. The formulas stand in lib/agreement, one file a measure. */
export type Definition = {
  readonly name: string;
  /** Where several stand side by side. */
  readonly short: string;
  readonly says: string;
  readonly reference: string;
};

const U2016 =
  "Krippendorff, Mathet, Bouvry and Widlöcher 2016, On the reliability of unitizing textual continua, Quality & Quantity 50.";

export const MEASURES = {
  layered: {
    name: "Layered u-alpha",
    short: "u-alpha",
    says: "Each label is a layer of its own, marked or not, and compared character by character over the text in scope: 1 is complete agreement, 0 what chance would give. Longer spans are expected to agree less by chance. The pooled figure adds up what was observed and what was expected over all labels. The weight for missing reviewers, the layers and the pooling are Gloss’s own extensions.",
    reference: U2016,
  },
  interval: {
    name: "The interval",
    short: "interval",
    says: "Articles (or stories, where reprints are known) are drawn again with replacement, as many as there are, and the figure is computed anew each time; 95 % of the replicates lie between the ends. The same seed draws the same articles. With fewer than ten articles read it with care; such dots are hollow.",
    reference:
      "Efron and Tibshirani 1993, An Introduction to the Bootstrap; type-7 quantiles of Hyndman and Fan 1996, The American Statistician 50.",
  },
  f1: {
    name: "Span F1",
    short: "F1",
    says: "Twice the matched spans over all spans of two reviewers. Strict: the same start, end and label. Trimmed: the same once quotes, blanks and signs are dropped from both ends. Overlap: one to one, at least one character in common. It does not correct for chance.",
    reference: "Hripcsak and Rothschild 2005, Journal of the American Medical Informatics Association 12.",
  },
  pairs: {
    name: "Pairs of reviewers",
    short: "pairs",
    says: "Above the diagonal strict F1, below it layered u-alpha of the two over the articles that both submitted; n is how many. A cell leads to the cases of the two.",
    reference: U2016,
  },
  confusion: {
    name: "Labels against each other",
    short: "confusion",
    says: "For each case and each two of its article’s reviewers, the label of the one against the label of the other, or against none. Each pair is counted once. The share is that of the row.",
    reference: "Cases are found by fixed rules; they are described in the guide to adjudication.",
  },
  reviewer: {
    name: "A reviewer against the others",
    short: "reviewer",
    says: "Every other reviewer of an article makes a comparison of two, and they are added up: how far this reviewer’s marks agree with everybody else’s. It is no measure of who is right.",
    reference: U2016,
  },
  competence: {
    name: "Competence",
    short: "competence",
    says: "How often a reviewer is right about what a case is (a label, or nothing here), where what is right is itself estimated from everybody’s answers. From 50 cases and 3 reviewers up. An aid: it breaks ties and orders the queue, and never overrides a majority.",
    reference: "Dawid and Skene 1979, Applied Statistics 28. The interval draws articles again, 200 times.",
  },
  attributes: {
    name: "Attributes",
    short: "attributes",
    says: "Krippendorff’s alpha over cases in which two or more marked the same label: nominal, or ordinal where the scheme orders the values. A source counts by the name that the register has for it; other free texts do not count.",
    reference: "Krippendorff 2004, Content Analysis, chapter 11.",
  },
  links: {
    name: "Links",
    short: "links",
    says: "F1 of links: one matches another when their types are equal and both pairs of ends are matched by the overlap matching of spans; a free-text target matches a free-text target. Given that both ends are matched: only among links that could match at all.",
    reference: "Span F1 carried over to pairs of spans; Gloss’s own definition.",
  },
  u2016: {
    name: "uα, |uα, cuα and (k)uα",
    short: "uα",
    says: "uα: all labels and gaps at once. |uα: marked or not, whatever the label. cuα: labels only where both marked. (k)uα: one label against the others, with the part of its text that could be compared. Only where no reviewer’s own spans overlap.",
    reference: U2016,
  },
  characters: {
    name: "Krippendorff’s alpha on characters",
    short: "characters",
    says: "Every character is a unit with one value a reviewer: a label, or none. Blind to where one span ends and the next begins.",
    reference: "Krippendorff 2004, Content Analysis, chapter 11.",
  },
  tokens: {
    name: "Kappa on tokens",
    short: "tokens",
    says: "Each word or sign is positive when a span of the label touches it. Cohen’s kappa for two reviewers, Fleiss’ where every article has as many.",
    reference: "Cohen 1960, Educational and Psychological Measurement 20; Fleiss 1971, Psychological Bulletin 76.",
  },
  gamma: {
    name: "Gamma",
    short: "gamma",
    says: "The spans of two reviewers are aligned as well as can be, and what remains apart is compared with shuffled texts. Exact for two reviewers; with more it is not computed. The sampler, its seed, the number of samples and the precision stand beside it.",
    reference:
      "Mathet, Widlöcher and Métivier 2015, The unified and holistic method gamma, Computational Linguistics 41.",
  },
} as const satisfies Readonly<Record<string, Definition>>;

export type MeasureKey = keyof typeof MEASURES;
