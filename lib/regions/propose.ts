/**
 * Proposes the regions of a page that is known only as plain text: rules of thumb, each with its reason in words, for an editor
 * to look over. In doubt a line is body: what is wrongly annotated is seen, what is wrongly left out is not.
 */
import { indexText } from "../text/codepoints";
import { fold } from "../text/fold";
import { capitalShare, type Line, linesOf, scriptOf } from "./lines";
import { HAS_DATE, PHRASES, type Phrase } from "./phrases";
import type { Region, RegionRole } from "./roles";

type Verdict = { readonly role: RegionRole; readonly reason: string };

const BODY: Verdict = { role: "body", reason: "Running text" };
const BYLINE: Verdict = { role: "byline", reason: "Names who wrote it, where from or when" };

/** UTF-16 units; no title and no furniture is longer, whatever counts as a word in it, and patterns need not look. */
const LONGEST = 600;

const isParagraph = (line: Line): boolean => line.words >= 30 || (line.endsSentence && line.words >= 6);

/** Could be a title: one line that is no sentence. A question may be one. */
const isTitleLike = (line: Line): boolean =>
  line.words >= 1 &&
  line.words <= 25 &&
  line.text.length <= LONGEST &&
  (!line.endsSentence || /[?!]["')]*$/.test(line.folded));

const phraseOf = (line: Line): Phrase | undefined =>
  line.folded.length > LONGEST
    ? undefined
    : PHRASES.find((p) => line.words <= p.words && (p.sentences || !line.isSentence) && p.pattern.test(line.folded));

/** Lines of one script in a page of another, unless they are long enough to be quoted on purpose. */
function foreignLines(text: string, lines: readonly Line[]): ReadonlySet<Line> {
  const script = scriptOf(text);
  return new Set(
    lines.filter((l) => {
      const own = l.words <= 12 ? scriptOf(l.text) : null;
      return script !== null && own !== null && own !== script;
    }),
  );
}

const SITE_SUFFIX = / [-|] ([^-|]{3,40})$/;

/** Endings such as " - Name of the site" that two or more lines without a full stop share: the texts of pictures, as scraped. */
function sharedSuffixes(lines: readonly Line[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const line of lines) {
    const suffix = SITE_SUFFIX.exec(line.folded)?.[1];
    if (suffix) counts.set(suffix, (counts.get(suffix) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, n]) => n >= 2).map(([suffix]) => suffix));
}

const ROLE_OF_A_PERSON = /\b(?:staff|writer|reporter|correspondent|news ?desk|editor|editorial team|agencies)\b/;
const BY = /^(?:by|von|par|por|door|words by|автор:?) \S/u;
/** "HARBOUR CITY, Oct 4 (Wire) -" on a line of its own. */
const DATELINE = /^\p{Lu}[\p{Lu}\s.,'’/-]{2,}(?:,.{0,20})?(?:\(.{1,60}\))?\s*[-–—]*$/u;

const isByline = (line: Line): boolean =>
  !line.endsSentence &&
  line.text.length <= LONGEST &&
  line.words <= 12 &&
  (BY.test(line.folded) ||
    (line.words <= 10 && HAS_DATE.test(line.folded)) ||
    (line.words <= 8 && ROLE_OF_A_PERSON.test(line.folded)) ||
    (line.words <= 6 && DATELINE.test(line.text.trim())));

/** Lines. A page has no more above its text; a longer list is text itself. */
const TOP = 8;

/** What stands above the running text: name of the site, headline (once more), byline, standfirst. */
function judgeTop(lines: readonly Line[], free: (line: Line) => boolean, title: string): Map<Line, Verdict> {
  const verdicts = new Map<Line, Verdict>();
  const firstParagraph = lines.findIndex((l) => free(l) && isParagraph(l) && fold(l.text) !== title);
  const top = lines.slice(0, Math.max(firstParagraph, 0)).filter(free).slice(0, TOP);
  const titles = top.filter((l) => isTitleLike(l) && !isByline(l));
  const [first, second] = titles;
  const named = title === "" ? undefined : lines.slice(0, firstParagraph + 1).find((l) => l.folded === title);
  const isSiteName = first && second && first.words <= 3 && second.words >= 5;
  const headline = named ?? (isSiteName ? second : first);
  if (!headline) return verdicts;

  const reason = named ? "The article's title" : "The first line that reads like a title";
  verdicts.set(headline, { role: "headline", reason });
  for (const line of top) {
    if (line === headline) continue;
    if (isByline(line)) verdicts.set(line, BYLINE);
    else if (line.start < headline.start)
      verdicts.set(line, { role: "meta", reason: "Stands above the headline, like the name of the site" });
    else if (line.words >= 5) verdicts.set(line, { role: "standfirst", reason: "Stands between headline and text" });
  }

  const [lead, next, third] = lines
    .slice(Math.max(firstParagraph, 0))
    .filter((l) => free(l) && l.start > headline.start);
  if (!lead || !next || !isParagraph(lead)) return verdicts;
  if (lead.folded.length >= 40 && next.folded.includes(lead.folded))
    verdicts.set(lead, { role: "standfirst", reason: "Said again in the paragraph below" });
  else if (isByline(next) && third) {
    verdicts.set(lead, { role: "standfirst", reason: "Stands between headline and byline" });
    verdicts.set(next, BYLINE);
  }
  return verdicts;
}

/** A line among the paragraphs that reads like a title: a subheading of this article, or the title of another. */
function judgeTitle(lines: readonly Line[], n: number, verdictOf: (n: number) => Verdict | undefined): Verdict {
  const line = lines[n];
  if (!line) return BODY;
  const next = lines[n + 1];
  const hasTextBelow = next !== undefined && verdictOf(n + 1) === undefined && isParagraph(next);
  if (line.joinsPrevious && verdictOf(n - 1)?.role === "caption" && line.words >= 4)
    return { role: "related", reason: "A title right below a picture's text" };
  const isShort = line.words <= 6 || (line.words <= 9 && capitalShare(line.text) < 0.6);
  if (isShort) return hasTextBelow ? { role: "subheading", reason: "A short title above a paragraph" } : BODY;
  return capitalShare(line.text) >= 0.55
    ? { role: "related", reason: "A title on its own among the paragraphs" }
    : BODY;
}

/** Neighbouring lines of one role are one region, but for titles, of which each is its own. */
function regionsOf(lines: readonly Line[], verdicts: readonly Verdict[]): readonly Region[] {
  const regions: { start: number; end: number; role: RegionRole; reason: string }[] = [];
  lines.forEach((line, n) => {
    const { role, reason } = verdicts[n] ?? BODY;
    const last = regions.at(-1);
    const alone = role === "headline" || role === "subheading";
    if (last?.role === role && !alone) last.end = line.end;
    else regions.push({ start: line.start, end: line.end, role, reason });
  });
  return regions;
}

/** Comments and forms go on to the end of the page, unless another such phrase begins something else. */
function zonesOf(lines: readonly Line[], phrases: ReadonlyMap<Line, Phrase>): ReadonlyMap<Line, Verdict> {
  const zones = new Map<Line, Verdict>();
  let zone: Verdict | undefined;
  let hasText = false; // a "3 comments" above the text is only a button
  for (const line of lines) {
    const phrase = phrases.get(line);
    if (phrase?.opens && hasText) zone = { role: phrase.role, reason: phrase.reason };
    if (zone) zones.set(line, phrase?.role === zone.role ? phrase : zone);
    hasText ||= !phrase && isParagraph(line);
  }
  return zones;
}

/** The titles below a heading such as "Related stories". */
function listedTitles(lines: readonly Line[], phrases: ReadonlyMap<Line, Phrase>): ReadonlySet<Line> {
  const listed = new Set<Line>();
  let inList = false;
  for (const line of lines) {
    const phrase = phrases.get(line);
    inList = phrase ? phrase.role === "related" && phrase.lists === true : inList && isTitleLike(line);
    if (inList && !phrase) listed.add(line);
  }
  return listed;
}

/** A line that is no sentence. */
const isLoose = (line: Line): boolean => isTitleLike(line) && !isParagraph(line);

/**
 * Ordered regions that do not overlap, begin and end with lines, and cover every line that is not blank. `title` is the article's,
 * where it is known apart from the text.
 */
export function proposeRegions(
  text: string,
  { title }: { readonly title?: string | null | undefined } = {},
): readonly Region[] {
  const lines = linesOf(indexText(text));
  const phrases = new Map<Line, Phrase>();
  for (const line of lines) {
    const phrase = phraseOf(line);
    if (phrase) phrases.set(line, phrase);
  }
  const foreign = foreignLines(text, lines);
  const top = judgeTop(lines, (l) => !phrases.has(l) && !foreign.has(l), fold(title ?? ""));
  const headline = lines.find((l) => top.get(l)?.role === "headline");
  const zones = zonesOf(lines, phrases);
  const listed = listedTitles(lines, phrases);
  const suffixes = sharedSuffixes(lines.filter((l) => !l.endsSentence));
  const isCaption = (line: Line) => suffixes.has(SITE_SUFFIX.exec(line.folded)?.[1] ?? "");

  const certain = lines.map((line): Verdict | undefined => {
    if (line === headline) return top.get(line);
    if (foreign.has(line)) return { role: "debris", reason: "In another script than the article" };
    if (zones.has(line)) return zones.get(line);
    if (phrases.has(line)) return phrases.get(line);
    if (line.folded === headline?.folded) return { role: "debris", reason: "The headline once more" };
    if (isCaption(line))
      return { role: "caption", reason: "Ends in a name that other lines end in too, as picture texts do" };
    if (listed.has(line)) return { role: "related", reason: "Listed among other articles" };
    return top.get(line);
  });

  // Where more than every third line is loose (a list, verse, minutes) that is how the text is written.
  const open = lines.filter((_, n) => certain[n] === undefined);
  const hasTitles = open.filter(isLoose).length * 3 <= open.length;
  const verdicts = lines.map(
    (line, n) => certain[n] ?? (hasTitles && isLoose(line) ? judgeTitle(lines, n, (m) => certain[m]) : BODY),
  );
  return regionsOf(lines, verdicts);
}
