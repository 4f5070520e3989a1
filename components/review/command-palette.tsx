"use client";

import { Command } from "cmdk";
import { useState } from "react";
import type { OutlineEntry } from "./outline";

export type Deed = { readonly name: string; readonly keys?: string; readonly run: () => void; readonly group: string };

/** Ctrl-K: every act by its name, every part of the article, and the words of the article. */
export function CommandPalette({
  open,
  onOpenChange,
  deeds,
  parts,
  onGo,
  onFind,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  deeds: readonly Deed[];
  parts: readonly OutlineEntry[];
  onGo: (offset: number) => void;
  onFind: (words: string) => void;
}) {
  const [words, setWords] = useState("");
  const groups = [...new Set(deeds.map((d) => d.group))];
  const leave = (run: () => void) => {
    onOpenChange(false);
    setWords("");
    // After the dialog has given the focus back.
    setTimeout(run, 30);
  };
  return (
    <Command.Dialog
      open={open}
      onOpenChange={onOpenChange}
      label="Search and commands"
      contentClassName="rv-commands"
      overlayClassName="rv-veil"
      loop
    >
      <Command.Input value={words} onValueChange={setWords} placeholder="What to do, or words of the article" />
      <Command.List>
        <Command.Empty>No command of that name.</Command.Empty>
        {words.trim() !== "" && (
          <Command.Item value={`find ${words}`} forceMount onSelect={() => leave(() => onFind(words))}>
            Find “{words.trim()}” in the article
          </Command.Item>
        )}
        {groups.map((group) => (
          <Command.Group key={group} heading={group}>
            {deeds
              .filter((d) => d.group === group)
              .map((d) => (
                <Command.Item key={d.name} value={d.name} onSelect={() => leave(d.run)}>
                  <span>{d.name}</span>
                  {d.keys && <kbd>{d.keys}</kbd>}
                </Command.Item>
              ))}
          </Command.Group>
        ))}
        <Command.Group heading="Go to">
          {parts.map((part) => (
            <Command.Item
              key={part.start}
              value={`go to ${part.name} ${part.start}`}
              onSelect={() => leave(() => onGo(part.start))}
            >
              {part.name}
            </Command.Item>
          ))}
        </Command.Group>
      </Command.List>
    </Command.Dialog>
  );
}
