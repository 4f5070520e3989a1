import { defineConfig } from "@playwright/test";
import { ownTmp } from "./bin/tmp.mjs";
import { findChromium } from "./e2e/support/chromium";

ownTmp();

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  globalSetup: "./e2e/global-setup.ts",
  outputDir: ".cache/e2e-results",
  // Journeys share one Gloss and make projects of their own in it.
  fullyParallel: true,
  workers: 2,
  // On a shared machine one journey in a hundred meets a page that is not yet alive: CI looks twice, and says so.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: {
    // Set by the global set-up before the workers begin; read in each of them.
    ...(process.env.GLOSS_E2E_URL ? { baseURL: process.env.GLOSS_E2E_URL } : {}),
    browserName: "chromium",
    launchOptions: await findChromium(),
    screenshot: "only-on-failure",
    // A recording costs a quarter of the time; `--trace on` makes one of a journey that fails.
    trace: "off",
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    viewport: { width: 1440, height: 900 },
  },
});
