/**
 * Articles that are worked on: not in the bin, and the newest of their versions. Everything that hands out work, counts or lists asks for
 * this, in SQL over `a`, the article; what only reads one article, or what was ruled, also has the versions before (docs/decisions/019).
 */
import { Prisma } from "../../generated/prisma/client";

export const CURRENT = `a."deletedAt" IS NULL AND NOT a."superseded"`;
export const current = Prisma.raw(CURRENT);

/** In SQL over `a`: whether a person has an open review of a later version of the article that is not settled. Into it marks of `a` went over. */
export const LATER_OPEN = (user: string) => `(a."superseded" AND EXISTS (
  SELECT 1 FROM "Article" v JOIN "Review" o ON o."articleId" = v."id" AND o."reviewerId" = ${user}::uuid AND o."deletedAt" IS NULL
   WHERE v."projectId" = a."projectId" AND v."chainId" = a."chainId" AND v."textVersion" > a."textVersion" AND v."deletedAt" IS NULL
     AND v."state" <> 'SETTLED' AND o."status" IN ('ASSIGNED', 'IN_PROGRESS')))`;

const [BEFORE_USER = "", AFTER_USER = ""] = LATER_OPEN("@").split("@");
export const laterOpen = (userId: string) => Prisma.sql`${Prisma.raw(BEFORE_USER)}${userId}${Prisma.raw(AFTER_USER)}`;
