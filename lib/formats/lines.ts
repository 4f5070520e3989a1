/** Lines of a byte stream with bounded memory: a line that is too long is named and skipped, not kept. */
import type { Bytes } from "./utf8";

/** interface.md: each line of an import at most 16 MiB. */
export const LONGEST_LINE = 16 * 1024 * 1024;

/** `bytes` is null when the line is longer than allowed. Neither the LF nor a CR before it is part of it. */
export type Line = { readonly number: number; readonly bytes: Uint8Array | null };

const LF = 0x0a;
const CR = 0x0d;

/** The last line needs no LF; a file that ends in one has no empty line after it. */
export async function* splitLines(stream: Bytes, longest = LONGEST_LINE): AsyncGenerator<Line> {
  let parts: Uint8Array[] = [];
  let size = 0;
  let number = 1;
  const add = (part: Uint8Array) => {
    size += part.length;
    // The CR of a CRLF is not the line's, so one more byte may wait here.
    if (size <= longest + 1) parts.push(part);
    else parts = [];
  };
  const take = (): Line => {
    const line = { number, bytes: size <= longest + 1 ? withoutCr(parts, size, longest) : null };
    parts = [];
    size = 0;
    number++;
    return line;
  };
  for await (const chunk of stream) {
    let from = 0;
    for (let at = chunk.indexOf(LF); at !== -1; at = chunk.indexOf(LF, from)) {
      add(chunk.subarray(from, at));
      yield take();
      from = at + 1;
    }
    if (from < chunk.length) add(chunk.subarray(from));
  }
  if (size > 0) yield take();
}

function withoutCr(parts: readonly Uint8Array[], size: number, longest: number): Uint8Array | null {
  const [only] = parts;
  const whole = parts.length === 1 && only ? only : Buffer.concat(parts, size);
  const line = whole.at(-1) === CR ? whole.subarray(0, -1) : whole;
  return line.length <= longest ? line : null;
}
