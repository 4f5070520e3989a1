import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { POST } from "@/app/api/v1/reviews/[review]/changes/route";
import { GET } from "@/app/api/v1/reviews/[review]/route";
import type { Change } from "../spans/model";
import { changeReview } from "./changes";
import { pool, prisma } from "./db";
import { changesView, reviewView } from "./reviews.schema";
import { submitReview } from "./submit";
import {
  at,
  type Desk,
  dismiss,
  link,
  makeArticle,
  makeDesk,
  makeReview,
  put,
  remove,
  suggest,
  TEXT,
  unlink,
} from "./testing/desk";
import { makeProject, send } from "./testing/people";

async function start(): Promise<Desk & { articleId: string; reviewId: string }> {
  const desk = await makeDesk();
  const articleId = await makeArticle(desk.projectId);
  return { ...desk, articleId, reviewId: await makeReview(desk.projectId, articleId, desk.a) };
}

const post = (reviewId: string, cookie: string, body: unknown) =>
  send(POST, { method: "POST", params: { review: reviewId }, cookie, body });

async function read(reviewId: string, cookie: string) {
  const response = await send(GET, { params: { review: reviewId }, cookie });
  expect(response.status).toBe(200);
  return reviewView.parse(await response.json());
}

async function nothingWasWritten(reviewId: string) {
  expect(await prisma().span.count({ where: { reviewId } })).toBe(0);
  expect(await prisma().change.count({ where: { reviewId } })).toBe(0);
  expect(await prisma().auditEntry.count({ where: { stream: `review:${reviewId}` } })).toBe(0);
}

describe("POST /reviews/{r}/changes", () => {
  test("stores a span with its quote and the versions it was made under, begins the review, and leaves one audit entry", async () => {
    const { reviewId, a } = await start();
    const change = put("🌊 surge", "CLAIM", { attributes: { likelihood: "alleged" }, note: "why" });
    const response = await post(reviewId, a.cookie, { changes: [change] });
    expect(response.status).toBe(200);
    expect(changesView.parse(await response.json())).toEqual({ version: 1, applied: [{ id: change.id, version: 1 }] });
    const review = await read(reviewId, a.cookie);
    expect(review).toMatchObject({ status: "IN_PROGRESS", version: 1 });
    expect(review.spans).toEqual([
      {
        ...{ id: change.span.id, version: 1, ...at("🌊 surge"), label: "CLAIM", attributes: { likelihood: "alleged" } },
        ...{ note: "why", uncertain: false, accepted: [], suggestion: null, schemeVersion: 1, guidelineVersion: 1 },
      },
    ]);
    const entries = await prisma().auditEntry.findMany({ where: { stream: `review:${reviewId}` } });
    expect(entries.map(({ type, data, actorId }) => [type, data, actorId])).toEqual([
      ["review.changed", { changes: 1, version: 1, ids: [change.id] }, a.person.id],
    ]);
  });

  describe("suggestions from outside", () => {
    const shown = async () => {
      const desk = await start();
      const set = (showSuggestions: boolean) =>
        prisma().project.update({ where: { id: desk.projectId }, data: { showSuggestions } });
      await set(true);
      const attributes = { likelihood: "alleged" };
      const suggestion = await suggest(desk.projectId, desk.articleId, "the weir would fail", { attributes });
      const change = async (...changes: Change[]) => {
        const response = await post(desk.reviewId, desk.a.cookie, { changes });
        const body = (await response.json()) as { errors?: { code: string; path: string }[] };
        return response.ok ? 200 : body.errors?.map(({ code }) => code).join();
      };
      const spans = async () => (await read(desk.reviewId, desk.a.cookie)).spans;
      return { ...desk, set, suggestion, attributes, change, spans };
    };

    test("taken, are kept with the span, by whom, how sure, and whether it is another since", async () => {
      const { suggestion, attributes, change, spans } = await shown();
      const first = put("the weir would fail", "CLAIM", { attributes, suggestion });
      expect(await change(first)).toBe(200);
      const from = { id: suggestion, by: "weir-model 2", score: 0.9 };
      expect(await spans()).toMatchObject([{ suggestion: { ...from, changed: false } }]);
      const { id } = first.span;
      const as = (base: number, words: string, more: object) =>
        change(put(words, "CLAIM", { id, base, suggestion, ...more }));
      expect(await as(1, "the weir would fail", { attributes, note: "Yes." })).toBe(200);
      expect(await spans()).toMatchObject([{ suggestion: { ...from, changed: false } }]);
      expect(await as(2, "that the weir would fail", { attributes })).toBe(200);
      expect(await spans()).toMatchObject([{ suggestion: { ...from, changed: true } }]);
      expect(await as(3, "the weir would fail", { attributes })).toBe(200);
      expect(await spans()).toMatchObject([{ suggestion: { ...from, changed: false } }]);
      // As with every put the whole is replaced: what says nothing of it says that it was made by hand.
      expect(await change(put("the weir would fail", "CLAIM", { id, base: 4, attributes }))).toBe(200);
      expect(await spans()).toMatchObject([{ suggestion: null }]);
    });

    test("are known only where the project shows them, and of this article; what was made of one stays so", async () => {
      const { projectId, reviewId, set, suggestion, attributes, change, spans } = await shown();
      const elsewhere = await suggest(projectId, await makeArticle(projectId), "the weir would fail");
      for (const other of [randomUUID(), elsewhere])
        for (const one of [put("Nobody was hurt", "CLAIM", { suggestion: other }), dismiss(other)])
          expect(await change(one)).toBe("unknown-suggestion");
      await set(false);
      expect(await change(put("the weir would fail", "CLAIM", { suggestion }))).toBe("unknown-suggestion");
      expect(await change(dismiss(suggestion))).toBe("unknown-suggestion");
      await nothingWasWritten(reviewId);
      await set(true);
      const first = put("the weir would fail", "CLAIM", { attributes, suggestion });
      expect(await change(first)).toBe(200);
      await set(false);
      const { id } = first.span;
      expect(await change(put("weir would fail", "CLAIM", { id, base: 1, attributes, suggestion }))).toBe(200);
      expect(await spans()).toMatchObject([{ suggestion: { id: suggestion, changed: true } }]);
      // Its set is deleted: cut in two, each part still says where it came from.
      await prisma().suggestion.deleteMany({ where: { id: suggestion } });
      const parts = [put("weir would", "CLAIM", { id, base: 2, suggestion }), put("fail", "CLAIM", { suggestion })];
      expect(await change(...parts)).toBe(200);
      const from = { id: suggestion, by: "weir-model 2", changed: true };
      expect(await spans()).toMatchObject([{ suggestion: from }, { suggestion: from }]);
    });

    test("dismissed, stay so for this review until they are asked again; once, however often it is sent", async () => {
      const { articleId, projectId, reviewId, a, b, suggestion, change } = await shown();
      const theirs = await makeReview(projectId, articleId, b);
      const dismissal = dismiss(suggestion);
      for (let n = 0; n < 2; n++) expect(await change(dismissal)).toBe(200);
      expect(await read(reviewId, a.cookie)).toMatchObject({
        version: 1,
        status: "IN_PROGRESS",
        dismissed: [suggestion],
      });
      expect((await read(theirs, b.cookie)).dismissed).toEqual([]);
      expect(await change(dismiss(suggestion, false), dismiss(suggestion))).toBe(200);
      expect((await read(reviewId, a.cookie)).dismissed).toEqual([suggestion]);
      expect(await change(dismiss(suggestion, false))).toBe(200);
      expect((await read(reviewId, a.cookie)).dismissed).toEqual([]);
      await submitReview(a.actor, reviewId, { version: 2 });
      expect(await prisma().change.count({ where: { reviewId } })).toBe(4);
    });
  });

  test("keeps which values and which links were taken from an offer, through removal and return, in the history too", async () => {
    const { reviewId, a } = await start();
    const attributes = { likelihood: "alleged", type: "event" };
    const change = put("🌊 surge", "CLAIM", { attributes, accepted: ["type"] });
    const denial = put("The council denied", "DENIAL");
    const plain = link("denies", denial.span.id, change.span.id);
    const made = { ...plain, link: { ...plain.link, accepted: true } };
    expect((await post(reviewId, a.cookie, { changes: [change, denial, made] })).status).toBe(200);
    const kept = async () => {
      const { spans, links } = await read(reviewId, a.cookie);
      return [spans.find((s) => s.id === change.span.id)?.accepted, links.map((l) => l.accepted)];
    };
    expect(await kept()).toEqual([["type"], [true]]);
    const again = put("🌊 surge", "CLAIM", { id: change.span.id, base: 1, attributes });
    expect((await post(reviewId, a.cookie, { changes: [again] })).status).toBe(200);
    expect(await kept()).toEqual([[], [true]]);
    const history = await prisma().change.findMany({
      where: { reviewId },
      orderBy: [{ reviewVersion: "asc" }, { position: "asc" }],
    });
    expect(history.map(({ body }) => body)).toEqual(JSON.parse(JSON.stringify([change, denial, made, again])));
    const wrong = put("🌊 surge", "CLAIM", { id: change.span.id, base: 2, attributes, accepted: ["hedge"] });
    expect((await post(reviewId, a.cookie, { changes: [wrong] })).status).toBe(422);
  });

  test("C01: of two changes on one base the second is a conflict with what stands there now", async () => {
    const { reviewId, a } = await start();
    const first = put("the weir would fail");
    const { id } = first.span;
    await changeReview(a.actor, reviewId, [first]);
    await changeReview(a.actor, reviewId, [put("weir would fail", "CLAIM", { id, base: 1 })]);
    await changeReview(a.actor, reviewId, [put("the weir", "CLAIM", { id, base: 2 })]);
    const before = await prisma().auditEntry.count({ where: { stream: `review:${reviewId}` } });
    const [one, two] = await Promise.all([
      post(reviewId, a.cookie, { changes: [put("The lock keeper", "CLAIM", { id, base: 3 })] }),
      post(reviewId, a.cookie, { changes: [put("The council", "CLAIM", { id, base: 3 })] }),
    ]);
    expect([one.status, two.status].sort()).toEqual([200, 409]);
    const refused = (await (one.status === 409 ? one : two).json()) as { errors: { current: unknown; code: string }[] };
    const [span] = (await read(reviewId, a.cookie)).spans;
    expect(span).toMatchObject({ id, version: 4 });
    expect(refused.errors).toHaveLength(1);
    expect(refused.errors[0]).toMatchObject({
      code: "conflict",
      current: { id, version: 4, start: span?.start, end: span?.end },
    });
    expect(await prisma().auditEntry.count({ where: { stream: `review:${reviewId}` } })).toBe(before + 1);
  });

  test("C02: a change without base is invalid, one with base 0 on what stands there a conflict", async () => {
    const { reviewId, a } = await start();
    const first = put("the weir would fail");
    await changeReview(a.actor, reviewId, [first]);
    const { base: _, ...without } = first.span;
    const missing = await post(reviewId, a.cookie, { changes: [{ ...first, id: randomUUID(), span: without }] });
    expect(missing.status).toBe(422);
    expect(await missing.json()).toMatchObject({ errors: [{ path: "changes.0.span.base" }] });
    const other = await post(reviewId, a.cookie, { changes: [put("The council", "CLAIM", { id: first.span.id })] });
    expect(other.status).toBe(409);
    expect((await read(reviewId, a.cookie)).spans).toMatchObject([{ version: 1, quote: "the weir would fail" }]);
  });

  test.each([
    ["start at end", { start: 5, end: 5 }, "changes.0.span"],
    ["start after end", { start: 6, end: 5 }, "changes.0.span"],
    ["negative", { start: -1, end: 5 }, "changes.0.span"],
    ["not whole", { start: 1.5, end: 5 }, "changes.0.span.start"],
    ["a string", { start: "3", end: 5 }, "changes.0.span.start"],
    ["2^53", { start: 0, end: 2 ** 53 }, "changes.0.span.end"],
    ["beyond the text", { start: 0, end: [...TEXT].length + 1 }, "changes.0.span"],
    ["a quote that is not there", { ...at("The council"), quote: "The Council" }, "changes.0.span.quote"],
    [
      "the right quote one further",
      { ...at("The council"), start: at("The council").start + 1, end: at("The council").end + 1 },
      "changes.0.span.quote",
    ],
    ["a label that the scheme has not", { label: "RUMOUR" }, "changes.0.span.label"],
    ["an attribute that the label has not", { attributes: { colour: "red" } }, "changes.0.span.attributes.colour"],
    [
      "a value that the attribute has not",
      { attributes: { likelihood: "meh" } },
      "changes.0.span.attributes.likelihood",
    ],
    ["an unknown field", { colour: "red" }, "changes.0.span.colour"],
    ["NUL in a note", { note: "a\0b" }, "changes.0.span.note"],
    ["half a character in a note", { note: "\ud800" }, "changes.0.span.note"],
  ])("O01 to O03: %s is refused with its place, and nothing is stored", async (_, wrong, path) => {
    const { reviewId, a } = await start();
    const good = put("The lock keeper");
    const bad = put("The council");
    const response = await post(reviewId, a.cookie, { changes: [{ ...bad, span: { ...bad.span, ...wrong } }, good] });
    expect(response.status).toBe(422);
    const { errors } = (await response.json()) as { errors: { path: string }[] };
    expect(errors.map((e) => e.path)).toContain(path);
    await nothingWasWritten(reviewId);
  });

  test("O01: 1e309 is no number", async () => {
    const { reviewId, a } = await start();
    const body = JSON.stringify({ changes: [put("The council")] }).replace(/"end":\d+/, '"end":1e309');
    const response = await post(reviewId, a.cookie, body);
    expect(response.status).toBe(422);
    await nothingWasWritten(reviewId);
  });

  test.each([
    ["an empty range", { start: 5, end: 5 }, "23514"],
    ["a range beyond the text", { start: 0, end: 9_999 }, "23514"],
    ["a length that is not the text's", { textLength: 10_000, end: 9_999 }, "23503"],
    ["a label of no scheme", { label: "RUMOUR" }, "23503"],
  ])("O01, O03: the database refuses %s by itself", async (_, wrong, code) => {
    const { reviewId, a } = await start();
    const first = put("The council");
    await changeReview(a.actor, reviewId, [first]);
    const columns = Object.keys(wrong).map((name, i) => `"${name}" = $${i + 2}`);
    await expect(
      pool().query(`UPDATE "Span" SET "quote" = NULL, ${columns.join(", ")} WHERE "id" = $1`, [
        first.span.id,
        ...Object.values(wrong),
      ]),
    ).rejects.toMatchObject({ code });
  });

  test("O03: the label of another project and its articles are not there", async () => {
    const { reviewId, projectId, a } = await start();
    const elsewhere = await makeProject();
    await prisma().projectLabel.create({ data: { projectId: elsewhere, key: "RUMOUR" } });
    const refused = await changeReview(a.actor, reviewId, [put("The council", "RUMOUR")]);
    expect(refused).toMatchObject({ ok: false, code: "invalid", errors: [{ code: "unknown-label" }] });
    await expect(
      pool().query(`UPDATE "Review" SET "projectId" = $1 WHERE "id" = $2`, [elsewhere, reviewId]),
    ).rejects.toMatchObject({ code: "23503" });
    expect(await prisma().review.count({ where: { projectId } })).toBe(1);
  });

  test("a change sent again is answered as then and applied once, also together with a new one", async () => {
    const { reviewId, a } = await start();
    const first = put("The council");
    const second = put("the weir would fail", "CLAIM", { id: first.span.id, base: 1 });
    const one = await changeReview(a.actor, reviewId, [first]);
    expect(await changeReview(a.actor, reviewId, [second])).toMatchObject({ value: { version: 2 } });
    expect(await changeReview(a.actor, reviewId, [first])).toEqual(one);
    const third = put("Nobody was hurt");
    expect(await changeReview(a.actor, reviewId, [second, third])).toEqual({
      ok: true,
      value: {
        version: 3,
        applied: [
          { id: second.id, version: 2 },
          { id: third.id, version: 1 },
        ],
      },
    });
    expect(await prisma().change.count({ where: { reviewId } })).toBe(3);
    expect((await read(reviewId, a.cookie)).spans.map((s) => s.quote).sort()).toEqual([
      "Nobody was hurt",
      "the weir would fail",
    ]);
  });

  test("one change id with other content is a conflict, and what comes with it is not applied", async () => {
    const { reviewId, a } = await start();
    const first = put("The council");
    await changeReview(a.actor, reviewId, [first]);
    const refused = await changeReview(a.actor, reviewId, [
      put("Nobody was hurt"),
      { ...first, span: { ...first.span, note: "x" } },
    ]);
    expect(refused).toMatchObject({
      ok: false,
      code: "conflict",
      errors: [{ path: "changes.1.id", code: "id-reused" }],
    });
    expect(await prisma().span.count({ where: { reviewId } })).toBe(1);
  });

  test("faults are placed in the request as it was sent, whatever of it was applied before", async () => {
    const { reviewId, a } = await start();
    const first = put("The council");
    await changeReview(a.actor, reviewId, [first]);
    const refused = await changeReview(a.actor, reviewId, [first, put("Nobody was hurt", "RUMOUR")]);
    expect(refused).toMatchObject({ errors: [{ path: "changes.1.span.label" }] });
  });

  test("a removed span leaves a tombstone, and a put on it brings it back under its id", async () => {
    const { reviewId, a } = await start();
    const first = put("The council");
    const { id } = first.span;
    await changeReview(a.actor, reviewId, [first]);
    expect(await changeReview(a.actor, reviewId, [remove(id, 1)])).toMatchObject({
      value: { applied: [{ version: 2 }] },
    });
    expect(await read(reviewId, a.cookie)).toMatchObject({ spans: [], removed: { spans: [{ id, version: 2 }] } });
    const stale = await changeReview(a.actor, reviewId, [put("The council", "CLAIM", { id, base: 1 })]);
    expect(stale).toMatchObject({ code: "conflict", errors: [{ current: { id, version: 2, removed: true } }] });
    await changeReview(a.actor, reviewId, [put("The council", "CLAIM", { id, base: 2 })]);
    expect(await read(reviewId, a.cookie)).toMatchObject({ spans: [{ id, version: 3 }], removed: { spans: [] } });
  });

  test("links: made with their ends, held by them, and gone with them", async () => {
    const { reviewId, a } = await start();
    const claim = put("the weir would fail");
    const denial = put("The council denied", "DENIAL");
    const denies = link("denies", denial.span.id, claim.span.id);
    expect(await changeReview(a.actor, reviewId, [denies, claim, denial])).toMatchObject({ ok: true });
    expect(await changeReview(a.actor, reviewId, [remove(claim.span.id, 1)])).toMatchObject({
      code: "conflict",
      errors: [{ code: "has-links", current: [{ id: denies.link.id }] }],
    });
    expect(
      await changeReview(a.actor, reviewId, [put("the weir would fail", "FRAMING", { id: claim.span.id, base: 1 })]),
    ).toMatchObject({
      errors: [{ code: "link-not-allowed" }],
    });
    const gone = await changeReview(a.actor, reviewId, [remove(claim.span.id, 1), unlink(denies.link.id, 1)]);
    expect(gone).toMatchObject({ ok: true });
    expect(await read(reviewId, a.cookie)).toMatchObject({
      links: [],
      removed: { links: [{ id: denies.link.id, version: 2 }] },
    });
  });

  test("a denial may end in the reviewer's own claim of another article, not in another's", async () => {
    const { reviewId, projectId, a, b } = await start();
    const other = await makeArticle(projectId);
    const mine = await makeReview(projectId, other, a);
    const theirs = await makeReview(projectId, other, b);
    const own = put("the weir would fail");
    const foreign = put("the weir would fail");
    await changeReview(a.actor, mine, [own]);
    await changeReview(b.actor, theirs, [foreign]);
    const denial = put("The council denied", "DENIAL");
    expect(
      await changeReview(a.actor, reviewId, [denial, link("denies", denial.span.id, foreign.span.id)]),
    ).toMatchObject({
      code: "invalid",
      errors: [{ code: "unknown-target" }],
    });
    expect(await changeReview(a.actor, reviewId, [denial, link("denies", denial.span.id, own.span.id)])).toMatchObject({
      ok: true,
    });
  });

  test("an id that another review uses is a conflict that says nothing of that review", async () => {
    const { reviewId, projectId, articleId, a, b } = await start();
    const theirs = put("the weir would fail");
    await changeReview(b.actor, await makeReview(projectId, articleId, b), [theirs]);
    const refused = await changeReview(a.actor, reviewId, [put("The council", "CLAIM", { id: theirs.span.id })]);
    expect(refused).toMatchObject({ code: "conflict", errors: [{ path: "changes.0.span.id", code: "id-taken" }] });
    expect(JSON.stringify(refused)).not.toContain("current");
    expect(await prisma().span.count({ where: { reviewId } })).toBe(0);
  });

  test("only the reviewer edits a review; a submitted one is locked, yet answers what was applied before", async () => {
    const { reviewId, a, b, editor } = await start();
    const change = put("The council");
    expect(await changeReview(b.actor, reviewId, [change])).toMatchObject({ code: "not-found" });
    expect(await changeReview(editor.actor, reviewId, [change])).toMatchObject({ code: "forbidden" });
    expect(await changeReview(a.actor, randomUUID(), [change])).toMatchObject({ code: "not-found" });
    const first = await changeReview(a.actor, reviewId, [change]);
    expect(await submitReview(a.actor, reviewId, { version: 1 })).toMatchObject({ ok: true });
    const locked = await post(reviewId, a.cookie, { changes: [put("Nobody was hurt")] });
    expect(locked.status).toBe(423);
    expect(await changeReview(a.actor, reviewId, [change])).toEqual(first);
    await nothingAfter(reviewId, 1);
  });

  test("a project that forbids it takes no span outside its regions", async () => {
    const { reviewId, projectId, articleId, a } = await start();
    await prisma().project.update({ where: { id: projectId }, data: { forbidOutsideScope: true, scope: ["body"] } });
    const textLength = [...TEXT].length;
    const body = at("The lock keeper said on\u00a0Friday that the weir would fail.");
    await prisma().region.createMany({
      data: [
        { projectId, articleId, textLength, start: 0, end: body.start, role: "headline" },
        { projectId, articleId, textLength, start: body.start, end: body.end, role: "body" },
      ],
    });
    expect(await changeReview(a.actor, reviewId, [put("Weir opened")])).toMatchObject({
      errors: [{ code: "outside-scope" }],
    });
    expect(await changeReview(a.actor, reviewId, [put("the weir would fail")])).toMatchObject({ ok: true });
  });

  test("many writers of one review at once: each change once, versions without a gap", async () => {
    const { reviewId, a } = await start();
    const changes = Array.from({ length: 40 }, () => put("The council"));
    const answers = await Promise.all(changes.map((change) => changeReview(a.actor, reviewId, [change])));
    expect(answers.map((x) => x.ok && x.value.version).sort((x, y) => Number(x) - Number(y))).toEqual(
      changes.map((_, i) => i + 1),
    );
    expect(await prisma().span.count({ where: { reviewId } })).toBe(40);
    const { rows } = await pool().query<{ n: number }>(
      `SELECT count(DISTINCT "reviewVersion")::int AS n FROM "Change" WHERE "reviewId" = $1`,
      [reviewId],
    );
    expect(rows).toEqual([{ n: 40 }]);
  });

  test("one request sent many times at once is applied once and answered alike", async () => {
    const { reviewId, a } = await start();
    const changes = [put("The council"), put("Nobody was hurt")];
    const answers = await Promise.all(Array.from({ length: 12 }, () => changeReview(a.actor, reviewId, changes)));
    expect(new Set(answers.map((x) => JSON.stringify(x)))).toEqual(
      new Set([
        JSON.stringify({ ok: true, value: { version: 1, applied: changes.map(({ id }) => ({ id, version: 1 })) } }),
      ]),
    );
    expect(await prisma().auditEntry.count({ where: { stream: `review:${reviewId}` } })).toBe(1);
  });

  test("of two reviews that make a span under one id at once, one has it and the other is told", async () => {
    const { reviewId, projectId, articleId, a, b } = await start();
    const theirs = await makeReview(projectId, articleId, b);
    for (let round = 0; round < 20; round++) {
      const id = randomUUID();
      const answers = await Promise.all([
        changeReview(a.actor, reviewId, [put("The council", "CLAIM", { id })]),
        changeReview(b.actor, theirs, [put("The council", "CLAIM", { id })]),
      ]);
      expect(answers.map((x) => (x.ok ? "ok" : x.code)).sort()).toEqual(["conflict", "ok"]);
    }
    const { rows } = await pool().query<{ spans: number; changes: number }>(
      `SELECT (SELECT count(*)::int FROM "Span" WHERE "articleId" = $1) AS "spans",
              (SELECT count(*)::int FROM "Change" WHERE "reviewId" = ANY ($2)) AS "changes"`,
      [articleId, [reviewId, theirs]],
    );
    expect(rows).toEqual([{ spans: 20, changes: 20 }]);
  });

  test("a request of 5,000 changes is applied whole; one more is refused", async () => {
    const { reviewId, a } = await start();
    const changes: Change[] = Array.from({ length: 5_001 }, () => put("The council"));
    expect((await post(reviewId, a.cookie, { changes })).status).toBe(422);
    expect(await changeReview(a.actor, reviewId, changes.slice(1))).toMatchObject({ ok: true });
    expect(await prisma().span.count({ where: { reviewId } })).toBe(5_000);
  });
});

async function nothingAfter(reviewId: string, spans: number) {
  expect(await prisma().span.count({ where: { reviewId } })).toBe(spans);
}
