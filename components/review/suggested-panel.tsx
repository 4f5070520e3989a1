"use client";

/** Beside the article: the suggestion in hand, and all that wait for an answer. */
import { type Looks, lookFor, swatch } from "@/components/reader/look";
import { cls } from "@/components/ui/class";
import { labelOf, linkTypeOf } from "@/lib/scheme/lookup";
import type { Scheme } from "@/lib/scheme/scheme";
import type { Origin, Suggestion } from "@/lib/spans/suggested";
import type { TextIndex } from "@/lib/text/codepoints";
import { Press } from "./press";
import { type Suggestions, scoreWords } from "./use-suggestions";
import { attributeWords, cutOut, glimpse } from "./words";

const byWords = ({ by, score }: Pick<Origin, "by" | "score">): string =>
  score === null ? by : `${by}, ${scoreWords(score)}`;

/** In place of the inspector: what is suggested, by whom, and the keys that answer it. */
export function SuggestionCard({
  suggestion,
  suggestions,
  all,
  scheme,
  looks,
  index,
  where,
  nextKey,
}: {
  suggestion: Suggestion;
  suggestions: Suggestions;
  all: readonly Suggestion[];
  scheme: Scheme;
  looks: Looks;
  index: TextIndex;
  where: string;
  nextKey: string;
}) {
  const { open } = suggestions;
  const words = attributeWords(scheme, suggestion);
  const others = scheme.labels.filter((l) => !l.archived && l.hotkey && l.key !== suggestion.label);
  return (
    <section className="rv-inspector rv-suggestion" aria-label="Suggestion">
      <p className="rv-head">
        <span>
          Suggestion <b>{open.indexOf(suggestion) + 1}</b> of {open.length}
        </span>
        <span className="rv-at">{where}</span>
      </p>
      <p className="rv-by">
        <span className={cls("named", swatch(lookFor(looks, suggestion.label)))}>
          {labelOf(scheme, suggestion.label)?.name ?? suggestion.label}
        </span>{" "}
        <span>
          suggested by <bdi>{byWords(suggestion)}</bdi>
        </span>
      </p>
      <blockquote dir="auto">{glimpse(cutOut(index, suggestion), 260)}</blockquote>
      {(words.length > 0 || suggestion.links.length > 0 || suggestion.note !== "") && (
        <ul className="rv-said-of-it">
          {words.map((one) => (
            <li key={one}>{one}</li>
          ))}
          {suggestion.links.map((link) => {
            const to = link.to === null ? null : all.find(({ id }) => id === link.to);
            const end = to ? cutOut(index, to) : (link.toText ?? "");
            return (
              <li key={`${link.type} ${link.to} ${link.toText}`}>
                {linkTypeOf(scheme, link.type)?.name ?? link.type} <bdi>“{glimpse(end, 60)}”</bdi>
                {to && ", once both are taken"}
              </li>
            );
          })}
          {suggestion.note !== "" && <li dir="auto">{suggestion.note}</li>}
        </ul>
      )}
      <p className="rv-answers">
        <Press className="primary" onClick={() => suggestions.take()}>
          <kbd aria-hidden>Enter</kbd>Take it
        </Press>
        <Press onClick={() => suggestions.dismiss()}>
          <kbd aria-hidden>⌫</kbd>Dismiss
        </Press>
        {open.length > 1 && (
          <Press onClick={() => suggestions.walk(1)}>
            <kbd aria-hidden>{nextKey}</kbd>Next
          </Press>
        )}
      </p>
      {others.length > 0 && (
        <p className="rv-instead">
          <span>or take it as</span>
          {others.map((l) => (
            <Press key={l.key} onClick={() => suggestions.take(l.key)}>
              <kbd aria-hidden>{l.hotkey}</kbd>
              <span className={cls("named", swatch(lookFor(looks, l.key)))}>{l.name}</span>
            </Press>
          ))}
        </p>
      )}
    </section>
  );
}

/** All that wait, in reading order. */
export function SuggestedList({
  suggestions,
  scheme,
  looks,
  index,
  where,
  nextKey,
}: {
  suggestions: Suggestions;
  scheme: Scheme;
  looks: Looks;
  index: TextIndex;
  where: (offset: number) => string;
  nextKey: string;
}) {
  const { open, inHand, dismissed } = suggestions;
  return (
    <section className="rv-suggested" aria-label="Suggestions">
      <p>
        <span>
          <b>{open.length}</b> {open.length === 1 ? "suggestion" : "suggestions"}
          {dismissed > 0 && `, ${dismissed} dismissed`}
        </span>
        {dismissed > 0 && (
          <button type="button" className="link" onClick={suggestions.askAgain}>
            Ask again
          </button>
        )}
        {open.length > 0 && (
          <Press onClick={() => suggestions.walk(1)}>
            <kbd aria-hidden>{nextKey}</kbd>Next
          </Press>
        )}
      </p>
      {open.length > 0 && (
        <ol>
          {open.map((one) => (
            <li key={one.id}>
              <button
                type="button"
                aria-current={one === inHand ? "true" : undefined}
                onClick={() => suggestions.choose(one.id)}
              >
                <span className={cls("swatch", swatch(lookFor(looks, one.label)))} aria-hidden />
                <span className="sr-only">{labelOf(scheme, one.label)?.name ?? one.label}: </span>
                <span className="rv-q" dir="auto">
                  {glimpse(cutOut(index, one), 90)}
                </span>
                <span className="sr-only">, by </span>
                <bdi className="rv-whose">{byWords(one)}</bdi>
                <span className="rv-where">{where(one.start)}</span>
              </button>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

/** Of a span that was made of one. */
export function OriginLine({ origin }: { origin: Origin }) {
  return (
    <p className="rv-origin">
      Suggested by <bdi>{byWords(origin)}</bdi>
      {origin.changed && ", changed since"}
    </p>
  );
}
