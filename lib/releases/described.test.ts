/**
 * croissant.json and CITATION.cff held against what is published about them. The rules are in our own words, each with its place:
 * - Croissant: https://docs.mlcommons.org/croissant/docs/croissant-spec.html (1.0), and what its reference implementation refuses
 *   (mlcommons/croissant, python/mlcroissant/_src/structure_graph/nodes);
 * - Citation File Format: https://citation-file-format.github.io/1.2.0/schema (schema.json, draft-07).
 * The JSON-LD is expanded by a processor, offline, so that what is checked is what a reader of linked data sees.
 */
import fc from "fast-check";
import jsonld from "jsonld";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { parseHeader } from "../formats/native-read";
import { citation } from "./citation";
import { type CroissantFile, croissant } from "./croissant";
import { releaseSettingsSchema } from "./settings";

const SC = "https://schema.org/";
const CR = "http://mlcommons.org/croissant/";

type Node = { readonly [name: string]: unknown };
type Rule = { readonly least: 0 | 1; readonly most: 1 | "many"; readonly of: readonly Kind[] };
type Kind = "text" | "url" | "date" | "boolean" | "json" | "reference" | "type" | "semver" | string;

const one = (...of: Kind[]): Rule => ({ least: 1, most: 1, of });
const some = (...of: Kind[]): Rule => ({ least: 1, most: "many", of });
const perhaps = (...of: Kind[]): Rule => ({ least: 0, most: 1, of });
const any = (...of: Kind[]): Rule => ({ least: 0, most: "many", of });

/** By class, every property that may stand there: "Dataset-level Information", "Resources", "RecordSets" of the specification. */
const RULES: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  [`${SC}Dataset`]: {
    "http://purl.org/dc/terms/conformsTo": one("text"),
    [`${SC}name`]: one("text"),
    [`${SC}description`]: one("text"),
    [`${SC}license`]: some("url", `${SC}CreativeWork`),
    [`${SC}url`]: one("url"),
    [`${SC}creator`]: some(`${SC}Organization`, `${SC}Person`),
    [`${SC}datePublished`]: one("date"),
    [`${SC}version`]: perhaps("semver"),
    [`${SC}distribution`]: some(`${CR}FileObject`, `${CR}FileSet`),
    [`${CR}isLiveDataset`]: perhaps("boolean"),
    [`${CR}citeAs`]: perhaps("text"),
    [`${CR}recordSet`]: any(`${CR}RecordSet`),
  },
  [`${SC}CreativeWork`]: { [`${SC}name`]: one("text") },
  [`${SC}Organization`]: { [`${SC}name`]: one("text") },
  // file_object.py: a name, an encoding format and, outside of an archive, a URL and exactly one checksum.
  [`${CR}FileObject`]: {
    [`${SC}name`]: one("text"),
    [`${SC}description`]: perhaps("text"),
    [`${SC}contentUrl`]: one("url"),
    [`${SC}contentSize`]: perhaps("text"),
    [`${SC}encodingFormat`]: one("text"),
    [`${SC}sha256`]: one("sha256"),
  },
  [`${CR}RecordSet`]: {
    [`${SC}name`]: one("text"),
    [`${SC}description`]: perhaps("text"),
    [`${CR}key`]: any("reference"),
    [`${CR}field`]: some(`${CR}Field`),
    [`${CR}data`]: perhaps("json"),
    [`${CR}dataType`]: any("type"),
  },
  [`${CR}Field`]: {
    [`${SC}name`]: one("text"),
    [`${SC}description`]: perhaps("text"),
    [`${CR}dataType`]: some("type"),
    [`${CR}source`]: perhaps("source"),
    [`${CR}references`]: any("references"),
  },
};

/** "Data Types": of several at least one is atomic. */
const ATOMIC = ["Boolean", "Date", "Float", "Integer", "Text", "URL"].map((name) => SC + name);
const TYPES = [...ATOMIC, `${CR}Split`, `${CR}Label`];
/** The mime types that the reference implementation reads records from (core/constants.py, EncodingFormat). */
const READ = ["text/csv", "application/jsonlines", "application/x-parquet"];

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && !Array.isArray(value);
const list = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];
const literal = (value: unknown) => (isNode(value) ? value["@value"] : undefined);
const idOf = (value: unknown) => (isNode(value) ? String(value["@id"]) : "");
const typeOf = (value: unknown) => (isNode(value) ? String(list(value["@type"])[0]) : "");
const isUrl = (value: unknown) => typeof value === "string" && URL.canParse(value) && /^https?:/.test(value);

function isKind(value: unknown, kind: Kind): boolean {
  const said = literal(value);
  switch (kind) {
    case "text":
      return typeof said === "string" && said !== "";
    case "url":
      return isUrl(said);
    case "date":
      return typeof said === "string" && /^\d{4}-\d\d-\d\d$/.test(said);
    case "semver":
      return typeof said === "string" && /^\d+\.\d+\.\d+$/.test(said);
    case "sha256":
      return typeof said === "string" && /^[0-9a-f]{64}$/.test(said);
    case "boolean":
      return typeof said === "boolean";
    case "json":
      return isNode(value) && value["@type"] === "@json";
    case "type":
      return TYPES.includes(idOf(value));
    case "reference":
      return isNode(value) && Object.keys(value).join() === "@id";
    case "references":
      return isNode(value) && list(value[`${CR}field`]).every((to) => isKind(to, "reference"));
    case "source": {
      if (!isNode(value)) return false;
      const [extract] = list(value[`${CR}extract`]);
      const [column] = isNode(extract) ? list(extract[`${CR}column`]) : [];
      return list(value[`${CR}fileObject`]).every((of) => isKind(of, "reference")) && isKind(column, "text");
    }
    default:
      return typeOf(value) === kind;
  }
}

/** Every breach of the rules, in words. */
function breaches(dataset: Node): readonly string[] {
  const found: string[] = [];
  const ids = new Map<string, string>();
  const referred: [from: string, to: string, type: string][] = [];
  const visit = (node: Node) => {
    const type = typeOf(node);
    const rules = RULES[type];
    const where = `${type} ${idOf(node)}`;
    if (!rules) return void found.push(`${where}: no such class`);
    if (type.startsWith(CR)) {
      if (ids.has(idOf(node))) found.push(`${where}: its @id is there twice`);
      ids.set(idOf(node), type);
    }
    for (const name of Object.keys(node))
      if (!name.startsWith("@") && !rules[name]) found.push(`${where}: ${name} is not a property of it`);
    for (const [name, { least, most, of }] of Object.entries(rules)) {
      const values = list(node[name]);
      if (values.length < least) found.push(`${where}: ${name} is missing`);
      if (most === 1 && values.length > 1) found.push(`${where}: ${name} is there ${values.length} times`);
      for (const value of values) {
        if (!of.some((kind) => isKind(value, kind))) found.push(`${where}: ${name} is ${JSON.stringify(value)}`);
        else if (isNode(value) && RULES[typeOf(value)]) visit(value);
      }
    }
    const types = list(node[`${CR}dataType`]).map(idOf);
    if (type === `${CR}Field` && !types.some((of) => ATOMIC.includes(of))) found.push(`${where}: no atomic data type`);
    for (const key of list(node[`${CR}key`])) referred.push([where, idOf(key), `${CR}Field`]);
    for (const to of list(node[`${CR}references`]))
      for (const field of isNode(to) ? list(to[`${CR}field`]) : []) referred.push([where, idOf(field), `${CR}Field`]);
    for (const from of list(node[`${CR}source`]))
      for (const file of isNode(from) ? list(from[`${CR}fileObject`]) : [])
        referred.push([where, idOf(file), `${CR}FileObject`]);
  };
  visit(dataset);
  for (const [from, to, type] of referred) if (ids.get(to) !== type) found.push(`${from}: ${to} is no ${type}`);
  if (literal(list(dataset["http://purl.org/dc/terms/conformsTo"])[0]) !== `${CR}1.0`)
    found.push("conforms to another version");
  return found;
}

/** Embedded records have exactly the fields of their set (record_set.py), and files that records come from can be read. */
function looseEnds(document: ReturnType<typeof made>): readonly string[] {
  const formats = new Map(document.distribution.map((file) => [file["@id"], file.encodingFormat]));
  return document.recordSet.flatMap((set) => [
    ...(set.data ?? []).flatMap((record) =>
      Object.keys(record).join() === set.field.map((field) => field["@id"]).join() ? [] : [`${set["@id"]}: data`],
    ),
    ...set.field.flatMap(({ source }) =>
      source && !READ.includes(formats.get(source.fileObject["@id"]) ?? "") ? [`${set["@id"]}: unread`] : [],
    ),
  ]);
}

const project = (name: string, description: string) => {
  const parsed = parseHeader({ gloss: 1, project: { name, description } });
  if ("faults" in parsed) throw new Error("no project");
  return parsed.value;
};

const file = (name: string, mediaType: string, data: CroissantFile["data"]): CroissantFile => ({
  ...{ name, mediaType, data, about: `About ${name}`, size: 12, sha256: "0f".repeat(32) },
});

const NDJSON = "application/x-ndjson";
const PARQUET = "application/vnd.apache.parquet";

type Shown = {
  readonly distribution: readonly { readonly "@id": string; readonly encodingFormat: string }[];
  readonly recordSet: readonly {
    readonly "@id": string;
    readonly data?: readonly object[];
    readonly field: readonly {
      readonly "@id": string;
      readonly source?: { readonly fileObject: { readonly "@id": string } };
    }[];
  }[];
};

/** As a file of it is read back. */
function made(asked: object, words: { name: string; description: string; licences: readonly string[] }): Shown & Node {
  const settings = releaseSettingsSchema.parse(asked);
  const splits = settings.splits ? Object.keys(settings.splits) : [null];
  const formats = settings.text ? settings.formats : ["standoff"];
  const media: Readonly<Record<string, string>> = { csv: "text/csv", parquet: PARQUET, brat: "application/zip" };
  const files = formats.flatMap((format) =>
    splits.map((split) => file(`${split ?? "data"}.${format}`, media[format] ?? NDJSON, { format, split })),
  );
  const document = croissant({
    ...{ project: project(words.name, words.description), number: 12, madeAt: "2026-11-29T18:00:00.000Z", settings },
    ...{ url: "http://127.0.0.1:3000/projects/p/releases/12", licences: words.licences },
    files: [...files, file("README.md", "text/markdown", null)],
  });
  return JSON.parse(JSON.stringify(document));
}

const expanded = async (document: object): Promise<Node> => {
  const [dataset] = await jsonld.expand(structuredClone(document), {
    base: "http://127.0.0.1:3000/projects/p/releases/12/",
    documentLoader: () => Promise.reject(new Error("nothing is fetched")),
  });
  return dataset ?? {};
};

const SETTINGS: readonly [string, object][] = [
  ["lines of JSON, in splits", { formats: ["jsonl"], splits: { train: 8, dev: 1, test: 1, extra: 1 } }],
  ["all that is read as tables, whole", { formats: ["jsonl", "csv", "parquet"] }],
  ["tables in splits", { formats: ["csv", "parquet"], splits: { train: 1, test: 1 } }],
  ["a format without records", { formats: ["brat"] }],
  ["without texts", { text: false, splits: { train: 1, test: 1 } }],
];
const WORDS = {
  name: "The weir",
  description: "Of locks",
  licences: ["https://creativecommons.org/licenses/by/4.0/", "by letter"],
};

describe("croissant.json", () => {
  it.each(SETTINGS)("holds to the specification: %s", async (_, asked) => {
    const document = made(asked, WORDS);
    expect(breaches(await expanded(document))).toEqual([]);
    expect(looseEnds(document)).toEqual([]);
  });

  it("holds whatever a project is called, and whatever its licences are", async () => {
    const words = fc.record({
      name: fc.string({ minLength: 1 }),
      description: fc.string(),
      licences: fc.array(fc.string({ minLength: 1 })),
    });
    await fc.assert(
      fc.asyncProperty(words, async (some) => {
        expect(breaches(await expanded(made({ formats: ["jsonl"] }, some)))).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  /** The context is part of the format: appendix 1 of the specification, as its own datasets write it. */
  it("uses the published context, term by term", async () => {
    const terms =
      `citeAs column examples extract field fileProperty fileObject fileSet format includes isLiveDataset jsonPath key md5 parentField
      path recordSet references regex repeated replace separator source subField transform`.split(/\s+/);
    const simple = Object.fromEntries(terms.map((term) => [term, `cr:${term}`]));
    expect(made({}, WORDS)["@context"]).toEqual({
      ...simple,
      "@language": "en",
      "@vocab": SC,
      conformsTo: "dct:conformsTo",
      cr: CR,
      data: { "@id": "cr:data", "@type": "@json" },
      dataType: { "@id": "cr:dataType", "@type": "@vocab" },
      dct: "http://purl.org/dc/terms/",
      examples: { "@id": "cr:examples", "@type": "@json" },
      rai: `${CR}RAI/`,
      sc: SC,
      wd: "https://www.wikidata.org/wiki/",
    });
  });

  const broken: readonly [string, (document: Record<string, unknown>) => void][] = [
    ["no licence", (d) => delete d.license],
    ["two names", (d) => (d.name = ["a", "b"])],
    ["a version that is none", (d) => (d.version = "12")],
    ["a property of nobody's", (d) => (d.fieldd = "x")],
    ["files of another class", (d) => (d.distribution = [{ "@type": "sc:DataDownload", name: "x" }])],
    ["a record set without its file", (d) => (d.distribution = list(d.distribution).slice(1))],
    ["the same id twice", (d) => (d.distribution = [...list(d.distribution), ...list(d.distribution)])],
  ];
  it.each(broken)("would be found out: %s", async (_, breakIt) => {
    const document = made({ formats: ["jsonl"] }, WORDS);
    breakIt(document);
    expect(breaches(await expanded(document))).not.toEqual([]);
  });
});

/** Of schema.json: what is required, what may be there, and of what kind; nothing else may. */
const CFF: Readonly<Record<string, (value: unknown) => boolean>> = {
  "cff-version": (value) => typeof value === "string" && /^1\.2\.0$/.test(value),
  message: (value) => typeof value === "string" && value !== "",
  title: (value) => typeof value === "string" && value !== "",
  authors: (value) =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.every(
      (entity) => Object.keys(entity).join() === "name" && typeof entity.name === "string" && entity.name !== "",
    ),
  type: (value) => value === "dataset" || value === "software",
  version: (value) => (typeof value === "string" && value !== "") || typeof value === "number",
  "date-released": (value) => typeof value === "string" && /^\d{4}-(0[1-9]|1[012])-(0[1-9]|[12]\d|3[01])$/.test(value),
  url: (value) => typeof value === "string" && /^(https?|s?ftp):\/\/.+/.test(value),
  keywords: (value) =>
    Array.isArray(value) &&
    value.length > 0 &&
    new Set(value).size === value.length &&
    value.every((word) => typeof word === "string" && word !== ""),
};
const NEEDED = ["authors", "cff-version", "message", "title"];

const faultsIn = (cff: unknown): readonly string[] => {
  if (!isNode(cff)) return ["it is no mapping"];
  return [
    ...NEEDED.filter((name) => !(name in cff)),
    ...Object.entries(cff).flatMap(([name, value]) => (CFF[name]?.(value) ? [] : [name])),
  ];
};

describe("CITATION.cff", () => {
  it("holds to the schema, whatever a project and its licences are called", () => {
    const facts = fc.record({
      project: fc
        .oneof(
          fc.string({ unit: "binary", minLength: 1 }),
          fc.constantFrom("a: b", "- x", "'", '"', "#x", "\ufffe", "\u0085x", "\u2028x"),
        )
        .filter((name) => name.trim() !== ""),
      number: fc.integer({ min: 1, max: 999 }),
      licences: fc.uniqueArray(
        fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom("CC BY 4.0", "CC  BY 4.0", "  ", "&x", "!!js")),
      ),
    });
    fc.assert(
      fc.property(facts, (some) => {
        const words = citation({ ...some, madeAt: "2026-11-29T18:00:00.000Z", url: "https://gloss.example/p/1" });
        expect(faultsIn(parse(words))).toEqual([]);
        expect(words).toMatch(/^[\t\n\r\x20-\x7e\u0085\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u); // YAML's c-printable
      }),
      { numRuns: 300 },
    );
  });

  it("would be found out", () => {
    expect(faultsIn(parse("cff-version: 1.2.0\ntitle: x\nlicence: y"))).toEqual(["authors", "message", "licence"]);
  });
});
