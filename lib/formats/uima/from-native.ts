/** One reviewer's marks as a CAS: a span layer with a feature for the label and one for each attribute, and a relation layer on it. */
import { indexText } from "../../text/codepoints";
import {
  EXTRA,
  IDS,
  type Loss,
  type Marks,
  mapMarks,
  mapSpans,
  metadataBut,
  RECORD,
  REGIONS,
  STATUS,
  TARGETS,
} from "../losses";
import type { NativeArticle } from "../native";
import { sentenceStarts, tokensOf, tokensTouched } from "../tokens";
import { type Cas, LINK_LAYER, META, SENTENCE, SOURCE, SPAN_LAYER, type Structure, TARGET, TOKEN } from "./cas";

const RESERVED = new Set(["label", "value", "note", "uncertain", "begin", "end", "sofa", "id", "type", "language"]);

/** A feature is named as a Java variable is. */
export function featureName(key: string): string {
  const plain = key.replace(/[^A-Za-z0-9]/g, "_").replace(/^(?=[^A-Za-z])/, "x");
  return RESERVED.has(plain) ? `x${plain}` : plain;
}

const FEATURES: Loss = {
  what: "signs in the names of attributes other than letters, digits and _",
  without: (article) =>
    mapSpans(article, (span) => ({
      ...span,
      attributes: Object.fromEntries(
        Object.entries(span.attributes).map(([name, value]) => [featureName(name), value]),
      ),
    })),
};

/** Of all UIMA serialisations. */
export const CAS_LOSSES: readonly Loss[] = [REGIONS, ...RECORD, STATUS, EXTRA, ...TARGETS, FEATURES, IDS];

export const ABOUT: Loss = metadataBut("title", "language");

/** XML 1.1 has every character but these. */
const NO_XML = /[\ufffe\uffff]/g;
export const XML_WORDS: Loss = {
  what: "U+FFFE and U+FFFF in notes, attributes and titles",
  without: (article) => ({
    ...mapMarks(article, (marks) => ({
      ...marks,
      spans: marks.spans.map((span) => ({
        ...span,
        note: span.note.replace(NO_XML, ""),
        attributes: Object.fromEntries(Object.entries(span.attributes).map(([k, v]) => [k, v.replace(NO_XML, "")])),
      })),
    })),
    title: article.title?.replace(NO_XML, "") ?? null,
  }),
};

export function casOf(article: NativeArticle, marks: Marks, name: string): Cas {
  const index = indexText(article.text ?? "");
  const { text } = index;
  let next = 1;
  const structures: Structure[] = [];
  const add = (
    type: string,
    begin: number,
    end: number,
    features: ReadonlyMap<string, string> = new Map(),
    references: ReadonlyMap<string, readonly string[]> = new Map(),
  ): string => {
    const id = String(++next);
    structures.push({ id, type, begin, end, features, references });
    return id;
  };
  const meta = new Map([
    ["documentId", name],
    ...(article.title === null ? [] : [["documentTitle", article.title] as const]),
    ["language", article.language ?? "x-unspecified"],
  ]);
  add(META, 0, text.length, meta);
  const tokens = tokensOf(text);
  const begins = new Set(tokens.map((token) => token.start));
  const starts = sentenceStarts(text).filter((start) => begins.has(start));
  starts.forEach((start, i) => {
    const over = tokensTouched(tokens, { start, end: starts[i + 1] ?? text.length });
    if (over) add(SENTENCE, start, over.end);
  });
  for (const token of tokens) add(TOKEN, token.start, token.end);
  const ids = new Map<string | null, string>();
  const places = new Map<string, { readonly begin: number; readonly end: number }>();
  for (const span of marks.spans) {
    const [begin, end] = [index.toUtf16(span.start), index.toUtf16(span.end)];
    const features = new Map([
      ["label", span.label],
      ...Object.entries(span.attributes),
      ...(span.note === "" ? [] : [["note", span.note] as const]),
      ...(span.uncertain ? [["uncertain", "true"] as const] : []),
    ]);
    const id = add(SPAN_LAYER, begin, end, features);
    ids.set(span.id, id);
    places.set(id, { begin, end });
  }
  for (const link of marks.links) {
    const [from, to] = [ids.get(link.from) ?? "", ids.get(link.to) ?? ""];
    const at = places.get(to) ?? { begin: 0, end: 0 };
    const references = new Map([
      [SOURCE, [from]],
      [TARGET, [to]],
    ]);
    add(LINK_LAYER, at.begin, at.end, new Map([["label", link.type]]), references);
  }
  return { text, structures };
}
