/** `cases FILE`: the cases of a file of native JSONL with their suggestions, one JSON object a line. */
import type { Case } from "../cases/case";
import { findCases } from "../cases/find";
import { type Suggestion, suggester } from "../cases/suggest";
import type { Scheme } from "../scheme/scheme";
import { indexText } from "../text/codepoints";
import { argumentsOf, needed } from "./arguments";
import { print } from "./io";
import { articlesOf, type FileArticle, noProject, schemeOfFile, submittedReviews } from "./submitted";

const OPTIONS = { scheme: { type: "string" } } as const;

export async function run(argv: readonly string[]): Promise<number> {
  const { values, positionals } = argumentsOf(argv, OPTIONS, [1, 1]);
  const file = needed("FILE", positionals[0]);
  const given = values.scheme === undefined ? null : await schemeOfFile(values.scheme);
  const project = noProject();
  // Printed when the whole file was read, so that a fault near its end leaves nothing half said.
  const lines: string[] = [];
  for await (const article of articlesOf(file, project)) {
    for (const line of caseLines(article, given ?? project.scheme)) lines.push(JSON.stringify(line));
  }
  for (const line of lines) await print(line);
  return 0;
}

function caseLines(file: FileArticle, scheme: Scheme | null) {
  const reviews = submittedReviews(file, false);
  const text = file.article.text === null ? null : indexText(file.article.text);
  const links = reviews.flatMap((r) => r.links.map((l) => ({ ...l, reviewer: r.reviewer })));
  const cases = findCases({
    text,
    scheme,
    links,
    reviewers: reviews.map((r) => r.reviewer),
    spans: reviews.flatMap((r) => r.spans.map((s) => ({ ...s, reviewer: r.reviewer }))),
  });
  const suggest = suggester({ text, scheme, links, cases });
  return cases.map((c) => lineOf(file.name, c, suggest(c)));
}

/** The members that interface.md promises, in its order. */
function lineOf(article: string, c: Case, suggestion: Suggestion | null) {
  return {
    article,
    start: c.start,
    end: c.end,
    labels: c.labels,
    members: c.members.map(({ reviewer, start, end, label }) => ({ reviewer, start, end, label })),
    missing: c.missing,
    primary: c.primary,
    flags: c.flags,
    suggestion: suggestion && {
      action: suggestion.action,
      label: suggestion.label,
      spans: suggestion.spans,
      votes: suggestion.votes,
      existence: suggestion.existence,
    },
  };
}
