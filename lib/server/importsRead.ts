/** Which reader takes a file: the format that was asked for, or the one that the file's name says. */
import type { ReadSettings } from "../formats/format";
import type { ReadItem } from "../formats/native";
import { type FormatName, formatOfName, inputFormats, isFormat, read } from "../formats/registry";
import type { Bytes } from "../formats/utf8";
import { ok, type Result, refuse } from "../result";

export type Reader = {
  readonly format: FormatName;
  readonly read: (stream: Bytes, name: string | null) => AsyncIterable<ReadItem>;
};

/** Of interface.md, for later. */
const LATER = ["label-studio", "doccano", "brat", "webanno-tsv", "uima-xmi", "uima-json", "conll", "w3c"];

/** Refuses: malformed (no such format); unsupported (one that cannot be read). */
export function readerOf(format: string | undefined, name: string | null, settings: ReadSettings = {}): Result<Reader> {
  const wanted = format ?? formatOfName(name ?? "");
  const now = `Read now: ${inputFormats.join(", ")}.`;
  const fault = (code: string) => [{ path: "format", code, message: now, expected: inputFormats }];
  if (wanted === null)
    return refuse("malformed", `Say which format the file has; its name does not. ${now}`, fault("required"));
  if (isFormat(wanted) && inputFormats.includes(wanted))
    return ok({ format: wanted, read: (stream, file) => read(wanted, file, stream, settings) });
  if (LATER.includes(wanted))
    return refuse("unsupported", `${wanted} cannot be read yet. ${now}`, fault("unsupported"));
  return refuse("malformed", `There is no format of this name. ${now}`, fault("bad-value"));
}
