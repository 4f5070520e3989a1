/** A ruling in the making: what a key chose and what it would leave as gold, by the same `decide` that the server runs. Pure. */
import type { Case } from "@/lib/cases/case";
import { decide, type LastingCase } from "@/lib/cases/decide";
import type { GoldSpan } from "@/lib/cases/gold";
import type { DecisionRequest } from "@/lib/cases/schema";
import { ok, type Result } from "@/lib/result";
import type { TextIndex } from "@/lib/text/codepoints";
import type { Range } from "@/lib/text/range";
import type { CaseView, Desk, Precedent } from "./model";

export type Draft = {
  /** What will be sent; ids and words are added when it is. */
  readonly request: Pick<DecisionRequest, "action" | "member" | "spans">;
  readonly spans: readonly GoldSpan[];
  /** Keys of the links that are kept (links.ts); null: what the reviewers drew, by majority. */
  readonly links: readonly string[] | null;
  /** The earlier decision whose ruling is taken over. */
  readonly follows: string | null;
};

export type Choice =
  | { readonly kind: "suggestion" | "union" | "intersection" | "edit" | "nothing" }
  | { readonly kind: "member"; readonly lane: string };

/** A case view as the pure rules know cases: the lanes are its reviewers. */
const lasting = (one: CaseView): LastingCase => ({
  ...one,
  primary: one.primary as Case["primary"],
  flags: one.flags as Case["flags"],
  members: one.members.map((member) => ({ ...member, id: member.spanId, reviewer: member.lane, twins: [] })),
  submitted: new Set([...one.members.map((member) => member.lane), ...one.missing]).size,
});

/** The draft that a choice makes, or the refusal that says why it makes none. */
export function draftOf(desk: Desk, one: CaseView, index: TextIndex, choice: Choice): Result<Draft> {
  const request = requested(one, choice);
  if (request.action === "nothing") return ok({ request, spans: [], ...UNTOUCHED });
  const decided = decide(
    lasting(one),
    { id: one.id, ...request },
    {
      text: index,
      scheme: desk.scheme,
      cases: desk.cases.map(lasting),
      links: [],
      gold: [],
      newId: () => crypto.randomUUID(),
      suggestionOf: () => one.suggestion,
      liveOf: () => null,
    },
  );
  return decided.ok ? ok({ request, spans: decided.value.spans, ...UNTOUCHED }) : decided;
}

const UNTOUCHED = { links: null, follows: null } as const;

/** The ruling made before on the same words. */
export function draftLike({ here, decision }: Precedent): Draft | null {
  if (!here) return null;
  if (here.length === 0) return { request: { action: "nothing" }, spans: [], links: null, follows: decision.id };
  const spans = here.map((span) => ({ ...span, id: crypto.randomUUID() }));
  return { request: { action: "edit", spans }, spans, links: null, follows: decision.id };
}

function requested(one: CaseView, choice: Choice): Draft["request"] {
  if (choice.kind === "member") {
    const member = one.members.find((each) => each.lane === choice.lane);
    return member ? { action: "member", member: member.spanId } : { action: "nothing" };
  }
  if (choice.kind !== "edit") return { action: choice.kind };
  const from = one.decision?.spans.length ? one.decision.spans : one.members.slice(0, 1);
  return {
    action: "edit",
    spans: from.map(({ start, end, label, attributes }) => ({
      id: crypto.randomUUID(),
      start,
      end,
      label,
      attributes,
    })),
  };
}

/** Touched by hand, a ruling is an edit, whatever key began it. */
const asEdit = (draft: Draft, spans: readonly GoldSpan[]): Draft => ({
  ...draft,
  request: { action: "edit", spans: spans.map((span) => ({ ...span })) },
  spans,
});

/** On every span of that label; "" takes the value away. */
export const withAttribute = (draft: Draft, label: string, key: string, value: string): Draft =>
  asEdit(
    draft,
    draft.spans.map((span) => {
      if (span.label !== label) return span;
      const { [key]: _, ...rest } = span.attributes;
      return { ...span, attributes: value === "" ? rest : { ...rest, [key]: value } };
    }),
  );

export const withLabel = (draft: Draft, label: string): Draft =>
  asEdit(
    draft,
    draft.spans.map((span) => ({ ...span, label, attributes: {} })),
  );

/** The last span is the one in hand. */
export function withRange(draft: Draft, range: Range): Draft {
  const last = draft.spans.at(-1);
  return last && range.start < range.end
    ? asEdit(draft, [...draft.spans.slice(0, -1), { ...last, start: range.start, end: range.end }])
    : draft;
}
