/** What no text can speak for is asked instead: the values of a label that a reviewer must judge, one after the other. */
import { labelOf } from "../scheme/lookup";
import type { Attribute, Scheme } from "../scheme/scheme";
import type { Span } from "../spans/model";

type Choice = Extract<Attribute, { kind: "choice" }>;

/** Neither words nor signs of the scheme, nor the register, could ever offer one of its values. */
const isJudged = (attribute: Choice): boolean =>
  !attribute.withSource && attribute.values.every((v) => v.archived || (!v.sign && (v.words ?? []).length === 0));

/** The first that has no value yet, in the scheme's order, after the one given; required ones are asked whatever offers them. */
export function nextAsked(scheme: Scheme, span: Span, after: string | null = null): string | null {
  const attributes = labelOf(scheme, span.label)?.attributes ?? [];
  const from = after === null ? 0 : attributes.findIndex((a) => a.key === after) + 1;
  const next = attributes
    .slice(from)
    .find(
      (a) =>
        a.kind === "choice" &&
        !a.archived &&
        (a.required || isJudged(a)) &&
        (span.attributes[a.key] ?? "").trim() === "",
    );
  return next?.key ?? null;
}
