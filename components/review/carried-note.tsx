import type { Span } from "@/lib/spans/model";
import { alikeInWords } from "../versions/words";
import type { Carried } from "./model";
import { glimpse } from "./words";

/** Of the span in hand: that it came from the version before, and how surely; until it is touched. */
export function CarriedNote({ span, carried, words }: { span: Span; carried: Carried; words: string }) {
  const from = carried.spans.find(({ id }) => id === span.id);
  if (!from) return null;
  const same = from.quote === words;
  return (
    <p className="rv-carried" role="note">
      {from.kind === "exact" && span.version <= 1 ? (
        <>From the version before, on the same words.</>
      ) : from.kind === "orphan" ? (
        <>
          Placed by hand. In the version before: <q dir="auto">{glimpse(from.quote, 160)}</q>
        </>
      ) : (
        <>
          <b>
            {span.version <= 1
              ? `${same ? "Words around it" : "Words"} changed, ${alikeInWords(from.score)}.`
              : "Words changed, and the mark since."}
          </b>{" "}
          {same ? (
            "The same words among others: look whether it still means them."
          ) : (
            <>
              In the version before: <q dir="auto">{glimpse(from.quote, 160)}</q>
            </>
          )}
        </>
      )}
    </p>
  );
}
