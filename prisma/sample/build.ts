/**
 * The sample project as native JSONL, made of the sources beside it. Offsets, ids, cases, suggestions and gold are computed by the app's
 * own rules, so that the file is one that Gloss could have exported. The same sources give the same bytes.
 */
import { goldLinks } from "../../lib/cases/gold";
import { readPublished } from "../../lib/formats/dates";
import {
  type NativeArticle,
  type NativeLink,
  type NativeProject,
  type NativeRegion,
  type NativeReview,
  type NativeSpan,
  NO_EXTRA,
} from "../../lib/formats/native";
import { articleLine, headerLine } from "../../lib/formats/native-write";
import { DEFAULT_SCOPE } from "../../lib/regions/roles";
import { DEFAULT_SCHEME } from "../../lib/scheme/default";
import { DEFAULT_GUIDELINE } from "../../lib/scheme/default-guideline";
import { indexText, type TextIndex } from "../../lib/text/codepoints";
import { beaconLog } from "./articles/beacon-log";
import { courierAnalysis } from "./articles/courier-analysis";
import { courierLog } from "./articles/courier-log";
import { meridianRepost } from "./articles/meridian-repost";
import { meridianRewrite } from "./articles/meridian-rewrite";
import { wireCharge } from "./articles/wire-charge";
import { wireLog } from "./articles/wire-log";
import { find, idOf, sha256, spanId, time } from "./common";
import { casesOf, decisionsOf, goldSpan, json } from "./rule";
import { type ArticleSource, type Change, type Mark, REVIEWERS, type Who, without } from "./source";

const SOURCES: readonly ArticleSource[] = [
  wireLog,
  courierLog,
  beaconLog,
  meridianRewrite,
  courierAnalysis,
  wireCharge,
  meridianRepost,
];

type Text = { readonly index: TextIndex; readonly regions: readonly NativeRegion[] };

/** Neighbouring blocks of one role are one region, but for titles, as Gloss proposes them. */
function textOf(source: ArticleSource): Text {
  const parts: string[] = [];
  const regions: NativeRegion[] = [];
  let at = 0;
  for (const [i, block] of source.blocks.entries()) {
    const gap = i === 0 ? "" : block.below ? "\n" : "\n\n";
    const start = at + gap.length;
    at = start + indexText(block.text).length;
    parts.push(gap, block.text);
    const last = regions.at(-1);
    const alone = block.role === "headline" || block.role === "subheading";
    if (last?.role === block.role && !alone) regions[regions.length - 1] = { ...last, end: at };
    else regions.push({ start, end: at, role: block.role, reason: block.reason, extra: NO_EXTRA });
  }
  return { index: indexText(`${parts.join("")}\n`), regions };
}

/** How this reviewer marked it: nothing, once, or in parts. */
function readings(mark: Mark, who: Who): readonly Change[] {
  const by = mark.by[who];
  if (by === null) return [];
  if (by === undefined) return [{}];
  return "length" in by ? by : [by];
}

function reviewOf(source: ArticleSource, index: TextIndex, who: Who, minutes: number): NativeReview {
  const spans = source.marks.flatMap((mark) =>
    readings(mark, who).map((change, part): NativeSpan => {
      const quote = change.quote ?? mark.quote;
      return {
        id: spanId(source.key, who, mark.key, part),
        ...find(index, source, quote, change.quote === undefined ? mark.nth : change.nth),
        label: change.label ?? mark.label,
        quote,
        attributes: without({ ...mark.attributes, ...change.set }),
        note: change.note ?? "",
        uncertain: change.uncertain ?? false,
        schemeVersion: 1,
        guidelineVersion: 1,
        extra: NO_EXTRA,
      };
    }),
  );
  return {
    reviewer: REVIEWERS[who],
    status: "submitted",
    notBlind: false,
    submittedAt: time(19, minutes),
    skipReason: null,
    spans: spans.sort((a, b) => a.start - b.start || b.end - a.end),
    links: linksOf(source, who),
    submissions: [],
    extra: NO_EXTRA,
  };
}

function linksOf(source: ArticleSource, who: Who): readonly NativeLink[] {
  return source.links.flatMap((link, i): NativeLink[] => {
    const target = link.by?.[who] === undefined ? link.to : link.by[who];
    if (target === null) return [];
    const end = typeof target === "string" ? endOf(source, who, target) : { to: null, toText: target.text };
    if (end === null) return [];
    // Each part of a denial names what it denies; other links start at the first part.
    const parts = partsOf(source, who, link.from).slice(0, link.type === "denies" ? undefined : 1);
    return parts.map((from, part) => {
      const id = idOf(source.key, who, "link", String(i), String(part));
      return { id, type: link.type, from, ...end, extra: NO_EXTRA };
    });
  });
}

/** The ids of a reviewer's spans for a mark. */
function partsOf(source: ArticleSource, who: Who, key: string): readonly string[] {
  const mark = source.marks.find((one) => one.key === key);
  if (!mark) throw new Error(`${source.key}: there is no mark ${key}`);
  return readings(mark, who).map((_, part) => spanId(source.key, who, key, part));
}

/** null: this reviewer has not marked what the link would end in. */
function endOf(source: ArticleSource, who: Who, target: string): { readonly to: string; readonly toText: null } | null {
  const [article, key] = target.includes(":") ? target.split(":") : [source.key, target];
  const other = SOURCES.find((one) => one.key === article);
  if (!other || key === undefined) throw new Error(`${source.key}: there is no article ${article}`);
  const [to] = partsOf(other, who, key);
  return to === undefined ? null : { to, toText: null };
}

function buildArticle(source: ArticleSource, n: number): NativeArticle {
  const { index, regions } = textOf(source);
  const reviews = source.reviewedBy.map((who, i) => reviewOf(source, index, who, n * 45 + i * 11));
  const made = decisionsOf(source, index, casesOf(source, index, reviews), 20 + n);
  const rulings = made.filter(({ decision }) => decision.live).map(({ decided }) => decided);
  const links = goldLinks(rulings, DEFAULT_SCHEME).links;
  const gold = {
    spans: rulings.flatMap((ruling) => ruling.spans).map((span) => goldSpan(index, span)),
    links: links.map((link) => ({ ...link, extra: NO_EXTRA })),
    decisions: made.map(({ decision }) => decision),
    extra: NO_EXTRA,
  };
  return {
    id: idOf(source.key),
    title: source.title,
    text: index.text,
    length: index.length,
    textSha256: sha256(index.text),
    outlet: source.outlet,
    repostedBy: source.repostedBy ?? null,
    author: source.author,
    dateline: source.dateline ?? null,
    url: source.url,
    published: source.published,
    ...readPublished(source.published, "en"),
    language: "en",
    licence: null,
    regions,
    reviews,
    gold: made.length > 0 ? { ...gold, spans: gold.spans.sort((a, b) => a.start - b.start || b.end - a.end) } : null,
    story: "kestrel-hill",
    split: null,
    extra: NO_EXTRA,
  };
}

const PROJECT: NativeProject = {
  id: null,
  name: "Kestrel Hill",
  description:
    "A sample to look around in: seven invented reports by four invented outlets on a brake log that changed after an accident. Three reviewers have marked them; the first three are settled, the fourth is in adjudication, and the last wants two more reviews.",
  policies: {
    reviewersPerArticle: 3,
    blind: true,
    acceptUnanimous: false,
    adjudicateOwn: false,
    forbidOutsideScope: false,
    scope: DEFAULT_SCOPE,
    extra: NO_EXTRA,
  },
  scheme: { version: 1, scheme: json(DEFAULT_SCHEME) },
  guideline: { version: 1, markdown: DEFAULT_GUIDELINE },
  schemeVersions: [],
  guidelineVersions: [],
  // The first tour begins by itself here.
  extra: { sample: true },
};

export const buildArticles = (): readonly NativeArticle[] => SOURCES.map(buildArticle);

/** The file, lines with their LF. */
export const buildSample = (): string =>
  [headerLine(PROJECT), ...buildArticles().map(articleLine)].map((line) => `${JSON.stringify(line)}\n`).join("");
