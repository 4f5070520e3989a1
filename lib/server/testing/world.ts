/** One of everything that a route can name, in one project, and people of every kind around it; for the table of who may what. */
import { createHash, randomInt, randomUUID } from "node:crypto";
import { releaseSettingsSchema } from "../../releases/settings";
import { prisma } from "../db";
import { addMember } from "../members";
import { openThread } from "../threads";
import { WEBHOOK_EVENTS } from "../webhooks.schema";
import { type Desk, type Member, makeArticle, makeDesk, makeMember, makeReview, put, review, suggest } from "./desk";
import { makeProject, makeToken } from "./people";

export type World = Desk & {
  /** Not assigned, waiting in the queue. */
  readonly fresh: string;
  /** Annika reviews it and has not submitted. */
  readonly open: string;
  readonly openReview: string;
  /** Annika and Boris have submitted and disagree. */
  readonly disputed: string;
  readonly submittedReview: string;
  readonly caseId: string;
  readonly binned: string;
  /** The second version of an article, both reviewed by Annika, who has a mark of the first without a place in it. */
  readonly moved: string;
  readonly orphan: string;
  readonly batch: string;
  /** A calibration round of Annika and Boris, without articles. */
  readonly round: string;
  /** The number of a ready one of gold with one file, data.txt; before it one that waits, and before that one that was cancelled. */
  readonly release: number;
  /** About the case, opened by the editor. */
  readonly thread: string;
  readonly invitation: string;
  /** Told of everything at an address where nobody is, and once already. */
  readonly webhook: string;
  readonly delivery: string;
  /** With a suggestion for the open article. */
  readonly suggestionSet: string;
  readonly viewer: Member;
  /** A reviewer in another project. */
  readonly stranger: Member;
  readonly admin: Member;
  /** The editor's tokens: one that only reads, one bound to another project of theirs. */
  readonly reading: string;
  readonly elsewhere: string;
  /** The id of a token of the editor's that is there to be revoked. */
  readonly spareToken: string;
};

export async function makeWorld(): Promise<World> {
  const [desk, viewer, stranger, admin] = await Promise.all([
    makeDesk(),
    makeMember("Vera"),
    makeMember("Stan"),
    makeMember("Ada", true),
  ]);
  const { projectId, editor } = desk;
  // What does not stand on one another is made at once: the table of who may what takes a hundred of these.
  const [other, batches, argued, open, hook, binned, invitation, fresh, release, reading, spareToken, versions] =
    await Promise.all([
      makeProject([
        [stranger.person, "REVIEWER"],
        [editor.person, "EDITOR"],
      ]),
      makeBatches(desk),
      makeDisputed(desk),
      makeOpen(desk),
      makeWebhook(projectId),
      makeBinned(projectId),
      makeInvitation(desk),
      makeArticle(projectId, { title: "Fresh" }),
      makeReleases(projectId),
      makeToken(editor.person, { readOnly: true }),
      spareTokenOf(editor.person.id),
      makeVersion(desk),
      prisma().member.create({ data: { projectId, userId: viewer.person.id, roles: ["VIEWER"] } }),
    ]);
  return {
    ...desk,
    ...{ viewer, stranger, admin, binned, invitation, fresh, release, reading, spareToken },
    ...{ ...batches, ...argued, ...open, ...versions, ...hook },
    elsewhere: await makeToken(editor.person, { projectId: other }),
  };
}

async function makeOriginal(projectId: string, articleId: string): Promise<void> {
  const { textId } = await prisma().article.findUniqueOrThrow({ where: { id: articleId } });
  const bytes = Buffer.from("text");
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  await prisma().originalChunk.create({ data: { textId, projectId, n: 0, bytes } });
  await prisma().original.create({
    data: { textId, projectId, mediaType: "text/plain", size: 4, sha256, name: "open.txt" },
  });
}

async function makeBatches({ projectId, a, b }: Desk): Promise<Pick<World, "batch" | "round">> {
  const people = [a.person.id, b.person.id];
  const batch = await prisma().batch.create({ data: { projectId, name: "First" } });
  const round = await prisma().batch.create({ data: { projectId, name: "Round", purpose: "calibration", people } });
  return { batch: batch.id, round: round.id };
}

async function makeDisputed(desk: Desk): Promise<Pick<World, "disputed" | "submittedReview" | "caseId" | "thread">> {
  const disputed = await makeArticle(desk.projectId, { title: "Disputed" });
  const submittedReview = await review(desk, disputed, desk.a, [put("the weir would fail")]);
  await review(desk, disputed, desk.b, []);
  const found = await prisma().case.findFirstOrThrow({ where: { articleId: disputed } });
  const thread = await openThread(desk.editor.actor, disputed, { caseId: found.id, body: "What of this?" });
  if (!thread.ok) throw new Error(thread.message);
  return { disputed, submittedReview, caseId: found.id, thread: thread.value.value.id };
}

async function makeOpen({ projectId, a }: Desk): Promise<Pick<World, "open" | "openReview" | "suggestionSet">> {
  const open = await makeArticle(projectId, { title: "Open" });
  await makeOriginal(projectId, open);
  const suggestion = { id: await suggest(projectId, open, "the weir would fail") };
  const { setId } = await prisma().suggestion.findUniqueOrThrow({ where: suggestion });
  return { open, openReview: await makeReview(projectId, open, a), suggestionSet: setId };
}

async function makeWebhook(projectId: string): Promise<Pick<World, "webhook" | "delivery">> {
  const data = { projectId, url: "https://nobody.example/hook", events: [...WEBHOOK_EVENTS] };
  const { id: webhookId } = await prisma().webhook.create({
    data: { ...data, secret: Buffer.alloc(32, 7), creationHash: "" },
  });
  const sent = {
    projectId,
    webhookId,
    event: "ping",
    body: "{}",
    state: "DELIVERED",
    attempts: 1,
    status: 204,
  } as const;
  return { webhook: webhookId, delivery: (await prisma().webhookDelivery.create({ data: sent })).id };
}

async function makeBinned(projectId: string): Promise<string> {
  const binned = await makeArticle(projectId, { title: "Binned" });
  await prisma().article.update({ where: { id: binned }, data: { deletedAt: new Date() } });
  return binned;
}

async function makeInvitation({ projectId, editor }: Desk): Promise<string> {
  await addMember(editor.actor, projectId, { email: `${randomUUID()}@desk.example`, roles: ["REVIEWER"] });
  return (await prisma().oneTimeLink.findFirstOrThrow({ where: { projectId } })).id;
}

/** A second version of an article that Annika reviews, and a mark of hers that has no place in it. */
async function makeVersion({ projectId, a }: Desk): Promise<Pick<World, "moved" | "orphan">> {
  const former = await makeArticle(projectId, { title: "Moved", text: "What it said before." });
  await makeReview(projectId, former, a);
  const moved = await makeArticle(projectId, { title: "Moved" });
  const reviewId = await makeReview(projectId, moved, a);
  await prisma().article.update({ where: { id: former }, data: { chainId: former } });
  await prisma().article.update({ where: { id: moved }, data: { chainId: former, textVersion: 2 } });
  const orphan = randomUUID();
  await prisma().carriedSpan.create({
    data: {
      ...{ spanId: orphan, projectId, reviewId, kind: "orphan", score: 0, fromId: randomUUID(), fromArticleId: former },
      ...{ start: 0, end: 4, quote: "What", before: "", after: " it said", content: { label: "CLAIM" } },
    },
  });
  return { moved, orphan };
}

/** Numbers that no other project's releases have, so that one taken for another is noticed. */
async function makeReleases(projectId: string): Promise<number> {
  const number = randomInt(1_000, 100_000_000);
  const settings = releaseSettingsSchema.parse({ layer: "gold" });
  const one = async (n: number, state: "READY" | "MAKING" | "CANCELLED", job: "DONE" | "QUEUED" | "CANCELLED") => {
    const { id: jobId } = await prisma().job.create({ data: { projectId, kind: "release", input: {}, state: job } });
    await prisma().release.create({
      data: { projectId, number: n, jobId, settings, state: state === "READY" ? "MAKING" : state },
    });
    return { projectId_number: { projectId, number: n } };
  };
  await one(number - 2, "CANCELLED", "CANCELLED");
  await one(number - 1, "MAKING", "QUEUED");
  const ready = await one(number, "READY", "DONE");
  const sha256 = createHash("sha256").update("text").digest("hex");
  const file = { projectId, number, name: "data.txt" };
  await prisma().releaseChunk.create({ data: { ...file, n: 0, bytes: Buffer.from("text") } });
  await prisma().releaseFile.create({ data: { ...file, position: 0, mediaType: "text/plain", size: 4, sha256 } });
  await prisma().release.update({
    where: ready,
    data: { state: "READY", readyAt: new Date(), manifestSha256: sha256 },
  });
  return number;
}

async function spareTokenOf(userId: string): Promise<string> {
  const secretHash = randomUUID();
  return (await prisma().apiToken.create({ data: { userId, name: "spare", secretHash } })).id;
}
