/**
 * XMI in. Entities are never fetched nor expanded: a document with a DOCTYPE is refused. Which features are references is said by the type
 * system where there is one, and else known by the names that DKPro and INCEpTION give them.
 */
import { SaxesParser, type SaxesTagNS } from "saxes";
import { BadFile } from "../foreign";
import { type Cas, SOURCE, type Structure, TARGET } from "./cas";

/** Reference features by type and name; null: no type system is known. */
export type References = ReadonlyMap<string, ReadonlySet<string>> | null;

const USUAL: ReadonlySet<string> = new Set([
  SOURCE,
  TARGET,
  "target",
  "next",
  "first",
  "pos",
  "lemma",
  "stem",
  "morph",
  "parent",
]);
const XMI = "http://www.omg.org/XMI";
const CAS = "http:///uima/cas.ecore";

export function readXmi(xml: string, file: string, types: References): Cas {
  const parser = new SaxesParser({ xmlns: true, position: true });
  const structures: Structure[] = [];
  let text: string | null = null;
  let sofa: string | null = null;
  let depth = 0;
  let open: { readonly tag: SaxesTagNS; readonly lists: Map<string, string[]> } | null = null;
  let words = "";
  parser.on("doctype", () => {
    throw new BadFile(
      "xml-entities",
      "The XML has a DOCTYPE, which a CAS never has. It is not read.",
      parser.line,
      file,
    );
  });
  parser.on("error", (error) => {
    throw new BadFile(
      "not-xml",
      `This is not XML: ${error.message.replace(/^[^:]*:\d+:\d+: /, "").slice(0, 200)}`,
      parser.line,
      file,
    );
  });
  parser.on("opentag", (tag) => {
    depth++;
    if (depth === 1 && tag.uri !== XMI)
      throw new BadFile("not-xmi", "The XML is no XMI: it does not begin with xmi:XMI.", parser.line, file);
    words = "";
    if (depth === 2) open = { tag, lists: new Map() };
  });
  parser.on("text", (chunk) => {
    if (depth === 3) words += chunk;
  });
  parser.on("closetag", (tag) => {
    depth--;
    // Lists of words may stand inside as elements.
    if (depth === 2 && open) open.lists.set(tag.local, [...(open.lists.get(tag.local) ?? []), words]);
    if (depth !== 1 || !open) return;
    const closed = open;
    open = null;
    if (closed.tag.uri !== CAS) {
      structures.push(structureOf(closed.tag, closed.lists, types));
      return;
    }
    const string = closed.tag.attributes.sofaString?.value;
    if (closed.tag.local !== "Sofa" || string === undefined) return;
    const initial = closed.tag.attributes.sofaID?.value === "_InitialView";
    if (text !== null && !initial) return;
    text = string;
    sofa = closed.tag.attributes["xmi:id"]?.value ?? null;
  });
  parser.write(xml).close();
  if (text === null) throw new BadFile("missing", "The CAS holds no text (no sofaString).", null, file);
  const inView = (one: Structure) => !one.features.has("sofa") || one.features.get("sofa") === sofa;
  return { text, structures: structures.filter(inView).map(withoutSofa) };
}

function withoutSofa(one: Structure): Structure {
  const features = new Map(one.features);
  features.delete("sofa");
  return { ...one, features };
}

function structureOf(tag: SaxesTagNS, lists: ReadonlyMap<string, readonly string[]>, types: References): Structure {
  const space = /^http:\/\/\/(.*)\.ecore$/.exec(tag.uri)?.[1]?.replaceAll("/", ".") ?? "";
  const type = space === "" || space === "noNamespace" ? tag.local : `${space}.${tag.local}`;
  const features = new Map<string, string>();
  const references = new Map<string, readonly string[]>();
  let [id, begin, end]: [string, number | null, number | null] = ["", null, null];
  const known = types?.get(type);
  for (const attribute of Object.values(tag.attributes)) {
    const { local, uri, value } = attribute;
    if (uri === XMI) id = local === "id" ? value : id;
    else if (attribute.prefix === "xmlns") continue;
    else if (local === "begin") begin = Number(value);
    else if (local === "end") end = Number(value);
    else if (known ? known.has(local) : guessed(local, value))
      references.set(
        local,
        value.split(" ").filter((one) => one !== ""),
      );
    else features.set(local, value);
  }
  for (const [name, values] of lists) features.set(name, values.join("; "));
  return { id, type, begin, end, features, references };
}

/** Without a type system: the usual names, where the value is made of ids. */
const guessed = (name: string, value: string): boolean =>
  (USUAL.has(name) || /links?$|args?$|[Rr]oles$/.test(name)) && /^\d+( \d+)*$/.test(value);

/** The reference features of a type system descriptor, inherited ones included. */
export function referencesOf(xml: string, file: string): References {
  const parser = new SaxesParser({ xmlns: true, position: true });
  const own = new Map<string, { parent: string; readonly features: Map<string, string> }>();
  let [words, type, feature, inFeature] = ["", "", "", false];
  parser.on("doctype", () => {
    throw new BadFile(
      "xml-entities",
      "The XML has a DOCTYPE, which a type system never has. It is not read.",
      parser.line,
      file,
    );
  });
  parser.on("error", (error) => {
    throw new BadFile("not-xml", `This is not XML: ${error.message.slice(0, 200)}`, parser.line, file);
  });
  parser.on("opentag", (tag) => {
    words = "";
    if (tag.local === "featureDescription") inFeature = true;
  });
  parser.on("text", (chunk) => {
    words += chunk;
  });
  parser.on("closetag", ({ local }) => {
    const said = words.trim();
    if (local === "featureDescription") inFeature = false;
    else if (local === "name" && inFeature) feature = said;
    else if (local === "name") {
      type = said;
      own.set(type, { parent: "", features: new Map() });
    } else if (local === "supertypeName") {
      const of = own.get(type);
      if (of) of.parent = said;
    } else if (local === "rangeTypeName") own.get(type)?.features.set(feature, said);
  });
  parser.write(xml).close();
  const primitive =
    /^uima\.cas\.(?:String|Boolean|Byte|Short|Integer|Long|Float|Double|StringArray|StringList|IntegerArray|FloatArray)$/;
  const isString = (range: string, depth = 0): boolean =>
    primitive.test(range) || (depth < 20 && own.has(range) && isString(own.get(range)?.parent ?? "", depth + 1));
  return new Map(
    [...own.keys()].map((name) => {
      const names = new Set<string>();
      let at: string | undefined = name;
      for (let depth = 0; at && depth < 50; depth++) {
        for (const [one, range] of own.get(at)?.features ?? []) if (!isString(range)) names.add(one);
        at = own.get(at)?.parent;
      }
      return [name, names];
    }),
  );
}
