"use client";

/** Offers for the span in hand, and taking them. Nothing that is offered is in the review before it is taken. */
import { useEffect, useMemo, useRef, useState } from "react";
import { api } from "@/components/api";
import { nextAsked } from "@/lib/offers/asked";
import { type LinkOffer, type Offer, offersFor, type ValueOffer } from "@/lib/offers/offers";
import { type Known, NOTHING_KNOWN } from "@/lib/offers/register";
import { taken } from "@/lib/offers/take";
import { attributeOf, labelOf } from "@/lib/scheme/lookup";
import type { Span } from "@/lib/spans/model";
import * as acts from "./acts";
import { newId } from "./new-id";
import type { Commands } from "./use-commands";
import type { Screen } from "./use-screen";

export type Offers = ReturnType<typeof useOffers>;

/** The register of the project, asked for once and beside the way: nothing waits for it. */
function useKnown(projectId: string, wanted: boolean): Known {
  const [known, setKnown] = useState<Known>(NOTHING_KNOWN);
  useEffect(() => {
    if (!wanted) return;
    const ended = new AbortController();
    void api<Known>("GET", `/projects/${projectId}/values`, undefined, { signal: ended.signal }).then((answer) => {
      if (answer.ok && !ended.signal.aborted) setKnown(answer.value);
    });
    return () => ended.abort();
  }, [projectId, wanted]);
  return known;
}

const NONE: readonly Offer[] = [];

export function useOffers(screen: Screen, commands: Commands) {
  const { page, later, inspected, readOnly, index, latest, set, say } = screen;
  const known = useKnown(page.project.id, page.review.mine && !readOnly);
  const knownNow = useRef(known);
  knownNow.current = known;
  /** The span whose values are being asked for one after the other. */
  const asking = useRef<string | null>(null);

  const offers = useMemo(
    () => (inspected && !readOnly ? offersFor({ index, scheme: page.scheme, known }, later, inspected) : NONE),
    [inspected, readOnly, index, page.scheme, known, later],
  );

  const deeds = useMemo(() => {
    /** As the review stands now, drawn or not: a key may follow another at once. */
    function standing(): { readonly span: Span; readonly offers: readonly Offer[] } | null {
      const { chosen: inHand, editor, page: at, index: text, readOnly: closed } = latest.current;
      const now = editor.draft.snapshot().review;
      const span = inHand && now.spans.get(inHand.id);
      if (!span || closed) return null;
      return { span, offers: offersFor({ index: text, scheme: at.scheme, known: knownNow.current }, now, span) };
    }

    function named(span: Span, offer: Offer): string {
      const { scheme } = latest.current.page;
      if (offer.kind === "link") return scheme.links.find((t) => t.key === offer.type)?.name ?? offer.type;
      const label = labelOf(scheme, span.label);
      const attribute = label && attributeOf(label, offer.attribute);
      const value =
        attribute?.kind === "choice" ? attribute.values.find((v) => v.key === offer.value)?.name : offer.value;
      return `${attribute?.name ?? offer.attribute} ${value ?? offer.value}`;
    }

    function takeThese(span: Span, chosenOffers: readonly Offer[]): boolean {
      const { attributes, accepted, links } = taken(span, chosenOffers);
      const act = [
        ...acts.edit(span, { attributes, accepted }),
        ...links.flatMap(({ type, from, to }) => acts.link(newId(), { type, from, to, toText: null, accepted: true })),
      ];
      if (!commands.perform(act, "")) return false;
      set.setArmed(null);
      say(`Taken: ${chosenOffers.map((o) => named(span, o)).join(", ")}.`);
      return true;
    }

    /** Arms the next value that no text speaks for, so that numbers alone go through them. False: none is left. */
    function ask(after: string | null): boolean {
      const { editor, chosen: inHand, page: at } = latest.current;
      const span = inHand && editor.draft.snapshot().review.spans.get(inHand.id);
      const next = span ? nextAsked(at.scheme, span, after) : null;
      asking.current = span && next !== null ? span.id : null;
      set.setArmed(next);
      return next !== null;
    }

    /** Enter: takes what is offered, then asks for the rest; once more passes over what is asked. */
    function goOn(): boolean {
      const { armed, mode, several, chosen: inHand, readOnly: closed } = latest.current;
      if (mode.kind !== "read" || several.length > 1 || !inHand || closed) return false;
      if (takeAll()) {
        ask(armed);
        return true;
      }
      return armed !== null && asking.current !== inHand.id ? false : ask(armed) || armed !== null;
    }

    /** After a number gave the attribute that was armed: on to the next, if it was asked for. */
    function answered(attribute: string): void {
      const { chosen: inHand } = latest.current;
      if (asking.current !== null && asking.current === inHand?.id) ask(attribute);
      else asking.current = null;
    }

    /** One that is shown, pressed. */
    function take(offer: Offer): void {
      const now = standing();
      if (now) takeThese(now.span, [offer]);
    }

    /** The offer of the attribute in hand, or else the first. */
    function takeNext(): void {
      const now = standing();
      const { armed } = latest.current;
      const next = now?.offers.find((o) => o.kind === "value" && o.attribute === armed) ?? now?.offers[0];
      if (now && next) takeThese(now.span, [next]);
      else say("Nothing is offered here.");
    }

    /** All of them; of an attribute that is in hand only its own. False: nothing was there to take. */
    function takeAll(): boolean {
      const now = standing();
      const { armed, mode, several } = latest.current;
      if (!now || mode.kind !== "read" || several.length > 1) return false;
      const those = armed === null ? now.offers : now.offers.filter((o) => o.kind === "value" && o.attribute === armed);
      return those.length > 0 && takeThese(now.span, those);
    }

    return { take, takeNext, takeAll, goOn, answered };
  }, [latest, commands, set, say]);

  return useMemo(() => ({ offers, known, ...deeds }), [offers, known, deeds]);
}

export const valueOffer = (offers: readonly Offer[], key: string): ValueOffer | undefined =>
  offers.find((o): o is ValueOffer => o.kind === "value" && o.attribute === key);

export const linkOffersOf = (offers: readonly Offer[]): readonly LinkOffer[] => offers.filter((o) => o.kind === "link");
