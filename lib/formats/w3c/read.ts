/**
 * W3C Web Annotations in: pages, collections, arrays, or annotations line by line. The text that they are of must be in the file: as the body
 * of an annotation that describes the source, or as the source's own value. Positions count code points; where the quote says otherwise, UTF-16.
 */
import { indexText, type TextIndex } from "../../text/codepoints";
import type { Range } from "../../text/range";
import {
  articleItem,
  BadFile,
  faultItem,
  guarded,
  isObject,
  listOf,
  rangeOfUtf16,
  UNNAMED,
  type Wire,
  wordsOf,
} from "../foreign";
import { jsonItems } from "../json-items";
import { toldBy } from "../metadata-names";
import type { ReadItem } from "../native";
import type { Bytes } from "../utf8";

type Json = Readonly<Record<string, unknown>>;

export async function* readW3c(stream: Bytes, name: string | null): AsyncGenerator<ReadItem> {
  yield* guarded(name, resources(stream, name));
}

type Resource = { readonly line: number; text: string | null; readonly about: Json[]; readonly annotations: Json[] };

async function* resources(stream: Bytes, file: string | null): AsyncGenerator<ReadItem> {
  const loose = new Map<string, Resource>();
  for await (const { line, value } of jsonItems(stream)) {
    const items = annotationsIn(value);
    if (items === null)
      throw new BadFile(
        "not-w3c",
        "This is no annotation, no annotation page and no collection of the Web Annotation model.",
        line,
      );
    // A page is whole by itself; annotations by themselves are brought together at the end.
    const page = value.type === "Annotation" ? loose : new Map<string, Resource>();
    for (const item of items) take(page, item, line);
    if (page !== loose) for (const resource of page.values()) yield itemOf(resource, file);
  }
  for (const resource of loose.values()) yield itemOf(resource, file);
}

function annotationsIn(value: Json): readonly Json[] | null {
  const types = listOf(value.type).length > 0 ? listOf(value.type) : [value.type];
  if (types.includes("Annotation")) return [value];
  if (types.includes("AnnotationPage")) return listOf(value.items).filter(isObject);
  if (!types.includes("AnnotationCollection")) return null;
  return isObject(value.first) ? listOf(value.first.items).filter(isObject) : listOf(value.items).filter(isObject);
}

const many = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];
const iri = (value: unknown): string | null => (isObject(value) ? wordsOf(value.id ?? value["@id"]) : wordsOf(value));

/** Links belong to the resource of the annotation that they start at, which is known when all is read: they go to every one here. */
function take(resources: Map<string, Resource>, annotation: Json, line: number): void {
  const [target] = many(annotation.target);
  const whole = isObject(target) && target.source !== undefined ? target.source : target;
  const at = motivated(annotation, "linking") ? null : iri(whole);
  if (at === null) {
    for (const resource of resources.values()) resource.annotations.push(annotation);
    return;
  }
  const resource = resources.get(at) ?? { line, text: null, about: [], annotations: [] };
  resources.set(at, resource);
  if (isObject(whole) && typeof whole.value === "string") resource.text = whole.value;
  if (motivated(annotation, "describing")) {
    const [body] = many(annotation.body);
    if (isObject(body) && typeof body.value === "string") resource.text = body.value;
    resource.about.push(annotation);
  } else resource.annotations.push(annotation);
}

const motivated = (annotation: Json, word: string): boolean =>
  many(annotation.motivation).some((one) => wordsOf(one)?.replace(/^oa:/, "") === word);

function itemOf({ line, text, about, annotations }: Resource, file: string | null): ReadItem {
  const place = { line, file };
  if (text === null) {
    const message = "The file does not hold the text that its annotations are of.";
    return faultItem(place, [{ path: "target.source", code: "missing", message }]);
  }
  const index = indexText(text);
  const [description] = about;
  const told = isObject(description?.["gloss:article"]) ? toldBy(description["gloss:article"], []).about : {};
  const layers = new Map<string | null, { readonly spans: Wire[]; readonly links: Wire[] }>();
  const layer = (who: string | null) => {
    const known = layers.get(who) ?? { spans: [], links: [] };
    layers.set(who, known);
    return known;
  };
  for (const name of listOf(description?.["gloss:reviewers"])) if (typeof name === "string") layer(name);
  if (description?.["gloss:gold"] === true) layer(null);
  const owners = new Map<string, string | null>();
  let left = 0;
  for (const [i, annotation] of annotations.entries()) {
    if (motivated(annotation, "linking")) continue;
    const found = rangeOf(annotation, index);
    if (found === null) left++;
    else if ("message" in found)
      return faultItem(place, [{ path: `items.${i}.target.selector`, code: found.code, message: found.message }]);
    else {
      const who = ownerOf(annotation);
      const id = wordsOf(annotation.id) ?? `annotation-${i + 1}`;
      owners.set(id, who);
      layer(who).spans.push({ id, ...found, ...bodyOf(annotation), uncertain: annotation["gloss:uncertain"] === true });
    }
  }
  for (const annotation of annotations) {
    if (!motivated(annotation, "linking")) continue;
    const bodies = many(annotation.body);
    const from = iri(many(annotation.target)[0]);
    const to = iri(
      bodies
        .map((body) => (isObject(body) ? (body.source ?? body.id) : body))
        .find((one) => one !== undefined && one !== null),
    );
    const type = bodies.flatMap((body) =>
      isObject(body) && body.type === "TextualBody" ? (wordsOf(body.value) ?? []) : [],
    )[0];
    const owner = owners.get(from ?? "");
    if (from === null || to === null || owner === undefined || owners.get(to) !== owner) continue;
    layer(owner).links.push({ type: type ?? "linking", from, to });
  }
  const gold = layers.get(null);
  layers.delete(null);
  const reviews = [...layers].map(([reviewer, marks]) => ({ reviewer, ...marks }));
  const language = many(description?.body).flatMap((body) => (isObject(body) ? (wordsOf(body.language) ?? []) : []))[0];
  const wire = { ...(language === undefined ? {} : { language }), ...told, text, reviews, ...(gold ? { gold } : {}) };
  const notes = left > 0 ? [`${left} annotations have no quote and no position in the text; they were left out.`] : [];
  return articleItem(place, wire, notes);
}

function ownerOf(annotation: Json): string | null {
  if (annotation["gloss:layer"] === "gold") return null;
  const [creator] = many(annotation.creator);
  if (!isObject(creator)) return wordsOf(creator) ?? UNNAMED;
  return wordsOf(creator.name) ?? wordsOf(creator.nickname) ?? wordsOf(creator.email) ?? iri(creator) ?? UNNAMED;
}

/** The label is what classifies or tags, or else the first body; comments are the note. */
function bodyOf(annotation: Json): Wire {
  const attributes: Record<string, string> = {};
  const notes: string[] = [];
  let label: string | null = null;
  for (const body of many(annotation.body)) {
    const value = isObject(body) ? (wordsOf(body.value) ?? iri(body)) : wordsOf(body);
    if (value === null) continue;
    const purposes = isObject(body) ? many(body.purpose).map(wordsOf) : [];
    const attribute = isObject(body) ? wordsOf(body["gloss:attribute"]) : null;
    if (attribute !== null) attributes[attribute] = value;
    else if (purposes.includes("commenting") || purposes.includes("replying")) notes.push(value);
    else if (label === null) label = value;
    else attributes.tags = attributes.tags ? `${attributes.tags}; ${value}` : value;
  }
  const motivation = wordsOf(many(annotation.motivation)[0]) ?? "annotation";
  return { label: label ?? motivation, attributes, note: notes.join("\n") };
}

type Wrong = { readonly code: string; readonly message: string };

/** null: it is of the whole, or selects in a way that is not of text. */
function rangeOf(annotation: Json, index: TextIndex): Range | Wrong | null {
  const [target] = many(annotation.target);
  if (!isObject(target)) return null;
  const selectors = many(target.selector)
    .filter(isObject)
    .flatMap((one) => [one, ...many(one.refinedBy).filter(isObject)]);
  const position = selectors.find((one) => one.type === "TextPositionSelector");
  const quote = selectors.find((one) => one.type === "TextQuoteSelector");
  const exact = typeof quote?.exact === "string" ? quote.exact : null;
  if (position) {
    const [start, end] = [Number(position.start), Number(position.end)];
    const points =
      start >= 0 && start <= end && end <= index.length && Number.isInteger(start) && Number.isInteger(end);
    if (points && (exact === null || index.slice({ start, end }) === exact)) return { start, end };
    const units = rangeOfUtf16(index, start, end);
    if (units && exact !== null && index.slice(units) === exact) return units;
    if (exact === null)
      return { code: "outside-text", message: `The position ${start} to ${end} lies outside the text.` };
  }
  if (exact === null || exact === "") return null;
  return found(index, exact, wordsOf(quote?.prefix) ?? "", wordsOf(quote?.suffix) ?? "");
}

/** By its words and what stands around them; never guessed between two places. */
function found(index: TextIndex, exact: string, prefix: string, suffix: string): Range | Wrong {
  const places: number[] = [];
  for (let at = index.text.indexOf(exact); at !== -1 && places.length < 1000; at = index.text.indexOf(exact, at + 1))
    places.push(at);
  const around = places.filter(
    (at) => index.text.slice(0, at).endsWith(prefix) && index.text.slice(at + exact.length).startsWith(suffix),
  );
  const [at] = around.length > 0 ? around : places;
  if (at === undefined) return { code: "quote-mismatch", message: "The quote does not stand in the text." };
  if ((around.length > 0 ? around : places).length > 1)
    return {
      code: "quote-mismatch",
      message: "The quote stands in the text more than once, and its position is not given or wrong.",
    };
  return { start: index.toCodePoint(at), end: index.toCodePoint(at + exact.length) };
}
