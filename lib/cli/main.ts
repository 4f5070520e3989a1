/** The entry of `npm run gloss`: runs one command and exits with its code. */
import { fileURLToPath } from "node:url";
import { dispatch } from "./dispatch";
import { say } from "./io";

// A reader that has seen enough (`| head`) is no fault.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

// Files that are named are found from where the person stands; the project's own from its root.
process.env.INIT_CWD ??= process.cwd();
process.chdir(fileURLToPath(new URL("../..", import.meta.url)));

try {
  process.exitCode = await dispatch(process.argv.slice(2));
} catch (error) {
  say(error instanceof Error ? `${error.message}\n${error.stack ?? ""}` : String(error));
  process.exitCode = 1;
}
