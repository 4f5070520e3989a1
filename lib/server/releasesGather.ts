/** First step of a release: from one snapshot, which articles and marks are in it, counted and measured, people renamed. */
import { Measurement } from "../agreement/measure";
import type { NativeArticle, NativeProject } from "../formats/native";
import { ownArticle } from "../formats/native-read";
import { DEFAULT_SCOPE } from "../regions/roles";
import { type AgreementFigures, Counting } from "../releases/figures";
import { agreementFigures, measuredArticle } from "../releases/measured";
import { type Naming, renamePeople } from "../releases/pseudonyms";
import { selectArticle } from "../releases/select";
import type { ReleaseSettings } from "../releases/settings";
import type { Splittable } from "../releases/splits";
import { schemeSchema } from "../scheme/schema";
import type { Scheme } from "../scheme/scheme";
import { openSnapshot, type Snapshot } from "./bulk";
import { exportLines, headerLine, projectOf } from "./exportsLines";
import { importedNames, peopleOf } from "./releasesPeople";
import type { Spool } from "./releasesSpool";

export type Gathered = {
  readonly project: NativeProject;
  readonly scheme: Scheme;
  readonly counting: Counting;
  readonly agreement: AgreementFigures | null;
  /** In the order of the spool. */
  readonly articles: readonly (Splittable & { readonly position: string; readonly spans: number })[];
  readonly storiesKnown: boolean;
  /** Articles whose reviews are in it and that were not settled. */
  readonly unsettled: readonly string[];
  readonly licences: readonly string[];
  /** Everyone's pseudonym, which the spool names them by, to how the release is to name them. */
  readonly shown: ReadonlyMap<string, string>;
};

const NOBODY = "00000000-0000-0000-0000-000000000000";

export async function gather(
  projectId: string,
  settings: ReleaseSettings,
  pseudonym: Naming,
  spool: Spool,
  progress: (step: string, done: number, total: number) => Promise<void>,
): Promise<Gathered> {
  const snapshot = await openSnapshot();
  try {
    const header = await headerLine(snapshot, projectId);
    if (!header) throw new Error("the project went away");
    const project = projectOf(header.line);
    const scheme = schemeSchema.parse(project.scheme?.scheme);
    const people = await peopleOf(snapshot, projectId);
    const ids = new Set(people.keys());
    const open = await openArticles(snapshot, projectId);
    const total = await countArticles(snapshot, projectId);
    const shown = new Map<string, string>();
    const naming: Naming = (person) => {
      const name = pseudonym(person);
      shown.set(name, settings.reviewers === "names" ? (people.get(person) ?? person) : person);
      return name;
    };
    const counting = new Counting();
    const measurement = new Measurement({ scheme });
    const annotated = project.policies.scope ?? DEFAULT_SCOPE;
    const articles: (Splittable & { position: string; spans: number })[] = [];
    const stories = new Map<string, number>();
    const unsettled: string[] = [];
    const licences = new Set<string>();
    let seen = 0;
    const filter = await importedNames(snapshot, projectId, settings.filter);
    const suggestions = settings.layer === "all" ? "desk" : "none";
    const scope = { projectId, userId: NOBODY, reviews: "submitted", gold: "settled", suggestions } as const;
    for await (const { articleId, position, line } of exportLines(snapshot, scope)) {
      await progress("Reading articles", seen++, total);
      const isOpen = open.has(articleId);
      if (isOpen && (settings.settledOnly || settings.layer === "gold")) continue;
      const whole = selectArticle(ownArticle(line), filter);
      if (!whole || (whole.reviews.length === 0 && whole.gold === null)) continue;
      const layered = layerOf(whole, settings);
      if (!layered) continue;
      counting.add(whole, !isOpen);
      measurement.add(measuredArticle(whole, annotated));
      if (isOpen && layered.reviews.length > 0) unsettled.push(articleId);
      if (whole.licence) licences.add(whole.licence);
      if (whole.story) stories.set(whole.story, (stories.get(whole.story) ?? 0) + 1);
      await spool.add(renamePeople(layered, naming, ids));
      articles.push({ id: articleId, position, group: groupOf(whole, settings), ...labelsOf(layered) });
    }
    await spool.end();
    await progress("Measuring agreement", total, total);
    return {
      ...{ project, scheme, counting, articles, unsettled, shown },
      agreement: agreementFigures(measurement.report()),
      storiesKnown: [...stories.values()].some((count) => count > 1),
      licences: [...licences].sort(),
    };
  } finally {
    await snapshot.close();
  }
}

/** null: the layer has nothing of it. */
function layerOf(article: NativeArticle, { layer }: ReleaseSettings): NativeArticle | null {
  if (layer === "gold") return article.gold && { ...article, reviews: [] };
  if (layer === "reviews") return article.reviews.length > 0 ? { ...article, gold: null } : null;
  return article;
}

function groupOf(article: NativeArticle, { groupBy }: ReleaseSettings): string {
  if (groupBy === "outlet" && article.outlet) return `outlet ${article.outlet}`;
  if (groupBy === "story" && article.story) return `story ${article.story}`;
  return `article ${article.id}`;
}

/** Of gold where there is any, otherwise of the reviews: what splits are balanced by. */
function labelsOf(article: NativeArticle): { readonly labels: Record<string, number>; readonly spans: number } {
  const labels: Record<string, number> = {};
  const spans = article.gold?.spans ?? article.reviews.flatMap((review) => review.spans);
  for (const { label } of spans) labels[label] = (labels[label] ?? 0) + 1;
  return { labels, spans: spans.length };
}

async function openArticles(snapshot: Snapshot, projectId: string): Promise<ReadonlySet<string>> {
  const rows = await snapshot.rows<{ id: string }>(
    `SELECT "id" FROM "Article" WHERE "projectId" = $1 AND "state" <> 'SETTLED' AND "deletedAt" IS NULL AND NOT "superseded"`,
    [projectId],
  );
  return new Set(rows.map(({ id }) => id));
}

async function countArticles(snapshot: Snapshot, projectId: string): Promise<number> {
  const [row] = await snapshot.rows<{ count: number }>(
    `SELECT count(*)::int AS "count" FROM "Article" WHERE "projectId" = $1 AND "deletedAt" IS NULL AND NOT "superseded"`,
    [projectId],
  );
  return row?.count ?? 0;
}
