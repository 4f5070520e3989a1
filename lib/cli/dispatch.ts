/** The table of commands, and the way from a command line to an exit code: 0 done, 1 refused or a fault found, 2 wrong usage. */
import { StartRefused } from "../server/postgres/refused";
import { Refused, say, UsageError } from "./io";
import { SELECTION_USAGE } from "./selection";

type Run = (argv: readonly string[]) => Promise<number>;
type Command = { readonly usage: readonly string[]; readonly does: string; readonly load: () => Promise<Run> };

const PLACE = "[--url URL --token TOKEN]";

/** Loaded when asked for, so that a command that needs no database loads none. */
const commands: Readonly<Record<string, Command>> = {
  agreement: {
    usage: [
      "agreement FILE [--scheme FILE] [--seed N] [--replicates N] [--by outlet,reviewer,region,month] [--without-accepted] [--with-suggestions]",
    ],
    does: "every measure of agreement over native JSONL, as one JSON object",
    load: async () => (await import("./agreement")).run,
  },
  cases: {
    usage: ["cases FILE [--scheme FILE]"],
    does: "the cases of native JSONL and their suggestions, one JSON object a line",
    load: async () => (await import("./cases")).run,
  },
  convert: {
    usage: ["convert --from F --to F [--skip] [--text-column NAME] [--offset-unit utf16|grapheme|code_point] IN OUT"],
    does: "from one format to another; says what was lost",
    load: async () => (await import("./convert")).run,
  },
  rehydrate: {
    usage: ["rehydrate [--min-score 0.6] RELEASE TEXTS... OUT"],
    does: "texts back under a stand-off release; reports every span that moved or was not found, and exits 1 if any was not",
    load: async () => (await import("./rehydrate")).run,
  },
  user: {
    usage: ["user add EMAIL --name N [--admin]", "user list", "user disable EMAIL"],
    does: "accounts; the one-time link is printed",
    load: async () => (await import("./user")).run,
  },
  token: {
    usage: ["token create --user EMAIL --name N [--read-only] [--project ID]"],
    does: "prints a token, once",
    load: async () => (await import("./token")).run,
  },
  import: {
    usage: [
      `import --project ID [--format F] [--as reviews|gold|suggestions] [--on-error abort|skip] [--text-column NAME] [--offset-unit U] [--same-page version|apart] [--mapping FILE] ${PLACE} FILE...`,
    ],
    does: "files into a project",
    load: async () => (await import("./import")).run,
  },
  export: {
    usage: [
      `export --project ID [--format F] [--layer gold|reviews|all] [--versions current|all] [--reviewers ids|names|pseudonyms] ${SELECTION_USAGE} ${PLACE} [OUT]`,
    ],
    does: "a project as a file, or to standard output",
    load: async () => (await import("./export")).run,
  },
  release: {
    usage: [
      `release --project ID [--format F]... [--layer gold|reviews|all] [--splits train=0.8,dev=0.1,test=0.1] [--seed N] [--group-by story|outlet|article] [--reviewers pseudonyms|names|ids] [--stand-off] [--settled-only] [--note TEXT] ${SELECTION_USAGE} ${PLACE} [OUT]`,
    ],
    does: "a frozen, numbered release; its files into the folder OUT, each checked",
    load: async () => (await import("./release")).run,
  },
  backup: {
    usage: ["backup FILE"],
    does: "the whole database into one checksummed file",
    load: async () => (await import("./backup")).backup,
  },
  restore: {
    usage: ["restore FILE"],
    does: "a backup into an empty database",
    load: async () => (await import("./backup")).restore,
  },
  verify: {
    usage: ["verify"],
    does: "checks every promise about the data; exits 1 on any breach",
    load: async () => (await import("./verify")).run,
  },
};

const LINE = "npm run --silent gloss -- ";

const usageOf = (command: Command): string => command.usage.map((line) => `  ${LINE}${line}`).join("\n");

const help = (): string =>
  [
    "Gloss commands:",
    ...Object.values(commands).map((command) => `\n${usageOf(command)}\n      ${command.does}`),
    "\nA file called - is standard input or output. Instead of --token, GLOSS_TOKEN may be set.",
  ].join("\n");

export async function dispatch(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    say(help());
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    say(`There is no command ${name}.\n\n${help()}`);
    return 2;
  }
  if (rest.includes("--help") || rest.includes("-h")) {
    say(usageOf(command));
    return 0;
  }
  try {
    const run = await command.load();
    return await run(rest);
  } catch (error) {
    if (error instanceof UsageError) {
      say(`${error.message}\n\n${usageOf(command)}`);
      return 2;
    }
    if (error instanceof Refused || error instanceof StartRefused) {
      say(error.message);
      return 1;
    }
    throw error;
  }
}
