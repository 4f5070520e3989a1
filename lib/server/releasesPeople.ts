/** Who is named in a project's files, and by what key their pseudonyms are made. */
import { randomBytes } from "node:crypto";
import type { Selection } from "../releases/settings";
import type { Snapshot } from "./bulk";
import { pool } from "./db";

/** Made once for a project, and never shown. */
export async function pseudonymKey(projectId: string): Promise<string> {
  const { rows } = await pool().query<{ key: string }>(
    `UPDATE "Project" SET "pseudonymKey" = coalesce("pseudonymKey", $2) WHERE "id" = $1 RETURNING "pseudonymKey" AS "key"`,
    [projectId, randomBytes(32).toString("base64url")],
  );
  return rows[0]?.key ?? "";
}

/** Name of everyone who reviewed or ruled here, by the id that an export names them by. Two of one name are told apart. */
export async function peopleOf(
  snapshot: Pick<Snapshot, "rows">,
  projectId: string,
): Promise<ReadonlyMap<string, string>> {
  const rows = await snapshot.rows<{ id: string; name: string }>(
    `SELECT u."id", u."name" FROM "User" u WHERE u."email" IS NOT NULL AND
       (EXISTS (SELECT FROM "Review" r WHERE r."projectId" = $1 AND r."reviewerId" = u."id")
        OR u."id" IN (SELECT d."adjudicatorId" FROM "Decision" d WHERE d."projectId" = $1)) ORDER BY u."createdAt", u."id"`,
    [projectId],
  );
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const { id, name } of rows) {
    let free = name;
    for (let n = 2; taken.has(free); n++) free = `${name} (${n})`;
    taken.add(free);
    names.set(id, free);
  }
  return names;
}

/** Files name reviewers that an import brought by the names that it gave; whoever asks for them names them by id, as all others. */
export async function importedNames(
  snapshot: Pick<Snapshot, "rows">,
  projectId: string,
  selection: Selection,
): Promise<Selection> {
  const { reviewers } = selection;
  if (!reviewers) return selection;
  const rows = await snapshot.rows<{ id: string; name: string }>(
    `SELECT "id", "name" FROM "User" WHERE "importedInto" = $1 AND "email" IS NULL AND "id"::text = ANY ($2)`,
    [projectId, reviewers],
  );
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return { ...selection, reviewers: reviewers.map((one) => names.get(one) ?? one) };
}
