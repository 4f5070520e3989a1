import { labelOf } from "@/lib/scheme/lookup";
import type { Scheme } from "@/lib/scheme/scheme";
import type { SpanContent } from "@/lib/spans/canonical";
import type { TextIndex } from "@/lib/text/codepoints";
import type { Range } from "@/lib/text/range";

export const glimpse = (quote: string, length = 80): string => {
  const flat = quote.replace(/[^\S\u00a0]+/g, " ").trim();
  const points = [...flat];
  return points.length > length ? `${points.slice(0, length - 1).join("")}…` : flat;
};

export const cutOut = (index: Pick<TextIndex, "slice">, range: Range, most = 400): string =>
  index.slice({ start: range.start, end: Math.min(range.end, range.start + most) });

/** "likelihood likely, checkable yes", by the scheme's names. */
export const attributeWords = (scheme: Scheme, span: Pick<SpanContent, "label" | "attributes">): readonly string[] =>
  Object.entries(span.attributes).map(([key, value]) => {
    const attribute = labelOf(scheme, span.label)?.attributes.find((a) => a.key === key);
    const name = attribute?.kind === "choice" ? attribute.values.find((v) => v.key === value)?.name : value;
    return `${attribute?.name.toLowerCase() ?? key} ${name ?? value}`;
  });
