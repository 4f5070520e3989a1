/** Characters that no YAML file may hold as they are; JSON escapes the other ones. */
const UNPRINTABLE = /[\u007f-\u0084\u0086-\u009f\ufffe\uffff]/g;

/** JSON's strings are YAML's double-quoted scalars, so nothing in a name can break out. */
const quoted = (words: string): string =>
  JSON.stringify(words.replaceAll(/\s+/g, " ").trim()).replaceAll(
    UNPRINTABLE,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** CITATION.cff, Citation File Format 1.2.0; described.test.ts holds it against its schema. */
export function citation(facts: {
  readonly project: string;
  readonly number: number;
  readonly madeAt: string;
  readonly url: string;
  readonly licences: readonly string[];
}): string {
  const keywords = [...new Set(facts.licences.map((one) => quoted(`licence: ${one}`)))];
  return [
    "cff-version: 1.2.0",
    `message: ${quoted("If you use this dataset, cite it as below.")}`,
    "type: dataset",
    `title: ${quoted(`${facts.project}, release ${facts.number}`)}`,
    `version: ${quoted(String(facts.number))}`,
    `date-released: ${quoted(facts.madeAt.slice(0, 10))}`,
    `url: ${quoted(facts.url)}`,
    "authors:",
    `  - name: ${quoted(facts.project)}`,
    ...(facts.licences.length > 0 ? ["keywords:", ...keywords.map((one) => `  - ${one}`)] : []),
    "",
  ].join("\n");
}
