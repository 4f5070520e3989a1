/**
 * W3C Web Annotations out (www.w3.org/TR/annotation-model): a JSON-LD array with an annotation page for each article. The page's first
 * annotation describes the article with its text; the others are spans (a text quote and a text position selector, in code points) and links.
 */
import { indexText } from "../../text/codepoints";
import { quoteWithContext } from "../../text/quote";
import type { Articles } from "../format";
import { EXTRA, fitTo, IDS, type Layer, type Loss, layersOf, RECORD, REGIONS, STATUS, TARGETS } from "../losses";
import { tellOf } from "../metadata-names";
import type { NativeArticle } from "../native";

export const W3C_LOSSES: readonly Loss[] = [REGIONS, ...RECORD, STATUS, EXTRA, ...TARGETS, IDS];

export const GLOSS_CONTEXT = { gloss: "urn:gloss:" };

export async function* writeW3c(articles: Articles): AsyncGenerator<string> {
  let number = 0;
  yield "[";
  for await (const whole of articles) {
    number++;
    yield `${number === 1 ? "\n" : ",\n"}${JSON.stringify(pageOf(fitTo(whole, W3C_LOSSES).article, number))}`;
  }
  yield "\n]\n";
}

function pageOf(article: NativeArticle, number: number): object {
  const source = `urn:gloss:article:${encodeURIComponent(article.id ?? String(number))}`;
  const layers = layersOf(article);
  return {
    "@context": ["http://www.w3.org/ns/anno.jsonld", GLOSS_CONTEXT],
    id: `${source}:annotations`,
    type: "AnnotationPage",
    startIndex: 0,
    items: [
      describing(article, source, layers),
      ...layers.flatMap((layer, i) => annotationsOf(article, source, layer, i)),
    ],
  };
}

/** The text and what is said of it. A reviewer who marked nothing is named here, so that this is not lost. */
const describing = (article: NativeArticle, source: string, layers: readonly Layer[]) => ({
  id: `${source}:text`,
  type: "Annotation",
  motivation: "describing",
  body: {
    type: "TextualBody",
    value: article.text,
    format: "text/plain",
    ...(article.language === null ? {} : { language: article.language }),
  },
  target: source,
  "gloss:article": tellOf(article),
  "gloss:reviewers": layers.flatMap((layer) => layer.reviewer ?? []),
  "gloss:gold": layers.some((layer) => layer.reviewer === null),
});

function annotationsOf(article: NativeArticle, source: string, layer: Layer, place: number): object[] {
  const index = indexText(article.text ?? "");
  const id = (of: string | null) => `${source}:${place + 1}:${of}`;
  const who =
    layer.reviewer === null ? { "gloss:layer": "gold" } : { creator: { type: "Person", name: layer.reviewer } };
  const spans = layer.spans.map((span) => {
    const { quote, prefix, suffix } = quoteWithContext(index, span);
    return {
      id: id(span.id),
      type: "Annotation",
      motivation: "classifying",
      ...who,
      body: [
        { type: "TextualBody", purpose: "classifying", value: span.label },
        ...(span.note === "" ? [] : [{ type: "TextualBody", purpose: "commenting", value: span.note }]),
        ...Object.entries(span.attributes).map(([name, value]) => ({
          type: "TextualBody",
          purpose: "tagging",
          value,
          "gloss:attribute": name,
        })),
      ],
      target: {
        type: "SpecificResource",
        source,
        selector: [
          { type: "TextQuoteSelector", exact: quote, prefix, suffix },
          { type: "TextPositionSelector", start: span.start, end: span.end },
        ],
      },
      ...(span.uncertain ? { "gloss:uncertain": true } : {}),
    };
  });
  const links = layer.links.map((link) => ({
    id: id(link.id),
    type: "Annotation",
    motivation: "linking",
    ...who,
    body: [
      { type: "TextualBody", purpose: "classifying", value: link.type },
      { type: "SpecificResource", purpose: "linking", source: id(link.to) },
    ],
    target: id(link.from),
  }));
  return [...spans, ...links];
}
