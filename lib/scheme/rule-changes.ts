/** What a new version of a guideline does to its rules, rule by rule. */
import { fold } from "../text/fold";
import { type Rule, rules } from "./guideline";
import type { Scheme } from "./scheme";

export type RuleChange = {
  readonly anchor: string;
  readonly kind: "added" | "changed" | "removed";
  readonly title: string;
  /** Keys of the labels that the rule is about: those whose name or key its own heading or the one above it has. */
  readonly labels: readonly string[];
};

/** White space at the ends of lines says nothing. */
const said = ({ title, body }: Rule) => `${title}\n${body.replace(/[ \t]+$/gm, "")}`;

/** A rule is known by its anchor: one whose anchor changed is removed and another added. */
export function ruleChanges(before: string, after: string, scheme: Pick<Scheme, "labels">): readonly RuleChange[] {
  const old = new Map(rules(before).map((rule) => [rule.anchor, rule]));
  const now = new Map(rules(after).map((rule) => [rule.anchor, rule]));
  const change = (kind: RuleChange["kind"], rule: Rule, other?: Rule): RuleChange => ({
    anchor: rule.anchor,
    kind,
    title: rule.title,
    labels: [...new Set([...labelsOf(rule, scheme), ...(other ? labelsOf(other, scheme) : [])])],
  });
  return [
    ...[...now.values()].flatMap((rule) => {
      const was = old.get(rule.anchor);
      if (!was) return [change("added", rule)];
      return said(was) === said(rule) ? [] : [change("changed", rule, was)];
    }),
    ...[...old.values()].filter((rule) => !now.has(rule.anchor)).map((rule) => change("removed", rule)),
  ];
}

function labelsOf({ title, section }: Rule, scheme: Pick<Scheme, "labels">): readonly string[] {
  const heads = [title, section ?? ""].map((words) => ` ${fold(words).replace(/[^\p{L}\p{N}]+/gu, " ")} `);
  return scheme.labels
    .filter(({ key, name }) =>
      [key, name].some((one) => heads.some((head) => new RegExp(` ${escaped(fold(one))}s? `, "u").test(head))),
    )
    .map(({ key }) => key);
}

const escaped = (words: string) => words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/**
 * The guideline with an example put at the end of a rule, for a draft that a person then edits; at the very end where there is no such rule.
 */
export function withExample(markdown: string, anchor: string | null, example: string): string {
  const rule = anchor === null ? undefined : rules(markdown).find((one) => one.anchor === anchor);
  const at = rule ? markdown.indexOf(rule.body.split("\n")[0] ?? "") : -1;
  const end = rule && at >= 0 ? markdown.indexOf(rule.body, at) + rule.body.length : markdown.trimEnd().length;
  return `${markdown.slice(0, end)}\n\n${example}${markdown.slice(end) || "\n"}`;
}
