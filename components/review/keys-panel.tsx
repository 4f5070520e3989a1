"use client";

import { Dialog } from "@/components/ui/dialog";
import { Checkbox } from "@/components/ui/field";
import { Kbd } from "@/components/ui/page";
import type { Scheme } from "@/lib/scheme/scheme";
import type { Settings } from "./settings";

const GROUPS: readonly { readonly title: string; readonly keys: readonly (readonly [string, string])[] }[] = [
  {
    title: "Selecting",
    keys: [
      ["Arrows, Home, End", "move the caret, as everywhere"],
      ["Ctrl or Option with arrows", "by words"],
      ["Shift with any of these", "selects"],
      ["S", "the sentence; again, the next one too"],
      ["X", "exact: no snapping to words"],
      ["Escape", "lets go"],
    ],
  },
  {
    title: "The span in hand",
    keys: [
      ["[ and ]", "the one before, the one after"],
      ["E", "edit its range; again, its other end; Enter keeps it"],
      ["L", "link it: then click, a number, or words"],
      ["O", "the same words, wherever else they stand"],
      ["U", "uncertain"],
      ["N", "a note"],
      ["Backspace", "removes it, with its links"],
    ],
  },
  {
    title: "Everything",
    keys: [
      ["Ctrl Z, Shift Ctrl Z", "undo, redo"],
      ["/", "find in the article"],
      ["Ctrl K", "search and commands"],
      ["Ctrl Enter", "submit and take the next"],
      ["Tab", "goes on to the next control, as everywhere"],
      ["?", "this"],
    ],
  },
];

/** The keys, which act while the article has focus, and the switch that turns the single ones off. */
export function KeysPanel({
  open,
  onOpenChange,
  scheme,
  settings,
  onSettings,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  scheme: Scheme;
  settings: Settings;
  onSettings: (change: Partial<Settings>) => void;
}) {
  const labels = scheme.labels.filter((l) => !l.archived && l.hotkey);
  return (
    <Dialog
      wide
      open={open}
      onOpenChange={onOpenChange}
      title="Keys"
      description="They act while the article has focus. On a Mac, Ctrl is Command."
    >
      <div className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
        <section>
          <h3 className="mb-1 font-medium">Marking</h3>
          <dl className="rv-keys">
            {labels.map((l) => (
              <Row key={l.key} keys={l.hotkey ?? ""} does={l.name} />
            ))}
            <Row keys="Shift with these" does="one more label on the same words" />
            <Row keys="A letter, then a number" does="an attribute, as the inspector shows them" />
          </dl>
        </section>
        {GROUPS.map((group) => (
          <section key={group.title}>
            <h3 className="mb-1 font-medium">{group.title}</h3>
            <dl className="rv-keys">
              {group.keys.map(([keys, does]) => (
                <Row key={keys} keys={keys} does={does} />
              ))}
            </dl>
          </section>
        ))}
      </div>
      <div className="mt-5 grid gap-3 border-t border-rule pt-4">
        <Checkbox
          label="Single keys act in the article"
          hint="Without them, only keys with Ctrl or Command do; everything can be pressed."
          checked={settings.singleKeys}
          onChange={(event) => onSettings({ singleKeys: event.target.checked })}
        />
        <Checkbox
          label="Draw the whole of a long text"
          hint="For screen readers and the browser's own search; slower above 50,000 characters."
          checked={settings.whole}
          onChange={(event) => onSettings({ whole: event.target.checked })}
        />
      </div>
    </Dialog>
  );
}

const Row = ({ keys, does }: { keys: string; does: string }) => (
  <div>
    <dt>
      <Kbd>{keys}</Kbd>
    </dt>
    <dd>{does}</dd>
  </div>
);
