import fc from "fast-check";
import { expect, it } from "vitest";
import { readJsonl } from "../jsonl";
import { someArticle } from "../testing/arbitrary";
import { bytesOut } from "../testing/round-trip";
import { all, articles } from "../testing/streams";
import { bytesOf } from "../utf8";

const lines = (bytes: Buffer) =>
  bytes
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));

const TEXT = "😀 The dam broke, the mayor said. The mill denies it.";
const span = (id: string, words: string, label: string, attributes = {}) => {
  const start = [...TEXT.slice(0, TEXT.indexOf(words))].length;
  return { id, start, end: start + words.length, label, quote: words, attributes };
};
const gold = {
  spans: [
    span("c", "The dam broke", "CLAIM"),
    span("a", "the mayor said", "ATTRIBUTION", { source: "the mayor", sourceType: "person" }),
    span("d", "The mill denies it", "DENIAL", { source: "the mill", sourceType: "body" }),
    span("n", "The mill", "CLAIM"),
  ],
  links: [
    { type: "attributes", from: "a", to: "c" },
    { type: "denies", from: "d", to: "c" },
  ],
};
const given = async () =>
  articles(await all(readJsonl(bytesOf(JSON.stringify({ id: "x", text: TEXT, title: "Dam", gold })))));

it("ClaimReview drafts say who claimed, who denies and what is missing, and make nothing up", async () => {
  const [first, second] = lines(await bytesOut("claimreview", await given()));
  expect(first).toMatchObject({
    claimReview: {
      "@type": "ClaimReview",
      claimReviewed: "The dam broke",
      itemReviewed: {
        "@type": "Claim",
        author: { "@type": "Person", name: "the mayor" },
        comment: {
          "@type": "Comment",
          text: "The mill denies it",
          author: { "@type": "Organization", name: "the mill" },
        },
        appearance: { "@type": "NewsArticle", headline: "Dam" },
      },
    },
    of: { article_id: "x", span_id: "c", start: 2, end: 15 },
  });
  const missing = (of: object | undefined) => JSON.stringify(of && Reflect.get(of, "missing"));
  expect(missing(first)).not.toContain("itemReviewed.author");
  expect(missing(second)).toContain("itemReviewed.author");
  for (const name of ["reviewRating", "datePublished", "url"]) expect(missing(first)).toContain(name);
});

/** Which property stands at what, by schema.org's pages of these classes and of those that they inherit from; and of what kind its value is. */
const SCHEMA_ORG: Readonly<Record<string, Readonly<Record<string, "text" | "url" | "date" | readonly string[]>>>> = {
  ClaimReview: { claimReviewed: "text", inLanguage: "text", itemReviewed: ["Claim"] },
  Claim: { text: "text", author: ["Organization", "Person"], appearance: ["NewsArticle"], comment: ["Comment"] },
  NewsArticle: {
    headline: "text",
    url: "text",
    datePublished: "date",
    inLanguage: "text",
    publisher: ["Organization"],
  },
  Comment: { text: "text", author: ["Organization", "Person"] },
  Organization: { name: "text" },
  Person: { name: "text" },
};

function holdsToSchemaOrg(value: unknown): void {
  const { "@type": type, "@context": _, ...rest } = value as { "@type": string; "@context"?: string };
  const rules = SCHEMA_ORG[type];
  expect(rules, type).toBeDefined();
  for (const [name, said] of Object.entries(rest) as [string, unknown][]) {
    const range = rules?.[name];
    expect(range, `${type}.${name}`).toBeDefined();
    for (const one of Array.isArray(said) ? said : [said]) {
      if (!Array.isArray(range)) expect(one).toMatch(range === "date" ? /^\d{4}(-\d\d(-\d\d(T.+)?)?)?$/ : /^[\s\S]+$/);
      else {
        expect(range).toContain(one["@type"]);
        holdsToSchemaOrg(one);
      }
    }
  }
}

it("ClaimReview drafts of any article have schema.org's terms where schema.org has them", async () => {
  let drafts = 0;
  await fc.assert(
    fc.asyncProperty(someArticle, async (article) => {
      for (const { claimReview } of lines(await bytesOut("claimreview", [article, ...(await given())]))) {
        holdsToSchemaOrg(claimReview);
        drafts++;
      }
    }),
    { numRuns: 20 },
  );
  expect(drafts).toBeGreaterThan(40);
});

/** What spaCy's Doc.from_json does: words and blanks from tokens, spans by char_span, strictly. */
it("spaCy's documents are tiled by their tokens, and every span is made of whole ones", async () => {
  await fc.assert(
    fc.asyncProperty(someArticle, async (article) => {
      for (const doc of lines(await bytesOut("spacy", [article]))) {
        const { text, tokens, spans } = doc as {
          text: string;
          tokens: { start: number; end: number }[];
          spans: { sc: { start: number; end: number }[] };
        };
        const points = [...text];
        let at = 0;
        for (const token of tokens) {
          expect([at, points[at] === " " ? at + 1 : at]).toContain(token.start);
          expect(token.end).toBeGreaterThan(token.start);
          at = token.end;
        }
        expect(points.slice(at).join("").trim()).toBe("");
        const starts = new Set(tokens.map((token) => token.start));
        const ends = new Set(tokens.map((token) => token.end));
        for (const { start, end } of spans.sc) expect([starts.has(start), ends.has(end)]).toEqual([true, true]);
      }
    }),
    { numRuns: 20 },
  );
});

it("Parquet begins and ends as it must, also with nothing in it", async () => {
  for (const some of [await given(), []]) {
    const bytes = await bytesOut("parquet", some);
    expect([bytes.subarray(0, 4).toString(), bytes.subarray(-4).toString()]).toEqual(["PAR1", "PAR1"]);
    expect(bytes.length).toBeGreaterThan(bytes.readUInt32LE(bytes.length - 8));
  }
});
