/** What the votes of a case come to (agreement.md, 3). A suggestion is never accepted by itself. */
import { DEFAULT_SCHEME } from "../scheme/default";
import type { Scheme } from "../scheme/scheme";
import type { TextIndex } from "../text/codepoints";
import { fold } from "../text/fold";
import { byName, type Case, type CaseLink, indexed, type Member, markers, type SourceNames, spanIds } from "./case";
import { suggestExtent } from "./extent";
import { linkKey } from "./find";
import { comparable, type Rules, rulesOf } from "./rules";
import { addVote, byCompetence, plurality } from "./votes";

/** Stored with every suggestion, so that a later change of the rules can be told. */
export const SUGGESTION_RULES = "1";

export type SuggestionAction = "accept" | "reject" | "undecided";

/** A link that reviewers drew from this case's spans, and how many of those who voted for the label drew it. */
export type SuggestedLink = {
  readonly type: string;
  /** A span that one of them linked to, possibly in another article; null when `toText` names the target. */
  readonly to: string | null;
  readonly toText: string | null;
  readonly votes: readonly string[];
  readonly action: SuggestionAction;
};

export type Suggestion = {
  readonly rules: typeof SUGGESTION_RULES;
  readonly action: SuggestionAction;
  /** null when the reviewers' labels tie. */
  readonly label: string | null;
  /** [start, end) in code points. */
  readonly spans: readonly (readonly [number, number])[];
  /** Reviewers by label, labels in scheme order. */
  readonly votes: Readonly<Record<string, readonly string[]>>;
  /** "2/3": of three submitted reviews two have a member. */
  readonly existence: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Attributes that were given and whose values tie. */
  readonly open: readonly string[];
  readonly links: readonly SuggestedLink[];
  /** The competences that were at hand, of this case's reviewers; null when there were none. */
  readonly weights: Readonly<Record<string, number>> | null;
};

export type SuggestContext = {
  readonly text?: TextIndex | string | null | undefined;
  readonly scheme?: Scheme | null | undefined;
  /** Reviewer to competence (lib/agreement/dawid-skene.ts); breaks ties of labels, never overrides a majority. */
  readonly competences?: ReadonlyMap<string, number> | null | undefined;
  /** The links of the article's submitted reviews and all its cases, to tell which links go to the same place. */
  readonly links?: readonly CaseLink[] | undefined;
  readonly cases?: readonly Case[] | undefined;
  readonly foreign?: ReadonlyMap<string, string> | undefined;
  readonly sources?: SourceNames | undefined;
};

/** For all cases of an article: what they share is prepared once, so that the cost is that of their members and links together. */
export function suggester(context: SuggestContext = {}): (c: Case) => Suggestion | null {
  const text = indexed(context.text);
  const rules = rulesOf(context.scheme, DEFAULT_SCHEME, context.sources);
  const drawn = linksDrawn(context);
  return (c) => suggestion(c, { text, rules, drawn, competences: context.competences ?? null });
}

/** null with a single submitted review. */
export const suggest = (c: Case, context: SuggestContext = {}): Suggestion | null => suggester(context)(c);

type Prepared = {
  readonly text: TextIndex | null;
  readonly rules: Rules;
  readonly drawn: LinksDrawn;
  readonly competences: ReadonlyMap<string, number> | null;
};

function suggestion(c: Case, { text, rules, drawn, competences }: Prepared): Suggestion | null {
  if (c.submitted <= 1) return null;
  const votes = new Map<string, Set<string>>(c.labels.map((label) => [label, new Set<string>()]));
  for (const m of c.members) addVote(votes, m.label, m.reviewer);
  const present = markers(c);
  const label = plurality(votes) ?? (competences ? byCompetence(votes, competences) : null);
  const voted = label === null ? c.members : c.members.filter((m) => m.label === label);
  const known = present.flatMap((r): [string, number][] => {
    const competence = competences?.get(r);
    return competence === undefined ? [] : [[r, competence]];
  });
  return {
    rules: SUGGESTION_RULES,
    action: existence(present.length, c.submitted, label),
    label,
    spans: suggestExtent(voted, text).map((s): [number, number] => [s.start, s.end]),
    votes: Object.fromEntries([...votes].map(([l, who]) => [l, [...who].sort()])),
    existence: `${present.length}/${c.submitted}`,
    ...(label === null ? { attributes: {}, open: [] } : suggestAttributes(voted, rules)),
    links: suggestLinks(voted, drawn),
    weights: known.length > 0 ? Object.fromEntries(known) : null,
  };
}

/** S1, and S2 where it takes an acceptance back: a rejection stands whatever the labels are. */
function existence(present: number, submitted: number, label: string | null): SuggestionAction {
  if (2 * present < submitted) return "reject";
  return 2 * present === submitted || label === null ? "undecided" : "accept";
}

/** `voted` are of one label. What is left blank is no vote; each reviewer has one vote for each value that they gave. */
function suggestAttributes(voted: readonly Member[], rules: Rules) {
  const keys = [...new Set(voted.flatMap((m) => Object.keys(m.attributes)))].sort();
  const attributes: Record<string, string> = {};
  const open: string[] = [];
  for (const key of keys) {
    const votes = new Map<string, Set<string>>();
    const wording = new Map<string, Map<string, Set<string>>>();
    for (const m of voted) {
      const given = m.attributes[key]?.trim() ?? "";
      if (given === "") continue;
      const choice = comparable(rules, m.label, key, given) ?? fold(given);
      addVote(votes, choice, m.reviewer);
      const words = wording.get(choice) ?? new Map<string, Set<string>>();
      addVote(words, given, m.reviewer);
      wording.set(choice, words);
    }
    if (votes.size === 0) continue;
    const choice = plurality(votes);
    if (choice === null) open.push(key);
    else attributes[key] = commonest(wording.get(choice));
  }
  return { attributes, open };
}

/** Of several ways to write one thing the commonest, then the first in code-unit order. */
function commonest(words: ReadonlyMap<string, ReadonlySet<string>> | undefined): string {
  const [first] = [...(words ?? [])].sort(([a, x], [b, y]) => y.size - x.size || (a < b ? -1 : 1));
  return first?.[0] ?? "";
}

/** The links by the span in which they start, each with its place in the list; `key`: equal keys are equal links. */
type LinksDrawn = {
  readonly from: ReadonlyMap<string, readonly { readonly link: CaseLink; readonly at: number }[]>;
  readonly key: (link: CaseLink) => string;
};

function linksDrawn({ links = [], cases = [], foreign }: SuggestContext): LinksDrawn {
  const from = new Map<string, { link: CaseLink; at: number }[]>();
  links.forEach((link, at) => {
    const known = from.get(link.from);
    if (known) known.push({ link, at });
    else from.set(link.from, [{ link, at }]);
  });
  const place = new Map(links.length === 0 ? [] : cases.flatMap((c, i) => spanIds(c).map((id) => [id, i] as const)));
  return { from, key: (link) => linkKey(link, (id) => place.get(id), foreign) };
}

/** Identical links are votes: more than half of the voters accept, fewer reject, half leave it undecided. */
function suggestLinks(voted: readonly Member[], { from, key }: LinksDrawn): readonly SuggestedLink[] {
  if (from.size === 0) return [];
  const starts = [...new Set(spanIds({ members: voted }))];
  const links = starts.flatMap((id) => from.get(id) ?? []);
  if (links.length === 0) return [];
  links.sort((a, b) => byName(a.link.reviewer, b.link.reviewer) || a.at - b.at);
  const votes = new Map<string, Set<string>>();
  const example = new Map<string, CaseLink>();
  for (const { link } of links) {
    const said = key(link);
    addVote(votes, said, link.reviewer);
    if (!example.has(said)) example.set(said, link);
  }
  const voters = new Set(voted.map((m) => m.reviewer)).size;
  return [...votes]
    .map(([said, who]): SuggestedLink => {
      const { type = "", to = null, toText = null } = example.get(said) ?? {};
      const action = 2 * who.size > voters ? "accept" : 2 * who.size < voters ? "reject" : "undecided";
      return { type, to, toText, votes: [...who].sort(), action };
    })
    .sort((a, b) => byName(a.type, b.type) || b.votes.length - a.votes.length);
}
