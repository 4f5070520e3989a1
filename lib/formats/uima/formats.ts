/** UIMA's two serialisations as formats: a zip of documents and their type system. */
import type { Articles } from "../format";
import type { Loss } from "../losses";
import type { NativeProject, ReadItem } from "../native";
import { keysOf } from "../scheme-choices";
import type { Bytes } from "../utf8";
import { type Spool, spooled } from "../zip/spool";
import { writeZip, type ZipOut } from "../zip/write";
import { articlesOf, documentsOf, filesOf, opened } from "./archive";
import { type Cas, SPAN_LAYER } from "./cas";
import { ABOUT, CAS_LOSSES, casOf, featureName, XML_WORDS } from "./from-native";
import { casJson, readCasJson } from "./json";
import { marksOfCas } from "./to-native";
import { typeSystemXml, typesOf } from "./type-system";
import { type References, readXmi, referencesOf } from "./xmi-read";
import { xmiOf } from "./xmi-write";

export const XMI_LOSSES: readonly Loss[] = [...CAS_LOSSES, ABOUT, XML_WORDS];
export const CAS_JSON_LOSSES: readonly Loss[] = [...CAS_LOSSES, ABOUT];

const attributesOf = (cas: Cas): readonly string[] =>
  cas.structures
    .filter((one) => one.type === SPAN_LAYER)
    .flatMap((one) => [...one.features.keys()])
    .filter((name) => name !== "label" && name !== "note" && name !== "uncertain");

const marked = (cas: Cas) => ({ ...marksOfCas(cas), text: cas.text });

export async function* readUimaXmi(stream: Bytes, name: string | null): AsyncGenerator<ReadItem> {
  yield* spooled(name, documents);
  async function* documents(spool: Spool): AsyncGenerator<ReadItem> {
    const files = await filesOf(stream, name, /\.(?:xmi|xml)$/i, spool);
    const systems = files.filter((one) => /TypeSystem\.xml$/i.test(one.path));
    const types = new Map<string, References>();
    for (const one of systems) types.set(folderOf(one), referencesOf((await opened(one)).words, one.path));
    const [only] = types.values();
    const documents = files.filter((one) => !systems.includes(one));
    yield* articlesOf(
      documents,
      (one) => marked(readXmi(one.words, one.path, types.get(folderOf(one)) ?? only ?? null)),
      spool,
    );
  }
}

const folderOf = ({ path }: { readonly path: string }): string => path.replace(/[^/]*$/, "");

export const writeUimaXmi = (articles: Articles, project: NativeProject | null): AsyncGenerator<Uint8Array> =>
  writeZip(xmiEntries(articles, project));

async function* xmiEntries(articles: Articles, project: NativeProject | null): AsyncGenerator<ZipOut> {
  const attributes = new Set(keysOf(project).attributes.map(featureName));
  yield* documentsOf(articles, XMI_LOSSES, "xmi", (article, layer, name) => {
    const cas = casOf(article, layer, name);
    for (const attribute of attributesOf(cas)) attributes.add(attribute);
    return xmiOf(cas);
  });
  yield { name: "TypeSystem.xml", data: typeSystemXml(typesOf([...attributes])) };
}

export async function* readUimaJson(stream: Bytes, name: string | null): AsyncGenerator<ReadItem> {
  yield* spooled(name, documents);
  async function* documents(spool: Spool): AsyncGenerator<ReadItem> {
    const files = await filesOf(stream, name, /\.json$/i, spool);
    const cas = files.filter((one) => !/(?:^|\/)(?:exportedproject|.*log)[^/]*\.json$/i.test(one.path));
    yield* articlesOf(cas, (one) => marked(readCasJson(one.words, one.path)), spool);
  }
}

export const writeUimaJson = (articles: Articles, project: NativeProject | null): AsyncGenerator<Uint8Array> => {
  const known = keysOf(project).attributes.map(featureName);
  return writeZip(
    documentsOf(articles, CAS_JSON_LOSSES, "json", (article, layer, name) => {
      const cas = casOf(article, layer, name);
      return casJson(cas, typesOf([...new Set([...known, ...attributesOf(cas)])]));
    }),
  );
};
