/** From zod's issues, and from strings that no database holds, to placed faults with kebab-case codes. */
import type { z } from "zod";
import type { Fault } from "../result";
import { checkText } from "../text/wellformed";

/** More than these of one line say nothing new. */
const MOST = 20;
/** Deeper JSON is nobody's data, and would overflow whatever recurses over it later. */
const DEEPEST = 64;

const dotted = (path: readonly PropertyKey[]): string => path.map(String).join(".");

const CODES: Readonly<Record<string, string>> = {
  invalid_type: "wrong-type",
  too_small: "too-small",
  too_big: "too-big",
  invalid_value: "bad-value",
  invalid_format: "bad-value",
  unrecognized_keys: "unknown-field",
  not_multiple_of: "wrong-type",
};

export function faultsOfIssues(issues: readonly z.core.$ZodIssue[], prefix = ""): readonly Fault[] {
  return issues.slice(0, MOST).map((issue) => ({
    path: [prefix, dotted(issue.path)].filter(Boolean).join("."),
    code: CODES[issue.code] ?? "bad-value",
    message: issue.message,
  }));
}

/** Only an escape can bring these through JSON in valid UTF-8, so most lines need no second look. */
const SUSPECT = /\\u(?:0000|[dD][89a-fA-F])/;

/**
 * NUL and lone surrogates in any string or member name, and nesting beyond 64. `source` is the JSON text when there is one. Walks
 * without recursion.
 */
export function faultsOfStrings(value: unknown, source?: string): readonly Fault[] {
  const lookAtStrings = source === undefined || SUSPECT.test(source);
  const faults: Fault[] = [];
  const open: { value: unknown; path: string; depth: number }[] = [{ value, path: "", depth: 0 }];
  for (let item = open.pop(); item !== undefined && faults.length < MOST; item = open.pop()) {
    if (typeof item.value === "string") {
      if (lookAtStrings) faults.push(...notWellFormed(item.value, item.path));
    } else if (typeof item.value === "object" && item.value !== null) {
      if (item.depth === DEEPEST) {
        const message = `Nested more than ${DEEPEST} deep.`;
        return [...faults, { path: item.path.slice(0, 200), code: "too-deep", message }];
      }
      for (const [name, inner] of Object.entries(item.value)) {
        if (lookAtStrings) faults.push(...notWellFormed(name, item.path));
        if (typeof inner !== "object" && typeof inner !== "string") continue;
        open.push({ value: inner, path: item.path === "" ? name : `${item.path}.${name}`, depth: item.depth + 1 });
      }
    }
  }
  return faults;
}

/** The place inside the text is in the message: a fault's `line` is the file's. */
export const notWellFormed = (text: string, path: string): readonly Fault[] =>
  checkText(text, path).map(({ message, actual }) => ({ path, code: "not-well-formed", message, actual }));
