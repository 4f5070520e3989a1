/**
 * Names for people that say nothing of them: the same in every release of a project, another in every other project, and found out by nobody
 * who does not have the project's key.
 */
import { createHmac } from "node:crypto";
import type { Json, NativeArticle, NativeDecision, NativeSpan } from "../formats/native";

/** Crockford's: no letter that reads as a digit. */
const LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";
const LENGTH = 8; // 40 bits: two of a thousand people are called alike once in two million projects

export type Naming = (person: string) => string;

export const pseudonymsBy = (projectKey: string): Naming => {
  const known = new Map<string, string>();
  return (person) => {
    const before = known.get(person);
    if (before) return before;
    const bytes = createHmac("sha256", projectKey).update(`reviewer\n${person}`).digest();
    const name = `r-${Array.from({ length: LENGTH }, (_, n) => LETTERS[(bytes[n] ?? 0) % LETTERS.length]).join("")}`;
    known.set(person, name);
    return name;
  };
};

/** What stands for nobody: a decision that the project's policy made. */
const NOBODY = "(policy)";

/**
 * The article with everyone in it named anew: reviewers, adjudicators, those who missed a case, voters, and whoever
 * suggested something from outside and is no machine. `people` are those
 * known by id, who are also renamed wherever else a decision names them.
 */
export function renamePeople(article: NativeArticle, naming: Naming, people: ReadonlySet<string>): NativeArticle {
  const name = (person: string) => (person === NOBODY ? person : naming(person));
  const somebody = (article.suggestions ?? []).flatMap(({ by, person }) => (person ? [by] : []));
  const here = new Set([...people, ...article.reviews.map(({ reviewer }) => reviewer), ...somebody]);
  const origin = <T extends { readonly spans: readonly NativeSpan[] }>(marks: T): T => ({
    ...marks,
    spans: marks.spans.map((span) => {
      const { suggestion } = span;
      const known = suggestion && (suggestion.person || here.has(suggestion.by));
      return known ? { ...span, suggestion: { ...suggestion, by: name(suggestion.by) } } : span;
    }),
  });
  const deep = (value: Json): Json => {
    if (typeof value === "string") return here.has(value) ? name(value) : value;
    if (Array.isArray(value)) return value.map(deep);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([of, inner]) => [here.has(of) ? name(of) : of, deep(inner)]));
  };
  const decision = (one: NativeDecision): NativeDecision => ({
    ...one,
    adjudicator: name(one.adjudicator),
    case: one.case && { ...one.case, missing: one.case.missing.map(name) },
    suggestion: deep(one.suggestion),
    input: deep(one.input),
  });
  return {
    ...article,
    reviews: article.reviews
      .map((review) => ({
        ...origin(review),
        reviewer: name(review.reviewer),
        submissions: review.submissions.map(origin),
      }))
      .sort((a, b) => (a.reviewer < b.reviewer ? -1 : 1)),
    gold: article.gold && { ...article.gold, decisions: article.gold.decisions.map(decision) },
    ...(article.suggestions
      ? { suggestions: article.suggestions.map((set) => (here.has(set.by) ? { ...set, by: name(set.by) } : set)) }
      : {}),
  };
}
