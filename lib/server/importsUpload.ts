/**
 * The body of an import, put on disk first: so that its size costs no memory, a slow sender holds no transaction open, and work that the
 * database wants done again can read it again. Nothing of it is left behind afterwards.
 */
import { randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import busboy from "busboy";
import { type Fault, invalid, ok, type Refusal, type Result, refuse } from "../result";
import { isWellFormed } from "../text/wellformed";
import { errorText } from "./db";
import { hasRoom } from "./disk";
import { log, whatFailed } from "./log";

export type ImportFile = {
  /** As the sender calls it, for reports and titles; never a path here. */
  readonly name: string | null;
  /** Where Gloss itself got it. */
  readonly fetched?: { readonly url: string; readonly at: Date };
  readonly open: () => AsyncIterable<Uint8Array>;
};

export type Upload = {
  readonly files: readonly ImportFile[];
  /** The form's field `mapping`, as it came. */
  readonly mapping: string | null;
  readonly discard: () => Promise<void>;
};

type Form = { readonly files: readonly Spooled[]; readonly mapping: string | null };

const MOST_FILES = 1_000;
const LONGEST_NAME = 255;
const LONGEST_MAPPING = 200_000;
/** Bytes between two looks at how full the disk is. */
const LOOK_EVERY = 32 * 1024 * 1024;
const STALE_MS = 24 * 60 * 60 * 1000;

const folder = () => path.resolve(process.env.GLOSS_DATA_DIR || ".gloss", "uploads");

/**
 * Takes the raw body as one file, or every `file` of a multipart form. Refuses: unsupported (compressed, unless `zips` and a zip, or no file in the form), malformed
 * (a broken form), invalid (a name that cannot be), unavailable (no room on the disk).
 */
export async function receive(request: Request, name: string | null, zips: boolean): Promise<Result<Upload>> {
  const encoding = request.headers.get("content-encoding");
  if (encoding && encoding !== "identity")
    return refuse("unsupported", "Compressed bodies are not taken. Send the file as it is.");
  const type = request.headers.get("content-type") ?? "";
  const home = path.join(folder(), randomUUID());
  const discard = () => rm(home, { recursive: true, force: true });
  try {
    await mkdir(home, { recursive: true, mode: 0o700 });
    void clearStale();
    const multipart = /^multipart\//i.test(type);
    const files = multipart ? await receiveForm(request, type, home) : await receiveBody(request, name, home);
    const compressed = files.ok ? await compressedFault(files.value.files, zips) : null;
    const refusal = files.ok ? compressed : files;
    if (refusal) {
      await discard();
      return refusal;
    }
    if (!files.ok) return files;
    return ok({ files: files.value.files.map(asImport), mapping: files.value.mapping, discard });
  } catch (error) {
    await discard().catch(() => undefined);
    if (error instanceof NoRoom)
      return refuse("too-large", "The file is larger than the server's disk has room for. Nothing was imported.");
    if (/ENOSPC|EDQUOT/.test(errorText(error)))
      return refuse("unavailable", "There is no room left on the server's disk. Nothing was imported.", [], 60);
    if (/ENOENT|EACCES|EROFS|EPERM/.test(errorText(error))) throw error;
    // The sender went away, or sent what is no form.
    return refuse("malformed", "The body broke off or could not be read. Nothing was imported.");
  }
}

type Spooled = { readonly name: string | null; readonly path: string };

const asImport = (file: Spooled): ImportFile => ({
  name: file.name,
  open: () => createReadStream(file.path, { highWaterMark: 256 * 1024 }),
});

class NoRoom extends Error {}

/** Of any size, but not so that it fills the disk: a body may have no end. */
async function* chunksOf(body: ReadableStream<Uint8Array> | null, home: string): AsyncGenerator<Uint8Array> {
  if (!body) return;
  const reader = body.getReader();
  let unseen = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
      unseen += value.length;
      if (unseen < LOOK_EVERY) continue;
      unseen = 0;
      if (!(await hasRoom(home))) throw new NoRoom();
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function receiveBody(request: Request, name: string | null, home: string): Promise<Result<Form>> {
  const wrong = nameFaults(name, "name");
  if (wrong.length > 0) return invalid(wrong);
  const to = path.join(home, "0");
  await pipeline(chunksOf(request.body, home), createWriteStream(to, { mode: 0o600 }));
  return ok({ files: [{ name: tidyName(name), path: to }], mapping: null });
}

async function receiveForm(request: Request, type: string, home: string): Promise<Result<Form>> {
  let mapping: string | null = null;
  const files: Spooled[] = [];
  const writes: Promise<void>[] = [];
  const faults: Fault[] = [];
  const unknown = (field: string) =>
    faults.push({
      path: field.slice(0, 100),
      code: "unknown-field",
      message: "Only files called file, and a field called mapping, are taken here.",
    });
  const form = busboy({
    headers: { "content-type": type },
    defParamCharset: "utf8",
    limits: { files: MOST_FILES, fields: 10, fieldSize: LONGEST_MAPPING, parts: MOST_FILES + 20 },
  });
  form.on("field", (field, value, { valueTruncated }) => {
    if (field !== "mapping" || valueTruncated) unknown(field);
    else mapping = value;
  });
  form.on("filesLimit", () =>
    faults.push({ path: "file", code: "too-many", message: `At most ${MOST_FILES} files at once.` }),
  );
  form.on("file", (field, stream, { filename }) => {
    const name = filename || null;
    const wrong = nameFaults(name, "file");
    if (field !== "file") unknown(field);
    faults.push(...wrong);
    if (field !== "file" || wrong.length > 0) {
      stream.resume();
      return;
    }
    const to = path.join(home, String(files.length));
    files.push({ name: tidyName(name), path: to });
    writes.push(pipeline(stream, createWriteStream(to, { mode: 0o600 })));
  });
  const parsed = pipeline(Readable.from(chunksOf(request.body, home)), form);
  try {
    await parsed;
  } finally {
    await Promise.allSettled(writes);
  }
  await Promise.all(writes);
  if (faults.length > 0) return invalid(faults.slice(0, 20));
  if (files.length === 0)
    return invalid([{ path: "file", code: "required", message: "The form holds no file. Send it as file." }]);
  return ok({ files, mapping });
}

const nameFaults = (name: string | null, at: string): readonly Fault[] =>
  name === null || isWellFormed(name)
    ? []
    : [{ path: at, code: "not-well-formed", message: "The file's name holds a NUL or half a character." }];

/** What a name may do to a line of a report is taken from it: folders, control characters, marks that turn the direction of writing. */
export function tidyName(name: string | null): string | null {
  const last = (name ?? "")
    .replace(/^.*[\\/]/, "")
    .replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "\ufffd");
  return [...last].slice(0, LONGEST_NAME).join("") || null;
}

const PACKED: readonly (readonly [string, string])[] = [
  ["1f8b", "gzip"],
  ["504b0304", "zip"],
  ["504b0506", "zip"],
  ["28b52ffd", "zstd"],
  ["425a68", "bzip2"],
  ["fd377a585a00", "xz"],
  ["377abcaf271c", "7z"],
];

/** Only some formats come as a zip, and none is packed in another way, so a packed file is best told so. */
async function compressedFault(files: readonly Spooled[], zips: boolean): Promise<Refusal | null> {
  for (const file of files) {
    const handle = await open(file.path, "r");
    const head = Buffer.alloc(8);
    try {
      await handle.read(head, 0, 8, 0);
    } finally {
      await handle.close();
    }
    const hex = head.toString("hex");
    const packed = PACKED.find(([magic]) => hex.startsWith(magic));
    if (!packed || (zips && packed[1] === "zip")) continue;
    const message = `${file.name ?? "The body"} is packed (${packed[1]}). Unpack it and send what is inside.`;
    return refuse("unsupported", message, [{ path: "file", code: "compressed", message }]);
  }
  return null;
}

let cleared = false;

/** What a killed process left, once a process. */
async function clearStale(): Promise<void> {
  if (cleared) return;
  cleared = true;
  try {
    for (const name of await readdir(folder())) {
      const left = path.join(folder(), name);
      const { mtimeMs } = await stat(left);
      if (Date.now() - mtimeMs > STALE_MS) await rm(left, { recursive: true, force: true });
    }
  } catch (error) {
    log.warn({ err: whatFailed(error) }, "old uploads could not be cleared");
  }
}
