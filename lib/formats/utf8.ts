/** UTF-8 in, or the byte that is none named. Nothing is ever replaced by U+FFFD. */

export type Bytes = AsyncIterable<Uint8Array>;

export type Utf8Fault = { readonly offset: number; readonly byte: number; readonly message: string };

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The BOM, if there is one, stays in the text: dropping it is the caller's decision. */
export function decodeUtf8(bytes: Uint8Array): { readonly text: string } | { readonly fault: Utf8Fault } {
  try {
    return { text: decoder.decode(bytes) };
  } catch {
    return { fault: describe(bytes) };
  }
}

function describe(bytes: Uint8Array): Utf8Fault {
  const offset = validUpTo(bytes);
  const byte = bytes[offset] ?? 0;
  const [a, b] = bytes;
  const utf16 = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);
  const name = `0x${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  const message = utf16
    ? "This is UTF-16, not UTF-8. Save it as UTF-8 and try again."
    : `Not UTF-8: byte ${name} at byte ${offset}. Save it as UTF-8 and try again.`;
  return { offset, byte, message };
}

/** How many bytes from the start are whole, valid characters (Unicode 15, table 3-7). */
function validUpTo(bytes: Uint8Array): number {
  let i = 0;
  while (i < bytes.length) {
    const size = sizeAt(bytes, i);
    if (size === 0) return i;
    i += size;
  }
  return i;
}

const tail = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;
const within = (byte: number | undefined, low: number, high: number): boolean =>
  byte !== undefined && byte >= low && byte <= high;

/** Bytes of the character that starts here; 0 when none does. */
function sizeAt(bytes: Uint8Array, i: number): 0 | 1 | 2 | 3 | 4 {
  const lead = bytes[i] ?? 0;
  const second = bytes[i + 1];
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return tail(second) ? 2 : 0;
  if (lead >= 0xe0 && lead <= 0xef) {
    const good = within(second, lead === 0xe0 ? 0xa0 : 0x80, lead === 0xed ? 0x9f : 0xbf);
    return good && tail(bytes[i + 2]) ? 3 : 0;
  }
  if (lead >= 0xf0 && lead <= 0xf4) {
    const good = within(second, lead === 0xf0 ? 0x90 : 0x80, lead === 0xf4 ? 0x8f : 0xbf);
    return good && tail(bytes[i + 2]) && tail(bytes[i + 3]) ? 4 : 0;
  }
  return 0;
}

/** The whole of a stream, or null when it is longer than `most` bytes; then the rest is not read. */
export async function collect(stream: Bytes, most: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > most) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

export async function* bytesOf(...texts: readonly string[]): Bytes {
  for (const text of texts) yield Buffer.from(text, "utf8");
}

export async function* bytesOfBuffer(bytes: Uint8Array): Bytes {
  yield bytes;
}

export class Utf8Error extends Error {
  override readonly name = "Utf8Error";
  constructor(
    /** Bytes from the start of the stream. */
    readonly offset: number,
    message: string,
  ) {
    super(message);
  }
}

/** A stream as text, without its BOM; throws Utf8Error at the first byte that is none. */
export async function* decodeStream(stream: Bytes): AsyncGenerator<string> {
  let rest: Uint8Array = new Uint8Array(0);
  let before = 0;
  for await (const chunk of stream) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const whole = bytes.subarray(0, bytes.length - unfinished(bytes));
    const text = part(whole, before);
    rest = bytes.slice(whole.length);
    if (text !== "") yield before === 0 ? text.replace(/^\ufeff/, "") : text;
    before += whole.length;
  }
  if (rest.length > 0) yield part(rest, before);
}

function part(bytes: Uint8Array, before: number): string {
  const decoded = decodeUtf8(bytes);
  if ("text" in decoded) return decoded.text;
  const { offset, message } = decoded.fault;
  throw new Utf8Error(before + offset, message.replace(`byte ${offset}.`, `byte ${before + offset}.`));
}

/** How many bytes at the end may be the beginning of a character that goes on in the next chunk. */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 1;
    return size > back ? back : 0;
  }
  return 0;
}
