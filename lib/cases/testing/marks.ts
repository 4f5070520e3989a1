/** Short ways to write reviews down in tests: `marks("a 0-10 CLAIM, b 2-10 CLAIM")`. Not part of the product. */
import type { CaseSpan } from "../case";

/** Spans as "reviewer start-end LABEL", with comma between; ids are "reviewer:start-end:LABEL", with #n for a repeated one. */
export function marks(written: string): CaseSpan[] {
  const seen = new Map<string, number>();
  return written
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((part) => {
      const [reviewer = "", range = "", label = ""] = part.split(" ");
      const [start = 0, end = 0] = range.split("-").map(Number);
      const id = `${reviewer}:${range}:${label}`;
      const n = (seen.get(id) ?? 0) + 1;
      seen.set(id, n);
      return { id: n === 1 ? id : `${id}#${n}`, reviewer, start, end, label, attributes: {} };
    });
}

export const reviewersOf = (names: string): string[] => names.split("");

/** The case's members as they are written above. */
export const written = (members: readonly CaseSpan[]): string =>
  members.map((m) => `${m.reviewer} ${m.start}-${m.end} ${m.label}`).join(", ");
