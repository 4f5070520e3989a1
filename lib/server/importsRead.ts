/** Which reader takes a file: the format that was asked for, or the one that its first bytes or its name show. */
import { type Candidate, detect, HEAD } from "../formats/detect";
import type { ReadSettings } from "../formats/format";
import type { ReadItem } from "../formats/native";
import { peeked } from "../formats/peek";
import { type FormatName, formatOfName, formats, inputFormats, isFormat, read } from "../formats/registry";
import type { Bytes } from "../formats/utf8";
import { ok, type Result, refuse } from "../result";
import type { ImportFile } from "./importsUpload";

export type Reader = {
  readonly format: FormatName;
  readonly read: (stream: Bytes, name: string | null) => AsyncIterable<ReadItem>;
};

/** A name that says one of these is believed: their content looks like anything. */
const BY_NAME: readonly FormatName[] = ["text", "html", "csv"];

export async function candidatesOf(file: ImportFile): Promise<readonly Candidate[]> {
  const { head, close } = await peeked(file.open(), HEAD);
  await close();
  return detect(head, file.name);
}

/** Refuses: malformed (no such format, or none that shows); unsupported (one that is only written). */
export async function readerOf(
  format: string | undefined,
  file: ImportFile,
  settings: ReadSettings = {},
): Promise<Result<Reader>> {
  const byName = formatOfName(file.name ?? "");
  const wanted =
    format ?? (byName && BY_NAME.includes(byName) ? byName : ((await candidatesOf(file))[0]?.format ?? byName));
  const now = `Read now: ${inputFormats.join(", ")}.`;
  const fault = (code: string) => [{ path: "format", code, message: now, expected: inputFormats }];
  if (wanted === null)
    return refuse("malformed", `Say which format the file has; its name does not. ${now}`, fault("required"));
  if (isFormat(wanted) && inputFormats.includes(wanted))
    return ok({ format: wanted, read: (stream, name) => read(wanted, name, stream, settings) });
  if (isFormat(wanted)) return refuse("unsupported", `${wanted} is written, not read. ${now}`, fault("unsupported"));
  return refuse("malformed", `There is no format of this name. ${now}`, fault("bad-value"));
}

/** Where nothing is said of the format, a zip is one of those that come so. */
export const mayBeZip = (format: string | undefined): boolean =>
  format === undefined || (isFormat(format) && formats[format].zipped === true);
