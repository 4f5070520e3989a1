/** A ruling in the making: what the keys chose, what it would leave as gold, and the request that makes it. Pure. */
import type { Attributes } from "@/lib/spans/model";
import type { Range } from "@/lib/text/range";
import { length } from "@/lib/text/range";
import type { CaseView, MemberView } from "./model";

export type DraftSpan = Range & { readonly id: string; readonly label: string; readonly attributes: Attributes };

export type Draft = {
  readonly action: "suggestion" | "member" | "union" | "intersection" | "edit" | "nothing";
  /** The lane whose reading was taken. */
  readonly lane: string | null;
  readonly spans: readonly DraftSpan[];
};

/** The label most lanes gave; null on a tie. */
export function leadingLabel(one: CaseView): string | null {
  const votes = new Map<string, Set<string>>();
  for (const member of one.members) votes.set(member.label, (votes.get(member.label) ?? new Set()).add(member.lane));
  const ranked = [...votes].sort((a, b) => b[1].size - a[1].size);
  const [first, second] = ranked;
  return first && (!second || first[1].size > second[1].size) ? first[0] : null;
}

/** Each attribute's value where the lanes that gave one agree by plurality; ties are left out, for the adjudicator to settle. */
export function agreedAttributes(members: readonly MemberView[]): Attributes {
  const made: Record<string, string> = {};
  for (const key of new Set(members.flatMap((member) => Object.keys(member.attributes)))) {
    const counts = new Map<string, number>();
    for (const member of members) {
      const value = member.attributes[key];
      if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const ranked = [...counts].sort((a, b) => b[1] - a[1]);
    const [first, second] = ranked;
    if (first && (!second || first[1] > second[1])) made[key] = first[0];
  }
  return made;
}

const hull = (ranges: readonly Range[]): Range => ({
  start: Math.min(...ranges.map((r) => r.start)),
  end: Math.max(...ranges.map((r) => r.end)),
});

/** What lies under a span of every lane: the lanes' own coverage, cut against each other. */
function common(members: readonly MemberView[]): readonly Range[] {
  let kept: Range[] | null = null;
  for (const lane of new Set(members.map((member) => member.lane))) {
    const own = members.filter((member) => member.lane === lane);
    const next: Range[] = [];
    for (const range of kept ?? own) {
      for (const span of kept ? own : [range]) {
        const cut = { start: Math.max(range.start, span.start), end: Math.min(range.end, span.end) };
        if (length(cut) > 0) next.push(cut);
      }
    }
    kept = next;
  }
  return kept ?? [];
}

export type Choice = { readonly kind: Draft["action"]; readonly lane?: string };

/** The draft that a choice makes, or null where it makes none (no suggestion, nothing in common, a tie of labels). */
export function draftOf(one: CaseView, choice: Choice, newId: () => string): Draft | null {
  const label = one.suggestion?.label ?? leadingLabel(one);
  const voters = one.members.filter((member) => member.label === label);
  const span = (range: Range, key: string, attributes: Attributes): DraftSpan => ({
    id: newId(),
    start: range.start,
    end: range.end,
    label: key,
    attributes,
  });
  switch (choice.kind) {
    case "nothing":
      return { action: "nothing", lane: null, spans: [] };
    case "member": {
      const own = one.members.filter((member) => member.lane === choice.lane);
      if (own.length > 0)
        return {
          action: "member",
          lane: choice.lane ?? null,
          spans: own.map((member) => span(member, member.label, member.attributes)),
        };
      return choice.lane && one.missing.includes(choice.lane)
        ? { action: "nothing", lane: choice.lane, spans: [] }
        : null;
    }
    case "suggestion": {
      const suggestion = one.suggestion;
      if (!suggestion || suggestion.label === null) return null;
      if (suggestion.action === "reject") return { action: "suggestion", lane: null, spans: [] };
      return {
        action: "suggestion",
        lane: null,
        spans: suggestion.spans.map((range) => span(range, suggestion.label ?? "", agreedAttributes(voters))),
      };
    }
    case "union":
      return label === null
        ? null
        : { action: "union", lane: null, spans: [span(hull(voters), label, agreedAttributes(voters))] };
    case "intersection": {
      const ranges = label === null ? [] : common(voters);
      return label === null || ranges.length === 0
        ? null
        : {
            action: "intersection",
            lane: null,
            spans: ranges.map((range) => span(range, label, agreedAttributes(voters))),
          };
    }
    case "edit": {
      const from = one.decision?.spans.length ? one.decision.spans : one.members.slice(0, 1);
      return { action: "edit", lane: null, spans: from.map((member) => span(member, member.label, member.attributes)) };
    }
  }
}

/** Attributes on which the lanes that voted for `label` differ, with each lane's value. */
export function differing(
  one: CaseView,
  label: string | null,
): readonly { readonly key: string; readonly values: Readonly<Record<string, string>> }[] {
  const voters = one.members.filter((member) => label === null || member.label === label);
  const keys = [...new Set(voters.flatMap((member) => Object.keys(member.attributes)))];
  return keys.flatMap((key) => {
    const values: Record<string, string> = {};
    for (const member of voters) values[member.lane] ??= member.attributes[key] ?? "";
    return new Set(Object.values(values)).size > 1 ? [{ key, values }] : [];
  });
}

/** A draft whose attributes or ranges were touched by hand is an edit, whatever key began it. */
export const withAttribute = (draft: Draft, key: string, value: string): Draft => ({
  ...draft,
  action: draft.spans.length > 0 ? "edit" : draft.action,
  spans: draft.spans.map((span) => {
    const attributes: Record<string, string> = { ...span.attributes };
    if (value === "") delete attributes[key];
    else attributes[key] = value;
    return { ...span, attributes };
  }),
});

export function requestOf(
  draft: Draft,
  one: CaseView,
  words: {
    readonly id: string;
    readonly reasonCode: string | null;
    readonly note: string;
    readonly rule: string | null;
  },
): Record<string, unknown> {
  const member = draft.action === "member" ? one.members.find((each) => each.lane === draft.lane)?.spanId : undefined;
  return {
    id: words.id,
    action: draft.action,
    ...(member ? { member } : {}),
    ...(draft.action === "edit" ? { spans: draft.spans } : {}),
    ...(words.reasonCode ? { reasonCode: words.reasonCode } : {}),
    ...(words.note ? { note: words.note } : {}),
    ...(words.rule ? { rule: words.rule } : {}),
    ...(one.decision ? { supersedes: one.decision.id } : {}),
  };
}
