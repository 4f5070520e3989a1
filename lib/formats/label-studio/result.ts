/** The results of one Label Studio annotation as spans and links: regions by their ids, with whatever else was said of each. */
import type { Fault } from "../../result";
import { indexText, type TextIndex } from "../../text/codepoints";
import { isObject, listOf, rangeOfUtf16, type Wire, wordsOf } from "../foreign";

type Json = Readonly<Record<string, unknown>>;

export type Unit = "code_point" | "utf16";

export type Marked = {
  readonly spans: Wire[];
  readonly links: Wire[];
  /** null: both units cut the same words, or there are none to compare. */
  readonly unit: Unit | null;
  /** Results that are no region of the text, kept as they are. */
  readonly rest: readonly Json[];
  readonly notes: readonly string[];
};

type Region = {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  labels: readonly string[];
  quote: string | null;
  readonly attributes: Map<string, string>;
  note: string;
  uncertain: boolean;
  score: number | null;
};

export function marksOfResults(results: readonly unknown[], text: string): Marked | { readonly fault: Fault } {
  const regions = new Map<string, Region>();
  const rest: Json[] = [];
  const relations: Json[] = [];
  const later: Json[] = [];
  for (const [i, result] of results.entries()) {
    if (!isObject(result)) continue;
    const value = isObject(result.value) ? result.value : {};
    const id = wordsOf(result.id) ?? `region-${i + 1}`;
    if (result.type === "relation") relations.push(result);
    else if (labelsOf(result, value) !== null && offsetsOf(value) === null && isInText(value)) {
      const message = "This region's place is a path into a page (HyperText), and its globalOffsets are not given.";
      return { fault: { path: `result.${i}.value`, code: "unsupported", message } };
    } else if (offsetsOf(value) === null) later.push(result);
    else {
      const at = offsetsOf(value) ?? { start: 0, end: 0 };
      const region = regions.get(id) ?? {
        id,
        ...at,
        labels: [],
        quote: null,
        attributes: new Map(),
        note: "",
        uncertain: false,
        score: null,
      };
      regions.set(id, region);
      say(region, result, value);
    }
  }
  // What is said of a region without its place, and what is said of the whole task.
  for (const result of later) {
    const region = regions.get(wordsOf(result.id) ?? "");
    if (region) say(region, result, isObject(result.value) ? result.value : {});
    else rest.push(result);
  }
  const all = [...regions.values()];
  const marked = all.filter((region) => region.labels.length > 0);
  const index = indexText(text);
  const unit = unitOf(marked, index);
  const spans: Wire[] = [];
  const ids = new Map<string, string>();
  for (const region of marked) {
    const range = unit === "utf16" ? rangeOfUtf16(index, region.start, region.end) : region;
    if (!range) {
      const message = `The region ${region.id} lies at ${region.start} to ${region.end}, outside the text or inside a character.`;
      return { fault: { path: `result.${region.id}`, code: "outside-text", message, expected: text.length } };
    }
    region.labels.forEach((label, i) => {
      const id = i === 0 ? region.id : `${region.id}:${i + 1}`;
      ids.set(region.id, region.id);
      spans.push({
        id,
        start: range.start,
        end: range.end,
        label,
        quote: sameWords(region.quote, index.slice(range)) ? null : region.quote,
        attributes: Object.fromEntries(region.attributes),
        note: region.note,
        uncertain: region.uncertain,
        ...(region.score === null ? {} : { score: region.score }),
      });
    });
  }
  const { links, lost } = linksOf(relations, ids);
  const unlabelled = all.length - marked.length;
  return {
    spans,
    links,
    unit,
    rest,
    notes: [
      ...(unlabelled > 0 ? [`${unlabelled} regions without a label were left out.`] : []),
      ...(lost > 0 ? [`${lost} relations that end in no region were left out.`] : []),
    ],
  };
}

/** The labels of a region, under whichever name its tag has; null where the result is no labelling. */
function labelsOf(result: Json, value: Json): readonly string[] | null {
  const type = wordsOf(result.type) ?? "";
  const list = value.labels ?? (type.toLowerCase().endsWith("labels") ? value[type] : undefined);
  return Array.isArray(list) ? list.flatMap((one) => wordsOf(one) ?? []) : null;
}

const isInText = (value: Json): boolean => "start" in value || "startOffset" in value;

/** `start` and `end` of a Text; of a HyperText they are paths, and the offsets stand apart. */
function offsetsOf(value: Json): { readonly start: number; readonly end: number } | null {
  const from = isObject(value.globalOffsets) ? value.globalOffsets : value;
  const [start, end] = [from.start, from.end].map((at) =>
    typeof at === "string" && /^\d{1,9}$/.test(at) ? Number(at) : at,
  );
  return Number.isInteger(start) && Number.isInteger(end) ? { start: Number(start), end: Number(end) } : null;
}

function say(region: Region, result: Json, value: Json): void {
  const labels = labelsOf(result, value);
  if (labels) {
    region.labels = [...new Set([...region.labels, ...labels])];
    if (typeof value.text === "string") region.quote = value.text;
    if (typeof result.score === "number") region.score = result.score;
    const notes = isObject(result.meta) ? listOf(result.meta.text) : [];
    if (notes.length > 0) region.note = notes.flatMap((one) => wordsOf(one) ?? []).join("\n");
    return;
  }
  const name = wordsOf(result.from_name) ?? wordsOf(result.type) ?? "value";
  const words = saidIn(value, wordsOf(result.type) ?? "");
  if (name === "uncertain" && words === "uncertain" && result.type === "choices") region.uncertain = true;
  else if (words !== null) region.attributes.set(name, words);
}

/** choices, textarea, taxonomy, number, rating, datetime, pairwise. */
function saidIn(value: Json, type: string): string | null {
  const said = type === "textarea" ? value.text : (value[type] ?? value.choices ?? value.number ?? value.rating);
  if (!Array.isArray(said)) return wordsOf(said);
  return said.map((one) => (Array.isArray(one) ? one.join(" > ") : (wordsOf(one) ?? ""))).join("; ");
}

/** Line ends were kept as a backslash and an n by some versions. */
const sameWords = (quote: string | null, cut: string): boolean =>
  quote === null || quote === cut || quote.replaceAll("\\n", "\n") === cut;

function unitOf(regions: readonly Region[], index: TextIndex): Unit | null {
  const quoted = regions.filter((region) => region.quote !== null);
  const inPoints = quoted.every((region) => region.end <= index.length && sameWords(region.quote, index.slice(region)));
  const inUnits = quoted.every((region) => sameWords(region.quote, index.text.slice(region.start, region.end)));
  if (index.length === index.text.length || (inPoints && inUnits)) return null;
  return inUnits ? "utf16" : "code_point";
}

function linksOf(relations: readonly Json[], ids: ReadonlyMap<string, string>) {
  const links: Wire[] = [];
  let lost = 0;
  for (const relation of relations) {
    const [from, to] = [ids.get(wordsOf(relation.from_id) ?? ""), ids.get(wordsOf(relation.to_id) ?? "")];
    if (!from || !to) {
      lost++;
      continue;
    }
    const types = listOf(relation.labels).flatMap((one) => wordsOf(one) ?? []);
    const back = relation.direction === "left";
    for (const type of types.length > 0 ? types : ["relation"])
      links.push({
        type,
        from: back ? to : from,
        to: back ? from : to,
        ...(relation.direction === "bi" ? { direction: "bi" } : {}),
      });
  }
  return { links, lost };
}
