/** A JSON Schema as a TypeScript type. */
export type Schema = { readonly [key: string]: unknown };

export const isSchema = (value: unknown): value is Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value);
export const listed = (value: unknown): readonly Schema[] => (Array.isArray(value) ? value.filter(isSchema) : []);

const NAMED: Readonly<Record<string, string>> = {
  string: "string",
  integer: "number",
  number: "number",
  boolean: "boolean",
  null: "null",
};

export function typeOf(schema: unknown, indent = ""): string {
  if (!isSchema(schema)) return "unknown";
  if (typeof schema.$ref === "string") return schema.$ref.split("/").at(-1) ?? "unknown";
  if ("const" in schema) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const either = [...listed(schema.anyOf), ...listed(schema.oneOf)];
  if (either.length > 0) return [...new Set(either.map((one) => typeOf(one, indent)))].join(" | ");
  const all = listed(schema.allOf);
  if (all.length > 0) return all.map((one) => `(${typeOf(one, indent)})`).join(" & ");
  const kinds: readonly unknown[] = Array.isArray(schema.type) ? schema.type : [schema.type];
  return [...new Set(kinds.map((kind) => ofKind(kind, schema, indent)))].join(" | ");
}

function ofKind(kind: unknown, schema: Schema, indent: string): string {
  if (kind === "object") return object(schema, indent);
  if (kind === "array") return array(schema, indent);
  return (typeof kind === "string" ? NAMED[kind] : undefined) ?? "unknown";
}

function array(schema: Schema, indent: string): string {
  const places = listed(schema.prefixItems);
  if (places.length > 0) return `[${places.map((one) => typeOf(one, indent)).join(", ")}]`;
  return `readonly (${typeOf(schema.items, indent)})[]`;
}

function object(schema: Schema, indent: string): string {
  const fields = Object.entries(isSchema(schema.properties) ? schema.properties : {});
  const rest = isSchema(schema.additionalProperties) ? typeOf(schema.additionalProperties, indent) : "unknown";
  if (fields.length === 0) return `Record<string, ${rest}>`;
  const required: readonly unknown[] = Array.isArray(schema.required) ? schema.required : [];
  const deeper = `${indent}  `;
  const lines = fields.map(([name, value]) => {
    const words = isSchema(value) && typeof value.description === "string" ? value.description : null;
    const says = words ? `${deeper}/** ${words.replaceAll("*/", "*\\/")} */\n` : "";
    return `${says}${deeper}${JSON.stringify(name)}${required.includes(name) ? "" : "?"}: ${typeOf(value, deeper)};`;
  });
  return `{\n${lines.join("\n")}\n${indent}}`;
}
