/**
 * CoNLL out: CoNLL-U Plus (universaldependencies.org/ext-format.html), a token a line, a BIO column a label, a document for each reviewer of an
 * article. What stands between tokens is in MISC as SpacesBefore and SpacesAfter, as UDPipe has them, so that the text comes back exactly.
 */
import { indexText, type TextIndex } from "../../text/codepoints";
import type { Range } from "../../text/range";
import type { Articles } from "../format";
import {
  ATTRIBUTES,
  EXTRA,
  fitTo,
  IDS,
  keepSpans,
  type Layer,
  LINKS,
  type Loss,
  layersOf,
  mapMarks,
  mapSpans,
  metadataBut,
  NOTES,
  RECORD,
  REGIONS,
  STATUS,
  UNCERTAIN,
} from "../losses";
import type { NativeArticle, NativeProject, NativeSpan } from "../native";
import { keysOf } from "../scheme-choices";
import { sentenceStarts, TOKENISER, tokensOf, tokensTouched } from "../tokens";
import { columnName, escapeSpaces, oneLine } from "./escape";

/** Spans on whole tokens, in code points. null: no token is touched. */
function snapped(tokens: readonly Range[], index: TextIndex, span: Range): Range | null {
  const over = tokensTouched(tokens, { start: index.toUtf16(span.start), end: index.toUtf16(span.end) });
  return over && { start: index.toCodePoint(over.start), end: index.toCodePoint(over.end) };
}

const WHOLE_TOKENS: Loss = {
  what: `ends of spans inside a token (they are widened to tokens of ${TOKENISER}), and spans of blanks only`,
  without: (article) => {
    const index = indexText(article.text ?? "");
    const tokens = tokensOf(index.text);
    const wide = mapSpans(article, (span) => {
      const range = snapped(tokens, index, span);
      if (range?.start === span.start && range.end === span.end) return span;
      return { ...span, ...(range ?? { start: span.start, end: span.start }), quote: null };
    });
    return keepSpans(wide, (span) => span.start < span.end);
  },
};

/** One column tells one span of a label from the next, but not one inside another. */
const NO_OVERLAP: Loss = {
  what: "spans that overlap an earlier or longer one of the same label",
  without: (article) =>
    mapMarks(article, (marks) => {
      const ends = new Map<string, number>();
      const order = (a: NativeSpan, b: NativeSpan) => a.start - b.start || b.end - a.end;
      const kept = [...marks.spans].sort(order).filter((span) => {
        if (span.start < (ends.get(span.label) ?? 0)) return false;
        ends.set(span.label, span.end);
        return true;
      });
      return { ...marks, spans: kept };
    }),
};

const TEXT_IS_ONE: Loss = {
  what: "labels' signs that cannot stand in the name of a column",
  without: (article) => mapSpans(article, (span) => ({ ...span, label: columnName(span.label) })),
};

export const CONLL_LOSSES: readonly Loss[] = [
  REGIONS,
  ...RECORD,
  STATUS,
  ATTRIBUTES,
  NOTES,
  UNCERTAIN,
  EXTRA,
  LINKS,
  metadataBut(),
  TEXT_IS_ONE,
  WHOLE_TOKENS,
  NO_OVERLAP,
  IDS,
];

/** A file has its columns first: those of the scheme, and of the articles' own labels when they are all known. */
export async function* writeConll(articles: Articles, project: NativeProject | null): AsyncGenerator<string> {
  const columns = new Set(keysOf(project).labels.map(columnName));
  for await (const whole of articles) {
    const { article } = fitTo(whole, CONLL_LOSSES);
    for (const { spans } of layersOf(article)) for (const span of spans) columns.add(span.label);
    const labels = [...columns];
    // Columns may be declared anew before any document: labels outside the scheme are met as they come.
    yield `# global.columns = ID FORM MISC${labels.map((label) => ` GLOSS:${label}`).join("")}\n`;
    const layers = layersOf(article);
    for (const layer of layers.length > 0 ? layers : [null]) yield documentOf(article, layer, labels);
  }
}

function documentOf(article: NativeArticle, layer: Layer | null, labels: readonly string[]): string {
  const index = indexText(article.text ?? "");
  const text = index.text;
  const tokens = tokensOf(text);
  const rows: string[] = [
    article.id === null ? "# newdoc" : `# newdoc id = ${oneLine(article.id)}`,
    `# gloss.tokeniser = ${TOKENISER}`,
    ...(layer === null
      ? []
      : [layer.reviewer === null ? "# gloss.layer = gold" : `# gloss.reviewer = ${oneLine(layer.reviewer)}`]),
  ];
  const tags = new Map(labels.map((label) => [label, tagsOf(label, layer, index)]));
  const starts = new Set(sentenceStarts(text));
  let n = 0;
  if (tokens.length === 0) rows.push(`# gloss.text = ${escapeSpaces(text)}`);
  tokens.forEach((token, i) => {
    if (i > 0 && starts.has(token.start)) {
      rows.push("");
      n = 0;
    }
    n++;
    const before = i === 0 && token.start > 0 ? `SpacesBefore=${escapeSpaces(text.slice(0, token.start))}|` : "";
    const gap = text.slice(token.end, tokens[i + 1]?.start ?? text.length);
    const after = gap === "" ? "SpaceAfter=No" : gap === " " ? "_" : `SpacesAfter=${escapeSpaces(gap)}`;
    const misc = before === "" ? after : `${before}${after === "_" ? "SpacesAfter=\\s" : after}`;
    const at = labels.map((label) => tags.get(label)?.(token) ?? "O");
    rows.push([n, text.slice(token.start, token.end), misc, ...at].join("\t"));
  });
  return `${rows.join("\n")}\n\n`;
}

function tagsOf(label: string, layer: Layer | null, index: TextIndex): (token: Range) => string {
  const spans = (layer?.spans ?? [])
    .filter((span) => span.label === label)
    .map((span) => ({ start: index.toUtf16(span.start), end: index.toUtf16(span.end) }))
    .sort((a, b) => a.start - b.start);
  let at = 0;
  return (token) => {
    while ((spans[at]?.end ?? Number.POSITIVE_INFINITY) <= token.start) at++;
    const span = spans[at];
    if (!span || token.start < span.start) return "O";
    return `${token.start === span.start ? "B" : "I"}-${label}`;
  };
}
