/** `npm run --silent gloss -- COMMAND`: the commands of lib/cli. Exit 0 done, 1 refused or found a fault, 2 wrong usage. */
import { preparePackages } from "./prepare.mjs";
import { orSayWhy } from "./serve.mjs";

await orSayWhy(preparePackages);
await import("./tsx.mjs");
await import("../lib/cli/main.ts");
