/** The links that reviewers drew from a case, each once however many drew it, to be kept or left out one by one. Pure. */
import { linkTypeOf, mayStart } from "@/lib/scheme/lookup";
import { fold } from "@/lib/text/fold";
import type { Draft } from "./draft";
import type { CaseView, Desk } from "./model";

export type Candidate = {
  readonly key: string;
  readonly type: string;
  /** The lanes that drew it. */
  readonly votes: readonly string[];
  /** What it ends in, as the first who drew it says. */
  readonly words: string;
  /** As it is sent: it starts at a member, which stands for the gold that comes of it. */
  readonly link: {
    readonly type: string;
    readonly from: string;
    readonly to: string | null;
    readonly toText: string | null;
  };
  /** The label at which it starts. */
  readonly label: string;
  /** Kept by the suggestion. */
  readonly suggested: boolean;
};

type Target = { readonly type: string; readonly to: string | null; readonly toText: string | null };

/** Equal strings are equal links: one type, and targets in one case or of equal words. */
export function candidatesOf(one: CaseView, cases: readonly CaseView[]): readonly Candidate[] {
  const holder = new Map(cases.flatMap((each) => each.members.map((member) => [member.spanId, each.id] as const)));
  const keyOf = ({ type, to, toText }: Target) =>
    to === null ? `${type} text ${fold(toText ?? "")}` : `${type} at ${holder.get(to) ?? to}`;
  const accepted = new Set(
    (one.suggestion?.links ?? []).flatMap((link) => (link.action === "accept" ? [keyOf(link)] : [])),
  );
  const found = new Map<string, Candidate>();
  for (const member of one.members)
    for (const link of member.links) {
      const key = keyOf(link);
      const known = found.get(key);
      if (known) {
        if (!known.votes.includes(member.lane))
          found.set(key, { ...known, votes: [...known.votes, member.lane].sort() });
        continue;
      }
      const { type, to, toText, words } = link;
      found.set(key, {
        ...{ key, type, words, label: member.label, votes: [member.lane], suggested: accepted.has(key) },
        link: { type, from: member.spanId, to, toText },
      });
    }
  return [...found.values()];
}

/** Those that the ruling may have: their type may start at what is ruled to stand here. */
export const allowed = (candidates: readonly Candidate[], draft: Draft, desk: Desk): readonly Candidate[] =>
  candidates.filter(({ type }) => {
    const kind = linkTypeOf(desk.scheme, type);
    return kind && draft.spans.some((span) => mayStart(kind, span.label));
  });

/** The keys of those that the ruling keeps, as the server would keep them where nobody has said. */
export function kept(candidates: readonly Candidate[], draft: Draft, one: CaseView): ReadonlySet<string> {
  if (draft.links) return new Set(draft.links);
  const { action, member } = draft.request;
  const lane = action === "member" ? one.members.find((each) => each.spanId === member)?.lane : undefined;
  return new Set(
    candidates.flatMap(({ key, votes, suggested }) => ((lane ? votes.includes(lane) : suggested) ? [key] : [])),
  );
}

export function withLink(draft: Draft, candidates: readonly Candidate[], one: CaseView, key: string, keep: boolean) {
  const keys = new Set(kept(candidates, draft, one));
  if (keep) keys.add(key);
  else keys.delete(key);
  return { ...draft, links: [...keys] };
}

/** As the request names them; absent where nobody has touched them. */
export function linksSent(desk: Desk, one: CaseView, draft: Draft): { readonly links?: readonly Candidate["link"][] } {
  if (!draft.links) return {};
  const candidates = candidatesOf(one, desk.cases);
  const keys = kept(candidates, draft, one);
  return { links: allowed(candidates, draft, desk).flatMap(({ key, link }) => (keys.has(key) ? [link] : [])) };
}
