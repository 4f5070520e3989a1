import { describe, expect, it } from "vitest";
import { checkPublishedDate, readPublished } from "./dates";
import { NO_METADATA } from "./native";

type Row = readonly [raw: string, language: string | null, date: string | null, precision: string | null];

const rows: readonly Row[] = [
  ["2018-10-04", null, "2018-10-04", "day"],
  ["2018-10", null, "2018-10", "month"],
  ["2018", null, "2018", "year"],
  ["2018-10-04T23:30:00-05:00", "en", "2018-10-04T23:30:00-05:00", "second"],
  ["2018-10-04T00:10:00.123Z", "en", "2018-10-04T00:10:00Z", "second"],
  ["2018-10-04 16:38", null, "2018-10-04T16:38", "minute"],
  ["2018-10-04T16:38:00+0300", null, "2018-10-04T16:38:00+03:00", "second"],
  ["2018-02-30", null, null, null],
  ["2018-13", null, null, null],
  ["Thu, 04 Oct 2018 16:38:00 GMT", "en", "2018-10-04T16:38:00Z", "second"],
  ["Oct. 4, 2018 at 6:03 p.m. EDT", "en", "2018-10-04T18:03-04:00", "minute"],
  ["Fri 5 Oct 2018 00.01 BST", "en-GB", "2018-10-05T00:01+01:00", "minute"],
  ["October 4, 2018 | 4:00am", "en", "2018-10-04T04:00", "minute"],
  ["4 October 2018", null, "2018-10-04", "day"],
  ["4\u00a0October\u00a02018", null, "2018-10-04", "day"],
  ["October 2018", "en", "2018-10", "month"],
  ["4. Oktober 2018, 16:38 Uhr", "de", "2018-10-04T16:38", "minute"],
  ["4 octobre 2018", "fr", "2018-10-04", "day"],
  ["4 октября 2018, 16:38", "ru", "2018-10-04T16:38", "minute"],
  // open: what could mean two days, and what says no year
  ["04.10.2018", null, null, null],
  ["04.10.2018", "en", null, null],
  ["04/10/2018", "zh", null, null],
  ["04.10.2018 16:38", "en", null, null],
  ["04.10.18", "de", null, null],
  ["4 October", "en", null, null],
  ["2 hours ago", "en", null, null],
  ["yesterday", "en", null, null],
  ["October 4-6, 2018", "en", null, null],
  // decided by the language, or by there being no thirteenth month
  ["04.10.2018", "de", "2018-10-04", "day"],
  ["04.10.2018", "ru-RU", "2018-10-04", "day"],
  ["04/10/2018", "en-GB", "2018-10-04", "day"],
  ["04/10/2018", "en-US", "2018-04-10", "day"],
  ["16:38 04.10.2018", "de", "2018-10-04T16:38", "minute"],
  ["25.10.2018", "en", "2018-10-25", "day"],
  ["10/25/2018", null, "2018-10-25", "day"],
  ["04.04.2018", null, "2018-04-04", "day"],
  ["31.02.2018", "de", null, null],
  // two dates
  ["4 Oct 2018, updated 5 Oct 2018", "en", "2018-10-04", "day"],
  ["Updated 5 October 2018, first published 4 October 2018", "en", "2018-10-04", "day"],
  ["Published: 7:11 PM, October 4, 2018", "en", "2018-10-04T19:11", "minute"],
  ["4 October 2018 or 5 October 2018", "en", null, null],
  ["", "en", null, null],
  ["soon", "en", null, null],
];

describe("readPublished", () => {
  it.each(rows)("%j (%s) means %s, to the %s", (raw, language, publishedDate, publishedPrecision) => {
    expect(readPublished(raw, language)).toEqual({ publishedDate, publishedPrecision });
  });

  it("gives up on long strings without reading them", () => {
    expect(readPublished("4 October 2018 ".repeat(100_000), "en")).toEqual({
      publishedDate: null,
      publishedPrecision: null,
    });
    // Marks that canonical order would sort: hours of work.
    const marks = "\u0315\u0300\u05ae".repeat(1_000_000);
    expect(readPublished(`4 October 2018${marks}`, "en").publishedDate).toBeNull();
  });

  it("reads a date with blanks around it, however many", () => {
    const blanks = " \u00a0\n".repeat(1_000);
    expect(readPublished(`${blanks}4 October 2018${blanks}`, "en").publishedDate).toBe("2018-10-04");
  });
});

describe("checkPublishedDate", () => {
  const check = (publishedDate: string | null, publishedPrecision: "day" | "month" | null) =>
    checkPublishedDate({ ...NO_METADATA, publishedDate, publishedPrecision }).map((fault) => fault.path);

  it("takes a date that is as precise as it says, and none", () => {
    expect(check("2018-10-04", "day")).toEqual([]);
    expect(check(null, null)).toEqual([]);
  });
  it("refuses what is no ISO date, and a precision that is not the date's", () => {
    expect(check("4 October", "day")).toEqual(["published_date"]);
    expect(check("2018-10-04", "month")).toEqual(["published_precision"]);
    expect(check(null, "day")).toEqual(["published_date"]);
  });
});
