"use client";

import { useEffect, useRef, useState } from "react";
import { api, type Problem } from "../api";
import { count, PEOPLE } from "../releases/words";
import { Button } from "../ui/button";
import { cls } from "../ui/class";
import { Select } from "../ui/field";
import { Notice, Section } from "../ui/page";
import { type Choices, conditionsOf, SelectionFields } from "./selection-fields";

export type Layer = "gold" | "reviews" | "all";
const LAYERS: Readonly<Record<Layer, string>> = {
  all: "Everything: reviews, gold, decisions",
  reviews: "Submitted reviews",
  gold: "Gold only",
};
export type ExportFormat = {
  readonly value: string;
  readonly name: string;
  readonly says: string;
  /** What it cannot hold, in words. */
  readonly loses: readonly string[];
};

const VERSIONS = [
  { value: "current", name: "The newest of each article" },
  { value: "all", name: "All, former ones as they were" },
] as const;

/** What the form always says, and no condition. */
const OWN = ["format", "layer", "reviewers", "versions"] as const;

type Counted = {
  readonly articles: number;
  readonly reviews: number;
  readonly spans: number;
  readonly goldSpans: number;
  readonly links: number;
  readonly complete: boolean;
};

/** Milliseconds after the last change before it is counted anew. */
const PAUSE = 350;

/**
 * Everything that is chosen stands in the address, which is also the address of the file: a plain download link, so that the browser streams to
 * disk, whatever the size.
 */
export function ExportPanel({
  projectId,
  layers,
  formats,
  choices,
  given,
}: {
  projectId: string;
  layers: readonly Layer[];
  formats: readonly ExportFormat[];
  choices: Choices;
  /** As the page's address has it, checked. */
  given: Readonly<Record<string, string>>;
}) {
  const form = useRef<HTMLFormElement>(null);
  const [query, setQuery] = useState<Readonly<Record<string, string>>>({
    format: "jsonl",
    layer: layers[0] ?? "gold",
    ...given,
  });
  const { counted, problem } = useCount(projectId, query);
  const conditions = Object.keys(query).filter((name) => !OWN.some((own) => own === name)).length;
  const format = formats.find(({ value }) => value === query.format);
  const fault = (name: string) => problem?.errors.find(({ path }) => path === name)?.message;
  const elsewhere = problem && !fault("from") && !fault("to");

  const take = () => {
    if (!form.current) return;
    const data = new FormData(form.current);
    const own = Object.fromEntries(OWN.map((name) => [name, String(data.get(name))]));
    const next = { ...own, ...conditionsOf(data) };
    setQuery(next);
    window.history.replaceState(window.history.state, "", `?${new URLSearchParams(next)}`);
  };
  const clear = () => {
    const { format: f = "jsonl", layer = "gold", reviewers = "ids", versions = "current" } = query;
    window.location.assign(`?${new URLSearchParams({ format: f, layer, reviewers, versions })}`);
  };

  return (
    <form ref={form} onChange={take} onSubmit={(event) => event.preventDefault()}>
      <Section title="The file">
        <div className="grid max-w-xl gap-4">
          <Select label="Format" name="format" options={formats} defaultValue={query.format} hint={format?.says} />
          {format && format.loses.length > 0 && (
            <details className="-mt-2 text-xs text-ink-2">
              <summary className="cursor-pointer select-none">What {format.name} cannot hold</summary>
              <ul className="mt-1 list-disc pl-5">
                {format.loses.map((what) => (
                  <li key={what}>{what}</li>
                ))}
              </ul>
            </details>
          )}
          <Select
            label="What"
            name="layer"
            options={layers.map((value) => ({ value, name: LAYERS[value] }))}
            defaultValue={query.layer}
          />
          <Select
            label="Versions"
            name="versions"
            options={VERSIONS}
            defaultValue={query.versions ?? "current"}
            hint="Of an article whose page came again with another text."
          />
          <Select
            label="Reviewers are named"
            name="reviewers"
            options={PEOPLE}
            defaultValue={query.reviewers ?? "ids"}
            hint="A pseudonym is the same in every file of this project, and in no other project."
          />
        </div>
      </Section>
      <Section
        title="Only some of it"
        note="Nothing chosen means everything."
        actions={
          conditions > 0 && (
            <Button look="quiet" onClick={clear}>
              Clear {count(conditions, "condition")}
            </Button>
          )
        }
      >
        <SelectionFields choices={choices} given={given} fault={fault} />
      </Section>
      <div className="sticky bottom-0 -mt-px grid gap-3 border-t border-rule bg-paper py-4 sm:flex sm:items-center sm:gap-4">
        <a
          href={`/api/v1/projects/${projectId}/export?${new URLSearchParams(query)}`}
          download
          aria-disabled={problem ? true : undefined}
          onClick={(event) => problem && event.preventDefault()}
          className="inline-flex h-8 shrink-0 items-center justify-center rounded-md bg-ink px-3 font-medium text-paper hover:opacity-90 aria-disabled:opacity-50 max-sm:h-10"
        >
          Download
        </a>
        <p aria-live="polite" className={cls("min-h-5", !counted && "text-ink-2")}>
          {problem ? "" : counted ? <Holds counted={counted} conditions={conditions} /> : "Counting …"}
        </p>
        {elsewhere && <Notice tone="fault">{problem.errors[0]?.message ?? problem.detail}</Notice>}
      </div>
    </form>
  );
}

function Holds({ counted, conditions }: { counted: Counted; conditions: number }) {
  const { articles, reviews, spans, goldSpans, links, complete } = counted;
  if (articles === 0)
    return conditions > 0 ? "No article fits these conditions." : "There is nothing in this project to export yet.";
  if (conditions > 0 && spans + goldSpans === 0 && complete)
    return `No span fits these conditions: ${count(articles, "article")} without a mark.`;
  const parts = [
    count(articles, "article"),
    ...(reviews > 0 ? [`${count(reviews, "review")} with ${count(spans, "span")}`] : []),
    ...(goldSpans > 0 ? [count(goldSpans, "gold span")] : []),
    ...(links > 0 ? [count(links, "link")] : []),
  ];
  return `${complete ? "" : "At least "}${parts.join(", ")}${complete ? "" : "; there are too many to count here"}.`;
}

/** What the file would hold, counted by the server a moment after the last change. */
function useCount(
  projectId: string,
  query: Readonly<Record<string, string>>,
): { readonly counted: Counted | null; readonly problem: Problem | null } {
  const [answer, setAnswer] = useState<{ counted: Counted | null; problem: Problem | null }>({
    counted: null,
    problem: null,
  });
  const asked = new URLSearchParams(query).toString();
  useEffect(() => {
    setAnswer((before) => ({ ...before, counted: null }));
    const going = new AbortController();
    const timer = setTimeout(async () => {
      const found = await api<Counted>("GET", `/projects/${projectId}/export/count?${asked}`, undefined, {
        signal: going.signal,
      });
      if (going.signal.aborted) return;
      setAnswer(found.ok ? { counted: found.value, problem: null } : { counted: null, problem: found });
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      going.abort();
    };
  }, [projectId, asked]);
  return answer;
}
