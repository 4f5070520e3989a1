/** What goes into the bin along with an article or a project, in words. */
export type Affected = {
  readonly articles: number;
  readonly openReviews: number;
  readonly people: number;
  readonly submitted: number;
  readonly decisions: number;
  readonly goldSpans: number;
  readonly linksFromOthers: number;
  readonly releases: number;
};

const some = (count: number, one: string, many = `${one}s`) =>
  count === 0 ? null : `${count.toLocaleString("en-GB")} ${count === 1 ? one : many}`;

export function affectedInWords(what: "article" | "project", of: Affected): readonly string[] {
  const open = some(of.openReviews, "review under way", "reviews under way");
  const lines = [
    what === "project" ? some(of.articles, "article") : null,
    open && `${open}, by ${some(of.people, "person", "people")}`,
    some(of.submitted, "submitted review"),
    some(of.decisions, "decision in force", "decisions in force"),
    some(of.goldSpans, "gold span"),
    what === "project"
      ? some(
          of.releases,
          "release, which cannot be downloaded meanwhile",
          "releases, which cannot be downloaded meanwhile",
        )
      : null,
    some(
      of.linksFromOthers,
      "link from another article ends in it and will keep its words only, once it is gone for good",
      "links from other articles end in it and will keep their words only, once it is gone for good",
    ),
  ];
  return lines.filter((line) => line !== null);
}
