/** The scheme that ships. Keys, values and their order are a promise (interface.md, "The default scheme's keys"). */
import { DEFAULT_WORDS } from "./default-words";
import type { Attribute, AttributeValue, Scheme, Sign } from "./scheme";

const values = (keys: readonly string[]): readonly AttributeValue[] =>
  keys.map((key) => ({ key, name: key.replaceAll("-", " ") }));

type Extra = {
  readonly order?: readonly string[];
  readonly required?: boolean;
  readonly withSource?: boolean;
  /** By value: what a text shows that offers it. */
  readonly signs?: Readonly<Record<string, Sign>>;
};

/** With the words and signs that offer each value. */
const offering = (label: string, key: string, { signs = {} }: Extra, shown: readonly AttributeValue[]) =>
  shown.map((value): AttributeValue => {
    const words = DEFAULT_WORDS[label]?.[key]?.[value.key];
    const sign = signs[value.key];
    return { ...value, ...(words ? { words } : {}), ...(sign ? { sign } : {}) };
  });

const choiceOf =
  (label: string) =>
  (key: string, name: string, hotkey: string, keys: readonly string[], extra: Extra = {}): Attribute => {
    const { signs: _, ...rest } = extra;
    return { key, name, hotkey, kind: "choice", values: offering(label, key, extra, values(keys)), ...rest };
  };

const ofClaim = choiceOf("CLAIM");
const ofAttribution = choiceOf("ATTRIBUTION");
const ofDenial = choiceOf("DENIAL");
const ofFraming = choiceOf("FRAMING");

const SOURCE: Attribute = { key: "source", name: "Source", hotkey: "R", kind: "text", source: true };

const SOURCE_TYPE = choiceOf("")(
  "sourceType",
  "Source type",
  "Y",
  ["person", "body", "anonymous", "document", "collective", "unresolved"],
  { withSource: true },
);

export const DEFAULT_SCHEME: Scheme = {
  labels: [
    {
      key: "CLAIM",
      name: "Claim",
      description: "A proposition that evidence could confirm or contradict, whoever voices it.",
      hotkey: "1",
      colour: "claim",
      line: "solid",
      attributes: [
        ofClaim("type", "Type", "T", ["event", "responsibility", "quantity", "assessment", "prediction", "demand"]),
        ofClaim("quotation", "Quotation", "Q", ["direct", "mixed", "indirect", "none"], {
          signs: { direct: "direct", mixed: "mixed", indirect: "reported", none: "plain" },
        }),
        ofClaim(
          "likelihood",
          "Likelihood",
          "H",
          ["certain", "near-certain", "very-likely", "likely", "possible", "alleged", "conditional", "unspecified"],
          { order: ["possible", "likely", "very-likely", "near-certain", "certain"], signs: { certain: "otherwise" } },
        ),
        ofClaim("confidence", "Confidence", "C", ["high", "moderate", "low", "none"], {
          order: ["low", "moderate", "high"],
        }),
        ofClaim("checkable", "Checkable", "K", ["yes", "partly", "no"]),
        { key: "hedge", name: "Hedge words", hotkey: "G", kind: "text", wordsOf: ["likelihood", "confidence"] },
        ofClaim("source", "Source", "R", ["given", "inferred", "missing"], {
          signs: { given: "framed", missing: "unframed" },
        }),
        ofClaim("outlet", "Outlet", "P", ["endorses", "reports", "distances"], {
          signs: { endorses: "unframed", reports: "framed" },
        }),
      ],
    },
    {
      key: "ATTRIBUTION",
      name: "Attribution",
      description: "The frame that hands content to a source: the source and its cue.",
      hotkey: "2",
      colour: "attribution",
      line: "dotted",
      attributes: [
        SOURCE,
        SOURCE_TYPE,
        ofAttribution("cueStance", "Cue stance", "C", ["neutral", "endorsing", "distancing", "intensifying"]),
        ofAttribution("utterance", "Utterance", "T", ["reported", "anticipated"], { signs: { reported: "otherwise" } }),
      ],
    },
    {
      key: "DENIAL",
      name: "Denial",
      description: "A party rejects, dismisses or takes back a proposition.",
      hotkey: "3",
      colour: "denial",
      line: "wavy",
      attributes: [
        ofDenial("kind", "Kind", "K", ["outright", "dismissal", "clarification", "refusal"]),
        SOURCE,
        SOURCE_TYPE,
        ofDenial("answers", "Answers", "A", ["accusation", "something-else", "unclear"]),
      ],
    },
    {
      key: "FRAMING",
      name: "Editorial framing",
      description: "The outlet's own wording or selection that steers the reader.",
      hotkey: "4",
      colour: "framing",
      line: "dashed",
      attributes: [
        ofFraming(
          "kind",
          "Kind",
          "K",
          ["lexical", "cue-verb", "scare-quotes", "informational", "speculation", "opinion", "presupposition"],
          { required: true, signs: { "scare-quotes": "direct" } },
        ),
        { key: "reason", name: "Reason", hotkey: "R", kind: "text", required: true },
      ],
    },
  ],
  links: [
    { key: "attributes", name: "attributes", from: ["ATTRIBUTION"], to: ["CLAIM", "DENIAL"], offered: true },
    {
      key: "denies",
      name: "denies",
      from: ["DENIAL"],
      to: ["CLAIM"],
      freeText: true,
      otherArticle: true,
      requiredFor: ["DENIAL"],
    },
    { key: "nested-in", name: "nested in", from: ["ATTRIBUTION"], to: ["ATTRIBUTION"] },
    { key: "counters", name: "counters", from: ["CLAIM", "DENIAL"], to: ["CLAIM"] },
    { key: "frames", name: "frames", from: ["FRAMING"], to: "any" },
    { key: "continues", name: "continues", from: "any", to: "same" },
  ],
  coexist: [
    ["FRAMING", "CLAIM"],
    ["FRAMING", "DENIAL"],
  ],
};
