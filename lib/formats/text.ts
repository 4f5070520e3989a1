/** One plain text file as one article: UTF-8, kept as it is but for what an import does to every text (article.ts). */
import { proposeRegions } from "../regions/propose";
import { LARGEST_TEXT, prepareArticle, prepareText } from "./article";
import { NO_EXTRA, NO_METADATA, type PlacedFault, type ReadItem } from "./native";
import { type Bytes, collect, decodeUtf8 } from "./utf8";

/** A BOM and CRs may stand in the file that do not stand in the text. */
const LARGEST_FILE = LARGEST_TEXT * 2;

export async function* readText(stream: Bytes, name: string | null): AsyncGenerator<ReadItem> {
  const fault = (faults: readonly PlacedFault[]): ReadItem => ({
    kind: "fault",
    line: null,
    file: name,
    faults: faults.map((one) => ({ ...one, ...(name === null ? {} : { file: name }) })),
  });
  const bytes = await collect(stream, LARGEST_FILE);
  if (bytes === null) {
    const message = "The text is larger than 10 MiB.";
    yield fault([{ path: "text", code: "too-large", message, expected: LARGEST_TEXT }]);
    return;
  }
  const decoded = decodeUtf8(bytes);
  if ("fault" in decoded) {
    const { message, offset } = decoded.fault;
    yield fault([{ path: "text", code: "not-utf8", message, actual: offset }]);
    return;
  }
  const prepared = prepareText(decoded.text);
  if ("faults" in prepared) {
    yield fault(prepared.faults);
    return;
  }
  const { text, length, sha256, notes } = prepared;
  const article = {
    ...NO_METADATA,
    id: null,
    title: null,
    text,
    length,
    textSha256: sha256,
    regions: proposeRegions(text).map((region) => ({ ...region, extra: NO_EXTRA })),
    reviews: [],
    gold: null,
    story: null,
    split: null,
    extra: NO_EXTRA,
  };
  const titled = prepareArticle(article, name);
  yield "faults" in titled
    ? fault(titled.faults)
    : { kind: "article", line: null, file: name, article: titled.article, notes };
}
