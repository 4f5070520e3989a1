import { describe, expect, it } from "vitest";
import { LARGEST_TEXT } from "./article";
import { all, articles, chunks, faults, notes } from "./testing/streams";
import { readText } from "./text";
import { bytesOf } from "./utf8";

const read = (text: string, name: string | null = "weir.txt") => all(readText(bytesOf(text), name));
const PAGE =
  "Weir gate failed after repair was put off\n\nThe gate of the Hollin weir gave way on Tuesday, an engineer said, and forty houses were flooded within the hour.\n";

describe("a text file", () => {
  it("is one article with proposed regions and the headline as its title", async () => {
    const [article] = articles(await read(PAGE));
    expect(article).toMatchObject({ title: "Weir gate failed after repair was put off", text: PAGE });
    expect(article?.regions?.map((region) => region.role)).toEqual(["headline", "body"]);
  });

  it("without a headline is called like the file", async () => {
    const body = PAGE.split("\n\n")[1] ?? "";
    expect(articles(await read(body, "desk/0001_weir.txt"))[0]?.title).toBe("0001_weir");
  });

  it("keeps no-break spaces, Cyrillic and blanks as they are", async () => {
    const odd = `  ${PAGE}12\u00a0%  \u0418\u0432\u0430\u043d\u2028 \n\n\n`;
    expect(articles(await read(odd))[0]?.text).toBe(odd);
  });

  it("says that a BOM was dropped and CRLF became LF", async () => {
    const items = await read(`\ufeff${PAGE.replaceAll("\n", "\r\n")}`);
    expect(articles(items)[0]?.text).toBe(PAGE);
    expect(notes(items)).toHaveLength(2);
  });

  it.each([
    ["empty", "", "empty text"],
    ["NUL", "a\0b", "not-well-formed text"],
    ["10 MiB and a byte", "a".repeat(LARGEST_TEXT + 1), "too-large text"],
    ["more than 20 MiB", "a".repeat(LARGEST_TEXT * 2 + 1), "too-large text"],
  ])("%s is refused", async (_, text, expected) => {
    expect(faults(await read(text))).toEqual([expected]);
  });

  it.each([
    ["Latin-1", [0x63, 0x61, 0x66, 0xe9], 3, "0xE9"],
    ["half a character at the end", [0x61, 0xc3], 1, "0xC3"],
    ["an encoded surrogate", [0x61, 0xed, 0xa0, 0x80], 1, "0xED"],
    ["too long a form", [0xc0, 0x80], 0, "0xC0"],
    ["beyond Unicode", [0xf4, 0x90, 0x80, 0x80], 0, "0xF4"],
    ["UTF-16", [0xff, 0xfe, 0x61, 0x00], 0, "UTF-16"],
  ])("%s is refused with the byte", async (_, bytes, offset, words) => {
    const [item] = await all(readText(chunks(Uint8Array.from(bytes), 1), null));
    expect(item).toMatchObject({
      kind: "fault",
      faults: [{ code: "not-utf8", actual: offset, message: expect.stringContaining(words) }],
    });
  });
});
