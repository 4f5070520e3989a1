import { prepareBuild, preparePackages, root } from "./prepare.mjs";
import { stopChildren, takeOverSignals } from "./run.mjs";

export async function startGloss({ dev }) {
  process.chdir(root);
  process.env.NODE_ENV = dev ? "development" : "production";
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  await orSayWhy(preparePackages);
  await import("./tsx.mjs");
  const { start } = await import("../lib/server/start.ts");
  takeOverSignals();
  await start({ root, dev, build: prepareBuild, stopChildren });
}

/** A step that failed has said why in its own words; the stack of the launcher says nothing more. */
export async function orSayWhy(step) {
  try {
    return await step();
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
