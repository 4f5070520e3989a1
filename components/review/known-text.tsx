"use client";

/** A text attribute: what is offered, known values as one types, words picked from the article. */
import { CornerDownLeft, Plus, X } from "lucide-react";
import { useId, useState } from "react";
import type { ValueOffer } from "@/lib/offers/offers";
import { completions, type Known } from "@/lib/offers/register";
import type { Attribute } from "@/lib/scheme/scheme";
import type { Span } from "@/lib/spans/model";
import { fold } from "@/lib/text/fold";
import { useKeptText } from "./kept-text";
import { Press } from "./press";
import type { Commands } from "./use-commands";

type Text = Extract<Attribute, { kind: "text" }>;

const MOST = 8;

/** Names of the register for a source, values given before for any other text. */
function suggestions(
  known: Known,
  span: Span,
  attribute: Text,
  typed: string,
): readonly { value: string; note: string }[] {
  if (attribute.source)
    return completions(known, typed, MOST).map((s) => ({
      value: s.name,
      note: s.aliases.length > 0 ? `also ${s.aliases.join(", ")}` : "",
    }));
  const wanted = fold(typed);
  return known.texts
    .filter((t) => t.label === span.label && t.attribute === attribute.key && t.value !== typed)
    .filter((t) => fold(t.value).includes(wanted))
    .slice(0, MOST)
    .map((t) => ({ value: t.value, note: "" }));
}

export function KnownText({
  span,
  attribute,
  readOnly,
  commands,
  known,
  offer,
  wasTaken,
  onTake,
  onPick,
  onLeave,
}: {
  span: Span;
  attribute: Text;
  readOnly: boolean;
  commands: Commands;
  known: Known;
  offer: ValueOffer | undefined;
  wasTaken: boolean;
  onTake: (offer: ValueOffer) => void;
  onPick: (key: string) => void;
  onLeave: () => void;
}) {
  const id = useId();
  const value = span.attributes[attribute.key] ?? "";
  const kept = useKeptText(value, (text) =>
    commands.setAttribute(span.id, attribute, text.trim(), `${span.id} ${attribute.key}`),
  );
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const shown = open && !readOnly && kept.text.trim() !== "" ? suggestions(known, span, attribute, kept.text) : [];
  const active = shown[at];
  // A field for which nothing could ever be known is a plain one.
  const completes =
    attribute.source || known.texts.some((t) => t.label === span.label && t.attribute === attribute.key);

  const choose = (text: string) => {
    kept.change(text);
    kept.flush();
    setOpen(false);
    setAt(-1);
  };

  return (
    <div className="rv-text">
      <input
        data-field={attribute.key}
        aria-label={attribute.name}
        {...(completes
          ? {
              role: "combobox",
              "aria-autocomplete": "list" as const,
              "aria-expanded": shown.length > 0,
              "aria-controls": `${id}-list`,
              "aria-activedescendant": active ? `${id}-${at}` : undefined,
            }
          : {})}
        aria-describedby={wasTaken ? `${id}-taken` : undefined}
        autoComplete="off"
        value={kept.text}
        readOnly={readOnly}
        dir="auto"
        maxLength={2000}
        placeholder={attribute.required && !offer ? "in a few words" : ""}
        onChange={(event) => {
          kept.change(event.target.value);
          setOpen(true);
          setAt(-1);
        }}
        onBlur={() => {
          kept.flush();
          setOpen(false);
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
          if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !readOnly) {
            event.preventDefault();
            if (shown.length === 0) setOpen(true);
            else setAt((now) => (now + (event.key === "ArrowDown" ? 1 : -1) + shown.length) % shown.length);
            return;
          }
          if (event.key === "Escape" && shown.length > 0) {
            event.preventDefault();
            setOpen(false);
            setAt(-1);
            return;
          }
          if (event.key !== "Enter" && event.key !== "Escape") return;
          event.preventDefault();
          if (event.key === "Enter" && active) choose(active.value);
          else if (event.key === "Enter" && offer && kept.text.trim() === "") onTake(offer);
          else kept.flush();
          onLeave();
        }}
      />
      {wasTaken && (
        <span id={`${id}-taken`} className="rv-taken" title="Taken from an offer">
          <CornerDownLeft size={12} aria-hidden />
          <span className="sr-only">taken from an offer</span>
        </span>
      )}
      {offer && kept.text === "" && (
        <Press className="rv-offer" title={`Offered: ${offer.because}`} onClick={() => onTake(offer)}>
          <span className="sr-only">Take the offered {attribute.name.toLowerCase()}: </span>
          <span dir="auto">{offer.value}</span>
        </Press>
      )}
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
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={`Known for ${attribute.name.toLowerCase()}`}
        className="rv-known"
        hidden={shown.length === 0}
      >
        {shown.map((one, n) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field beside it has the keys
          <div
            key={one.value}
            id={`${id}-${n}`}
            role="option"
            aria-selected={n === at}
            tabIndex={-1}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(one.value)}
          >
            <span dir="auto">{one.value}</span>
            {one.note && <small>{one.note}</small>}
          </div>
        ))}
      </div>
    </div>
  );
}
