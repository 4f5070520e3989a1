/** An act in words, for the history and for what is said after an undo. */
import { labelOf } from "@/lib/scheme/lookup";
import type { Scheme } from "@/lib/scheme/scheme";
import type { Act, Effect } from "@/lib/spans/act";
import type { SpanContent } from "@/lib/spans/canonical";
import type { TextIndex } from "@/lib/text/codepoints";
import { cutOut, glimpse } from "./words";

type SpanEffect = Extract<Effect, { kind: "span" }>;
type LinkEffect = Extract<Effect, { kind: "link" }>;

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

export function actWords(scheme: Scheme, index: TextIndex, act: Act): string {
  const spans = act.filter((e): e is SpanEffect => e.kind === "span");
  const links = act.filter((e): e is LinkEffect => e.kind === "link");
  const dismissals = act.filter((e) => e.kind === "dismissal");
  if (dismissals.length > 0 && spans.length + links.length === 0) {
    const what = dismissals.length === 1 ? "suggestion" : `${dismissals.length} suggestions`;
    return dismissals.every((e) => e.after) ? `${what} dismissed` : `${what} asked again`;
  }
  const [only] = spans;
  if (only && spans.length === 1) return spanWords(scheme, index, only);
  const [link] = links;
  if (spans.length === 0 && link)
    return links.length === 1 ? linkWords(scheme, link) : `${links.length} links ${link.after ? "made" : "removed"}`;
  const made = spans.filter((e) => e.before === null).length;
  const gone = spans.filter((e) => e.after === null).length;
  if (made === spans.length) return `${made} spans marked ${nameOf(scheme, only?.after)}`;
  if (gone === spans.length) return `${gone} spans removed`;
  const kept = spans.find((e) => e.before && e.after);
  const quote = kept?.after ? ` “${glimpse(cutOut(index, kept.after), 40)}”` : "";
  if (spans.length === 2 && made === 1 && gone === 0) return `split${quote}`;
  if (spans.length === 2 && gone === 1 && made === 0) return `merged${quote}`;
  return `${spans.length} spans changed`;
}

const nameOf = (scheme: Scheme, span: SpanContent | null | undefined): string =>
  span ? lower(labelOf(scheme, span.label)?.name ?? span.label) : "";

function spanWords(scheme: Scheme, index: TextIndex, { before, after }: SpanEffect): string {
  const shown = after ?? before;
  if (!shown) return "nothing";
  const quote = `“${glimpse(cutOut(index, shown), 60)}”`;
  if (!before) return `${nameOf(scheme, after)} ${after?.suggestion ? "taken from a suggestion" : "marked"}: ${quote}`;
  if (!after) return `${nameOf(scheme, before)} removed: ${quote}`;
  const what: string[] = [];
  if (before.label !== after.label) what.push(`${nameOf(scheme, before)} to ${nameOf(scheme, after)}`);
  if (before.start !== after.start || before.end !== after.end) what.push("range");
  const label = labelOf(scheme, after.label);
  if (before.label === after.label)
    for (const key of new Set([...Object.keys(before.attributes), ...Object.keys(after.attributes)])) {
      const value = after.attributes[key];
      if (before.attributes[key] === value) continue;
      const attribute = label?.attributes.find((a) => a.key === key);
      const name =
        attribute?.kind === "choice" ? (attribute.values.find((v) => v.key === value)?.name ?? value) : value;
      what.push(`${lower(attribute?.name ?? key)} ${name ? glimpse(name, 40) : "cleared"}`);
    }
  if (before.note !== after.note) what.push(after.note === "" ? "note cleared" : "note");
  if (before.uncertain !== after.uncertain) what.push(after.uncertain ? "uncertain" : "certain again");
  return `${what.join(", ") || "nothing"}: ${quote}`;
}

function linkWords(scheme: Scheme, { before, after }: LinkEffect): string {
  const shown = after ?? before;
  const name = scheme.links.find((t) => t.key === shown?.type)?.name ?? shown?.type ?? "";
  const words = shown?.toText ? ` “${glimpse(shown.toText, 40)}”` : "";
  return `link ${name}${words} ${after ? "made" : "removed"}`;
}
