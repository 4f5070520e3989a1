"use client";

import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import type { Fault } from "@/lib/result";
import { checkNext, checkScheme } from "@/lib/scheme/check";
import { diffScheme } from "@/lib/scheme/diff";
import { COLOURS, type Label, type LinkType, type Scheme } from "@/lib/scheme/scheme";
import { withShippedOffers } from "@/lib/scheme/shipped-offers";
import { api, type Problem } from "../api";
import { Button } from "../ui/button";
import { Notice, Section } from "../ui/page";
import { LabelEditor } from "./label-editor";
import { LinkEditor } from "./link-editor";

export type FaultAt = (path: string) => string | undefined;

const KEY = /[^A-Z0-9]+/g;

/** A key nobody has yet, from a name. */
const keyFrom = (name: string, taken: readonly string[]): string => {
  const base =
    name
      .toUpperCase()
      .replace(KEY, "_")
      .replace(/^_+|_+$/g, "") || "LABEL";
  let key = /^[A-Z]/.test(base) ? base : `L_${base}`;
  for (let n = 2; taken.includes(key); n++) key = `${base}_${n}`;
  return key;
};

/**
 * Labels, attributes, links, colours and keys. What is in use is archived, never removed: old spans keep their meaning. Saving makes the
 * next version; someone else's version in between is not overwritten.
 */
export function SchemeEditor({
  projectId,
  scheme: saved,
  version,
}: {
  projectId: string;
  scheme: Scheme;
  version: number;
}) {
  const router = useRouter();
  const [scheme, setScheme] = useState(saved);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const found: readonly Fault[] = useMemo(() => [...checkScheme(scheme), ...checkNext(saved, scheme)], [saved, scheme]);
  const faultAt: FaultAt = (path) =>
    (found.find((fault) => fault.path === path) ?? problem?.errors.find((fault) => fault.path === path))?.message;
  const differences = useMemo(() => diffScheme(saved, scheme), [saved, scheme]);
  const inUse = (key: string) => saved.labels.some((label) => label.key === key);

  const setLabel = (at: number, label: Label) =>
    setScheme((old) => ({ ...old, labels: old.labels.map((one, place) => (place === at ? label : one)) }));
  const setLink = (at: number, link: LinkType) =>
    setScheme((old) => ({ ...old, links: old.links.map((one, place) => (place === at ? link : one)) }));
  const move = (at: number, by: number) =>
    setScheme((old) => {
      const labels = [...old.labels];
      const [label] = labels.splice(at, 1);
      if (label) labels.splice(at + by, 0, label);
      return { ...old, labels };
    });
  const addLabel = () =>
    setScheme((old) => {
      const name = `Label ${old.labels.length + 1}`;
      const hotkey = "123456789".split("").find((digit) => !old.labels.some((label) => label.hotkey === digit)) ?? null;
      const colour = COLOURS.find((hue) => !old.labels.some((label) => label.colour === hue)) ?? "slate";
      const label: Label = {
        key: keyFrom(
          name,
          old.labels.map((one) => one.key),
        ),
        name,
        description: "",
        hotkey,
        colour,
        line: "solid",
        attributes: [],
      };
      return { ...old, labels: [...old.labels, label] };
    });

  async function save() {
    setBusy(true);
    const answer = await api<{ version: number }>("PUT", `/projects/${projectId}/scheme`, scheme, {
      ifMatch: `"${version}"`,
    });
    setBusy(false);
    setProblem(answer.ok ? null : answer);
    if (answer.ok) router.refresh();
  }

  return (
    <>
      <Section
        title="Labels"
        actions={
          <>
            {JSON.stringify(withShippedOffers(scheme)) !== JSON.stringify(scheme) && (
              <Button look="quiet" onClick={() => setScheme(withShippedOffers)}>
                Add the word lists that ship
              </Button>
            )}
            <Button onClick={addLabel}>Add a label</Button>
          </>
        }
      >
        <ul className="grid gap-3">
          {scheme.labels.map((label, at) => (
            <LabelEditor
              key={label.key}
              label={label}
              path={`labels.${at}`}
              inUse={inUse(label.key)}
              saved={saved.labels.find((one) => one.key === label.key)}
              faultAt={faultAt}
              onChange={(next) => setLabel(at, next)}
              onMove={(by) => move(at, by)}
              onRemove={() =>
                setScheme((old) => ({
                  ...old,
                  labels: old.labels.filter((one) => one.key !== label.key),
                  coexist: old.coexist.filter((pair) => !pair.includes(label.key)),
                }))
              }
              first={at === 0}
              last={at === scheme.labels.length - 1}
            />
          ))}
        </ul>
      </Section>
      <Section
        title="Labels that may stand on one stretch"
        note="Such a pair is not counted as a disagreement about the label."
      >
        <fieldset className="flex flex-wrap gap-x-5 gap-y-2">
          <legend className="sr-only">Pairs that coexist</legend>
          {pairsOf(scheme).map(([a, b]) => (
            <label key={`${a.key} ${b.key}`} className="flex items-center gap-2">
              <input
                type="checkbox"
                className="size-4 accent-[var(--ink)]"
                checked={scheme.coexist.some((pair) => pair.includes(a.key) && pair.includes(b.key))}
                onChange={(event) =>
                  setScheme((old) => ({
                    ...old,
                    coexist: event.target.checked
                      ? [...old.coexist, [a.key, b.key]]
                      : old.coexist.filter((pair) => !(pair.includes(a.key) && pair.includes(b.key))),
                  }))
                }
              />
              {a.name} and {b.name.toLowerCase()}
            </label>
          ))}
        </fieldset>
      </Section>
      <Section title="Links" note="Which relations can be drawn, from what to what.">
        <ul className="grid gap-3">
          {scheme.links.map((link, at) => (
            <LinkEditor
              key={link.key}
              link={link}
              labels={scheme.labels}
              path={`links.${at}`}
              faultAt={faultAt}
              onChange={(next) => setLink(at, next)}
            />
          ))}
        </ul>
      </Section>
      <div className="sticky bottom-0 z-10 flex flex-wrap items-center gap-4 border-t border-rule bg-paper py-3">
        <Button
          look="primary"
          disabled={busy || differences.length === 0 || found.length > 0}
          onClick={() => void save()}
        >
          {busy ? "Saving" : `Save as version ${version + 1}`}
        </Button>
        {differences.length > 0 && (
          <Button look="quiet" onClick={() => setScheme(saved)}>
            Undo all
          </Button>
        )}
        <p className="text-ink-2">
          {found.length > 0
            ? `${found.length} ${found.length === 1 ? "thing is" : "things are"} not right yet: ${found[0]?.message}`
            : differences.length === 0
              ? `Version ${version}, unchanged`
              : `${differences.length} ${differences.length === 1 ? "change" : "changes"} against version ${version}`}
        </p>
        {problem && (
          <Notice tone="fault">
            {problem.status === 412 || problem.status === 409
              ? "Someone saved another version meanwhile. Reload the page; yours is still in these fields."
              : problem.detail}
          </Notice>
        )}
      </div>
    </>
  );
}

function pairsOf(scheme: Scheme): readonly (readonly [Label, Label])[] {
  const live = scheme.labels.filter((label) => !label.archived);
  return live.flatMap((a, at) => live.slice(at + 1).map((b) => [a, b] as const));
}
