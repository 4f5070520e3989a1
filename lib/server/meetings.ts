/**
 * The meeting over a calibration round: one case at a time, votes hidden, shown to everyone together, a decision, the next. What is on the
 * table is kept here, and each person's page follows it.
 */
import type { z } from "zod";
import type { Prisma } from "../../generated/prisma/client";
import { type Actor, personOf } from "../access/actor";
import { type ArticleFacts, blinded, canArticle, canProject, type ProjectFacts } from "../access/can";
import { invalid, notFound, ok, type Result, refuse } from "../result";
import { sentencesAround } from "../text/sentences";
import { articleFacts, forbidden, projectFor } from "./access";
import { projectAgreement } from "./agreement";
import { agreementSchema } from "./agreement.schema";
import { record } from "./audit";
import { COLUMNS, FROM } from "./cases-query";
import { type CaseView, type ListedCase, viewsOf } from "./cases-view";
import { current } from "./current";
import { type Tx, transaction } from "./db";
import { textsOf } from "./kept";
import { type changeMeetingBody, figures as figuresSchema, type meetingView } from "./meetings.schema";

export type MeetingView = z.infer<typeof meetingView>;
type Figures = z.infer<typeof figuresSchema>;
type Batch = Prisma.BatchGetPayload<object>;
type Seat = { readonly facts: ProjectFacts; readonly batch: Batch; readonly moderates: boolean };

/** A seat in the meeting: by name in the round, or as the desk. */
async function seatFor(tx: Tx, actor: Actor, projectId: string, batchId: string): Promise<Result<Seat>> {
  const may = await projectFor(tx, actor, projectId, "project.see");
  if (!may.ok) return may;
  const batch = await tx.batch.findFirst({ where: { id: batchId, projectId, purpose: "calibration" } });
  const desk = canProject(actor, "articles.list", may.value);
  if (!batch || !(desk || batch.people.includes(actor.userId))) return notFound();
  return ok({ facts: may.value, batch, moderates: canProject(actor, "guideline.keep", may.value) });
}

export const getMeeting = (actor: Actor, projectId: string, batchId: string): Promise<Result<MeetingView>> =>
  transaction(async (tx) => {
    const seat = await seatFor(tx, actor, projectId, batchId);
    return seat.ok ? ok(await viewOf(tx, actor, seat.value)) : seat;
  });

type CaseLine = ListedCase & { readonly title: string };

/** The round's cases in reading order, of articles that are worked on, but for those that the actor reviews. */
const casesOf = (tx: Tx, actor: Actor, { batch, facts }: Seat) => tx.$queryRaw<CaseLine[]>`
  SELECT ${COLUMNS}, a."title" ${FROM}
   WHERE c."projectId" = ${batch.projectId}::uuid AND a."batchId" = ${batch.id}::uuid AND ${current} AND c."status" <> 'CLOSED' AND a."state" <> 'OPEN'
     AND NOT EXISTS (SELECT 1 FROM "Review" o WHERE o."articleId" = a."id" AND o."reviewerId" = ${actor.userId}::uuid AND o."deletedAt" IS NULL
                        AND o."status" IN ('ASSIGNED', 'IN_PROGRESS') AND (o."training" OR (${facts.blind} AND a."state" <> 'SETTLED')))
   ORDER BY a."position", c."start", c."end", c."id" LIMIT 2000`;

async function viewOf(tx: Tx, actor: Actor, seat: Seat): Promise<MeetingView> {
  const { batch, moderates } = seat;
  const meeting = await tx.meeting.findUnique({ where: { batchId: batch.id } });
  const [count] = await tx.$queryRaw<{ all: number; ready: number }[]>`
    SELECT count(*)::int AS "all", count(*) FILTER (WHERE a."state" <> 'OPEN')::int AS "ready" FROM "Article" a
     WHERE a."projectId" = ${batch.projectId}::uuid AND a."batchId" = ${batch.id}::uuid AND ${current}`;
  const articles = count ?? { all: 0, ready: 0 };
  const people = await tx.$queryRaw<MeetingView["people"]>`
    SELECT u."id", u."name", (SELECT count(*)::int FROM "Review" r JOIN "Article" a ON a."id" = r."articleId" AND a."batchId" = ${batch.id}::uuid
             AND ${current} WHERE r."reviewerId" = u."id" AND r."deletedAt" IS NULL AND r."status" = 'SUBMITTED') AS "submitted"
      FROM "User" u WHERE u."id" = ANY (${batch.people}::uuid[]) ORDER BY lower(u."name"), u."id"`;
  const lines = await casesOf(tx, actor, seat);
  const place = lines.findIndex((line) => line.id === meeting?.caseId);
  const done = (line: CaseLine) => line.status === "DECIDED";
  const texts = moderates ? await textsOf(tx, [...new Set(lines.map((line) => line.textId))]) : null;
  const on = meeting && meeting.endedAt === null ? (lines[place] ?? null) : null;
  const follower = await tx.batch.findFirst({ where: { followsId: batch.id }, orderBy: { createdAt: "asc" } });
  const moderator = meeting?.moderatorId
    ? await tx.user.findUnique({ where: { id: meeting.moderatorId }, select: { name: true } })
    : null;
  const previous = batch.followsId ? await tx.batch.findUnique({ where: { id: batch.followsId } }) : null;
  return {
    batchId: batch.id,
    name: batch.name,
    state: meeting
      ? meeting.endedAt
        ? "ended"
        : "running"
      : articles.all > 0 && articles.ready === articles.all
        ? "ready"
        : "waiting",
    mayModerate: moderates,
    moderator: moderator?.name ?? null,
    // How far others are is no business of whoever still reviews.
    people: people.map((one) => (moderates || one.id === actor.userId ? one : { ...one, submitted: null })),
    articles,
    cases: { all: lines.length, decided: lines.filter(done).length, place: place < 0 ? null : place + 1 },
    list: texts
      ? lines.map((line) => ({
          id: line.id,
          title: line.title,
          quote: texts.get(line.textId)?.slice(line) ?? "",
          words: line.primaryFlag === "AGREEMENT" ? "agreed" : line.primaryFlag.toLowerCase().replaceAll("_", " "),
          decided: done(line),
        }))
      : null,
    figures: meeting ? figuresOf(meeting.figures) : null,
    before: previous && (await roundOf(tx, previous)),
    after: follower && (await roundOf(tx, follower)),
    table: meeting && on ? await tableOf(tx, actor, on, meeting.revealed) : null,
  };
}

const figuresOf = (stored: unknown): Figures | null => {
  const parsed = figuresSchema.safeParse(stored);
  return parsed.success ? parsed.data : null;
};

async function roundOf(tx: Tx, { id, name }: Batch) {
  const meeting = await tx.meeting.findUnique({ where: { batchId: id }, select: { figures: true } });
  return { id, name, figures: meeting ? figuresOf(meeting.figures) : null };
}

/** What everyone sees of the case on the table: its words, and what each marked once that is shown, by name. */
async function tableOf(tx: Tx, actor: Actor, line: CaseLine, revealed: boolean): Promise<MeetingView["table"]> {
  const facts = await articleFacts(tx, actor, line.articleId);
  if (!facts || !mayLook(facts)) return null;
  const text = (await textsOf(tx, [line.textId])).get(line.textId);
  if (!text) throw new Error(`text ${line.textId} is not there`);
  const around = sentencesAround(text, line);
  const [view] = await viewsOf(tx, actor.userId, [line], true);
  const decision = view?.decision ?? null;
  return {
    caseId: line.id,
    articleId: line.articleId,
    title: line.title,
    quote: text.slice(line),
    context: text.slice(around),
    contextStart: around.start,
    start: line.start,
    end: line.end,
    revealed,
    votes: revealed && view ? votesOf(view) : null,
    decision:
      revealed && decision
        ? {
            id: decision.id,
            by: decision.by,
            rule: decision.rule,
            note: decision.note,
            marks: decision.spans.map((span) => ({ label: span.label, quote: text.slice(span) })),
          }
        : null,
    mayDecide: canArticle(actor, "decide", facts),
    suggested: revealed && view?.suggestion !== null && view?.suggestion?.label !== null,
  };
}

/** Whoever has an open review of the article learns nothing, in a meeting as anywhere; nobody looks before all reviews are in. */
const mayLook = (facts: ArticleFacts) => !blinded(facts) && facts.state !== "OPEN";

const votesOf = ({ lanes, members }: CaseView) =>
  lanes
    .map(({ lane, name }) => ({
      name: name ?? lane,
      marks: members.filter((m) => m.lane === lane).map((m) => ({ id: m.spanId, label: m.label, quote: m.quote })),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));

/** Begins the meeting, and keeps agreement as it is now. Refuses (409) while articles still wait for reviews. Harmless to repeat. */
export async function startMeeting(actor: Actor, projectId: string, batchId: string): Promise<Result<MeetingView>> {
  const asked = await transaction(async (tx) => {
    const seat = await seatFor(tx, actor, projectId, batchId);
    if (!seat.ok) return seat;
    return seat.value.moderates ? ok(await viewOf(tx, actor, seat.value)) : forbidden();
  });
  if (!asked.ok || asked.value.state === "running" || asked.value.state === "ended") return asked;
  if (asked.value.state === "waiting")
    return refuse(
      "conflict",
      "Some articles of the round still wait for reviews. The meeting begins when they are in.",
    );
  const measured = await projectAgreement(actor, projectId, agreementSchema.parse({ batch: batchId, replicates: 500 }));
  if (!measured.ok) return measured;
  const { pooled, interval } = measured.value.report.layered;
  const kept: Figures = {
    alpha: pooled.value,
    low: interval.low,
    high: interval.high,
    articles: measured.value.report.articles,
    at: measured.value.computedAt,
  };
  return transaction(async (tx) => {
    const seat = await seatFor(tx, actor, projectId, batchId);
    if (!seat.ok) return seat;
    const made = await tx.meeting.createMany({
      data: [{ batchId, projectId, moderatorId: personOf(actor), figures: kept }],
      skipDuplicates: true,
    });
    if (made.count > 0) await record(tx, actor, { projectId }, { type: "meeting.started", batchId });
    return ok(await viewOf(tx, actor, seat.value));
  });
}

/** Puts a case on the table, shows its votes, or ends the meeting. Whoever does so moderates from then on. */
export const changeMeeting = (
  actor: Actor,
  projectId: string,
  batchId: string,
  input: z.infer<typeof changeMeetingBody>,
): Promise<Result<MeetingView>> =>
  transaction(async (tx) => {
    const seat = await seatFor(tx, actor, projectId, batchId);
    if (!seat.ok) return seat;
    if (!seat.value.moderates) return forbidden();
    await tx.$queryRaw`SELECT 1 FROM "Meeting" WHERE "batchId" = ${batchId}::uuid FOR UPDATE`;
    const meeting = await tx.meeting.findUnique({ where: { batchId } });
    if (!meeting) return refuse("conflict", "The meeting has not begun.");
    const caseId = input.caseId ?? meeting.caseId;
    const moved = input.caseId !== undefined && input.caseId !== meeting.caseId;
    const lines = await casesOf(tx, actor, seat.value);
    const line = lines.find((one) => one.id === caseId);
    if (input.caseId && !line)
      return invalid([{ path: "caseId", code: "unknown-case", message: "The round has no such case." }]);
    const revealed = input.revealed === true || (meeting.revealed && !moved);
    if (input.revealed && !line) return refuse("conflict", "No case is on the table.");
    const endedAt = input.ended === undefined ? meeting.endedAt : input.ended ? new Date() : null;
    await tx.meeting.update({ where: { batchId }, data: { caseId, revealed, endedAt, moderatorId: personOf(actor) } });
    if (input.revealed && line) {
      const { articleId } = line;
      const fresh = await tx.meetingReveal.createMany({
        data: [{ batchId, caseId: line.id, articleId }],
        skipDuplicates: true,
      });
      if (fresh.count > 0)
        await record(tx, actor, { projectId }, { type: "meeting.revealed", batchId, caseId: line.id, articleId });
    }
    if (input.ended === true && meeting.endedAt === null)
      await record(tx, actor, { projectId }, { type: "meeting.ended", batchId });
    return ok(await viewOf(tx, actor, seat.value));
  });
