/** Which writer makes an export's file. */
import { type FormatName, formats, isFormat, outputFormats } from "../formats/registry";
import { ok, type Result, refuse } from "../result";

export type Writer = {
  readonly format: FormatName;
  readonly extension: string;
  readonly contentType: string;
};

/** Refuses: malformed (no such format); unsupported (one that cannot be written). */
export function writerOf(format: string): Result<Writer> {
  const now = `Written now: ${outputFormats.join(", ")}.`;
  const fault = [{ path: "format", code: "bad-value", message: now, expected: outputFormats, actual: format }];
  if (isFormat(format) && outputFormats.includes(format)) {
    const { mediaType, extensions } = formats[format];
    return ok({ format, extension: extensions[0] ?? format, contentType: typeOf(mediaType) });
  }
  if (isFormat(format)) return refuse("unsupported", `${format} is read, not written. ${now}`, fault);
  return refuse("malformed", `There is no format of this name. ${now}`, fault);
}

const typeOf = (mediaType: string): string =>
  /json|^text\/|xml/.test(mediaType) ? `${mediaType}; charset=utf-8` : mediaType;
