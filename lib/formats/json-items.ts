/**
 * The objects of a JSON file one by one, in memory that only the largest costs: those of a top-level array, or objects after one another
 * (JSON lines, or one object over many lines).
 */
import { BadFile, isObject } from "./foreign";
import { LONGEST_LINE } from "./lines";
import { type Bytes, decodeUtf8, Utf8Error } from "./utf8";

export type JsonItem = {
  /** Of the object's first byte, from 1. */
  readonly line: number;
  readonly value: Readonly<Record<string, unknown>>;
  readonly source: string;
};

const [LF, QUOTE, BACKSLASH, COMMA] = [0x0a, 0x22, 0x5c, 0x2c];
const [OPEN_LIST, CLOSE_LIST, OPEN, CLOSE] = [0x5b, 0x5d, 0x7b, 0x7d];
const BLANKS: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf]);

/** Throws BadFile or Utf8Error with the place. */
export async function* jsonItems(stream: Bytes, longest = LONGEST_LINE): AsyncGenerator<JsonItem> {
  let parts: Uint8Array[] = [];
  let [size, line, from, depth, before] = [0, 1, 1, 0, 0];
  let inString = false;
  let escaped = false;
  let list: "open" | "closed" | null = null;
  for await (const chunk of stream) {
    let start = depth > 0 ? 0 : -1;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i] ?? 0;
      if (byte === LF) line++;
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) inString = false;
        continue;
      }
      if (depth > 0) {
        if (byte === QUOTE) inString = true;
        else if (byte === OPEN || byte === OPEN_LIST) depth++;
        else if (byte === CLOSE || byte === CLOSE_LIST) depth--;
        if (depth > 0) continue;
        const whole = [...parts, chunk.subarray(start, i + 1)];
        yield itemOf(whole.length === 1 && whole[0] ? whole[0] : Buffer.concat(whole), from, before - size);
        parts = [];
        size = 0;
        start = -1;
      } else if (byte === OPEN && list !== "closed") {
        depth = 1;
        start = i;
        from = line;
      } else if (byte === OPEN_LIST && list === null) list = "open";
      else if (byte === CLOSE_LIST && list === "open") list = "closed";
      else if (!BLANKS.has(byte) && byte !== COMMA)
        throw new BadFile("not-json", "This is not a JSON array of objects, nor objects line by line.", line);
    }
    if (depth > 0) {
      size += chunk.length - start;
      if (size > longest) {
        const message = `An object that begins here is larger than ${longest / 1024 / 1024} MiB.`;
        throw new BadFile("too-large", message, from);
      }
      parts.push(chunk.slice(start));
    }
    before += chunk.length;
  }
  if (depth > 0) throw new BadFile("cut-off", "The file ends inside an object that begins here.", from);
  if (list === "open") throw new BadFile("cut-off", "The file ends before its list does.", line);
}

/** `before`: bytes of the file before this object, for the place of what is not UTF-8. */
function itemOf(bytes: Uint8Array, line: number, before: number): JsonItem {
  const decoded = decodeUtf8(bytes);
  if ("fault" in decoded) throw new Utf8Error(before + decoded.fault.offset, `Line ${line}: ${decoded.fault.message}`);
  let value: unknown;
  try {
    value = JSON.parse(decoded.text);
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 120) : "";
    throw new BadFile("not-json", `The object that begins here is not JSON: ${reason}`, line);
  }
  if (!isObject(value)) throw new BadFile("not-json", "This is not a JSON object.", line);
  return { line, value, source: decoded.text };
}
