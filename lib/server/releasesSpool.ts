/** A release's articles on their way into its files: read once out of one snapshot of the database, then from a file beside the data. */
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { finished } from "node:stream/promises";
import { splitLines } from "../formats/lines";
import type { NativeArticle } from "../formats/native";
import { ownArticle } from "../formats/native-read";
import { articleLine } from "../formats/native-write";
import type { Job } from "./jobs";

export type Spool = {
  readonly add: (article: NativeArticle) => Promise<void>;
  /** No more comes. */
  readonly end: () => Promise<void>;
  readonly articles: () => AsyncGenerator<NativeArticle>;
  readonly remove: () => Promise<void>;
};

/** In a folder of the job's own, which an earlier start may have left. */
export async function openSpool(job: Job): Promise<Spool> {
  const folder = path.join(process.env.GLOSS_DATA_DIR ?? tmpdir(), "jobs", job.id);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, "articles.jsonl");
  const out = createWriteStream(file, { mode: 0o600 });
  // Told where it is awaited; without a listener a full disk would end the process.
  const written = finished(out);
  written.catch(() => undefined);
  return {
    async add(article) {
      if (!out.write(`${JSON.stringify(articleLine(article))}\n`))
        await Promise.race([new Promise<void>((done) => out.once("drain", () => done())), written]);
    },
    async end() {
      out.end();
      await written;
    },
    async *articles() {
      // Our own lines may be longer than one that an import takes.
      for await (const { bytes } of splitLines(
        createReadStream(file, { highWaterMark: 256 * 1024 }),
        Number.MAX_SAFE_INTEGER,
      )) {
        yield ownArticle(Buffer.from(bytes ?? []).toString("utf8"));
      }
    },
    async remove() {
      out.destroy();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
