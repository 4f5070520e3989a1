/**
 * What a page's raw date string means: an ISO date exactly as precise as the string, on the wall clock it was written for. It is never
 * shifted by a zone (a zone that was written is kept as an offset), and what could mean two days stays open (null).
 */
import * as chrono from "chrono-node";
import type { Fault } from "../result";
import type { ArticleMetadata, DatePrecision } from "./native";

export type Published = {
  readonly publishedDate: string | null;
  readonly publishedPrecision: DatePrecision | null;
};

const OPEN: Published = { publishedDate: null, publishedPrecision: null };

type Clock = { readonly hour: number; readonly minute: number; readonly second: number | null; readonly zone: string };
type Day = { readonly year: number; readonly month: number; readonly day: number };

/** Longer strings are no dates, and would only cost time. */
const LONGEST = 200;

const ISO =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s?(Z|[+-]\d{2}:?\d{2})?)?)?)?$/i;

/** Languages that put the day before the month when they write 04.10.2018 or 04/10/2018. Plain English does not decide. */
const DAY_FIRST = new Set(
  "ar be bg ca cs da de el es et fi fr gl he hr id is it lv mk nb nl nn no pl pt ro ru sk sl sq sr tr uk vi en-au en-gb en-ie en-in en-nz en-za".split(
    " ",
  ),
);
const MONTH_FIRST = new Set(["en-us", "en-ph"]);

const NUMERIC = /(?<!\d)(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)/g;
/** A year that stands in what chrono matched; without one it has guessed. */
const WRITTEN_YEAR = /(?<!\d)(?:1[5-9]|20|21)\d\d(?!\d)/;

/** `language` is a BCP 47 tag; it only decides between readings, and null decides nothing. */
export function readPublished(raw: string | null, language: string | null): Published {
  const written = (raw ?? "").trim();
  // Looked at before it is normalised, which takes the square of the marks in a row; compatibility forms may take more room as written.
  if (written.length > 4 * LONGEST) return OPEN;
  const text = written.normalize("NFKC").trim();
  if (text === "" || text.length > LONGEST) return OPEN;
  const iso = ISO.exec(text);
  if (iso) return fromIso(iso);
  const first = firstStatement(text);
  const numeric = [...first.matchAll(NUMERIC)];
  if (numeric.length > 0) return fromNumeric(first, numeric, language);
  return fromWords(first, language);
}

function fromIso([, year, month, day, hour, minute, second, zone]: RegExpExecArray): Published {
  if (month === undefined) return { publishedDate: year ?? null, publishedPrecision: "year" };
  if (day === undefined)
    return Number(month) >= 1 && Number(month) <= 12
      ? { publishedDate: `${year}-${month}`, publishedPrecision: "month" }
      : OPEN;
  const date = { year: Number(year), month: Number(month), day: Number(day) };
  if (hour === undefined) return stamp(date, null);
  const clock = { hour: Number(hour), minute: Number(minute), second: second === undefined ? null : Number(second) };
  return stamp(date, { ...clock, zone: isoZone(zone) });
}

const isoZone = (zone: string | undefined): string => {
  if (zone === undefined) return "";
  return /^z$/i.test(zone) ? "Z" : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
};

/** "4 Oct 2018, updated 5 Oct 2018" is about the first; "Updated 5 Oct 2018, first published 4 Oct 2018" about the second. */
function firstStatement(text: string): string {
  const published = /\b(?:first )?(?:published|posted)\b/i.exec(text);
  const from = published ? text.slice(published.index + published[0].length) : text;
  const later = /\b(?:last )?(?:updated|modified|edited)\b/i.exec(from);
  return later && later.index > 0 ? from.slice(0, later.index) : from;
}

function fromNumeric(text: string, found: readonly RegExpExecArray[], language: string | null): Published {
  const days = found.map(([, a, , b, year]) => dayOf(Number(a), Number(b), Number(year), language));
  const [day] = days;
  if (!day || days.some((other) => !other || !same(other, day))) return OPEN;
  const rest = text.replace(NUMERIC, " ");
  const clocks = parserOf(language)
    .parse(rest)
    .map((one) => clockOf(one.start))
    .filter((one) => one !== null);
  return stamp(day, clocks.length === 1 ? (clocks[0] ?? null) : null);
}

function dayOf(a: number, b: number, year: number, language: string | null): Day | null {
  if (a > 12 || a === b) return { year, month: b, day: a };
  if (b > 12) return { year, month: a, day: b };
  const order = orderOf(language);
  if (order === null) return null;
  return order === "day" ? { year, month: b, day: a } : { year, month: a, day: b };
}

function orderOf(language: string | null): "day" | "month" | null {
  const tag = (language ?? "").toLowerCase().replaceAll("_", "-");
  const primary = tag.split("-")[0] ?? "";
  if (MONTH_FIRST.has(tag)) return "month";
  return DAY_FIRST.has(tag) || (primary !== "en" && DAY_FIRST.has(primary)) ? "day" : null;
}

const PARSERS: Readonly<Record<string, chrono.Chrono>> = {
  de: chrono.de.strict,
  es: chrono.es.strict,
  fr: chrono.fr.strict,
  it: chrono.it.strict,
  nl: chrono.nl.strict,
  pt: chrono.pt.strict,
  ru: chrono.ru.strict,
  sv: chrono.sv.strict,
  uk: chrono.uk.strict,
};

const parserOf = (language: string | null): chrono.Chrono =>
  PARSERS[(language ?? "").toLowerCase().split(/[-_]/)[0] ?? ""] ?? chrono.strict;

const MONTH_AND_YEAR = /^\p{L}+\.? \d{4}$/u;

function fromWords(text: string, language: string | null): Published {
  const parser = parserOf(language);
  const results = parser.parse(text).filter((one) => !one.end);
  const dated = results.filter((one) => isWholeDay(one.start) && WRITTEN_YEAR.test(one.text));
  const [first] = dated;
  if (!first) return monthAndYear(text, parser);
  const day = partsOf(first.start);
  if (dated.some((other) => !same(partsOf(other.start), day))) return OPEN;
  const clocks = results.map((one) => clockOf(one.start)).filter((one) => one !== null);
  return stamp(day, clockOf(first.start) ?? (clocks.length === 1 ? (clocks[0] ?? null) : null));
}

/** chrono reads "October 2018" only with a day before it. */
function monthAndYear(text: string, parser: chrono.Chrono): Published {
  if (!MONTH_AND_YEAR.test(text)) return OPEN;
  const [found] = parser.parse(`1 ${text}`);
  if (!found || !isWholeDay(found.start) || !WRITTEN_YEAR.test(found.text)) return OPEN;
  const { year, month } = partsOf(found.start);
  return { publishedDate: `${year}-${two(month)}`, publishedPrecision: "month" };
}

const isWholeDay = (parts: chrono.ParsedComponents): boolean =>
  parts.isCertain("year") && parts.isCertain("month") && parts.isCertain("day");

const partsOf = (parts: chrono.ParsedComponents): Day => ({
  year: parts.get("year") ?? 0,
  month: parts.get("month") ?? 0,
  day: parts.get("day") ?? 0,
});

function clockOf(parts: chrono.ParsedComponents): Clock | null {
  if (!parts.isCertain("hour") || !parts.isCertain("minute")) return null;
  const offset = parts.isCertain("timezoneOffset") ? parts.get("timezoneOffset") : null;
  return {
    hour: parts.get("hour") ?? 0,
    minute: parts.get("minute") ?? 0,
    second: parts.isCertain("second") ? parts.get("second") : null,
    zone: typeof offset === "number" ? zoneOf(offset) : "",
  };
}

function zoneOf(minutes: number): string {
  if (minutes === 0) return "Z";
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

const two = (n: number): string => String(n).padStart(2, "0");
const same = (a: Day, b: Day): boolean => a.year === b.year && a.month === b.month && a.day === b.day;

function stamp({ year, month, day }: Day, clock: Clock | null): Published {
  const real = new Date(Date.UTC(year, month - 1, day));
  if (year < 1000 || real.getUTCMonth() !== month - 1 || real.getUTCDate() !== day) return OPEN;
  const date = `${year}-${two(month)}-${two(day)}`;
  if (clock === null) return { publishedDate: date, publishedPrecision: "day" };
  const { hour, minute, second, zone } = clock;
  if (hour > 23 || minute > 59 || (second ?? 0) > 59) return { publishedDate: date, publishedPrecision: "day" };
  const time = `${two(hour)}:${two(minute)}${second === null ? "" : `:${two(second)}`}`;
  return { publishedDate: `${date}T${time}${zone}`, publishedPrecision: second === null ? "minute" : "second" };
}

/** How precise an ISO date is, or null when it is none. */
export function precisionOf(iso: string): DatePrecision | null {
  const found = ISO.exec(iso);
  return found ? fromIso(found).publishedPrecision : null;
}

/** A given date must be ISO and as precise as it says. */
export function checkPublishedDate(article: ArticleMetadata): readonly Fault[] {
  const { publishedDate: date, publishedPrecision: precision } = article;
  if (date === null && precision === null) return [];
  const is = date === null ? null : precisionOf(date);
  if (is !== null && is === precision) return [];
  const message = is === null ? "Not an ISO 8601 date." : `The date is precise to the ${is}.`;
  const path = is === null ? "published_date" : "published_precision";
  return [{ path, code: "bad-value", message, expected: is, actual: is === null ? date : precision }];
}
