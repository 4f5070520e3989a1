import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "../access/actor";
import { parseArticle } from "../formats/native-read";
import { articleLine } from "../formats/native-write";
import { ok } from "../result";
import { bulkOf } from "./bulk";
import { refreshCases } from "./cases-refresh";
import { closeDatabase, pool, prisma, transaction } from "./db";
import { decideArticle, decideCase } from "./decisions";
import { countExport, exportProject } from "./exports";
import { exportQuerySchema, type Layer } from "./exports.schema";
import { importFiles } from "./imports";
import { withDatabase } from "./testing/database";
import { article, at, fileOf, type Line, linesOf, parsed, read, span } from "./testing/files";
import { makePerson, makeProject, makeSession, type Person } from "./testing/people";

const jsonl = { format: "jsonl", onError: "abort", as: "reviews" } as const;
let edda: Person;
let editor: Actor;

beforeAll(async () => {
  edda = await makePerson({ name: "Edda", isAdmin: true });
  editor = (await makeSession(edda)).actor;
});

async function exported(actor: Actor, projectId: string, layer: Layer = "all"): Promise<readonly Line[]> {
  const download = await exportProject(actor, projectId, { format: "jsonl", layer });
  if (!download.ok) throw new Error(download.message);
  return parsed(await read(download.value));
}

const review = (reviewer: string, status: string, spans: Line[], links: Line[] = [], more: Line = {}): Line => ({
  reviewer,
  status,
  spans,
  links,
  ...more,
});

const link = (type: string, from: Line, to: Line | null, toText: string | null = null): Line => ({
  id: randomUUID(),
  type,
  from: from.id,
  to: to?.id ?? null,
  to_text: toText,
});

/** Three articles: one reviewed twice, to be decided; one with work that is not done; one with nothing. */
function desk() {
  const first = article(1, { author: "N. Weir", published: "04.10.2018", language: "de", colour: "blue" });
  const text = String(first.text);
  const claimA = span(text, "gauge at lock 1 fell", "CLAIM", {
    attributes: { likelihood: "likely" },
    note: "hm",
    uncertain: true,
    accepted: ["likelihood"],
  });
  const claimB = span(text, "The 🌊 gauge at lock 1 fell", "CLAIM", {
    attributes: { likelihood: "possible" },
    weight: 3,
  });
  const denialA = span(text, "The port\u00a0authority denies it", "DENIAL", { attributes: { kind: "outright" } });
  const denialB = span(text, "authority denies it; שלום", "DENIAL", { attributes: { kind: "dismissal" } });
  const second = article(2, { url: "https://weir.example/2" });
  const other = String(second.text);
  const open = span(other, "lock 2", "CLAIM");
  const farDenial = span(other, "denies", "DENIAL");
  return [
    {
      ...first,
      reviews: [
        review("ada", "submitted", [claimA, denialA], [{ ...link("denies", denialA, claimA), accepted: true }], {
          submitted_at: "2026-01-02T03:04:05.678Z",
          submissions: [
            { number: 1, blind: true, submitted_at: "2026-01-01T00:00:00.000Z", spans: [claimA], links: [] },
          ],
        }),
        review("ben", "submitted", [claimB, denialB], [link("denies", denialB, null, "that the gauge fell")], {
          mood: "sure",
        }),
      ],
    },
    {
      ...second,
      reviews: [
        review("ada", "in_progress", [open, farDenial], [link("denies", farDenial, claimA)]),
        review("cem", "skipped", [], [], { skip_reason: "I know the author" }),
      ],
    },
    article(3, { regions: [], story: "weir", split: "test" }),
  ];
}

const HEADER = {
  gloss: 1,
  project: {
    name: "The weir",
    description: "Of locks",
    policies: { reviewers_per_article: 2, blind: true, adjudicate_own: true, colour: 1 },
    desk: "north",
  },
};

/** Decides the first case, then again otherwise, and creates something that nobody marked. */
async function decideSome(projectId: string): Promise<void> {
  const cases = await prisma().case.findMany({ where: { projectId }, orderBy: [{ start: "asc" }, { end: "asc" }] });
  expect(cases.length).toBeGreaterThanOrEqual(2);
  const [claim, denial] = cases;
  if (!claim || !denial) throw new Error("no cases");
  const id = randomUUID();
  expect(
    await decideCase(editor, claim.id, { id, action: "union", reasonCode: "boundary", note: "the whole" }),
  ).toMatchObject({ ok: true });
  const again = { id: randomUUID(), action: "intersection", supersedes: id } as const;
  expect(await decideCase(editor, claim.id, again)).toMatchObject({ ok: true });
  expect(await decideCase(editor, denial.id, { id: randomUUID(), action: "union" })).toMatchObject({ ok: true });
  const text = await prisma().articleText.findFirstOrThrow({
    where: { projectId, articles: { some: { id: claim.articleId } } },
  });
  const { start, end } = at(text.body, "שלום");
  const made = {
    id: randomUUID(),
    action: "create",
    spans: [{ start, end, label: "FRAMING", attributes: { kind: "lexical", reason: "?" } }],
  } as const;
  expect(await decideArticle(editor, claim.articleId, { ...made, spans: [...made.spans] })).toMatchObject({ ok: true });
}

async function madeProject(): Promise<string> {
  const projectId = await makeProject();
  expect(await importFiles(editor, projectId, jsonl, [fileOf(linesOf(HEADER, ...desk()))])).toMatchObject({ ok: true });
  await decideSome(projectId);
  return projectId;
}

describe("the same project back", () => {
  test("into another database, to the letter", async () => {
    const before = await exported(editor, await madeProject());
    const home = process.env.DATABASE_URL;
    await closeDatabase();
    await withDatabase(async (url) => {
      process.env.DATABASE_URL = url;
      const admin = (await makeSession(await makePerson({ isAdmin: true }))).actor;
      const projectId = await makeProject();
      const done = await importFiles(admin, projectId, jsonl, [fileOf(linesOf(...before))]);
      expect(done).toMatchObject({ ok: true, value: { articles: { created: 3, duplicate: 0 }, errors: [] } });
      const [header, ...after] = await exported(admin, projectId);
      const [old, ...lines] = before;
      expect(after).toEqual(lines);
      expect({ ...header, project: { ...(header?.project as Line), id: "" } }).toEqual({
        ...old,
        project: { ...(old?.project as Line), id: "" },
      });
      const states = await prisma().article.findMany({
        where: { projectId },
        orderBy: { position: "asc" },
        select: { state: true },
      });
      expect(states.map(({ state }) => state)).toEqual(["SETTLED", "OPEN", "OPEN"]);
      expect(await prisma().case.count({ where: { projectId, status: "STALE" } })).toBe(0);
      await closeDatabase();
    });
    process.env.DATABASE_URL = home;
  });

  test("beside the first one, under other ids", async () => {
    const before = await exported(editor, await madeProject());
    const copy = await makeProject();
    expect(await importFiles(editor, copy, jsonl, [fileOf(linesOf(...before))])).toMatchObject({ ok: true });
    const after = await exported(editor, copy);
    expect(named(after)).toEqual(named(before));
    expect(await prisma().case.count({ where: { projectId: copy, status: "STALE" } })).toBe(0);
    const ids = (lines: readonly Line[]) => lines.slice(1).map((line) => line.id);
    expect(ids(after).some((id) => ids(before).includes(id))).toBe(false);
  });
});

/** Ids by the order in which they first stand there, and lists in an order that does not hang on ids. */
function named(lines: readonly Line[]): unknown {
  const names = new Map<string, string>();
  const words = JSON.stringify(lines.slice(1), (key, value: unknown) =>
    ["hash", "id", "supersedes"].includes(key) ? undefined : value,
  );
  return words.replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, (id) => {
    if (!names.has(id)) names.set(id, `id-${names.size}`);
    return names.get(id) ?? "";
  });
}

test("the cases that an import finds are those that are found again from what it wrote", async () => {
  const projectId = await madeProject();
  const all = () =>
    pool()
      .query(`SELECT * FROM "Case" WHERE "projectId" = $1 ORDER BY "id"`, [projectId])
      .then(({ rows }) => rows);
  const before = await all();
  const articles = await prisma().article.findMany({ where: { projectId }, select: { id: true } });
  await transaction(async (tx) =>
    ok(
      await refreshCases(
        bulkOf(tx),
        articles.map(({ id }) => id),
      ),
    ),
  );
  expect(before.length).toBeGreaterThan(1);
  expect(await all()).toEqual(before);
});

describe("what a line is", () => {
  test("what lib/formats writes of it, member by member", async () => {
    const lines = (await exported(editor, await madeProject())).slice(1);
    expect(lines).toHaveLength(3);
    for (const line of lines) {
      const model = parseArticle(line);
      if ("faults" in model) throw new Error(JSON.stringify(model.faults));
      const { closed_early: _, ...written } = { closed_early: null, ...articleLine(model.value) };
      expect(JSON.parse(JSON.stringify(written))).toEqual(line);
    }
  });

  test("every quote is cut out by its offsets in code points", async () => {
    let quotes = 0;
    const look = (value: unknown, text: string): void => {
      if (typeof value !== "object" || value === null) return;
      if ("quote" in value && "start" in value && "end" in value) {
        expect([...text].slice(Number(value.start), Number(value.end)).join("")).toBe(value.quote);
        quotes++;
      }
      for (const inner of Object.values(value)) look(inner, text);
    };
    for (const line of (await exported(editor, await madeProject())).slice(1)) look(line, String(line.text));
    expect(quotes).toBeGreaterThan(10);
  });
});

describe("an export of what is not what it was", () => {
  const broken: [string, (projectId: string) => string][] = [
    [
      "a span that was moved",
      (p) =>
        `UPDATE "Span" SET "start" = "start" + 1, "end" = "end" + 1 WHERE "projectId" = '${p}' AND "label" = 'DENIAL' AND "start" < 40`,
    ],
    [
      "a gold span that was moved",
      (p) =>
        `UPDATE "GoldSpan" SET "start" = "start" + 1, "end" = "end" + 1 WHERE "projectId" = '${p}' AND "label" = 'CLAIM'`,
    ],
    [
      "a text that was changed",
      (
        p,
      ) => `ALTER TABLE "ArticleText" DISABLE TRIGGER USER; ALTER TABLE "ArticleText" DROP CONSTRAINT "ArticleText_sha256_check";
              UPDATE "ArticleText" SET "body" = replace("body", 'it', 'xy') WHERE "projectId" = '${p}'`,
    ],
  ];
  test.each(broken)("%s breaks off", async (_, sql) => {
    const home = process.env.DATABASE_URL;
    await closeDatabase();
    await withDatabase(async (url) => {
      process.env.DATABASE_URL = url;
      editor = (await makeSession(await makePerson({ isAdmin: true }))).actor;
      const projectId = await madeProject();
      await pool().query(sql(projectId));
      await expect(exported(editor, projectId)).rejects.toThrow();
      await closeDatabase();
    });
    process.env.DATABASE_URL = home;
    editor = (await makeSession(edda)).actor;
  });
});

test.each(["jsonl", "csv", "conll"])(
  "an export as %s that a fault stops on its way is visibly broken off",
  async (format) => {
    const projectId = await makeProject();
    const many = Array.from({ length: 60 }, (_, n) => ({ title: `Gauge ${n}`, text: `Lock ${n} fell. `.repeat(600) }));
    expect(await importFiles(editor, projectId, jsonl, [fileOf(linesOf(...many))])).toMatchObject({ ok: true });
    const download = await exportProject(editor, projectId, exportQuerySchema.parse({ format }));
    if (!download.ok) throw new Error(download.message);
    // The snapshot does not see what is written meanwhile, so its connection is ended, as a database that goes down ends it.
    const reader = download.value.body.getReader();
    const { rowCount } = await pool().query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE "datname" = current_database() AND "pid" <> pg_backend_pid() AND "query" LIKE '%"position"::text AS "position"%'`,
    );
    expect(rowCount).toBe(1);
    await expect(
      (async () => {
        while (!(await reader.read()).done);
      })(),
    ).rejects.toThrow();
  },
);

describe("the count before a download", () => {
  const asked = async (query: object) => {
    const found = await countExport(editor, counted, exportQuerySchema.parse(query));
    if (!found.ok) throw new Error(found.message);
    return found.value;
  };
  let counted: string;
  beforeAll(async () => {
    counted = await madeProject();
  });

  test.each<[string, object]>([
    ["everything", {}],
    ["submitted reviews", { layer: "reviews" }],
    ["gold", { layer: "gold" }],
    ["one label", { label: "DENIAL" }],
    ["what all agree on", { layer: "gold", agreement: "unanimous" }],
    ["what is uncertain", { uncertain: "only" }],
    ["a date that no article has", { from: "2030" }],
  ])("is of what the file then holds: %s", async (_, query) => {
    const { complete, ...found } = await asked(query);
    const download = await exportProject(editor, counted, exportQuerySchema.parse(query));
    if (!download.ok) throw new Error(download.message);
    const articles = parsed(await read(download.value))
      .slice(1)
      .map((line) => {
        const model = parseArticle(line);
        if ("faults" in model) throw new Error(JSON.stringify(model.faults));
        return model.value;
      });
    const sum = (of: (article: (typeof articles)[number]) => number) => articles.reduce((n, one) => n + of(one), 0);
    expect(complete).toBe(true);
    expect(found).toEqual({
      articles: articles.length,
      reviews: sum(({ reviews }) => reviews.length),
      spans: sum(({ reviews }) => reviews.flatMap(({ spans }) => spans).length),
      goldSpans: sum(({ gold }) => gold?.spans.length ?? 0),
      links: sum(({ reviews, gold }) => [...reviews, ...(gold ? [gold] : [])].flatMap(({ links }) => links).length),
    });
  });

  test("differs by what is asked for", async () => {
    const all = await asked({});
    expect(all).toMatchObject({ articles: 3, reviews: 4, goldSpans: 3 });
    expect((await asked({ label: "DENIAL" })).spans).toBeLessThan(all.spans);
    expect(await asked({ from: "2030" })).toMatchObject({ articles: 0, spans: 0 });
  });

  test("says so when there is no time to count to the end", async () => {
    const found = await countExport(editor, counted, exportQuerySchema.parse({}), -1);
    expect(found).toMatchObject({ ok: true, value: { articles: 0, complete: false } });
  });

  test("knows reviewers that an import brought by their ids, as everyone", async () => {
    const ada = await prisma().user.findFirstOrThrow({ where: { importedInto: counted, name: "ada" } });
    expect(await asked({ reviewer: ada.id })).toMatchObject({ reviews: 2, spans: 4 });
    expect(await asked({ reviewer: ada.id })).toEqual(await asked({ reviewer: "ada" }));
  });

  test("is refused as the file is, and leaves no place taken", async () => {
    for (let i = 0; i < 6; i++)
      expect(await countExport(editor, counted, { format: "jsonl", layer: "all", region: "roof" })).toMatchObject({
        ok: false,
        code: "malformed",
      });
    expect(await countExport(editor, randomUUID(), exportQuerySchema.parse({}))).toMatchObject({ ok: false });
    expect(await asked({})).toMatchObject({ complete: true });
  });
});
