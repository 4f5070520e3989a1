"use client";

import { Plus, X } from "lucide-react";
import { memo } from "react";
import { type Looks, lookFor, swatch } from "@/components/reader/look";
import { cls } from "@/components/ui/class";
import { labelOf } from "@/lib/scheme/lookup";
import type { Scheme } from "@/lib/scheme/scheme";
import type { Link, Review, Span } from "@/lib/spans/model";
import type { Origin } from "@/lib/spans/suggested";
import type { TextIndex } from "@/lib/text/codepoints";
import { linksOf, nameOfWay } from "./acts";
import { AttributeRow } from "./attribute-row";
import { CarriedNote } from "./carried-note";
import { useKeptText } from "./kept-text";
import type { Carried, FarTarget } from "./model";
import { LinkOffers, OffersLine } from "./offers-line";
import { Press } from "./press";
import { OriginLine } from "./suggested-panel";
import type { Commands } from "./use-commands";
import { type Offers, valueOffer } from "./use-offers";
import type { Shape } from "./use-shape";
import { cutOut, glimpse } from "./words";

type Props = {
  readonly span: Span;
  readonly number: number | undefined;
  readonly count: number;
  readonly where: string;
  readonly review: Review;
  readonly numbers: ReadonlyMap<string, number>;
  readonly scheme: Scheme;
  readonly looks: Looks;
  readonly index: TextIndex;
  readonly armed: string | null;
  readonly lacking: ReadonlySet<string>;
  readonly readOnly: boolean;
  readonly commands: Commands;
  readonly onArm: (key: string | null) => void;
  readonly onPick: (key: string) => void;
  readonly onLeave: () => void;
  readonly onAll: () => void;
  readonly shape: Shape;
  readonly far: ReadonlyMap<string, FarTarget>;
  /** The suggestion that the span was made of; null: made by hand. */
  readonly origin: Origin | null;
  readonly offers: Offers;
  /** The key that takes the next offer. */
  readonly offerKey: string;
  readonly carried: Carried;
};

/** The span in hand: its label, attributes, links and note. */
export const Inspector = memo(function Inspector(props: Props) {
  const { span, number, count, where, scheme, looks, index, armed, lacking, readOnly, commands } = props;
  const label = labelOf(scheme, span.label);
  const labels = scheme.labels.filter((l) => !l.archived || l.key === span.label);
  return (
    <section className="rv-inspector" data-span={span.id} aria-label={number ? `Span ${number}` : "Span"}>
      <p className="rv-head">
        <span>
          Span <b>{number ?? "…"}</b> of {count}
        </span>
        <span className="rv-at">
          {where}, characters {span.start} to {span.end}
        </span>
        <button type="button" className="rv-all link" onClick={props.onAll}>
          All spans
        </button>
      </p>
      <fieldset className="rv-switch" aria-label="Label">
        {labels.map((l) => (
          <Press
            key={l.key}
            aria-pressed={l.key === span.label}
            disabled={readOnly || (l.archived ?? false)}
            title={l.description}
            onClick={() => commands.label(l)}
          >
            <kbd aria-hidden>{l.hotkey}</kbd>
            <span className={cls("named", swatch(lookFor(looks, l.key)))}>{shortName(l.name)}</span>
          </Press>
        ))}
      </fieldset>
      <blockquote dir="auto">{glimpse(cutOut(index, span), 260)}</blockquote>
      <CarriedNote span={span} carried={props.carried} words={index.slice(span)} />
      {props.origin && <OriginLine origin={props.origin} />}
      <OffersLine offers={props.offers} offerKey={props.offerKey} />
      <div className="rv-attrs">
        {label?.attributes
          .filter((a) => !a.archived || span.attributes[a.key] !== undefined)
          .map((attribute) => (
            <AttributeRow
              key={`${span.label} ${attribute.key}`}
              span={span}
              attribute={attribute}
              armed={armed === attribute.key}
              lacking={lacking.has(`attributes.${attribute.key}`)}
              readOnly={readOnly || (attribute.archived ?? false)}
              offer={valueOffer(props.offers.offers, attribute.key)}
              known={props.offers.known}
              commands={commands}
              onTake={props.offers.take}
              onArm={props.onArm}
              onPick={props.onPick}
              onLeave={props.onLeave}
            />
          ))}
        <Links {...props} />
        <Note key={span.id} span={span} readOnly={readOnly} commands={commands} onLeave={props.onLeave} />
      </div>
      {!readOnly && (
        <p className="rv-deeds">
          <Press aria-pressed={span.uncertain} onClick={commands.uncertain}>
            <kbd aria-hidden>U</kbd>Uncertain
          </Press>
          <Press onClick={commands.editRange} title="Edit the range">
            <kbd aria-hidden>E</kbd>Range
          </Press>
          <Press onClick={() => props.shape.split({ press: true })} title="Cut it in two where you press next">
            <kbd aria-hidden>B</kbd>Split
          </Press>
          <Press onClick={props.shape.merge} title="Merge it with the next span of its label">
            Merge
          </Press>
          <Press onClick={props.shape.copy} title="Attributes as in the last span of its label">
            Fill as the last
          </Press>
          <Press onClick={commands.every} title="Label every occurrence of these words">
            <kbd aria-hidden>O</kbd>Everywhere
          </Press>
          <Press onClick={() => commands.remove(span.id)}>
            <kbd aria-hidden>⌫</kbd>Remove
          </Press>
        </p>
      )}
    </section>
  );
});

/** "Editorial framing" is too long for a key on a phone; its last word says it. */
export const shortName = (name: string): string => {
  const last = name.split(" ").at(-1) ?? name;
  return name.length > 12 ? last.charAt(0).toUpperCase() + last.slice(1) : name;
};

function Note({ span, readOnly, commands, onLeave }: Pick<Props, "span" | "readOnly" | "commands" | "onLeave">) {
  const kept = useKeptText(span.note, (text) => commands.note(span.id, text));
  return (
    <div className="rv-attr rv-note">
      <label className="rv-name" htmlFor="rv-note">
        <kbd>N</kbd>
        <span>Note</span>
      </label>
      <textarea
        id="rv-note"
        data-field="note"
        rows={1}
        dir="auto"
        maxLength={10_000}
        readOnly={readOnly}
        value={kept.text}
        placeholder={readOnly ? "" : "for whoever reads this later"}
        onChange={(event) => kept.change(event.target.value)}
        onBlur={kept.flush}
        onKeyDown={(event) => {
          const leave = event.key === "Escape" || (event.key === "Enter" && !event.shiftKey);
          if (!leave || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          kept.flush();
          onLeave();
        }}
      />
    </div>
  );
}

function Links({ span, review, numbers, scheme, looks, index, readOnly, commands, lacking, far, offers }: Props) {
  const links = linksOf(review, span.id);
  const lacks = [...lacking].some((path) => path.startsWith("links."));
  return (
    <fieldset className={cls("rv-attr rv-links", lacks && "lacking")} aria-label="Links">
      <div className="rv-name">
        <kbd>L</kbd>
        <span>Links</span>
        {lacks && <em aria-hidden>asked</em>}
      </div>
      <div className="rv-values">
        {!readOnly && (
          <Press className="rv-add" onClick={commands.startLink}>
            <Plus size={13} aria-hidden />
            link to a span or a text
          </Press>
        )}
      </div>
      <LinkOffers {...{ span, review, scheme, looks, index, offers }} />
      {links.length > 0 && (
        <ul>
          {links.map((link) => (
            <LinkRow
              key={link.id}
              {...{ link, span, review, numbers, scheme, looks, index, readOnly, commands, far }}
            />
          ))}
        </ul>
      )}
    </fieldset>
  );
}

function LinkRow({
  link,
  span,
  review,
  numbers,
  scheme,
  looks,
  index,
  readOnly,
  commands,
  far,
}: Pick<Props, "span" | "review" | "numbers" | "scheme" | "looks" | "index" | "readOnly" | "commands" | "far"> & {
  link: Link;
}) {
  const type = scheme.links.find((t) => t.key === link.type);
  const turned = link.to === span.id;
  const other = turned ? review.spans.get(link.from) : link.to === null ? undefined : review.spans.get(link.to);
  const name = type ? nameOfWay({ type, turned }) : link.type;
  const there = other || link.to === null ? undefined : far.get(link.to);
  const words = other
    ? glimpse(cutOut(index, other), 80)
    : there
      ? glimpse(there.quote, 80)
      : (link.toText ?? "a span of another article");
  return (
    <li>
      <span className="rv-way">{name}</span>
      {other ? (
        <button type="button" className="rv-end" onClick={() => commands.choose(other.id)}>
          <span className={cls("swatch", swatch(lookFor(looks, other.label)))} aria-hidden />
          <span className="rv-q" dir="auto">
            {words}
          </span>
          <span className="rv-no">{numbers.get(other.id)}</span>
        </button>
      ) : (
        <span className="rv-end" title={there ? `${there.quote} (in ${there.articleTitle})` : undefined}>
          <span className="rv-q" dir="auto">
            “{words}”
          </span>
          {there && (
            <span className="rv-far" dir="auto">
              in {there.articleTitle}
            </span>
          )}
        </span>
      )}
      {!readOnly && (
        <Press className="rv-icon" aria-label={`Remove link: ${name} ${words}`} onClick={() => commands.unlink(link)}>
          <X size={13} aria-hidden />
        </Press>
      )}
    </li>
  );
}
