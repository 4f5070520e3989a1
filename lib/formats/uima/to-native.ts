/** Layers of a CAS as spans and links: any custom layer's, by what INCEpTION's kinds of layers are (span, relation, slot, chain). */
import { indexText } from "../../text/codepoints";
import { rangeOfUtf16, type Wire, type WireMarks } from "../foreign";
import type { PlacedFault } from "../native";
import { type Cas, META, SOURCE, type Structure, shortName, TARGET } from "./cas";

export type Marked = {
  readonly marks: WireMarks;
  readonly about: Wire;
  readonly faults: readonly PlacedFault[];
  readonly notes: readonly string[];
};

/** Made by tools for each word or sentence, or about the document: nobody's marks. */
const NOT_MARKS =
  /^(?:uima\.|de\.tudarmstadt\.ukp\.dkpro\.core\.api\.(?:lexmorph|segmentation|metadata|syntax|structure|transform|anomaly)\.|de\.tudarmstadt\.ukp\.clarin\.webanno\.api\.type\.|org\.dkpro\.core\.api\.xml\.)/;
const COREFERENCE = /\.CoreferenceLink$/;

export function marksOfCas(cas: Cas): Marked {
  const index = indexText(cas.text);
  const faults: PlacedFault[] = [];
  const left = new Map<string, number>();
  const spans: Wire[] = [];
  const known = new Map<string, Structure>();
  const all = new Map(cas.structures.map((one) => [one.id, one]));
  const relations: Structure[] = [];
  /** INCEpTION takes marks between two characters. */
  let empty = 0;
  for (const one of cas.structures) {
    const { id, type, begin, end } = one;
    if (NOT_MARKS.test(type) || begin === null || end === null) {
      if (!/^uima\.|DocumentMetaData$|\.Token$|\.Sentence$/.test(type) && begin !== null)
        left.set(shortName(type), (left.get(shortName(type)) ?? 0) + 1);
      continue;
    }
    if (one.references.has(SOURCE) && one.references.has(TARGET)) {
      relations.push(one);
      continue;
    }
    const range = rangeOfUtf16(index, begin, end);
    if (!range || begin > end) {
      const message = `The annotation lies at ${begin} to ${end}, outside the text (${cas.text.length} UTF-16 units) or inside a character.`;
      faults.push({ path: `${shortName(type)}.${id}`, code: "outside-text", message });
      continue;
    }
    if (begin === end) {
      empty++;
      continue;
    }
    known.set(id, one);
    spans.push({ id, ...range, ...saidOf(one) });
  }
  const links: Wire[] = [];
  let lost = 0;
  const link = (type: string, from: string | undefined, to: string | undefined) => {
    if (from !== undefined && to !== undefined && known.has(from) && known.has(to)) links.push({ type, from, to });
    else lost++;
  };
  for (const one of relations) {
    const type = one.features.get("label") ?? one.features.get("value") ?? shortName(one.type);
    link(type || shortName(one.type), one.references.get(SOURCE)?.[0], one.references.get(TARGET)?.[0]);
  }
  for (const one of known.values())
    for (const [feature, ids] of one.references)
      for (const id of ids) {
        const slot = all.get(id);
        if (known.has(id))
          link(COREFERENCE.test(one.type) ? (one.features.get("referenceRelation") ?? feature) : feature, one.id, id);
        else if (slot?.references.has("target"))
          link(slot.features.get("role") ?? feature, one.id, slot.references.get("target")?.[0]);
      }
  const notes = [
    ...[...left].map(([type, n]) => `Left out: ${n} of the layer ${type}.`),
    ...(empty > 0 ? [`Left out: ${empty} annotations that stand between characters and hold no words.`] : []),
    ...(lost > 0 ? [`Left out: ${lost} relations with an end that is no span.`] : []),
  ];
  return { marks: { spans, links }, about: aboutOf(cas), faults: faults.slice(0, 20), notes };
}

/** The label is the layer's own label feature, or its name; what else it says are attributes. */
function saidOf({ type, features }: Structure): Wire {
  const named = ["label", "value", ...(COREFERENCE.test(type) ? ["referenceType"] : [])].find((name) =>
    features.has(name),
  );
  const attributes: Record<string, string> = {};
  for (const [name, value] of features)
    if (
      name !== named &&
      !(name === "note" || name === "uncertain") &&
      !(COREFERENCE.test(type) && name === "referenceRelation")
    )
      attributes[name] = value;
  return {
    label: features.get(named ?? "") || shortName(type),
    attributes,
    note: features.get("note") ?? "",
    uncertain: features.get("uncertain") === "true",
  };
}

function aboutOf(cas: Cas): Wire {
  const meta = cas.structures.find((one) => one.type === META);
  const said = (name: string) => meta?.features.get(name) || null;
  const language = cas.structures
    .map((one) => one.features.get("language"))
    .find((one) => one && one !== "x-unspecified");
  return { id: said("documentId"), title: said("documentTitle"), language: language ?? null };
}
