import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { FLAGS } from "../../lib/cases/case";
import { findCases } from "../../lib/cases/find";
import { readJsonl } from "../../lib/formats/jsonl";
import type { NativeArticle, NativeReview } from "../../lib/formats/native";
import { all, articles, faults } from "../../lib/formats/testing/streams";
import { bytesOf } from "../../lib/formats/utf8";
import { DEFAULT_SCHEME } from "../../lib/scheme/default";
import { type Context, checkLink, checkSpan } from "../../lib/spans/check";
import { missingToSubmit } from "../../lib/spans/complete";
import type { Link, Span } from "../../lib/spans/model";
import { indexText } from "../../lib/text/codepoints";
import { buildArticles, buildSample } from "./build";

const built = buildArticles();
const byUrl = (part: string): NativeArticle => {
  const found = built.find((article) => article.url?.includes(part));
  if (!found) throw new Error(`no article at ${part}`);
  return found;
};
const textOf = (article: NativeArticle): string => article.text ?? "";
const paragraphs = (article: NativeArticle): readonly string[] => textOf(article).split("\n\n");

const submitted = (article: NativeArticle) =>
  findCases({
    text: textOf(article),
    reviewers: article.reviews.map((review) => review.reviewer),
    spans: article.reviews.flatMap(({ reviewer, spans }) =>
      spans.map((span) => ({ ...span, id: span.id ?? "", reviewer })),
    ),
    links: article.reviews.flatMap(({ reviewer, links }) =>
      links.map((link) => ({ ...link, id: link.id ?? "", reviewer })),
    ),
    scheme: DEFAULT_SCHEME,
  });

/** What stands between this review and its submission. */
function lacks(article: NativeArticle, review: NativeReview): string[] {
  const context: Context = {
    index: indexText(textOf(article)),
    scheme: DEFAULT_SCHEME,
    scope: { regions: article.regions ?? [], roles: ["headline", "standfirst", "subheading", "body"], forbid: true },
    foreignTarget: () => ({ label: "CLAIM" }),
  };
  const spans = review.spans.map(({ suggestion: _, ...span }): Span => ({ ...span, id: span.id ?? "", version: 1 }));
  const links = review.links.map((link): Link => ({ ...link, id: link.id ?? "", version: 1 }));
  const labels = new Map(spans.map((span) => [span.id, span.label]));
  return [
    ...spans.flatMap((span) => checkSpan(context, "", span, undefined, undefined).map((fault) => fault.message)),
    ...links.flatMap((link) => checkLink(context, "", link, undefined, (id) => labels.get(id)).map((f) => f.message)),
    ...missingToSubmit(DEFAULT_SCHEME, {
      spans: new Map(spans.map((span) => [span.id, span])),
      links: new Map(links.map((link) => [link.id, link])),
    }).map((one) => one.message),
  ];
}

describe("the sample project's file", () => {
  const file = readFileSync(new URL("sample.jsonl", import.meta.url), "utf8");

  it("is what its sources make (else: npx tsx prisma/sample/write.ts)", () => {
    expect(file === buildSample()).toBe(true);
  });

  it("is read without a fault, header first, and gives back the articles", async () => {
    const items = await all(readJsonl(bytesOf(file)));
    expect(faults(items)).toEqual([]);
    expect(items[0]?.kind).toBe("project");
    expect(articles(items)).toEqual(built);
  });
});

describe("the sample project", () => {
  it("is seven reports of four outlets, long enough to be read", () => {
    expect(built).toHaveLength(7);
    expect(new Set(built.map((article) => article.repostedBy ?? article.outlet)).size).toBe(4);
    for (const article of built) {
      const words = textOf(article).split(/\s+/).length;
      expect(words).toBeGreaterThan(250);
      expect(words).toBeLessThan(600);
    }
  });

  it("holds reviews that could all have been submitted", () => {
    for (const article of built)
      for (const review of article.reviews)
        expect([article.title, review.reviewer, lacks(article, review)]).toEqual([article.title, review.reviewer, []]);
  });

  it("disagrees in every way that the case rules know", () => {
    const flags = new Set(built.flatMap((article) => submitted(article).flatMap((c) => c.flags)));
    expect([...flags].sort()).toEqual([...FLAGS].sort());
  });

  it("is half decided: three articles settled, one begun, three open", () => {
    const shares = built.map((article) => {
      const ruled = new Set(article.gold?.decisions.filter((one) => one.live && one.case).map((one) => one.case?.id));
      return ruled.size / submitted(article).length;
    });
    expect(shares.map((share) => (share === 0 ? "open" : share === 1 ? "settled" : "begun"))).toEqual([
      "settled",
      "settled",
      "settled",
      "begun",
      "open",
      "open",
      "open",
    ]);
  });

  it("has a decision that was replaced, a nothing here, and one on what nobody marked", () => {
    const decisions = built.flatMap((article) => article.gold?.decisions ?? []);
    const replaced = decisions.find((one) => one.supersedes !== null);
    expect(decisions.find((one) => one.id === replaced?.supersedes)?.live).toBe(false);
    expect(new Set(decisions.map((one) => one.action))).toEqual(
      new Set(["suggestion", "member", "union", "intersection", "edit", "split", "nothing", "create"]),
    );
  });

  it("reprints word for word, nearly so, and lets a quotation drift", () => {
    const wire = paragraphs(byUrl("northernwire.example/2024/03/12"));
    const charge = paragraphs(byUrl("northernwire.example/2024/03/18"));
    const repost = paragraphs(byUrl("ex-manager"));
    const beacon = paragraphs(byUrl("dailybeacon"));
    expect(repost.filter((paragraph) => charge.includes(paragraph)).length).toBeGreaterThanOrEqual(3);
    expect(beacon.filter((paragraph) => wire.includes(paragraph))).toHaveLength(1);
    const drifts = [
      "No one in this company altered a safety record after the accident",
      "No one in this company has ever altered a safety record",
      "Nobody in the company ever touched any records",
    ];
    for (const words of drifts) expect(built.some((article) => textOf(article).includes(words))).toBe(true);
  });

  it("holds what makes offsets hard: no-break spaces, both kinds of quotation marks, emoji, Arabic, Hebrew, Cyrillic", () => {
    const everything = built.map(textOf).join("");
    for (const hard of ["11\u00a0people", '"at limit"', "“at limit”", "😡", "🙃", "ليلى حداد", "נועה שרעבי", "Читайте"])
      expect(everything).toContain(hard);
    const emoji = byUrl("typed-not-restored")
      .reviews.flatMap((review) => review.spans)
      .filter((span) => span.quote?.includes("🙃"));
    expect(emoji).toHaveLength(2);
  });

  it("has every kind of region", () => {
    expect([...new Set(built.flatMap((article) => article.regions ?? []).map((region) => region.role))].sort()).toEqual(
      [
        "body",
        "byline",
        "caption",
        "comment",
        "debris",
        "form",
        "headline",
        "meta",
        "related",
        "standfirst",
        "subheading",
      ],
    );
  });
});
