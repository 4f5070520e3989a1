/**
 * The English word lists that the default scheme begins with: words that stand for a value, by label, attribute and value. A project changes them
 * as any other part of its scheme. Small letters, as they stand inside a sentence; every form that is meant is listed.
 */
type Lists = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>>>;

const listed = (words: string): readonly string[] => words.split(",").map((word) => word.trim());

const NEUTRAL_CUES = listed(
  `said, says, say, saying, told, tells, according to, added, adds, stated, states, announced, announces, explained, explains, replied, asked,
  asks, wrote, writes, reported, reports, testified, concluded, concludes, assessed, assesses, described, describes, declared, commented,
  remarked, believes, believe, thinks, think, charged, charges`,
);
const FACTIVE_CUES = listed(
  `noted, notes, pointed out, points out, revealed, reveals, reveal, exposed, exposes, warned, warns, showed, shows, confirmed, confirms,
  acknowledged, acknowledges, admitted, admits, conceded, concedes, recalled, found, finds, established, discovered, proved, proves, underlined, underlines, stressed, stresses`,
);
const DISTANCING_CUES = listed(
  `claimed, claims, claim, claiming, alleged, alleges, alleging, insisted, insists, maintained, maintains, asserted, asserts, contended,
  contends, purported, purports, would have it`,
);

export const DEFAULT_WORDS: Lists = {
  CLAIM: {
    likelihood: {
      certain: listed(
        "certainly, definitely, undoubtedly, indisputably, without doubt, beyond doubt, no doubt that, is confident, are confident, is certain, are certain",
      ),
      "near-certain": listed(
        "almost certainly, almost certain, nearly certain, near certain, virtually certain, all but certain, little doubt, beyond reasonable doubt",
      ),
      "very-likely": listed(
        "very likely, highly likely, most likely, very probably, most probably, highly probable, in all likelihood, in all probability",
      ),
      likely: listed(
        "likely, probably, probable, presumably, must be, must have, is believed to, are believed to, was believed to, were believed to, is thought to, are thought to, was thought to, is expected to, are expected to, was expected to",
      ),
      possible: listed(
        "may, might, could, possibly, perhaps, maybe, possible, conceivably, potentially, cannot be ruled out, not certain, not impossible",
      ),
      alleged: listed(
        "allegedly, alleged, accused, accused of, accuses, accuse, accusing, accusation, accusations, suspected, suspected of, suspects, charged, charged with, purportedly, supposedly, reportedly, is said to, are said to",
      ),
      conditional: listed("if, unless, provided that, as long as, in the event that, on condition that"),
      unspecified: listed("unclear whether, not clear whether, not known whether"),
    },
    confidence: {
      high: listed("high confidence, highly confident, very confident"),
      moderate: listed("moderate confidence, medium confidence, moderately confident"),
      low: listed("low confidence, little confidence"),
    },
    outlet: {
      endorses: FACTIVE_CUES,
      reports: NEUTRAL_CUES,
      distances: [...DISTANCING_CUES, ...listed("allegedly, supposedly, purportedly, so-called")],
    },
  },
  ATTRIBUTION: {
    cueStance: {
      neutral: NEUTRAL_CUES,
      endorsing: FACTIVE_CUES,
      distancing: DISTANCING_CUES,
      intensifying: listed(
        `slammed, slams, blasted, blasts, vowed, vows, snapped, snaps, raged, rages, fumed, fumes, thundered, hailed, hails, hit out, hits out,
        lashed out, lashes out, blurted, stormed, scoffed, sneered, demanded, demands`,
      ),
    },
    utterance: {
      anticipated: listed(
        "will say, will tell, will announce, will ask, will accuse, will declare, is expected to, are expected to, was expected to, is due to, are due to, is set to, are set to, plans to, plan to",
      ),
    },
  },
  DENIAL: {
    kind: {
      outright: listed(
        "denied, denies, deny, denying, denial, not true, untrue, false, had nothing to do with, no one, nobody, none of us, never, did not, was not, were not",
      ),
      dismissal: listed(
        "dismissed, dismisses, rejected, rejects, nonsense, absurd, ridiculous, baseless, groundless, unfounded, without foundation, far-fetched, laughable, smear, a stunt",
      ),
      clarification: listed(
        "clarified, misquoted, misunderstood, misread, out of context, meant to say, did not mean, never meant",
      ),
      refusal: listed(
        "declined, declines, declined to comment, declined to say, refused, refuses, refused to comment, refused to say, would not say, would not comment, no comment, will not discuss",
      ),
    },
  },
};
