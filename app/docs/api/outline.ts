/** A JSON schema as people read types: names, kinds, bounds; optional names end in "?". */
export type Schema = { readonly [key: string]: unknown };

const isSchema = (value: unknown): value is Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const listed = (value: unknown): readonly Schema[] => (Array.isArray(value) ? value.filter(isSchema) : []);

export function outline(schema: unknown, indent = ""): string {
  if (!isSchema(schema)) return "anything";
  if (typeof schema.$ref === "string") return schema.$ref.split("/").at(-1) ?? "anything";
  if ("const" in schema) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const either = [...listed(schema.anyOf), ...listed(schema.oneOf)];
  if (either.length > 0) return [...new Set(either.map((one) => outline(one, indent)))].join(" | ");
  const all = listed(schema.allOf);
  if (all.length > 0) return all.map((one) => outline(one, indent)).join(" & ");
  const kinds: readonly unknown[] = Array.isArray(schema.type) ? schema.type : [schema.type];
  return kinds.map((kind) => ofKind(kind, schema, indent)).join(" | ");
}

function ofKind(kind: unknown, schema: Schema, indent: string): string {
  if (kind === "object") return object(schema, indent);
  if (kind === "array") return array(schema, indent);
  if (kind === "string")
    return `${schema.format ?? "string"}${bounds(schema.minLength, schema.maxLength, " characters")}`;
  if (kind === "integer" || kind === "number") return `${kind}${bounds(schema.minimum, schema.maximum, "")}`;
  return typeof kind === "string" ? kind : "anything";
}

function bounds(low: unknown, high: unknown, unit: string): string {
  const [from, to] = [low, high].map((bound) => (typeof bound === "number" ? bound.toLocaleString("en") : null));
  if (from && to) return ` (${from} to ${to}${unit})`;
  if (to) return ` (at most ${to}${unit})`;
  return from && from !== "0" ? ` (at least ${from}${unit})` : "";
}

function array(schema: Schema, indent: string): string {
  const places = listed(schema.prefixItems);
  if (places.length > 0) return `[${places.map((one) => outline(one, indent)).join(", ")}]`;
  const item = outline(schema.items, indent);
  return item.includes(" | ") || item.includes(" & ") ? `(${item})[]` : `${item}[]`;
}

function object(schema: Schema, indent: string): string {
  const fields = Object.entries(isSchema(schema.properties) ? schema.properties : {});
  const rest = isSchema(schema.additionalProperties) ? outline(schema.additionalProperties, indent) : null;
  if (fields.length === 0) return `{ [name]: ${rest ?? "anything"} }`;
  const required: readonly unknown[] = Array.isArray(schema.required) ? schema.required : [];
  const deeper = `${indent}  `;
  const lines = fields.map(([name, value]) => {
    const what = isSchema(value) && typeof value.description === "string" ? `   // ${value.description}` : "";
    return `${deeper}${name}${required.includes(name) ? "" : "?"}: ${outline(value, deeper)}${what}`;
  });
  return `{\n${lines.join("\n")}\n${indent}}`;
}
