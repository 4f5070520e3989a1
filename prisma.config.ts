import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { defineConfig } from "prisma/config";
import { readCredentials } from "./lib/server/postgres/credentials";

// Prisma's own engine where npm could download it; otherwise the stand-in.
const engines = path.resolve("node_modules/@prisma/engines");
const native = existsSync(engines) && readdirSync(engines).some((name) => name.startsWith("schema-engine-"));
if (!native) process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= path.resolve("bin/schema-engine.mjs");

/** The embedded database while Gloss runs, so that `npx prisma migrate status` needs no settings. */
function embedded(): string {
  const made = readCredentials(path.resolve(process.env.GLOSS_DATA_DIR ?? ".gloss"));
  return made ? `postgresql://gloss:${made.password}@127.0.0.1:${made.port}/gloss` : "postgresql://localhost/gloss";
}

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_URL ?? embedded() },
});
