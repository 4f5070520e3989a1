/** A zip as a stream, entry by entry; the list of names at its end is all that stays in memory. */
import { Zip, ZipDeflate } from "fflate";

export type ZipOut = { readonly name: string; readonly data: string };

/** Every entry has the same date, so that the same articles make the same bytes. */
const DATE = new Date(1980, 0, 2);

export async function* writeZip(entries: AsyncIterable<ZipOut>): AsyncGenerator<Uint8Array> {
  let chunks: Uint8Array[] = [];
  let failed: Error | null = null;
  const zip = new Zip((error, chunk) => {
    if (error) failed = error;
    else chunks.push(chunk);
  });
  const take = (): Uint8Array[] => {
    if (failed) throw failed;
    const taken = chunks;
    chunks = [];
    return taken;
  };
  for await (const { name, data } of entries) {
    const file = new ZipDeflate(name, { level: 6 });
    file.mtime = DATE;
    zip.add(file);
    file.push(Buffer.from(data, "utf8"), true);
    yield* take();
  }
  zip.end();
  yield* take();
}
