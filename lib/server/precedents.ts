/** Case law: what was ruled before on the same words in this project, and which cases still wait in the same situation. */

import type { z } from "zod";
import { Prisma } from "../../generated/prisma/client";
import type { Actor } from "../access/actor";
import type { ProjectFacts } from "../access/can";
import { sameRuling, situation } from "../cases/same-words";
import { notFound, ok, type Result } from "../result";
import { articleFor } from "./access";
import { memberOf, type StoredMember } from "./cases-file";
import { visible } from "./cases-query";
import { current } from "./current";
import { type Tx, transaction } from "./db";
import { decisionsOf } from "./decisions-view";
import { textOf, textsOf } from "./kept";
import type { precedentsView } from "./precedents.schema";

export type Precedents = z.infer<typeof precedentsView>;

/** As many as an adjudicator reads; the newest. */
const MOST = 12;

type Start = {
  readonly id: string;
  readonly projectId: string;
  readonly articleId: string;
  readonly textId: string;
  readonly start: number;
  readonly end: number;
  readonly labels: readonly string[];
  readonly words: readonly string[];
  readonly members: readonly StoredMember[];
  readonly missing: readonly string[];
};

export async function caseStart(tx: Tx, caseId: string): Promise<Start | null> {
  const rows = await tx.$queryRaw<Start[]>`
    SELECT c."id", c."projectId", c."articleId", a."textId", c."start", c."end", c."labels", c."words", c."members", c."missing"
      FROM "Case" c JOIN "Article" a ON a."id" = c."articleId" WHERE c."id" = ${caseId}::uuid`;
  return rows[0] ?? null;
}

/** Live decisions on the same words that the actor may see, those on the whole case's words first, then the newest. */
export const precedentsOf = (actor: Actor, caseId: string): Promise<Result<Precedents>> =>
  transaction(async (tx) => {
    const start = await caseStart(tx, caseId);
    if (!start) return notFound();
    const may = await articleFor(tx, actor, start.articleId, "marks.see");
    if (!may.ok) return notFound();
    const found = await tx.$queryRaw<
      {
        id: string;
        articleId: string;
        textId: string;
        title: string;
        outlet: string | null;
        start: number;
        end: number;
        same: boolean;
      }[]
    >`
      SELECT c."id", a."id" AS "articleId", a."textId", a."title", a."outlet", c."start", c."end",
             c."words"[1] = ${start.words[0] ?? ""} AS "same"
        FROM "Case" c JOIN "Article" a ON a."id" = c."articleId" AND a."deletedAt" IS NULL
        JOIN "Decision" d ON d."caseId" = c."id" AND d."live"
       WHERE c."projectId" = ${start.projectId}::uuid AND c."words" && ${[...start.words]}::text[] AND c."status" = 'DECIDED'
         AND c."id" <> ${caseId}::uuid AND ${visible(actor, may.value)}
       ORDER BY 8 DESC, d."at" DESC, c."id" LIMIT ${MOST}`;
    const decisions = new Map(
      (await decisionsOf(tx, { liveOfCases: found.map((one) => one.id) })).map((d) => [d.caseId, d] as const),
    );
    const texts = await textsOf(tx, [...new Set(found.map((one) => one.textId))]);
    const here = await textOf(tx, start.textId);
    const items = found.flatMap((one): Precedents["items"] => {
      const decision = decisions.get(one.id);
      const text = texts.get(one.textId);
      if (!decision || !text) return [];
      const ruled = decision.spans.map((span) => ({ ...span, words: text.slice(span) }));
      const there = sameRuling(ruled, start, here);
      return [
        {
          caseId: one.id,
          article: { id: one.articleId, title: one.title, outlet: one.outlet },
          quote: text.slice(one),
          same: one.same,
          decision: { ...decision, spans: [...decision.spans], links: [...decision.links] },
          gold: ruled.map(({ words, label }) => ({ quote: words, label })),
          here: there?.map((span) => ({ ...span, attributes: { ...span.attributes } })) ?? null,
        },
      ];
    });
    return ok({ items, alike: (await alikeTo(tx, actor, may.value, start)).length });
  });

export type Alike = {
  readonly id: string;
  readonly articleId: string;
  readonly textId: string;
  readonly title: string;
  readonly outlet: string | null;
  readonly start: number;
  readonly end: number;
};

/** Never more at once. */
const ALIKE = 200;

/** Open cases with the same words and as many votes for each label, which the actor may see and which lie in adjudication. */
export async function alikeTo(tx: Tx, actor: Actor, facts: ProjectFacts, start: Start): Promise<readonly Alike[]> {
  const own = start.words[0];
  if (!own) return [];
  const rows = await tx.$queryRaw<
    (Alike & { readonly members: readonly StoredMember[]; readonly missing: readonly string[] })[]
  >(Prisma.sql`
    SELECT c."id", c."articleId", a."textId", a."title", a."outlet", c."start", c."end", c."members", c."missing"
      FROM "Case" c JOIN "Article" a ON a."id" = c."articleId" AND ${current} AND a."state" = 'ADJUDICATION'
     WHERE c."projectId" = ${start.projectId}::uuid AND c."words" @> ${[own]}::text[] AND c."words"[1] = ${own} AND c."status" = 'OPEN'
       AND c."labels" = ${[...start.labels]}::text[] AND c."id" <> ${start.id}::uuid AND ${visible(actor, facts)}
     ORDER BY a."position", c."start", c."id" LIMIT ${ALIKE}`);
  const votes = situation({ members: start.members.map(memberOf), missing: start.missing });
  return rows.filter((row) => situation({ members: row.members.map(memberOf), missing: row.missing }) === votes);
}
