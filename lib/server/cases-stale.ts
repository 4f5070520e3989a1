/**
 * What a stale decision rested on, beside what stands there now. A decision keeps the hashes of its members; what they said is found in
 * the submissions, which are kept for ever, by the one that has the same hash.
 */
import { memberContent } from "../cases/content";
import type { Attributes } from "../spans/model";
import type { Range } from "../text/range";
import { memberOf, type StoredMember, sha256 } from "./cases-file";
import type { Tx } from "./db";

/** A member as it stood; links as reviews hold them. */
export type Said = Range & {
  readonly label: string;
  readonly attributes: Attributes;
  readonly links: readonly { readonly type: string; readonly words: string }[];
};

/** `reviewerId` is null where no submission has what was there: marks that came with an import of decisions. */
export type Change = { readonly reviewerId: string | null; readonly was: Said | null; readonly now: Said | null };

type StaleCase = {
  readonly id: string;
  readonly articleId: string;
  readonly members: readonly StoredMember[];
};

type SpanJson = Range & { readonly id: string; readonly label: string; readonly attributes?: Attributes };
type LinkJson = {
  readonly type: string;
  readonly from: string;
  readonly to: string | null;
  readonly toText: string | null;
};
type Submitted = {
  readonly reviewerId: string;
  readonly articleId: string;
  readonly spans: readonly SpanJson[];
  readonly links: readonly LinkJson[];
};

/** By case, in order of position: members that were added, removed or changed since the live decision. */
export async function changesOf(
  tx: Tx,
  cases: readonly StaleCase[],
  quote: (articleId: string, range: Range) => string,
): Promise<ReadonlyMap<string, readonly Change[]>> {
  if (cases.length === 0) return new Map();
  const decided = await tx.$queryRaw<{ caseId: string; members: readonly { id: string; hash: string }[] }[]>`
    SELECT "caseId", "members" FROM "Decision" WHERE "live" AND "caseId" = ANY (${cases.map((c) => c.id)}::uuid[])`;
  const ground = new Map(decided.map((d) => [d.caseId, Array.isArray(d.members) ? d.members : []] as const));
  const submissions = await tx.$queryRaw<Submitted[]>`
    SELECT r."reviewerId", s."articleId", s."spans", s."links" FROM "Submission" s JOIN "Review" r ON r."id" = s."reviewId"
     WHERE s."articleId" = ANY (${[...new Set(cases.map((c) => c.articleId))]}::uuid[]) ORDER BY s."submittedAt" DESC, s."number" DESC`;
  const made = new Map<string, readonly Change[]>();
  for (const c of cases) {
    const own = submissions.filter((s) => s.articleId === c.articleId);
    const now = new Map(c.members.flatMap((m) => [m.spanId, ...(m.twins ?? [])].map((id) => [id, m] as const)));
    const was = ground.get(c.id) ?? [];
    const told = (range: Range) => quote(c.articleId, range);
    const changes = was.flatMap(({ id, hash }): Change[] => {
      const member = now.get(id);
      if (member?.hash === hash) return [];
      const then = own.map((s) => saidIn(s, id, hash, told)).find((one) => one !== null) ?? null;
      const is = member ? latest(own, member, id, told) : null;
      return then || is
        ? [{ reviewerId: then?.reviewerId ?? member?.reviewerId ?? null, was: then?.said ?? null, now: is }]
        : [];
    });
    const known = new Set(was.map(({ id }) => id));
    const added = c.members
      .filter((m) => !known.has(m.spanId))
      .map((m): Change => ({ reviewerId: m.reviewerId, was: null, now: latest(own, m, m.spanId, told) }));
    const place = ({ was: a, now: b }: Change) => (a ?? b)?.start ?? 0;
    made.set(
      c.id,
      [...changes, ...added].sort((a, b) => place(a) - place(b)),
    );
  }
  return made;
}

type Told = (range: Range) => string;

/** The span as this submission has it, if it has the hash. */
function saidIn({ reviewerId, spans, links }: Submitted, id: string, hash: string, told: Told) {
  const span = spans.find((one) => one.id === id);
  if (!span) return null;
  const content = { ...span, reviewer: reviewerId, attributes: span.attributes ?? {} };
  const drawn = links.map((link) => ({ ...link, reviewer: reviewerId }));
  return sha256(memberContent(content, drawn)) === hash ? { reviewerId, said: saidOf(span, links, spans, told) } : null;
}

/** The member as it stands, with its links from the newest submission of its reviewer. */
function latest(submissions: readonly Submitted[], member: StoredMember, id: string, told: Told): Said {
  const newest = submissions.find((s) => s.reviewerId === member.reviewerId);
  const { start, end, label, attributes } = memberOf(member);
  return saidOf({ id, start, end, label, attributes }, newest?.links ?? [], newest?.spans ?? [], told);
}

function saidOf(span: SpanJson, links: readonly LinkJson[], spans: readonly SpanJson[], told: Told): Said {
  const { id, start, end, label, attributes = {} } = span;
  return {
    ...{ start, end, label, attributes },
    links: links
      .filter((link) => link.from === id)
      .map(({ type, to, toText }) => {
        const target = spans.find((one) => one.id === to);
        return { type, words: target ? told(target) : (toText ?? "in another article") };
      }),
  };
}
