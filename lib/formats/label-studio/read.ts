/**
 * Label Studio in: the JSON export, today's (`annotations`, `drafts`, `predictions`) and that before 1.0 (`completions`), JSON_MIN, and what is
 * made for importing into it. Shapes: labelstud.io/guide/task_format, label_studio_sdk's export and import serialisers.
 */
import { articleItem, faultItem, freeName, guarded, isObject, listOf, UNNAMED, type Wire, wordsOf } from "../foreign";
import { type JsonItem, jsonItems } from "../json-items";
import { toldBy } from "../metadata-names";
import type { ReadItem } from "../native";
import type { Bytes } from "../utf8";
import { type Marked, marksOfResults, type Unit } from "./result";

type Json = Readonly<Record<string, unknown>>;

export async function* readLabelStudio(stream: Bytes, name: string | null): AsyncGenerator<ReadItem> {
  yield* guarded(name, tasks(stream, name));
}

async function* tasks(stream: Bytes, name: string | null): AsyncGenerator<ReadItem> {
  for await (const item of jsonItems(stream)) yield itemOf(item, name);
}

/** Members of a JSON_MIN task that are no data. */
const MIN_MEMBERS = ["id", "annotator", "annotation_id", "created_at", "updated_at", "lead_time", "agreement"];

function itemOf({ line, value: task }: JsonItem, file: string | null): ReadItem {
  const place = { line, file };
  const data = isObject(task.data) ? task.data : task;
  const field = textField(data);
  if (field === null) {
    const message = "The task has no text: its data holds no field called text, nor another of running words.";
    return faultItem(place, [{ path: "data.text", code: "missing", message, actual: Object.keys(data).slice(0, 20) }]);
  }
  const text = String(data[field]);
  const notes: string[] = [];
  const reviews: Wire[] = [];
  const suggestions: Wire[] = [];
  let gold: Wire | null = null;
  const taken = new Set<string>();
  const units = new Set<Unit>();
  const named = new Set<string>();
  const add = (who: string, marked: Marked, more: Wire) => {
    const reviewer = freeName(who, taken);
    if (reviewer !== who) notes.push(`${who} has annotated the task more than once; the others are named ${reviewer}.`);
    taken.add(reviewer);
    reviews.push({ reviewer, ...more, spans: marked.spans, links: marked.links, extra: extraOf(marked, more.extra) });
  };
  for (const one of sourcesOf(task)) {
    const marked = marksOfResults(one.results, text);
    if ("fault" in marked) return faultItem(place, [marked.fault]);
    if (marked.unit !== null) units.add(marked.unit);
    notes.push(...marked.notes);
    if (one.groundTruth && gold === null) {
      gold = { spans: marked.spans, links: marked.links, ...(one.who === UNNAMED ? {} : { completed_by: one.who }) };
      continue;
    }
    if (one.prediction) {
      const by = freeName(one.who, named);
      named.add(by);
      suggestions.push({
        by,
        spans: scored(marked, one.prediction),
        links: marked.links,
        extra: extraOf(marked, one.review.extra),
      });
      continue;
    }
    if (one.groundTruth) notes.push("The task has more than one ground truth; the others are taken as reviews.");
    add(one.who, marked, one.review);
  }
  if (units.has("utf16")) notes.push("Its offsets count UTF-16 units, as older versions of Label Studio did.");
  // In JSON_MIN the rest of the task is labels by the name of their tag.
  const skip =
    data === task ? [field, ...MIN_MEMBERS, ...Object.keys(task).filter((key) => Array.isArray(task[key]))] : [field];
  const { about, rest } = toldBy(data, skip);
  // Gloss says of an article that it has no id; others number their tasks.
  const id = "article_id" in data ? (about.id ?? null) : wordsOf(about.id ?? task.id);
  return articleItem(
    place,
    {
      ...about,
      id,
      text,
      reviews,
      ...(gold ? { gold } : {}),
      ...(suggestions.length > 0 ? { suggestions } : {}),
      ...(Object.keys(rest).length > 0 ? { extra: rest } : {}),
    },
    [...new Set(notes)],
  );
}

const extraOf = (marked: Marked, more: unknown): Json => ({
  ...(isObject(more) ? more : {}),
  ...(marked.rest.length > 0 ? { results: marked.rest } : {}),
});

/** A region's own score, or else that of the whole prediction. */
const scored = (marked: Marked, { score }: Json): Wire[] =>
  marked.spans.map((span) => ({ ...span, score: span.score ?? (typeof score === "number" ? score : null) }));

type Source = {
  readonly who: string;
  readonly results: readonly unknown[];
  readonly groundTruth: boolean;
  /** What is said of a prediction besides its results; null: somebody's annotation. */
  readonly prediction: Json | null;
  readonly review: Wire;
};

function sourcesOf(task: Json): readonly Source[] {
  if (!isObject(task.data)) return [minOf(task)];
  const annotations = listOf(task.annotations ?? task.completions)
    .filter(isObject)
    .map((one): Source => {
      const at = one.created_at ?? one.updated_at;
      return {
        who: personOf(one.completed_by) ?? UNNAMED,
        results: listOf(one.result),
        groundTruth: one.ground_truth === true || one.honeypot === true,
        prediction: null,
        review: {
          status: one.was_cancelled === true || one.skipped === true ? "skipped" : "submitted",
          submitted_at: typeof at === "string" && TIME.test(at) ? at : null,
        },
      };
    });
  const drafts = listOf(task.drafts)
    .filter(isObject)
    .map(
      (one): Source => ({
        who: personOf(one.user) ?? UNNAMED,
        results: listOf(one.result),
        groundTruth: false,
        prediction: null,
        review: { status: "in_progress" },
      }),
    );
  const predictions = listOf(task.predictions)
    .filter(isObject)
    .map(
      ({ result, model_version, ...prediction }): Source => ({
        who: wordsOf(model_version) || "prediction",
        results: listOf(result),
        groundTruth: false,
        prediction,
        review: Object.keys(prediction).length > 0 ? { extra: { prediction } } : {},
      }),
    );
  return [...annotations, ...drafts, ...predictions];
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/;

/** JSON_MIN: one annotator a task, regions straight under the names of their tags. */
function minOf(task: Json): Source {
  const results = Object.entries(task).flatMap(([tag, list]) =>
    listOf(list)
      .filter(isObject)
      .map((value, i) => ({ id: `${tag}-${i + 1}`, from_name: tag, type: "labels", value })),
  );
  return {
    who: personOf(task.annotator) ?? UNNAMED,
    results,
    groundTruth: false,
    prediction: null,
    review: { status: "submitted" },
  };
}

/** An id, an e-mail, or `{id, email, first_name, last_name}`. */
function personOf(who: unknown): string | null {
  if (!isObject(who)) return wordsOf(who) || null;
  const name = [who.first_name, who.last_name].map(wordsOf).filter(Boolean).join(" ");
  return wordsOf(who.email) || wordsOf(who.username) || name || wordsOf(who.id) || null;
}

/** The field that a Text tag most likely shows: `text`, or the longest one of words. */
function textField(data: Json): string | null {
  if (typeof data.text === "string" && data.text !== "") return "text";
  const fields = Object.entries(data).flatMap(([name, value]) =>
    typeof value === "string" && /\s/.test(value.trim()) ? [{ name, size: value.length }] : [],
  );
  return fields.sort((a, b) => b.size - a.size)[0]?.name ?? null;
}
