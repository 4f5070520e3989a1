/** `npm run bench -- NAME`: runs bench/NAME.ts. The peers it is measured beside are installed into bench/ and nowhere else. */
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { preparePackages, root } from "./prepare.mjs";
import { run } from "./run.mjs";
import { orSayWhy } from "./serve.mjs";

const folder = path.join(root, "bench");
const names = readdirSync(folder)
  .filter((name) => name.endsWith(".ts"))
  .map((name) => name.slice(0, -3));
const name = process.argv[2];
if (!name || !names.includes(name)) {
  console.error(`npm run bench -- NAME, where NAME is one of: ${names.join(", ")}`);
  process.exit(2);
}
await orSayWhy(preparePackages);
if (existsSync(path.join(folder, "package.json")) && !existsSync(path.join(folder, "node_modules"))) {
  console.error("Installing the peers to measure beside …");
  const ci = existsSync(path.join(folder, "package-lock.json")) ? "ci" : "install";
  await orSayWhy(() => run("npm", [ci, "--no-audit", "--no-fund"], [], { cwd: folder, quiet: true }));
}
process.argv.splice(1, 2, path.join(folder, `${name}.ts`)); // as if it had been run itself: its own arguments follow
await import("./tsx.mjs");
await import(`../bench/${name}.ts`);
