/** A project of five reviewers with as many submitted reviews as one likes, written by COPY past every use case, from a seed. */
import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from } from "pg-copy-streams";
import { Random } from "../../lib/agreement/random";
import { DEFAULT_SCHEME } from "../../lib/scheme/default";

export const REVIEWERS = 5;
const LENGTH = 3_000;
const LABELS = ["CLAIM", "ATTRIBUTION", "DENIAL", "FRAMING"] as const;
/** Of 22 places each reviewer marks about 18.5. */
const PLACES = 22;
const MARKED = 0.84;
const BODY = "The harbour gauge fell by a hand, and the port denied it “at length”. ".repeat(50);

export type Filled = { readonly project: string; readonly articles: number; readonly spans: number };

export async function fillReviewed(client: pg.Client, articles: number): Promise<Filled> {
  const project = randomUUID();
  const q = (text: string, values: unknown[] = []) => client.query(text, values);
  await q(`INSERT INTO "Project" ("id", "name", "scope", "reviewersPerArticle") VALUES ($1, 'bench', '{body}', $2)`, [
    project,
    REVIEWERS,
  ]);
  await q(`INSERT INTO "SchemeVersion" ("projectId", "version", "scheme") VALUES ($1, 1, $2)`, [
    project,
    DEFAULT_SCHEME,
  ]);
  await q(`INSERT INTO "GuidelineVersion" ("projectId", "version", "markdown") VALUES ($1, 1, '')`, [project]);
  await q(
    `INSERT INTO "User" ("id", "name", "importedInto") SELECT gen_random_uuid(), 'r' || n, $1 FROM generate_series(1, $2::int) n`,
    [project, REVIEWERS],
  );
  await q(
    `INSERT INTO "ArticleText" ("id", "projectId", "sha256", "length", "body")
     SELECT gen_random_uuid(), $1, encode(sha256(convert_to(t.body, 'UTF8')), 'hex'), $2, t.body
       FROM generate_series(1, $4::int) n, overlay($3::text placing lpad(n::text, 6, '0') from 1) AS t(body)`,
    [project, LENGTH, BODY.slice(0, LENGTH), articles],
  );
  await q(
    `INSERT INTO "Article" ("id", "projectId", "textId", "textLength", "title", "outlet", "duplicateKey", "state")
     SELECT gen_random_uuid(), $1, "id", "length", 'Title', 'Outlet ' || (random() * 20)::int,
            encode(sha256("id"::text::bytea), 'hex'), 'ADJUDICATION' FROM "ArticleText" WHERE "projectId" = $1`,
    [project],
  );
  await q(
    `INSERT INTO "Region" ("id", "projectId", "articleId", "textLength", "start", "end", "role")
     SELECT gen_random_uuid(), $1, "id", "textLength", 0, "textLength", 'body' FROM "Article" WHERE "projectId" = $1`,
    [project],
  );
  await q(
    `INSERT INTO "Review" ("id", "projectId", "articleId", "textLength", "reviewerId", "status", "version", "submittedVersion", "submittedAt")
     SELECT gen_random_uuid(), $1, a."id", a."textLength", u."id", 'SUBMITTED', 1, 1, now() FROM "Article" a, "User" u
      WHERE a."projectId" = $1 AND u."importedInto" = $1`,
    [project],
  );
  const reviews = await q(`SELECT "id", "articleId" FROM "Review" WHERE "projectId" = $1 ORDER BY "articleId", "id"`, [
    project,
  ]);
  const made = { spans: 0 };
  const lines = Readable.from(submissions(project, reviews.rows, made), { highWaterMark: 64 });
  await pipeline(
    lines,
    client.query(
      from(`COPY "Submission" ("reviewId", "number", "projectId", "articleId", "blind", "reviewVersion", "spans", "links", "submittedAt")
              FROM STDIN`),
    ),
  );
  return { project, articles, spans: made.spans };
}

type Row = { readonly id: string; readonly articleId: string };

/** Reviewers mark mostly the same places, with ends that drift, labels and attributes that differ now and then. */
function* submissions(project: string, reviews: readonly Row[], made: { spans: number }): Generator<string> {
  const random = new Random(20_180_904);
  const chance = (p: number) => random.below(10_000) < p * 10_000;
  const start = Date.UTC(2026, 0, 5);
  let places: { start: number; size: number; label: number }[] = [];
  for (const [n, { id, articleId }] of reviews.entries()) {
    if (n % REVIEWERS === 0)
      places = Array.from({ length: PLACES }, () => ({
        ...{ start: random.below(LENGTH - 200), size: 20 + random.below(120), label: random.below(4) },
      }));
    const spans = places.flatMap(({ start: at, size, label }, place) => {
      if (!chance(MARKED)) return [];
      const key = LABELS[chance(0.05) ? random.below(4) : label] ?? "CLAIM";
      const from = at + random.below(4);
      return [
        {
          ...{ id: uuid(n, place), version: 1, start: from, end: from + size - random.below(9), label: key },
          ...{
            quote: BODY.slice(from, from + size),
            attributes: attributesOf(key, chance),
            note: "",
            uncertain: false,
          },
          ...{ accepted: [], schemeVersion: 1, guidelineVersion: 1 },
        },
      ];
    });
    made.spans += spans.length;
    const claim = spans.find((one) => one.label === "CLAIM");
    const links = spans.flatMap((one, place) => {
      const to = one.label === "ATTRIBUTION" ? (claim?.id ?? null) : null;
      const kind = one.label === "ATTRIBUTION" ? "attributes" : one.label === "DENIAL" ? "denies" : null;
      return kind && (to || kind === "denies") && place < 6
        ? [{ id: uuid(n, 100 + place), version: 1, type: kind, from: one.id, to, toText: to ? null : "that it fell" }]
        : [];
    });
    const at = new Date(start + (n / reviews.length) * 300 * 86_400_000).toISOString();
    const json = (value: unknown) => JSON.stringify(value).replaceAll("\\", "\\\\");
    yield `${[id, 1, project, articleId, "t", 1, json(spans), json(links), at].join("\t")}\n`;
  }
}

/** Ids that nothing else has to look up. */
const uuid = (review: number, place: number) =>
  `${review.toString(16).padStart(8, "0")}-${place.toString(16).padStart(4, "0")}-4000-8000-${"0".repeat(12)}`;

function attributesOf(label: string, chance: (p: number) => boolean): Record<string, string> {
  const source = chance(0.8) ? "the port" : "The Port of Saltmarsh";
  if (label === "CLAIM")
    return { type: chance(0.7) ? "event" : "quantity", likelihood: chance(0.8) ? "certain" : "alleged" };
  if (label === "ATTRIBUTION") return { source, sourceType: "body" };
  return label === "DENIAL"
    ? { kind: chance(0.7) ? "outright" : "dismissal", source }
    : { kind: "lexical", reason: "tone" };
}
