/** doccano out: JSON lines of its sequence labelling with relations, a line for each reviewer of an article, offsets in UTF-16 units. */
import { indexText } from "../../text/codepoints";
import type { Articles } from "../format";
import {
  ATTRIBUTES,
  EXTRA,
  fitTo,
  IDS,
  type Layer,
  type Loss,
  layersOf,
  NOTES,
  RECORD,
  REGIONS,
  STATUS,
  TARGETS,
  UNCERTAIN,
} from "../losses";
import { tellOf } from "../metadata-names";
import type { NativeArticle } from "../native";

export const DOCCANO_LOSSES: readonly Loss[] = [
  REGIONS,
  ...RECORD,
  STATUS,
  ATTRIBUTES,
  NOTES,
  UNCERTAIN,
  EXTRA,
  ...TARGETS,
  IDS,
];

export async function* writeDoccano(articles: Articles): AsyncGenerator<string> {
  let number = 0;
  // Of the whole file: doccano's own ids are keys of its database.
  const next = { span: 0, link: 0 };
  for await (const whole of articles) {
    number++;
    const { article } = fitTo(whole, DOCCANO_LOSSES);
    const layers = layersOf(article);
    for (const layer of layers.length > 0 ? layers : [null])
      yield `${JSON.stringify(lineOf(article, layer, number, next))}\n`;
  }
}

function lineOf(article: NativeArticle, layer: Layer | null, id: number, next: { span: number; link: number }): object {
  const index = indexText(article.text ?? "");
  const ids = new Map<string, number>();
  const entities = (layer?.spans ?? []).map((span) => {
    next.span++;
    if (span.id !== null) ids.set(span.id, next.span);
    return {
      id: next.span,
      label: span.label,
      start_offset: index.toUtf16(span.start),
      end_offset: index.toUtf16(span.end),
    };
  });
  const relations = (layer?.links ?? []).map((link) => {
    next.link++;
    return { id: next.link, from_id: ids.get(link.from), to_id: ids.get(link.to ?? ""), type: link.type };
  });
  const about = { id, text: article.text, ...tellOf(article) };
  if (layer === null) return { ...about, reviewer: null };
  const who = layer.reviewer === null ? { layer: "gold" } : { reviewer: layer.reviewer };
  return { ...about, ...who, entities, relations, Comments: [] };
}
