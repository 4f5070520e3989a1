"use client";

import { useState } from "react";
import { type Looks, lookFor, swatch } from "@/components/reader/look";
import { cls } from "@/components/ui/class";
import { labelOf } from "@/lib/scheme/lookup";
import type { Attribute, Scheme } from "@/lib/scheme/scheme";
import type { Span } from "@/lib/spans/model";
import { shortName } from "./inspector";
import { numbered } from "./numbered";
import { Press } from "./press";
import type { Commands } from "./use-commands";
import type { Shape } from "./use-shape";

/** In the inspector's place while several spans are taken together: what is done is done to all of them, as one act. */
export function SeveralPanel({
  spans,
  scheme,
  looks,
  readOnly,
  commands,
  shape,
}: {
  spans: readonly Span[];
  scheme: Scheme;
  looks: Looks;
  readOnly: boolean;
  commands: Commands;
  shape: Shape;
}) {
  const [first] = spans;
  const same = first && spans.every((s) => s.label === first.label) ? labelOf(scheme, first.label) : undefined;
  const allUncertain = spans.every((s) => s.uncertain);
  return (
    <section className="rv-inspector rv-several" aria-label={`${spans.length} spans taken together`}>
      <p className="rv-head">
        <span>
          <b>{spans.length} spans</b> taken together
        </span>
        <button type="button" className="link" onClick={() => commands.takeAll(new Set())}>
          Let go
        </button>
      </p>
      <fieldset className="rv-switch" aria-label="Label of all">
        {scheme.labels
          .filter((l) => !l.archived)
          .map((l) => (
            <Press
              key={l.key}
              aria-pressed={spans.every((s) => s.label === l.key)}
              disabled={readOnly}
              onClick={() => commands.label(l)}
            >
              <kbd aria-hidden>{l.hotkey}</kbd>
              <span className={cls("named", swatch(lookFor(looks, l.key)))}>{shortName(l.name)}</span>
            </Press>
          ))}
      </fieldset>
      <div className="rv-attrs">
        {same?.attributes
          .filter((a) => !a.archived)
          .map((attribute) => (
            <fieldset key={attribute.key} className="rv-attr" aria-label={attribute.name}>
              <div className="rv-name">
                <kbd />
                <span>{attribute.name}</span>
              </div>
              {attribute.kind === "choice" ? (
                <div className="rv-values">
                  <div className="rv-chips">
                    {numbered(attribute).map((v) => {
                      const all = spans.every((s) => s.attributes[attribute.key] === v.key);
                      return (
                        <Press
                          key={v.key}
                          aria-pressed={all}
                          disabled={readOnly}
                          onClick={() => shape.setOnAll(attribute, all ? "" : v.key)}
                        >
                          {v.name}
                        </Press>
                      );
                    })}
                  </div>
                </div>
              ) : (
                <TextOfAll {...{ spans, attribute, readOnly, shape }} key={spans.map((s) => s.id).join()} />
              )}
            </fieldset>
          ))}
        {!same && <p className="rv-mixed">Of one label, their attributes can be set together too.</p>}
      </div>
      {!readOnly && (
        <p className="rv-deeds">
          <Press aria-pressed={allUncertain} onClick={commands.uncertain}>
            <kbd aria-hidden>U</kbd>Uncertain
          </Press>
          <Press onClick={shape.copy} title="Attributes as in the last span of the same label">
            Fill as the last
          </Press>
          <Press onClick={() => commands.remove()}>
            <kbd aria-hidden>⌫</kbd>Remove all
          </Press>
        </p>
      )}
    </section>
  );
}

/** One text for all of them; kept on Enter and on leaving, so that nothing is overwritten letter by letter. */
function TextOfAll({
  spans,
  attribute,
  readOnly,
  shape,
}: {
  spans: readonly Span[];
  attribute: Attribute;
  readOnly: boolean;
  shape: Shape;
}) {
  const values = new Set(spans.map((s) => s.attributes[attribute.key] ?? ""));
  const [only] = values;
  const common = values.size === 1 ? (only ?? "") : "";
  const [text, setText] = useState<string | null>(null);
  const keep = () => {
    if (text !== null && text.trim() !== common) shape.setOnAll(attribute, text.trim());
    setText(null);
  };
  return (
    <div className="rv-text">
      <input
        aria-label={`${attribute.name} of all`}
        autoComplete="off"
        dir="auto"
        maxLength={2000}
        readOnly={readOnly}
        value={text ?? common}
        placeholder={values.size > 1 ? "they differ" : ""}
        onChange={(event) => setText(event.target.value)}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === "Enter") keep();
          else if (event.key === "Escape") setText(null);
          else return;
          event.preventDefault();
        }}
      />
    </div>
  );
}
