import Link from "next/link";
import type { CarriedKind } from "@/lib/formats/native";
import { Badge } from "../ui/page";
import { Table, Td, Th } from "../ui/table";
import { alikeInWords } from "./words";

export type CarriedRow = {
  readonly id: string;
  readonly reviewId: string;
  readonly mine: boolean;
  readonly reviewer: string | null;
  readonly kind: CarriedKind;
  readonly state: "standing" | "open" | "placed" | "dropped" | "removed";
  readonly score: number;
  readonly label: string;
  readonly quote: string;
  readonly now: string | null;
};

const STATES: Readonly<Record<CarriedRow["state"], string>> = {
  standing: "words changed",
  open: "without a place",
  placed: "placed by hand",
  dropped: "dropped",
  removed: "removed since",
};

/** Marks that did not go over as they were: what they stood on, and what they stand on now. */
export function CarriedList({ spans, labels }: { spans: readonly CarriedRow[]; labels: ReadonlyMap<string, string> }) {
  return (
    <Table caption="Marks that did not go over as they were">
      <thead>
        <tr>
          <Th>Label</Th>
          <Th>Stood on</Th>
          <Th>Stands on</Th>
          <Th>What became of it</Th>
        </tr>
      </thead>
      <tbody>
        {spans.map((span) => (
          <tr key={span.id} id={span.id}>
            <Td className="whitespace-nowrap">{labels.get(span.label) ?? span.label}</Td>
            <Td className="min-w-48 max-w-96 font-serif text-[16px] leading-6" dir="auto">
              {span.quote}
            </Td>
            <Td className="min-w-48 max-w-96 font-serif text-[16px] leading-6" dir="auto">
              {span.now ?? <span className="font-sans text-[13px] text-ink-2">nothing yet</span>}
            </Td>
            <Td>
              <Badge strong={span.state === "open"}>{STATES[span.state]}</Badge>{" "}
              {span.kind === "drifted" && (
                <span className="whitespace-nowrap text-ink-2">{alikeInWords(span.score)}</span>
              )}
              <p>
                <Link className="link text-ink-2" href={`/reviews/${span.reviewId}?mark=${span.id}`}>
                  {span.mine ? "Your review" : span.reviewer ? `The review of ${span.reviewer}` : "The review"}
                </Link>
              </p>
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
