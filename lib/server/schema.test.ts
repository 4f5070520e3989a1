/** prisma/schema.prisma, the migrations and the live database say the same; asked with Prisma's own command. */
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { withDatabase } from "./testing/database";

const prisma = (args: readonly string[], url = process.env.DATABASE_URL) =>
  promisify(execFile)(process.execPath, [path.resolve("node_modules/prisma/build/index.js"), ...args], {
    env: { ...process.env, DATABASE_URL: url },
  });

test("the live database differs in nothing from the schema file", async () => {
  const args = ["--from-config-datasource", "--to-schema", "prisma/schema.prisma", "--exit-code"];
  expect((await prisma(["migrate", "diff", ...args])).stdout).toContain("No difference detected");
});

test("Prisma finds our migrations applied, and applies them itself to an empty database", {
  timeout: 180_000,
}, async () => {
  expect((await prisma(["migrate", "status"])).stdout).toContain("Database schema is up to date");
  await withDatabase(
    async (url) => {
      expect((await prisma(["migrate", "deploy"], url)).stdout).toContain("successfully applied");
      const again = await prisma(["migrate", "deploy"], url);
      expect(again.stdout).toContain("No pending migrations to apply");
    },
    { empty: true },
  );
});
