import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { indexText } from "../text/codepoints";
import { someText } from "../text/testing/arbitraries";
import { proposeRegions } from "./propose";

/** `role: first words` of each region. */
const proposed = (text: string, title?: string) => {
  const index = indexText(text);
  return proposeRegions(text, { title }).map((r) => `${r.role}: ${index.slice(r).split("\n")[0]?.trim().slice(0, 24)}`);
};

const P1 =
  "VELMOUTH (Coastwire) - The port authority altered the dredging contract after bidding had closed, according to forty pages of the tender file that were read by this newspaper on Monday.";
const P2 = "“No official of this house drafted an annex,” the ministry's spokesman told reporters in the lobby.";
const P3 =
  "The authority has since refused to publish the log of the tender, saying that it holds names of private persons.";
const P4 = "Bidding closed on 2 September with Ostrel Marine the lowest of four firms, the minutes show.";

const page = (...lines: string[]) => lines.join("\n\n");

describe("a page as scraped", () => {
  test.each<{ name: string; text: string; regions: string[] }>([
    {
      name: "headline and paragraphs",
      text: page("Dredging contract was rewritten after bids closed", P1, P2, P3),
      regions: ["headline: Dredging contract was re", "body: VELMOUTH (Coastwire) - T"],
    },
    {
      name: "the headline once more, with other capitals",
      text: page("Ministry Denies Part In Harbour Deal", "Ministry Denies Part in Harbour Deal", P1, P2),
      regions: [
        "headline: Ministry Denies Part In ",
        "debris: Ministry Denies Part in ",
        "body: VELMOUTH (Coastwire) - T",
      ],
    },
    {
      name: "the name of the site above, a source with a date below",
      text: page("Quayside Notes", "Port authority altered contract, papers show", "Coastwire – 14.03.2021", P1, P2),
      regions: [
        "meta: Quayside Notes",
        "headline: Port authority altered c",
        "byline: Coastwire – 14.03.2021",
        "body: VELMOUTH (Coastwire) - T",
      ],
    },
    {
      name: "deck, author and dateline",
      text: page(
        "Who wrote the annex?",
        "Forty pages set out how the price of the channel moved",
        "By Ilse Karrow",
        "VELMOUTH, March 14 (Coastwire) -",
        P2,
        P3,
      ),
      regions: [
        "headline: Who wrote the annex?",
        "standfirst: Forty pages set out how ",
        "byline: By Ilse Karrow",
        "body: “No official of this hou",
      ],
    },
    {
      name: "a summary that the first paragraph says again",
      text: page("Harbour deal was rewritten", P4, `VELMOUTH (Coastwire - 14th March, 2021) ${P4}`, P2),
      regions: [
        "headline: Harbour deal was rewritt",
        "standfirst: Bidding closed on 2 Sept",
        "body: VELMOUTH (Coastwire - 14",
      ],
    },
    {
      name: "a summary above the byline",
      text: page("Harbour deal was rewritten", P4, "Coastwire staff reporter", P2, P3),
      regions: [
        "headline: Harbour deal was rewritt",
        "standfirst: Bidding closed on 2 Sept",
        "byline: Coastwire staff reporter",
        "body: “No official of this hou",
      ],
    },
    {
      name: "credits and captions",
      text: page(
        "Harbour deal was rewritten",
        "© Port Authority of Velmouth / Picture archive The dredger Petrel leaves the north mole. Still from a video.",
        P1,
        "The north mole is pictured in Velmouth, on October 4, 2020.",
        P2,
        "Photo: Ilse Karrow",
        P3,
        "Two surveyors of the port authority are escorted to their car after being turned away at the gate for allegedly filming the dredger.",
        P4,
        "The harbour master, centre-left on the quay, is being greeted by pilots on Monday, October 5.",
      ),
      regions: [
        "headline: Harbour deal was rewritt",
        "caption: © Port Authority of Velm",
        "body: VELMOUTH (Coastwire) - T",
        "caption: The north mole is pictur",
        "body: “No official of this hou",
        "caption: Photo: Ilse Karrow",
        "body: The authority has since ",
        "caption: Two surveyors of the por",
        "body: Bidding closed on 2 Sept",
        "caption: The harbour master, cent",
      ],
    },
    {
      name: "teasers with their pictures' texts, and a pointer",
      text: page(
        "Harbour deal was rewritten",
        P1,
        `The dredger Petrel in October - Coastwire Regional\nRivals Slam Ministry Over Harbour Deal\n${P2}`,
        "READ MORE: Five Charts on Who Owns the Seabed",
        P3,
        `The mole, seen from the sea - Coastwire Regional\nFirm Tells Court It Won the Bid Fairly\n${P4}`,
      ),
      regions: [
        "headline: Harbour deal was rewritt",
        "body: VELMOUTH (Coastwire) - T",
        "caption: The dredger Petrel in Oc",
        "related: Rivals Slam Ministry Ove",
        "body: “No official of this hou",
        "related: READ MORE: Five Charts o",
        "body: The authority has since ",
        "caption: The mole, seen from the ",
        "related: Firm Tells Court It Won ",
        "body: Bidding closed on 2 Sept",
      ],
    },
    {
      name: "a title on its own among paragraphs, and a subheading",
      text: page(
        "Harbour deal was rewritten",
        P1,
        "Seabed Owners Vow to Fight New Dredging Rules in Court",
        P2,
        "Nine days in autumn",
        P3,
        P4,
      ),
      regions: [
        "headline: Harbour deal was rewritt",
        "body: VELMOUTH (Coastwire) - T",
        "related: Seabed Owners Vow to Fig",
        "body: “No official of this hou",
        "subheading: Nine days in autumn",
        "body: The authority has since ",
      ],
    },
    {
      name: "a list of other articles",
      text: page(
        "Harbour deal was rewritten",
        P1,
        P2,
        "Related stories",
        "Seabed owners vow to fight",
        "Who pays for the channel",
        "Minister to speak in the chamber on Thursday",
      ),
      regions: ["headline: Harbour deal was rewritt", "body: VELMOUTH (Coastwire) - T", "related: Related stories"],
    },
    {
      name: "a blog's tail: meta, comments, form",
      text: page(
        "Harbour deal was rewritten",
        P1,
        P2,
        "March 14, 2021 - Posted by | Coast, Ports | ,",
        "2 Comments »",
        "  1. So the ministry says that it drafted nothing. Then who did, one may ask, and who paid for the paper?",
        "    Comment by gull77 | March 14, 2021 | Reply",
        "Leave a Reply",
        "Fill in your details below or click an icon to log in: Logo",
        "You are commenting using your account. Log\u00a0Out\u00a0/ \u00a0Change\u00a0)",
        "Connecting to %s",
        "This site uses Akismet to reduce spam. Learn how your comment data is processed.",
      ),
      regions: [
        "headline: Harbour deal was rewritt",
        "body: VELMOUTH (Coastwire) - T",
        "meta: March 14, 2021 - Posted ",
        "comment: 2 Comments »",
        "form: Leave a Reply",
      ],
    },
    {
      name: "no comments",
      text: page("Harbour deal was rewritten", P1, "No comments yet.", "Leave a Reply"),
      regions: [
        "headline: Harbour deal was rewritt",
        "body: VELMOUTH (Coastwire) - T",
        "comment: No comments yet.",
        "form: Leave a Reply",
      ],
    },
    {
      name: "a prompt to log in, and a leftover in another script",
      text: page(
        "Harbour deal was rewritten",
        P1,
        P2,
        "To participate in the discussion\nlog in or register\nЗаголовок статьи",
      ),
      regions: [
        "headline: Harbour deal was rewritt",
        "body: VELMOUTH (Coastwire) - T",
        "form: To participate in the di",
        "debris: Заголовок статьи",
      ],
    },
    {
      name: "leftovers of a template, and furniture",
      text: page(
        "Harbour deal was rewritten",
        P1,
        "{{ article.teaser }}",
        P2,
        "Advertisement",
        P3,
        "© 2021 Quayside Notes. All rights reserved.",
      ),
      regions: [
        "headline: Harbour deal was rewritt",
        "body: VELMOUTH (Coastwire) - T",
        "debris: {{ article.teaser }}",
        "body: “No official of this hou",
        "debris: Advertisement",
        "body: The authority has since ",
        "debris: © 2021 Quayside Notes. A",
      ],
    },
    {
      name: "a page in another language",
      text: page(
        "Hafenvertrag wurde nach Ende der Frist geändert",
        "Die Hafenbehörde hat den Vertrag nach Ende der Frist geändert, wie aus Papieren hervorgeht, die dieser Zeitung vorliegen.",
        "Lesen Sie auch: Wem der Meeresboden gehört",
        "Das Ministerium wies am Montag jede Beteiligung an dem Vertrag zurück.",
        "Schreibe einen Kommentar",
      ),
      regions: [
        "headline: Hafenvertrag wurde nach ",
        "body: Die Hafenbehörde hat den",
        "related: Lesen Sie auch: Wem der ",
        "body: Das Ministerium wies am ",
        "form: Schreibe einen Kommentar",
      ],
    },
    {
      name: "a page in another script is no leftover",
      text: page(
        "Договор о порте изменён",
        "Портовое управление изменило договор после окончания срока подачи заявок, следует из документов.",
        "Министерство отрицает своё участие в сделке, сказал представитель.",
      ),
      regions: ["headline: Договор о порте изменён", "body: Портовое управление изме"],
    },
  ])("$name", ({ text, regions }) => expect(proposed(text)).toEqual(regions));
});

describe("what stays body", () => {
  test.each<{ name: string; text: string; regions: string[] }>([
    { name: "nothing at all", text: "", regions: [] },
    { name: "one line", text: "The mill burned", regions: ["body: The mill burned"] },
    { name: "one paragraph", text: P1, regions: ["body: VELMOUTH (Coastwire) - T"] },
    { name: "paragraphs without a headline", text: page(P1, P2, P3), regions: ["body: VELMOUTH (Coastwire) - T"] },
    {
      name: "lines that are no sentences, such as a list",
      text: "Bread\nMilk\nTwo eggs\nFlour and salt",
      regions: ["body: Bread"],
    },
    {
      name: "sentences that begin as furniture does",
      text: page(
        P1,
        "Posted by the ministry on Monday, the notice names no firm.",
        "More on the harbour is in the file that the court keeps.",
        "Comments from the ministry were not to be had by Monday evening.",
      ),
      regions: ["body: VELMOUTH (Coastwire) - T"],
    },
    {
      name: "what is told in the present and is no picture",
      text: page(
        P1,
        "Visitors are escorted through the yard at all times, and nobody is let in alone.",
        "The minister is led by his advisers on this, an official said after the vote.",
        "Crews are carried to the wreck by boat when the tide allows it, before noon.",
        "The firm is driven by profit, and has been so for as long as anybody remembers.",
      ),
      regions: ["body: VELMOUTH (Coastwire) - T"],
    },
    {
      name: "a question among the paragraphs",
      text: page(P1, "Who would gain from a contract that nobody on the board had read?", P2),
      regions: ["body: VELMOUTH (Coastwire) - T"],
    },
    {
      name: "a sentence that lost its full stop",
      text: page(P1, "The firm declined to say how much it had been paid for the work", P2),
      regions: ["body: VELMOUTH (Coastwire) - T"],
    },
    {
      name: "a quotation in another script that is long",
      text: page(P1, `Он сказал: ${"мы не писали этот договор и ничего о нём не знаем, и ".repeat(2)}всё.`, P2),
      regions: ["body: VELMOUTH (Coastwire) - T"],
    },
  ])("$name", ({ text, regions }) => expect(proposed(text)).toEqual(regions));

  test("a count of comments above the text is a button and opens nothing", () => {
    const text = page("Harbour deal was rewritten", "3 comments", P1, P2);
    expect(proposed(text)).toEqual([
      "headline: Harbour deal was rewritt",
      "comment: 3 comments",
      "body: VELMOUTH (Coastwire) - T",
    ]);
  });
});

test("a title that is known is the headline, wherever it stands above the text", () => {
  const text = page("News from the whole of the coast", "Deal rewritten", P1, P2);
  expect(proposed(text, "Deal  rewritten")).toEqual([
    "meta: News from the whole of t",
    "headline: Deal rewritten",
    "body: VELMOUTH (Coastwire) - T",
  ]);
});

test("every region says why", () => {
  const text = page(
    "Quayside Notes",
    "Port authority altered contract, papers show",
    P1,
    "READ MORE: Five Charts",
    P2,
    "Leave a Reply",
  );
  for (const region of proposeRegions(text)) expect(region.reason).toMatch(/^\p{Lu}.{8,}/u);
});

test("regions are whole lines, ordered and apart, and only blank lines are left over", () => {
  const lines = fc.array(
    fc.oneof(
      someText(12),
      fc.constantFrom(P1, P2, P3, "Deal rewritten", "READ MORE: x", "2 Comments »", "Leave a Reply", "Дорога", ""),
    ),
    { maxLength: 14 },
  );
  fc.assert(
    fc.property(lines, (all) => {
      const text = all.join("\n");
      const index = indexText(text);
      const regions = proposeRegions(text, { title: all[0] });
      let from = 0;
      for (const r of regions) {
        expect(r.start).toBeLessThan(r.end);
        expect(index.slice({ start: from, end: r.start }).trim()).toBe("");
        expect(r.start === 0 || index.slice({ start: r.start - 1, end: r.start }) === "\n").toBe(true);
        expect(r.end === index.length || index.slice({ start: r.end, end: r.end + 1 }) === "\n").toBe(true);
        from = r.end;
      }
      expect(index.slice({ start: from, end: index.length }).trim()).toBe("");
    }),
  );
});

test("lines made to wear out a pattern", () => {
  for (const bit of ["{{", "is led ", "(photo", "A-", "comment by ", ". ", "#", "\u0301"]) {
    expect(proposed(`${bit.repeat(100_000)}x\n${P1}`)).toHaveLength(1);
  }
});

test("a long page", () => {
  const text = Array.from({ length: 3_000 }, () => page(P1, P2, "Nine days in autumn", P3)).join("\n\n");
  expect(proposeRegions(text).length).toBe(6_001);
});
