/**
 * doccano in: JSON lines, or a zip of one file an annotator. Label triples (`label`, `labels`), `entities` with `relations`, and the
 * `annotations` of its first versions. Shapes: doccano's data_export/pipeline and docs; offsets are of a browser's string, UTF-16 units,
 * unless the project counted grapheme clusters.
 */

import type { Fault } from "../../result";
import { indexText } from "../../text/codepoints";
import { articleItem, faultItem, isObject, listOf, UNNAMED, type Wire, wordsOf } from "../foreign";
import type { ReadSettings } from "../format";
import { type JsonItem, jsonItems } from "../json-items";
import { toldBy } from "../metadata-names";
import type { ReadItem } from "../native";
import { sha256 } from "../native-read";
import { peeked } from "../peek";
import { type Bytes, bytesOfBuffer } from "../utf8";
import { isZip, readZip } from "../zip/read";
import { type Kept, type Spool, spooled } from "../zip/spool";
import { offsetsIn } from "./units";

type Json = Readonly<Record<string, unknown>>;

export async function* readDoccano(
  stream: Bytes,
  name: string | null,
  settings: ReadSettings = {},
): AsyncGenerator<ReadItem> {
  yield* spooled(name, (spool) => whole(stream, name, settings, spool));
}

async function* whole(
  stream: Bytes,
  name: string | null,
  settings: ReadSettings,
  spool: Spool,
): AsyncGenerator<ReadItem> {
  const { head, rest } = await peeked(stream);
  if (!isZip(head)) {
    yield* grouped(jsonItems(rest), name, settings);
    return;
  }
  // A file an annotator: an article's lines stand apart, so they are brought together first.
  const groups = new Map<string, Omit<Group, "lines"> & { readonly lines: Kept[] }>();
  for await (const { name: entry, bytes } of readZip(rest, (one) => /\.jsonl?$/i.test(one))) {
    const who = entry.replace(/^.*\//, "").replace(/\.jsonl?$/i, "");
    for await (const item of jsonItems(bytesOfBuffer(bytes))) {
      const key = sha256(keyOf(item));
      const group = groups.get(key) ?? { key, line: item.line, file: entry, lines: [] };
      groups.set(key, group);
      group.lines.push(await spool.put(JSON.stringify({ value: item.value, who: who === "all" ? UNNAMED : who })));
    }
  }
  for (const group of groups.values()) {
    const lines: Group["lines"] = [];
    for (const kept of group.lines) lines.push(JSON.parse(await spool.text(kept)));
    yield itemOf({ ...group, lines }, settings);
  }
}

type Group = {
  readonly key: string;
  readonly line: number;
  readonly file: string | null;
  readonly lines: { readonly value: Json; readonly who: string }[];
};

/** Lines after one another that are of one article become one. */
async function* grouped(
  items: AsyncIterable<JsonItem>,
  file: string | null,
  settings: ReadSettings,
): AsyncGenerator<ReadItem> {
  let open: Group | null = null;
  for await (const item of items) {
    const key = keyOf(item);
    if (open && open.key !== key) {
      yield itemOf(open, settings);
      open = null;
    }
    open ??= { key, line: item.line, file, lines: [] };
    open.lines.push({ value: item.value, who: UNNAMED });
  }
  if (open) yield itemOf(open, settings);
}

const keyOf = ({ value }: JsonItem): string => JSON.stringify([value.id ?? null, value.text ?? value.data ?? null]);

/** Members that are marks, or tell of them. */
const OWN = [
  "id",
  "text",
  "data",
  "label",
  "labels",
  "entities",
  "relations",
  "annotations",
  "Comments",
  "cats",
  "reviewer",
  "layer",
];

function itemOf({ line, file, lines }: Group, settings: ReadSettings): ReadItem {
  const place = { line, file };
  const first = lines[0]?.value ?? {};
  const text = first.text ?? first.data;
  if (typeof text !== "string") {
    const message = "The line holds no text.";
    return faultItem(place, [{ path: "text", code: "missing", message, actual: Object.keys(first).slice(0, 20) }]);
  }
  const reviews = new Map<string, Marks>();
  let gold: Marks | null = null;
  const notes: string[] = [];
  for (const { value, who } of lines) {
    const read = marksOf(value, text, settings);
    if ("fault" in read) return faultItem(place, [read.fault]);
    const marks = read.marks ?? { spans: [], links: [] };
    const told = wordsOf(value.reviewer) !== null || value.layer === "gold";
    if (!told && marks.spans.length === 0) {
      // doccano exports what nobody has looked at in the same way.
      if (read.marks) notes.push("Nothing is labelled in it, so it was not taken as reviewed.");
      continue;
    }
    if (value.layer === "gold") gold = marks;
    else for (const [name, own] of byUser(marks, wordsOf(value.reviewer) ?? who)) add(reviews, name, own);
  }
  const told = { ...first, ...(isObject(first.meta) ? first.meta : {}) };
  const { about, rest } = toldBy(told, [...OWN, "meta"]);
  const comments = lines.flatMap(({ value }) => listOf(value.Comments));
  const cats = lines.flatMap(({ value }) => listOf(value.cats));
  const extra = {
    ...rest,
    ...(comments.length > 0 ? { Comments: comments } : {}),
    ...(cats.length > 0 ? { cats } : {}),
  };
  const ours = "article_id" in first || "reviewer" in first || "layer" in first;
  const wire = {
    ...about,
    id: about.id ?? (ours ? null : wordsOf(first.id)),
    text,
    reviews: [...reviews].map(([reviewer, marks]) => ({ reviewer, ...strip(marks) })),
    ...(gold ? { gold: strip(gold) } : {}),
    ...(Object.keys(extra).length > 0 ? { extra } : {}),
  };
  return articleItem(place, wire, [...new Set(notes)]);
}

type Marks = { readonly spans: Wire[]; readonly links: Wire[] };

function add(reviews: Map<string, Marks>, name: string, marks: Marks): void {
  const known = reviews.get(name) ?? { spans: [], links: [] };
  known.spans.push(...marks.spans);
  known.links.push(...marks.links);
  reviews.set(name, known);
}

const strip = ({ spans, links }: Marks): Marks => ({ spans: spans.map(({ user: _, ...span }) => span), links });

/** The first versions said of each annotation whose it is. */
function byUser(marks: Marks, who: string): ReadonlyMap<string, Marks> {
  const users = new Map<string, Marks>();
  if (marks.spans.every((span) => span.user === undefined)) return users.set(who, marks);
  for (const span of marks.spans) add(users, wordsOf(span.user) ?? who, { spans: [span], links: [] });
  return users;
}

type Read = { readonly marks: Marks | null } | { readonly fault: Fault };

/** null: the line says nothing of marks, so nobody has judged it. */
function marksOf(value: Json, text: string, settings: ReadSettings): Read {
  const list = [value.entities, value.label, value.labels, value.annotations].find(Array.isArray);
  if (!Array.isArray(list)) return { marks: null };
  const index = indexText(text);
  const spans: Wire[] = [];
  const at = offsetsIn(settings.offsetUnit ?? "utf16", index);
  for (const [i, one] of list.entries()) {
    // Labels of a whole text (classification) are words only.
    if (typeof one === "string") continue;
    const triple = listOf(one);
    const span: Json = isObject(one) ? one : { start_offset: triple[0], end_offset: triple[1], label: triple[2] };
    const [start, end] = [Number(span.start_offset), Number(span.end_offset)];
    const range = at(start, end);
    if ("message" in range) {
      return { fault: { path: `entities.${i}`, code: "outside-text", message: range.message, actual: [start, end] } };
    }
    const id = wordsOf(span.id) ?? `${i + 1}`;
    spans.push({
      id: `s${id}`,
      ...range,
      label: wordsOf(span.label) ?? "",
      ...(span.user === undefined || span.user === null ? {} : { user: span.user }),
    });
  }
  const ids = new Set(spans.map((span) => span.id));
  const links: Wire[] = [];
  for (const [i, relation] of listOf(value.relations).filter(isObject).entries()) {
    const [from, to] = [`s${wordsOf(relation.from_id)}`, `s${wordsOf(relation.to_id)}`];
    if (!ids.has(from) || !ids.has(to)) {
      const message = "The relation leads from or to an entity that is not in this line.";
      return { fault: { path: `relations.${i}`, code: "unknown-span", message, actual: [from, to] } };
    }
    links.push({ type: wordsOf(relation.type) ?? "relation", from, to });
  }
  return { marks: { spans, links } };
}
