/**
 * What a reviewer may be offered as known: sources with the other ways to write them, and values of other text attributes. Made from their
 * own marks and from gold of settled articles, never from what others have marked, so that it says nothing blind work should not hear.
 */
import type { z } from "zod";
import { type Actor, personOf } from "../access/actor";
import { canProject } from "../access/can";
import type { Known } from "../offers/register";
import { invalid, ok, type Result } from "../result";
import type { Scheme } from "../scheme/scheme";
import type { Attributes } from "../spans/model";
import { fold } from "../text/fold";
import { projectFor } from "./access";
import { record } from "./audit";
import { bulkOf } from "./bulk";
import { refreshCases } from "./cases-refresh";
import { current, laterOpen } from "./current";
import { type Tx, transaction } from "./db";
import { schemeOf } from "./kept";
import { sourceNames } from "./sources";
import type { sourceBody, sourceView } from "./values.schema";

/** Of the newest reviews of one's own and of the newest settled articles: what opening an article costs does not grow with the project. */
const NEWEST = 500;
const MOST = { sources: 2_000, texts: 1_000 } as const;

type Row = {
  readonly label: string;
  readonly attribute: string;
  readonly value: string;
  readonly uses: number;
  /** Of the span that had it last. */
  readonly attributes: Attributes;
};

type Alias = { readonly folded: string; readonly spelled: string; readonly name: string };

/** Refuses: not-found; forbidden for those who review nothing. */
export const knownValues = (actor: Actor, projectId: string): Promise<Result<Known>> =>
  transaction(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "export.own");
    if (!may.ok) return may;
    const { schemeVersion } = await tx.project.findUniqueOrThrow({
      where: { id: projectId },
      select: { schemeVersion: true },
    });
    const scheme = await schemeOf(tx, projectId, schemeVersion);
    const rows = await given(tx, actor, projectId, scheme);
    const aliases = await tx.sourceAlias.findMany({
      where: { projectId },
      select: { folded: true, spelled: true, name: true },
      orderBy: { folded: "asc" },
    });
    return ok(knownOf(scheme, rows, aliases, canProject(actor, "project.edit", may.value)));
  });

/** Each text value with how often it was given and what stood beside it last. */
async function given(tx: Tx, actor: Actor, projectId: string, scheme: Scheme): Promise<readonly Row[]> {
  const texts = scheme.labels.flatMap((l) =>
    l.attributes.flatMap((a) => (a.kind === "text" && !a.archived ? [{ label: l.key, attribute: a.key }] : [])),
  );
  return tx.$queryRaw<Row[]>`
    WITH own AS (
      SELECT r."id" FROM "Review" r JOIN "Article" a ON a."id" = r."articleId" AND a."deletedAt" IS NULL
       WHERE r."projectId" = ${projectId}::uuid AND r."reviewerId" = ${actor.userId}::uuid AND r."deletedAt" IS NULL
       ORDER BY r."assignedAt" DESC LIMIT ${NEWEST}),
    settled AS (
      SELECT a."id", a."settledAt" FROM "Article" a
       WHERE a."projectId" = ${projectId}::uuid AND a."state" = 'SETTLED' AND a."deletedAt" IS NULL AND NOT ${laterOpen(actor.userId)}
         AND NOT EXISTS (SELECT 1 FROM "Review" o WHERE o."articleId" = a."id" AND o."reviewerId" = ${actor.userId}::uuid
                            AND o."deletedAt" IS NULL AND o."status" IN ('ASSIGNED', 'IN_PROGRESS'))
       ORDER BY a."settledAt" DESC LIMIT ${NEWEST}),
    marks AS (
      SELECT s."label", s."attributes", s."updatedAt" AS "at"
        FROM own JOIN "Span" s ON s."projectId" = ${projectId}::uuid AND s."reviewId" = own."id" AND NOT s."removed"
      UNION ALL
      SELECT g."label", g."attributes", settled."settledAt"
        FROM settled JOIN "GoldSpan" g ON g."projectId" = ${projectId}::uuid AND g."articleId" = settled."id"
        JOIN "Decision" d ON d."id" = g."decisionId" AND d."live")
    SELECT m."label", t."attribute", m."attributes" ->> t."attribute" AS "value", count(*)::int AS "uses",
           (array_agg(m."attributes" ORDER BY m."at" DESC))[1] AS "attributes"
      FROM marks m JOIN jsonb_to_recordset(${JSON.stringify(texts)}::jsonb) AS t("label" text, "attribute" text) ON t."label" = m."label"
     WHERE btrim(m."attributes" ->> t."attribute") <> ''
     GROUP BY 1, 2, 3 ORDER BY 4 DESC, 3 LIMIT ${MOST.sources + MOST.texts}`;
}

/** An entry stands only where one of its names was given; the other ways to write it go with it. `all`: for whoever keeps the register. */
function knownOf(scheme: Scheme, rows: readonly Row[], aliases: readonly Alias[], all: boolean): Known {
  const nameFor = new Map(aliases.map((a) => [a.folded, a.name]));
  const sources = new Map<string, { name: string; uses: number; beside: Attributes; spelled: Set<string> }>();
  const texts: { label: string; attribute: string; value: string; uses: number }[] = [];
  for (const { label, attribute, value, uses, attributes } of rows) {
    const found = scheme.labels.find((l) => l.key === label)?.attributes;
    const of = found?.find((a) => a.key === attribute);
    if (of?.kind !== "text") continue;
    if (!of.source) {
      texts.push({ label, attribute, value, uses });
      continue;
    }
    const folded = fold(value);
    const name = nameFor.get(folded) ?? value.trim();
    const entry = sources.get(fold(name)) ?? { name, uses: 0, beside: {}, spelled: new Set<string>() };
    const beside = (found ?? []).flatMap((a) => {
      const last = attributes[a.key];
      return a.kind === "choice" && a.withSource && last ? [[a.key, last] as const] : [];
    });
    sources.set(fold(name), {
      ...entry,
      uses: entry.uses + uses,
      beside: { ...Object.fromEntries(beside), ...entry.beside },
      spelled: folded === fold(name) ? entry.spelled : entry.spelled.add(folded),
    });
  }
  if (all)
    for (const { name } of aliases)
      if (!sources.has(fold(name))) sources.set(fold(name), { name, uses: 0, beside: {}, spelled: new Set() });
  return {
    sources: [...sources.values()].slice(0, MOST.sources).map(({ name, uses, beside, spelled }) => ({
      ...{ name, uses, beside },
      aliases: aliases.flatMap((a) =>
        fold(a.name) === fold(name) && (all || spelled.has(a.folded)) ? [a.spelled] : [],
      ),
    })),
    texts: texts.slice(0, MOST.texts),
  };
}

type SourceInput = z.infer<typeof sourceBody>;

/**
 * Says which other ways to write a name mean the same source; all of them at once. A name that had others gives them up to this one. Marks stay
 * as they were written. Editors only.
 */
export const putSource = (
  actor: Actor,
  projectId: string,
  input: SourceInput,
): Promise<Result<z.infer<typeof sourceView>>> =>
  transaction(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "project.edit", { lock: true });
    if (!may.ok) return may;
    const name = input.name.trim();
    const head = fold(name);
    const spelled = new Map(input.aliases.map((alias) => [fold(alias), alias.trim()] as const));
    if (spelled.has(head))
      return invalid(
        [{ path: "aliases", code: "duplicate-key", message: "A name is no other way to write itself.", actual: name }],
        "Nothing was changed.",
      );
    const before = await tx.sourceAlias.findMany({ where: { projectId } });
    // Those that meant one of the new aliases now mean what it means.
    const moved = before.filter((a) => spelled.has(fold(a.name)) && a.folded !== head);
    for (const { folded, spelled: written } of moved) if (!spelled.has(folded)) spelled.set(folded, written);
    await tx.$executeRaw`
      DELETE FROM "SourceAlias" WHERE "projectId" = ${projectId}::uuid AND ("folded" = ${head} OR "folded" = ANY (${[...spelled.keys()]})
         OR "folded" = ANY (${before.filter((a) => fold(a.name) === head).map((a) => a.folded)}))`;
    await tx.sourceAlias.createMany({
      data: [...spelled].map(([folded, written]) => ({
        ...{ projectId, folded, spelled: written, name },
        createdBy: personOf(actor),
      })),
    });
    await record(tx, actor, { projectId }, { type: "source.changed", aliases: spelled.size });
    await refreshCases(bulkOf(tx), await articlesNaming(tx, projectId, before, spelled));
    return ok({ name, aliases: [...spelled].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, written]) => written) });
  });

/**
 * Articles under adjudication in which a source's name is given that now means something else: their cases may now differ in that, or no more.
 * Settled ones are left as they are.
 */
async function articlesNaming(
  tx: Tx,
  projectId: string,
  before: readonly Pick<Alias, "folded" | "name">[],
  spelled: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const now = new Map((await sourceNames(tx, projectId)).entries());
  const was = new Map(before.map(({ folded, name }) => [folded, fold(name)]));
  const moved = new Set(
    [...spelled.keys(), ...was.keys()].filter((folded) => (was.get(folded) ?? folded) !== (now.get(folded) ?? folded)),
  );
  if (moved.size === 0) return [];
  const rows = await tx.$queryRaw<{ articleId: string; values: string[] }[]>`
    SELECT s."articleId", array_agg(DISTINCT v."value") AS "values"
      FROM "Article" a JOIN "Span" s ON s."projectId" = a."projectId" AND s."articleId" = a."id" AND NOT s."removed"
      CROSS JOIN LATERAL jsonb_each_text(s."attributes") v
     WHERE a."projectId" = ${projectId}::uuid AND a."state" = 'ADJUDICATION' AND ${current} AND v."value" <> ''
     GROUP BY 1`;
  return rows.flatMap(({ articleId, values }) => (values.some((value) => moved.has(fold(value))) ? [articleId] : []));
}
