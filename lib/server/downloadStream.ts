/** A download that is made as it is read, as a stream of bytes: a reader that is slow or gone holds nothing up for ever. */
import { log, whatFailed } from "./log";

/** A reader that takes nothing for so long is gone, whatever the network says; milliseconds. */
const PATIENCE = 2 * 60_000;
const CHUNK = 64 * 1024;

/**
 * `end` is called once, however it ends. What is wrong from the start is thrown; what breaks later breaks the stream off with an error, so that
 * a file that is short is never whole.
 */
export async function streamOf(
  texts: AsyncIterable<string | Uint8Array>,
  end: () => Promise<void> = async () => undefined,
): Promise<ReadableStream<Uint8Array>> {
  const chunks = chunked(texts);
  let next: IteratorResult<Uint8Array> | null = await chunks.next();
  let timer: NodeJS.Timeout | undefined;
  const stop = async () => {
    clearTimeout(timer);
    await chunks.return(undefined).catch(() => undefined);
    await end();
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        clearTimeout(timer);
        try {
          const { done, value } = next ?? (await chunks.next());
          next = null;
          if (done) {
            await stop();
            controller.close();
            return;
          }
          controller.enqueue(value);
          timer = setTimeout(() => {
            controller.error(new Error("the reader of a download went silent"));
            void stop();
          }, PATIENCE);
        } catch (error) {
          log.error({ err: whatFailed(error) }, "a download broke off");
          await stop();
          controller.error(error);
        }
      },
      cancel: stop,
    },
    { highWaterMark: 0 },
  );
}

/** UTF-8 in pieces of some size, so that small lines do not become small writes. */
async function* chunked(texts: AsyncIterable<string | Uint8Array>): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = [];
  let size = 0;
  for await (const text of texts) {
    const bytes = typeof text === "string" ? Buffer.from(text, "utf8") : text;
    parts.push(bytes);
    size += bytes.length;
    if (size < CHUNK) continue;
    yield Buffer.concat(parts, size);
    parts = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(parts, size);
}
