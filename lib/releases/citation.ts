/** CITATION.cff, Citation File Format 1.2.0. JSON strings are YAML's double-quoted scalars, so nothing in a name can break out. */
export function citation(facts: {
  readonly project: string;
  readonly number: number;
  readonly madeAt: string;
  readonly url: string;
  readonly licences: readonly string[];
}): string {
  const quoted = (words: string) => JSON.stringify(words.replaceAll(/\s+/g, " ").trim());
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
    ...(facts.licences.length > 0
      ? ["keywords:", ...facts.licences.map((one) => `  - ${quoted(`licence: ${one}`)}`)]
      : []),
    "",
  ].join("\n");
}
