/** brat in: a zip of .txt and .ann files (also BioNLP's .a1 and .a2); folders are annotators where the same text stands in several. */
import { indexText } from "../../text/codepoints";
import { articleItem, BadFile, faultItem, UNNAMED, type Wire, type WireMarks } from "../foreign";
import type { PlacedFault, ReadItem } from "../native";
import { peeked } from "../peek";
import { type Bytes, decodeUtf8 } from "../utf8";
import { idOfName } from "../zip/names";
import { isZip, readZip } from "../zip/read";
import { reviewerOf } from "../zip/reviewers";
import { type Kept, type Spool, spooled } from "../zip/spool";
import { OURS } from "./conf";
import { parseStandoff } from "./parse";

const WANTED = /\.(?:txt|ann|a1|a2)$|(?:^|\/)annotation\.conf$/i;

export async function* readBrat(stream: Bytes, name: string | null): AsyncGenerator<ReadItem> {
  yield* spooled(name, (spool) => documents(stream, spool));
}

type Document = { text: Kept | null; readonly standoff: { readonly file: string; readonly text: Kept }[] };

async function* documents(stream: Bytes, spool: Spool): AsyncGenerator<ReadItem> {
  const { head, rest } = await peeked(stream);
  if (!isZip(head)) throw new BadFile("not-zip", "brat's files come as a zip of .txt and .ann files.");
  const found = new Map<string, Document>();
  let ours = false;
  for await (const { name, bytes } of readZip(rest, (one) => WANTED.test(one))) {
    const decoded = decodeUtf8(bytes);
    if ("fault" in decoded) throw new BadFile("not-utf8", decoded.fault.message, null, name);
    if (name.endsWith("annotation.conf")) {
      ours ||= decoded.text.includes(OURS);
      continue;
    }
    const stem = name.replace(/\.[^.]+$/, "");
    const document = found.get(stem) ?? { text: null, standoff: [] };
    found.set(stem, document);
    if (/\.txt$/i.test(name)) document.text = await spool.put(decoded.text);
    else document.standoff.push({ file: name, text: await spool.put(decoded.text) });
  }
  if (found.size === 0) throw new BadFile("empty", "The zip holds no .txt and no .ann file.");
  yield* articles(found, ours, spool);
}

type Article = { readonly id: string | null; readonly text: Kept; readonly file: string; readonly stems: string[] };

async function* articles(found: ReadonlyMap<string, Document>, ours: boolean, spool: Spool): AsyncGenerator<ReadItem> {
  const folders = new Set([...found.keys()].map((stem) => stem.replace(/[^/]*$/, "")));
  const named = ours || folders.size > 1;
  const grouped = new Map<string, Article>();
  for (const [stem, { text }] of found) {
    if (text === null) {
      const message = "There is no .txt file beside it.";
      yield faultItem({ line: null, file: `${stem}.ann` }, [{ path: "text", code: "missing", message }]);
      continue;
    }
    const name = stem.replace(/^.*\//, "");
    const key = JSON.stringify([name, text.sha256]);
    const article = grouped.get(key) ?? { id: idOfName(name), text, file: `${stem}.txt`, stems: [] };
    grouped.set(key, article);
    article.stems.push(stem);
  }
  for (const article of grouped.values()) yield await articleOf(article, found, named, spool);
}

async function articleOf(
  { id, text: kept, file, stems }: Article,
  found: ReadonlyMap<string, Document>,
  named: boolean,
  spool: Spool,
): Promise<ReadItem> {
  const text = await spool.text(kept);
  const index = indexText(text);
  const notes: string[] = [];
  const faults: PlacedFault[] = [];
  const reviews: Wire[] = [];
  let gold: WireMarks | null = null;
  for (const stem of stems) {
    const folder = stem.includes("/") ? stem.replace(/\/[^/]*$/, "") : null;
    const lines: string[] = [];
    for (const one of found.get(stem)?.standoff ?? []) {
      // Of two files (.a1, .a2) the lines of the second are counted on; its name is not told then.
      lines.push(
        ...(await spool.text(one.text))
          .replace(/^\ufeff/, "")
          .split("\n")
          .map((line) => line.replace(/\r$/, "")),
      );
    }
    const who = named && folder !== null ? reviewerOf(folder) : UNNAMED;
    // brat has an empty file beside every text that nobody has annotated.
    const silent = lines.every((line) => line.trim() === "");
    if (silent && who === UNNAMED) continue;
    const standoff = parseStandoff(lines, index);
    faults.push(...standoff.faults.map((fault) => ({ ...fault, file: `${stem}.ann` })));
    notes.push(...standoff.notes);
    if (who === null) gold = standoff.marks;
    else reviews.push({ reviewer: who, ...standoff.marks });
  }
  const place = { line: null, file };
  if (faults.length > 0) return faultItem(place, faults);
  return articleItem(place, { id, text, reviews, ...(gold ? { gold } : {}) }, [...new Set(notes)]);
}
