"use client";

import { Plus, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { cls } from "@/components/ui/class";
import type { Attribute } from "@/lib/scheme/scheme";
import type { Span } from "@/lib/spans/model";
import { RESERVED } from "./keys";
import { numbered, scaleOf } from "./numbered";
import { Press } from "./press";
import type { Commands } from "./use-commands";

/** The letter that arms an attribute; the screen's own letters come first. */
export const hotkeyOf = (attribute: Attribute): string | null =>
  attribute.hotkey === null || RESERVED[attribute.hotkey] ? null : attribute.hotkey;

type Props = {
  readonly span: Span;
  readonly attribute: Attribute;
  readonly armed: boolean;
  readonly readOnly: boolean;
  readonly lacking: boolean;
  readonly commands: Commands;
  readonly onArm: (key: string | null) => void;
  readonly onPick: (key: string) => void;
  readonly onLeave: () => void;
};

export function AttributeRow(props: Props) {
  const { attribute, armed, lacking } = props;
  const hotkey = hotkeyOf(attribute);
  const id = `attribute-${attribute.key}`;
  return (
    <fieldset className={cls("rv-attr", armed && "armed", lacking && "lacking")} aria-labelledby={id}>
      <div className="rv-name">
        <kbd>{hotkey}</kbd>
        <span id={id}>
          {attribute.name}
          {attribute.required && <span className="sr-only"> (must be given to submit)</span>}
        </span>
        {lacking && <em aria-hidden>asked</em>}
      </div>
      {attribute.kind === "choice" ? <Choice {...props} attribute={attribute} /> : <Text {...props} />}
    </fieldset>
  );
}

function Choice({
  span,
  attribute,
  armed,
  readOnly,
  commands,
  onArm,
}: Props & { attribute: Extract<Attribute, { kind: "choice" }> }) {
  const { scale, rest } = scaleOf(attribute);
  const order = numbered(attribute);
  const value = span.attributes[attribute.key];
  const shownKey = (key: string) => {
    const at = order.findIndex((v) => v.key === key) + 1;
    return at <= 9 ? at : null;
  };
  const button = (v: { readonly key: string; readonly name: string }) => (
    <Press
      key={v.key}
      aria-pressed={value === v.key}
      disabled={readOnly}
      onClick={() => {
        onArm(null);
        commands.setAttribute(span.id, attribute, value === v.key ? "" : v.key);
      }}
    >
      {armed && <kbd aria-hidden>{shownKey(v.key)}</kbd>}
      {v.name}
    </Press>
  );
  // A value that was archived since stays to be seen.
  const gone = attribute.values.find((v) => v.archived && v.key === value);
  const wide = scale.length > 3;
  return (
    <div className="rv-values">
      {scale.length > 0 && (
        <div className={cls("rv-scale", wide ? "wide" : "short")}>
          {scale.map((v) => (
            <Press
              key={v.key}
              aria-pressed={value === v.key}
              disabled={readOnly}
              onClick={() => {
                onArm(null);
                commands.setAttribute(span.id, attribute, value === v.key ? "" : v.key);
              }}
            >
              <kbd aria-hidden>{armed ? shownKey(v.key) : ""}</kbd>
              <span>{v.name}</span>
            </Press>
          ))}
        </div>
      )}
      <div className="rv-chips">
        {rest.map(button)}
        {gone && <span className="rv-gone">{gone.name} (archived)</span>}
      </div>
    </div>
  );
}

/** Milliseconds after the last letter before a text is kept. */
const PAUSE_MS = 700;

/** A text that is kept a moment after the last letter, on leaving it, and when another span is chosen. */
export function useKeptText(value: string, keep: (text: string) => void) {
  const [text, setText] = useState(value);
  const [shown, setShown] = useState(value);
  const pending = useRef<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const last = useRef(keep);
  last.current = keep;
  // Changed from elsewhere (an undo, another window) while nobody types here.
  if (shown !== value) {
    setShown(value);
    if (pending.current === null) setText(value);
  }
  const flush = () => {
    if (timer.current) clearTimeout(timer.current);
    if (pending.current === null) return;
    const kept = pending.current;
    pending.current = null;
    last.current(kept);
  };
  const flushLater = useRef(flush);
  flushLater.current = flush;
  useEffect(() => () => flushLater.current(), []);
  return {
    text,
    flush,
    change: (next: string) => {
      setText(next);
      pending.current = next;
      if (timer.current) clearTimeout(timer.current);
      timer.current = setTimeout(() => flushLater.current(), PAUSE_MS);
    },
  };
}

function Text({ span, attribute, readOnly, commands, onPick, onLeave }: Props) {
  const value = span.attributes[attribute.key] ?? "";
  const kept = useKeptText(value, (text) =>
    commands.setAttribute(span.id, attribute, text.trim(), `${span.id} ${attribute.key}`),
  );
  return (
    <div className="rv-text">
      <input
        data-field={attribute.key}
        aria-label={attribute.name}
        value={kept.text}
        readOnly={readOnly}
        dir="auto"
        maxLength={2000}
        placeholder={attribute.required ? "in a few words" : ""}
        onChange={(event) => kept.change(event.target.value)}
        onBlur={kept.flush}
        onKeyDown={(event) => {
          if (event.key !== "Enter" && event.key !== "Escape") return;
          if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          kept.flush();
          onLeave();
        }}
      />
      {!readOnly && value !== "" && (
        <Press
          className="rv-icon"
          aria-label={`Clear ${attribute.name.toLowerCase()}`}
          onClick={() => commands.setAttribute(span.id, attribute, "")}
        >
          <X size={13} aria-hidden />
        </Press>
      )}
      {!readOnly && (
        <Press className="rv-add" onClick={() => onPick(attribute.key)}>
          <Plus size={13} aria-hidden />
          pick words
        </Press>
      )}
    </div>
  );
}
