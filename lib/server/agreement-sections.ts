/** The articles behind a section of agreement, in SQL: the same keys as lib/agreement/by.ts gives, from what is counted. */
import { Prisma } from "../../generated/prisma/client";
import { NEWEST_BLIND } from "./agreement-sql";

export const ARTICLE_SECTIONS = ["week", "month", "guideline", "scheme"] as const;
export type ArticleSection = (typeof ARTICLE_SECTIONS)[number];

/** Ids of the project's articles whose counted reviews, two or more, give this key. */
export function articlesOfSection(projectId: string, by: ArticleSection, key: string): Prisma.Sql {
  const counted = new Prisma.Sql(NEWEST_BLIND.split("$1"), [projectId]);
  if (by === "week" || by === "month") {
    const last = Prisma.sql`max(n."submittedAt") AT TIME ZONE 'UTC'`;
    const found =
      by === "week"
        ? Prisma.sql`to_char(date_trunc('week', ${last}), 'YYYY-MM-DD')`
        : Prisma.sql`to_char(${last}, 'YYYY-MM')`;
    return Prisma.sql`SELECT n."articleId" FROM (${counted}) n GROUP BY 1 HAVING count(*) > 1 AND ${found} = ${key}`;
  }
  const [version, versions] =
    by === "scheme"
      ? [Prisma.sql`'schemeVersion'`, Prisma.sql`"SchemeVersion"`]
      : [Prisma.sql`'guidelineVersion'`, Prisma.sql`"GuidelineVersion"`];
  return Prisma.sql`
    SELECT made."articleId" FROM (
      SELECT n."articleId", coalesce(
               (SELECT max((span ->> ${version})::int) FROM jsonb_array_elements(s."spans") span),
               (SELECT max(v."version") FROM ${versions} v WHERE v."projectId" = ${projectId}::uuid AND v."createdAt" <= n."submittedAt")) AS "under"
        FROM (${counted}) n JOIN "Submission" s ON s."reviewId" = n."reviewId" AND s."number" = n."number") made
     GROUP BY 1 HAVING count(*) > 1 AND bool_and(made."under" IS NOT NULL)
        AND array_to_string(array_agg(DISTINCT made."under" ORDER BY made."under"), ', ') = ${key}`;
}
