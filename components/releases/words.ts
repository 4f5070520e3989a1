/** How releases speak of themselves on screens. */
export const STATES = {
  waiting: "waiting",
  making: "being made",
  ready: "ready",
  failed: "failed",
  cancelled: "cancelled",
} as const;

export type ReleaseState = keyof typeof STATES;

export const LAYERS = {
  all: "Reviews, gold and decisions",
  reviews: "Submitted reviews",
  gold: "Gold of settled articles",
} as const;

export const PEOPLE = [
  { value: "ids", name: "By id" },
  { value: "names", name: "By name" },
  { value: "pseudonyms", name: "By pseudonym" },
] as const;

const UNITS = ["B", "kB", "MB", "GB"] as const;

/** 1 kB is 1,000 bytes. */
export function sizeInWords(bytes: number): string {
  const step = bytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** step;
  return `${step === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[step]}`;
}

export const count = (of: number, one: string, many = `${one}s`): string =>
  `${of.toLocaleString("en-GB")} ${of === 1 ? one : many}`;
