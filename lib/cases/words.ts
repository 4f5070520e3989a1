/** A case in words, for screens: what reviewers did, without naming any of them. */
import type { Case, PrimaryFlag } from "./case";
import type { Suggestion } from "./suggest";

/** The name of a label, as the scheme gives it ("Claim"). */
export type LabelName = (key: string) => string;

const NUMBERS = [
  "no",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
];
const number = (n: number): string => NUMBERS[n] ?? String(n);
const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** "Claim" is "claim" inside a sentence; "NGO" stays. */
const inner = (name: string): string =>
  /^\p{Lu}(\p{Ll}|$)/u.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;

const withArticle = (name: string): string => `${/^[aeiou]/i.test(name) ? "an" : "a"} ${inner(name)}`;

/** "Two marked a claim, with different ends; one marked nothing." */
export function caseInWords(c: Case, labelName: LabelName): string {
  const groups = c.labels.map((label) => ({
    what: withArticle(labelName(label)),
    count: new Set(c.members.filter((m) => m.label === label).map((m) => m.reviewer)).size,
  }));
  const [first] = groups;
  if (c.submitted <= 1) return sentence(`one review is submitted, and it marks ${first?.what ?? "nothing"} here`);
  if (c.flags.includes("AGREEMENT")) {
    const all = c.submitted === 2 ? "both" : `all ${number(c.submitted)}`;
    return sentence(`${all} marked the same ${inner(labelName(c.labels[0] ?? ""))}`);
  }
  const everybody = c.missing.length === 0 && groups.length === 1;
  const marked = groups
    .map(({ what, count }, i) => {
      const who = everybody ? (count === 2 ? "both" : `all ${number(count)}`) : number(count);
      return `${who}${i === 0 ? " marked" : ""} ${what}`;
    })
    .join(", ");
  const differences = differencesInWords(c);
  const missing = c.missing.length > 0 ? `; ${number(c.missing.length)} marked nothing` : "";
  return sentence(`${marked}${differences === "" ? "" : `, ${differences}`}${missing}`);
}

const DIFFERENCES: readonly (readonly [PrimaryFlag, string])[] = [
  ["SPLIT", "in different pieces"],
  ["BOUNDARY", "with different ends"],
  ["BOUNDARY_MINOR", "with ends that differ by signs and blanks only"],
  ["ATTRIBUTE", "with other attributes"],
  ["LINK", "with other links"],
];

function differencesInWords(c: Case): string {
  const found = DIFFERENCES.filter(([flag]) => c.flags.includes(flag)).map(([flag, words]) =>
    flag === "SPLIT" && sameNumberOfPieces(c) ? "each in several pieces" : words,
  );
  return found.length > 1 ? `${found.slice(0, -1).join(", ")} and ${found.at(-1)}` : (found[0] ?? "");
}

function sameNumberOfPieces({ members }: Case): boolean {
  const counts = new Map<string, number>();
  for (const m of members) counts.set(m.reviewer, (counts.get(m.reviewer) ?? 0) + 1);
  return new Set(counts.values()).size === 1;
}

/** "Suggested: a claim." */
export function suggestionInWords(suggestion: Suggestion | null, labelName: LabelName): string {
  if (!suggestion) return "With one review there is no suggestion.";
  const { action, label, spans } = suggestion;
  if (action === "reject") return "Suggested: nothing here.";
  if (label === null) return "The labels tie, so nothing is suggested.";
  if (action === "undecided") return "As many marked it as did not, so nothing is suggested.";
  const name = labelName(label);
  return `Suggested: ${withArticle(name)}${spans.length > 1 ? `, in ${number(spans.length)} pieces` : ""}.`;
}

/** Why a suggestion is what it is, a sentence for each rule of agreement.md, 3, that made it. */
export function suggestionWhy(suggestion: Suggestion, labelName: LabelName): readonly string[] {
  const [marked = 0, submitted = 0] = suggestion.existence.split("/").map(Number);
  const votes = Object.entries(suggestion.votes);
  const name = (key: string) => inner(labelName(key));
  const who = `${sentence(`${number(marked)} of ${number(submitted)} marked something here`).slice(0, -1)}`;
  const why: string[] = [
    2 * marked > submitted
      ? `${who}, more than half.`
      : 2 * marked === submitted
        ? `${who}, exactly half: whether there is anything is for you to say.`
        : `${who}, fewer than half.`,
  ];
  if (suggestion.action === "reject") return why;
  if (votes.length > 1) {
    const told = votes.map(([key, lanes]) => `${name(key)} ${lanes.length}`).join(", ");
    const most = Math.max(...votes.map(([, lanes]) => lanes.length));
    const tie = votes.filter(([, lanes]) => lanes.length === most).length > 1;
    why.push(
      !tie
        ? `Votes: ${told}. Most chose ${name(suggestion.label ?? "")}.`
        : suggestion.label === null
          ? `Votes: ${told}. They tie.`
          : `Votes: ${told}. They tie; those who agree with others more often chose ${name(suggestion.label)}.`,
    );
  }
  const voters = suggestion.label === null ? marked : (suggestion.votes[suggestion.label]?.length ?? 0);
  if (voters === 1) why.push("The range is that of the one who marked it.");
  else if (voters === 2) why.push("The range is what both cover, or where they do not meet one of theirs.");
  else why.push("The range is what more than half of them cover.");
  if (suggestion.open.length > 0) why.push(`Left open, because the values tie: ${suggestion.open.join(", ")}.`);
  return why;
}
