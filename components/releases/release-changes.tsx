import type { ReactNode } from "react";
import { Badge, Section } from "../ui/page";
import { count } from "./words";

type SpanChange = {
  readonly kind: "added" | "removed" | "relabelled" | "moved";
  readonly layer: string;
  readonly start: number;
  readonly end: number;
  readonly label: string;
  readonly was?: string | undefined;
  readonly from?: readonly [number, number] | undefined;
  readonly quote: string | null;
};

export type Changes = {
  readonly against: number;
  readonly changes: {
    readonly articles: Readonly<Record<"added" | "removed" | "changed", number>>;
    readonly spans: Readonly<Record<SpanChange["kind"], number>>;
    readonly splits: number;
  };
  readonly items: readonly {
    readonly id: string;
    readonly title: string;
    readonly kind: "added" | "removed" | "changed";
    readonly text: boolean;
    readonly split: readonly [string | null, string | null] | null;
    readonly spans: readonly SpanChange[];
  }[];
};

const ARTICLE = { added: "new article", removed: "no longer in it", changed: "changed" } as const;
const SIGNS = { added: "+", removed: "−", relabelled: "↻", moved: "↔" } as const;
const KINDS = { added: "added", removed: "removed", relabelled: "relabelled", moved: "other ends" } as const;

/** What is another than it was, an article a section, signs beside the words so that no colour is needed. */
export function ReleaseChanges({ changes, items }: Changes) {
  const { articles, spans, splits } = changes;
  return (
    <>
      <dl className="flex flex-wrap gap-x-8 gap-y-3 border-b border-rule py-5">
        <Fact name="Articles">
          {articles.added} added, {articles.removed} removed, {articles.changed} changed
        </Fact>
        <Fact name="Spans">
          {spans.added} added, {spans.removed} removed, {spans.relabelled} relabelled, {spans.moved} with other ends
        </Fact>
        {splits > 0 && <Fact name="Splits">{count(splits, "article")} in another one</Fact>}
      </dl>
      {items.map(({ id, title, kind, text, split, spans: changed }) => (
        <Section key={id} title={title} note={<Badge>{ARTICLE[kind]}</Badge>}>
          {text && <p className="mb-2">Its text is another one, so every span is new.</p>}
          {split && (
            <p className="mb-2">
              Split: {split[0] ?? "none"} before, {split[1] ?? "none"} now.
            </p>
          )}
          <Spans spans={changed.slice(0, SHOWN)} />
          {changed.length > SHOWN && (
            <details className="mt-2">
              <summary className="cursor-pointer text-ink-2">
                {count(changed.length - SHOWN, "more span", "more spans")} of this article
              </summary>
              <div className="mt-2">
                <Spans spans={changed.slice(SHOWN)} />
              </div>
            </details>
          )}
        </Section>
      ))}
    </>
  );
}

/** So many of an article stand open. */
const SHOWN = 12;

const Spans = ({ spans }: { spans: readonly SpanChange[] }) => (
  <ul className="grid gap-2">
    {spans.map((span) => (
      <li key={JSON.stringify(span)} className="grid grid-cols-[1.5rem_1fr] gap-x-1">
        <span aria-hidden className="font-medium">
          {SIGNS[span.kind]}
        </span>
        <div className="min-w-0">
          <p className="font-serif text-[17px] leading-6 break-words">
            {span.quote === null ? (
              <span className="text-ink-2">words that are not in the project any more</span>
            ) : (
              <q>{span.quote}</q>
            )}
          </p>
          <p className="text-xs text-ink-2">
            {KINDS[span.kind]} · {span.was ? `${span.was} before, ${span.label} now` : span.label} ·{" "}
            {span.layer === "gold" ? "gold" : `review by ${span.layer}`} · {span.start} to {span.end}
            {span.from && `, was ${span.from[0]} to ${span.from[1]}`}
          </p>
        </div>
      </li>
    ))}
  </ul>
);

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt className="text-xs text-ink-2">{name}</dt>
    <dd className="tabular-nums">{children}</dd>
  </div>
);
