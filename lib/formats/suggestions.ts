/** What a file holds as suggestions: those that it calls so, and, where that is asked for, its reviews and its gold. */
import type { NativeArticle, NativeSuggestions } from "./native";

/** The name under which a file's gold is suggested. */
export const GOLD = "gold";

/** Sets of one name as one, in the order of their names' first. */
export function mergeSuggestions(sets: readonly NativeSuggestions[]): readonly NativeSuggestions[] {
  const merged = new Map<string, NativeSuggestions>();
  for (const set of sets) {
    const before = merged.get(set.by);
    merged.set(
      set.by,
      before
        ? {
            ...before,
            ...(before.person || set.person ? { person: true } : {}),
            spans: [...before.spans, ...set.spans],
            links: [...before.links, ...set.links],
          }
        : set,
    );
  }
  return [...merged.values()];
}

/** Every mark of the article as a suggestion, and no review or gold left. */
export function allAsSuggestions({ suggestions = [], ...article }: NativeArticle): NativeArticle {
  const all = mergeSuggestions([
    ...suggestions,
    ...article.reviews.map(({ reviewer, spans, links }) => ({ by: reviewer, person: true, spans, links, extra: {} })),
    ...(article.gold
      ? [{ by: GOLD, person: true, spans: article.gold.spans, links: article.gold.links, extra: {} }]
      : []),
  ]).filter(({ spans }) => spans.length > 0);
  return { ...article, reviews: [], gold: null, ...(all.length > 0 ? { suggestions: all } : {}) };
}
