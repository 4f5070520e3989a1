/** One of everything that a route can name, in one project, and people of every kind around it; for the table of who may what. */
import { randomUUID } from "node:crypto";
import { prisma } from "../db";
import { addMember } from "../members";
import { type Desk, type Member, makeArticle, makeDesk, makeMember, makeReview, put, review } from "./desk";
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
  readonly batch: string;
  readonly invitation: string;
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
  const desk = await makeDesk();
  const { projectId, editor } = desk;
  const [viewer, stranger, admin] = await Promise.all([
    makeMember("Vera"),
    makeMember("Stan"),
    makeMember("Ada", true),
  ]);
  await prisma().member.create({ data: { projectId, userId: viewer.person.id, roles: ["VIEWER"] } });
  const other = await makeProject([
    [stranger.person, "REVIEWER"],
    [editor.person, "EDITOR"],
  ]);
  const batch = await prisma().batch.create({ data: { projectId, name: "First" } });
  const disputed = await makeArticle(projectId, { title: "Disputed" });
  const submittedReview = await review(desk, disputed, desk.a, [put("the weir would fail")]);
  await review(desk, disputed, desk.b, []);
  const open = await makeArticle(projectId, { title: "Open" });
  const openReview = await makeReview(projectId, open, desk.a);
  const binned = await makeArticle(projectId, { title: "Binned" });
  await prisma().article.update({ where: { id: binned }, data: { deletedAt: new Date() } });
  await addMember(editor.actor, projectId, { email: `${randomUUID()}@desk.example`, roles: ["REVIEWER"] });
  const invitation = await prisma().oneTimeLink.findFirstOrThrow({ where: { projectId } });
  const found = await prisma().case.findFirstOrThrow({ where: { articleId: disputed } });
  return {
    ...desk,
    ...{ viewer, stranger, admin, disputed, submittedReview, open, openReview, binned },
    fresh: await makeArticle(projectId, { title: "Fresh" }),
    batch: batch.id,
    invitation: invitation.id,
    caseId: found.id,
    reading: await makeToken(editor.person, { readOnly: true }),
    elsewhere: await makeToken(editor.person, { projectId: other }),
    spareToken: await spareTokenOf(editor.person.id),
  };
}

async function spareTokenOf(userId: string): Promise<string> {
  const secretHash = randomUUID();
  return (await prisma().apiToken.create({ data: { userId, name: "spare", secretHash } })).id;
}
