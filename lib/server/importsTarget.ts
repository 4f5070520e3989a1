/** The project that takes an import: its versions, its rules, the database's clock. */
import { type Actor, personOf } from "../access/actor";
import type { RegionRole } from "../regions/roles";
import type { Scheme } from "../scheme/scheme";
import type { Tx } from "./db";
import { type Rules, unarchived } from "./importsCheck";
import type { Target } from "./importsRows";

type Row = {
  readonly schemeVersion: number;
  readonly guidelineVersion: number;
  readonly schemeVersions: readonly number[];
  readonly guidelineVersions: readonly number[];
  readonly now: Date;
};

/** Of a project that is known to exist. `actor` null: the start of the app. */
export async function targetOf(tx: Tx, projectId: string, actor: Actor | null): Promise<Target> {
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT p."schemeVersion", p."guidelineVersion", now() AS "now",
           ARRAY (SELECT s."version" FROM "SchemeVersion" s WHERE s."projectId" = p."id") AS "schemeVersions",
           ARRAY (SELECT g."version" FROM "GuidelineVersion" g WHERE g."projectId" = p."id") AS "guidelineVersions"
      FROM "Project" p WHERE p."id" = ${projectId}::uuid`;
  if (!row) throw new Error("the project is not there");
  return {
    projectId,
    schemeVersion: row.schemeVersion,
    guidelineVersion: row.guidelineVersion,
    schemeVersions: new Set(row.schemeVersions),
    guidelineVersions: new Set(row.guidelineVersions),
    actorId: actor ? personOf(actor) : null,
    now: row.now.toISOString(),
  };
}

/** What marks must be to stand in the project. Schemes were checked when they were written. */
export async function rulesOf(tx: Tx, projectId: string): Promise<Rules> {
  const [row] = await tx.$queryRaw<{ scheme: Scheme; scope: RegionRole[]; forbidOutsideScope: boolean }[]>`
    SELECT s."scheme", p."scope", p."forbidOutsideScope"
      FROM "Project" p JOIN "SchemeVersion" s ON s."projectId" = p."id" AND s."version" = p."schemeVersion"
     WHERE p."id" = ${projectId}::uuid`;
  if (!row) throw new Error("the project has no scheme");
  return { scheme: unarchived(row.scheme), scope: row.scope, forbidOutsideScope: row.forbidOutsideScope };
}
