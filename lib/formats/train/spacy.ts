/**
 * spaCy out: JSON lines in the shape of Doc.to_json, so that `Doc(nlp.vocab).from_json(line)` opens them; spans in the group `sc`, where the
 * span categoriser looks. A line for each reviewer of an article, and one for gold. Offsets in code points.
 */
import { indexText } from "../../text/codepoints";
import type { Articles } from "../format";
import {
  ATTRIBUTES,
  EXTRA,
  type Layer,
  LINKS,
  type Loss,
  layersOf,
  NOTES,
  RECORD,
  REGIONS,
  STATUS,
  UNCERTAIN,
} from "../losses";
import { tellOf } from "../metadata-names";
import type { NativeArticle } from "../native";
import { TOKENISER, tokensCut } from "../tokens";

export const SPACY_LOSSES: readonly Loss[] = [REGIONS, ...RECORD, STATUS, ATTRIBUTES, NOTES, UNCERTAIN, LINKS, EXTRA];

export async function* writeSpacy(articles: Articles): AsyncGenerator<string> {
  for await (const article of articles) {
    const layers = layersOf(article);
    for (const layer of layers.length > 0 ? layers : [null]) yield `${JSON.stringify(docOf(article, layer))}\n`;
  }
}

function docOf(article: NativeArticle, layer: Layer | null): object {
  const index = indexText(article.text ?? "");
  const spans = layer?.spans ?? [];
  // spaCy takes no span that begins or ends inside a token, so tokens are cut there.
  const edges = {
    starts: new Set(spans.map((span) => index.toUtf16(span.start))),
    ends: new Set(spans.map((span) => index.toUtf16(span.end))),
  };
  const tokens = withBlanks(index.text, tokensCut(index.text, [...edges.starts, ...edges.ends]), edges);
  const who = layer === null ? {} : layer.reviewer === null ? { layer: "gold" } : { reviewer: layer.reviewer };
  return {
    text: article.text,
    tokens: tokens.map(({ start, end }, id) => ({
      id,
      start: index.toCodePoint(start),
      end: index.toCodePoint(end),
    })),
    spans: { sc: spans.map(({ start, end, label }) => ({ start, end, label, kb_id: "" })) },
    meta: { ...tellOf(article), ...who, tokeniser: TOKENISER },
  };
}

type Token = { readonly start: number; readonly end: number };

/** Of spaCy's words only a single blank may be left out between two; any other stretch is a word too. */
function withBlanks(
  text: string,
  tokens: readonly Token[],
  { starts, ends }: { readonly starts: ReadonlySet<number>; readonly ends: ReadonlySet<number> },
): readonly Token[] {
  const all: Token[] = [];
  let at = 0;
  const fill = (to: number) => {
    if (at >= to) return;
    const single = text.slice(at, to) === " " && all.length > 0 && !starts.has(at) && !ends.has(to);
    if (single) return;
    let from = at;
    for (let cut = at + 1; cut <= to; cut++)
      if (cut === to || starts.has(cut) || ends.has(cut)) {
        all.push({ start: from, end: cut });
        from = cut;
      }
  };
  for (const token of tokens) {
    fill(token.start);
    all.push(token);
    at = token.end;
  }
  fill(text.length);
  return all;
}
