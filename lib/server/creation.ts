/** Creation under an id of the client's choosing: whoever loses the race against the same request finds what the winner made. */
import { createHash } from "node:crypto";
import { type Result, refuse } from "../result";
import { isUniqueViolation, type Tx, transaction } from "./db";

export type Created<T> = { readonly made: boolean; readonly value: T };

/** `work` looks first whether it is there; it runs once more when an insert in it collided with another's. */
export async function creation<T>(work: (tx: Tx) => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await transaction(work);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return transaction(work);
  }
}

/** Of what a creating request asked for, whatever the order of its fields; kept in `creationHash`. */
export const creationHash = (input: unknown): string => createHash("sha256").update(canonical(input)).digest("hex");

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  fields.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(",")}}`;
}

export const idTaken = () =>
  refuse("conflict", "This id is in use for something else.", [
    { path: "id", code: "id-taken", message: "Choose another id." },
  ]);
