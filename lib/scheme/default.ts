/** The scheme that ships. Keys, values and their order are a promise (interface.md, "The default scheme's keys"). */
import type { Attribute, AttributeValue, Scheme } from "./scheme";

const values = (keys: readonly string[]): readonly AttributeValue[] =>
  keys.map((key) => ({ key, name: key.replaceAll("-", " ") }));

type Extra = { readonly order?: readonly string[]; readonly required?: boolean };

const choice = (key: string, name: string, hotkey: string, keys: readonly string[], extra: Extra = {}): Attribute => ({
  key,
  name,
  hotkey,
  kind: "choice",
  values: values(keys),
  ...extra,
});

const SOURCE: Attribute = { key: "source", name: "Source", hotkey: "R", kind: "text", source: true };

const SOURCE_TYPE = choice("sourceType", "Source type", "Y", [
  "person",
  "body",
  "anonymous",
  "document",
  "collective",
  "unresolved",
]);

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
        choice("type", "Type", "T", ["event", "responsibility", "quantity", "assessment", "prediction", "demand"]),
        choice("quotation", "Quotation", "Q", ["direct", "mixed", "indirect", "none"]),
        choice(
          "likelihood",
          "Likelihood",
          "H",
          ["certain", "near-certain", "very-likely", "likely", "possible", "alleged", "conditional", "unspecified"],
          { order: ["possible", "likely", "very-likely", "near-certain", "certain"] },
        ),
        choice("confidence", "Confidence", "C", ["high", "moderate", "low", "none"], {
          order: ["low", "moderate", "high"],
        }),
        choice("checkable", "Checkable", "K", ["yes", "partly", "no"]),
        { key: "hedge", name: "Hedge words", hotkey: "G", kind: "text" },
        choice("source", "Source", "R", ["given", "inferred", "missing"]),
        choice("outlet", "Outlet", "P", ["endorses", "reports", "distances"]),
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
        choice("cueStance", "Cue stance", "C", ["neutral", "endorsing", "distancing", "intensifying"]),
        choice("utterance", "Utterance", "T", ["reported", "anticipated"]),
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
        choice("kind", "Kind", "K", ["outright", "dismissal", "clarification", "refusal"]),
        SOURCE,
        SOURCE_TYPE,
        choice("answers", "Answers", "A", ["accusation", "something-else", "unclear"]),
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
        choice(
          "kind",
          "Kind",
          "K",
          ["lexical", "cue-verb", "scare-quotes", "informational", "speculation", "opinion", "presupposition"],
          { required: true },
        ),
        { key: "reason", name: "Reason", hotkey: "R", kind: "text", required: true },
      ],
    },
  ],
  links: [
    { key: "attributes", name: "attributes", from: ["ATTRIBUTION"], to: ["CLAIM", "DENIAL"] },
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
