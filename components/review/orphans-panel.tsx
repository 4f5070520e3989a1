"use client";

import { X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { labelOf } from "@/lib/scheme/lookup";
import type { Scheme } from "@/lib/scheme/scheme";
import type { Range } from "@/lib/text/range";
import { alikeInWords } from "../versions/words";
import type { Orphan } from "./model";
import type { Orphans } from "./use-orphans";
import { glimpse } from "./words";

/** Marks of the version before that have no place here: their old words, the places that come near, and what can be done with each. */
export function OrphansPanel({
  open,
  dropped,
  scheme,
  readOnly,
  first,
  orphans,
  onClose,
}: {
  open: readonly Orphan[];
  /** Those that were dropped, with the reasons. */
  dropped: readonly (readonly [Orphan, string])[];
  scheme: Scheme;
  readOnly: boolean;
  /** The one to begin with. */
  first: string | null;
  orphans: Orphans;
  onClose: () => void;
}) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    const begin = first && box.current?.querySelector<HTMLElement>(`[data-orphan="${CSS.escape(first)}"] button`);
    (begin || box.current?.querySelector<HTMLElement>("li button, header button"))?.focus();
    return () => orphans.show(null);
  }, [first, orphans]);
  return (
    <section
      ref={box}
      className="rv-orphans"
      aria-label="Marks without a place"
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
    >
      <header>
        <h2>Without a place</h2>
        <span>{open.length}</span>
        <button type="button" className="rv-icon" aria-label="Close the marks without a place" onClick={onClose}>
          <X size={15} aria-hidden />
        </button>
      </header>
      <div className="rv-orphan-rows">
        <p className="rv-orphan-how">
          {open.length === 0
            ? "Every mark of the version before has its place, or was dropped."
            : "These marks stood in the version before. Their words are not here, or in more than one place."}
        </p>
        <ol>
          {open.map((orphan) => (
            <li key={orphan.id} data-orphan={orphan.id}>
              <Waiting orphan={orphan} scheme={scheme} readOnly={readOnly} orphans={orphans} />
            </li>
          ))}
        </ol>
        {dropped.length > 0 && (
          <>
            <h3>Dropped</h3>
            <ol>
              {dropped.map(([orphan, reason]) => (
                <li key={orphan.id}>
                  <OldWords orphan={orphan} scheme={scheme} />
                  <p className="rv-orphan-why">{reason}</p>
                  {!readOnly && <Button onClick={() => void orphans.drop(orphan, null)}>Take it back</Button>}
                </li>
              ))}
            </ol>
          </>
        )}
      </div>
    </section>
  );
}

function OldWords({ orphan, scheme }: { orphan: Orphan; scheme: Scheme }) {
  return (
    <p className="rv-orphan-words" dir="auto">
      <b>{labelOf(scheme, orphan.content.label)?.name ?? orphan.content.label}</b>
      <span>…{orphan.before}</span>
      <mark>{glimpse(orphan.quote, 300)}</mark>
      <span>{orphan.after}…</span>
    </p>
  );
}

function Waiting({
  orphan,
  scheme,
  readOnly,
  orphans,
}: {
  orphan: Orphan;
  scheme: Scheme;
  readOnly: boolean;
  orphans: Orphans;
}) {
  const [dropping, setDropping] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const near = (range: Range) => ({
    onFocus: () => orphans.show(range),
    onPointerEnter: () => orphans.show(range),
  });
  return (
    <>
      <OldWords orphan={orphan} scheme={scheme} />
      {orphan.links.length > 0 && (
        <p className="rv-orphan-why">
          {orphan.links.length === 1 ? "A link waits" : `${orphan.links.length} links wait`} with it.
        </p>
      )}
      {!readOnly && (
        <>
          {orphan.candidates.length > 0 && (
            <ul className="rv-candidates" aria-label="Places that come near">
              {orphan.candidates.map((range) => (
                <li key={`${range.start} ${range.end}`}>
                  <button type="button" {...near(range)} onClick={() => orphans.place(orphan, range)}>
                    <span className="sr-only">Place it here: </span>
                    <span dir="auto">{glimpse(range.quote, 90)}</span>
                    <em>{alikeInWords(range.score)}</em>
                  </button>
                </li>
              ))}
            </ul>
          )}
          {dropping ? (
            <form
              className="rv-drop"
              onSubmit={async (event) => {
                event.preventDefault();
                const reason = String(new FormData(event.currentTarget).get("reason") ?? "").trim();
                setFault(reason === "" ? "Say why, in a few words." : await orphans.drop(orphan, reason));
              }}
            >
              <Field
                label="Why it is not here any more"
                name="reason"
                autoFocus
                maxLength={2000}
                error={fault ?? undefined}
              />
              <div>
                <Button type="submit">Drop it</Button>
                <Button look="quiet" onClick={() => setDropping(false)}>
                  Leave it
                </Button>
              </div>
            </form>
          ) : (
            <div className="rv-orphan-acts">
              <Button onClick={() => orphans.byHand(orphan)}>Mark it by hand</Button>
              <Button look="quiet" onClick={() => setDropping(true)}>
                Drop
              </Button>
            </div>
          )}
        </>
      )}
    </>
  );
}

/** While the words are selected on which an orphan stands now. */
export function PlaceBar({
  orphan,
  selected,
  onPlace,
  onCancel,
}: {
  orphan: Orphan;
  selected: string | null;
  onPlace: () => void;
  onCancel: () => void;
}) {
  return (
    <section className="rv-link rv-place" aria-label="Place a mark">
      <p className="rv-link-head">
        Where does <b dir="auto">“{glimpse(orphan.quote, 120)}”</b> stand now?
      </p>
      <p className="rv-orphan-words" dir="auto">
        {selected === null ? "Select the words in the article." : <mark>{glimpse(selected, 200)}</mark>}
      </p>
      <div className="rv-orphan-acts">
        <Button look="primary" disabled={selected === null} onClick={onPlace}>
          Place it here
        </Button>
        <Button look="quiet" onClick={onCancel}>
          Leave it
        </Button>
      </div>
    </section>
  );
}
