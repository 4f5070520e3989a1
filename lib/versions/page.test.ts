import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalUrl, pageOf } from "./page";

describe("one page, however it is written", () => {
  test.each([
    ["scheme", "http://ferry.example/a/7", "https://ferry.example/a/7"],
    ["case of the host", "https://Ferry.Example/a/7", "https://ferry.example/a/7"],
    ["www.", "https://www.ferry.example/a/7", "https://ferry.example/a/7"],
    ["default port", "https://ferry.example:443/a/7", "https://ferry.example/a/7"],
    ["fragment", "https://ferry.example/a/7#comments", "https://ferry.example/a/7"],
    ["slash at the end", "https://ferry.example/a/7/", "https://ferry.example/a/7"],
    ["doubled slash", "https://ferry.example//a/7", "https://ferry.example/a/7"],
    ["tracking", "https://ferry.example/a/7?utm_source=mail&fbclid=x", "https://ferry.example/a/7"],
    ["order of parameters", "https://ferry.example/?id=7&page=2", "https://ferry.example/?page=2&id=7"],
    ["escapes without need", "https://ferry.example/%61/7", "https://ferry.example/a/7"],
    ["case of escapes", "https://ferry.example/%c3%a4", "https://ferry.example/ä"],
    ["blanks around it", " https://ferry.example/a/7\n", "https://ferry.example/a/7"],
    ["an international host", "https://fähre.example/a", "https://xn--fhre-loa.example/a"],
  ])("%s", (_what, one, other) => {
    expect(canonicalUrl(one)).toBe(canonicalUrl(other));
    expect(canonicalUrl(one)).not.toBeNull();
  });

  test.each([
    ["path", "https://ferry.example/a/7", "https://ferry.example/a/8"],
    ["case of the path", "https://ferry.example/a/x", "https://ferry.example/a/X"],
    ["host", "https://ferry.example/a", "https://m.ferry.example/a"],
    ["port", "https://ferry.example:8080/a", "https://ferry.example/a"],
    ["a parameter that is not tracking", "https://ferry.example/?id=7", "https://ferry.example/?id=8"],
  ])("another %s is another page", (_what, one, other) => expect(canonicalUrl(one)).not.toBe(canonicalUrl(other)));

  test.each([
    ["none", null],
    ["empty", ""],
    ["no address", "page 7 of the print edition"],
    ["no web address", "ftp://ferry.example/a"],
    ["a broken one", "https://"],
    ["a front page", "https://ferry.example/"],
    ["a front page with tracking only", "https://ferry.example/?utm_source=mail"],
  ])("%s names no page", (_what, url) => expect(canonicalUrl(url)).toBeNull());

  test("outlets are compared folded, and none is like none", () => {
    const url = "https://ferry.example/a/7";
    expect(pageOf({ url, outlet: "The  Pier" })).toBe(pageOf({ url, outlet: "the pier" }));
    expect(pageOf({ url, outlet: null })).toBe(pageOf({ url, outlet: "" }));
    expect(pageOf({ url, outlet: "The Pier" })).not.toBe(pageOf({ url, outlet: "The Quay" }));
    expect(pageOf({ url: null, outlet: "The Pier" })).toBeNull();
  });

  test("writing it in the one way once more changes nothing, and nothing breaks it", () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.string()), (url) => {
        const once = canonicalUrl(url);
        if (once !== null) expect(canonicalUrl(`https://${once}`)).toBe(once);
      }),
      { numRuns: 30 }, // making an address takes long
    );
  });
});
