/** Which reader takes a file: the format that was asked for, or the one that the file's name says. */
import { readHtml } from "../formats/html";
import { readJsonl } from "../formats/jsonl";
import type { ReadItem } from "../formats/native";
import type { Bytes } from "../formats/utf8";
import { ok, type Result, refuse } from "../result";

type Read = (stream: Bytes, name: string | null) => AsyncIterable<ReadItem>;

const READERS: Readonly<Record<string, Read>> = {
  jsonl: (stream, name) => readJsonl(stream, name === null ? {} : { file: name }),
  html: readHtml,
};

/** Of interface.md, for later. */
const LATER = ["label-studio", "doccano", "brat", "webanno-tsv", "uima-xmi", "uima-json", "conll", "w3c"];

const BY_EXTENSION: Readonly<Record<string, string>> = {
  jsonl: "jsonl",
  ndjson: "jsonl",
  html: "html",
  htm: "html",
  csv: "csv",
  txt: "text",
  text: "text",
  md: "text",
};

/** Refuses: malformed (no such format); unsupported (none that can be read). */
export function readerOf(
  format: string | undefined,
  name: string | null,
): Result<{ readonly format: string; readonly read: Read }> {
  const wanted = format ?? BY_EXTENSION[name?.split(".").at(-1)?.toLowerCase() ?? ""];
  const known = Object.keys(READERS);
  const fault = (code: string, message: string) => [{ path: "format", code, message, expected: known }];
  if (wanted === undefined) {
    const message = "Say which format the file has; its name does not.";
    return refuse("malformed", message, fault("required", message));
  }
  const read = Object.hasOwn(READERS, wanted) ? READERS[wanted] : undefined;
  if (read) return ok({ format: wanted, read });
  if (LATER.includes(wanted))
    return refuse(
      "unsupported",
      `${wanted} cannot be read yet.`,
      fault("unsupported", `Read now: ${known.join(", ")}.`),
    );
  const message = `There is no format of this name. Read now: ${known.join(", ")}.`;
  return refuse("malformed", message, fault("bad-value", message));
}
