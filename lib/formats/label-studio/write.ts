/** Label Studio tasks out: one JSON array, a task an article; offsets in code points, as the current Label Studio counts. */
import { indexText, type TextIndex } from "../../text/codepoints";
import type { Articles } from "../format";
import type { Marks } from "../losses";
import { tellOf } from "../metadata-names";
import type { Extra, NativeArticle, NativeProject, NativeReview, NativeSpan } from "../native";
import { choicesOf } from "../scheme-choices";
import { fitLabelStudio } from "./fit";

export async function* writeLabelStudio(articles: Articles, project: NativeProject | null): AsyncGenerator<string> {
  const isChoice = choicesOf(project);
  let number = 0;
  yield "[";
  for await (const article of articles) {
    number++;
    yield `${number === 1 ? "\n" : ",\n"}${JSON.stringify(taskOf(fitLabelStudio(article), number, isChoice))}`;
  }
  yield "\n]\n";
}

type IsChoice = (label: string, attribute: string) => boolean;

function taskOf(article: NativeArticle, id: number, isChoice: IsChoice): object {
  const index = indexText(article.text ?? "");
  const result = (marks: Marks, extra: Extra = {}) => [
    ...resultOf(marks, index, isChoice),
    ...(Array.isArray(extra.results) ? extra.results : []),
  ];
  let number = 0;
  const annotation = (review: NativeReview) => ({
    id: id * 1000 + ++number,
    completed_by: { email: review.reviewer },
    result: result(review, review.extra),
    was_cancelled: review.status === "skipped",
    ground_truth: false,
    ...(review.submittedAt === null ? {} : { created_at: review.submittedAt }),
  });
  const of = (wanted: (review: NativeReview) => boolean) => article.reviews.filter(wanted);
  return {
    id,
    // What the labelling screen may show of an article, and what comes back as its metadata.
    data: { text: article.text, article_id: article.id, ...tellOf(article) },
    annotations: [
      ...of((one) => one.status !== "in_progress").map(annotation),
      ...(article.gold
        ? [{ id: id * 1000, result: result(article.gold), was_cancelled: false, ground_truth: true }]
        : []),
    ],
    drafts: of((one) => one.status === "in_progress").map((review) => ({
      user: review.reviewer,
      result: result(review, review.extra),
    })),
    predictions: (article.suggestions ?? []).map((set) => ({
      ...(typeof set.extra.prediction === "object" ? set.extra.prediction : {}),
      model_version: set.by,
      result: result(set, set.extra),
    })),
  };
}

function resultOf({ spans, links }: Marks, index: TextIndex, isChoice: IsChoice): object[] {
  return [
    ...spans.flatMap((span) => regionOf(span, index, isChoice)),
    ...links.map((link) => ({
      type: "relation",
      from_id: link.from,
      to_id: link.to,
      direction: "right",
      labels: [link.type],
    })),
  ];
}

/** A region is a result with labels, and one more of the same id for each of its attributes. */
function regionOf(span: NativeSpan, index: TextIndex, isChoice: IsChoice): object[] {
  const range = { start: span.start, end: span.end };
  const at = { id: span.id, to_name: "text", origin: "manual" };
  const choice = (name: string, value: string) => ({
    ...at,
    from_name: name,
    type: "choices",
    value: { ...range, choices: [value] },
  });
  return [
    {
      ...at,
      from_name: "label",
      type: "labels",
      value: { ...range, text: index.slice(span), labels: [span.label] },
      ...(span.note === "" ? {} : { meta: { text: [span.note] } }),
      ...(span.score === undefined ? {} : { score: span.score }),
    },
    ...Object.entries(span.attributes).map(([name, value]) =>
      isChoice(span.label, name)
        ? choice(name, value)
        : { ...at, from_name: name, type: "textarea", value: { ...range, text: [value] } },
    ),
    ...(span.uncertain ? [choice("uncertain", "uncertain")] : []),
  ];
}
