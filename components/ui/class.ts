/** Joins class names, leaving out what is false, null or empty. */
export const cls = (...names: readonly (string | false | null | undefined)[]): string =>
  names.filter(Boolean).join(" ");
