/**
 * The API's own description held against what its routes take and answer: requests made at random from its schemas, and answers compared with
 * it field by field.
 */
import { Ajv2020 } from "ajv/dist/2020";
import fc from "fast-check";
import { z } from "zod";
import type { Answered, Description } from "../http";
import { type Operation, problemsOf, problemView, UUID_PATTERN } from "../openapi";

type Schema = { readonly [key: string]: unknown };

const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
const compiled = new Map<z.ZodType, ReturnType<typeof ajv.compile>>();

/** Ids that clients chose need not be of a version that RFC 9562 names. */
const jsonSchema = (schema: z.ZodType, io: "input" | "output"): Schema =>
  z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override: ({ jsonSchema: one }) => {
      if (one.pattern === UUID_PATTERN || one.format === "uuid")
        Object.assign(one, { format: "uuid", pattern: "^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$" });
    },
  });

/** Fields that a schema of an answer does not name count as faults here, though the description lets answers grow. */
function answerFaults(schema: z.ZodType, value: unknown): readonly string[] {
  const validate = compiled.get(schema) ?? ajv.compile(jsonSchema(schema, "output"));
  compiled.set(schema, validate);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

const typeOf = (response: Response) => (response.headers.get("content-type") ?? "").split(";")[0] ?? "";

/** What of an answer is not as it was described; empty when all is. Reads a clone of it. */
export async function faultsOf(operation: Operation, response: Response): Promise<readonly string[]> {
  const { status } = response;
  const answer = operation.description.answers?.[status];
  if (answer !== undefined) return answeredFaults(answer, response);
  if (!(String(status) in problemsOf(operation)))
    return [`${status} is not described: ${await response.clone().text()}`];
  if (typeOf(response) !== "application/problem+json") return [`${status} as ${typeOf(response)}`];
  const body: unknown = await response.clone().json();
  return [
    ...answerFaults(problemView, body),
    ...(response.headers.get("cache-control")?.includes("no-store") ? [] : ["a problem that may be kept"]),
  ];
}

async function answeredFaults(answer: Answered, response: Response): Promise<readonly string[]> {
  const type = typeOf(response);
  if (typeof answer === "string") return type === "" ? [] : [`${response.status} with a body of ${type}`];
  const schema = "file" in answer ? answer.json : answer;
  if ("file" in answer && type !== "" && (answer.file === "*/*" || answer.file === type)) return [];
  if (!schema || type !== "application/json") return [`${response.status} as ${type}`];
  return answerFaults(schema, await response.clone().json());
}

/** Whether the description says that a body may be so. */
export function fits(description: Description, body: unknown): boolean {
  return description.body !== undefined && ajv.validate(jsonSchema(description.body, "input"), body);
}

/** Values that a schema allows, ids mostly among `ids`. */
export const valuesOf = (schema: z.ZodType, ids: readonly string[]): fc.Arbitrary<unknown> => {
  const root = jsonSchema(schema, "input");
  return arbitrary(root, { root, ids });
};

type Context = { readonly root: Schema; readonly ids: readonly string[] };

const isSchema = (value: unknown): value is Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const listed = (value: unknown): readonly Schema[] => (Array.isArray(value) ? value.filter(isSchema) : []);
const number = (value: unknown, otherwise: number) => (typeof value === "number" ? value : otherwise);

function arbitrary(schema: unknown, context: Context): fc.Arbitrary<unknown> {
  if (!isSchema(schema)) return fc.jsonValue({ maxDepth: 1 });
  if (typeof schema.$ref === "string") return arbitrary(refered(schema.$ref, context.root), context);
  if ("const" in schema) return fc.constant(schema.const);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
  const either = [...listed(schema.anyOf), ...listed(schema.oneOf)];
  if (either.length > 0) return fc.oneof(...either.map((one) => arbitrary(one, context)));
  const all = listed(schema.allOf);
  if (all.length > 0) return fc.tuple(...all.map((one) => arbitrary(one, context))).map((each) => each.at(-1));
  const maker = typeof schema.type === "string" ? MAKERS[schema.type] : undefined;
  return maker ? maker(schema, context) : fc.jsonValue({ maxDepth: 1 });
}

const refered = (ref: string, root: Schema): unknown =>
  ref
    .split("/")
    .slice(1)
    .reduce<unknown>((at, key) => (isSchema(at) ? at[key] : undefined), root);

const MAKERS: Readonly<Record<string, (schema: Schema, context: Context) => fc.Arbitrary<unknown>>> = {
  null: () => fc.constant(null),
  boolean: () => fc.boolean(),
  integer: (schema) => fc.integer(rangeOf(schema)),
  number: (schema) => fc.double({ ...rangeOf(schema), noNaN: true }),
  string: (schema, context) => text(schema, context),
  array: (schema, context) => list(schema, context),
  object: (schema, context) => object(schema, context),
};

const rangeOf = (schema: Schema) => ({
  min: Math.max(number(schema.minimum, -1_000), -(2 ** 31)),
  max: Math.min(number(schema.maximum, 1_000), 2 ** 31 - 1),
});

function text(schema: Schema, { ids }: Context): fc.Arbitrary<unknown> {
  if (schema.format === "uuid" && ids.length > 0) return fc.oneof(fc.constantFrom(...ids), fc.uuid());
  if (schema.format === "uuid") return fc.uuid();
  if (schema.format === "email") return fc.uuid().map((name) => `${name}@desk.example`);
  if (schema.format === "uri") return fc.webUrl();
  if (schema.format === "date-time")
    return fc
      .date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true })
      .map((at) => at.toISOString());
  if (typeof schema.pattern === "string") return fc.stringMatching(new RegExp(schema.pattern, "u"));
  const minLength = number(schema.minLength, 0);
  return fc.string({
    minLength,
    maxLength: Math.max(minLength, Math.min(number(schema.maxLength, 40), 40)),
    unit: "binary",
  });
}

function list(schema: Schema, context: Context): fc.Arbitrary<unknown> {
  const places = listed(schema.prefixItems);
  if (places.length > 0) return fc.tuple(...places.map((one) => arbitrary(one, context)));
  const minLength = number(schema.minItems, 0);
  return fc.array(arbitrary(schema.items, context), {
    minLength,
    maxLength: Math.max(minLength, Math.min(number(schema.maxItems, 3), 3)),
  });
}

function object(schema: Schema, context: Context): fc.Arbitrary<unknown> {
  const fields = Object.entries(isSchema(schema.properties) ? schema.properties : {});
  const required = Array.isArray(schema.required) ? schema.required.map(String) : [];
  if (fields.length === 0 && isSchema(schema.additionalProperties))
    return fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), arbitrary(schema.additionalProperties, context), {
      maxKeys: 3,
    });
  const model = Object.fromEntries(fields.map(([name, value]) => [name, arbitrary(value, context)]));
  return fc.record(model, { requiredKeys: required.filter((name) => name in model) });
}
