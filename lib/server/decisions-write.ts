/**
 * Writing down what was decided: the decisions, which are never changed but by being superseded, and the gold that comes of them, in the
 * same transaction. The article's lock is held.
 */
import { randomUUID } from "node:crypto";
import type { Actor } from "../access/actor";
import { type CaseLink, spanIds } from "../cases/case";
import { fingerprint } from "../cases/content";
import type { DecideContext, Decided } from "../cases/decide";
import type { GoldSpan, RuledLink, RuledTarget } from "../cases/gold";
import type { CreationRequest, DecisionRequest } from "../cases/schema";
import { canonicalJson } from "../spans/canonical";
import { recordAll } from "./audit";
import { bulkOf } from "./bulk";
import { type ArticleFile, type CaseRow, lockArticles, sha256 } from "./cases-file";
import { type Elsewhere, elsewhere } from "./cases-marks";
import type { Tx } from "./db";
import { carryLinks } from "./gold-links";
import { schemeOf, textOf } from "./kept";
import { tell } from "./live-hub";

export type Making = {
  /** null: the project's policy. */
  readonly adjudicatorId: string | null;
  readonly alsoReviewed: boolean;
  readonly anonymous: boolean;
};

export type Made = {
  readonly case: CaseRow | null;
  readonly request: DecisionRequest | CreationRequest;
  readonly decided: Decided;
};

/** The same creation sent again has the same hash. `place` is the case or, for what was created, the article. */
export const requestHash = (place: string, request: object): string => sha256(canonicalJson([place, request]));

/** What lib/cases decides by. `wanted`: further ids, of other articles, that the request's links may end in. */
export async function contextOf(
  tx: Tx,
  file: ArticleFile,
  links: readonly CaseLink[],
  wanted: readonly string[] = [],
): Promise<DecideContext & { readonly foreign: ReadonlyMap<string, Elsewhere> }> {
  const rows = new Map(file.cases.map((c) => [c.id, c]));
  const live = new Map(file.decisions.flatMap((d) => (d.caseId ? [[d.caseId, d.id] as const] : [])));
  const own = new Set(file.cases.flatMap(spanIds));
  const outside = [...links.flatMap((l) => (l.to === null ? [] : [l.to])), ...wanted].filter((id) => !own.has(id));
  const foreign = await elsewhere(tx, file.projectId, outside);
  return {
    text: await textOf(tx, file.textId),
    scheme: await schemeOf(tx, file.projectId, file.schemeVersion),
    cases: file.cases,
    links,
    gold: file.decisions.flatMap((d) => d.spans),
    foreign,
    foreignTarget: (id) => foreign.get(id) ?? null,
    newId: randomUUID,
    suggestionOf: (c) => rows.get(c.id)?.suggestion ?? null,
    liveOf: (c) => live.get(c.id) ?? null,
  };
}

/**
 * A link is kept by the case in which it ends, where it ends in one, so that it goes on ending in that case's gold when the case is
 * decided again.
 */
function lasting(
  file: ArticleFile,
  foreign: ReadonlyMap<string, Elsewhere>,
  own: readonly GoldSpan[],
  target: RuledTarget,
) {
  if (target.kind !== "span" || own.some((s) => s.id === target.spanId)) return target;
  for (const { caseId, spans } of file.decisions) {
    const span = spans.find((s) => s.id === target.spanId);
    if (span && caseId) return { kind: "case" as const, caseId, near: { start: span.start, end: span.end } };
  }
  const there = foreign.get(target.spanId);
  if (!there?.caseId) return target;
  return { kind: "case" as const, caseId: there.caseId, near: { start: there.start, end: there.end } };
}

type DecisionRow = {
  readonly id: string;
  readonly caseId: string | null;
  readonly action: string;
  readonly input: object;
  readonly spans: readonly GoldSpan[];
  readonly links: readonly RuledLink[];
  readonly reasonCode: string | null;
  readonly note: string;
  readonly rule: string | null;
  readonly members: unknown;
  readonly submitted: number;
  readonly suggestion: unknown;
  readonly contentHash: string;
  readonly supersedesId: string | null;
  readonly live: boolean;
};

/**
 * Writes the decisions, supersedes those that they replace, and makes their gold; `foreign` as contextOf answered it. False when the database
 * found another live decision in the way, or an id in use: then the transaction must not be committed.
 */
export async function writeDecisions(
  tx: Tx,
  file: ArticleFile,
  made: readonly Made[],
  making: Making,
  links: readonly CaseLink[],
  foreign: ReadonlyMap<string, Elsewhere>,
): Promise<boolean> {
  if (made.length === 0) return true;
  const starting = new Map<string, CaseLink[]>();
  for (const link of links) {
    const known = starting.get(link.from);
    if (known) known.push(link);
    else starting.set(link.from, [link]);
  }
  const rows = made.flatMap((one) => rowsOf(file, one, starting, foreign));
  const retired = retiredBy(file, made);
  const affected = await linkedHere(tx, file, retired, made);

  if (retired.length > 0) {
    await tx.$executeRaw`UPDATE "Decision" SET "live" = false WHERE "id" = ANY (${retired}::uuid[]) AND "live"`;
    await tx.$executeRaw`DELETE FROM "GoldLink" WHERE "decisionId" = ANY (${retired}::uuid[])`;
    await tx.$executeRaw`DELETE FROM "GoldSpan" WHERE "decisionId" = ANY (${retired}::uuid[])`;
  }
  const written = await insertDecisions(tx, file, rows, making);
  if (written !== rows.length) return false;
  const spans = rows.flatMap((row) => (row.live ? row.spans.map((s) => ({ ...s, decisionId: row.id })) : []));
  if ((await insertGold(tx, file, spans)) !== spans.length) return false;
  await markCases(tx, file, made, retired);
  await tx.$executeRaw(tell(file.projectId));
  // Where no link was ruled and none is, there is no gold link to make or to take away.
  if ([...file.decisions, ...rows].some((one) => one.links.length > 0)) await carryLinks(tx, file.articleId);
  for (const other of affected) {
    await lockArticles(tx, [other]);
    await carryLinks(tx, other);
  }
  return true;
}

function rowsOf(
  file: ArticleFile,
  { case: c, request, decided }: Made,
  starting: ReadonlyMap<string, readonly CaseLink[]>,
  foreign: ReadonlyMap<string, Elsewhere>,
): readonly DecisionRow[] {
  const liveOf = (caseId: string) => file.decisions.find((d) => d.caseId === caseId)?.id ?? null;
  const ground = (one: CaseRow) =>
    // An orphan's members are no more: whoever rules on it rules on nothing.
    one.status === "ORPHANED"
      ? []
      : fingerprint(
          one,
          spanIds(one).flatMap((id) => starting.get(id) ?? []),
          sha256,
        );
  const main: DecisionRow = {
    id: request.id,
    caseId: c?.id ?? null,
    action: request.action.toUpperCase(),
    input: request,
    spans: decided.spans,
    links: decided.links.map((link) => ({ ...link, target: lasting(file, foreign, decided.spans, link.target) })),
    reasonCode: request.reasonCode ?? null,
    note: request.note ?? "",
    rule: request.rule ?? null,
    members: c ? ground(c) : [],
    submitted: c?.submitted ?? file.submitted.length,
    suggestion: c?.suggestion ?? null,
    contentHash: requestHash(c?.id ?? file.articleId, request),
    supersedesId: c ? liveOf(c.id) : (request.supersedes ?? null),
    live: decided.stands,
  };
  const others = decided.caseIds
    .filter((id) => id !== c?.id)
    .flatMap((id) => file.cases.find((o) => o.id === id) ?? []);
  return [
    main,
    ...others.map((other): DecisionRow => {
      const input = { id: randomUUID(), action: "merge", mergeWith: c?.id, of: main.id };
      return {
        ...main,
        id: input.id,
        caseId: other.id,
        input,
        spans: [],
        links: [],
        members: ground(other),
        suggestion: other.suggestion,
        contentHash: requestHash(other.id, input),
        supersedesId: liveOf(other.id),
      };
    }),
  ];
}

/** In the audit, an entry a decision. */
export const recordDecisions = (
  tx: Tx,
  actor: Actor | null,
  { projectId, articleId }: Pick<ArticleFile, "projectId" | "articleId">,
  made: readonly Made[],
): Promise<void> =>
  recordAll(
    bulkOf(tx),
    actor,
    made.map(({ case: c, request, decided }) => ({
      stream: { projectId },
      event: {
        type: "decision.made",
        decisionId: request.id,
        caseId: c?.id ?? null,
        articleId,
        action: request.action,
        reasonCode: request.reasonCode ?? null,
        supersedes: decided.supersedes[0] ?? null,
      } as const,
    })),
  );

/** The decisions that no longer live: those that are superseded and, of a ruling on merged cases, all its parts. */
function retiredBy(file: ArticleFile, made: readonly Made[]): string[] {
  const named = new Set(
    made.flatMap(({ decided, case: c, request }) => [
      ...decided.supersedes,
      ...(c || !request.supersedes ? [] : [request.supersedes]),
    ]),
  );
  const mains = new Set(file.decisions.filter((d) => named.has(d.id)).map((d) => d.of ?? d.id));
  return file.decisions.filter((d) => mains.has(d.of ?? d.id)).map((d) => d.id);
}

/** Other articles whose gold links end, or should end, in what is decided here. */
async function linkedHere(
  tx: Tx,
  file: ArticleFile,
  retired: readonly string[],
  made: readonly Made[],
): Promise<readonly string[]> {
  const spans = made.flatMap(({ case: c }) => (c ? spanIds(c) : []));
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT l."articleId" AS "id" FROM "GoldSpan" g JOIN "GoldLink" l ON l."projectId" = g."projectId" AND l."toId" = g."id"
     WHERE g."decisionId" = ANY (${[...retired]}::uuid[]) AND l."articleId" <> ${file.articleId}::uuid
    UNION
    SELECT r."articleId" FROM "Link" l JOIN "Review" r ON r."id" = l."reviewId"
     WHERE l."projectId" = ${file.projectId}::uuid AND l."toId" = ANY (${spans}::uuid[]) AND NOT l."removed"
       AND r."articleId" <> ${file.articleId}::uuid
       AND EXISTS (SELECT 1 FROM "Decision" d WHERE d."projectId" = r."projectId" AND d."articleId" = r."articleId" AND d."live")
    ORDER BY 1`;
  return rows.map((row) => row.id);
}

const insertDecisions = (tx: Tx, file: ArticleFile, rows: readonly DecisionRow[], making: Making): Promise<number> =>
  tx.$executeRaw`
    INSERT INTO "Decision" ("id", "projectId", "articleId", "caseId", "action", "input", "spans", "links", "reasonCode", "note", "rule",
      "adjudicatorId", "alsoReviewed", "anonymous", "members", "submitted", "suggestion", "textSha256", "schemeVersion",
      "guidelineVersion", "contentHash", "supersedesId", "live")
    SELECT x."id", ${file.projectId}::uuid, ${file.articleId}::uuid, x."caseId", x."action", x."input", x."spans", x."links",
           x."reasonCode", x."note", x."rule", ${making.adjudicatorId}::uuid, ${making.alsoReviewed}, ${making.anonymous}, x."members",
           x."submitted", x."suggestion", ${file.textSha256}, ${file.schemeVersion}, ${file.guidelineVersion}, x."contentHash",
           x."supersedesId", x."live"
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS x("id" uuid, "caseId" uuid, "action" "DecisionAction", "input" jsonb, "spans" jsonb, "links" jsonb, "reasonCode" text,
             "note" text, "rule" text, "members" jsonb, "submitted" int, "suggestion" jsonb, "contentHash" text, "supersedesId" uuid,
             "live" boolean)
    ON CONFLICT DO NOTHING`;

const insertGold = (
  tx: Tx,
  file: ArticleFile,
  spans: readonly (GoldSpan & { readonly decisionId: string })[],
): Promise<number> | number =>
  spans.length === 0
    ? 0
    : tx.$executeRaw`
    INSERT INTO "GoldSpan" ("id", "projectId", "articleId", "textLength", "decisionId", "start", "end", "quote", "label", "attributes",
      "schemeVersion", "guidelineVersion")
    SELECT x."id", ${file.projectId}::uuid, ${file.articleId}::uuid, ${file.textLength}, x."decisionId", x."start", x."end",
           substring(t."body", x."start" + 1, x."end" - x."start"), x."label", x."attributes", ${file.schemeVersion},
           ${file.guidelineVersion}
      FROM jsonb_to_recordset(${JSON.stringify(spans)}::jsonb)
        AS x("id" uuid, "decisionId" uuid, "start" int, "end" int, "label" text, "attributes" jsonb),
           "ArticleText" t WHERE t."id" = ${file.textId}::uuid
    ON CONFLICT DO NOTHING`;

/** A case that has lost its decision is open again, or closed if nothing stands in it any more. */
async function markCases(tx: Tx, file: ArticleFile, made: readonly Made[], retired: readonly string[]): Promise<void> {
  const decided = made.flatMap(({ decided: d }) => (d.stands ? d.caseIds : []));
  const lost = file.decisions.flatMap((d) => (d.caseId && retired.includes(d.id) ? [d.caseId] : []));
  await tx.$executeRaw`
    UPDATE "Case" SET "staleReason" = NULL, "status" = (CASE
             WHEN "id" = ANY (${decided}::uuid[]) THEN 'DECIDED' WHEN "closedAt" IS NULL THEN 'OPEN' ELSE 'CLOSED' END)::"CaseStatus"
     WHERE "id" = ANY (${[...decided, ...lost]}::uuid[])`;
}
