/**
 * A typed client of the API as one file of TypeScript, made from the OpenAPI document: nothing in it is written down twice, and it is always
 * that of the Gloss that serves it. It needs a platform with fetch, and no package.
 */
import { RUNTIME } from "./runtime";
import { isSchema, listed, type Schema, typeOf } from "./types";

/** Of `describeApi`, or of any document that is laid out so. */
export type ApiDocument = {
  readonly info: { readonly version: string };
  readonly paths?: unknown;
  readonly components?: unknown;
};

type Operation = {
  readonly name: string;
  readonly says: string;
  readonly input: string;
  readonly answer: string;
  /** Answered as it comes: a download, or rows that are not JSON. */
  readonly file: boolean;
};

export function clientOf(document: ApiDocument): string {
  const operations = operationsOf(document.paths);
  return [
    `/** A client of the HTTP API of Gloss ${document.info.version}, made from its OpenAPI document. Do not edit: fetch it again from /api/v1/client.ts. */`,
    ...schemasOf(document.components),
    `export type Operations = {\n${operations.map(entryOf).join("\n")}\n};`,
    `/** Those whose answer is a Response, to be read as it comes. */\nconst FILES: ReadonlySet<string> = new Set([\n${operations
      .filter(({ file }) => file)
      .map(({ name }) => `  ${JSON.stringify(name)},`)
      .join("\n")}\n]);`,
    RUNTIME,
  ].join("\n\n");
}

const entryOf = ({ name, says, input, answer }: Operation): string =>
  `  /** ${says.replaceAll("*/", "*\\/")} */\n  ${JSON.stringify(name)}: { input: ${input}; answer: ${answer} };`;

function schemasOf(components: unknown): readonly string[] {
  const schemas = isSchema(components) ? components.schemas : null;
  return Object.entries(isSchema(schemas) ? schemas : {}).map(
    ([name, schema]) => `export type ${name} = ${typeOf(schema)};`,
  );
}

function operationsOf(paths: unknown): readonly Operation[] {
  return Object.entries(isSchema(paths) ? paths : {}).flatMap(([path, methods]) =>
    Object.entries(isSchema(methods) ? methods : {}).flatMap(([method, operation]) =>
      isSchema(operation) ? [operationOf(`${method.toUpperCase()} ${path}`, operation)] : [],
    ),
  );
}

function operationOf(name: string, operation: Schema): Operation {
  const answers = answersOf(operation.responses);
  return {
    name,
    says: [operation.summary, operation.description].filter(Boolean).join(". "),
    input: inputOf(operation),
    answer: answers.includes("Response") ? "Response" : [...new Set(answers)].join(" | ") || "undefined",
    file: answers.includes("Response"),
  };
}

function inputOf({ parameters, requestBody }: Schema): string {
  const fields = (["path", "query"] as const).flatMap((place) => {
    const here = listed(parameters).filter((one) => one.in === place);
    if (here.length === 0) return [];
    const optional = here.every((one) => one.required !== true);
    const each = here.map((one) => `${one.name}${one.required === true ? "" : "?"}: ${queried(one.schema)}`);
    return [`${place}${optional ? "?" : ""}: { ${each.join("; ")} }`];
  });
  if (listed(parameters).some((one) => one.name === "If-Match")) fields.push("ifMatch: string");
  const content = isSchema(requestBody) ? requestBody.content : null;
  const json = isSchema(content) ? content["application/json"] : null;
  if (isSchema(json)) fields.push(`body: ${typeOf(json.schema, "  ")}`);
  else if (isSchema(content)) fields.push("body: Blob | Uint8Array<ArrayBuffer> | string | FormData");
  return `{ ${fields.join("; ")} }`;
}

/** What a parameter may be given as; it is sent as text. */
const queried = (schema: unknown): string => {
  const type = typeOf(schema);
  return type === "unknown" ? "string | number | boolean" : type;
};

function answersOf(responses: unknown): readonly string[] {
  return Object.entries(isSchema(responses) ? responses : {}).flatMap(([status, response]) => {
    if (!status.startsWith("2") || !isSchema(response)) return [];
    if (!isSchema(response.content)) return ["undefined"];
    const json = response.content["application/json"];
    return [isSchema(json) ? typeOf(json.schema, "  ") : "Response"];
  });
}
