/** Arguments of a command, by node:util's parseArgs, with its complaints as wrong usage. */
import { type ParseArgsConfig, parseArgs } from "node:util";
import { UsageError } from "./io";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** `positionals`: how many at least and at most. */
export function argumentsOf<const O extends Options>(
  argv: readonly string[],
  options: O,
  positionals: readonly [least: number, most: number],
) {
  try {
    const parsed = parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
    const [least, most] = positionals;
    if (parsed.positionals.length < least) throw new UsageError("Something is missing.");
    if (parsed.positionals.length > most) throw new UsageError(`What is ${parsed.positionals[most]} for?`);
    return parsed;
  } catch (error) {
    if (error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS"))
      throw new UsageError(error.message);
    throw error;
  }
}

/** One of the words, or wrong usage. */
export function oneOf<const T extends string>(name: string, value: string | undefined, words: readonly T[]): T {
  const found = words.find((word) => word === value);
  if (found === undefined)
    throw new UsageError(`${name} must be one of: ${words.join(", ")}${value === undefined ? "" : `; not ${value}`}.`);
  return found;
}

export function needed(name: string, value: string | undefined): string {
  if (!value) throw new UsageError(`${name} is missing.`);
  return value;
}
