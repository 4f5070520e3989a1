"use client";

import { Command } from "cmdk";
import { useEffect, useMemo, useState } from "react";
import { api } from "@/components/api";
import { type Looks, lookFor, swatch } from "@/components/reader/look";
import { cls } from "@/components/ui/class";
import { labelOf } from "@/lib/scheme/lookup";
import type { LinkType, Scheme } from "@/lib/scheme/scheme";
import type { Span } from "@/lib/spans/model";
import type { TextIndex } from "@/lib/text/codepoints";
import { fold } from "@/lib/text/fold";
import { explain, farWays, nameOfWay, textWays, type Way, waysBetween } from "./acts";
import type { FarTarget } from "./model";
import { cutOut, glimpse } from "./words";

/** At most so many targets are listed; a number or a word finds the others. */
const LISTED = 60;

/**
 * The target of a link: by a click in the article, by number, by words, or as a text for what is in no article. Only what the scheme
 * allows is offered, and the rules are said.
 */
export function LinkPanel({
  from,
  number,
  target,
  spans,
  numbers,
  scheme,
  looks,
  index,
  onLink,
  project,
  article,
  onText,
  onFar,
  onClose,
}: {
  from: Span;
  number: number | undefined;
  /** A span that was pressed in the article, when it can be linked in more ways than one or in none. */
  target: Span | null;
  spans: readonly Span[];
  numbers: ReadonlyMap<string, number>;
  scheme: Scheme;
  looks: Looks;
  index: TextIndex;
  onLink: (to: Span, way: Way) => void;
  project: string;
  /** Its own spans are no far targets. */
  article: string;
  onText: (type: LinkType, words: string) => void;
  onFar: (type: LinkType, target: FarTarget) => void;
  onClose: () => void;
}) {
  const [words, setWords] = useState("");
  const label = labelOf(scheme, from.label);
  const texts = textWays(scheme, from.label);
  const found = useMemo(() => {
    const wanted = fold(words);
    const candidates = target ? [target] : spans;
    const made: { span: Span; way: Way; quote: string }[] = [];
    for (const span of candidates) {
      if (span.id === from.id) continue;
      const ways = waysBetween(scheme, from.label, span.label);
      if (ways.length === 0) continue;
      const quote = glimpse(cutOut(index, span), 90);
      const n = String(numbers.get(span.id));
      if (wanted !== "" && !(/^\d+$/.test(wanted) ? n.startsWith(wanted) : fold(quote).includes(wanted))) continue;
      for (const way of ways) made.push({ span, way, quote });
      if (made.length >= LISTED) break;
    }
    // The exact number first, then what the label must have, then what stands near.
    const asked = ({ type, turned }: Way) => Number(!turned && (type.requiredFor?.includes(from.label) ?? false));
    const near = (s: Span) => Math.abs(s.start - from.start);
    return made.sort(
      (a, b) =>
        Number(String(numbers.get(b.span.id)) === wanted) - Number(String(numbers.get(a.span.id)) === wanted) ||
        asked(b.way) - asked(a.way) ||
        near(a.span) - near(b.span) ||
        Number(a.way.turned) - Number(b.way.turned),
    );
  }, [words, target, spans, from, scheme, index, numbers]);
  const rules = explain(scheme, from.label);
  const reach = useMemo(() => farWays(scheme, from.label), [scheme, from.label]);
  const far = useFarTargets(target ? [] : reach, project, article, words);
  return (
    <Command
      className="rv-link"
      label="Link target"
      shouldFilter={false}
      loop
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        onClose();
      }}
    >
      <p className="rv-link-head">
        Link{" "}
        <span className={cls("named", swatch(lookFor(looks, from.label)))}>
          {label?.name.toLowerCase() ?? from.label}
        </span>{" "}
        {number} to: click a span, or type its number{texts.length > 0 ? ", or the target in your own words" : ""}
      </p>
      <Command.Input
        autoFocus
        value={words}
        onValueChange={setWords}
        placeholder={texts.length > 0 ? "number, words of a span, or a target in words" : "number, or words of a span"}
      />
      <Command.List>
        <Command.Empty>
          {target
            ? `A ${label?.name.toLowerCase()} cannot be linked to a ${labelOf(scheme, target.label)?.name.toLowerCase()}. `
            : "Nothing marked so far fits. "}
          {rules ? `Allowed: ${rules}.` : "The scheme has no link for this label."}
        </Command.Empty>

        {found.map(({ span, way, quote }) => {
          const name = nameOfWay(way);
          return (
            <Command.Item
              key={`${span.id} ${way.type.key} ${way.turned}`}
              value={`${span.id} ${way.type.key} ${way.turned}`}
              onSelect={() => onLink(span, way)}
            >
              <span className="rv-way">{name}</span>
              <span className={cls("swatch", swatch(lookFor(looks, span.label)))} aria-hidden />
              <span className="rv-q" dir="auto">
                {quote}
              </span>
              <span className="rv-no">{numbers.get(span.id)}</span>
            </Command.Item>
          );
        })}
        {!target &&
          texts.flatMap((type) => [
            ...(words.trim() !== "" && !/^\d+$/.test(words.trim())
              ? [
                  <Command.Item
                    key={`${type.key} text`}
                    value={`text ${type.key}`}
                    onSelect={() => onText(type, words)}
                  >
                    <span className="rv-way">{type.name}</span>
                    <span className="rv-q" dir="auto">
                      “{words.trim()}”
                    </span>
                    <span className="rv-where">a target in no article</span>
                  </Command.Item>,
                ]
              : []),
            <Command.Item
              key={`${type.key} generic`}
              value={`generic ${type.key}`}
              onSelect={() => onText(type, "generic")}
            >
              <span className="rv-way">{type.name}</span>
              <span className="rv-q">nothing in particular (generic)</span>
            </Command.Item>,
          ])}
        {far.length > 0 && (
          <Command.Group heading="In other articles: your own marks, and gold">
            {far.map(({ type, target: there }) => (
              <Command.Item
                key={`${there.id} ${type.key} far`}
                value={`${there.id} ${type.key} far`}
                onSelect={() => onFar(type, there)}
              >
                <span className="rv-way">{type.name}</span>
                <span className={cls("swatch", swatch(lookFor(looks, there.label)))} aria-hidden />
                <span className="rv-q" dir="auto">
                  {glimpse(there.quote, 90)}
                </span>
                <span className="rv-far" dir="auto">
                  {there.gold ? "gold, " : ""}
                  {there.articleTitle}
                </span>
              </Command.Item>
            ))}
          </Command.Group>
        )}
      </Command.List>
      {rules && found.length > 0 && <p className="rv-link-rules">The scheme allows: {rules}.</p>}
    </Command>
  );
}

/** Milliseconds after the last letter before other articles are asked. */
const PAUSE_MS = 250;
/** Listed of other articles at most; more words find the others. */
const FAR = 12;

/** Spans of other articles that fit: asked of the server, which answers with one's own marks and gold only. */
function useFarTargets(
  reach: readonly { readonly type: LinkType; readonly labels: readonly string[] }[],
  project: string,
  article: string,
  words: string,
): readonly { readonly type: LinkType; readonly target: FarTarget }[] {
  const [found, setFound] = useState<readonly FarTarget[]>([]);
  const labels = [...new Set(reach.flatMap((r) => r.labels))].sort().join(",");
  useEffect(() => {
    if (labels === "" || /^\d+$/.test(words.trim())) {
      setFound([]);
      return;
    }
    let stale = false;
    const timer = setTimeout(
      async () => {
        const query = new URLSearchParams({
          labels,
          except: article,
          limit: String(FAR),
          q: words.trim().slice(0, 200),
        });
        const answer = await api<{ readonly items: readonly FarTarget[] }>(
          "GET",
          `/projects/${project}/targets?${query}`,
        );
        if (!stale) setFound(answer.ok ? answer.value.items : []);
      },
      words === "" ? 0 : PAUSE_MS,
    );
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [labels, project, article, words]);
  return found.flatMap((target) =>
    reach.filter((r) => r.labels.includes(target.label)).map(({ type }) => ({ type, target })),
  );
}
