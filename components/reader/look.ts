/** How a label looks: its hue and its line, as class names of reader.css. */

import type { Label, LineStyle, Scheme } from "@/lib/scheme/scheme";
import type { Piece } from "@/lib/spans/pieces";
import type { Range } from "@/lib/text/range";

export type Look = { readonly hue: string; readonly line: LineStyle; readonly name: string };

/** What is drawn into the text: a reviewer's span, a gold span, a lane of someone. */
export type Drawn = Range & { readonly id: string; readonly label: string };

const HUES: ReadonlySet<string> = new Set([
  "claim",
  "attribution",
  "denial",
  "framing",
  "teal",
  "ochre",
  "rose",
  "slate",
]);

/** A hue that the tokens do not know is drawn in slate. */
export const lookOf = (label: Pick<Label, "colour" | "line" | "name">): Look => ({
  hue: HUES.has(label.colour) ? label.colour : "slate",
  line: label.line,
  name: label.name,
});

export type Looks = ReadonlyMap<string, Look>;

export const looksOf = (scheme: Scheme): Looks => new Map(scheme.labels.map((label) => [label.key, lookOf(label)]));

const UNKNOWN: Look = { hue: "slate", line: "solid", name: "Unknown" };
export const lookFor = (looks: Looks, label: string): Look => looks.get(label) ?? UNKNOWN;

/** Classes of one piece: for each of its lines hue and style, and which of them belongs to the chosen span. */
export function pieceClass(piece: Piece<Drawn>, looks: Looks, chosen: string | null): string {
  const names = ["s"];
  piece.lines.forEach((span, slot) => {
    if (!span) return;
    const look = lookFor(looks, span.label);
    names.push(`h${slot}-${look.hue}`, `l${slot}-${look.line}`);
    if (span.id === chosen) names.push(`on${slot}`);
  });
  if (chosen !== null && piece.more > 0 && !piece.lines.some((s) => s?.id === chosen))
    if (piece.spans.some((s) => s.id === chosen)) names.push("on-rest");
  return names.join(" ");
}

/** Hue and line as classes for a swatch, a button or a tick. */
export const swatch = (look: Look): string => `hue-${look.hue} line-${look.line}`;
