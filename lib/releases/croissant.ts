/**
 * Croissant 1.0 (https://docs.mlcommons.org/croissant/docs/croissant-spec.html): a release for tools that find and load datasets. Its files
 * with their checksums, its splits, and the fields of an article's line and of a span's row. croissant.test.ts holds it against the specification.
 */
import type { NativeProject } from "../formats/native";
import { type ReleaseSettings, splitNames } from "./settings";

export type CroissantFile = {
  readonly name: string;
  readonly about: string;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: string;
  /** Of a file of data: its format, and the split that it is of. */
  readonly data: { readonly format: string; readonly split: string | null } | null;
};

export type CroissantFacts = {
  readonly project: NativeProject;
  readonly number: number;
  readonly madeAt: string;
  readonly settings: ReleaseSettings;
  /** Where the release is; its files are below `${url}/files/`. */
  readonly url: string;
  readonly licences: readonly string[];
  readonly files: readonly CroissantFile[];
};

/** To the letter that of the specification's own datasets (mlcommons/croissant, datasets/1.0). */
const CONTEXT = {
  "@language": "en",
  "@vocab": "https://schema.org/",
  citeAs: "cr:citeAs",
  column: "cr:column",
  conformsTo: "dct:conformsTo",
  cr: "http://mlcommons.org/croissant/",
  rai: "http://mlcommons.org/croissant/RAI/",
  data: { "@id": "cr:data", "@type": "@json" },
  dataType: { "@id": "cr:dataType", "@type": "@vocab" },
  dct: "http://purl.org/dc/terms/",
  examples: { "@id": "cr:examples", "@type": "@json" },
  extract: "cr:extract",
  field: "cr:field",
  fileProperty: "cr:fileProperty",
  fileObject: "cr:fileObject",
  fileSet: "cr:fileSet",
  format: "cr:format",
  includes: "cr:includes",
  isLiveDataset: "cr:isLiveDataset",
  jsonPath: "cr:jsonPath",
  key: "cr:key",
  md5: "cr:md5",
  parentField: "cr:parentField",
  path: "cr:path",
  recordSet: "cr:recordSet",
  references: "cr:references",
  regex: "cr:regex",
  repeated: "cr:repeated",
  replace: "cr:replace",
  sc: "https://schema.org/",
  separator: "cr:separator",
  source: "cr:source",
  subField: "cr:subField",
  transform: "cr:transform",
  wd: "https://www.wikidata.org/wiki/",
} as const;

const SPLIT_URLS: Readonly<Record<string, string>> = {
  train: "https://mlcommons.org/definitions/training_split",
  dev: "https://mlcommons.org/definitions/validation_split",
  validation: "https://mlcommons.org/definitions/validation_split",
  valid: "https://mlcommons.org/definitions/validation_split",
  test: "https://mlcommons.org/definitions/test_split",
};

const FIELDS = [
  ["id", "sc:Text", "The article's id"],
  ["title", "sc:Text", "The article's title"],
  ["text", "sc:Text", "The article's text, as it was imported"],
  ["text_sha256", "sc:Text", "SHA-256 of the text's UTF-8 bytes"],
  ["outlet", "sc:Text", "Who published it"],
  ["url", "sc:Text", "Where it was published"],
  ["published_date", "sc:Text", "When it was published, ISO 8601, as precisely as is known"],
  ["language", "sc:Text", "BCP 47"],
  ["licence", "sc:Text", "Licence of the text"],
  ["story", "sc:Text", "The story that it tells, where known"],
  ["split", "sc:Text", "The split that it is in"],
] as const;

/** Columns of a span's row that CSV and Parquet both have. */
const SPAN_FIELDS = [
  ["article_id", "sc:Text", "The article that it stands in"],
  ["layer", "sc:Text", "reviews or gold"],
  ["reviewer", "sc:Text", "Who marked it; empty for gold"],
  ["span_id", "sc:Text", "The span's id"],
  ["label", ["sc:Text", "cr:Label"], "Its label; empty where an article or a review has no span"],
  ["start", "sc:Integer", "Where it begins, in Unicode code points"],
  ["end", "sc:Integer", "Where it ends, in Unicode code points"],
  ["quote", "sc:Text", "Its words"],
  ["attributes", "sc:Text", "Its attributes, as JSON"],
  ["note", "sc:Text", "The reviewer's note"],
  ["uncertain", "sc:Boolean", "Whether the reviewer was uncertain"],
] as const;

const STAND_OFF = new Set(["text"]);

/** As the reference implementation (mlcroissant) knows them: it reads no file whose type has another name. */
const ENCODINGS: Readonly<Record<string, string>> = {
  "application/x-ndjson": "application/jsonlines",
  "application/vnd.apache.parquet": "application/x-parquet",
};

/** An address is one; whatever else a desk wrote is a licence by its name. */
const licence = (words: string) =>
  /^https?:\/\/\S+$/.test(words) ? words : { "@type": "sc:CreativeWork", name: words };

export const nameOf = (project: NativeProject, number: number): string => `${project.name}, release ${number}`;

export function croissant(facts: CroissantFacts): object {
  const { project, number, settings, madeAt, url, files } = facts;
  const native = files.filter(({ data }) => data?.format === "jsonl" || data?.format === "standoff");
  return {
    "@context": CONTEXT,
    "@type": "sc:Dataset",
    name: nameOf(project, number),
    description: project.description.trim() || `Articles labelled span by span in the project ${project.name}.`,
    conformsTo: "http://mlcommons.org/croissant/1.0",
    url,
    version: `${number}.0.0`,
    datePublished: madeAt.slice(0, 10),
    creator: { "@type": "sc:Organization", name: project.name },
    license: (facts.licences.length > 0 ? facts.licences : ["unknown"]).map(licence),
    citeAs: `@misc{gloss-release-${number}, title = {${project.name.replaceAll(/[{}]/g, "")}, release ${number}}, year = {${madeAt.slice(0, 4)}}}`,
    isLiveDataset: false,
    distribution: files.map((file) => ({
      "@type": "cr:FileObject",
      "@id": file.name,
      name: file.name,
      description: file.about,
      contentUrl: `${url}/files/${encodeURIComponent(file.name)}`,
      contentSize: `${file.size} B`,
      encodingFormat: ENCODINGS[file.mediaType] ?? file.mediaType,
      sha256: file.sha256,
    })),
    recordSet: [
      ...(settings.splits ? [splitSet(splitNames(settings.splits))] : []),
      ...native.map((file) => articleSet(file, settings)),
      ...files
        .filter(({ data }) => data?.format === "csv" || data?.format === "parquet")
        .map((file) => recordSet(`spans-${file.data?.format}`, file, SPANS, SPAN_FIELDS)),
    ],
  };
}

const splitSet = (names: readonly string[]) => ({
  "@type": "cr:RecordSet",
  "@id": "splits",
  name: "splits",
  dataType: "cr:Split",
  key: { "@id": "splits/name" },
  field: [
    { "@type": "cr:Field", "@id": "splits/name", name: "name", dataType: "sc:Text" },
    { "@type": "cr:Field", "@id": "splits/url", name: "url", dataType: "sc:URL" },
  ],
  data: names.map((name) => ({
    "splits/name": name,
    "splits/url": SPLIT_URLS[name] ?? "https://mlcommons.org/definitions/split",
  })),
});

function articleSet(file: CroissantFile, { text, splits }: ReleaseSettings) {
  const set = recordSet(
    "articles",
    file,
    "One article a line, after a first line about the project; its spans stand under reviews and gold.",
    FIELDS.filter(([name]) => text || !STAND_OFF.has(name)),
  );
  const field = set.field.map((one) =>
    one.name === "split" && splits ? { ...one, references: { field: { "@id": "splits/name" } } } : one,
  );
  return { ...set, key: { "@id": `${set["@id"]}/id` }, field };
}

const SPANS = "One span a row; an article or review without any has one row without a label.";

/** Lines of JSON are columns too: so the reference implementation reads them. */
function recordSet(
  name: string,
  file: CroissantFile,
  description: string,
  fields: readonly (readonly [name: string, type: string | readonly string[], description: string])[],
) {
  const of = file.data?.split ? `${name}-${file.data.split}` : name;
  return {
    "@type": "cr:RecordSet",
    "@id": of,
    name: of,
    description,
    field: fields.map(([column, dataType, about]) => ({
      "@type": "cr:Field",
      "@id": `${of}/${column}`,
      name: column,
      description: about,
      dataType,
      source: { fileObject: { "@id": file.name }, extract: { column } },
    })),
  };
}
