/** The data card of a release, README.md: what is in it, how it came to be, how far people agreed, and what it is no good for. */
import type { NativeProject } from "../formats/native";
import type { ChangeCounts } from "./diff";
import { type AgreementFigure, type Figures, sum } from "./figures";
import { filterInWords, isEverything, type ReleaseSettings, splitNames } from "./settings";

export type CardFile = { readonly name: string; readonly about: string };

export type Card = {
  readonly project: NativeProject;
  readonly number: number;
  /** ISO 8601, UTC. */
  readonly madeAt: string;
  readonly settings: ReleaseSettings;
  readonly figures: Figures;
  readonly files: readonly CardFile[];
  /** The name of each label key that the scheme has. */
  readonly labels: ReadonlyMap<string, { readonly name: string; readonly description: string }>;
  /** Whether any article of it has a story that it shares with another. */
  readonly storiesKnown: boolean;
};

const cell = (words: string) => words.replaceAll(/\s+/g, " ").replaceAll("|", "\\|").trim();
const row = (...cells: readonly (string | number)[]) => `| ${cells.map((one) => cell(String(one))).join(" | ")} |`;
const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]) =>
  [row(...head), `|${head.map(() => "---").join("|")}|`, ...rows.map((cells) => row(...cells))].join("\n");
const number = (value: number) => value.toLocaleString("en-GB");
const plural = (count: number, one: string, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`;
const ranked = (counts: Readonly<Record<string, number>>) => Object.entries(counts).sort((a, b) => b[1] - a[1]);

export function dataCard(card: Card): string {
  const { project, number: n, settings, figures } = card;
  return [
    `# ${cell(project.name)}, release ${n}`,
    project.description.trim(),
    `Made ${card.madeAt.slice(0, 10)} with Gloss. The files of this release never change; \`manifest.json\` and \`SHA256SUMS\` name each with its SHA-256.`,
    settings.note.trim(),
    "## What is in it",
    contents(card),
    "## Labels",
    labels(card),
    settings.splits ? "## Splits" : "",
    settings.splits ? splits(card) : "",
    "## How it came to be",
    process(card),
    "## Agreement",
    agreement(card),
    "## Known limits",
    limits(card),
    "## Licences of the texts",
    licences(figures, settings.text),
    figures.previous ? `## Changes since release ${figures.previous.number}` : "",
    figures.previous ? changesInWords(figures.previous.changes) : "",
    "## Files",
    table(
      ["file", "what it is"],
      card.files.map(({ name, about }) => [`\`${name}\``, about]),
    ),
    "Offsets are half-open ranges of Unicode code points unless a format says otherwise. How to cite it: `CITATION.cff`.",
  ]
    .filter((part) => part !== "")
    .join("\n\n")
    .concat("\n");
}

function contents({ figures, settings }: Card): string {
  const day = (at: string | null) => at?.slice(0, 10) ?? "";
  const dates = figures.from === null ? "not given" : `${day(figures.from)} to ${day(figures.to)}`;
  const languages = ranked(figures.languages).map(([name, count]) => `${name || "not given"} (${number(count)})`);
  return table(
    ["", ""],
    [
      ["Articles", `${number(figures.articles)}, of which ${number(figures.settled)} are settled`],
      [
        "Characters",
        `${number(figures.codePoints)} Unicode code points${settings.text ? "" : "; the texts themselves are not in it"}`,
      ],
      ["Outlets", number(figures.outlets)],
      ["Published", dates],
      ["Languages", languages.join(", ") || "none"],
      ["Gold", `${plural(sum(figures.spans.gold), "span")}, ${plural(figures.links.gold, "link")}`],
      [
        "Reviews",
        `${plural(figures.reviews, "submitted review")} by ${plural(figures.reviewers, "person", "people")}: ${plural(sum(figures.spans.reviews), "span")}, ${plural(figures.links.reviews, "link")}`,
      ],
      ["Marked uncertain", plural(figures.uncertain, "span")],
      ["Layer", LAYERS[settings.layer]],
      ["Chosen", selectionInWords(settings)],
    ],
  );
}

const LAYERS = {
  gold: "gold only",
  reviews: "submitted reviews only",
  all: "reviews, gold, decisions and suggestions",
} as const;

function selectionInWords({ filter, settledOnly, layer }: ReleaseSettings): string {
  const parts = [...filterInWords(filter)];
  if (settledOnly || layer === "gold") parts.push("settled articles only");
  return parts.length > 0 ? parts.join("; ") : "every article with a submitted review or gold";
}

function labels({ figures, labels: known }: Card): string {
  const keys = [
    ...new Set([...known.keys(), ...Object.keys(figures.spans.gold), ...Object.keys(figures.spans.reviews)]),
  ];
  const rows = keys
    .map((key) => [key, figures.spans.gold[key] ?? 0, figures.spans.reviews[key] ?? 0] as const)
    .filter(([key, gold, reviews]) => known.has(key) || gold + reviews > 0)
    .map(([key, gold, reviews]) => [
      `\`${key}\``,
      known.get(key)?.name ?? key,
      known.get(key)?.description ?? "",
      number(gold),
      number(reviews),
    ]);
  return table(["key", "name", "what it is", "gold spans", "spans in reviews"], rows);
}

const GROUPED = {
  story: "articles of one story",
  outlet: "articles of one outlet",
  article: "articles (each is a group by itself)",
} as const;

function splits({ figures, settings, storiesKnown }: Card): string {
  const rows = splitNames(settings.splits ?? {}).flatMap((name) => {
    const of = figures.splits[name];
    return of ? [[name, number(of.articles), number(of.groups), number(of.spans)]] : [];
  });
  const stories =
    settings.groupBy === "story" && !storiesKnown
      ? " No story of two articles is known here, so each article is a group by itself."
      : "";
  const empty = splitNames(settings.splits ?? {}).filter((name) => figures.splits[name]?.articles === 0);
  const none =
    empty.length > 0
      ? ` There is nothing left for ${empty.join(" and ")}: there are fewer such groups than splits.`
      : "";
  const by = `Drawn with seed ${settings.seed}, stratified by label. Never parted: ${GROUPED[settings.groupBy]}.${stories}${none}`;
  return `${table(["split", "articles", "groups", "spans"], rows)}\n\n${by}`;
}

function process({ project, figures, settings }: Card): string {
  const { policies, scheme, guideline } = project;
  const each = ranked(figures.reviewsPerArticle).map(
    ([reviews, count]) => `${plural(count, "article")} with ${reviews}`,
  );
  const rulings = ranked(figures.decisions).map(([action, count]) => `${action} ${number(count)}`);
  const asked =
    policies.reviewersPerArticle === null
      ? ""
      : ` ${plural(policies.reviewersPerArticle, "reviewer")} an article were asked for.`;
  return [
    `- Scheme version ${scheme?.version ?? "unknown"}, guideline version ${guideline?.version ?? "unknown"}; each span names the versions that it was made under. The guideline stands in \`guideline.md\`, the scheme in \`scheme.json\`.`,
    `- Submitted reviews: ${each.join(", ") || "none"}.${asked}`,
    policies.blind === false
      ? "- Reviewers could see each other's marks before an article was settled: their agreement is not independent."
      : `- Reviewers worked blind: nobody who reviewed an article saw another's marks before it was settled.${figures.notBlind > 0 ? ` ${plural(figures.notBlind, "review")} changed after that ${figures.notBlind === 1 ? "is" : "are"} marked \`not_blind\`.` : ""}`,
    `- An adjudicator ruled on each disagreement, with lanes of reviewers unnamed${policies.acceptUnanimous ? "; where all agreed in everything the project's policy accepted it" : ""}.${rulings.length > 0 ? ` Rulings in force: ${rulings.join(", ")}.` : ""}`,
    policies.adjudicateOwn
      ? "- Adjudicators might rule on articles that they had reviewed; such rulings are marked `also_reviewed`."
      : "",
    `- People are named by ${PEOPLE[settings.reviewers]}.`,
  ]
    .filter((line) => line !== "")
    .join("\n");
}

const PEOPLE = {
  pseudonyms: "pseudonyms, which are the same in every release of this project and in no other",
  names: "their names",
  ids: "their ids",
} as const;

const figure = (value: number | null) => (value === null ? "undefined" : value.toFixed(3));
/** Resampling one story gives that story again: an interval without width is none. */
const interval = ({ low, high }: AgreementFigure) => {
  if (low === null || high === null) return "";
  return low === high ? "none: one story" : `${low.toFixed(3)} to ${high.toFixed(3)}`;
};

function agreement({ figures }: Card): string {
  const { agreement: of } = figures;
  if (!of) return "No article has two submitted reviews in it, so nothing can be said of agreement.";
  const rows = [of.pooled, ...of.labels].map((one) => [
    one.label === null ? "all labels" : `\`${one.label}\``,
    one.alpha === null ? `undefined (${one.reason ?? "no interval"})` : figure(one.alpha),
    interval(one),
    figure(one.strictF1),
    figure(one.overlapF1),
  ]);
  const how = `Over ${plural(of.articles, "article")} with two or more submitted reviews, before adjudication. Alpha is Krippendorff's for unitizing, a label at a time; the interval is a 95 % bootstrap over ${of.unit === "story" ? "stories" : "articles"} (${number(of.replicates)} replicates, seed ${of.seed}). F1 is between pairs of reviewers: strict on range and label, overlap on sharing a character.`;
  const few = of.articles < 10 ? "\n\nFewer than ten articles: the intervals say little." : "";
  return `${table(["", "alpha", "95 % interval", "strict F1", "overlap F1"], rows)}\n\n${how}${few}`;
}

function limits({ figures, settings, storiesKnown }: Card): string {
  const single = figures.reviewsPerArticle["1"] ?? 0;
  const some = (when: boolean, words: string) => (when ? [`- ${words}`] : []);
  return [
    "- Gold is what one adjudicator ruled, by one guideline. Another desk may rule otherwise.",
    ...some(
      figures.articles > figures.settled && settings.layer !== "reviews",
      `${plural(figures.articles - figures.settled, "article")} of it ${figures.articles - figures.settled === 1 ? "is" : "are"} not settled and without gold.`,
    ),
    ...some(
      single > 0,
      `${plural(single, "article")} ${single === 1 ? "has" : "have"} one review only: what is missed there nobody could notice.`,
    ),
    ...some(figures.outlets === 1, "All of it is from one outlet."),
    ...some(
      !storiesKnown && settings.splits !== null,
      "Reprints of one story that nobody named may stand in different splits.",
    ),
    ...some(
      !isEverything(settings.filter),
      "Spans or articles were left out by the choice above: what is not marked is not therefore absent.",
    ),
    ...some(
      settings.reviewers === "pseudonyms",
      "Pseudonyms hide names. Notes and free texts are as people wrote them, and who knows a desk may know a hand.",
    ),
    ...some(
      !settings.text,
      "Without the texts: notes, free-text attributes and quotes are left out too; `gloss rehydrate` puts quotes back.",
    ),
    "- The articles' own words, errors and slants are theirs; a label is no verdict on truth.",
  ].join("\n");
}

function licences({ licences: of, articles }: Figures, text: boolean): string {
  const unknown = of[""] ?? 0;
  const rows = ranked(of).map(([licence, count]) => [licence || "unknown", number(count)]);
  if (articles === 0) return "There is no article in it.";
  const warning =
    unknown === 0
      ? ""
      : text
        ? `**This release holds the text of ${plural(unknown, "article")} whose licence is unknown.** Ask whoever holds the rights before you pass it on; a stand-off release goes without texts.`
        : `The licence of ${plural(unknown, "article")} is unknown; their texts are not in this release.`;
  return [table(["licence", "articles"], rows), warning].filter((part) => part !== "").join("\n\n");
}

export function changesInWords({ articles, spans, splits: moved }: ChangeCounts): string {
  return [
    `- Articles: ${number(articles.added)} added, ${number(articles.removed)} removed, ${number(articles.changed)} changed`,
    `- Spans: ${number(spans.added)} added, ${number(spans.removed)} removed, ${number(spans.relabelled)} relabelled, ${number(spans.moved)} with other ends`,
    ...(moved > 0 ? [`- ${plural(moved, "article")} in another split than before`] : []),
  ].join("\n");
}
