/** Finds the cases of an article (agreement.md, 2). Pure: the same reviews give the same cases, in whatever order they come. */
import { DEFAULT_SCHEME } from "../scheme/default";
import type { TextIndex } from "../text/codepoints";
import { fold } from "../text/fold";
import { edgeTrim } from "../text/trim";
import {
  byName,
  type Case,
  type CaseInput,
  type CaseLink,
  type CaseSpan,
  FLAGS,
  type Flag,
  indexed,
  type Member,
  type PrimaryFlag,
} from "./case";
import { type Group as GroupOf, partition } from "./partition";
import { answers, type Rules, rulesOf } from "./rules";

/** Spans must lie in the text and not be empty, and their reviewers be among `reviewers`: the doors check that. */
export function findCases(input: CaseInput): readonly Case[] {
  const rules = rulesOf(input.scheme, DEFAULT_SCHEME, input.sources);
  const reviewers = [...new Set(input.reviewers)].sort(byName);
  const text = indexed(input.text);
  const { groups: found, twins } = partition(input.spans, rules);
  const groups = found.map(({ start, end, labels, members }): Group => {
    return { start, end, labels, members: members.map((m) => memberOf(m, twins.get(m) ?? [])) };
  });
  const links = linksSaid(groups, input.links ?? [], input.foreign);
  return groups.map((group) => {
    const present = new Set(group.members.map((m) => m.reviewer));
    const missing = reviewers.filter((r) => !present.has(r));
    const flags = flagsOf(group, present, { submitted: reviewers.length, missing: missing.length, text, rules, links });
    const { start, end, labels, members } = group;
    const primary = primaryOf(flags);
    return { start, end, labels, members, missing, primary, flags, submitted: reviewers.length };
  });
}

/** Written out, as the spreading of an object costs more than all else that is done with a span. */
const memberOf = (
  { id, reviewer, start, end, label, attributes, note, uncertain }: CaseSpan,
  twins: readonly string[],
): Member => ({ id, reviewer, start, end, label, attributes, note, uncertain, twins });

type Group = GroupOf<Member>;

type Around = {
  readonly submitted: number;
  readonly missing: number;
  readonly text: TextIndex | null;
  readonly rules: Rules;
  readonly links: LinksSaid;
};

/** In the order of FLAGS; AGREEMENT alone, when there is no other. */
function flagsOf(group: Group, present: ReadonlySet<string>, around: Around): readonly Flag[] {
  const { members } = group;
  const split = members.length > present.size;
  const differ = members.some((m) => m.start !== group.start || m.end !== group.end);
  const minor = !split && differ && sameAfterTrim(group, around.text);
  const found: Record<Exclude<Flag, "AGREEMENT">, boolean> = {
    SINGLE_REVIEWER: around.submitted <= 1,
    LABEL: group.labels.length > 1,
    SPLIT: split,
    BOUNDARY: !split && differ && !minor,
    BOUNDARY_MINOR: minor,
    MISSING: around.missing > 0,
    ATTRIBUTE: answersDiffer(group, around.rules),
    LINK: linksDiffer(group, around.links),
    SELF_OVERLAP: split && selfOverlap(group),
    // Without SPLIT each member is another reviewer's, so some two do not meet if the last start is not before the first end.
    LOW_COHESION: !split && Math.max(...members.map((m) => m.start)) >= Math.min(...members.map((m) => m.end)),
  };
  const flags = FLAGS.filter((flag) => flag !== "AGREEMENT" && found[flag]);
  return flags.length > 0 ? flags : ["AGREEMENT"];
}

const isPrimary = (flag: Flag): flag is PrimaryFlag => flag !== "SELF_OVERLAP" && flag !== "LOW_COHESION";

/** Neither SELF_OVERLAP nor LOW_COHESION ever stands without SPLIT or BOUNDARY. */
const primaryOf = (flags: readonly Flag[]): PrimaryFlag => flags.find(isPrimary) ?? "AGREEMENT";

function sameAfterTrim({ members }: Group, text: TextIndex | null): boolean {
  if (!text) return false;
  const [first, ...rest] = members.map((m) => edgeTrim(text, m));
  return rest.every((r) => r.start === first?.start && r.end === first.end);
}

/** Two reviewers have the same range and label, with other attribute values: at one place two answers, and two who answer. */
function answersDiffer({ members }: Group, rules: Rules): boolean {
  if (members.length < 2) return false;
  const places = new Map<string, { readonly said: Set<string>; readonly who: Set<string> }>();
  for (const m of members) {
    const key = `${m.start} ${m.end} ${m.label}`;
    const place = places.get(key) ?? { said: new Set(), who: new Set() };
    places.set(key, place);
    place.said.add(answers(rules, m.label, m.attributes));
    place.who.add(m.reviewer);
    if (place.said.size > 1 && place.who.size > 1) return true;
  }
  return false;
}

function selfOverlap({ members }: Group): boolean {
  const reach = new Map<string, number>();
  for (const { reviewer, start, end } of members) {
    const before = reach.get(reviewer) ?? 0;
    if (start < before) return true;
    reach.set(reviewer, Math.max(before, end));
  }
  return false;
}

/** By group and reviewer: the links that start there, as comparable words. */
type LinksSaid = ReadonlyMap<Group, ReadonlyMap<string, ReadonlySet<string>>>;

/** Equal strings are equal links: one type, and targets in one case, or one folded text. */
export const linkKey = (
  link: Pick<CaseLink, "type" | "to" | "toText">,
  place: (spanId: string) => number | undefined,
  foreign: ReadonlyMap<string, string> | undefined,
): string => {
  if (link.to === null) return JSON.stringify([link.type, "text", fold(link.toText ?? "")]);
  const at = place(link.to);
  return at === undefined
    ? JSON.stringify([link.type, "elsewhere", foreign?.get(link.to) ?? link.to])
    : JSON.stringify([link.type, "case", at]);
};

function linksSaid(groups: readonly Group[], links: readonly CaseLink[], foreign: CaseInput["foreign"]): LinksSaid {
  const said = new Map<Group, Map<string, Set<string>>>();
  if (links.length === 0) return said;
  const place = new Map<string, number>();
  groups.forEach((group, i) => {
    for (const m of group.members) for (const id of [m.id, ...m.twins]) place.set(id, i);
  });
  for (const link of links) {
    const group = groups[place.get(link.from) ?? -1];
    if (!group) continue;
    const byReviewer = said.get(group) ?? new Map<string, Set<string>>();
    const keys = byReviewer.get(link.reviewer) ?? new Set<string>();
    said.set(group, byReviewer.set(link.reviewer, keys.add(linkKey(link, (id) => place.get(id), foreign))));
  }
  return said;
}

/** Two reviewers have the same members here, with other links. */
function linksDiffer(group: Group, links: LinksSaid): boolean {
  const here = links.get(group);
  if (!here) return false;
  const marks = new Map<string, string>();
  for (const m of group.members) {
    marks.set(m.reviewer, `${marks.get(m.reviewer) ?? ""}${m.start} ${m.end} ${m.label};`);
  }
  const seen = new Map<string, string>();
  for (const [reviewer, mine] of marks) {
    const said = [...(here.get(reviewer) ?? [])].sort(byName).join();
    if ((seen.get(mine) ?? said) !== said) return true;
    seen.set(mine, said);
  }
  return false;
}
