"use client";

import { Button } from "@/components/ui/button";
import { labelOf } from "@/lib/scheme/lookup";
import type { Scheme } from "@/lib/scheme/scheme";
import type { LinkContent, SpanContent } from "@/lib/spans/canonical";
import type { Review } from "@/lib/spans/model";
import type { TextIndex } from "@/lib/text/codepoints";
import type { Conflict } from "./draft/conflict";
import type { Aside, Draft } from "./draft/draft";
import { attributeWords, cutOut, glimpse } from "./words";

/** What both this window and another have changed, one by one, and what the server would not have. Nothing is lost until chosen. */
export function Conflicts({
  draft,
  conflicts,
  aside,
  scheme,
  review,
  index,
}: {
  draft: Draft;
  conflicts: readonly Conflict[];
  aside: readonly Aside[];
  scheme: Scheme;
  review: Review;
  index: TextIndex;
}) {
  if (conflicts.length === 0 && aside.length === 0) return null;
  return (
    <section className="rv-conflicts" aria-label="Changes that need a choice" role="alert">
      {conflicts.length > 0 && <h2>Changed in another window too</h2>}
      {conflicts.map((c) => (
        <div key={c.id} className="rv-conflict">
          <dl>
            <div>
              <dt>Here</dt>
              <dd>{c.kind === "span" ? spanWords(scheme, index, c.mine) : linkWords(scheme, review, index, c.mine)}</dd>
            </div>
            <div>
              <dt>There</dt>
              <dd>
                {c.kind === "span" ? spanWords(scheme, index, c.theirs) : linkWords(scheme, review, index, c.theirs)}
                {c.links.length > 0 && `, with ${c.links.length === 1 ? "a link" : `${c.links.length} links`}`}
              </dd>
            </div>
          </dl>
          <Button onClick={() => draft.resolve(c.id, "mine")}>Keep mine</Button>
          <Button onClick={() => draft.resolve(c.id, "theirs")}>Take theirs</Button>
        </div>
      ))}
      {aside.map(({ entry, reason }) => (
        <div key={entry.id} className="rv-conflict">
          <p>
            <b>Not saved.</b> {reason} {whatOf(entry.changes.length)} set aside; everything else goes on.
          </p>
          <Button onClick={() => draft.again(entry.id)}>Try again</Button>
          <Button onClick={() => draft.discard(entry.id)}>Give it up</Button>
        </div>
      ))}
    </section>
  );
}

const whatOf = (changes: number) => (changes === 1 ? "The change is" : `Its ${changes} changes are`);

function spanWords(scheme: Scheme, index: TextIndex, span: SpanContent | null): string {
  if (!span) return "removed";
  const label = labelOf(scheme, span.label);
  const more = [
    ...attributeWords(scheme, span),
    ...(span.uncertain ? ["uncertain"] : []),
    ...(span.note ? [`note “${glimpse(span.note, 60)}”`] : []),
  ];
  return `${label?.name ?? span.label}, “${glimpse(cutOut(index, span), 80)}”${more.length > 0 ? `, ${more.join(", ")}` : ""}`;
}

function linkWords(scheme: Scheme, review: Review, index: TextIndex, link: LinkContent | null): string {
  if (!link) return "no link";
  const name = scheme.links.find((t) => t.key === link.type)?.name ?? link.type;
  const words = (id: string | null) => {
    const span = id === null ? undefined : review.spans.get(id);
    return span ? `“${glimpse(cutOut(index, span), 50)}”` : `“${link.toText ?? "another article"}”`;
  };
  return `${words(link.from)} ${name} ${words(link.to)}`;
}
