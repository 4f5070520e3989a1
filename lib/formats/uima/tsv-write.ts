/**
 * WebAnno TSV 3.3 out. Sources: INCEpTION's webannotsv.adoc, Tsv3XSerializer.java and Tsv3XDeserializer.java, whose reader must give back the
 * same text: it joins sentences with line ends and blanks only, so every other blank is inside a sentence.
 */
import { indexText } from "../../text/codepoints";
import type { Range } from "../../text/range";
import type { Articles } from "../format";
import { keepSpans, type Layer, type Loss, mapSpans, metadataBut } from "../losses";
import type { NativeArticle, NativeProject } from "../native";
import { keysOf } from "../scheme-choices";
import { firstEndingAfter, sentenceStarts, tokensOf, tokensTouched } from "../tokens";
import { writeZip } from "../zip/write";
import { documentsOf } from "./archive";
import { type Cas, LINK_LAYER, SOURCE, SPAN_LAYER, type Structure, TARGET } from "./cas";
import { CAS_LOSSES, casOf, featureName } from "./from-native";
import { escapeText, escapeValue } from "./tsv-escape";

const LINE = /\r/g;
const oneLine = (words: string): string => words.replace(LINE, " ");

export const TSV_LOSSES: readonly Loss[] = [
  ...CAS_LOSSES.slice(0, -1),
  metadataBut(),
  {
    what: "blanks at the ends of spans, and spans of blanks only",
    without: (article) => {
      const index = indexText(article.text ?? "");
      const tokens = tokensOf(index.text);
      const trimmed = mapSpans(article, (span) => {
        const [start, end] = [index.toUtf16(span.start), index.toUtf16(span.end)];
        const over = tokensTouched(tokens, { start, end });
        const from = Math.max(start, over?.start ?? end);
        const to = Math.min(end, over?.end ?? from);
        if (from === start && to === end) return span;
        return { ...span, start: index.toCodePoint(from), end: index.toCodePoint(Math.max(from, to)), quote: null };
      });
      return keepSpans(trimmed, (span) => span.start < span.end);
    },
  },
  {
    what: "carriage returns in notes, attributes, labels and names of links (they become blanks)",
    without: (article) => ({
      ...mapSpans(article, (span) => ({
        ...span,
        label: oneLine(span.label),
        note: oneLine(span.note),
        attributes: Object.fromEntries(Object.entries(span.attributes).map(([name, value]) => [name, oneLine(value)])),
      })),
    }),
  },
  ...CAS_LOSSES.slice(-1),
];

export function writeWebannoTsv(articles: Articles, project: NativeProject | null): AsyncGenerator<Uint8Array> {
  const known = keysOf(project).attributes.map(featureName);
  return writeZip(
    documentsOf(articles, TSV_LOSSES, "tsv", (article, layer, name) => tsvOf(article, layer, name, known)),
  );
}

type Unit = Range & { readonly id: string; readonly spans: Structure[]; readonly links: Structure[] };

function tsvOf(article: NativeArticle, layer: Layer, name: string, known: readonly string[]): string {
  const cas = casOf(article, layer, name);
  const spans = cas.structures.filter((one) => one.type === SPAN_LAYER);
  const links = cas.structures.filter((one) => one.type === LINK_LAYER);
  const own = spans.flatMap((one) => [...one.features.keys()]);
  const features = [...new Set(["label", "note", "uncertain", ...known, ...own])];
  const lines = [
    "#FORMAT=WebAnno TSV 3.3",
    `#T_SP=${SPAN_LAYER}|${features.join("|")}`,
    `#T_RL=${LINK_LAYER}|label|BT_${SPAN_LAYER}`,
    "",
  ];
  const ids = new Map(spans.map((one, i) => [one.id, i + 1]));
  const first = new Map<string, string>();
  const sentences = unitsOf(cas, spans);
  for (const { units } of sentences)
    for (const unit of units) for (const span of unit.spans) if (!first.has(span.id)) first.set(span.id, unit.id);
  const all = new Map(sentences.flatMap(({ units }) => units.map((unit) => [unit.id, unit] as const)));
  for (const link of links) all.get(first.get(link.references.get(TARGET)?.[0] ?? "") ?? "")?.links.push(link);
  for (const { text, units } of sentences) {
    lines.push("", ...text.split("\n").map((line) => `#Text=${escapeText(line)}`));
    for (const unit of units) {
      const cells = features.map((feature) =>
        stacked(unit.spans, (span) => `${saidBy(span, feature)}[${ids.get(span.id)}]`),
      );
      const types = stacked(unit.links, (link) => escapeValue(link.features.get("label") ?? ""));
      const sources = stacked(unit.links, (link) => {
        const [from, to] = [link.references.get(SOURCE)?.[0] ?? "", link.references.get(TARGET)?.[0] ?? ""];
        return `${first.get(from)}[${ids.get(from)}_${ids.get(to)}]`;
      });
      const word = cas.text.slice(unit.start, unit.end);
      lines.push(`${[unit.id, `${unit.start}-${unit.end}`, word, ...cells, types, sources].join("\t")}\t`);
    }
  }
  return `${lines.join("\n")}\n`;
}

const saidBy = (span: Structure, feature: string): string => {
  const value = span.features.get(feature);
  return value === undefined ? "*" : escapeValue(value);
};

const stacked = (all: readonly Structure[], say: (one: Structure) => string): string =>
  all.length === 0 ? "_" : all.map(say).join("|");

type Sentence = { readonly text: string; readonly units: Unit[] };

/** Sentences that tile the text but for one line end between two, each with its tokens, and sub-tokens where spans cut them. */
function unitsOf({ text }: Cas, spans: readonly Structure[]): readonly Sentence[] {
  const tokens = tokensOf(text);
  const begins = new Set(tokens.map((token) => token.start));
  const starts = [0, ...sentenceStarts(text).filter((start) => start > 0 && begins.has(start))];
  const touching = spansByToken(tokens, spans);
  let next = 0;
  return starts.map((start, s) => {
    const stop = starts[s + 1] ?? text.length;
    // The reader puts a line end between two sentences by itself, unless the second begins where the first ends.
    const end = s + 1 < starts.length && text[stop - 1] === "\n" ? stop - 1 : stop;
    const units: Unit[] = [];
    let t = 0;
    const add = (range: Range, id: string) => {
      const unit: Unit = { ...range, id, spans: [], links: [] };
      units.push(unit);
      return unit;
    };
    // A sentence begins with its first token, be it an empty one.
    if (tokens[next]?.start !== start) add({ start, end: start }, `${s + 1}-${++t}`);
    for (let token = tokens[next]; token && token.start < stop; token = tokens[++next]) {
      const id = `${s + 1}-${++t}`;
      const { start: from, end: to } = token;
      const unit = add({ start: from, end: to }, id);
      const parts = new Map<string, Unit>();
      for (const span of touching.get(token.start) ?? []) {
        const part = { start: Math.max(from, span.begin ?? 0), end: Math.min(to, span.end ?? 0) };
        if (part.start === from && part.end === to) {
          unit.spans.push(span);
          continue;
        }
        const key = `${part.start}-${part.end}`;
        const sub: Unit = parts.get(key) ?? { ...part, id: "", spans: [], links: [] };
        parts.set(key, sub);
        sub.spans.push(span);
      }
      [...parts.values()]
        .sort((a, b) => a.start - b.start || b.end - a.end)
        .forEach((sub, i) => {
          units.push({ ...sub, id: `${id}.${i + 1}` });
        });
    }
    return { text: text.slice(start, end), units };
  });
}

/** The spans that share a character with a token, by where the token begins. */
function spansByToken(
  tokens: readonly Range[],
  spans: readonly Structure[],
): ReadonlyMap<number, readonly Structure[]> {
  const touching = new Map<number, Structure[]>();
  const order = [...spans].sort((a, b) => (a.begin ?? 0) - (b.begin ?? 0));
  for (const span of order)
    for (let i = firstEndingAfter(tokens, span.begin ?? 0); ; i++) {
      const token = tokens[i];
      if (!token || token.start >= (span.end ?? 0)) break;
      touching.set(token.start, [...(touching.get(token.start) ?? []), span]);
    }
  return touching;
}
