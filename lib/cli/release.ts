/** `release`: cuts a release of a project and waits until it is there; with OUT its files come along, each checked against its SHA-256. */
import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { z } from "zod";
import { COMMAND } from "../access/actor";
import { GROUPS, LAYERS, PEOPLE, releaseSettingsSchema } from "../releases/settings";
import { selectionOf } from "../server/exports.schema";
import { runWaitingJobs } from "../server/jobsRunner";
import { openDatabase } from "../server/open";
import { createRelease, getRelease } from "../server/releases";
import { releaseDetail } from "../server/releases.schema";
import { readFileBytes } from "../server/releasesFiles";
import { projectIdOf } from "./accounts";
import { argumentsOf, needed, oneOf } from "./arguments";
import { pathOf, printJson, Refused, refusedBy, say, UsageError, writeTo } from "./io";
import { SELECTION_OPTIONS, selectionIn } from "./selection";
import { DOOR_OPTIONS, type Door, doorOf } from "./server-door";

const OPTIONS = {
  project: { type: "string" },
  format: { type: "string", multiple: true },
  layer: { type: "string", default: "all" },
  splits: { type: "string" },
  seed: { type: "string", default: "1" },
  "group-by": { type: "string", default: "story" },
  reviewers: { type: "string", default: "pseudonyms" },
  "stand-off": { type: "boolean", default: false },
  "settled-only": { type: "boolean", default: false },
  note: { type: "string", default: "" },
  ...SELECTION_OPTIONS,
  ...DOOR_OPTIONS,
} as const;

/** What this command needs to know of a release. */
const known = releaseDetail.pick({ number: true, state: true, manifestSha256: true, files: true, progress: true });
type Known = z.infer<typeof known>;

/** Where releases are made: a running server, or the data dir's database. */
type Maker = {
  readonly ask: () => Promise<Known>;
  readonly look: (number: number) => Promise<Known>;
  readonly bytes: (number: number, file: Known["files"][number]) => AsyncIterable<Uint8Array>;
  readonly close: () => Promise<void>;
};

export async function run(argv: readonly string[]): Promise<number> {
  const { values, positionals } = argumentsOf(argv, OPTIONS, [0, 1]);
  const project = needed("--project", values.project);
  const filter = selectionOf(selectionIn(values));
  if (!filter.success) throw new UsageError(filter.error.issues[0]?.message ?? "The conditions are not right.");
  const settings = releaseSettingsSchema.safeParse({
    filter: filter.data,
    formats: values["stand-off"] ? [] : (values.format ?? ["jsonl"]),
    layer: oneOf("--layer", values.layer, LAYERS),
    splits: values.splits === undefined ? null : sharesOf(values.splits),
    seed: Number(values.seed),
    groupBy: oneOf("--group-by", values["group-by"], GROUPS),
    reviewers: oneOf("--reviewers", values.reviewers, PEOPLE),
    text: !values["stand-off"],
    settledOnly: values["settled-only"],
    note: values.note,
  });
  if (!settings.success) throw new UsageError(settings.error.issues[0]?.message ?? "The settings are not right.");
  const door = doorOf(values);
  const maker = door ? overHttp(door, project, settings.data) : await direct(project, settings.data);
  try {
    const release = await awaited(maker, await maker.ask());
    const out = positionals[0];
    if (out !== undefined) await fetchAll(maker, release, pathOf(out));
    const { number, manifestSha256, files } = release;
    await printJson({ number, manifestSha256, files: files.map(({ name, size, sha256 }) => ({ name, size, sha256 })) });
  } finally {
    await maker.close();
  }
  return 0;
}

/** "train=0.8,dev=0.1,test=0.1" */
function sharesOf(written: string): Record<string, number> {
  const parts = written.split(",").map((part) => /^([a-z][a-z0-9_-]*)=(\d+(?:\.\d+)?)$/.exec(part.trim()));
  if (parts.includes(null)) throw new UsageError("--splits is written train=0.8,dev=0.1,test=0.1.");
  return Object.fromEntries(parts.map((part) => [part?.[1] ?? "", Number(part?.[2])]));
}

async function awaited(maker: Maker, asked: Known): Promise<Known> {
  let release = asked;
  let said = "";
  while (release.state === "waiting" || release.state === "making") {
    const { step = "", done = 0, total = 0 } = release.progress ?? {};
    if (step !== said && step !== "") say(`${step} (${done} of ${total})`);
    said = step;
    await new Promise((done) => setTimeout(done, 500));
    release = await maker.look(release.number);
  }
  if (release.state !== "ready")
    throw new Refused(`Release ${release.number} is ${release.state}. ${release.progress?.fault ?? ""}`.trim());
  say(`Release ${release.number} is ready.`);
  return release;
}

async function fetchAll(maker: Maker, release: Known, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const file of release.files) {
    const hash = createHash("sha256");
    const hashed = async function* () {
      for await (const bytes of maker.bytes(release.number, file)) {
        hash.update(bytes);
        yield bytes;
      }
      if (hash.digest("hex") !== file.sha256) throw new Refused(`${file.name} did not come as it was made. Try again.`);
    };
    await writeTo(path.join(folder, file.name), hashed());
  }
  say(`${release.files.length} files in ${folder}.`);
}

function overHttp(door: Door, project: string, settings: object): Maker {
  const place = `/projects/${encodeURIComponent(project)}/releases`;
  const read = async (response: Response) => known.parse(await response.json());
  return {
    ask: async () =>
      read(
        await door.ask(place, {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify(settings),
        }),
      ),
    look: async (number) => read(await door.ask(`${place}/${number}`)),
    async *bytes(number, { name }) {
      const { body } = await door.ask(`${place}/${number}/files/${encodeURIComponent(name)}`);
      if (body) for await (const bytes of body) yield bytes;
    },
    close: async () => undefined,
  };
}

async function direct(project: string, settings: z.infer<typeof releaseSettingsSchema>): Promise<Maker> {
  const database = await openDatabase();
  const projectId = await projectIdOf(project).catch(async (error: unknown) => {
    await database.close();
    throw error;
  });
  const look = async (number: number) => {
    const found = await getRelease(COMMAND, projectId, String(number));
    if (!found.ok) throw refusedBy(found);
    return known.parse(found.value);
  };
  return {
    async ask() {
      const made = await createRelease(COMMAND, projectId, settings);
      if (!made.ok) throw refusedBy(made);
      // A server on the same data dir may have taken it up already; then it is waited for.
      await runWaitingJobs();
      return look(made.value.value.number);
    },
    look,
    bytes: (number, { name, size }) => readFileBytes({ projectId, number }, name, 0, size),
    close: () => database.close(),
  };
}
