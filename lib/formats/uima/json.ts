/** JSON CAS 0.4.0 (github.com/apache/uima-uimaj-io-jsoncas, SPECIFICATION.adoc), in and out. */
import { BadFile, isObject, listOf, wordsOf } from "../foreign";
import type { Cas, Structure } from "./cas";
import { type Type, typeSystemJson } from "./type-system";

const SOFA = "uima.cas.Sofa";

export const casJson = ({ text, structures }: Cas, types: readonly Type[]): string =>
  JSON.stringify({
    "%TYPES": typeSystemJson(types),
    "%FEATURE_STRUCTURES": [
      { "%ID": 1, "%TYPE": SOFA, sofaNum: 1, sofaID: "_InitialView", mimeType: "text", sofaString: text },
      ...structures.map(({ id, type, begin, end, features, references }) => ({
        "%ID": Number(id),
        "%TYPE": type,
        "@sofa": 1,
        begin,
        end,
        ...Object.fromEntries(
          [...features].map(([name, value]) => [name, name === "uncertain" ? value === "true" : value]),
        ),
        ...Object.fromEntries([...references].map(([name, ids]) => [`@${name}`, Number(ids[0])])),
      })),
    ],
    "%VIEWS": { _InitialView: { "%SOFA": 1, "%MEMBERS": structures.map((one) => Number(one.id)) } },
  });

export function readCasJson(source: string, file: string): Cas {
  let whole: unknown;
  try {
    whole = JSON.parse(source);
  } catch {
    throw new BadFile("not-json", "This is not JSON, or it is cut off.", null, file);
  }
  if (isObject(whole) && ("_context" in whole || "_views" in whole)) {
    const message = "This is UIMA's older JSON, which INCEpTION calls legacy. Export it as UIMA CAS JSON 0.4.0.";
    throw new BadFile("unsupported", message, null, file);
  }
  const list = isObject(whole) ? whole["%FEATURE_STRUCTURES"] : undefined;
  // Structures stand in a list, or by id.
  const all = isObject(list)
    ? Object.entries(list).map(([id, one]) => (isObject(one) ? { "%ID": id, ...one } : null))
    : Array.isArray(list)
      ? list
      : null;
  if (all === null)
    throw new BadFile("not-uima-json", "This is no UIMA CAS in JSON: it has no %FEATURE_STRUCTURES.", null, file);
  const found = all.filter(isObject);
  const sofas = found.filter((one) => one["%TYPE"] === SOFA && typeof one.sofaString === "string");
  const sofa = sofas.find((one) => one.sofaID === "_InitialView") ?? sofas[0];
  if (!sofa) throw new BadFile("missing", "The CAS holds no text (no sofaString).", null, file);
  const here = wordsOf(sofa["%ID"]);
  const arrays = new Map(
    found.flatMap((one) => (Array.isArray(one["%ELEMENTS"]) ? [[wordsOf(one["%ID"]), one["%ELEMENTS"]] as const] : [])),
  );
  const structures = found
    .filter((one) => one !== sofa && (one["@sofa"] === undefined || wordsOf(one["@sofa"]) === here))
    .map((one) => structureOf(one, arrays));
  return { text: String(sofa.sofaString), structures };
}

function structureOf(
  one: Readonly<Record<string, unknown>>,
  arrays: ReadonlyMap<string | null, readonly unknown[]>,
): Structure {
  const features = new Map<string, string>();
  const references = new Map<string, readonly string[]>();
  for (const [name, value] of Object.entries(one)) {
    if (name.startsWith("%") || name.startsWith("^") || name === "@sofa" || name === "begin" || name === "end")
      continue;
    if (name.startsWith("@")) {
      const ids = Array.isArray(value) ? value : (arrays.get(wordsOf(value)) ?? [value]);
      references.set(
        name.slice(1),
        listOf(ids).flatMap((id) => wordsOf(id) ?? []),
      );
    } else {
      const words = Array.isArray(value) ? value.join("; ") : wordsOf(value);
      if (words !== null) features.set(name, words);
    }
  }
  const place = (value: unknown) => (typeof value === "number" ? value : null);
  return {
    id: wordsOf(one["%ID"]) ?? "",
    type: wordsOf(one["%TYPE"]) ?? "",
    begin: place(one.begin),
    end: place(one.end),
    features,
    references,
  };
}
