/** The first bytes of a stream, and the stream from its start; `close` for who reads no further. */
import type { Bytes } from "./utf8";

export type Peeked = { readonly head: Uint8Array; readonly rest: Bytes; readonly close: () => Promise<unknown> };

export async function peeked(stream: Bytes, most = 4): Promise<Peeked> {
  const iterator = stream[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (size < most) {
    const next = await iterator.next();
    if (next.done) break;
    chunks.push(next.value);
    size += next.value.length;
  }
  return {
    head: Buffer.concat(chunks).subarray(0, most),
    rest: again(chunks, iterator),
    close: async () => iterator.return?.(),
  };
}

async function* again(chunks: readonly Uint8Array[], iterator: AsyncIterator<Uint8Array>): Bytes {
  yield* chunks;
  try {
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.();
  }
}
