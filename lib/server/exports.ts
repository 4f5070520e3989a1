/** A project as a file: streamed from one snapshot, in memory that does not grow with it, with what the asker may have and no more. */
import { performance } from "node:perf_hooks";
import type { z } from "zod";
import type { Actor } from "../access/actor";
import type { NativeArticle } from "../formats/native";
import { write } from "../formats/registry";
import { type Naming, pseudonymsBy, renamePeople } from "../releases/pseudonyms";
import { ok, type Result } from "../result";
import { record } from "./audit";
import { openSnapshot, Slots, type Snapshot, slotOf } from "./bulk";
import { transaction } from "./db";
import { streamOf } from "./downloadStream";
import type { ExportQuery, exportCount, Layer } from "./exports.schema";
import { type ExportLine, exportLines, headerLine, projectOf } from "./exportsLines";
import { chosenArticles, type Plan, planOf } from "./exportsPlan";
import { type Writer, writerOf } from "./exportsWrite";
import { peopleOf, pseudonymKey } from "./releasesPeople";

export { exportCount, exportQuerySchema } from "./exports.schema";

/** Four at a time in a process: each holds a connection for as long as its reader takes. */
const slots = new Slots(4, 20_000);

export type Download = {
  readonly fileName: string;
  readonly contentType: string;
  /** Breaks off with an error when something in the database is not what it was: a file that is short is never whole. */
  readonly body: ReadableStream<Uint8Array>;
};

/**
 * Refuses: not-found; forbidden (nothing of this layer is the asker's to have); malformed (no such format or condition); unsupported (one that
 * cannot be written); unavailable (too many at once).
 */
export async function exportProject(actor: Actor, projectId: string, query: ExportQuery): Promise<Result<Download>> {
  const writer = writerOf(query.format);
  if (!writer.ok) return writer;
  const plan = await transaction(async (tx): Promise<Result<Plan>> => {
    const planned = await planOf(tx, actor, projectId, query);
    if (planned.ok)
      await record(tx, actor, { projectId }, { type: "export.made", format: query.format, layer: query.layer });
    return planned;
  });
  if (!plan.ok) return plan;
  return inSnapshot(async (snapshot, end) => ok(await download(snapshot, plan.value, query, writer.value, end)));
}

/** Milliseconds that counting may take. Whoever asks looks at a screen. */
const PATIENT = 4_000;

export type ExportCount = z.infer<typeof exportCount>;

/**
 * What the file would hold, by writing it to nowhere: the same articles, chosen in the same way. Of a project that takes longer than a screen
 * can wait it says how much there is at least. Refuses as `exportProject`.
 */
export async function countExport(
  actor: Actor,
  projectId: string,
  query: ExportQuery,
  patient = PATIENT,
): Promise<Result<ExportCount>> {
  const writer = writerOf(query.format);
  if (!writer.ok) return writer;
  const plan = await transaction((tx) => planOf(tx, actor, projectId, query));
  if (!plan.ok) return plan;
  return inSnapshot(async (snapshot, end) => {
    const counted = { articles: 0, reviews: 0, spans: 0, goldSpans: 0, links: 0 };
    const until = performance.now() + patient;
    let complete = true;
    for await (const { reviews, gold } of chosenArticles(snapshot, plan.value)) {
      if (performance.now() > until) {
        complete = false;
        break;
      }
      counted.articles++;
      counted.reviews += reviews.length;
      for (const { spans, links } of reviews) {
        counted.spans += spans.length;
        counted.links += links.length;
      }
      counted.goldSpans += gold?.spans.length ?? 0;
      counted.links += gold?.links.length ?? 0;
    }
    await end();
    return ok({ ...counted, complete });
  });
}

/** A view of the database and a place among the exports, given back by `end` or when the work fails. */
async function inSnapshot<T>(
  work: (snapshot: Snapshot, end: () => Promise<void>) => Promise<Result<T>>,
): Promise<Result<T>> {
  const slot = await slotOf(slots, "exports");
  if (!slot.ok) return slot;
  let snapshot: Snapshot | null = null;
  const end = async () => {
    await snapshot?.close();
    slot.value();
  };
  try {
    snapshot = await openSnapshot();
    return await work(snapshot, end);
  } catch (error) {
    await end();
    throw error;
  }
}

async function download(
  snapshot: Snapshot,
  plan: Plan,
  { layer, reviewers }: ExportQuery,
  { format, extension, contentType }: Writer,
  end: () => Promise<void>,
): Promise<Download> {
  const { projectId } = plan.scope;
  const header = await headerLine(snapshot, projectId);
  if (!header) throw new Error("the project went away");
  const named = reviewers === "names" || reviewers === "pseudonyms";
  // The database's own lines are the native format; every other one is written from the model.
  const texts =
    format === "jsonl" && !plan.selection && !named
      ? linesOf(header.line, exportLines(snapshot, plan.scope))
      : write(
          format,
          named
            ? renamed(chosenArticles(snapshot, plan), await namingOf(snapshot, projectId, reviewers))
            : chosenArticles(snapshot, plan),
          projectOf(header.line),
        );
  return { fileName: fileNameOf(header.name, layer, extension), contentType, body: await streamOf(texts, end) };
}

type People = { readonly naming: Naming; readonly ids: ReadonlySet<string> };

async function namingOf(snapshot: Snapshot, projectId: string, how: "names" | "pseudonyms"): Promise<People> {
  const names = await peopleOf(snapshot, projectId);
  const ids = new Set(names.keys());
  if (how === "names") return { ids, naming: (person) => names.get(person) ?? person };
  return { ids, naming: pseudonymsBy(await pseudonymKey(projectId)) };
}

async function* renamed(
  articles: AsyncIterable<NativeArticle>,
  { naming, ids }: People,
): AsyncGenerator<NativeArticle> {
  for await (const article of articles) yield renamePeople(article, naming, ids);
}

async function* linesOf(header: string, lines: AsyncIterable<ExportLine>): AsyncGenerator<string> {
  yield `${header}\n`;
  for await (const { line } of lines) yield `${line}\n`;
}

/** Letters that every file system and header takes; "export" where none is left. */
function fileNameOf(project: string, layer: Layer, extension: string): string {
  const plain = project
    .slice(0, 200) // normalising takes the square of the marks in a row
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .toLowerCase()
    .slice(0, 60);
  const day = new Date().toISOString().slice(0, 10);
  return `${plain || "export"}-${layer}-${day}.${extension}`;
}

export const toResponse = ({ fileName, contentType, body }: Download): Response =>
  new Response(body, {
    headers: {
      "Content-Type": contentType,
      "Content-Disposition": `attachment; filename="${fileName}"`,
      "Cache-Control": "private, no-store",
      "X-Content-Type-Options": "nosniff",
      "Content-Security-Policy": "sandbox; default-src 'none'",
    },
  });
