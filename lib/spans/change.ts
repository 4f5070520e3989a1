/** What a change is about. */
import type { Change } from "./model";

export type DismissChange = Extract<Change, { kind: "suggestion.dismiss" }>;

export const isSpanChange = (change: Change): boolean => change.kind === "span.put" || change.kind === "span.remove";

/** The id of its span, link or suggestion. */
export function targetOf(change: Change): string {
  switch (change.kind) {
    case "span.put":
      return change.span.id;
    case "span.remove":
      return change.spanId;
    case "link.put":
      return change.link.id;
    case "link.remove":
      return change.linkId;
    case "suggestion.dismiss":
      return change.suggestionId;
  }
}

/** The spans, links and suggestions that a request names: what must be loaded to apply it (applyAll says what else). */
export function touchedBy(changes: readonly Change[]): {
  readonly spans: readonly string[];
  readonly links: readonly string[];
  readonly suggestions: readonly string[];
} {
  const spans = new Set<string>();
  const links = new Set<string>();
  const suggestions = new Set<string>();
  for (const change of changes) {
    if (change.kind === "suggestion.dismiss") {
      suggestions.add(change.suggestionId);
      continue;
    }
    (isSpanChange(change) ? spans : links).add(targetOf(change));
    if (change.kind === "span.put" && change.span.suggestion !== undefined) suggestions.add(change.span.suggestion);
    if (change.kind !== "link.put") continue;
    spans.add(change.link.from);
    if (change.link.to !== null) spans.add(change.link.to);
  }
  return { spans: [...spans], links: [...links], suggestions: [...suggestions] };
}
