"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { ReleaseSettings } from "@/lib/releases/settings";
import { api, type Problem } from "../api";
import { type Choices, conditionsOf, SelectionFields } from "../export/selection-fields";
import { Button, ButtonLink } from "../ui/button";
import { Checkbox, Field, Select, TextArea } from "../ui/field";
import { Notice, Section } from "../ui/page";
import { count, LAYERS, PEOPLE } from "./words";

export type Outlook = {
  readonly articles: number;
  readonly settled: number;
  readonly unknownLicences: number;
  readonly stories: number;
};

/** What the API checks; a form only collects it. */
type Wish = Partial<Omit<ReleaseSettings, "filter">> & { readonly filter: Readonly<Record<string, string | string[]>> };

const GROUPS = [
  { value: "story", name: "Stories" },
  { value: "outlet", name: "Outlets" },
  { value: "article", name: "Articles" },
] as const;

/** What goes into the next release. Everything has a default, so one press makes one. */
export function MakeRelease({
  projectId,
  outlook,
  formats,
  choices,
}: {
  projectId: string;
  outlook: Outlook;
  formats: readonly { readonly value: string; readonly name: string }[];
  choices: Choices;
}) {
  const router = useRouter();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const [text, setText] = useState(true);
  const [split, setSplit] = useState(true);
  const fault = (path: string) => problem?.errors.find((error) => error.path.startsWith(path))?.message;
  return (
    <form
      onSubmit={async (event) => {
        event.preventDefault();
        setBusy(true);
        const wish = wishOf(new FormData(event.currentTarget), text, split);
        const answer = await api<{ number: number }>("POST", `/projects/${projectId}/releases`, wish);
        if (answer.ok) router.push(`/projects/${projectId}/releases/${answer.value.number}`);
        else {
          setProblem(answer);
          setBusy(false);
        }
      }}
    >
      <Section title="What is in it" note={`${outlook.settled} of ${count(outlook.articles, "article")} settled.`}>
        <div className="grid max-w-xl gap-4">
          <Select
            label="Marks"
            name="layer"
            options={Object.entries(LAYERS).map(([value, name]) => ({ value, name }))}
            hint="Articles that nobody has submitted a review of are left out."
          />
          <Checkbox label="Settled articles only" name="settledOnly" />
          <Checkbox
            label="With the articles’ texts"
            checked={text}
            onChange={(event) => setText(event.target.checked)}
            hint={
              text && outlook.unknownLicences > 0
                ? `The licence of ${count(outlook.unknownLicences, "article")} is unknown. The release will say so; ask before you pass it on.`
                : "Without: offsets, labels and hashes, which the command rehydrate puts back onto a reader’s own copies."
            }
          />
          {text && (
            <fieldset className="grid gap-2">
              <legend className="mb-1 font-medium">Formats</legend>
              <div className="grid grid-cols-2 gap-2 sm:grid-cols-3">
                {formats.map(({ value, name }) => (
                  <label key={value} className="flex items-center gap-2 max-sm:min-h-8">
                    <input
                      type="checkbox"
                      name="formats"
                      value={value}
                      defaultChecked={value === "jsonl"}
                      className="size-4 accent-[var(--ink)]"
                    />
                    {name}
                  </label>
                ))}
              </div>
              {fault("formats") && <Notice tone="fault">{fault("formats")}</Notice>}
            </fieldset>
          )}
        </div>
      </Section>
      <Section title="Splits" note="Balanced by label; the same seed gives the same splits.">
        <div className="grid max-w-xl gap-4">
          <Checkbox label="Split it" checked={split} onChange={(event) => setSplit(event.target.checked)} />
          {split && (
            <>
              <fieldset className="grid grid-cols-3 gap-3">
                <legend className="sr-only">Shares in percent</legend>
                <Share name="train" value={80} error={fault("splits")} />
                <Share name="dev" value={10} />
                <Share name="test" value={10} />
              </fieldset>
              <div className="grid items-start gap-3 sm:grid-cols-2">
                <Select
                  label="Never parted"
                  name="groupBy"
                  options={GROUPS}
                  hint={outlook.stories === 0 ? "No article has a story yet, so each stands for itself." : undefined}
                />
                <Field label="Seed" name="seed" type="number" min={0} defaultValue={1} error={fault("seed")} />
              </div>
            </>
          )}
        </div>
      </Section>
      <Section title="Only some of it" note="Nothing chosen means everything.">
        <SelectionFields choices={choices} fault={(name) => fault(`filter.${name}`)} />
      </Section>
      <Section title="People and words">
        <div className="grid max-w-xl gap-4">
          <Select
            label="Reviewers are named"
            name="reviewers"
            options={PEOPLE}
            defaultValue="pseudonyms"
            hint="A pseudonym is the same in every release of this project, and in no other."
          />
          <TextArea label="Note for the data card" name="note" maxLength={2000} />
        </div>
      </Section>
      <div className="flex flex-wrap items-center gap-3 border-t border-rule py-4">
        <Button look="primary" type="submit" disabled={busy}>
          Make the release
        </Button>
        <ButtonLink look="quiet" href={`/projects/${projectId}/releases`}>
          Back
        </ButtonLink>
        <p className="text-ink-2">It is never changed afterwards.</p>
        {problem && <Notice tone="fault">{problem.errors[0]?.message ?? problem.detail}</Notice>}
      </div>
    </form>
  );
}

function Share({ name, value, error }: { name: string; value: number; error?: string | undefined }) {
  return (
    <Field
      label={`${name}, %`}
      name={`share-${name}`}
      type="number"
      min={0}
      max={100}
      step="any"
      defaultValue={value}
      error={error}
    />
  );
}

function wishOf(data: FormData, text: boolean, split: boolean): Wish {
  const words = (name: string) => String(data.get(name) ?? "").trim();
  const chosen = (name: string) => data.getAll(name).map(String);
  const shares = ["train", "dev", "test"].flatMap((name) => {
    const share = Number(words(`share-${name}`));
    return share > 0 ? [[name, share] as const] : [];
  });
  const { label, region, reviewer, outlet, ...rest } = conditionsOf(data);
  const filter = {
    ...rest,
    ...(label ? { labels: label.split(",") } : {}),
    ...(region ? { regions: region.split(",") } : {}),
    ...(reviewer ? { reviewers: [reviewer] } : {}),
    ...(outlet ? { outlets: [outlet] } : {}),
  };
  return {
    layer: words("layer") as ReleaseSettings["layer"],
    settledOnly: data.get("settledOnly") === "on",
    text,
    formats: text ? chosen("formats") : [],
    splits: split && shares.length > 0 ? Object.fromEntries(shares) : null,
    ...(split ? { seed: Number(words("seed")), groupBy: words("groupBy") as ReleaseSettings["groupBy"] } : {}),
    reviewers: words("reviewers") as ReleaseSettings["reviewers"],
    filter,
    note: words("note"),
  };
}
