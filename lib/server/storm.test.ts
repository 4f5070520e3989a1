/** D01, D02 in small: changes while the connections are cut again and again. The whole app is killed in e2e. */
import { expect, test } from "vitest";
import { changeReview } from "./changes";
import { isDatabaseAway, pool, prisma } from "./db";
import { submitReview } from "./submit";
import { makeArticle, makeDesk, makeReview, put } from "./testing/desk";
import { connect } from "./testing/rows";

/** Connections that were cut and have not said so yet fail once more each, whoever asks first. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let again = 0; ; again++) {
    try {
      return await work();
    } catch (error) {
      if (again === 20 || !isDatabaseAway(error)) throw error;
    }
  }
}

/** As many at once as the pool holds: none that was cut is left in it. */
const allHeard = () => Promise.all(Array.from({ length: 12 }, () => patiently(() => pool().query("SELECT 1"))));

const CLIENTS = 16;
const EACH = 25;

test("every acknowledged change is there once, whatever was cut; sending the rest again completes it", {
  timeout: 300_000,
}, async () => {
  const desk = await makeDesk();
  const articleId = await makeArticle(desk.projectId);
  const people = [desk.a, desk.b, desk.c];
  const reviews = await Promise.all(people.map((who) => makeReview(desk.projectId, articleId, who)));

  // With every eighth answer about half of the connections are cut, while the other clients are wherever they are: in a statement, between
  // two, or waiting for the answer to COMMIT.
  const killer = await connect();
  let answers = 0;
  let cut = 0;
  const maybeCut = async () => {
    if (++answers % 8 > 0) return;
    const { rows } = await killer.query<{ n: number }>(
      `SELECT count(pg_terminate_backend(pid))::int AS n FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = 'gloss' AND random() < 0.5`,
    );
    cut += rows[0]?.n ?? 0;
  };

  const sent = Array.from({ length: CLIENTS * EACH }, (_, n) => ({
    change: put("The council"),
    who: n % people.length,
  }));
  const acknowledged = new Map<string, number>();
  const refused: typeof sent = [];
  const send = async (one: (typeof sent)[number]) => {
    const { actor } = people[one.who] ?? desk.a;
    const answer = await changeReview(actor, reviews[one.who] ?? "", [one.change]);
    if (answer.ok) acknowledged.set(one.change.id, answer.value.applied[0]?.version ?? 0);
    else {
      expect(answer).toMatchObject({ code: "unavailable", retryAfter: expect.any(Number) });
      refused.push(one);
    }
  };
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_, client) => {
      for (const one of sent.filter((_, n) => n % CLIENTS === client)) {
        await send(one);
        await maybeCut();
      }
    }),
  );
  await killer.end();
  expect(cut).toBeGreaterThan(0);
  expect(refused.length).toBeGreaterThan(0);
  expect(acknowledged.size).toBeGreaterThan(0);

  const stored = async () =>
    new Set((await patiently(() => prisma().change.findMany({ select: { id: true } }))).map((c) => c.id));
  const there = await stored();
  expect([...acknowledged.keys()].filter((id) => !there.has(id))).toEqual([]);

  for (let again = 0; again < 20 && refused.length > 0; again++) for (const one of refused.splice(0)) await send(one);
  expect(refused).toEqual([]);
  expect(await stored()).toEqual(new Set(sent.map(({ change }) => change.id)));
  await allHeard();
  const { rows } = await pool().query<{ spans: number; changes: number; versions: number; entries: number }>(
    `SELECT (SELECT count(*)::int FROM "Span") AS "spans", (SELECT count(*)::int FROM "Change") AS "changes",
            (SELECT sum("version")::int FROM "Review") AS "versions",
            (SELECT count(*)::int FROM "AuditEntry" WHERE "type" = 'review.changed') AS "entries"`,
  );
  const all = sent.length;
  expect(rows).toEqual([{ spans: all, changes: all, versions: all, entries: all }]);

  for (const [n, who] of people.entries()) {
    const version = sent.filter((one) => one.who === n).length;
    expect(await submitReview(who.actor, reviews[n] ?? "", { version })).toMatchObject({ ok: true });
  }
  expect(await prisma().submission.count({ where: { articleId } })).toBe(people.length);
});

test("a cut in the middle of submitting or deciding leaves nothing half done", async () => {
  await allHeard();
  const desk = await makeDesk();
  const killer = await connect();
  for (let round = 0; round < 6; round++) {
    const articleId = await makeArticle(desk.projectId);
    const mine = await makeReview(desk.projectId, articleId, desk.a);
    const theirs = await makeReview(desk.projectId, articleId, desk.b);
    await changeReview(desk.a.actor, mine, [put("The council")]);
    await submitReview(desk.b.actor, theirs, { version: 0 });
    const submitting = submitReview(desk.a.actor, mine, { version: 1 });
    await new Promise((done) => setTimeout(done, round * 4));
    await killer.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'gloss'`,
    );
    const answer = await submitting;
    if (!answer.ok) expect(answer).toMatchObject({ code: "unavailable" });
    // As a client does after a 503; connections that were cut and have not said so yet may fail once more.
    let again = await submitReview(desk.a.actor, mine, { version: 1 });
    for (let n = 0; n < 20 && !again.ok; n++) again = await submitReview(desk.a.actor, mine, { version: 1 });
    expect(again).toMatchObject({ value: { status: "SUBMITTED" } });
    await allHeard();
    expect(await prisma().submission.count({ where: { reviewId: mine } })).toBe(1);
    expect(await prisma().case.count({ where: { articleId } })).toBe(1);
    const article = await prisma().article.findUniqueOrThrow({ where: { id: articleId } });
    expect(article).toMatchObject({ state: "ADJUDICATION", undecided: 1, taken: 2 });
  }
  await killer.end();
});
