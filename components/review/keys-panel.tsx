"use client";

import { type KeyboardEvent, useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { Checkbox } from "@/components/ui/field";
import { Kbd } from "@/components/ui/page";
import type { Scheme } from "@/lib/scheme/scheme";
import { type Bound, KEYS, refuseStroke, shownStroke, strokeOf } from "./keys";
import type { Settings } from "./settings";

type Entry = { readonly own: Bound; readonly does: string } | { readonly fixed: string; readonly does: string };

const GROUPS: readonly { readonly title: string; readonly keys: readonly Entry[] }[] = [
  {
    title: "Selecting",
    keys: [
      { fixed: "Arrows, Home, End", does: "move the caret, as everywhere" },
      { fixed: "Ctrl or Option with arrows", does: "by words and paragraphs" },
      { fixed: "Shift with any of these", does: "selects" },
      { own: "sentence", does: "the sentence; again, the next one too" },
      { own: "exact", does: "exact: no snapping to words" },
      { fixed: "Escape", does: "lets go" },
    ],
  },
  {
    title: "The span in hand",
    keys: [
      { own: "previous", does: "the one before" },
      { own: "next", does: "the one after" },
      { own: "here", does: "the next of those at this place" },
      { own: "range", does: "edit its range; again, its other end; Enter keeps it" },
      { own: "split", does: "cut it in two at the caret" },
      { own: "merge", does: "merge it with the next of its label" },
      { own: "copy", does: "fill it as the last of its label" },
      { fixed: "Enter", does: "takes all that is offered, then asks for the rest; after a letter, that attribute’s" },
      { own: "offer", does: "takes the next of what is offered" },
      { own: "link", does: "link it: then click, a number, or words" },
      { own: "every", does: "the same words, wherever else they stand" },
      { own: "several", does: "take it together with others" },
      { own: "uncertain", does: "uncertain" },
      { own: "note", does: "a note" },
      { fixed: "Backspace", does: "removes it, with its links" },
    ],
  },
  {
    title: "Suggestions from outside",
    keys: [
      { own: "suggestion", does: "the next one that waits" },
      { own: "suggestionBefore", does: "the one before" },
      { fixed: "Enter", does: "takes the one in hand; it is the span in hand then" },
      { fixed: "A label’s number", does: "takes it with that label" },
      { fixed: "Backspace", does: "dismisses it" },
    ],
  },
  {
    title: "Everything",
    keys: [
      { fixed: "Ctrl Z, Shift Ctrl Z", does: "undo, redo" },
      { own: "history", does: "what was done" },
      { own: "find", does: "find in the article" },
      { own: "invisible", does: "show invisible characters" },
      { fixed: "Ctrl K", does: "search and commands" },
      { fixed: "Ctrl Enter", does: "submit and take the next" },
      { fixed: "Tab", does: "goes on to the next control, as everywhere" },
      { own: "keys", does: "this" },
    ],
  },
];

/** The keys, which act while the article has focus; each single one can be changed, and all of them turned off. */
export function KeysPanel({
  open,
  onOpenChange,
  scheme,
  settings,
  onSettings,
  onTour,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  scheme: Scheme;
  settings: Settings;
  onSettings: (change: Partial<Settings>) => void;
  onTour: () => void;
}) {
  const labels = scheme.labels.filter((l) => !l.archived && l.hotkey);
  const keys = { ...KEYS, ...settings.keys };
  const [asked, setAsked] = useState<Bound | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const letters = new Set(
    scheme.labels.flatMap((l) => l.attributes.flatMap((a) => (a.archived || a.hotkey === null ? [] : [a.hotkey]))),
  );

  const change = (kind: Bound) => (event: KeyboardEvent) => {
    if (asked !== kind || event.key === "Tab" || event.key === "Shift") return;
    event.preventDefault();
    event.stopPropagation();
    const stroke = strokeOf(event);
    const why =
      event.key === "Escape" || event.key === "Enter"
        ? null
        : stroke === null
          ? "A letter, a letter with Shift, or a sign."
          : refuseStroke(keys, kind, stroke, letters);
    setRefused(why);
    if (why !== null) return;
    setAsked(null);
    if (stroke === null) return;
    const { [kind]: _old, ...rest } = settings.keys;
    onSettings({ keys: stroke === KEYS[kind] ? rest : { ...rest, [kind]: stroke } });
  };

  return (
    <Dialog
      wide
      open={open}
      onOpenChange={onOpenChange}
      title="Keys"
      description="They act while the article has focus. On a Mac, Ctrl is Command. A key in a frame can be changed: press it, then the new one."
    >
      <p role="status" className="rv-keys-said">
        {asked && (refused ?? "Press the new key. Escape leaves it as it is.")}
      </p>
      <div className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
        <section>
          <h3 className="mb-1 font-medium">Marking</h3>
          <dl className="rv-keys">
            {labels.map((l) => (
              <Row key={l.key} keys={<Kbd>{l.hotkey}</Kbd>} does={l.name} />
            ))}
            <Row keys={<Kbd>Shift with these</Kbd>} does="one more label on the same words" />
            <Row keys={<Kbd>A letter, then a number</Kbd>} does="an attribute, as the inspector shows them" />
          </dl>
        </section>
        {GROUPS.map((group) => (
          <section key={group.title}>
            <h3 className="mb-1 font-medium">{group.title}</h3>
            <dl className="rv-keys">
              {group.keys.map((entry) =>
                "fixed" in entry ? (
                  <Row key={entry.fixed} keys={<Kbd>{entry.fixed}</Kbd>} does={entry.does} />
                ) : (
                  <Row
                    key={entry.own}
                    keys={
                      <button
                        type="button"
                        className="rv-key"
                        aria-label={`${shownStroke(keys[entry.own])}: ${entry.does}. Change the key`}
                        aria-pressed={asked === entry.own}
                        onClick={() => {
                          setRefused(null);
                          setAsked(asked === entry.own ? null : entry.own);
                        }}
                        onBlur={() => setAsked(null)}
                        onKeyDown={change(entry.own)}
                      >
                        {asked === entry.own ? "…" : shownStroke(keys[entry.own])}
                      </button>
                    }
                    does={entry.does}
                  />
                ),
              )}
            </dl>
          </section>
        ))}
      </div>
      <div className="mt-5 grid gap-3 border-t border-rule pt-4">
        <button type="button" className="link justify-self-start" onClick={onTour}>
          Take the first tour, about three minutes
        </button>
        {Object.keys(settings.keys).length > 0 && (
          <button type="button" className="link justify-self-start" onClick={() => onSettings({ keys: {} })}>
            All keys as they were
          </button>
        )}
        <Checkbox
          label="Single keys act in the article"
          hint="Without them, only keys with Ctrl or Command do; everything can be pressed."
          checked={settings.singleKeys}
          onChange={(event) => onSettings({ singleKeys: event.target.checked })}
        />
        <Checkbox
          label="Draw the whole of a long text"
          hint="For screen readers and the browser's own search, with every row of the list; slower above 50,000 characters."
          checked={settings.whole}
          onChange={(event) => onSettings({ whole: event.target.checked })}
        />
      </div>
    </Dialog>
  );
}

const Row = ({ keys, does }: { keys: React.ReactNode; does: string }) => (
  <div>
    <dt>{keys}</dt>
    <dd>{does}</dd>
  </div>
);
