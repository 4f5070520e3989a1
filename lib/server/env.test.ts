import path from "node:path";
import { expect, test } from "vitest";
import { readEnv } from "./env";

const SECRET = "9f3c1a7be2d84f60";
const URL = "postgresql://u:p@db.example/gloss";

test("nothing set: the embedded database in .gloss, on 127.0.0.1:3000", () => {
  expect(readEnv({})).toEqual({
    ...{ host: "127.0.0.1", port: 3000, databaseUrl: null, dataDir: path.resolve(".gloss") },
    ...{ secret: null, admin: null, sample: false },
  });
});

test("an empty variable is as good as unset", () => {
  const empty = {
    PORT: "",
    HOST: " ",
    DATABASE_URL: "",
    GLOSS_DATA_DIR: "",
    NEXTAUTH_SECRET: "",
    GLOSS_ADMIN_EMAIL: "",
    GLOSS_SAMPLE: "",
  };
  expect(readEnv(empty)).toEqual(readEnv({}));
});

test("a limit that is no number is refused by name", () => {
  expect(() => readEnv({ GLOSS_RATE_LIMIT: "many" })).toThrow("GLOSS_RATE_LIMIT must be a whole number");
  expect(readEnv({ GLOSS_RATE_LIMIT: "600" })).toEqual(readEnv({}));
});

test("everything set", () => {
  const env = readEnv({
    ...{ PORT: "0", HOST: "::", DATABASE_URL: URL, NEXTAUTH_SECRET: SECRET, NEXTAUTH_URL: "https://desk.example" },
    ...{
      GLOSS_DATA_DIR: "/var/lib/gloss",
      GLOSS_ADMIN_EMAIL: "a@b.example",
      GLOSS_ADMIN_PASSWORD: " spaced ",
      GLOSS_SAMPLE: "1",
    },
  });
  expect(env).toMatchObject({
    host: "::",
    port: 0,
    databaseUrl: URL,
    dataDir: "/var/lib/gloss",
    secret: SECRET,
    sample: true,
  });
  expect(env.admin).toEqual({ email: "a@b.example", password: " spaced " });
});

test.each([
  { what: "a port that is none", env: { PORT: "http" }, says: /PORT must be a number/ },
  { what: "a port out of range", env: { PORT: "70000" }, says: /PORT/ },
  {
    what: "another kind of database",
    env: { DATABASE_URL: "mysql://x", NEXTAUTH_SECRET: SECRET },
    says: /DATABASE_URL must begin/,
  },
  { what: "a database of one's own without a secret", env: { DATABASE_URL: URL }, says: /NEXTAUTH_SECRET is not set/ },
  {
    what: "a secret that is everybody's",
    env: { DATABASE_URL: URL, NEXTAUTH_SECRET: "changeme" },
    says: /too easy to guess/,
  },
  { what: "the same with the embedded database", env: { NEXTAUTH_SECRET: "changeme" }, says: /too easy to guess/ },
  { what: "a secret of one letter", env: { NEXTAUTH_SECRET: "a".repeat(64) }, says: /too easy to guess/ },
  { what: "an administrator without a password", env: { GLOSS_ADMIN_EMAIL: "a@b.example" }, says: /go together/ },
  { what: "a password without an administrator", env: { GLOSS_ADMIN_PASSWORD: "x" }, says: /go together/ },
  { what: "an address that is none", env: { NEXTAUTH_URL: "desk.example" }, says: /NEXTAUTH_URL must be/ },
])("refuses $what", ({ env, says }) => {
  expect(() => readEnv(env)).toThrow(says);
});

test("a refusal never repeats a secret or a password", () => {
  const said: unknown[] = [];
  for (const env of [
    { NEXTAUTH_SECRET: "canary-1" },
    { GLOSS_ADMIN_PASSWORD: "canary-2" },
    { DATABASE_URL: "mysql://u:canary-3@h" },
  ]) {
    try {
      readEnv(env);
    } catch (error) {
      said.push(String(error));
    }
  }
  expect(said).toHaveLength(3);
  expect(said.join("\n")).not.toContain("canary");
});
