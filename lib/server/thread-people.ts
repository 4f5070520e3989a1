/** Who may see a thread, by the same table that judges each of them when they come. */
import type { Role } from "../access/actor";
import { type ArticleFacts, canArticle, type OwnReview } from "../access/can";
import type { Named } from "../scheme/mentions";
import type { Tx } from "./db";

type Row = Named & {
  readonly isAdmin: boolean;
  readonly roles: readonly Role[];
  readonly ownReview: OwnReview | null;
  readonly ownTraining: boolean;
  readonly invited: boolean;
};

export type ThreadPeople = {
  readonly sees: readonly Named[];
  readonly guests: readonly Named[];
  /** Reviewers of the article who have submitted and could be asked in. */
  readonly invitable: readonly Named[];
};

/** `threadId` null: a thread that is not there yet. */
export async function peopleOf(tx: Tx, articleId: string, threadId: string | null): Promise<ThreadPeople> {
  const [article] = await tx.$queryRaw<Pick<ArticleFacts, "projectId" | "blind" | "adjudicateOwn" | "state">[]>`
    SELECT a."projectId", p."blind", p."adjudicateOwn", a."state"::text AS "state"
      FROM "Article" a JOIN "Project" p ON p."id" = a."projectId" WHERE a."id" = ${articleId}::uuid`;
  if (!article) return { sees: [], guests: [], invitable: [] };
  const rows = await tx.$queryRaw<Row[]>`
    SELECT u."id", u."name", u."isAdmin", coalesce(m."roles"::text[], '{}') AS "roles", r."status"::text AS "ownReview",
           coalesce(r."training", false) AS "ownTraining", g."userId" IS NOT NULL AS "invited"
      FROM "User" u
      LEFT JOIN "Member" m ON m."userId" = u."id" AND m."projectId" = ${article.projectId}::uuid
      LEFT JOIN "Review" r ON r."reviewerId" = u."id" AND r."articleId" = ${articleId}::uuid AND r."deletedAt" IS NULL
      LEFT JOIN "ThreadGuest" g ON g."userId" = u."id" AND g."threadId" = ${threadId}::uuid
     WHERE u."email" IS NOT NULL AND u."disabledAt" IS NULL AND (m."userId" IS NOT NULL OR u."isAdmin")
     ORDER BY lower(u."name"), u."id"`;
  const sees = (row: Row, invited: boolean) =>
    canArticle(
      // Judged as they would be in a session of their own.
      { userId: row.id, name: row.name, isAdmin: row.isAdmin, via: { kind: "session", sessionId: "" } },
      "thread.see",
      { ...article, roles: row.roles, ownReview: row.ownReview, ownTraining: row.ownTraining, invited },
    );
  const named = (some: readonly Row[]) => some.map(({ id, name }) => ({ id, name }));
  return {
    sees: named(rows.filter((row) => sees(row, row.invited))),
    guests: named(rows.filter((row) => row.invited)),
    invitable: named(rows.filter((row) => !row.invited && !sees(row, false) && sees(row, true))),
  };
}
