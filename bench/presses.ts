/**
 * How many keys are pressed to mark up the articles of the sample project whole, from the same final marks, with offers and without. Counted by
 * the rules of the review screen; what is offered and taken is computed by its code (lib/offers). Without offers: a label is one press, a value two
 * (its letter, its number; a required one is asked for at once and takes one), a text its letter, its characters and Enter, a link L, the digits of
 * its target and Enter. With offers: what is offered wrongly or not at all is given by hand first (a source of the register by its first letters,
 * what must be judged by its number alone), Enter takes the rest. Spans are marked in reading order, and nothing is known before the first
 * article. Selecting costs the same in both and is left out.
 */
import { readFileSync } from "node:fs";
import { nextAsked } from "../lib/offers/asked";
import { type Offer, offersFor } from "../lib/offers/offers";
import { completions, type Known, NOTHING_KNOWN, withOwn } from "../lib/offers/register";
import { taken } from "../lib/offers/take";
import { DEFAULT_SCHEME } from "../lib/scheme/default";
import { labelOf } from "../lib/scheme/lookup";
import type { Attribute } from "../lib/scheme/scheme";
import type { Link, Review, Span } from "../lib/spans/model";
import { inReadingOrder } from "../lib/spans/order";
import { indexText } from "../lib/text/codepoints";

type Sample = {
  readonly title: string;
  readonly text: string;
  readonly reviews: readonly {
    readonly spans: readonly Span[];
    readonly links: readonly { id: string; type: string; from: string; to: string | null; to_text: string | null }[];
  }[];
};

type Count = { presses: number; letters: number };
/** Asked for after Enter: a number each, without its letter. */
const isAsked = (label: string, key: string): boolean => {
  const span = { ...{ id: "", version: 0, start: 0, end: 0, label, attributes: {}, note: "", uncertain: false } };
  for (let at = nextAsked(DEFAULT_SCHEME, span); at !== null; at = nextAsked(DEFAULT_SCHEME, span, at))
    if (at === key) return true;
  return false;
};

const none = (): Count => ({ presses: 0, letters: 0 });

/** `letters`: of free texts, which no offer can spare where they are one's own words. */
function byHand(count: Count, attribute: Attribute, value: string, asked: boolean): void {
  if (attribute.kind === "choice") count.presses += asked ? 1 : 2;
  else {
    count.presses += 2 + [...value].length;
    count.letters += [...value].length;
  }
}

/** A source of the register: so many letters, down to it, Enter. null: it is not there, or typing it is as short. */
function completed(known: Known, value: string): number | null {
  const letters = [...value];
  for (let n = 1; n < letters.length; n++) {
    const at = completions(known, letters.slice(0, n).join("")).findIndex((s) => s.name === value);
    if (at !== -1) return n + at + 1 < letters.length ? 1 + n + at + 1 + 1 : null;
  }
  return null;
}

const ownSources = (spans: Iterable<Span>) =>
  [...spans].flatMap((s) =>
    s.attributes.source && s.label !== "CLAIM"
      ? [{ name: s.attributes.source, beside: s.attributes.sourceType ? { sourceType: s.attributes.sourceType } : {} }]
      : [],
  );

function linkByHand(count: Count, toText: string | null, number: number): void {
  const letters = toText === null ? 0 : [...toText].length;
  count.presses += 2 + (toText === null ? String(number).length : letters);
  count.letters += letters;
}

/** Of one reviewer's marks of one article. */
function pressesOf(article: Sample, known: Known): { readonly without: Count; readonly with: Count } {
  const index = indexText(article.text);
  const [review] = article.reviews;
  const marks = inReadingOrder(review?.spans ?? []);
  const wanted = review?.links ?? [];
  const numbers = new Map(marks.map((m, i) => [m.id, i + 1]));
  const without = none();
  const offered = none();
  const spans = new Map<string, Span>();
  const links = new Map<string, Link>();
  for (const mark of marks) {
    const label = labelOf(DEFAULT_SCHEME, mark.label);
    if (!label) continue;
    const given = label.attributes.filter((a) => (mark.attributes[a.key] ?? "") !== "");
    const required = given.find((a) => a.required);
    without.presses++;
    offered.presses++;
    for (const a of given) byHand(without, a, mark.attributes[a.key] ?? "", a === required);

    let span: Span = { ...mark, version: 1, attributes: {}, note: "", uncertain: false };
    spans.set(mark.id, span);
    const standing = (): Pick<Review, "spans" | "links"> => ({ spans: new Map(spans), links: new Map(links) });
    const right = (o: Offer) =>
      o.kind === "value"
        ? mark.attributes[o.attribute] === o.value
        : wanted.some((l) => l.type === o.type && l.from === o.from && l.to === o.to);
    const offers = () => offersFor({ index, scheme: DEFAULT_SCHEME, known }, standing(), span);
    const give = (a: Attribute) => {
      const value = mark.attributes[a.key] ?? "";
      const short = a.kind === "text" && a.source ? completed(withOwn(known, ownSources(spans.values())), value) : null;
      if (short === null) byHand(offered, a, value, a === required || isAsked(mark.label, a.key));
      else offered.presses += short;
      span = { ...span, attributes: { ...span.attributes, [a.key]: mark.attributes[a.key] ?? "" } };
      spans.set(mark.id, span);
    };
    const take = (these: readonly Offer[]) => {
      const done = taken(span, these);
      span = { ...span, attributes: done.attributes, accepted: done.accepted };
      spans.set(mark.id, span);
      for (const l of done.links)
        links.set(`${l.from} ${l.to}`, { id: `${l.from} ${l.to}`, version: 1, ...l, toText: null });
    };
    // What is offered wrongly, or not at all, is given by hand; what that brings is offered anew.
    for (const a of given) {
      const now = offers().find((o) => o.kind === "value" && o.attribute === a.key);
      if (!now || !right(now)) give(a);
    }
    const left = offers();
    const good = left.filter(right);
    const wrong = left.filter((o) => !right(o));
    const values = good.filter((o) => o.kind === "value");
    // One by one (its letter, the key that takes it), or all and then what was too much away again (its letter, its number or two for a text).
    const each = 2 * values.length;
    const all = wrong.some((o) => o.kind === "link") ? Number.POSITIVE_INFINITY : 1 + 3 * wrong.length;
    if (good.length > 0) {
      offered.presses += Math.min(each, all);
      take(all <= each ? good : values);
    }
    // Asked for by Enter, which takes what is offered on its way; where it did not, it is pressed for that.
    if ((good.length === 0 || each < all) && given.some((a) => isAsked(mark.label, a.key))) offered.presses++;
  }
  for (const l of wanted) {
    const number = numbers.get(l.to ?? "") ?? 1;
    linkByHand(without, l.to_text, number);
    if (![...links.values()].some((m) => m.type === l.type && m.from === l.from && m.to === l.to))
      linkByHand(offered, l.to_text, number);
  }
  return { without, with: offered };
}

const [, ...lines] = readFileSync("prisma/sample/sample.jsonl", "utf8").trim().split("\n");
let known: Known = NOTHING_KNOWN;
const sum = { without: none(), with: none() };
const row = (name: string, a: Count, b: Count) => {
  const share = (x: number, y: number) => (y === 0 ? "–" : (x / y).toFixed(2));
  console.log(
    `| ${name} | ${a.presses} | ${b.presses} | ${share(b.presses, a.presses)} | ${a.presses - a.letters} | ${b.presses - b.letters} | ${share(b.presses - b.letters, a.presses - a.letters)} |`,
  );
};
console.log("| article | presses without offers | with | ratio | the same without letters of texts | with | ratio |");
console.log("|---|---|---|---|---|---|---|");
for (const line of lines) {
  const article = JSON.parse(line) as Sample;
  const counted = pressesOf(article, known);
  row(article.title.slice(0, 60), counted.without, counted.with);
  for (const side of ["without", "with"] as const) {
    sum[side].presses += counted[side].presses;
    sum[side].letters += counted[side].letters;
  }
  known = withOwn(known, ownSources(article.reviews[0]?.spans ?? []));
}
row("all", sum.without, sum.with);
