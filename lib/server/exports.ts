/** A project as a file: streamed from one snapshot, in memory that does not grow with it, with what the asker may have and no more. */
import type { Actor } from "../access/actor";
import { canProject, type ProjectFacts } from "../access/can";
import type { NativeArticle, NativeProject } from "../formats/native";
import { parseArticle, parseHeader } from "../formats/native-read";
import { write } from "../formats/registry";
import { type Naming, pseudonymsBy, renamePeople } from "../releases/pseudonyms";
import { selectArticle } from "../releases/select";
import { isEverything } from "../releases/settings";
import { ok, type Result, refuse } from "../result";
import { projectFor } from "./access";
import { record } from "./audit";
import { openSnapshot, Slots, type Snapshot, slotOf } from "./bulk";
import { pool, transaction } from "./db";
import { type ExportQuery, type Layer, selectionOf } from "./exports.schema";
import { type ExportLine, exportLines, headerLine, type Scope } from "./exportsLines";
import { type Writer, writerOf } from "./exportsWrite";
import { faults } from "./http";
import { log, whatFailed } from "./log";
import { peopleOf, pseudonymKey } from "./releasesPeople";

export { exportQuerySchema } from "./exports.schema";

/** Four at a time in a process: each holds a connection for as long as its reader takes. */
const slots = new Slots(4, 20_000);

/** A reader that takes nothing for so long is gone, whatever the network says; milliseconds. */
const PATIENCE = 2 * 60_000;
const CHUNK = 64 * 1024;

export type Download = {
  readonly fileName: string;
  readonly contentType: string;
  /** Breaks off with an error when something in the database is not what it was: a file that is short is never whole. */
  readonly body: ReadableStream<Uint8Array>;
};

/**
 * Refuses: not-found; forbidden (nothing of this layer is the asker's to have); malformed (no such format); unsupported (one that cannot be
 * written yet); unavailable (too many at once).
 */
export async function exportProject(actor: Actor, projectId: string, query: ExportQuery): Promise<Result<Download>> {
  const writer = writerOf(query.format);
  if (!writer.ok) return writer;
  const selection = selectionOf(query);
  if (!selection.success) return refuse("malformed", "The query is not right.", faults(selection.error));
  // null: nothing is chosen, so the database's own lines can go out as they are.
  const changed: Changed | null = isEverything(selection.data)
    ? null
    : (article) => selectArticle(article, selection.data);
  const scope = await transaction(async (tx): Promise<Result<Scope>> => {
    const may = await projectFor(tx, actor, projectId, "project.see");
    if (!may.ok) return may;
    const of = scopeOf(actor, may.value, query.layer);
    if (!of) return refuse("forbidden", `Nothing of the layer ${query.layer} is yours to export.`);
    // By how many a span is shared tells something of every review.
    if (query.agreement && !canProject(actor, "export.reviews", may.value))
      return refuse("forbidden", "Your role here does not allow the choice by agreement.");
    await record(tx, actor, { projectId }, { type: "export.made", format: query.format, layer: query.layer });
    return ok(of);
  });
  if (!scope.ok) return scope;
  const slot = await slotOf(slots, "exports");
  if (!slot.ok) return slot;
  try {
    const snapshot = await openSnapshot();
    return ok(await download(snapshot, scope.value, query, writer.value, changed, slot.value));
  } catch (error) {
    slot.value();
    throw error;
  }
}

/** What of the layer the actor may have; null: nothing. Several roles add up. */
function scopeOf(actor: Actor, facts: ProjectFacts, layer: Layer): Scope | null {
  const may = (action: Parameters<typeof canProject>[1]) => canProject(actor, action, facts);
  const all: Scope["reviews"] = may("export.all") ? "all" : "submitted";
  const others: Scope["reviews"] = may("export.own") ? "own" : "none";
  const reviews = may("export.reviews") ? (layer === "reviews" ? "submitted" : all) : others;
  const gold: Scope["gold"] = may("export.reviews") ? "all" : may("export.gold") ? "settled" : "none";
  const scope = {
    projectId: facts.projectId,
    userId: actor.userId,
    reviews: layer === "gold" ? "none" : reviews,
    gold: layer === "reviews" ? "none" : gold,
  } as const;
  return scope.reviews === "none" && scope.gold === "none" ? null : scope;
}

async function download(
  snapshot: Snapshot,
  scope: Scope,
  query: ExportQuery,
  writer: Writer,
  changed: Changed | null,
  release: () => void,
): Promise<Download> {
  const end = async () => {
    await snapshot.close();
    release();
  };
  try {
    const header = await headerLine(snapshot, scope.projectId);
    if (!header) throw new Error("the project went away");
    // Agreement is counted over the submitted reviews, also for a file of gold.
    const wanted: Scope = query.agreement && query.layer === "gold" ? { ...scope, reviews: "submitted" } : scope;
    const lines = exportLines(snapshot, wanted);
    const people =
      query.reviewers === "names" || query.reviewers === "pseudonyms"
        ? await namingOf(scope.projectId, query.reviewers)
        : null;
    // The database's own lines are the native format; every other one is written from the model.
    const texts =
      writer.format === "jsonl" && !changed && !people
        ? linesOf(header.line, lines)
        : write(writer.format, chosenOf(articlesOf(lines), query, changed, people), projectOf(header.line));
    // What is wrong from the start is an answer, not a broken download.
    const chunks = chunked(texts);
    const first = await chunks.next();
    return {
      fileName: fileNameOf(header.name, query.layer, writer.extension),
      contentType: writer.contentType,
      body: streamOf(first, chunks, end),
    };
  } catch (error) {
    await end();
    throw error;
  }
}

type Changed = (article: NativeArticle) => NativeArticle | null;
type People = { readonly naming: Naming; readonly ids: ReadonlySet<string> };

async function* chosenOf(
  articles: AsyncIterable<NativeArticle>,
  { layer, agreement }: ExportQuery,
  changed: Changed | null,
  people: People | null,
): AsyncGenerator<NativeArticle> {
  for await (const article of articles) {
    const chosen = changed ? changed(article) : article;
    if (!chosen) continue;
    const layered = agreement && layer === "gold" ? { ...chosen, reviews: [] } : chosen;
    if (agreement && layer === "gold" && !layered.gold) continue;
    yield people ? renamePeople(layered, people.naming, people.ids) : layered;
  }
}

async function namingOf(projectId: string, how: "names" | "pseudonyms"): Promise<People> {
  const names = await peopleOf(
    { rows: async (text, values) => (await pool().query(text, [...values])).rows },
    projectId,
  );
  const ids = new Set(names.keys());
  if (how === "names") return { ids, naming: (person) => names.get(person) ?? person };
  return { ids, naming: pseudonymsBy(await pseudonymKey(projectId)) };
}

async function* linesOf(header: string, lines: AsyncIterable<ExportLine>): AsyncGenerator<string> {
  yield `${header}\n`;
  for await (const { line } of lines) yield `${line}\n`;
}

async function* articlesOf(lines: AsyncIterable<ExportLine>): AsyncGenerator<NativeArticle> {
  for await (const { articleId, line } of lines) {
    const parsed = parseArticle(JSON.parse(line));
    if ("faults" in parsed) throw new Error(`article ${articleId} is not what a line of ours should be`);
    yield parsed.value;
  }
}

function projectOf(line: string): NativeProject {
  const parsed = parseHeader(JSON.parse(line));
  if ("faults" in parsed) throw new Error("the project's line is not what it should be");
  return parsed.value;
}

/** UTF-8 in pieces of some size, so that small lines do not become small writes. */
async function* chunked(texts: AsyncIterable<string | Uint8Array>): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = [];
  let size = 0;
  for await (const text of texts) {
    const bytes = typeof text === "string" ? Buffer.from(text, "utf8") : text;
    parts.push(bytes);
    size += bytes.length;
    if (size < CHUNK) continue;
    yield Buffer.concat(parts, size);
    parts = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(parts, size);
}

function streamOf(
  first: IteratorResult<Uint8Array>,
  chunks: AsyncGenerator<Uint8Array>,
  end: () => Promise<void>,
): ReadableStream<Uint8Array> {
  let next: IteratorResult<Uint8Array> | null = first;
  let timer: NodeJS.Timeout | undefined;
  const stop = async () => {
    clearTimeout(timer);
    await chunks.return(undefined).catch(() => undefined);
    await end();
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        clearTimeout(timer);
        try {
          const { done, value } = next ?? (await chunks.next());
          next = null;
          if (done) {
            await stop();
            controller.close();
            return;
          }
          controller.enqueue(value);
          timer = setTimeout(() => {
            controller.error(new Error("the reader of an export went silent"));
            void stop();
          }, PATIENCE);
        } catch (error) {
          log.error({ err: whatFailed(error) }, "an export broke off");
          await stop();
          controller.error(error);
        }
      },
      cancel: stop,
    },
    { highWaterMark: 0 },
  );
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
