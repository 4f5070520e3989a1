/** What the adjudication screen is given: an article, its cases, and who marked what under anonymous lanes. Offsets are code points. */
import type { Suggestion } from "@/lib/cases/suggest";
import type { Region } from "@/lib/regions/roles";
import type { Rule } from "@/lib/scheme/guideline";
import type { Scheme } from "@/lib/scheme/scheme";
import type { Attributes } from "@/lib/spans/model";
import type { Range } from "@/lib/text/range";

export type MemberView = Range & {
  /** "A", "B", …: the lane, shuffled per article; a name only when revealed. */
  readonly lane: string;
  readonly spanId: string;
  readonly label: string;
  readonly attributes: Attributes;
  readonly note: string;
  readonly uncertain: boolean;
  readonly links: readonly {
    readonly type: string;
    readonly to: string | null;
    readonly toText: string | null;
    readonly words: string;
  }[];
};

export type DecisionView = {
  readonly id: string;
  readonly action: string;
  readonly spans: readonly (Range & {
    readonly id: string;
    readonly label: string;
    readonly attributes: Attributes;
  })[];
  readonly links: readonly {
    readonly id: string;
    readonly type: string;
    readonly target:
      | { readonly kind: "case"; readonly caseId: string }
      | { readonly kind: "span"; readonly spanId: string }
      | { readonly kind: "text"; readonly text: string };
  }[];
  readonly reasonCode: string | null;
  readonly note: string;
  readonly rule: string | null;
  /** null: the project accepts unanimous cases by itself. */
  readonly by: string | null;
  readonly at: string;
  readonly live: boolean;
  /** The reviewers were lanes, not names. */
  readonly anonymous: boolean;
  /** The decision on another case whose ruling it took over. */
  readonly follows: string | null;
};

/** What was ruled before on the same words. */
export type Precedent = {
  readonly caseId: string;
  readonly article: { readonly id: string; readonly title: string; readonly outlet: string | null };
  readonly quote: string;
  /** The whole case has the same words. */
  readonly same: boolean;
  readonly decision: DecisionView;
  readonly gold: readonly { readonly quote: string; readonly label: string }[];
  /** What the same ruling comes to here; null: it cannot be had. */
  readonly here: readonly (Range & { readonly label: string; readonly attributes: Attributes })[] | null;
};

/** `alike`: other undecided cases with the same words and votes. */
export type CaseLaw = { readonly items: readonly Precedent[]; readonly alike: number };

type Said = Range & {
  readonly label: string;
  readonly attributes: Attributes;
  readonly links: readonly { readonly type: string; readonly words: string }[];
};

/** A member that was added, removed or changed since the decision. */
export type ChangeView = { readonly lane: string; readonly was: Said | null; readonly now: Said | null };

export type CaseView = Range & {
  readonly id: string;
  readonly labels: readonly string[];
  readonly primary: string;
  readonly flags: readonly string[];
  readonly status: "OPEN" | "DECIDED" | "STALE" | "ORPHANED" | "CLOSED";
  /** "Two marked a claim, with different ends; one marked nothing." */
  readonly words: string;
  readonly members: readonly MemberView[];
  /** Lanes that marked nothing here. */
  readonly missing: readonly string[];
  /** Votes by lane. */
  readonly suggestion: Suggestion | null;
  readonly decision: DecisionView | null;
  /** What changed under a stale decision. */
  readonly stale: { readonly words: string; readonly changes?: readonly ChangeView[] } | null;
};

export type DeskArticle = {
  readonly id: string;
  readonly projectId: string;
  readonly title: string;
  readonly outlet: string | null;
  readonly publishedDate: string | null;
  readonly text: string;
  readonly regions: readonly Region[];
  readonly state: "OPEN" | "ADJUDICATION" | "SETTLED";
};

export type Desk = {
  readonly article: DeskArticle;
  readonly cases: readonly CaseView[];
  readonly scheme: Scheme;
  readonly rules: readonly Pick<Rule, "anchor" | "number" | "title" | "section">[];
  /** Lane to name, when revealed. */
  readonly names: Readonly<Record<string, string>> | null;
  readonly mayDecide: boolean;
  /** Another one as soon as a case of the article is another. */
  readonly stamp: string;
  /** Whether others at the desk are told where one is, and one hears of them. */
  readonly live: boolean;
  /** Every decision of the article, in the order in which they were made. */
  readonly history: readonly (DecisionView & { readonly caseId: string | null })[];
};

/** "Reviewer A", or the name where names are shown. */
export const laneName = (desk: Desk, lane: string): string => desk.names?.[lane] ?? `Reviewer ${lane}`;

export const REASONS = [
  ["boundary", "boundary"],
  ["label", "label"],
  ["missed", "missed"],
  ["spurious", "spurious"],
  ["split", "split"],
  ["source", "source"],
  ["target", "target"],
  ["hedge", "hedge"],
  ["guideline-gap", "guideline gap"],
] as const;

/** Those without a digit, by letter. */
export const MORE_REASONS = [
  ["link", "link", "L"],
  ["other", "other", "O"],
] as const;

export const reasonName = (code: string): string => REASONS.find(([one]) => one === code)?.[1] ?? code;

/** "2.1 The shortest clause", of the rule that is cited. */
export const ruleName = (rules: Desk["rules"], anchor: string): string => {
  const rule = rules.find((one) => one.anchor === anchor);
  return rule ? [rule.number, rule.title].filter(Boolean).join(" ") : anchor;
};

/** The kinds by which the queue is filtered, in words, from the primary flag. */
export const KINDS = {
  existence: { name: "Existence", flags: ["MISSING", "SINGLE_REVIEWER"] },
  label: { name: "Label", flags: ["LABEL"] },
  extent: { name: "Extent", flags: ["SPLIT", "BOUNDARY", "BOUNDARY_MINOR"] },
  detail: { name: "Detail", flags: ["ATTRIBUTE", "LINK"] },
  agreed: { name: "Agreed", flags: ["AGREEMENT"] },
} as const;
export type Kind = keyof typeof KINDS;

export const kindOf = (one: CaseView): Kind => {
  for (const kind of Object.keys(KINDS) as Kind[])
    if ((KINDS[kind].flags as readonly string[]).includes(one.primary)) return kind;
  return "detail";
};

/** The reason that most often goes with a kind, offered first. */
export const usualReason = (one: CaseView, nothing: boolean): string | null => {
  if (nothing) return "spurious";
  switch (one.primary) {
    case "LABEL":
      return "label";
    case "SPLIT":
      return "split";
    case "BOUNDARY":
    case "BOUNDARY_MINOR":
      return "boundary";
    case "MISSING":
    case "SINGLE_REVIEWER":
      return "missed";
    default:
      return null;
  }
};

export const openCases = (cases: readonly CaseView[]) => cases.filter((one) => one.status !== "DECIDED");
