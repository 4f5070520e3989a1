/** The job that makes a release: gathers, splits, writes each file, describes all of it, and freezes it. */
import { createHmac } from "node:crypto";
import type { Prisma } from "../../generated/prisma/client";
import type { NativeArticle } from "../formats/native";
import { headerLine as projectLine } from "../formats/native-write";
import { formats, isFormat, write } from "../formats/registry";
import { type Card, dataCard } from "../releases/card";
import { citation } from "../releases/citation";
import { type CroissantFile, croissant } from "../releases/croissant";
import { type ChangeCounts, changesBetween, countChange, noChanges } from "../releases/diff";
import type { Figures } from "../releases/figures";
import { type IndexLine, indexLine } from "../releases/index-line";
import { pseudonymsBy, renamePeople } from "../releases/pseudonyms";
import { type ReleaseSettings, releaseSettingsSchema, splitNames } from "../releases/settings";
import { splitArticles } from "../releases/splits";
import { choicesOf, standOffHeader, standOffLine } from "../releases/standoff";
import { ok } from "../result";
import { record } from "./audit";
import { pool, transaction } from "./db";
import { writerOf } from "./exportsWrite";
import { beat, finish, type Job } from "./jobs";
import { clearFiles, listFiles, type Place, readJsonLines, type StoredFile, storeFile } from "./releasesFiles";
import { type Gathered, gather } from "./releasesGather";
import { pseudonymKey } from "./releasesPeople";
import { openSpool, type Spool } from "./releasesSpool";
import { baseUrl } from "./secret";

export const INDEX = "index.jsonl";
export const README = "README.md";

/** Milliseconds between two words about progress. */
const SAY = 500;

type Making = {
  readonly job: Job;
  readonly place: Place;
  readonly settings: ReleaseSettings;
  readonly madeAt: string;
  readonly url: string;
  readonly files: (StoredFile & Pick<CroissantFile, "data">)[];
  readonly progress: (step: string, done: number, total: number) => Promise<void>;
};

/** Throws JobStopped when it was cancelled; whatever else it throws, the job is tried again. */
export async function makeRelease(job: Job): Promise<void> {
  const making = await begin(job);
  const { place, settings, progress } = making;
  await beat(job);
  await transaction(async (tx) => ok(await clearFiles(tx, place))); // an earlier start may have left some
  const key = await pseudonymKey(place.projectId);
  const spool = await openSpool(job);
  try {
    const gathered = await gather(place.projectId, settings, pseudonymsBy(key), spool, progress);
    const split = settings.splits && splitArticles(gathered.articles, settings.splits, settings.seed);
    const splitOf = (article: NativeArticle) => (split ? (split.get(article.id ?? "") ?? null) : article.split);
    const salt = createHmac("sha256", key).update(`salt ${place.number}`).digest("hex").slice(0, 32);
    await writeData(making, gathered, spool, splitOf, salt);
    await writeIndex(making, gathered, spool, splitOf);
    const previous = await writeChanges(making);
    const figures = gathered.counting.figures({
      splits: splitFigures(gathered, settings, split),
      agreement: gathered.agreement,
      previous,
    });
    const manifestSha256 = await describe(making, gathered, figures);
    await freeze(making, gathered, figures, manifestSha256);
  } finally {
    await spool.remove();
  }
}

async function begin(job: Job): Promise<Making> {
  const { rows } = await pool().query<{ number: number; settings: unknown; createdAt: Date }>(
    `SELECT "number", "settings", "createdAt" FROM "Release" WHERE "projectId" = $1 AND "jobId" = $2`,
    [job.projectId, job.id],
  );
  const [row] = rows;
  if (!row) throw new Error("the release went away");
  let said = 0;
  return {
    job,
    place: { projectId: job.projectId, number: row.number },
    settings: releaseSettingsSchema.parse(row.settings),
    madeAt: row.createdAt.toISOString(),
    url: `${baseUrl()}/api/v1/projects/${job.projectId}/releases/${row.number}`,
    files: [],
    async progress(step, done, total) {
      const now = performance.now();
      if (now - said < SAY) return;
      said = now;
      await beat(job, { step, done, total });
    },
  };
}

type SplitOf = (article: NativeArticle) => string | null;

async function store(
  making: Making,
  file: Pick<StoredFile, "name" | "mediaType" | "about">,
  texts: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
  data: CroissantFile["data"] = null,
): Promise<StoredFile> {
  const stored = await storeFile(making.job, making.place, { ...file, position: making.files.length }, texts);
  making.files.push({ ...stored, data });
  return stored;
}

/** A file a split and format. */
async function writeData(
  making: Making,
  { project, scheme, articles, shown }: Gathered,
  spool: Spool,
  splitOf: SplitOf,
  salt: string,
): Promise<void> {
  const { settings } = making;
  const names = settings.splits ? splitNames(settings.splits) : [null];
  const asked = settings.text ? settings.formats : ["standoff"];
  const total = articles.length * names.length * asked.length;
  const pseudonyms = new Set(shown.keys());
  const named = (article: NativeArticle) =>
    settings.reviewers === "pseudonyms" ? article : renamePeople(article, (one) => shown.get(one) ?? one, pseudonyms);
  let done = 0;
  for (const format of asked)
    for (const split of names) {
      const title = split ?? "data";
      const chosen = async function* () {
        for await (const article of spool.articles()) {
          await making.progress(`Writing ${title} as ${as}`, done++, total);
          const own = splitOf(article);
          if (split === null || own === split) yield { ...named(article), split: own };
        }
      };
      const as = isFormat(format) ? formats[format].name : "lines without texts";
      const about = split === null ? `All of it as ${as}` : `The split ${split} as ${as}`;
      const data = { format, split };
      if (!settings.text) {
        const lines = standOffLines(chosen(), standOffHeader(project, salt), { salt, choices: choicesOf(scheme) });
        await store(making, { name: `${title}.standoff.jsonl`, mediaType: NDJSON, about }, lines, data);
        continue;
      }
      const writer = writerOf(format);
      if (!writer.ok) throw new Error(writer.message);
      const { extension, contentType } = writer.value;
      const name = extension === format ? `${title}.${extension}` : `${title}.${format}.${extension}`;
      const texts = write(writer.value.format, chosen(), project);
      await store(making, { name, mediaType: contentType.split(";")[0] ?? contentType, about }, texts, data);
    }
}

const NDJSON = "application/x-ndjson";

async function* standOffLines(
  articles: AsyncIterable<NativeArticle>,
  header: object,
  settings: Parameters<typeof standOffLine>[1],
): AsyncGenerator<string> {
  yield `${JSON.stringify(header)}\n`;
  for await (const article of articles) yield `${JSON.stringify(standOffLine(article, settings))}\n`;
}

/** Reviewers by pseudonym whatever the release names them by, so that any two releases can be compared. */
async function writeIndex(making: Making, { articles }: Gathered, spool: Spool, splitOf: SplitOf): Promise<void> {
  const lines = async function* () {
    let n = 0;
    for await (const article of spool.articles()) {
      await making.progress("Writing the index", n, articles.length);
      yield `${JSON.stringify(indexLine({ ...article, split: splitOf(article) }, articles[n++]?.position ?? "0"))}\n`;
    }
  };
  const about = "What stands where, without text: releases are compared by it";
  await store(making, { name: INDEX, mediaType: NDJSON, about }, lines());
}

/** Against the newest release before this one that is there. */
async function writeChanges(making: Making): Promise<Figures["previous"]> {
  const { projectId, number } = making.place;
  const { rows } = await pool().query<{ number: number }>(
    `SELECT "number" FROM "Release" WHERE "projectId" = $1 AND "number" < $2 AND "state" = 'READY' ORDER BY "number" DESC LIMIT 1`,
    [projectId, number],
  );
  const [before] = rows;
  if (!before) return null;
  const then = await indexOf({ projectId, number: before.number });
  const now = making.files.find(({ name }) => name === INDEX);
  if (!then || !now) return null;
  let changes: ChangeCounts = noChanges();
  const lines = async function* () {
    for await (const change of changesBetween(then, readJsonLines<IndexLine>(making.place, now))) {
      await making.progress(`Comparing with release ${before.number}`, 0, 0);
      changes = countChange(changes, change);
      yield `${JSON.stringify(change)}\n`;
    }
  };
  const about = `What changed since release ${before.number}, an article a line`;
  await store(making, { name: "changes.jsonl", mediaType: NDJSON, about }, lines());
  return { number: before.number, changes };
}

/** null: the release has none. */
export async function indexOf(place: Place): Promise<AsyncGenerator<IndexLine> | null> {
  const file = (await listFiles(place)).find(({ name }) => name === INDEX);
  return file ? readJsonLines<IndexLine>(place, file) : null;
}

function splitFigures(
  { articles }: Gathered,
  { splits }: ReleaseSettings,
  of: ReadonlyMap<string, string> | null,
): Figures["splits"] {
  return Object.fromEntries(
    splitNames(splits ?? {}).map((name) => {
      const own = articles.filter(({ id }) => of?.get(id) === name);
      const groups = new Set(own.map(({ group }) => group)).size;
      return [name, { articles: own.length, groups, spans: own.reduce((all, { spans }) => all + spans, 0) }];
    }),
  );
}

/** The files about the files; answers the manifest's hash, which stands for all of it. */
async function describe(making: Making, gathered: Gathered, figures: Figures): Promise<string> {
  const { place, settings, madeAt, url, files } = making;
  const { project, scheme, storiesKnown, licences } = gathered;
  const text = (name: string, mediaType: string, about: string, words: string) =>
    store(making, { name, mediaType, about }, [words]);
  const json = (value: unknown) => `${JSON.stringify(value, null, 1)}\n`;
  await text(
    "guideline.md",
    "text/markdown",
    "The guideline that reviewers worked by",
    project.guideline?.markdown ?? "",
  );
  await text(
    "scheme.json",
    "application/json",
    "Labels, attributes and links, with every version",
    json(projectLine(project)),
  );
  const later = [README, "CITATION.cff", "croissant.json", "manifest.json", "SHA256SUMS"] as const;
  const about: Readonly<Record<(typeof later)[number], string>> = {
    [README]: "This card",
    "CITATION.cff": "How to cite it",
    "croissant.json": "Croissant 1.0 metadata, for tools that find and load datasets",
    "manifest.json": "Every file with its size and SHA-256, and what was asked for",
    SHA256SUMS: "For sha256sum -c",
  };
  const card: Card = {
    ...{ project, number: place.number, madeAt, settings, figures, storiesKnown },
    files: [...files, ...later.map((name) => ({ name, about: about[name] }))],
    labels: new Map(scheme.labels.map(({ key, name, description }) => [key, { name, description }])),
  };
  const common = { number: place.number, madeAt, url, licences };
  await text(README, "text/markdown", about[README], dataCard(card));
  await text("CITATION.cff", "application/yaml", about["CITATION.cff"], citation({ ...common, project: project.name }));
  const described = croissant({ ...common, project, settings, files });
  await text("croissant.json", "application/ld+json", about["croissant.json"], json(described));
  const manifest = {
    gloss_release: 1,
    project: { id: place.projectId, name: project.name },
    number: place.number,
    made_at: madeAt,
    settings,
    figures,
    files: files.map(({ name, size, sha256, mediaType }) => ({ name, size, sha256, media_type: mediaType })),
  };
  const { sha256 } = await text("manifest.json", "application/json", about["manifest.json"], json(manifest));
  const sums = files.map((file) => `${file.sha256}  ${file.name}\n`).join("");
  await text("SHA256SUMS", "text/plain", about.SHA256SUMS, sums);
  return sha256;
}

async function freeze(making: Making, gathered: Gathered, figures: Figures, manifestSha256: string): Promise<void> {
  const { job, place } = making;
  await transaction(async (tx) => {
    await finish(tx, job);
    await tx.release.update({
      where: { projectId_number: place },
      data: {
        state: "READY",
        readyAt: new Date(),
        manifestSha256,
        figures: JSON.parse(JSON.stringify(figures)) as Prisma.InputJsonObject,
        unsettled: [...gathered.unsettled],
      },
    });
    const { projectId, number } = place;
    await record(tx, null, { projectId }, { type: "release.made", number, manifestSha256, articles: figures.articles });
    return ok(null);
  });
}
