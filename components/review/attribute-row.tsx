"use client";

import { CornerDownLeft } from "lucide-react";
import { cls } from "@/components/ui/class";
import type { ValueOffer } from "@/lib/offers/offers";
import type { Known } from "@/lib/offers/register";
import type { Attribute } from "@/lib/scheme/scheme";
import type { Span } from "@/lib/spans/model";
import { RESERVED } from "./keys";
import { KnownText } from "./known-text";
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
  /** What it is offered, while it has no value. */
  readonly offer: ValueOffer | undefined;
  readonly known: Known;
  readonly commands: Commands;
  readonly onTake: (offer: ValueOffer) => void;
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
      {attribute.kind === "choice" ? (
        <Choice {...props} attribute={attribute} />
      ) : (
        <KnownText
          {...props}
          key={props.span.id}
          attribute={attribute}
          wasTaken={props.span.accepted?.includes(attribute.key) ?? false}
        />
      )}
    </fieldset>
  );
}

function Choice({
  span,
  attribute,
  armed,
  readOnly,
  offer,
  commands,
  onArm,
  onTake,
}: Props & { attribute: Extract<Attribute, { kind: "choice" }> }) {
  const { scale, rest } = scaleOf(attribute);
  const order = numbered(attribute);
  const value = span.attributes[attribute.key];
  const wasTaken = span.accepted?.includes(attribute.key) ?? false;
  const shownKey = (key: string) => {
    const at = order.findIndex((v) => v.key === key) + 1;
    return at <= 9 ? at : null;
  };
  const button = (v: { readonly key: string; readonly name: string }, stop: boolean) => {
    const offered = offer?.value === v.key ? offer : undefined;
    return (
      <Press
        key={v.key}
        aria-pressed={value === v.key}
        className={offered && "offered"}
        title={offered && `Offered: ${offered.because}`}
        disabled={readOnly}
        onClick={() => {
          onArm(null);
          if (offered) onTake(offered);
          else commands.setAttribute(span.id, attribute, value === v.key ? "" : v.key);
        }}
      >
        {(stop || armed) && <kbd aria-hidden>{armed ? shownKey(v.key) : ""}</kbd>}
        <span>{v.name}</span>
        {offered && <span className="sr-only"> (offered: {offered.because})</span>}
        {value === v.key && wasTaken && (
          <i className="rv-taken" title="Taken from an offer">
            <CornerDownLeft size={12} aria-hidden />
            <span className="sr-only"> (taken from an offer)</span>
          </i>
        )}
      </Press>
    );
  };
  // A value that was archived since stays to be seen.
  const gone = attribute.values.find((v) => v.archived && v.key === value);
  const wide = scale.length > 3;
  return (
    <div className="rv-values">
      {scale.length > 0 && (
        <div className={cls("rv-scale", wide ? "wide" : "short")}>{scale.map((v) => button(v, true))}</div>
      )}
      <div className="rv-chips">
        {rest.map((v) => button(v, false))}
        {gone && <span className="rv-gone">{gone.name} (archived)</span>}
      </div>
    </div>
  );
}
