/** `export`: a project as a file that is whole or not there, or to standard output; over HTTP, or from the data dir's database. */
import { COMMAND } from "../access/actor";
import { exportProject } from "../server/exports";
import { type ExportQuery, exportQuerySchema } from "../server/exports.schema";
import { openDatabase } from "../server/open";
import { projectIdOf } from "./accounts";
import { argumentsOf, needed } from "./arguments";
import { Refused, refusedBy, say, UsageError, writeTo } from "./io";
import { SELECTION_OPTIONS, selectionIn } from "./selection";
import { DOOR_OPTIONS, type Door, doorOf } from "./server-door";

const OPTIONS = {
  project: { type: "string" },
  format: { type: "string", default: "jsonl" },
  layer: { type: "string", default: "all" },
  reviewers: { type: "string", default: "ids" },
  versions: { type: "string", default: "current" },
  ...SELECTION_OPTIONS,
  ...DOOR_OPTIONS,
} as const;

export async function run(argv: readonly string[]): Promise<number> {
  const { values, positionals } = argumentsOf(argv, OPTIONS, [0, 1]);
  const project = needed("--project", values.project);
  const { format, layer, reviewers, versions } = values;
  const query = exportQuerySchema.safeParse({ format, layer, reviewers, versions, ...selectionIn(values) });
  if (!query.success) throw new UsageError(wrongIn(query.error.issues[0]));
  const out = positionals[0] ?? "-";
  const door = doorOf(values);
  await (door ? overHttp(door, project, query.data, out) : direct(project, query.data, out));
  if (out !== "-") say(`Exported into ${out}.`);
  return 0;
}

const wrongIn = (issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined): string =>
  issue ? `--${issue.path.join(".")}: ${issue.message}` : "The options are not right.";

async function direct(project: string, query: ExportQuery, out: string): Promise<void> {
  const database = await openDatabase();
  try {
    const made = await exportProject(COMMAND, await projectIdOf(project), query);
    if (!made.ok) throw refusedBy(made);
    await written(out, made.value.body);
  } finally {
    await database.close();
  }
}

async function overHttp(door: Door, project: string, query: ExportQuery, out: string): Promise<void> {
  const asked = new URLSearchParams({ ...selectionIn(query), format: query.format, layer: query.layer });
  if (query.reviewers) asked.set("reviewers", query.reviewers);
  if (query.versions) asked.set("versions", query.versions);
  const { body } = await door.ask(`/projects/${encodeURIComponent(project)}/export?${asked}`);
  if (body) await written(out, body);
}

/** A stream that breaks off is an export that did not happen. */
async function written(out: string, body: ReadableStream<Uint8Array>): Promise<void> {
  try {
    await writeTo(out, chunksOf(body));
  } catch (error) {
    throw new Refused(`The export broke off: ${error instanceof Error ? error.message : error}`);
  }
}

async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
