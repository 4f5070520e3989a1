/** Creation under an id of the client's choosing: whoever loses the race against the same request finds what the winner made. */
import type { Result } from "../result";
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
