/**
 * A zip as a stream: entries as they come, nothing written to disk, every limit held while it unpacks. What a zip says of its own sizes is
 * not believed; the count at its end is compared with what came.
 */
import { Unzip, UnzipInflate } from "fflate";
import { BadFile } from "../foreign";
import type { Bytes } from "../utf8";

export type ZipEntry = { readonly name: string; readonly bytes: Uint8Array };

export type ZipLimits = {
  readonly entries: number;
  /** Bytes of one entry, unpacked. */
  readonly entry: number;
  /** Bytes of all entries that are wanted, unpacked: they may all wait on the disk at once (spool.ts). */
  readonly total: number;
  /** Unpacked bytes for each packed one, of the whole zip. */
  readonly ratio: number;
};

const MIB = 1024 * 1024;
export const ZIP_LIMITS: ZipLimits = { entries: 50_000, entry: 32 * MIB, total: 1024 * MIB, ratio: 250 };

/** Small enough that the worst piece (a ratio of 1,032) stays small. */
const PIECE = 16 * 1024;
/** The end record and the longest comment. */
const TAIL = 22 + 65_535;

export const isZip = (head: Uint8Array): boolean =>
  head[0] === 0x50 && head[1] === 0x4b && (head[2] === 0x03 || head[2] === 0x05);

/** Throws BadFile. Folders and what macOS adds are not given; nor is what is not wanted, though it is unpacked to be counted. */
export async function* readZip(
  stream: Bytes,
  wanted: (name: string) => boolean,
  limits: ZipLimits = ZIP_LIMITS,
): AsyncGenerator<ZipEntry> {
  const done: ZipEntry[] = [];
  const names = new Set<string>();
  let [packed, unpacked, kept, seen, open] = [0, 0, 0, 0, 0];
  let tail = new Uint8Array(0);
  const unzip = new Unzip((file) => {
    const name = file.name.replaceAll("\\", "/");
    seen++;
    checkName(name, names);
    names.add(name);
    if (seen > limits.entries) throw new BadFile("too-many", `The zip holds more than ${limits.entries} files.`);
    if (file.compression !== 0 && file.compression !== 8)
      throw new BadFile("unsupported", `${shown(name)} is packed in a way that is not read (${file.compression}).`);
    const keep = isFile(name) && wanted(name);
    const chunks: Uint8Array[] = [];
    let size = 0;
    open++;
    file.ondata = (error, chunk, final) => {
      if (error) throw error;
      size += chunk.length;
      unpacked += chunk.length;
      if (keep) kept += chunk.length;
      check(name, size, unpacked, packed, kept, limits);
      if (keep) chunks.push(chunk);
      if (!final) return;
      open--;
      if (keep) done.push({ name, bytes: Buffer.concat(chunks, size) });
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  for await (const chunk of stream)
    for (let at = 0; at < chunk.length; at += PIECE) {
      const piece = chunk.slice(at, at + PIECE);
      packed += piece.length;
      tail = Buffer.concat([tail, piece]).subarray(-TAIL);
      push(unzip, piece, false);
      yield* done.splice(0);
    }
  push(unzip, new Uint8Array(0), true);
  yield* done.splice(0);
  checkEnd(tail, seen, open);
}

function push(unzip: Unzip, piece: Uint8Array, final: boolean): void {
  try {
    unzip.push(piece, final);
  } catch (error) {
    if (error instanceof BadFile) throw error;
    if (final) return; // what is missing at the end is said by checkEnd
    throw new BadFile(
      "not-zip",
      `The zip is damaged: ${error instanceof Error ? error.message : "it cannot be unpacked"}.`,
    );
  }
}

function check(name: string, size: number, unpacked: number, packed: number, kept: number, limits: ZipLimits): void {
  const mib = (bytes: number) => `${bytes / MIB} MiB`;
  if (unpacked > MIB && unpacked > packed * limits.ratio)
    throw new BadFile(
      "too-large",
      `The zip unpacks to more than ${limits.ratio} times its size; it is not read further.`,
    );
  if (size > limits.entry) throw new BadFile("too-large", `${shown(name)} unpacks to more than ${mib(limits.entry)}.`);
  if (kept > limits.total)
    throw new BadFile("too-large", `The zip unpacks to more than ${mib(limits.total)}. Send it in parts.`);
}

function checkName(name: string, names: ReadonlySet<string>): void {
  const parts = name.split("/");
  if (name.startsWith("/") || /^[A-Za-z]:/.test(name) || parts.includes("..") || name.includes("\0"))
    throw new BadFile("bad-name", `The zip holds a file named ${shown(name)}, which leads out of it.`);
  if (names.has(name)) throw new BadFile("duplicate-id", `The zip holds ${shown(name)} twice.`);
}

function checkEnd(tail: Uint8Array, seen: number, open: number): void {
  const at = Buffer.from(tail).lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (at === -1 || open > 0) throw new BadFile("cut-off", "The zip is cut off, or is none.");
  const said = Buffer.from(tail).readUInt16LE(at + 10);
  if (said !== 0xffff && said !== (seen & 0xffff))
    throw new BadFile("not-zip", `The zip says that it holds ${said} files, but ${seen} came.`);
}

const isFile = (name: string): boolean => !name.endsWith("/") && !/(?:^|\/)(?:__MACOSX\/|\.DS_Store$|\._)/.test(name);

const shown = (name: string): string => [...name.replace(/\p{Cc}/gu, "\ufffd")].slice(0, 120).join("");
