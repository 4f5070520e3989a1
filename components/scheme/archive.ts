/** `archived` is there or it is not, never false: so that an unchanged scheme compares equal. */
export function archive<T extends { readonly archived?: boolean }>(thing: T, on: boolean): T {
  const { archived: _, ...rest } = thing;
  return (on ? { ...rest, archived: true } : rest) as T;
}
