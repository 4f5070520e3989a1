"use client";

/** The end of a review: submit and what it asks for, skip with a reason, and what stands when it is over. */
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextArea } from "@/components/ui/field";
import type { Missing } from "@/lib/spans/complete";
import type { Span } from "@/lib/spans/model";
import type { TextIndex } from "@/lib/text/codepoints";
import { cutOut, glimpse } from "./words";

export function MissingPanel({
  missing,
  spans,
  numbers,
  index,
  onGo,
  onClose,
}: {
  missing: readonly Missing[];
  spans: ReadonlyMap<string, Span>;
  numbers: ReadonlyMap<string, number>;
  index: TextIndex;
  onGo: (missing: Missing) => void;
  onClose: () => void;
}) {
  return (
    <section className="rv-missing" role="alert" aria-label="Before this can be submitted">
      <h2>
        {missing.length === 0
          ? "Nothing is missing any more"
          : `Before this can be submitted: ${missing.length === 1 ? "1 thing" : `${missing.length} things`}`}
      </h2>
      <ul>
        {missing.map((m) => {
          const span = spans.get(m.spanId);
          return (
            <li key={`${m.spanId} ${m.path}`}>
              <button type="button" onClick={() => onGo(m)}>
                <span className="rv-no">{numbers.get(m.spanId)}</span>
                <span className="rv-q" dir="auto">
                  {span ? glimpse(cutOut(index, span), 60) : "A span"}
                </span>
                <em>{m.message}</em>
              </button>
            </li>
          );
        })}
      </ul>
      <Button look="quiet" onClick={onClose}>
        Close
      </Button>
    </section>
  );
}

export function SkipPanel({
  onSkip,
  onClose,
}: {
  onSkip: (reason: string) => Promise<string | null>;
  onClose: () => void;
}) {
  const [reason, setReason] = useState("");
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title="Skip this article"
      description="An editor sees the reason. What you have marked stays yours, and an editor can give the article back to you."
    >
      <form
        className="grid gap-4"
        onSubmit={async (event) => {
          event.preventDefault();
          if (reason.trim() === "") {
            setError("Say why, in a few words.");
            return;
          }
          setBusy(true);
          setError(await onSkip(reason.trim()));
          setBusy(false);
        }}
      >
        <TextArea
          label="Why"
          autoFocus
          value={reason}
          error={error}
          maxLength={2000}
          placeholder="not in my language; a conflict of interest; the text is broken"
          onChange={(event) => setReason(event.target.value)}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={busy}>
            Skip it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

export function EmptyPanel({ onSubmit, onClose }: { onSubmit: () => void; onClose: () => void }) {
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title="Submit with nothing marked?"
      description="It counts as your judgement that there is nothing to mark in this article. If you cannot judge it, skip it instead."
    >
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Go on reading</Button>
        <Button look="primary" onClick={onSubmit}>
          Submit: nothing here
        </Button>
      </div>
    </Dialog>
  );
}
