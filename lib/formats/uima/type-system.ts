/** The type system of what Gloss writes, as UIMA's XML descriptor and as JSON CAS has it. */
import { LINK_LAYER, META, SENTENCE, SOURCE, SPAN_LAYER, TARGET, TOKEN } from "./cas";

export type Feature = { readonly name: string; readonly range: string };
export type Type = { readonly name: string; readonly parent: string; readonly features: readonly Feature[] };

const ANNOTATION = "uima.tcas.Annotation";
const STRING = "uima.cas.String";
const words = (...names: readonly string[]): readonly Feature[] => names.map((name) => ({ name, range: STRING }));

/** `attributes`: the features of the span layer beside its own. `language` is of UIMA's own DocumentAnnotation. */
export const typesOf = (attributes: readonly string[]): readonly Type[] => [
  { name: META, parent: "uima.tcas.DocumentAnnotation", features: words("documentTitle", "documentId") },
  { name: SENTENCE, parent: ANNOTATION, features: [] },
  { name: TOKEN, parent: ANNOTATION, features: [] },
  {
    name: SPAN_LAYER,
    parent: ANNOTATION,
    features: [...words("label", "note"), { name: "uncertain", range: "uima.cas.Boolean" }, ...words(...attributes)],
  },
  {
    name: LINK_LAYER,
    parent: ANNOTATION,
    features: [...words("label"), { name: SOURCE, range: SPAN_LAYER }, { name: TARGET, range: SPAN_LAYER }],
  },
];

export function typeSystemXml(types: readonly Type[]): string {
  const feature = ({ name, range }: Feature) =>
    `<featureDescription><name>${name}</name><description/><rangeTypeName>${range}</rangeTypeName></featureDescription>`;
  const type = ({ name, parent, features }: Type) =>
    `<typeDescription><name>${name}</name><description/><supertypeName>${parent}</supertypeName>${
      features.length > 0 ? `<features>${features.map(feature).join("")}</features>` : ""
    }</typeDescription>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier"><types>${types
    .map(type)
    .join("")}</types></typeSystemDescription>\n`;
}

export const typeSystemJson = (types: readonly Type[]): object =>
  Object.fromEntries(
    types.map(({ name, parent, features }) => [
      name,
      {
        "%NAME": name,
        "%SUPER_TYPE": parent,
        ...Object.fromEntries(features.map((one) => [one.name, { "%NAME": one.name, "%RANGE": one.range }])),
      },
    ]),
  );
