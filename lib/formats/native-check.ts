/** Checks of an article's offsets, quotes and references against its own text. Nothing is ever moved to fit. */
import type { Fault } from "../result";
import { codePointLength } from "../text/codepoints";
import type { Range } from "../text/range";
import type { NativeArticle, NativeLink, NativeReview, NativeSpan } from "./native";

/** The text to check against: `slice` is null where only its length is known. */
export type Inside = { readonly length: number; readonly slice: ((range: Range) => string) | null };

function rangeFault(range: Range, inside: Inside, path: string): Fault | null {
  const { start, end } = range;
  if (start === end) return { path, code: "empty", message: "Starts where it ends.", actual: [start, end] };
  if (start > end) return { path, code: "empty", message: "Starts after it ends.", actual: [start, end] };
  if (end <= inside.length) return null;
  const message = `Ends at ${end}, but the text has ${inside.length} code points.`;
  return { path, code: "outside-text", message, expected: inside.length, actual: end };
}

function spanFaults(span: NativeSpan, inside: Inside, path: string): readonly Fault[] {
  const range = rangeFault(span, inside, path);
  if (range) return [range];
  if (span.quote === null || inside.slice === null) return [];
  const cut = inside.slice(span);
  if (cut === span.quote) return [];
  const message = `The offsets ${span.start} to ${span.end} cut out other words than the quote. They count code points.`;
  return [
    { path: `${path}.quote`, code: "quote-mismatch", message, expected: shorten(cut), actual: shorten(span.quote) },
  ];
}

const shorten = (text: string): string => (text.length > 200 ? `${text.slice(0, 199).replace(LONE_END, "")}…` : text);
const LONE_END = /[\ud800-\udbff]$/;

/** A link's start must be among the spans it came with; its end may also be in another article, which only an import can know. */
function linkFault(link: NativeLink, ids: ReadonlySet<string>, path: string): Fault | null {
  if (!ids.has(link.from))
    return { path: `${path}.from`, code: "unknown-span", message: "No span here has this id.", actual: link.from };
  if ((link.to === null) === (link.toText === null)) {
    const message =
      link.to === null ? "Names no target: neither to nor to_text." : "Names two targets: to and to_text.";
    return { path, code: "link-not-allowed", message };
  }
  return null;
}

type Marks = { readonly spans: readonly NativeSpan[]; readonly links: readonly NativeLink[] };

function marksFaults(marks: Marks, inside: Inside, path: string): readonly Fault[] {
  const ids = new Set<string>();
  const linkIds = new Set<string>();
  const faults: Fault[] = [];
  const once = (seen: Set<string>, id: string | null, at: string) => {
    if (id !== null && seen.has(id))
      faults.push({ path: `${at}.id`, code: "duplicate-id", message: "This id is used twice.", actual: id });
    if (id !== null) seen.add(id);
  };
  marks.spans.forEach((span, i) => {
    const at = `${path}spans.${i}`;
    once(ids, span.id, at);
    faults.push(...spanFaults(span, inside, at));
  });
  marks.links.forEach((link, i) => {
    const at = `${path}links.${i}`;
    once(linkIds, link.id, at);
    const fault = linkFault(link, ids, at);
    if (fault) faults.push(fault);
  });
  return faults;
}

/** Reviews, gold and suggestions: ranges, quotes, ids used once, links that lead somewhere, a reviewer once an article. */
export function checkMarks(article: NativeArticle, inside: Inside): readonly Fault[] {
  const faults: Fault[] = [];
  const reviewers = new Set<string>();
  const ids = new Set<string>();
  article.reviews.forEach((review, i) => {
    const path = `reviews.${i}`;
    if (reviewers.has(review.reviewer)) {
      const message = "This reviewer has two reviews of the article.";
      faults.push({ path: `${path}.reviewer`, code: "duplicate-reviewer", message, actual: review.reviewer });
    }
    reviewers.add(review.reviewer);
    // What was carried over has the id of a span of this review, or keeps one for it.
    const standing = review.spans.flatMap(({ id }) => id ?? []);
    const here = new Set(standing);
    const carried = (review.carried ?? []).flatMap(({ span }) => (here.has(span) ? [] : [span]));
    for (const [field, own] of Object.entries({ spans: standing, carried }))
      for (const id of own) {
        const message = "Two reviews use this span id.";
        if (ids.has(id)) faults.push({ path: `${path}.${field}`, code: "duplicate-id", message, actual: id });
      }
    for (const id of [...standing, ...carried]) ids.add(id);
    faults.push(...carriedFaults(review, inside, path));
    faults.push(...marksFaults(review, inside, `${path}.`));
    review.submissions.forEach((one, j) => {
      faults.push(...marksFaults(one, inside, `${path}.submissions.${j}.`));
    });
  });
  if (article.gold) {
    faults.push(...marksFaults(article.gold, inside, "gold."));
    article.gold.decisions.forEach((decision, i) => {
      for (const [j, span] of decision.spans.entries())
        faults.push(...spanFaults(span, inside, `gold.decisions.${i}.spans.${j}`));
    });
  }
  const names = new Set<string>();
  (article.suggestions ?? []).forEach((set, i) => {
    const path = `suggestions.${i}`;
    if (names.has(set.by))
      faults.push({
        path: `${path}.by`,
        code: "duplicate-id",
        message: "This name stands there twice.",
        actual: set.by,
      });
    names.add(set.by);
    faults.push(...marksFaults(set, inside, `${path}.`));
  });
  return faults;
}

/** Where a mark stood is a place of another text, known by its words only; where it could stand is one of this. */
function carriedFaults({ carried = [], spans }: NativeReview, inside: Inside, path: string): readonly Fault[] {
  const standing = new Set(spans.map(({ id }) => id));
  const seen = new Set<string>();
  return carried.flatMap((one, i): readonly Fault[] => {
    const at = `${path}.carried.${i}`;
    const twice = seen.has(one.span);
    seen.add(one.span);
    if (twice)
      return [{ path: `${at}.span`, code: "duplicate-id", message: "This id is used twice.", actual: one.span }];
    if (one.start >= one.end)
      return [{ path: at, code: "empty", message: "A mark needs at least one character.", actual: one.start }];
    const long = codePointLength(one.quote);
    if (long !== one.end - one.start) {
      const message = `The quote has ${long} code points, the range ${one.end - one.start}.`;
      return [
        {
          path: `${at}.quote`,
          code: "quote-mismatch",
          message,
          expected: one.end - one.start,
          actual: shorten(one.quote),
        },
      ];
    }
    const candidates = one.candidates.flatMap((range, j) => rangeFault(range, inside, `${at}.candidates.${j}`) ?? []);
    if (candidates.length > 0) return candidates;
    if (one.dropReason !== null && (one.kind !== "orphan" || standing.has(one.span)))
      return [
        {
          path: at,
          code: "not-an-orphan",
          message: "Only an orphan that stands nowhere was dropped.",
          actual: one.span,
        },
      ];
    return [];
  });
}

/** Regions are ordered and do not overlap. */
export function checkRegions(article: NativeArticle, inside: Inside): readonly Fault[] {
  let before = 0;
  return (article.regions ?? []).flatMap((region, i): readonly Fault[] => {
    const path = `regions.${i}`;
    const wrong = rangeFault(region, inside, path);
    if (wrong) return [wrong];
    const meets = region.start < before;
    before = Math.max(before, region.end);
    return meets ? [{ path, code: "overlap", message: "Overlaps the region before it.", actual: region.start }] : [];
  });
}
