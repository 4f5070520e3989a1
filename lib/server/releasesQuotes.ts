import { indexText, type TextIndex } from "../text/codepoints";
import { pool } from "./db";

/** Texts of the project by their hash: those that are still there. */
export async function textsBySha(projectId: string, shas: readonly string[]): Promise<ReadonlyMap<string, TextIndex>> {
  const { rows } = await pool().query<{ sha256: string; body: string }>(
    `SELECT DISTINCT ON ("sha256") "sha256", "body" FROM "ArticleText" WHERE "projectId" = $1 AND "sha256" = ANY ($2)`,
    [projectId, [...new Set(shas)]],
  );
  return new Map(rows.map(({ sha256, body }) => [sha256, indexText(body)]));
}
