/**
 * What a span may be offered: values that its scheme, its words and its neighbours speak for, and links to spans of its sentence. Pure; an
 * offer is never a mark: only taking it (take.ts) makes it one, and then it is written down that it was taken.
 */
import { labelOf, mayLink, mayStart } from "../scheme/lookup";
import type { Attribute, Label, LinkType, Scheme, Sign } from "../scheme/scheme";
import type { Attributes, Review, Span } from "../spans/model";
import type { TextIndex } from "../text/codepoints";
import { overlap, type Range } from "../text/range";
import { sentenceAt } from "../text/sentences";
import { readQuotation } from "./quotes";
import { entryOf, type Known, NOTHING_KNOWN, nameIn, sourceIn, withOwn } from "./register";
import { findWords, type Hit, hasWords } from "./words";

export type ValueOffer = {
  readonly kind: "value";
  readonly attribute: string;
  readonly value: string;
  /** What speaks for it, in a few words. */
  readonly because: string;
};
export type LinkOffer = { readonly kind: "link"; readonly type: string; readonly from: string; readonly to: string };
export type Offer = ValueOffer | LinkOffer;

export type OfferContext = {
  readonly index: TextIndex;
  readonly scheme: Scheme;
  readonly known?: Known | undefined;
};

type Choice = Extract<Attribute, { kind: "choice" }>;
type Text = Extract<Attribute, { kind: "text" }>;

/** What is looked at for one span. */
type Scene = {
  readonly index: TextIndex;
  readonly scheme: Scheme;
  readonly span: Span;
  readonly label: Label;
  readonly sentence: Range;
  /** Spans that say who speaks: linked to this one, else those of its sentence that may be. */
  readonly frames: readonly Span[];
  /** Somebody speaks in the sentence: a frame, or a word by which frames are known. */
  readonly framed: boolean;
  readonly known: Known;
  /** The span with a source that stands closest before this one, and that source. */
  readonly before: readonly [Span, string] | null;
};

/** Offers for what the span has not got yet: values in the scheme's order, then links. None for a label or attribute that is archived. */
export function offersFor(
  context: OfferContext,
  review: Pick<Review, "spans" | "links">,
  span: Span,
): readonly Offer[] {
  const { index, scheme } = context;
  const label = labelOf(scheme, span.label);
  if (!label || label.archived) return [];
  const sentence = sentenceOf(index, span);
  const near = [...review.spans.values()].filter((s) => overlap(s, sentence));
  const frames = framesOf(scheme, review, span, near);
  const known = knownHere(context, review);
  const framed = frames.length > 0 || speaksBeside(index, scheme, span, sentence);
  const scene: Scene = {
    index,
    scheme,
    span,
    label,
    sentence,
    frames,
    framed,
    known,
    before: sourceBefore(scheme, review, span),
  };
  const values: ValueOffer[] = [];
  for (const attribute of label.attributes) {
    if (attribute.archived || (span.attributes[attribute.key] ?? "").trim() !== "") continue;
    const found = attribute.kind === "choice" ? choiceOffer(scene, attribute, values) : textOffer(scene, attribute);
    if (found) values.push({ kind: "value", attribute: attribute.key, ...found });
  }
  return [...values, ...linkOffers(scene, review, near)];
}

function sourceBefore(scheme: Scheme, { spans }: Pick<Review, "spans">, span: Span): readonly [Span, string] | null {
  let best: readonly [Span, string] | null = null;
  for (const other of spans.values()) {
    if (other.id === span.id || other.start >= span.start || (best && best[0].start >= other.start)) continue;
    const source = labelOf(scheme, other.label)?.attributes.find((a) => a.kind === "text" && a.source);
    const name = source && other.attributes[source.key]?.trim();
    if (name) best = [other, name];
  }
  return best;
}

/** The sentences that a range touches, as one. */
function sentenceOf(index: TextIndex, range: Range): Range {
  const first = sentenceAt(index, range.start) ?? range;
  const last = range.end <= first.end ? first : (sentenceAt(index, range.end - 1) ?? range);
  return { start: Math.min(first.start, range.start), end: Math.max(first.end, last.end, range.end) };
}

const offeredTypes = (scheme: Scheme): readonly LinkType[] => scheme.links.filter((t) => t.offered && !t.archived);

const mayFrame = (scheme: Scheme, frame: string, label: string): boolean =>
  frame !== label && offeredTypes(scheme).some((t) => mayLink(t, frame, label));

function framesOf(
  scheme: Scheme,
  { spans, links }: Pick<Review, "spans" | "links">,
  span: Span,
  near: readonly Span[],
): readonly Span[] {
  const types = new Set(offeredTypes(scheme).map((t) => t.key));
  const linked = [...links.values()]
    .filter((l) => l.to === span.id && types.has(l.type))
    .flatMap((l) => spans.get(l.from) ?? []);
  if (linked.length > 0) return linked;
  const free = near.filter((s) => s.id !== span.id && mayFrame(scheme, s.label, span.label));
  return nearest(span, free);
}

/** The closest of them, several if they are equally close. */
function nearest(span: Range, others: readonly Span[]): readonly Span[] {
  const least = Math.min(...others.map((o) => gap(span, o)));
  return others.filter((o) => gap(span, o) === least);
}

const gap = (a: Range, b: Range): number => Math.max(0, a.start - b.end, b.start - a.end);

/** A listed word of a label that frames this one stands in the sentence, outside the span: who speaks may be marked later. */
function speaksBeside(index: TextIndex, scheme: Scheme, span: Span, sentence: Range): boolean {
  const outside = [
    { start: sentence.start, end: span.start },
    { start: span.end, end: sentence.end },
  ];
  return scheme.labels
    .filter((l) => !l.archived && mayFrame(scheme, l.key, span.label))
    .some((l) =>
      l.attributes.some(
        (a) => a.kind === "choice" && !a.archived && outside.some((r) => findWords(index, a, r, sentence).length > 0),
      ),
    );
}

/** In the span's own words, or where none are found in those of its frames. */
function hitsFor({ index, span, sentence, frames }: Scene, attribute: Choice): readonly Hit[] {
  const own = findWords(index, attribute, span, sentence);
  return own.length > 0 ? own : frames.flatMap((f) => findWords(index, attribute, f, sentenceOf(index, f)));
}

const SAID: Readonly<Record<Sign, string>> = {
  direct: "in quote marks",
  mixed: "partly in quote marks",
  reported: "reported, without quote marks",
  plain: "nobody is quoted",
  framed: "someone says so here",
  unframed: "nobody is named for it",
  otherwise: "no listed word",
};

function shows({ index, span, framed }: Scene, sign: Sign, silent: boolean): boolean {
  if (sign === "otherwise") return silent;
  if (sign === "framed") return framed;
  if (sign === "unframed") return !framed;
  const reading = readQuotation(index, span);
  if (sign === "reported") return reading === "none" && framed;
  if (sign === "plain") return reading === "none" && !framed;
  return reading === sign;
}

type Found = Pick<ValueOffer, "value" | "because">;

function choiceOffer(scene: Scene, attribute: Choice, before: readonly ValueOffer[]): Found | null {
  const live = attribute.values.filter((v) => !v.archived);
  const hits = hasWords(attribute) ? hitsFor(scene, attribute) : [];
  const values = new Set(hits.map((h) => h.value));
  const [only] = values;
  // Words that speak for two values speak for none.
  if (values.size > 1) return null;
  if (only !== undefined) return { value: only, because: `“${hits[0]?.words ?? ""}”` };
  if (attribute.withSource) {
    const name = sourceNameOf(scene, before);
    const value = name && entryOf(scene.known, name)?.beside[attribute.key];
    if (value && live.some((v) => v.key === value)) return { value, because: `as last with ${name}` };
  }
  const shown = live.find((v) => v.sign && shows(scene, v.sign, true));
  return shown?.sign ? { value: shown.key, because: SAID[shown.sign] } : null;
}

/** The entry of the source that the span has, or is offered. */
function sourceNameOf({ label, span, known }: Scene, before: readonly ValueOffer[]): string | null {
  const attribute = label.attributes.find((a) => a.kind === "text" && a.source && !a.archived);
  if (!attribute) return null;
  const given = span.attributes[attribute.key] ?? before.find((o) => o.attribute === attribute.key)?.value;
  return given ? (entryOf(known, given)?.name ?? null) : null;
}

function textOffer(scene: Scene, attribute: Text): Found | null {
  const { label, index, span, known, frames } = scene;
  if (attribute.source) {
    const entry = sourceIn(index, known, span);
    if (entry) return { value: entry.name, because: "known source" };
    // Whoever frames it is its source, if the frame says who that is.
    for (const frame of frames) {
      const own = labelOf(scene.scheme, frame.label)?.attributes.find((a) => a.kind === "text" && a.source);
      const value = own && frame.attributes[own.key]?.trim();
      if (value) return { value, because: "source of its frame" };
    }
    return nameOffer(scene);
  }
  const hits = (attribute.wordsOf ?? []).flatMap((key) => {
    const of = label.attributes.find((a) => a.key === key);
    return of?.kind === "choice" && !of.archived ? hitsFor(scene, of) : [];
  });
  if (hits.length === 0) return null;
  const inOrder = [...hits].sort((a, b) => a.start - b.start);
  const words = [...new Set(inOrder.map((h) => h.words.replace(/\s+/g, " ")))];
  return { value: words.join(" … "), because: "the words themselves" };
}

const PRONOUN = /(?<!\p{L})(?:he|she|it|they|his|her|its|their)(?!\p{L})/iu;

/**
 * The name that the words themselves hold, before what they say; or, where they hold none but *he*, *she*, *it* or *they*, the source that was
 * given last before them.
 */
function nameOffer(scene: Scene): Found | null {
  const { label, index, span, sentence, before } = scene;
  const cues = label.attributes
    .flatMap((a) => (a.kind === "choice" && !a.archived ? findWords(index, a, span, sentence) : []))
    .sort((a, b) => a.start - b.start);
  const [cue] = cues;
  if (!cue && !mayBeFrame(scene)) return null;
  const where = { start: span.start, end: cue && cue.start > span.start ? cue.start : span.end };
  const name = nameIn(index, where);
  if (name) return { value: name, because: "name in the words" };
  const [, earlier] = PRONOUN.test(index.slice(where)) ? (before ?? []) : [];
  return earlier ? { value: earlier, because: "the source before" } : null;
}

const mayBeFrame = ({ scheme, label }: Scene): boolean =>
  offeredTypes(scheme).some((t) => t.from !== "any" && mayStart(t, label.key));

/** The span to those of its sentence that nothing frames yet, and that no other frame is nearer to; or the nearest frame to the span. */
function linkOffers(
  { scheme, span, frames }: Scene,
  { links }: Pick<Review, "spans" | "links">,
  near: readonly Span[],
): readonly LinkOffer[] {
  const all = [...links.values()];
  return offeredTypes(scheme).flatMap((type): readonly LinkOffer[] => {
    const framed = (id: string) => all.some((l) => l.type === type.key && l.to === id);
    const from = near
      .filter((s) => s.id !== span.id && mayLink(type, span.label, s.label) && s.label !== span.label && !framed(s.id))
      .filter((s) =>
        nearest(
          s,
          near.filter((f) => f.id !== s.id && f.label !== s.label && mayLink(type, f.label, s.label)),
        ).includes(span),
      )
      .map((s) => ({ kind: "link" as const, type: type.key, from: span.id, to: s.id }));
    const [frame] = frames;
    const to =
      frame && frames.length === 1 && mayLink(type, frame.label, span.label) && !framed(span.id)
        ? [{ kind: "link" as const, type: type.key, from: frame.id, to: span.id }]
        : [];
    return [...from, ...to];
  });
}

type Spans = Review["spans"];
const knownBySpans = new WeakMap<Spans, { readonly scheme: Scheme; readonly from: Known; readonly known: Known }>();

/** The register with what the review itself has given: one's own values are known at once. Made once a state of the review. */
function knownHere({ scheme, known = NOTHING_KNOWN }: OfferContext, review: Pick<Review, "spans">): Known {
  const before = knownBySpans.get(review.spans);
  if (before?.scheme === scheme && before.from === known) return before.known;
  const own: { name: string; beside: Attributes }[] = [];
  for (const span of review.spans.values()) {
    const label = labelOf(scheme, span.label);
    const source = label?.attributes.find((a) => a.kind === "text" && a.source);
    const name = source && span.attributes[source.key]?.trim();
    if (!label || !name) continue;
    const beside = label.attributes.flatMap((a) => {
      const value = span.attributes[a.key];
      return a.kind === "choice" && a.withSource && value ? [[a.key, value] as const] : [];
    });
    own.push({ name, beside: Object.fromEntries(beside) });
  }
  const made = withOwn(known, own);
  knownBySpans.set(review.spans, { scheme, from: known, known: made });
  return made;
}
