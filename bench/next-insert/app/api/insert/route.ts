/** The peer of bench/changes.ts: the same row as one change makes, written by bare pg, with nothing else done. */
import pg from "pg";

const holder = globalThis as typeof globalThis & { peerPool?: pg.Pool };

export async function POST(request: Request): Promise<Response> {
  holder.peerPool ??= new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 12 });
  const row = await request.json();
  await holder.peerPool.query({
    name: "insert",
    text: `INSERT INTO "Span" ("id", "projectId", "articleId", "reviewId", "textLength", "start", "end", "quote", "label", "attributes",
             "schemeVersion", "guidelineVersion") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'CLAIM', $9, 1, 1)`,
    values: [
      row.id,
      row.projectId,
      row.articleId,
      row.reviewId,
      row.textLength,
      row.start,
      row.end,
      row.quote,
      row.attributes,
    ],
  });
  return Response.json({ id: row.id });
}
