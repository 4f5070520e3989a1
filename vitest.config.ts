import path from "node:path";
import { defineConfig } from "vitest/config";
import { ownTmp } from "./bin/tmp.mjs";

ownTmp();

const alias = { "@": path.resolve(import.meta.dirname) };
const excluded = ["node_modules/**", ".next/**", ".cache/**", "e2e/**", "bench/**"];
const withDatabase = ["lib/server/**/*.test.ts", "lib/cli/**/*.test.ts", "app/**/*.test.ts", "app/**/*.test.tsx"];

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: ["**/*.test.ts", "**/*.test.tsx"],
          exclude: [...excluded, ...withDatabase],
          environment: "node",
          // Pure functions leave nothing behind that another file could meet; loading them once takes half the time.
          isolate: false,
          // Properties take as long as the machine lets them.
          testTimeout: 60_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "server",
          include: withDatabase,
          exclude: excluded,
          environment: "node",
          globalSetup: ["lib/server/testing/cluster.ts"],
          setupFiles: ["lib/server/testing/setup.ts"],
          // What a file leaves in the process is keyed by ids of its own database; loading everything once takes half of the time.
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
