"use client";

import { type Looks, lookFor, swatch } from "@/components/reader/look";
import { cls } from "@/components/ui/class";
import type { Scheme } from "@/lib/scheme/scheme";
import type { Review, Span } from "@/lib/spans/model";
import type { TextIndex } from "@/lib/text/codepoints";
import { nameOfWay } from "./acts";
import { Press } from "./press";
import { linkOffersOf, type Offers } from "./use-offers";
import { cutOut, glimpse } from "./words";

/** How much is offered, and the keys that take it. */
export function OffersLine({ offers: { offers, takeAll, takeNext }, offerKey }: { offers: Offers; offerKey: string }) {
  if (offers.length === 0) return null;
  return (
    <p className="rv-offers">
      <span>
        <b>{offers.length}</b> offered
      </span>
      <Press onClick={() => takeAll()}>
        <kbd aria-hidden>Enter</kbd>
        {offers.length === 1 ? "Take it" : "Take all"}
      </Press>
      {offers.length > 1 && (
        <Press onClick={takeNext}>
          <kbd aria-hidden>{offerKey}</kbd>
          Take the next
        </Press>
      )}
    </p>
  );
}

/** Links that the span may be given, each to be pressed. */
export function LinkOffers({
  span,
  review,
  scheme,
  looks,
  index,
  offers,
}: {
  span: Span;
  review: Review;
  scheme: Scheme;
  looks: Looks;
  index: TextIndex;
  offers: Offers;
}) {
  const links = linkOffersOf(offers.offers);
  if (links.length === 0) return null;
  return (
    <ul className="rv-link-offers">
      {links.map((offer) => {
        const type = scheme.links.find((t) => t.key === offer.type);
        const turned = offer.to === span.id;
        const other = review.spans.get(turned ? offer.from : offer.to);
        if (!type || !other) return null;
        const name = nameOfWay({ type, turned });
        const words = glimpse(cutOut(index, other), 60);
        return (
          <li key={`${offer.type} ${offer.from} ${offer.to}`}>
            <Press className="rv-offer" title="Offered: of one sentence" onClick={() => offers.take(offer)}>
              <span className="sr-only">Take the offered link: </span>
              <span className="rv-way">{name}</span>
              <span className={cls("swatch", swatch(lookFor(looks, other.label)))} aria-hidden />
              <span className="rv-q" dir="auto">
                {words}
              </span>
            </Press>
          </li>
        );
      })}
    </ul>
  );
}
