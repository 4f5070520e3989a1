/** One row of each kind, written past the use cases: for tests of what the database itself refuses, and of backup and verify. */
import { createHash, randomUUID } from "node:crypto";
import pg from "pg";

export type Rows = Readonly<Record<RowName, string>> & { readonly text: string };
type RowName =
  | "user"
  | "project"
  | "textId"
  | "article"
  | "region"
  | "review"
  | "span"
  | "otherSpan"
  | "link"
  | "change"
  | "case"
  | "decision"
  | "goldSpan"
  | "goldLink"
  | "set"
  | "suggestion";

/** Outside the basic plane too, and with a space that is not U+0020: offsets are code points, texts are not cleaned. */
export const TEXT = "𝔊loss says the harbour closed on Friday.\nThe port\u00a0authority denies it 🙂.\n";
const LENGTH = [...TEXT].length;

export const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

export async function connect(url = process.env.DATABASE_URL ?? ""): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

/** The first span is [11, 38), "the harbour closed on Friday" without its last letter's neighbour: what the text says there. */
export async function insertRows(client: pg.Client): Promise<Rows> {
  const id = Object.fromEntries(NAMES.map((name) => [name, randomUUID()])) as Record<RowName, string>;
  const quote = (start: number, end: number) => [...TEXT].slice(start, end).join("");
  const insert = (table: string, row: Record<string, unknown>) => {
    const columns = Object.keys(row);
    const values = columns.map((_, index) => `$${index + 1}`).join(", ");
    return client.query(
      `INSERT INTO "${table}" (${columns.map((column) => `"${column}"`).join(", ")}) VALUES (${values})`,
      Object.values(row),
    );
  };
  const { project: projectId, article: articleId, review: reviewId, decision: decisionId } = id;
  const versions = { schemeVersion: 1, guidelineVersion: 1 };

  await insert("User", { id: id.user, email: `${id.user}@desk.example`, name: "Rosa" });
  await insert("Project", { id: projectId, name: "Harbour", scope: ["body"] });
  await insert("ProjectLabel", { projectId, key: "CLAIM" });
  await insert("SchemeVersion", { projectId, version: 1, scheme: "{}" });
  await insert("GuidelineVersion", { projectId, version: 1, markdown: "Mark what matters." });
  await insert("ArticleText", { id: id.textId, projectId, sha256: sha256(TEXT), length: LENGTH, body: TEXT });
  const original = { textId: id.textId, projectId };
  await insert("OriginalChunk", { ...original, n: 0, bytes: Buffer.from(TEXT) });
  await insert("Original", {
    ...original,
    ...{ mediaType: "text/plain", size: Buffer.byteLength(TEXT), sha256: sha256(TEXT), name: "harbour.txt" },
  });
  await insert("Article", {
    ...{ id: articleId, projectId, textId: id.textId, textLength: LENGTH, title: "The harbour" },
    duplicateKey: sha256(articleId),
  });
  await insert("Region", {
    id: id.region,
    projectId,
    articleId,
    textLength: LENGTH,
    start: 0,
    end: LENGTH,
    role: "body",
  });
  await insert("Review", {
    ...{ id: reviewId, projectId, articleId, textLength: LENGTH, reviewerId: id.user, status: "SUBMITTED", version: 1 },
  });
  for (const [span, start, end] of [
    [id.span, 11, 38],
    [id.otherSpan, 41, 70],
  ] as const)
    await insert("Span", {
      ...{ id: span, projectId, articleId, reviewId, textLength: LENGTH, start, end, quote: quote(start, end) },
      ...{ label: "CLAIM", ...versions },
    });
  await insert("Link", { id: id.link, projectId, reviewId, type: "denies", fromId: id.otherSpan, toId: id.span });
  await insert("Change", {
    ...{ reviewId, id: id.change, projectId, reviewVersion: 1, position: 0, contentHash: sha256("change") },
    ...{ body: "{}", resultVersion: 1, userId: id.user },
  });
  const submitted = JSON.stringify([{ id: id.span, start: 11, end: 38, label: "CLAIM", quote: quote(11, 38) }]);
  await insert("Submission", {
    ...{ reviewId, number: 1, projectId, articleId, blind: true, reviewVersion: 1, spans: submitted, links: "[]" },
  });
  await insert("Case", {
    ...{ id: id.case, projectId, articleId, start: 11, end: 38, labels: ["CLAIM"], primaryFlag: "AGREEMENT" },
    ...{ members: "[]", status: "DECIDED" },
  });
  await insert("Decision", {
    ...{
      id: decisionId,
      projectId,
      articleId,
      caseId: id.case,
      action: "SUGGESTION",
      input: "{}",
      spans: "[]",
      links: "[]",
    },
    ...{ adjudicatorId: id.user, alsoReviewed: false, anonymous: true, members: "[]", submitted: 1 },
    ...{ textSha256: sha256(TEXT), ...versions, contentHash: sha256("decision") },
  });
  await insert("GoldSpan", {
    ...{
      id: id.goldSpan,
      projectId,
      articleId,
      textLength: LENGTH,
      decisionId,
      start: 11,
      end: 38,
      quote: quote(11, 38),
    },
    ...{ label: "CLAIM", ...versions },
  });
  await insert("GoldLink", {
    ...{ id: id.goldLink, projectId, articleId, decisionId, type: "denies", fromId: id.goldSpan, toText: "generic" },
  });
  await insert("SuggestionSet", { id: id.set, projectId, name: "harbour-model" });
  await insert("Suggestion", {
    ...{ id: id.suggestion, projectId, articleId, textLength: LENGTH, setId: id.set, start: 41, end: 70 },
    ...{ quote: quote(41, 70), label: "CLAIM", contentHash: sha256("suggestion") },
  });
  await insert("Dismissal", { reviewId, suggestionId: id.suggestion, projectId, articleId, textLength: LENGTH });
  for (const stream of ["instance", `project:${projectId}`, `review:${reviewId}`])
    for (const type of ["first", "second", "third"])
      await insert("AuditEntry", {
        stream,
        projectId: stream === "instance" ? null : projectId,
        type,
        data: '{"b": 1, "a": [2]}',
      });
  return { ...id, text: TEXT };
}

const NAMES: readonly RowName[] = [
  ...(["user", "project", "textId", "article", "region", "review", "span", "otherSpan"] as const),
  ...(["link", "change", "case", "decision", "goldSpan", "goldLink", "set", "suggestion"] as const),
];
