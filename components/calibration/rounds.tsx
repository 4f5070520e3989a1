import Link from "next/link";

export type Figures = {
  readonly alpha: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly articles: number;
  readonly at: string;
};

const three = (value: number) => value.toFixed(3).replace("-", "−");

export const figuresInWords = ({ alpha, low, high, articles }: Figures) =>
  `${alpha === null ? "not defined" : three(alpha)}${low !== null && high !== null ? ` (${three(low)} to ${three(high)})` : ""} on ${articles === 1 ? "1 article" : `${articles} articles`}`;

/** Pooled layered u-alpha, as it was kept. */
export function FiguresLine({ words, figures }: { words: string; figures: Figures | null }) {
  if (!figures) return null;
  return (
    <p className="border-t border-rule py-3">
      <span className="text-ink-2">{words}: </span>
      <span className="font-medium tabular-nums">{figuresInWords(figures)}</span>
      <span className="text-ink-2">, layered u-alpha</span>
    </p>
  );
}

type Round = { readonly id: string; readonly name: string; readonly figures: Figures | null };

/** This round beside the one before and the one after: what the meeting did to agreement. */
export function Rounds({
  projectId,
  rounds,
}: {
  projectId: string;
  rounds: readonly (Round & { readonly here: boolean })[];
}) {
  return (
    <ol className="grid gap-1">
      {rounds.map((round) => (
        <li key={round.id} className="flex flex-wrap gap-x-3">
          {round.here ? (
            <b className="font-medium">{round.name}</b>
          ) : (
            <Link className="link" href={`/projects/${projectId}/batches/${round.id}`}>
              {round.name}
            </Link>
          )}
          <span className="tabular-nums">
            {round.figures ? figuresInWords(round.figures) : "its meeting has not begun"}
          </span>
        </li>
      ))}
    </ol>
  );
}
