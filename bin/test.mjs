/**
 * `npm test`: everything, on a fresh clone. Two lanes beside each other for two cores: the checks and the unit tests, and the production
 * build with the journeys in the browser on it, which wait more than they work. Every step runs, whatever failed before; the last line
 * is the total.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { prepareBuild, preparePackages, root } from "./prepare.mjs";
import { ChildFailed, run } from "./run.mjs";
import { orSayWhy } from "./serve.mjs";
import { ownTmp } from "./tmp.mjs";

const results = path.join(root, ".cache", "test-results");
const total = { passed: 0, failed: 0 };

process.chdir(root);
ownTmp();
await orSayWhy(preparePackages);
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

await Promise.all([checksAndUnits(), buildAndBrowser()]);

console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 ? 1 : 0);

async function checksAndUnits() {
  await check("style", "@biomejs/biome", "biome", ["check", "--error-on-warnings", "."]);
  const code = ["app", "components", "lib", "bin", "e2e", "prisma", "instrumentation.ts", "proxy.ts"];
  await check("imports", "dependency-cruiser", "depcruise", [...code, "--config", ".dependency-cruiser.cjs"]);
  await check("nothing unused", "knip", "knip", []);
  await units();
}

async function buildAndBrowser() {
  const built = await step("build", prepareBuild);
  await step("browser", async () => {
    await import("./tsx.mjs");
    const { findChromium } = await import("../e2e/support/chromium.ts");
    await findChromium();
  });
  // After the build, which writes the types of the routes. By the native compiler, a third of the work; Next builds with the other.
  await check("types", "typescript-native", "tsc", ["--noEmit", "-p", "."]);
  if (built) await journeys();
  else count("journeys", 0, 1, "The journeys did not run: there is no build.");
}

async function units() {
  const file = path.join(results, "vitest.json");
  const said = await attempt(() =>
    tool("vitest", "vitest", [
      "run",
      "--maxWorkers=2",
      "--reporter=dot",
      "--reporter=json",
      `--outputFile.json=${file}`,
    ]),
  );
  const report = readReport(file);
  if (!report) return count("unit tests", 0, 1, said.text);
  // A file that does not even load holds tests that nobody counted.
  const broken = report.testResults.filter(
    (suite) => suite.status === "failed" && suite.assertionResults.length === 0,
  ).length;
  const failed = report.numFailedTests + broken;
  count("unit tests", report.numPassedTests, failed === 0 && said.failed ? 1 : failed, said.text);
}

async function journeys() {
  const file = path.join(results, "playwright.json");
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: file };
  const said = await attempt(() => tool("@playwright/test", "playwright", ["test", "--reporter=list,json"], env));
  const report = readReport(file);
  if (!report) return count("journeys", 0, 1, said.text);
  const { expected, unexpected, flaky } = report.stats;
  const twice = flaky > 0 ? `${flaky} of them only at the second look; ` : "";
  count("journeys", expected + flaky, unexpected === 0 && said.failed ? 1 : unexpected, `${twice}${said.text}`);
}

function check(name, of, bin, args) {
  return step(name, () => tool(of, bin, args));
}

/** One step that counts as one test. True when it passed. */
async function step(name, work) {
  const said = await attempt(work);
  count(name, said.failed ? 0 : 1, said.failed ? 1 : 0, said.text);
  return !said.failed;
}

async function attempt(work) {
  const started = Date.now();
  const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
  try {
    await work();
    return { failed: false, text: seconds() };
  } catch (error) {
    return { failed: true, text: `${error instanceof ChildFailed ? error.message : error.stack}\n${seconds()}` };
  }
}

function count(name, passed, failed, text) {
  total.passed += passed;
  total.failed += failed;
  console.log(`${failed > 0 ? "FAILED" : "ok"}  ${name}: ${passed} passed, ${failed} failed; ${text}`);
}

/** A program of a package, as its package.json names it: no npx, no shell. */
function tool(of, bin, args, env = process.env) {
  const folder = path.join(root, "node_modules", of);
  const { bin: bins } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  const script = path.join(folder, typeof bins === "string" ? bins : bins[bin]);
  return run(process.execPath, [script], args, { cwd: root, env, quiet: true });
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
}
