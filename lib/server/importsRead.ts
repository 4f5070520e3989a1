/** Which reader takes a file: the format that was asked for, or the one that the file's name says. */
import type { ReadSettings } from "../formats/format";
import type { ReadItem } from "../formats/native";
import { type FormatName, formatOfName, formats, inputFormats, isFormat, read } from "../formats/registry";
import type { Bytes } from "../formats/utf8";
import { ok, type Result, refuse } from "../result";

export type Reader = {
  readonly format: FormatName;
  readonly read: (stream: Bytes, name: string | null) => AsyncIterable<ReadItem>;
};

/** Refuses: malformed (no such format); unsupported (one that is only written). */
export function readerOf(format: string | undefined, name: string | null, settings: ReadSettings = {}): Result<Reader> {
  const wanted = format ?? formatOfName(name ?? "");
  const now = `Read now: ${inputFormats.join(", ")}.`;
  const fault = (code: string) => [{ path: "format", code, message: now, expected: inputFormats }];
  if (wanted === null)
    return refuse("malformed", `Say which format the file has; its name does not. ${now}`, fault("required"));
  if (isFormat(wanted) && inputFormats.includes(wanted))
    return ok({ format: wanted, read: (stream, file) => read(wanted, file, stream, settings) });
  if (isFormat(wanted)) return refuse("unsupported", `${wanted} is written, not read. ${now}`, fault("unsupported"));
  return refuse("malformed", `There is no format of this name. ${now}`, fault("bad-value"));
}

/** Where nothing is said of the format, a zip is one of those that come so. */
export const mayBeZip = (format: string | undefined): boolean =>
  format === undefined || (isFormat(format) && formats[format].zipped === true);
