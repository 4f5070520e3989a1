/** `import`: files into a project, all or nothing unless --on-error skip; over HTTP, or into the data dir's database. */
import { openAsBlob, readFileSync } from "node:fs";
import path from "node:path";
import { COMMAND } from "../access/actor";
import { OFFSET_UNITS, type OffsetUnit } from "../formats/doccano/units";
import { importFiles, mappingOf } from "../server/imports";
import type { ImportReport } from "../server/imports.schema";
import { openDatabase } from "../server/open";
import { projectIdOf } from "./accounts";
import { argumentsOf, needed, oneOf } from "./arguments";
import { bytesOfFile, existingFile, faultInWords, printJson, refusedBy, say } from "./io";
import { DOOR_OPTIONS, type Door, doorOf } from "./server-door";

const OPTIONS = {
  project: { type: "string" },
  format: { type: "string" },
  as: { type: "string", default: "reviews" },
  "on-error": { type: "string", default: "abort" },
  "text-column": { type: "string" },
  "offset-unit": { type: "string" },
  "same-page": { type: "string" },
  mapping: { type: "string" },
  ...DOOR_OPTIONS,
} as const;

type Wanted = {
  readonly as: "reviews" | "gold" | "suggestions";
  readonly onError: "abort" | "skip";
  readonly format?: string;
  readonly textColumn?: string;
  readonly offsetUnit?: OffsetUnit;
  readonly samePage?: "version" | "apart";
};

export async function run(argv: readonly string[]): Promise<number> {
  const { values, positionals } = argumentsOf(argv, OPTIONS, [1, 1000]);
  const project = needed("--project", values.project);
  const wanted: Wanted = {
    as: oneOf("--as", values.as, ["reviews", "gold", "suggestions"]),
    onError: oneOf("--on-error", values["on-error"], ["abort", "skip"]),
    ...(values.format === undefined ? {} : { format: values.format }),
    ...(values["text-column"] === undefined ? {} : { textColumn: values["text-column"] }),
    ...(values["offset-unit"] === undefined
      ? {}
      : { offsetUnit: oneOf("--offset-unit", values["offset-unit"], OFFSET_UNITS) }),
    ...(values["same-page"] === undefined
      ? {}
      : { samePage: oneOf("--same-page", values["same-page"], ["version", "apart"]) }),
  };
  const mapping = values.mapping === undefined ? null : readFileSync(existingFile(values.mapping), "utf8");
  const door = doorOf(values);
  const files = positionals.map(existingFile);
  const report = await (door
    ? overHttp(door, project, wanted, mapping, files)
    : direct(project, wanted, mapping, files));
  for (const fault of report.errors) say(faultInWords(reportedFault(fault)));
  await printJson(report);
  return 0;
}

type ReportedFault = ImportReport["errors"][number];

/** Without the members that are there but undefined. */
const reportedFault = ({ line, file, excerpt, ...fault }: ReportedFault) => ({
  ...fault,
  ...(line === undefined ? {} : { line }),
  ...(file === undefined ? {} : { file }),
  ...(excerpt === undefined ? {} : { excerpt }),
});

async function direct(
  project: string,
  wanted: Wanted,
  source: string | null,
  files: readonly string[],
): Promise<ImportReport> {
  const mapping = mappingOf(source);
  if (!mapping.ok) throw refusedBy(mapping);
  const database = await openDatabase();
  try {
    const sources = files.map((file) => ({ name: path.basename(file), open: () => bytesOfFile(file) }));
    const done = await importFiles(COMMAND, await projectIdOf(project), { ...wanted, mapping: mapping.value }, sources);
    if (!done.ok) throw refusedBy(done);
    return done.value;
  } finally {
    await database.close();
  }
}

async function overHttp(
  door: Door,
  project: string,
  wanted: Wanted,
  mapping: string | null,
  files: readonly string[],
): Promise<ImportReport> {
  const query = new URLSearchParams(Object.entries(wanted));
  const at = `/projects/${encodeURIComponent(project)}/imports`;
  const [only] = files;
  if (files.length === 1 && only !== undefined && mapping === null) {
    query.set("name", path.basename(only));
    const response = await door.ask(`${at}?${query}`, { method: "POST", body: await openAsBlob(only) });
    return response.json();
  }
  const form = new FormData();
  if (mapping !== null) form.append("mapping", mapping);
  for (const file of files) form.append("file", await openAsBlob(file), path.basename(file));
  const response = await door.ask(`${at}?${query}`, { method: "POST", body: form });
  return response.json();
}
