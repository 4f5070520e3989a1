import { mkdirSync } from "node:fs";
import { expect, test } from "vitest";
import { pool, prisma } from "./db";
import { whatFailed } from "./log";
import { StartRefused } from "./postgres/refused";

const CANARY = "canary of a reader";

const failed = async (work: () => unknown): Promise<object> => {
  try {
    await work();
  } catch (error) {
    return whatFailed(error);
  }
  throw new Error("it did not fail");
};

test.each([
  { what: "a parser, which repeats its input", work: () => JSON.parse(`{"${CANARY}`), name: "SyntaxError" },
  {
    what: "a statement, which repeats its values",
    work: () => pool().query("SELECT $1::int", [CANARY]),
    code: "22P02",
  },
  {
    what: "a row that is refused",
    work: () =>
      pool().query(`INSERT INTO "User" ("id", "email", "name") VALUES (gen_random_uuid(), $1, '')`, [
        CANARY.toUpperCase(),
      ]),
    code: "23514",
  },
  {
    what: "Prisma, which repeats the whole call",
    work: () => prisma().user.findUnique({ where: { id: CANARY } }),
    name: "PrismaClientKnownRequestError",
  },
  {
    what: "a cause in a cause",
    work: () => Promise.reject(new Error(CANARY, { cause: new TypeError(CANARY, { cause: CANARY }) })),
    name: "Error",
    cause: expect.objectContaining({ name: "TypeError" }),
  },
  { what: "what is no error", work: () => Promise.reject(CANARY), name: "string" },
])("the log learns where it failed and not what with: $what", async ({ what: _what, work, ...known }) => {
  const said = await failed(work);
  expect(said).toMatchObject(known);
  expect(JSON.stringify(said)).not.toContain(CANARY);
});

test("what the operating system and our own refusals say is kept: a path, an address, words for people", async () => {
  expect(await failed(() => mkdirSync("/proc/nowhere"))).toMatchObject({
    code: "ENOENT",
    says: expect.stringContaining("/proc/nowhere"),
  });
  expect(whatFailed(new StartRefused("The port is taken."))).toMatchObject({ says: "The port is taken." });
});
