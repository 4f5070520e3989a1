/**
 * What was in a zip until the zip is read to its end, because only then is it known what belongs together: a little of it in memory, the rest
 * in a file that has no name any more while it is written, so that nothing is left on the disk, however the process ends.
 */
import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { type FileHandle, mkdir, open, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { BadFile, guarded } from "../foreign";
import type { ReadItem } from "../native";

/** Bytes that wait in memory. */
const HELD = 4 * 1024 * 1024;

/** `sha256` tells two texts apart without having them. */
export type Kept = { readonly at: number; readonly size: number; readonly sha256: string };

/** A reader that needs a spool; it is gone when the last item was taken, or no more are wanted. */
export async function* spooled(
  name: string | null,
  read: (spool: Spool) => AsyncIterable<ReadItem>,
): AsyncGenerator<ReadItem> {
  const spool = new Spool();
  try {
    yield* guarded(name, read(spool));
  } finally {
    await spool.close();
  }
}

export class Spool {
  private file: FileHandle | null = null;
  private held: Uint8Array[] = [];
  private whole: Buffer | null = null;
  private size = 0;
  private written = 0;

  async put(content: string | Uint8Array): Promise<Kept> {
    const bytes = typeof content === "string" ? Buffer.from(content, "utf8") : content;
    const kept = { at: this.size, size: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
    this.held.push(bytes);
    this.whole = null;
    this.size += bytes.length;
    if (this.size - this.written > HELD) await this.write();
    return kept;
  }

  async get({ at, size }: Kept): Promise<Buffer> {
    if (at >= this.written) {
      // One piece from the first time on.
      const held = this.whole ?? Buffer.concat(this.held);
      this.whole = held;
      return held.subarray(at - this.written, at - this.written + size);
    }
    const bytes = Buffer.alloc(size);
    for (let done = 0; done < size; ) {
      const { bytesRead } = (await this.file?.read(bytes, done, size - done, at + done)) ?? { bytesRead: 0 };
      if (bytesRead === 0) throw new Error("a spool is shorter than what was written");
      done += bytesRead;
    }
    return bytes;
  }

  async text(kept: Kept): Promise<string> {
    return (await this.get(kept)).toString("utf8");
  }

  async close(): Promise<void> {
    await this.file?.close();
    this.file = null;
    this.held = [];
  }

  private async write(): Promise<void> {
    try {
      this.file ??= await unnamed();
      for (const bytes of this.held) {
        for (let done = 0; done < bytes.length; ) {
          const { bytesWritten } = await this.file.write(bytes, done, bytes.length - done, this.written + done);
          done += bytesWritten;
        }
        this.written += bytes.length;
      }
      this.held = [];
      this.whole = null;
    } catch (error) {
      if (!/ENOSPC|EDQUOT/.test(String(error))) throw error;
      throw new BadFile("no-room", "There is no room left on the disk to unpack this zip.");
    }
  }
}

/** In the data dir, where uploads are; a command that has none takes the system's own place. */
async function unnamed(): Promise<FileHandle> {
  const data = process.env.GLOSS_DATA_DIR;
  const folder = data && existsSync(data) ? path.resolve(data, "uploads") : tmpdir();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const name = path.join(folder, `unpacked-${randomUUID()}`);
  const file = await open(name, "wx+", 0o600);
  await unlink(name);
  return file;
}
