/** What commands read, print and say: machine output to standard output, words to standard error. */
import { createReadStream, createWriteStream, existsSync, rmSync, statSync } from "node:fs";
import { rename } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { PlacedFault } from "../formats/native";
import type { Bytes } from "../formats/utf8";
import type { Refusal } from "../result";

/** Exit 2: the command was not written right. The command's usage is shown below the message. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Exit 1: refused, or a fault was found. The message says all there is to say. */
export class Refused extends Error {
  override readonly name = "Refused";
}

/** npm runs a script in the package's folder; files are named from where the person stands. */
export const pathOf = (name: string): string => path.resolve(process.env.INIT_CWD ?? process.cwd(), name);

export const say = (words: string): void => {
  process.stderr.write(`${words}\n`);
};

/** One line of machine output. Waits while the reader is slow. */
export async function print(line: string): Promise<void> {
  if (!process.stdout.write(`${line}\n`)) await new Promise((resolve) => process.stdout.once("drain", resolve));
}

export const printJson = (value: unknown): Promise<void> => print(JSON.stringify(value));

/** Where a file is that must be there. */
export function existingFile(name: string): string {
  const file = pathOf(name);
  if (!existsSync(file)) throw new Refused(`There is no file ${name}.`);
  if (!statSync(file).isFile()) throw new Refused(`${name} is not a file.`);
  return file;
}

/** A file's bytes; "-" is standard input. */
export function bytesOfFile(name: string): Bytes {
  return name === "-" ? process.stdin : createReadStream(existingFile(name), { highWaterMark: 256 * 1024 });
}

/** To a file, which is whole or not there; "-" is standard output. */
export async function writeTo(name: string, chunks: AsyncIterable<string | Uint8Array>): Promise<void> {
  if (name === "-") {
    for await (const chunk of chunks)
      if (!process.stdout.write(chunk)) await new Promise((resolve) => process.stdout.once("drain", resolve));
    return;
  }
  const file = pathOf(name);
  const partial = `${file}.partial-${process.pid}`;
  try {
    await pipeline(Readable.from(chunks), createWriteStream(partial));
    await rename(partial, file);
  } finally {
    rmSync(partial, { force: true });
  }
}

/** "weir.jsonl: line 57: text: The text is empty." */
export function faultInWords({ file, line, path: at, message, excerpt }: PlacedFault): string {
  const place = [file, line === undefined ? null : `line ${line}`, at].filter(Boolean).join(": ");
  return `${place === "" ? "" : `${place}: `}${message}${excerpt ? `\n  ${excerpt}` : ""}`;
}

/** A use case's refusal as the end of the command. */
export function refusedBy(refusal: Refusal): Refused {
  return new Refused([refusal.message, ...refusal.errors.map(faultInWords)].join("\n"));
}
