/**
 * What must be there before Gloss can run: packages, the generated database client, the production build. Each is made only when it is
 * missing or older than what it is made from. Node only: on a fresh clone there is nothing else yet.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { withLock } from "./lock.mjs";
import { run } from "./run.mjs";
import { shareTmp } from "./tmp.mjs";

export const root = fileURLToPath(new URL("..", import.meta.url)).replace(/[/\\]$/, "");
const at = (...parts) => path.join(root, ...parts);
const lock = at(".cache", "prepare.lock");

export function needNode(major = 20, minor = 19) {
  const [haveMajor = 0, haveMinor = 0] = process.versions.node.split(".").map(Number);
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) return;
  console.error(`Gloss needs Node ${major}.${minor} or later; this is ${process.versions.node}.`);
  process.exit(1);
}

/** Packages and the generated client: what every command needs. */
export async function preparePackages() {
  needNode();
  shareTmp();
  await makeOnce(packagesAreThere, "Installing packages (about a minute)", install);
  await makeOnce(clientIsThere, "Generating the database client", generate);
}

/** The production build. */
export async function prepareBuild() {
  await makeOnce(buildIsThere, "Building the app (about a minute)", build);
}

/** `make` under a lock, unless it is there already, or another start made it while this one waited. */
async function makeOnce(isThere, what, make) {
  if (isThere()) return;
  mkdirSync(path.dirname(lock), { recursive: true });
  await withLock(lock, async () => {
    if (isThere()) return;
    const started = Date.now();
    console.error(`${what} …`);
    await make();
    console.error(`${what} … done in ${Math.round((Date.now() - started) / 1000)} s`);
  });
}

// ---------------------------------------------------------------- packages

/** npm keeps the lock of what it installed in node_modules; every package of our lock must be in it at the same version. */
function packagesAreThere() {
  const installed = at("node_modules", ".package-lock.json");
  if (!existsSync(installed)) return false;
  const have = JSON.parse(readFileSync(installed, "utf8")).packages;
  const want = JSON.parse(readFileSync(at("package-lock.json"), "utf8")).packages;
  return Object.entries(want).every(
    ([name, entry]) => name === "" || entry.optional || entry.devOptional || have[name]?.version === entry.version,
  );
}

// NODE_ENV may be production, and the build needs what npm calls development packages.
const install = () =>
  run(...npm(), ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: root, quiet: true });

/** npm as whoever started us runs it. */
function npm() {
  const script = process.env.npm_execpath;
  return script && /\.c?js$/.test(script) ? [process.execPath, [script]] : ["npm", []];
}

// ---------------------------------------------------------------- the generated client

const clientStamp = at("generated", "prisma", "made-from");

const clientHash = () => hashOf([at("prisma", "schema.prisma"), at("node_modules", "prisma", "package.json")]);

const clientIsThere = () => existsSync(clientStamp) && readFileSync(clientStamp, "utf8") === clientHash();

async function generate() {
  const hash = clientHash();
  await run(process.execPath, [at("node_modules", "prisma", "build", "index.js")], ["generate"], {
    cwd: root,
    quiet: true,
  });
  writeFileSync(clientStamp, hash);
}

// ---------------------------------------------------------------- the build

const buildStamp = at(".next", "made-from");
const buildSources = ["app", "components", "generated", "lib", "prisma", "public"];

/** Every file that can change what is built: the folders above without tests, and all files beside package.json. */
function sources() {
  const beside = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|js|mjs|cjs|json)$/.test(entry.name))
    .filter((entry) => !/^(next-env\.d\.ts|vitest\.config|playwright\.config|knip|biome)/.test(entry.name))
    .map((entry) => at(entry.name));
  const inside = buildSources
    .filter((folder) => existsSync(at(folder)))
    .flatMap((folder) =>
      readdirSync(at(folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !/\.test\.tsx?$|^made-from$/.test(entry.name))
        .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name)),
    );
  return [...beside, ...inside].sort();
}

const buildIsThere = () =>
  existsSync(at(".next", "BUILD_ID")) &&
  existsSync(buildStamp) &&
  readFileSync(buildStamp, "utf8") === hashOf(sources());

async function build() {
  rmSync(buildStamp, { force: true });
  const hash = hashOf(sources());
  await run(process.execPath, [at("node_modules", "next", "dist", "bin", "next")], ["build"], {
    cwd: root,
    quiet: true,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", GLOSS_BUILD: hash.slice(0, 16) },
  });
  writeFileSync(buildStamp, hash);
}

function hashOf(files) {
  const hash = createHash("sha256");
  for (const file of files) {
    const content = readFileSync(file);
    hash.update(`${path.relative(root, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}
