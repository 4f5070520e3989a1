/** A project with articles, reviewers and an adjudicator, made past the doors of articles and import, for tests of what is done with them. */
import { createHash, randomUUID } from "node:crypto";
import type { Actor } from "../../access/actor";
import type { Change } from "../../spans/model";
import { codePointLength } from "../../text/codepoints";
import { changeReview } from "../changes";
import { prisma } from "../db";
import { submitReview } from "../submit";
import { makePerson, makeProject, makeSession, type Person } from "./people";

/** An emoji and a no-break space, so that units cannot be mixed up unseen. */
export const TEXT =
  "Weir opened after 🌊 surge\n\nThe lock keeper said on\u00a0Friday that the weir would fail.\n\nThe council denied that it had been warned. Nobody was hurt, it is said.\n";

export type Member = { readonly person: Person; readonly actor: Actor; readonly cookie: string };

export async function makeMember(name: string, isAdmin = false): Promise<Member> {
  const person = await makePerson({ name, isAdmin });
  return { person, ...(await makeSession(person)) };
}

export type Desk = {
  readonly projectId: string;
  readonly editor: Member;
  readonly adjudicator: Member;
  readonly second: Member;
  readonly a: Member;
  readonly b: Member;
  readonly c: Member;
};

/** An editor, two adjudicators and three reviewers. */
export async function makeDesk(
  policies: { reviewersPerArticle?: number; acceptUnanimous?: boolean; adjudicateOwn?: boolean; blind?: boolean } = {},
): Promise<Desk> {
  const [editor, adjudicator, second, a, b, c] = await Promise.all(
    ["Edda", "Judith", "Justin", "Annika", "Boris", "Cyril"].map((name) => makeMember(name)),
  );
  if (!editor || !adjudicator || !second || !a || !b || !c) throw new Error("nobody came");
  const projectId = await makeProject([
    [editor.person, "EDITOR"],
    [adjudicator.person, "ADJUDICATOR"],
    [second.person, "ADJUDICATOR"],
    [a.person, "REVIEWER"],
    [b.person, "REVIEWER"],
    [c.person, "REVIEWER"],
  ]);
  await prisma().project.update({ where: { id: projectId }, data: policies });
  return { projectId, editor, adjudicator, second, a, b, c };
}

export async function makeArticle(
  projectId: string,
  {
    text = TEXT,
    title = "Weir opened",
    batchId = null,
  }: { text?: string; title?: string; batchId?: string | null } = {},
): Promise<string> {
  const id = randomUUID();
  const length = codePointLength(text);
  const sha256 = createHash("sha256").update(text).digest("hex");
  const { id: textId } = await prisma().articleText.create({ data: { projectId, sha256, length, body: text } });
  await prisma().article.create({
    data: {
      ...{ id, projectId, textId, textLength: length, title, batchId },
      duplicateKey: createHash("sha256").update(id).digest("hex"),
    },
  });
  return id;
}

export async function makeReview(projectId: string, articleId: string, reviewer: Member): Promise<string> {
  const article = await prisma().article.findUniqueOrThrow({ where: { id: articleId } });
  const { id } = await prisma().review.create({
    data: { projectId, articleId, textLength: article.textLength, reviewerId: reviewer.person.id },
  });
  return id;
}

/** The range of some words of the text, in code points. */
export function at(
  words: string,
  text = TEXT,
): { readonly start: number; readonly end: number; readonly quote: string } {
  const unit = text.indexOf(words);
  if (unit < 0) throw new Error(`no ${words} in the text`);
  const start = codePointLength(text.slice(0, unit));
  return { start, end: start + codePointLength(words), quote: words };
}

/** A suggestion from outside, as an import would have stored it; answers its id. */
export async function suggest(
  projectId: string,
  articleId: string,
  words: string,
  { label = "CLAIM", by = "weir-model 2", attributes = {} as Record<string, string>, score = 0.9 } = {},
): Promise<string> {
  const { start, end, quote } = at(words);
  const { textLength } = await prisma().article.findUniqueOrThrow({ where: { id: articleId } });
  const set = await prisma().suggestionSet.upsert({
    where: { projectId_name: { projectId, name: by } },
    create: { projectId, name: by },
    update: {},
  });
  const id = randomUUID();
  const contentHash = createHash("sha256").update(id).digest("hex");
  const row = { id, projectId, articleId, textLength, setId: set.id, start, end, quote, label, attributes, score };
  await prisma().suggestion.create({ data: { ...row, contentHash } });
  return id;
}

type SpanOptions = {
  id?: string;
  base?: number;
  attributes?: Record<string, string>;
  note?: string;
  accepted?: string[];
  suggestion?: string;
};

export const put = (words: string, label = "CLAIM", { id = randomUUID(), base = 0, ...rest }: SpanOptions = {}) =>
  ({ id: randomUUID(), kind: "span.put", span: { id, base, ...at(words), label, ...rest } }) satisfies Change;

export const remove = (spanId: string, base: number) =>
  ({ id: randomUUID(), kind: "span.remove", spanId, base }) satisfies Change;

export const link = (type: string, from: string, to: string | null, toText: string | null = null) =>
  ({
    id: randomUUID(),
    kind: "link.put",
    link: { id: randomUUID(), base: 0, type, from, to, toText },
  }) satisfies Change;

export const dismiss = (suggestionId: string, dismissed = true) =>
  ({ id: randomUUID(), kind: "suggestion.dismiss", suggestionId, dismissed }) satisfies Change;

export const unlink = (linkId: string, base: number) =>
  ({ id: randomUUID(), kind: "link.remove", linkId, base }) satisfies Change;

/** Marks and submits; answers the review's id. */
export async function review(
  { projectId }: Pick<Desk, "projectId">,
  articleId: string,
  who: Member,
  changes: readonly Change[],
): Promise<string> {
  const id = await makeReview(projectId, articleId, who);
  await finish(who, id, changes);
  return id;
}

/** The same for a review that is there, at `version`. */
export async function finish(who: Member, id: string, changes: readonly Change[], version = 0): Promise<void> {
  const marked = changes.length === 0 || (await changeReview(who.actor, id, changes));
  if (marked !== true && !marked.ok) throw new Error(JSON.stringify(marked));
  const done = await submitReview(who.actor, id, { version: version + (changes.length > 0 ? 1 : 0) });
  if (!done.ok) throw new Error(JSON.stringify(done));
}
