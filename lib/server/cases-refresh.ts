/**
 * Finding the cases of articles anew: after each submit, reopen, skip, assignment and import. Cases keep their ids, live decisions are
 * held against what stands there now, and the article's state follows.
 */
import { randomUUID } from "node:crypto";
import { type Case, type CaseLink, spanIds } from "../cases/case";
import { fingerprint, type MemberHash, type Staleness, stale } from "../cases/content";
import { findCases } from "../cases/find";
import { identify } from "../cases/identity";
import { type Suggestion, suggest } from "../cases/suggest";
import type { Scheme } from "../scheme/scheme";
import type { TextIndex } from "../text/codepoints";
import {
  type ArticleFile,
  type CaseStatus,
  elsewhere,
  filesOf,
  lockArticles,
  type Marks,
  marksOf,
  outward,
  type StoredMember,
  sha256,
} from "./cases-file";
import { progressOf, settle } from "./cases-settle";
import type { Tx } from "./db";
import { acceptUnanimousIn } from "./decisions-unanimous";
import { schemeOf, textOf } from "./kept";

/** How many articles are read into memory together. */
const CHUNK = 50;

/**
 * Finds the cases of these articles anew and sets the articles' states; call it in the transaction that changed which reviews are
 * submitted, after that change. Takes the articles' locks. Articles that still wait for reviews keep their earlier cases as they are.
 */
export async function refreshCases(tx: Tx, articleIds: readonly string[]): Promise<void> {
  const ids = [...new Set(articleIds)].sort();
  for (let at = 0; at < ids.length; at += CHUNK) {
    const chunk = ids.slice(at, at + CHUNK);
    await lockArticles(tx, chunk);
    const files = [...(await filesOf(tx, chunk)).values()];
    const due = files.filter((file) => progressOf(file) !== "OPEN");
    for (const file of files) if (!due.includes(file)) await open(tx, file);
    const marks = await marksOf(
      tx,
      due.map((file) => file.articleId),
    );
    for (const file of due) await refresh(tx, file, marks.get(file.articleId) ?? { spans: [], links: [] });
  }
}

async function open(tx: Tx, file: ArticleFile): Promise<void> {
  if (file.state === "OPEN") return;
  await tx.$executeRaw`
    UPDATE "Article" SET "state" = 'OPEN', "undecided" = 0, "checkable" = 0, "unsure" = 0 WHERE "id" = ${file.articleId}::uuid`;
}

/** A case as it is written. */
type FoundCase = Case & {
  readonly id: string;
  readonly suggestion: Suggestion | null;
  readonly status: CaseStatus;
  readonly stale: Staleness | null;
  readonly ground: readonly MemberHash[];
};

async function refresh(tx: Tx, file: ArticleFile, marks: Marks): Promise<void> {
  const text = await textOf(tx, file.textId);
  const scheme = await schemeOf(tx, file.projectId, file.schemeVersion);
  const foreign = new Map(
    [...(await elsewhere(tx, file.projectId, outward(marks))).values()].map(({ id, caseId }) => [id, caseId ?? id]),
  );
  const { found, closed, orphaned } = findAnew(file, marks, { text, scheme, foreign });
  await writeCases(tx, file, found, reviewIds(marks));
  await tx.$executeRaw`
    UPDATE "Case" SET "status" = 'CLOSED', "closedAt" = now() WHERE "id" = ANY (${[...closed]}::uuid[])`;
  await tx.$executeRaw`
    UPDATE "Case" SET "status" = 'ORPHANED', "closedAt" = now() WHERE "id" = ANY (${[...orphaned]}::uuid[])`;
  if (file.acceptUnanimous && found.some((c) => c.status === "OPEN" && c.primary === "AGREEMENT")) {
    const again = (await filesOf(tx, [file.articleId])).get(file.articleId);
    if (again) await acceptUnanimousIn(tx, again, { actor: null, links: marks.links });
  }
  await settle(tx, file.articleId);
}

type Around = {
  readonly text: TextIndex;
  readonly scheme: Scheme;
  readonly foreign: ReadonlyMap<string, string>;
};

function findAnew(file: ArticleFile, marks: Marks, { text, scheme, foreign }: Around) {
  const cases = findCases({
    text,
    reviewers: file.submitted.map((r) => r.reviewerId),
    spans: marks.spans,
    links: marks.links,
    scheme,
    foreign,
  });
  const live = new Map(file.decisions.flatMap((d) => (d.caseId ? [[d.caseId, d] as const] : [])));
  const { ids, closed, orphaned } = identify(
    file.cases.map((c) => ({ id: c.id, spanIds: spanIds(c), foundAt: c.foundAt, decided: live.has(c.id) })),
    cases,
  );
  const linksOf = startingIn(marks.links);
  const found = cases.map((c, i): FoundCase => {
    const id = ids[i] ?? randomUUID();
    const decision = live.get(id);
    const ground = fingerprint(
      c,
      spanIds(c).flatMap((s) => linksOf.get(s) ?? []),
      sha256,
    );
    const now = { members: ground, submitted: c.submitted };
    const change = decision ? stale(decision, now) : null;
    return {
      ...c,
      id,
      ground,
      suggestion: suggest(c, { text, scheme, links: marks.links, cases, foreign }),
      status: !decision ? "OPEN" : change ? "STALE" : "DECIDED",
      stale: change,
    };
  });
  return {
    found,
    closed: closed.filter((id) => !live.has(id)),
    // Whoever ruled on an orphan did so without members; that ruling stands.
    orphaned: orphaned.filter((id) => (live.get(id)?.members.length ?? 0) > 0),
  };
}

function startingIn(links: readonly CaseLink[]): ReadonlyMap<string, readonly CaseLink[]> {
  const by = new Map<string, CaseLink[]>();
  for (const link of links) {
    const known = by.get(link.from);
    if (known) known.push(link);
    else by.set(link.from, [link]);
  }
  return by;
}

const reviewIds = (marks: Marks): ReadonlyMap<string, string> => new Map(marks.spans.map((s) => [s.id, s.reviewId]));

async function writeCases(
  tx: Tx,
  file: ArticleFile,
  found: readonly FoundCase[],
  reviewOf: ReadonlyMap<string, string>,
): Promise<void> {
  if (found.length === 0) return;
  const rows = found.map((c) => {
    const hashes = new Map(c.ground.map((g) => [g.id, g.hash]));
    return {
      id: c.id,
      start: c.start,
      end: c.end,
      labels: c.labels,
      primaryFlag: c.primary,
      flags: c.flags,
      members: c.members.map(
        (m): StoredMember => ({
          reviewId: reviewOf.get(m.id) ?? "",
          reviewerId: m.reviewer,
          spanId: m.id,
          start: m.start,
          end: m.end,
          label: m.label,
          hash: hashes.get(m.id) ?? "",
          attributes: m.attributes,
          note: m.note ?? "",
          uncertain: m.uncertain ?? false,
          twins: m.twins,
        }),
      ),
      missing: c.missing,
      suggestion: c.suggestion,
      status: c.status,
      staleReason: c.stale,
    };
  });
  await tx.$executeRaw`
    INSERT INTO "Case" AS old ("id", "projectId", "articleId", "start", "end", "labels", "primaryFlag", "flags", "members", "missing",
                               "suggestion", "status", "staleReason")
    SELECT x."id", ${file.projectId}::uuid, ${file.articleId}::uuid, x."start", x."end", x."labels", x."primaryFlag", x."flags",
           x."members", x."missing", x."suggestion", x."status", x."staleReason"
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS x("id" uuid, "start" int, "end" int, "labels" text[], "primaryFlag" text, "flags" text[], "members" jsonb, "missing" uuid[],
             "suggestion" jsonb, "status" "CaseStatus", "staleReason" jsonb)
    ON CONFLICT ("id") DO UPDATE SET "start" = excluded."start", "end" = excluded."end", "labels" = excluded."labels",
       "primaryFlag" = excluded."primaryFlag", "flags" = excluded."flags", "members" = excluded."members",
       "missing" = excluded."missing", "suggestion" = excluded."suggestion", "status" = excluded."status",
       "staleReason" = excluded."staleReason", "closedAt" = NULL`;
}

/**
 * Open articles that have their reviews, such as after an import or when a project asks for fewer: finds their cases, in transactions
 * of their own. Answers how many articles there were. Harmless to repeat, and takes up what an earlier run left.
 */
export async function dueArticles(tx: Tx, projectId: string, limit = CHUNK): Promise<readonly string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT a."id" FROM "Article" a JOIN "Project" p ON p."id" = a."projectId" LEFT JOIN "Batch" b ON b."id" = a."batchId"
     WHERE a."projectId" = ${projectId}::uuid AND a."state" = 'OPEN' AND a."deletedAt" IS NULL AND a."taken" > 0
       AND (a."closedEarly" OR a."taken" >= coalesce(b."reviewersPerArticle", p."reviewersPerArticle"))
       AND NOT EXISTS (SELECT 1 FROM "Review" r WHERE r."projectId" = a."projectId" AND r."articleId" = a."id"
                        AND r."deletedAt" IS NULL AND r."status" IN ('ASSIGNED', 'IN_PROGRESS'))
     ORDER BY a."position" LIMIT ${limit}`;
  return rows.map((row) => row.id);
}

/** For `PATCH /projects/{p}` and batches: after fewer reviewers are asked for, in the same transaction. */
export async function refreshDue(tx: Tx, projectId: string): Promise<number> {
  const ids = await dueArticles(tx, projectId, 100_000);
  await refreshCases(tx, ids);
  return ids.length;
}
