import { describe, expect, it } from "vitest";
import { readHtml } from "./html";
import { all, articles, chunks, faults, notes } from "./testing/streams";
import { bytesOf } from "./utf8";

const read = (html: string, name: string | null = "page.html") => all(readHtml(bytesOf(html), name));
const one = async (html: string) => {
  const items = await read(html);
  const [article] = articles(items);
  if (!article) throw new Error(faults(items).join());
  return article;
};

const BODY = `
<p>The gate of the Hollin weir gave way on Tuesday, an engineer of the river board&nbsp;said, and forty houses were flooded within the hour.</p>
<p>“We had asked for <b>new</b> bolts,” she said, “twice,<br>in writing.” The board denies that it was told of any danger before the night of the flood.</p>
<h2>A winter of warnings</h2>
<p>Two letters of November, seen by this newspaper, speak of rust on the lower hinge; a third, sent in January, was never answered by anyone.</p>
<figure><img src="http://canary.example/a.png"><figcaption>The weir in January.</figcaption></figure>
<ul><li>November: first letter</li><li>December: second letter</li></ul>
<pre>gate   1: open
gate   2: shut</pre>
<p>The board meets again on Friday to hear what the insurers make of it, and the mayor has asked that the meeting be held in public this time.</p>`;

const PAGE = `<!doctype html><html lang="en-GB"><head>
<title>Weir gate failed | The Hollin Post</title>
<base href="http://evil.example/"><meta http-equiv="refresh" content="0;url=http://evil.example/">
<meta property="og:site_name" content="The Hollin Post"><meta name="author" content="Ada Marsh">
<link rel="canonical" href="https://post.example/weir">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite"},{"@type":"NewsArticle","headline":"SEO weir","datePublished":"2019-03-05T21:40:00+02:00","author":[{"@type":"Person","name":"Ada Marsh"},{"name":"Jo Reed"}],"license":"CC BY 4.0"}]}</script>
<script>window.__pwned = "SCRIPT TEXT"</script><style>p::before { content: "STYLE TEXT" }</style></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article><h1>Weir gate failed after repair was put off</h1><p class="article-standfirst">Letters show that bolts were asked for.</p>${BODY}
<noscript>NOSCRIPT TEXT</noscript><template><p>TEMPLATE TEXT</p></template><svg><text>SVG TEXT</text></svg>
<p style="display: none">HIDDEN TEXT</p><textarea>FIELD TEXT</textarea><iframe>FRAME TEXT</iframe><xmp><p>XMP TEXT</p></xmp></article>
<footer><a href="/about">About us</a></footer></body></html>`;

describe("a web page", () => {
  it("becomes its headline and main text, paragraphs apart, lists and pre kept", async () => {
    const { text } = await one(PAGE);
    expect(text).toBe(
      [
        "Weir gate failed after repair was put off",
        "Letters show that bolts were asked for.",
        "The gate of the Hollin weir gave way on Tuesday, an engineer of the river board\u00a0said, and forty houses were flooded within the hour.",
        "“We had asked for new bolts,” she said, “twice,\nin writing.” The board denies that it was told of any danger before the night of the flood.",
        "A winter of warnings",
        "Two letters of November, seen by this newspaper, speak of rust on the lower hinge; a third, sent in January, was never answered by anyone.",
        "The weir in January.",
        "November: first letter\nDecember: second letter",
        "gate   1: open\ngate   2: shut",
        "The board meets again on Friday to hear what the insurers make of it, and the mayor has asked that the meeting be held in public this time.",
      ].join("\n\n"),
    );
  });

  it("has regions from its elements, that cut whole blocks", async () => {
    const article = await one(PAGE);
    const characters = [...(article.text ?? "")];
    const cut = article.regions?.map(({ start, end, role }) => [
      role,
      characters.slice(start, end).join("").split("\n")[0],
    ]);
    expect(cut?.slice(0, 2)).toEqual([
      ["headline", "Weir gate failed after repair was put off"],
      ["standfirst", "Letters show that bolts were asked for."],
    ]);
    expect(cut).toContainEqual(["subheading", "A winter of warnings"]);
    expect(cut).toContainEqual(["caption", "The weir in January."]);
  });

  it("says who, where and when of itself", async () => {
    expect(await one(PAGE)).toMatchObject({
      title: "Weir gate failed after repair was put off",
      outlet: "The Hollin Post",
      author: "Ada Marsh, Jo Reed",
      url: "https://post.example/weir",
      published: "2019-03-05T21:40:00+02:00",
      publishedDate: "2019-03-05T21:40:00+02:00",
      publishedPrecision: "second",
      language: "en-GB",
      licence: "CC BY 4.0",
    });
  });

  it.each<[string, string, object]>([
    [
      "meta and time",
      '<meta name="author" content="A"><article><h1>T</h1><time datetime="2019-03-05">5 March</time>',
      { author: "A", publishedDate: "2019-03-05", publishedPrecision: "day" },
    ],
    ["og:locale", '<meta property="og:locale" content="pt_BR">', { language: "pt-BR" }],
    [
      "an author that is an address",
      '<meta property="article:author" content="https://x.example/a">',
      { author: null },
    ],
    ["an address that is no web address", '<link rel="canonical" href="javascript:alert(1)">', { url: null }],
    [
      "broken JSON-LD",
      '<script type="application/ld+json">{"@type": "NewsArticle",</script><meta property="og:site_name" content="P">',
      { outlet: "P", published: null },
    ],
    [
      "deep JSON-LD",
      `<script type="application/ld+json">${"[".repeat(50_000)}${"]".repeat(50_000)}</script>`,
      { author: null },
    ],
  ])("metadata: %s", async (_, head, expected) => {
    expect(await one(`<html><head>${head}</head><body>${BODY}</body></html>`)).toMatchObject(expected);
  });

  it("shows no text of scripts, styles, drawings, fields or what is hidden", async () => {
    expect((await one(PAGE)).text).not.toMatch(/SCRIPT|STYLE|NOSCRIPT|TEMPLATE|SVG|HIDDEN|FIELD|FRAME|XMP|evil|canary/);
  });

  it("reads character references once, and never twice", async () => {
    const { text } = await one(
      `<article><p>a &amp;lt;b&amp;gt; &lt;script&gt; &#128512; &eacute; &bogus; ${"x".repeat(200)}</p></article>`,
    );
    expect(text).toContain("a &lt;b&gt; <script> 😀 é &bogus; ");
  });

  it.each([
    ["no html or body", `<p>One.</p>${BODY}`],
    ["only text", "Just words, no tags"],
    ["unclosed tags", `<html><body><div><article>${BODY.replaceAll("</p>", "")}<b><i><p>end`],
    ["an unclosed comment", `${BODY}<!-- <p>gone`],
    ["an unclosed quote", `${BODY}<p class="x>gone`],
    ["a lone <", `${BODY}<p>1 < 2 <3 <`],
    ["tables as layout", `<table><tr><td><p>menu</p></td><td>${BODY}</td></tr></table>`],
  ])("%s", async (_, html) => {
    expect((await one(html)).text).toMatch(/words|weir/);
  });

  it("in the encoding that it names is read so, and says it", async () => {
    const html = '<html><head><meta charset="windows-1251"></head><body><article><p>Иван</p></article></body></html>';
    const bytes = Buffer.from(
      [...html].map((c) => (c >= "А" && c <= "я" ? c.charCodeAt(0) - 0x410 + 0xc0 : c.charCodeAt(0))),
    );
    const items = await all(readHtml(chunks(bytes, 5), null));
    expect(articles(items)[0]?.text).toBe("Иван");
    expect(notes(items)[0]).toContain("windows-1251");
  });

  it.each<[string, string, string]>([
    ["empty", "", "empty"],
    ["nothing to read", "<html><body><script>x</script></body></html>", "empty"],
    ["NUL", "<p>a\0b</p>", "not-well-formed"],
    ["more elements than any article", "<i>x</i>".repeat(61_000), "too-large"],
  ])(
    "%s is refused",
    async (_, html, code) => {
      expect(faults(await read(html))).toEqual([code]);
    },
    60_000,
  );

  it("that is neither UTF-8 nor what it says is refused", async () => {
    const bad = Buffer.concat([Buffer.from("<p>caf"), Buffer.from([0xe9])]);
    const lying = Buffer.concat([Buffer.from('<meta charset="utf-16">caf'), Buffer.from([0xe9])]);
    for (const bytes of [bad, lying]) expect(faults(await all(readHtml(chunks(bytes, 9), null)))).toEqual(["not-utf8"]);
  });
});

describe("a hostile page comes to an end", { timeout: 60_000 }, () => {
  it.each<[string, string, string]>([
    ["100,000 nested div", `${"<div>".repeat(100_000)}x${"</div>".repeat(100_000)}`, "x"],
    ["100,000 unclosed div and end tags of nothing", `${"<div></i>".repeat(100_000)}x`, "x"],
    ["100,000 unclosed b", `${"<b>".repeat(100_000)}x`, "x"],
    ["50,000 nested tables", `${"<table><tr><td>".repeat(50_000)}x`, "x"],
    ["100,000 unclosed svg", `${"<svg>".repeat(100_000)}x`, "x"],
    ["200,000 attributes", `<p ${Array.from({ length: 200_000 }, (_, i) => `a${i}=1`).join(" ")}>x</p>`, "x"],
    ["a text node of 5 MB", `<p>${"word ".repeat(1_000_000)}`, "word word"],
    ["5 MB of blanks", `<p>x${" ".repeat(5_000_000)}y`, "x y"],
    ["5 MB of blanks in pre", `<pre>x${" ".repeat(5_000_000)}\ny</pre>`, "x   "],
    ["20,000 blanks, one an element", `x${"<i> </i>".repeat(20_000)}y`, "x y"],
    ["300,000 <", "<".repeat(300_000), "<<<"],
    ["300,000 references", "&amp".repeat(300_000), "&&&"],
    ["300,000 unclosed quotes", `x${'<p a="'.repeat(300_000)}`, "x"],
    ["30,000 line breaks", "x<br>".repeat(30_000), "x\nx"],
  ])("%s", async (_, html, begins) => {
    expect((await one(html)).text?.startsWith(begins)).toBe(true);
  });
});
