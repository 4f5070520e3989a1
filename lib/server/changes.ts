/**
 * The one way to edit a review, and the hottest path of the server: two statements on a bare connection. Read the review with only what
 * the request touches; let the pure `applyAll` decide; write all of it, the history and the audit entry at once, if the review is still
 * at the version that was read. Where another request came between, the same is done again under the review's row lock.
 */
import { createHash } from "node:crypto";
import pg from "pg";
import type { Actor } from "../access/actor";
import { canReview, type OwnReview, type ReviewFacts } from "../access/can";
import type { Region, RegionRole } from "../regions/roles";
import { type Fault, notFound, ok, type Result, refuse } from "../result";
import { type Applied, applyAll, type Context } from "../spans/apply";
import { canonicalChange } from "../spans/canonical";
import { touchedBy } from "../spans/change";
import type { Change, Link, LinkTombstone, Review, Span, SpanTombstone } from "../spans/model";
import { differs, type Origin, type Suggestion } from "../spans/suggested";
import { reviewFor, superseded } from "./access";
import { streamOf } from "./audit";
import { directTransaction, guarded, pool, transaction } from "./db";
import { schemeOf, textOf } from "./kept";

/** `version` is the review's; `applied` holds each change's id and the version of its span or link after it. */
export type ChangesAnswer = {
  readonly version: number;
  readonly applied: readonly { readonly id: string; readonly version: number }[];
};

type SpanRow = Omit<Span, "suggestion"> & {
  readonly suggestion: Origin | null;
  readonly removed: boolean;
  readonly reviewId: string;
  readonly mine: boolean;
};
type LinkRow = Link & { readonly removed: boolean; readonly reviewId: string };
type SuggestionRow = Pick<Suggestion, "id" | "by" | "score" | "start" | "end" | "label" | "attributes"> & {
  readonly person: boolean;
};
type KnownChange = {
  readonly id: string;
  readonly hash: string;
  readonly version: number;
  readonly reviewVersion: number;
};

type Loaded = Omit<ReviewFacts, "ownReview"> & {
  readonly articleId: string;
  readonly status: OwnReview;
  readonly version: number;
  /** The version that the spans and links below belong to; behind `version` when another request held the lock meanwhile. */
  readonly seen: number;
  readonly textLength: number;
  readonly textId: string;
  readonly schemeVersion: number;
  readonly guidelineVersion: number;
  readonly forbidOutsideScope: boolean;
  readonly scope: readonly RegionRole[];
  readonly changes: readonly KnownChange[] | null;
  readonly spans: readonly SpanRow[] | null;
  readonly links: readonly LinkRow[] | null;
  readonly gold: readonly { readonly id: string; readonly label: string }[] | null;
  readonly showSuggestions: boolean;
  /** Of those that the request names. */
  readonly suggestions: readonly SuggestionRow[] | null;
  readonly dismissed: readonly string[] | null;
  /** Where marks of the version before came from, which are placed here. */
  readonly carried: readonly Origin[] | null;
  /** Ids among those of the request that wait for an orphan of another review. */
  readonly reserved: readonly string[] | null;
};

/** $1 review, $2 who asks, $3 change ids, $4 span ids, $5 link ids, $6 suggestion ids. Other reviews' spans come only if they are the asker's own. */
const READ = `
WITH found AS MATERIALIZED (
  SELECT l.* FROM "Review" v JOIN "Link" l ON l."projectId" = v."projectId"
     AND (l."id" = ANY ($5::uuid[]) OR l."fromId" = ANY ($4::uuid[]) OR l."toId" = ANY ($4::uuid[]))
   WHERE v."id" = $1)
SELECT r."projectId", r."articleId", r."reviewerId", r."status"::text AS "status", r."version", r."textLength",
       (SELECT v."version" FROM "Review" v WHERE v."id" = $1) AS "seen",
       a."textId", a."state"::text AS "state", a."superseded", p."schemeVersion", p."guidelineVersion", p."blind", p."adjudicateOwn",
       p."forbidOutsideScope", p."showSuggestions", p."scope", coalesce(m."roles"::text[], '{}') AS "roles",
       (SELECT json_agg(json_build_object('id', c."id", 'hash', c."contentHash", 'version', c."resultVersion",
                                          'reviewVersion', c."reviewVersion"))
          FROM "Change" c WHERE c."reviewId" = $1 AND c."id" = ANY ($3::uuid[])) AS "changes",
       (SELECT json_agg(json_build_object('id', l."id", 'reviewId', l."reviewId", 'version', l."version", 'type', l."type",
                                          'from', l."fromId", 'to', l."toId", 'toText', l."toText", 'accepted', l."accepted", 'removed', l."removed"))
          FROM found l) AS "links",
       (SELECT json_agg(json_build_object('id', s."id", 'reviewId', s."reviewId", 'mine', w."reviewerId" = $2 AND w."deletedAt" IS NULL,
                                          'version', s."version", 'start', s."start", 'end', s."end", 'label', s."label",
                                          'attributes', s."attributes", 'note', s."note", 'uncertain', s."uncertain",
                                          'accepted', s."accepted", 'suggestion', s."suggestion", 'removed', s."removed"))
          FROM "Span" s JOIN "Review" w ON w."id" = s."reviewId"
         WHERE s."id" = ANY ($4::uuid[] || ARRAY (SELECT unnest(ARRAY[f."fromId", f."toId"]) FROM found f WHERE f."reviewId" = $1))) AS "spans",
       (SELECT json_agg(json_build_object('id', g."id", 'label', g."label"))
          FROM "GoldSpan" g JOIN "Article" h ON h."id" = g."articleId"
         WHERE g."id" = ANY ($4::uuid[]) AND g."projectId" = r."projectId" AND h."id" <> r."articleId" AND h."state" = 'SETTLED'
           AND h."deletedAt" IS NULL) AS "gold",
       (SELECT json_agg(json_build_object('id', g."id", 'by', t."name", 'person', t."person", 'score', g."score", 'start', g."start",
                                          'end', g."end", 'label', g."label", 'attributes', g."attributes"))
          FROM "Suggestion" g JOIN "SuggestionSet" t ON t."id" = g."setId"
         WHERE g."id" = ANY ($6::uuid[]) AND g."articleId" = r."articleId") AS "suggestions",
       (SELECT json_agg(s."suggestion") FROM "CarriedSpan" o JOIN "Span" s ON s."id" = o."fromId"
         WHERE cardinality($6::uuid[]) > 0 AND o."reviewId" = $1 AND s."suggestion"->>'id' = ANY ($6::uuid[]::text[])) AS "carried",
       (SELECT json_agg(o."spanId") FROM "CarriedSpan" o WHERE o."spanId" = ANY ($4::uuid[]) AND o."reviewId" <> $1) AS "reserved",
       (SELECT json_agg(x."suggestionId") FROM "Dismissal" x WHERE x."reviewId" = $1 AND x."suggestionId" = ANY ($6::uuid[])) AS "dismissed"
  FROM "Review" r
  JOIN "Article" a ON a."id" = r."articleId" AND a."deletedAt" IS NULL
  JOIN "Project" p ON p."id" = r."projectId" AND p."deletedAt" IS NULL
  LEFT JOIN "Member" m ON m."projectId" = r."projectId" AND m."userId" = $2
 WHERE r."id" = $1 AND r."deletedAt" IS NULL`;

/** One column of JSON: pg builds a parser for every field of every answer, which costs more than parsing it. */
const LOAD = `SELECT row_to_json(x) AS "review" FROM (${READ}) x`;
const LOAD_LOCKED = `SELECT row_to_json(x) AS "review" FROM (${READ} FOR NO KEY UPDATE OF r) x`;

/**
 * All writes of a request, or none. $1 review, $2 project, $3 article, $4 text length, $5 scheme version, $6 guideline version, $7 user,
 * $8 the review's version, $9 spans, $10 links, $11 changes, $12 audit stream, $13 audit data, $14 the version that was read, $15 and
 * $16 how many spans and links there are, $17 suggestions that are dismissed from now on, $18 those that are not any more. Everything hangs on `r`, which takes the row lock and looks again. No row: the review has
 * changed. Division by zero (22012): an id belongs to another review, and nothing is written.
 */
const SAVE = `
WITH r AS (
  UPDATE "Review" SET "version" = $8, "startedAt" = coalesce("startedAt", now()),
         "status" = CASE WHEN "status" = 'ASSIGNED' THEN 'IN_PROGRESS'::"ReviewStatus" ELSE "status" END
   WHERE "id" = $1 AND "version" = $14 AND "status" IN ('ASSIGNED', 'IN_PROGRESS') AND "deletedAt" IS NULL
  RETURNING 1),
s AS (
  INSERT INTO "Span" ("id", "projectId", "articleId", "reviewId", "textLength", "start", "end", "quote", "label", "attributes", "note",
                      "uncertain", "accepted", "suggestion", "version", "removed", "schemeVersion", "guidelineVersion")
  SELECT x."id", $2, $3, $1, $4, x."start", x."end", x."quote", x."label", x."attributes", x."note", x."uncertain",
         coalesce(x."accepted", '{}'), x."suggestion", x."version", x."removed", $5, $6
    FROM r, jsonb_to_recordset($9::jsonb) AS x("id" uuid, "start" int, "end" int, "quote" text, "label" text, "attributes" jsonb,
                                               "note" text, "uncertain" boolean, "accepted" text[], "suggestion" jsonb, "version" int,
                                               "removed" boolean)
  ON CONFLICT ("id") DO UPDATE SET "start" = excluded."start", "end" = excluded."end", "quote" = excluded."quote", "label" = excluded."label",
     "attributes" = excluded."attributes", "note" = excluded."note", "uncertain" = excluded."uncertain",
     "accepted" = excluded."accepted", "suggestion" = excluded."suggestion", "version" = excluded."version",
     "removed" = excluded."removed", "updatedAt" = now(),
     "schemeVersion" = CASE WHEN excluded."removed" THEN "Span"."schemeVersion" ELSE excluded."schemeVersion" END,
     "guidelineVersion" = CASE WHEN excluded."removed" THEN "Span"."guidelineVersion" ELSE excluded."guidelineVersion" END
   WHERE "Span"."reviewId" = $1
  RETURNING 1),
l AS (
  INSERT INTO "Link" ("id", "projectId", "reviewId", "type", "fromId", "toId", "toText", "accepted", "version", "removed")
  SELECT x."id", $2, $1, x."type", x."from", x."to", x."toText", coalesce(x."accepted", false), x."version", x."removed"
    FROM r, jsonb_to_recordset($10::jsonb) AS x("id" uuid, "type" text, "from" uuid, "to" uuid, "toText" text, "accepted" boolean,
                                               "version" int, "removed" boolean)
  ON CONFLICT ("id") DO UPDATE SET "type" = excluded."type", "fromId" = excluded."fromId", "toId" = excluded."toId",
     "toText" = excluded."toText", "accepted" = excluded."accepted", "version" = excluded."version", "removed" = excluded."removed", "updatedAt" = now()
   WHERE "Link"."reviewId" = $1
  RETURNING 1),
c AS (
  INSERT INTO "Change" ("reviewId", "id", "projectId", "reviewVersion", "position", "contentHash", "body", "resultVersion", "userId")
  SELECT $1, x."id", $2, $8, x."position", x."hash", x."body", x."version", $7
    FROM r, jsonb_to_recordset($11::jsonb) AS x("id" uuid, "position" int, "hash" text, "body" jsonb, "version" int)),
d AS (
  INSERT INTO "Dismissal" ("reviewId", "suggestionId", "projectId", "articleId", "textLength")
  SELECT $1, x, $2, $3, $4 FROM r, unnest($17::uuid[]) x ON CONFLICT DO NOTHING),
e AS (DELETE FROM "Dismissal" WHERE "reviewId" = $1 AND "suggestionId" = ANY ($18::uuid[]) AND EXISTS (SELECT 1 FROM r)),
a AS (
  INSERT INTO "AuditEntry" ("stream", "projectId", "actorId", "type", "data")
  SELECT $12::text, $2::uuid, $7::uuid, 'review.changed', $13::jsonb FROM r)
SELECT 1 / CASE WHEN (SELECT count(*) FROM s) = $15::int AND (SELECT count(*) FROM l) = $16::int THEN 1 ELSE 0 END AS "whole" FROM r`;

const hashOf = (change: Change): string => createHash("sha256").update(canonicalChange(change)).digest("hex");

/**
 * Applies all changes or none. Refuses: not-found; forbidden; locked (423) when the review is submitted or skipped; conflict (409) with
 * the current state of what has changed since, or for an id that was used for something else; invalid (422). A change that was applied
 * before is answered as then, also when the review is locked by now.
 */
export async function changeReview(
  actor: Actor,
  reviewId: string,
  changes: readonly Change[],
): Promise<Result<ChangesAnswer>> {
  const request = { actor, reviewId, changes, hashes: changes.map(hashOf) };
  const first = await guarded(() => attempt(pool(), LOAD, request));
  const done =
    first.ok && first.value === "again" ? await directTransaction((c) => attempt(c, LOAD_LOCKED, request)) : first;
  if (!done.ok) return done;
  if (done.value === "again") return taken([]);
  if (done.value) return ok(done.value);
  const may = await transaction((tx) => reviewFor(tx, actor, reviewId, "annotate"));
  return may.ok ? notFound() : may;
}

type Request = {
  readonly actor: Actor;
  readonly reviewId: string;
  readonly changes: readonly Change[];
  readonly hashes: readonly string[];
};

/** A pool, or a client in a transaction. */
type Connection = Pick<pg.PoolClient, "query"> | pg.Pool;

/**
 * null: the actor may not edit it, or it is not there; reviewFor knows which. "again": something came between reading and writing; under the
 * row lock: an id belongs to something else.
 */
async function attempt(
  connection: Connection,
  statement: string,
  request: Request,
): Promise<Result<ChangesAnswer | "again" | null>> {
  const { changes, hashes } = request;
  const review = await load(connection, statement, request);
  if (!review) return ok(null);
  const known = new Map(review.changes?.map((change) => [change.id, change]));
  const reused = changes.flatMap((change, n): Fault[] => {
    const before = known.get(change.id);
    if (!before || before.hash === hashes[n]) return [];
    const message = "A change with this id was applied before, with other content.";
    return [{ path: `changes.${n}.id`, code: "id-reused", message, actual: change.id }];
  });
  if (reused.length > 0) return refuse("conflict", "Nothing was changed: an id was used twice.", reused);
  const answered = (id: string) => known.get(id)?.version ?? 0;
  const fresh = changes.flatMap((change, n) => (known.has(change.id) ? [] : [n]));
  if (fresh.length === 0) {
    const version = Math.max(...changes.map(({ id }) => known.get(id)?.reviewVersion ?? 0));
    return ok({ version, applied: changes.map(({ id }) => ({ id, version: answered(id) })) });
  }
  if (review.superseded) return superseded();
  if (review.status === "SUBMITTED")
    return refuse("locked", "The review is submitted. Nothing was changed; it can be reopened.");
  if (review.status === "SKIPPED")
    return refuse("locked", "The review was skipped. Nothing was changed; it can be reopened.");

  const asked = fresh.flatMap((n) => changes[n] ?? []);
  const context = await contextOf(connection, review);
  const next = decide(request.reviewId, review, context, asked);
  if (!next.ok) return { ...next, errors: next.errors.map((fault) => inRequest(fault, fresh)) };
  const rows = asked.map((change, i) => ({
    id: change.id,
    position: fresh[i],
    hash: hashes[fresh[i] ?? 0],
    body: change,
    version: next.value.applied[i]?.version ?? 0,
  }));
  if (!(await save(connection, request, review, next.value.review, context, rows))) return ok("again");
  const version = next.value.review.version;
  const now = new Map(next.value.applied.map((one) => [one.id, one.version]));
  return ok({ version, applied: changes.map(({ id }) => ({ id, version: now.get(id) ?? answered(id) })) });
}

async function load(
  connection: Connection,
  statement: string,
  { actor, reviewId, changes }: Request,
): Promise<Loaded | null> {
  const { spans, links, suggestions } = touchedBy(changes);
  const values = [reviewId, actor.userId, changes.map(({ id }) => id), spans, links, suggestions];
  const name = statement === LOAD ? "changes.load" : "changes.lock";
  for (let again = 0; ; again++) {
    const { rows } = await connection.query<{ review: Loaded }>({ name, text: statement, values });
    const review = rows[0]?.review;
    if (!review) return null;
    const ownReview = review.reviewerId === actor.userId ? review.status : null;
    if (!canReview(actor, "annotate", { ...review, ownReview })) return null;
    // Having waited for the lock, the statement still shows spans as they were when it began; the lock is held now.
    if (review.version === review.seen || again > 0) return review;
  }
}

async function contextOf(client: Connection, review: Loaded): Promise<Context> {
  const targets = new Map<string, { readonly label: string }>();
  for (const gold of review.gold ?? []) targets.set(gold.id, gold);
  for (const span of review.spans ?? []) if (span.mine && !span.removed) targets.set(span.id, span);
  const { rows: regions } = review.forbidOutsideScope
    ? await client.query<Region>({
        name: "regions",
        text: `SELECT "start", "end", "role", "reason" FROM "Region" WHERE "projectId" = $1 AND "articleId" = $2 ORDER BY "start"`,
        values: [review.projectId, review.articleId],
      })
    : { rows: [] };
  return {
    index: await textOf(client, review.textId),
    scheme: await schemeOf(client, review.projectId, review.schemeVersion),
    scope: { regions, roles: review.scope, forbid: review.forbidOutsideScope },
    foreignTarget: (id) => targets.get(id) ?? null,
    suggested: (id) => originOf(review, id) !== null,
  };
}

/**
 * Where a span that names this suggestion comes from: the suggestion where it is shown, or else what another span of the review kept of it,
 * or one that was carried over from the version before.
 * null: there is nothing that it could have been made of.
 */
function originOf(review: Loaded, id: string): { readonly origin: Origin; readonly from: Content | null } | null {
  const shown = review.showSuggestions ? review.suggestions?.find((one) => one.id === id) : undefined;
  if (shown) {
    const { by, score, person } = shown;
    return { origin: { id, by, score, changed: false, ...(person ? { person } : {}) }, from: shown };
  }
  const span = review.spans?.find((one) => one.mine && one.suggestion?.id === id);
  if (!span?.suggestion) {
    const carried = review.carried?.find((one) => one.id === id);
    return carried ? { origin: carried, from: null } : null;
  }
  return { origin: span.suggestion, from: review.suggestions?.find((one) => one.id === id) ?? span };
}

type Content = Parameters<typeof differs>[1];

/** As it is stored with the span. */
function cameFrom(review: Loaded, span: Span): Origin | null {
  const found = span.suggestion === undefined ? null : originOf(review, span.suggestion);
  if (!found) return null;
  const { origin, from } = found;
  // Of a suggestion that is gone nobody knows any more whether a changed span is now as it was suggested.
  const known = review.suggestions?.some((one) => one.id === span.suggestion) ?? false;
  return { ...origin, changed: (from !== null && differs(span, from)) || (!known && origin.changed) };
}

const taken = (errors: readonly Fault[]) =>
  refuse("conflict", "Nothing was changed: an id belongs to something else already.", errors);

function decide(reviewId: string, loaded: Loaded, context: Context, changes: readonly Change[]): Result<Applied> {
  const foreign = new Set<string>(loaded.reserved);
  const review = {
    version: loaded.version,
    spans: new Map<string, Span>(),
    links: new Map<string, Link>(),
    removedSpans: new Map<string, SpanTombstone>(),
    removedLinks: new Map<string, LinkTombstone>(),
    dismissed: new Set(loaded.dismissed),
  };
  for (const { removed, reviewId: of, mine: _, suggestion, ...content } of loaded.spans ?? []) {
    const span: Span = { ...content, ...(suggestion?.id ? { suggestion: suggestion.id } : {}) };
    if (of !== reviewId) foreign.add(span.id);
    else if (removed) review.removedSpans.set(span.id, { id: span.id, version: span.version, was: span });
    else review.spans.set(span.id, span);
  }
  for (const { removed, reviewId: of, ...link } of loaded.links ?? []) {
    if (of !== reviewId) foreign.add(link.id);
    else if (removed) review.removedLinks.set(link.id, { id: link.id, version: link.version, was: link });
    else review.links.set(link.id, link);
  }
  const clashes = changes.flatMap((change, n): Fault[] => {
    const [field, id] =
      change.kind === "span.put"
        ? ["span", change.span.id]
        : change.kind === "link.put"
          ? ["link", change.link.id]
          : ["", ""];
    if (!foreign.has(id)) return [];
    return [
      {
        path: `changes.${n}.${field}.id`,
        code: "id-taken",
        message: "Choose another id; this one is in use.",
        actual: id,
      },
    ];
  });
  return clashes.length > 0 ? taken(clashes) : applyAll(context, review, changes);
}

/** Faults are found among the changes that were not applied before; their paths name the place in the request. */
function inRequest(fault: Fault, fresh: readonly number[]): Fault {
  const path = fault.path.replace(/^changes\.(\d+)/, (_, n: string) => `changes.${fresh[Number(n)]}`);
  return { ...fault, path };
}

type Row<T> = T & { readonly removed: boolean };

/** What stands differently after than before, of the items that were touched. */
function* differing<T extends { readonly id: string; readonly version: number }>(
  ids: readonly string[],
  live: ReadonlyMap<string, T>,
  dead: ReadonlyMap<string, { readonly version: number; readonly was?: T }>,
  before: ReadonlyMap<string, number>,
): Iterable<Row<T>> {
  for (const id of ids) {
    const item = live.get(id);
    const stone = dead.get(id);
    if (item && item.version !== before.get(id)) yield { ...item, removed: false };
    else if (!item && stone?.was && stone.version !== before.get(id))
      yield { ...stone.was, version: stone.version, removed: true };
  }
}

const versionsOf = (rows: readonly { readonly id: string; readonly version: number }[] | null) =>
  new Map(rows?.map(({ id, version }) => [id, version]));

const IN_THE_WAY: readonly (string | undefined)[] = ["22012", "23503", "23505"];

/** False when the review is no longer as it was read, or an id belongs to something else; then nothing was written. */
async function save(
  connection: Connection,
  { actor, reviewId }: Request,
  loaded: Loaded,
  review: Review,
  { index }: Context,
  changes: readonly { readonly id: string; readonly body: Change }[],
): Promise<boolean> {
  const touched = touchedBy(changes.map(({ body }) => body));
  const spans = [...differing(touched.spans, review.spans, review.removedSpans, versionsOf(loaded.spans))].map(
    (span) => ({ ...span, quote: index.slice(span), suggestion: cameFrom(loaded, span) }),
  );
  const links = [...differing(touched.links, review.links, review.removedLinks, versionsOf(loaded.links))];
  const before = new Set(loaded.dismissed);
  const dismissed = touched.suggestions.filter((id) => review.dismissed?.has(id) && !before.has(id));
  const asked = touched.suggestions.filter((id) => before.has(id) && !review.dismissed?.has(id));
  const { stream } = streamOf({ reviewId, projectId: loaded.projectId });
  const event = { changes: changes.length, version: review.version, ids: changes.map(({ id }) => id) };
  const values = [
    reviewId,
    loaded.projectId,
    loaded.articleId,
    loaded.textLength,
    loaded.schemeVersion,
    loaded.guidelineVersion,
    actor.userId,
    review.version,
    JSON.stringify(spans),
    JSON.stringify(links),
    JSON.stringify(changes),
    stream,
    JSON.stringify(event),
    loaded.version,
    spans.length,
    links.length,
    dismissed,
    asked,
  ];
  try {
    return (await connection.query({ name: "changes.save", text: SAVE, values })).rows.length > 0;
  } catch (error) {
    if (error instanceof pg.DatabaseError && IN_THE_WAY.includes(error.code)) return false;
    throw error;
  }
}
