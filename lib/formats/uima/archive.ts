/**
 * Files of one document and one annotator each, brought together to articles: one file, or a zip as INCEpTION exports a project
 * (`annotation/DOCUMENT/USER.ext`, also zipped once more, `curation/DOCUMENT/….ext`), or a zip of folders.
 */
import { articleItem, BadFile, faultItem, UNNAMED, type Wire } from "../foreign";
import type { Articles } from "../format";
import { fitTo, type Layer, type Loss, layersOf } from "../losses";
import type { NativeArticle, PlacedFault, ReadItem } from "../native";
import { sha256 } from "../native-read";
import { peeked } from "../peek";
import { type Bytes, bytesOfBuffer, collect, decodeUtf8 } from "../utf8";
import { ArticleNames, idOfName, namedBy } from "../zip/names";
import { isZip, readZip, ZIP_LIMITS } from "../zip/read";
import { folderOf } from "../zip/reviewers";
import type { Kept, Spool } from "../zip/spool";
import type { ZipOut } from "../zip/write";
import type { Marked } from "./to-native";

/** A file whose bytes are had when they are wanted. */
export type Found = { readonly path: string; readonly bytes: () => Promise<Uint8Array> };
/** The same with its words. */
export type Opened = { readonly path: string; readonly words: string };
export type Read = Marked & { readonly text: string };

type Place = { readonly name: string; readonly who: string | null; readonly named: boolean };

/** null: no file of a document (a source, a settings file, what nobody has touched yet). */
function placeOf(path: string): Place | null {
  const parts = path.split("/");
  const file = (parts.pop() ?? "").replace(/\.[^.]+$/, "");
  const kind = parts.findIndex((part) => /^(?:annotation|annotation_ser|curation|curation_ser|source)$/.test(part));
  if (kind !== -1 && parts[kind] === "source") return null;
  if (kind !== -1) {
    const name = parts[kind + 1];
    if (name === undefined || file === "INITIAL_CAS") return null;
    const who = parts[kind]?.startsWith("curation") || file === "CURATION_USER" ? null : namedBy(file);
    return { name, who: who === "%67old" ? "gold" : who, named: true };
  }
  const folder = parts.at(-1);
  return { name: file, who: folder === undefined ? UNNAMED : namedBy(folder), named: folder !== undefined };
}

const LARGEST = ZIP_LIMITS.entry;

/** All that is wanted of a zip, kept in the spool. */
export async function filesOf(
  stream: Bytes,
  name: string | null,
  wanted: RegExp,
  spool: Spool,
): Promise<readonly Found[]> {
  const { head, rest } = await peeked(stream);
  if (!isZip(head)) {
    const bytes = await collect(rest, LARGEST);
    if (bytes === null) throw new BadFile("too-large", `The file is larger than ${LARGEST / 1024 / 1024} MiB.`);
    return [{ path: name ?? "document", bytes: async () => bytes }];
  }
  const keep = async (path: string, bytes: Uint8Array): Promise<Found> => {
    const kept = await spool.put(bytes);
    return { path, bytes: () => spool.get(kept) };
  };
  const found: Found[] = [];
  let inner = 0;
  for await (const { name: path, bytes } of readZip(rest, (one) => wanted.test(one) || /\.zip$/i.test(one))) {
    if (!/\.zip$/i.test(path)) {
      found.push(await keep(path, bytes));
      continue;
    }
    // INCEpTION zips a document together with its type system.
    for await (const one of readZip(bytesOfBuffer(bytes), (entry) => wanted.test(entry))) {
      inner += one.bytes.length;
      if (inner > ZIP_LIMITS.total)
        throw new BadFile("too-large", "The zips in the zip unpack to too much. Send it in parts.");
      const type = /TypeSystem\.xml$/i.test(one.name);
      const ending = one.name.replace(/^.*\./, "");
      const as = type ? path.replace(/[^/]*$/, "TypeSystem.xml") : path.replace(/\.zip$/i, `.${ending}`);
      found.push(await keep(as, one.bytes));
    }
  }
  if (found.length === 0) throw new BadFile("empty", "The zip holds no document of this format.");
  return found;
}

/** Throws BadFile. */
export async function opened({ path, bytes }: Found): Promise<Opened> {
  const decoded = decodeUtf8(await bytes());
  if ("fault" in decoded) throw new BadFile("not-utf8", decoded.fault.message, null, path);
  return { path, words: decoded.text };
}

/** Files of one document with the same text are one article. `read` throws BadFile; what it found waits in the spool. */
export async function* articlesOf(
  files: readonly Found[],
  read: (file: Opened) => Read,
  spool: Spool,
): AsyncGenerator<ReadItem> {
  type Group = {
    readonly id: string | null;
    readonly file: string;
    readonly reads: { readonly who: string | null; readonly read: Kept; readonly named: boolean }[];
  };
  const groups = new Map<string, Group>();
  for (const file of files) {
    const place = placeOf(file.path);
    if (!place) continue;
    let one: Read;
    try {
      one = read(await opened(file));
    } catch (error) {
      if (!(error instanceof BadFile)) throw error;
      const fault = { path: "", code: error.code, message: error.message };
      yield faultItem({ line: error.line, file: file.path }, [fault]);
      continue;
    }
    const key = JSON.stringify([place.name, sha256(one.text)]);
    const group = groups.get(key) ?? { id: idOfName(place.name), file: file.path, reads: [] };
    groups.set(key, group);
    group.reads.push({ who: place.who, read: await spool.put(JSON.stringify(one)), named: place.named });
  }
  for (const group of groups.values()) yield await itemOf(group);

  async function itemOf({ id, file, reads: kept }: Group): Promise<ReadItem> {
    const place = { line: null, file };
    const reads: { readonly who: string | null; readonly read: Read; readonly named: boolean }[] = [];
    for (const one of kept) reads.push({ ...one, read: JSON.parse(await spool.text(one.read)) });
    const text = reads[0]?.read.text;
    const faults: PlacedFault[] = reads.flatMap(({ read: { faults } }) => [...faults]);
    if (faults.length > 0) return faultItem(place, faults);
    const reviews: Wire[] = [];
    let gold: Wire | null = null;
    for (const { who, read: one, named } of reads) {
      if (who === null) gold = { ...one.marks };
      else if (named ? who !== "" : one.marks.spans.length > 0) reviews.push({ reviewer: who, ...one.marks });
    }
    const own = { ...reads[0]?.read.about, id };
    const notes = [...new Set(reads.flatMap(({ read: one }) => one.notes))];
    return articleItem(place, { ...own, text, reviews, ...(gold ? { gold } : {}) }, notes);
  }
}

/** An article's documents, named as INCEpTION names those of a project. */
export async function* documentsOf(
  articles: Articles,
  losses: readonly Loss[],
  extension: string,
  write: (article: NativeArticle, layer: Layer, name: string) => string,
): AsyncGenerator<ZipOut> {
  const names = new ArticleNames();
  for await (const whole of articles) {
    const { article } = fitTo(whole, losses);
    const name = names.next(article.id);
    const layers = layersOf(article);
    if (layers.length === 0)
      yield { name: `${name}.${extension}`, data: write(article, { reviewer: "", spans: [], links: [] }, name) };
    for (const layer of layers) {
      const at =
        layer.reviewer === null ? `curation/${name}/CURATION_USER` : `annotation/${name}/${folderOf(layer.reviewer)}`;
      yield { name: `${at}.${extension}`, data: write(article, layer, name) };
    }
  }
}
