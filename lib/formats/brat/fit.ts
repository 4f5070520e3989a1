/** What brat's standoff cannot hold. Sources: brat's server/src/annotation.py (its reader's rules) and brat.nlplab.org/standoff.html. */
import { indexText } from "../../text/codepoints";
import {
  EXTRA,
  fitTo,
  keepSpans,
  type Loss,
  mapMarks,
  mapSpans,
  metadataBut,
  RECORD,
  REGIONS,
  STATUS,
  TARGETS,
} from "../losses";
import type { NativeArticle } from "../native";

/** A type's name is one word of these. */
export const plainName = (name: string): string => name.replace(/[^A-Za-z0-9_-]/g, "_");

/** Where Python ends a line: brat reads an .ann file so. */
export const BREAKS = "\\n\\v\\f\\r\\u001c-\\u001e\\u0085\\u2028\\u2029";
const LEADING = new RegExp(`^[${BREAKS}]+`);
const TRAILING = new RegExp(`[${BREAKS}]+$`);
const BREAK_OR_TAB = new RegExp(`[${BREAKS}\\t]`, "g");

const oneLine = (words: string): string => words.replace(BREAK_OR_TAB, " ");

export const BRAT_LOSSES: readonly Loss[] = [
  REGIONS,
  ...RECORD,
  STATUS,
  EXTRA,
  metadataBut(),
  ...TARGETS,
  {
    what: "line ends at the ends of spans, and spans of nothing else",
    without: (article) => {
      const index = indexText(article.text ?? "");
      const trimmed = mapSpans(article, (span) => {
        const words = index.slice(span);
        const start = span.start + (LEADING.exec(words)?.[0].length ?? 0);
        const end = span.end - (TRAILING.exec(words)?.[0].length ?? 0);
        return start === span.start && end === span.end ? span : { ...span, start, end, quote: null };
      });
      return keepSpans(trimmed, (span) => span.start < span.end);
    },
  },
  {
    what: "signs in the names of labels, attributes and links other than letters, digits, _ and -",
    without: (article) =>
      mapMarks(article, (marks) => ({
        ...marks,
        spans: marks.spans.map((span) => ({
          ...span,
          label: plainName(span.label),
          attributes: Object.fromEntries(
            Object.entries(span.attributes).map(([name, value]) => [plainName(name), value]),
          ),
        })),
        links: marks.links.map((link) => ({ ...link, type: plainName(link.type) })),
      })),
  },
  {
    what: "line ends and tabs in notes and attributes (they become blanks)",
    without: (article) =>
      mapSpans(article, (span) => ({
        ...span,
        note: oneLine(span.note),
        attributes: Object.fromEntries(Object.entries(span.attributes).map(([name, value]) => [name, oneLine(value)])),
      })),
  },
];

export const fitBrat = (article: NativeArticle): NativeArticle => fitTo(article, BRAT_LOSSES).article;
