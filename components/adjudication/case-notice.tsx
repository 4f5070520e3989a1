"use client";

import { attributeOf, labelOf, linkTypeOf } from "@/lib/scheme/lookup";
import type { TextIndex } from "@/lib/text/codepoints";
import type { Range } from "@/lib/text/range";
import { Notice } from "../ui/page";
import { Ago } from "../ui/time";
import { type CaseView, type ChangeView, type Desk, laneName } from "./model";

/** What must be known before a case is decided again: what changed under its decision, or that nobody marks it any more. */
export function CaseNotice({ desk, one, index }: { desk: Desk; one: CaseView; index: TextIndex }) {
  if (one.status === "ORPHANED")
    return <Notice tone="fault">Nobody marks this any more, but a decision lives here. Keep it or drop it.</Notice>;
  if (one.status !== "STALE") return null;
  const changes = one.stale?.changes ?? [];
  return (
    <section aria-label="What became stale" className="grid gap-2">
      <Notice tone="fault">
        This decision is stale: {one.stale?.words ?? "what it rested on has changed."} Decide again.
      </Notice>
      {changes.length > 0 && (
        <table className="w-full table-fixed text-left">
          <caption className="sr-only">What the reviewers said when it was decided, and now</caption>
          <thead>
            <tr className="text-ink-2">
              <th scope="col" className="w-16 font-normal">
                <span className="sr-only">Reviewer</span>
              </th>
              <th scope="col" className="pr-3 font-normal">
                when decided{one.decision && <>, {<Ago at={one.decision.at} />}</>}
              </th>
              <th scope="col" className="font-normal">
                now
              </th>
            </tr>
          </thead>
          <tbody>
            {changes.map((change) => (
              <tr
                key={`${change.lane} ${change.was?.start ?? ""} ${change.now?.start ?? ""} ${change.now?.label ?? ""}`}
                className="border-t border-rule align-top"
              >
                <th scope="row" className="py-1.5 pr-2 font-medium">
                  {change.lane === "?" ? "" : (desk.names?.[change.lane] ?? change.lane)}
                  <span className="sr-only"> {laneName(desk, change.lane)}</span>
                </th>
                <td className="py-1.5 pr-3">
                  <Side desk={desk} index={index} change={change} side="was" />
                </td>
                <td className="py-1.5">
                  <Side desk={desk} index={index} change={change} side="now" />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** One side's words with those that only it has marked, and its label, values and links where the other side has others. */
function Side({
  desk,
  index,
  change,
  side,
}: {
  desk: Desk;
  index: TextIndex;
  change: ChangeView;
  side: "was" | "now";
}) {
  const one = change[side];
  const other = change[side === "was" ? "now" : "was"];
  if (!one) return <span className="font-serif text-[15px] text-ink-2 italic">nothing marked</span>;
  const Only = side === "was" ? "del" : "ins";
  const label = labelOf(desk.scheme, one.label);
  const keys = new Set([...Object.keys(one.attributes), ...Object.keys(other?.attributes ?? {})]);
  const told = [
    ...(other?.label === one.label ? [] : [label?.name ?? one.label]),
    ...[...keys].flatMap((key) => {
      const value = one.attributes[key] ?? "";
      if (other && value === (other.attributes[key] ?? "")) return [];
      const attribute = label && attributeOf(label, key);
      const words =
        attribute?.kind === "choice" ? (attribute.values.find((each) => each.key === value)?.name ?? value) : value;
      return [`${attribute?.name ?? key}: ${words || "none"}`];
    }),
  ];
  const same = JSON.stringify(one.links) === JSON.stringify(other?.links ?? []);
  return (
    <>
      <p className="font-serif text-[15px] leading-5" dir="auto">
        {parts(one, other).map((part) => {
          const words = index.slice(part);
          return part.only && other ? (
            <Only key={part.start} className="bg-press decoration-2">
              {words}
            </Only>
          ) : (
            <span key={part.start}>{words}</span>
          );
        })}
      </p>
      {told.length > 0 && <p className="text-ink-2">{told.join("; ")}</p>}
      {!same && (
        <p className="text-ink-2">
          {one.links.length === 0
            ? "no link"
            : one.links
                .map((link) => `${linkTypeOf(desk.scheme, link.type)?.name.toLowerCase() ?? link.type} “${link.words}”`)
                .join("; ")}
        </p>
      )}
    </>
  );
}

/** The range cut where the other begins and ends. */
function parts(one: Range, other: Range | null): readonly (Range & { readonly only: boolean })[] {
  const cuts = other ? [other.start, other.end].filter((at) => one.start < at && at < one.end) : [];
  const edges = [one.start, ...cuts, one.end];
  return edges.slice(1).flatMap((end, place) => {
    const start = edges[place] ?? end;
    return start < end ? [{ start, end, only: !other || end <= other.start || start >= other.end }] : [];
  });
}
