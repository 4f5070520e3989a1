/** Which writer makes an export's file. */
import { type FormatName, formats, isFormat, outputFormats } from "../formats/registry";
import { ok, type Result, refuse } from "../result";

export type Writer = {
  readonly format: FormatName;
  readonly extension: string;
  readonly contentType: string;
};

/** Of interface.md, for later. */
const LATER = [
  "label-studio",
  "doccano",
  "brat",
  "webanno-tsv",
  "uima-xmi",
  "uima-json",
  "conll",
  "w3c",
  "spacy",
  "parquet",
  "claimreview",
];

/** Refuses: malformed (no such format); unsupported (one that cannot be written). */
export function writerOf(format: string): Result<Writer> {
  const now = `Written now: ${outputFormats.join(", ")}.`;
  const fault = [{ path: "format", code: "bad-value", message: now, expected: outputFormats, actual: format }];
  if (isFormat(format) && outputFormats.includes(format)) {
    const { mediaType, extensions } = formats[format];
    return ok({ format, extension: extensions[0] ?? format, contentType: `${mediaType}; charset=utf-8` });
  }
  if (LATER.includes(format)) return refuse("unsupported", `${format} cannot be written yet. ${now}`, fault);
  return refuse("malformed", `There is no format of this name. ${now}`, fault);
}
