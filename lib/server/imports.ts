/** Articles from files, with the marks that they hold: all or nothing, in one transaction, in memory that does not grow with the files. */
import { performance } from "node:perf_hooks";
import type { Actor } from "../access/actor";
import { countLeft, fitToProject, type Left, leftInWords, type Mapping } from "../formats/mapping";
import type { PlacedFault, ReadItem } from "../formats/native";
import { type FormatName, formats } from "../formats/registry";
import { faultsOfIssues } from "../formats/wire-faults";
import { invalid, ok, type Result, refuse } from "../result";
import { addressOf } from "../versions/page";
import { projectFor } from "./access";
import { record, recordAll } from "./audit";
import { type Bulk, bulkTransaction, Slots, slotOf } from "./bulk";
import type { Marks } from "./cases-marks";
import { refreshCases } from "./cases-refresh";
import { isUniqueViolation, type Tx, transaction } from "./db";
import { type ImportNote, type ImportQuery, type ImportReport, mappingSchema } from "./imports.schema";
import type { Rules } from "./importsCheck";
import { type FarFault, FarLinks } from "./importsFar";
import { applyHeader } from "./importsHeader";
import { People } from "./importsPeople";
import { mayBeZip, readerOf } from "./importsRead";
import { type As, type Prepared, prepare } from "./importsReady";
import type { Target } from "./importsRows";
import { type Stored, storeArticles } from "./importsStore";
import { rulesOf, targetOf } from "./importsTarget";
import { type ImportFile, receive } from "./importsUpload";
import { versionEvent, versionInWords } from "./importsVersions";
import { forgetSchemes } from "./kept";
import { keepOriginal, type Origin } from "./originals";
import { addLabels } from "./schemes";

const HOURS = 60 * 60 * 1000;
/** Two at a time in a process: each holds a connection and keeps a processor busy. */
const slots = new Slots(2, 60_000);

const MOST_FAULTS = 200;
const MOST_NOTES = 200;

export type ImportOptions = Pick<
  ImportQuery,
  "format" | "onError" | "as" | "textColumn" | "offsetUnit" | "samePage"
> & {
  readonly mapping?: Mapping;
};

/** The door's: rights first, then the body onto disk, then the work. */
export async function importRequest(
  actor: Actor,
  projectId: string,
  query: ImportQuery,
  request: Request,
): Promise<Result<ImportReport>> {
  const may = await transaction((tx) => projectFor(tx, actor, projectId, "project.edit"));
  if (!may.ok) return may;
  const upload = await receive(request, query.name ?? null, mayBeZip(query.format));
  if (!upload.ok) return upload;
  try {
    const mapping = mappingOf(upload.value.mapping);
    if (!mapping.ok) return mapping;
    return await importFiles(actor, projectId, { ...query, mapping: mapping.value }, upload.value.files);
  } finally {
    await upload.value.discard().catch(() => undefined);
  }
}

/** Refuses: malformed (not JSON); invalid. Absent: nothing is said. */
export function mappingOf(source: string | null): Result<Mapping> {
  if (source === null) return ok({});
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    return refuse("malformed", "The field mapping is not JSON.", [
      { path: "mapping", code: "not-json", message: "This is not JSON." },
    ]);
  }
  const parsed = mappingSchema.safeParse(value);
  return parsed.success ? ok(parsed.data) : invalid(faultsOfIssues(parsed.error.issues, "mapping"));
}

/**
 * `actor` null: the start of the app. Refuses: not-found; forbidden; malformed (a format that does not exist); unsupported (one that is not
 * taken yet); invalid with the faults, each with file and line, when `onError` is "abort" and one was found: then nothing is stored.
 */
export async function importFiles(
  actor: Actor | null,
  projectId: string,
  options: ImportOptions,
  files: readonly ImportFile[],
): Promise<Result<ImportReport>> {
  const readers = await readersOf(options, files);
  if (!readers.ok) return readers;
  const slot = await slotOf(slots, "imports");
  if (!slot.ok) return slot;
  const work = () =>
    bulkTransaction((bulk) => new Import(bulk, actor, projectId, options).run(readers.value), 6 * HOURS);
  try {
    return await work().catch((error: unknown) => {
      // Somebody took an id meanwhile. The files can be read again.
      if (!isUniqueViolation(error)) throw error;
      return work();
    });
  } finally {
    slot.value();
    forgetSchemes(projectId);
  }
}

type Reading = {
  readonly format: FormatName;
  readonly file: string | null;
  readonly items: () => AsyncIterable<ReadItem>;
  /** Kept with the article, where the file holds one and no more. */
  readonly origin: Origin | null;
};

async function readersOf(
  { format, textColumn, offsetUnit }: ImportOptions,
  files: readonly ImportFile[],
): Promise<Result<readonly Reading[]>> {
  const readings: Reading[] = [];
  const settings = { ...(textColumn === undefined ? {} : { textColumn }), ...(offsetUnit ? { offsetUnit } : {}) };
  for (const file of files) {
    const reader = await readerOf(format, file, settings);
    if (!reader.ok) return reader;
    const { format: known, read } = reader.value;
    const { name, open } = file;
    const origin = formats[known].oneArticle ? { format: known, name, fetched: file.fetched ?? null, open } : null;
    readings.push({ format: known, file: name, items: () => read(open(), name), origin });
  }
  return ok(readings);
}

type ArticleItem = Extract<ReadItem, { kind: "article" }>;

/** What may wait in memory before it is written. */
const BATCH = { articles: 200, units: 2 * 1024 * 1024, marks: 2_500 } as const;

type Waiting = Prepared & { readonly origin: Origin | null };

class Import {
  private readonly tx: Tx;
  private target!: Target;
  private rules!: Rules;
  private people!: People;
  private readonly far: FarLinks;
  private readonly faults: PlacedFault[] = [];
  private faulty = 0;
  private readonly notes: ImportNote[] = [];
  private waiting: Waiting[] = [];
  private storing: Promise<void> = Promise.resolve();
  private units = 0;
  private marks = 0;
  private created = 0;
  private duplicate = 0;
  private versions = 0;
  private flushed = false;
  private spans = 0;
  private readonly suggestions = { created: 0, duplicate: 0 };
  /** Articles whose cases wait until the links between articles are settled. */
  private readonly later: string[] = [];
  /** What had no place in the project, by what it is. */
  private readonly left: Left = new Map();

  constructor(
    private readonly bulk: Bulk,
    private readonly actor: Actor | null,
    private readonly projectId: string,
    private readonly options: {
      readonly onError: "abort" | "skip";
      readonly as: As;
      readonly mapping?: Mapping | undefined;
      readonly samePage?: ImportQuery["samePage"];
    },
  ) {
    this.tx = bulk.tx;
    this.far = new FarLinks(projectId);
  }

  async run(readings: readonly Reading[]): Promise<Result<ImportReport>> {
    const { tx, actor, projectId } = this;
    if (actor) {
      const may = await projectFor(tx, actor, projectId, "project.edit");
      if (!may.ok) return may;
    }
    const { newLabels = [] } = this.options.mapping ?? {};
    if (actor && newLabels.length > 0) {
      const added = await addLabels(tx, actor, projectId, newLabels);
      if (!added.ok) return added;
    }
    await this.lookAround();
    try {
      await this.readAll(readings);
    } finally {
      await this.storing.catch(() => undefined); // nothing may still be written when the transaction ends
    }
    await this.storing;
    if (this.broken) return this.refusal();
    const far = await this.far.settle(tx, this.rules.scheme);
    this.fail(far.faults.map(placed), far.faults.length);
    if (this.broken) return this.refusal();
    if (far.kept > 0)
      this.note({
        notes: [`${far.kept} links end in spans that are not in the file; their targets were kept as words.`],
      });
    await refreshCases(this.bulk, this.later);
    // First of the notes: there may be more of them than are told.
    if (this.left.size > 0) this.notes.unshift({ notes: [...leftInWords(this.left)] });
    const report = this.report();
    const fetched = readings[0]?.origin?.fetched;
    if (this.created > 0 || this.faulty > 0 || this.suggestions.created > 0)
      await record(
        tx,
        actor,
        { projectId },
        {
          type: "articles.imported",
          format: [...new Set(readings.map((reading) => reading.format))].join(", "),
          as: this.options.as,
          created: this.created,
          duplicate: this.duplicate,
          ...(this.versions > 0 ? { versions: this.versions } : {}),
          spans: this.spans,
          ...(this.suggestions.created > 0 ? { suggestions: this.suggestions.created } : {}),
          rejected: this.faulty,
          ...(fetched ? { url: fetched.url } : {}),
        },
      );
    return ok(report);
  }

  private async readAll(readings: readonly Reading[]): Promise<void> {
    let breath = performance.now();
    for (const reading of readings) {
      let items = 0;
      for await (const item of reading.items()) {
        items++;
        await this.take(item, reading);
        // Other requests of this process wait while lines are read and checked.
        if (performance.now() - breath < 20) continue;
        await new Promise((done) => setImmediate(done));
        breath = performance.now();
      }
      if (items === 0)
        this.fail(
          [placed({ path: "", code: "empty", message: "The file is empty.", line: null, file: reading.file })],
          1,
        );
    }
    await this.flush();
  }

  private async lookAround(): Promise<void> {
    this.target = await targetOf(this.tx, this.projectId, this.actor);
    this.rules = await rulesOf(this.tx, this.projectId);
    this.people = await People.of(this.tx, this.projectId);
  }

  /** One fault, and nothing will be stored: what follows is only looked at for more faults. */
  private get broken(): boolean {
    return this.faulty > 0 && this.options.onError === "abort";
  }

  private async take(item: ReadItem, { format, origin }: Reading): Promise<void> {
    if (item.kind === "fault") return this.fail(item.faults, 1);
    if (item.kind === "project") {
      await this.flush();
      await this.storing;
      const applied = await applyHeader(this.tx, this.actor, this.projectId, item.project);
      if (!applied.ok)
        return this.fail(
          applied.errors.map((fault) => ({ ...fault, line: item.line })),
          1,
        );
      this.note({ line: item.line, notes: [applied.value] });
      return this.lookAround();
    }
    // Another tool's names are not the project's.
    const fitted = formats[format].foreign || this.options.mapping ? this.fit(item) : item;
    if ("faults" in fitted) return this.fail(fitted.faults, 1);
    const { url, notes } = addressOf(fitted.article.url, origin?.fetched?.url ?? null);
    const whole = { ...fitted, article: { ...fitted.article, url }, notes: [...fitted.notes, ...notes] };
    const prepared = prepare(whole, this.options.as, this.rules);
    if ("faults" in prepared) return this.fail(prepared.faults, 1);
    if (this.broken) return;
    // A file of one article is a page as it is now; the others are data sets, whose articles are stored as they come.
    // Suggestions are for a text, whatever else its page has said since.
    const byPage =
      this.options.as !== "suggestions" &&
      (this.options.samePage ?? (formats[format].oneArticle ? "version" : "apart")) === "version";
    // Locks for the first batch only: an import of any size must not hold one for each of its pages.
    const page = byPage ? ({ kind: "page", lock: !this.flushed } as const) : null;
    this.waiting.push({ ...prepared, origin, version: prepared.version ?? page });
    this.units += prepared.article.text.length;
    this.marks += marksIn(prepared);
    if (this.waiting.length >= BATCH.articles || this.units >= BATCH.units || this.marks >= BATCH.marks)
      await this.flush();
  }

  private fit(item: ArticleItem): ArticleItem | { readonly faults: readonly PlacedFault[] } {
    const { scheme } = this.rules;
    const fitted = fitToProject(item.article, scheme, this.options.mapping ?? {}, this.left);
    if (!("faults" in fitted)) return { ...item, article: fitted.article };
    return { faults: fitted.faults.map((fault) => placed({ ...fault, line: item.line, file: item.file })) };
  }

  /** The database writes a batch while the next one is read and checked; never two at once. */
  private async flush(): Promise<void> {
    const batch = this.waiting;
    this.flushed ||= batch.length > 0;
    this.waiting = [];
    this.units = 0;
    this.marks = 0;
    await this.storing;
    if (batch.length === 0 || this.broken) return;
    this.storing = this.store(batch);
    this.storing.catch(() => undefined); // thrown where it is awaited: at the next batch, or at the end
  }

  private async store(batch: readonly Waiting[]): Promise<void> {
    const attach = this.options.as === "suggestions";
    const { articles: stored, left } = await storeArticles(this.bulk, this.target, this.people, batch, attach);
    for (const [what, n] of left) countLeft(this.left, what, n);
    const due = new Map<string, Marks | null>();
    const settled: string[] = [];
    const closed: string[] = [];
    const events: Parameters<typeof recordAll>[2][number][] = [];
    for (const [i, one] of batch.entries()) {
      const to = stored[i];
      if (!to) continue;
      this.count(one, to);
      if (to.fault) this.fail([placed({ ...to.fault, line: one.line, file: one.file })], 1);
      if (to.duplicate) continue;
      if (one.origin) await keepOriginal(this.bulk, this.projectId, to.id, one.origin);
      if (to.version) events.push({ stream: { projectId: this.projectId }, event: versionEvent(to.id, to.version) });
      if (one.closedEarly) closed.push(to.id);
      // Gold that came without the reviews behind it has been settled elsewhere.
      if (one.article.gold && one.article.reviews.length === 0) settled.push(to.id);
      else if (to.judged && to.far.length > 0) this.later.push(to.id);
      else if (to.judged) due.set(to.id, to.marks);
      await this.far.add(
        this.tx,
        to.far.map((link) => ({ ...link, line: one.line, file: one.file })),
      );
    }
    if (closed.length > 0)
      await this.tx.$executeRaw`UPDATE "Article" SET "closedEarly" = true WHERE "id" = ANY (${closed}::uuid[])`;
    if (settled.length > 0)
      await this.tx
        .$executeRaw`UPDATE "Article" SET "state" = 'SETTLED', "settledAt" = now() WHERE "id" = ANY (${settled}::uuid[])`;
    await recordAll(this.bulk, this.actor, events);
    await refreshCases(this.bulk, [...due.keys()], due);
  }

  private count(one: Prepared, to: Stored): void {
    if (to.duplicate) this.duplicate++;
    else this.created++;
    this.spans += to.spans;
    this.suggestions.created += to.suggestions.created;
    this.suggestions.duplicate += to.suggestions.duplicate;
    if (to.version) this.versions++;
    const notes = [...(to.version ? [versionInWords(to.version)] : []), ...to.notes, ...one.notes];
    if (to.duplicate || notes.length > 0)
      this.note({
        articleId: to.id,
        title: to.title,
        ...(to.duplicate ? { duplicate: true } : {}),
        ...(to.version ? { version: to.version } : {}),
        ...(one.file === null ? {} : { file: one.file }),
        ...(one.line === null ? {} : { line: one.line }),
        notes: to.duplicate ? [] : notes,
      });
  }

  private note(note: ImportNote): void {
    if (this.notes.length < MOST_NOTES) this.notes.push(note);
  }

  /** `of`: how many lines or files they are faults of. */
  private fail(faults: readonly PlacedFault[], of: number): void {
    this.faulty += of;
    this.faults.push(...faults.slice(0, MOST_FAULTS - this.faults.length));
  }

  private report(): ImportReport {
    return {
      articles: { created: this.created, duplicate: this.duplicate, version: this.versions },
      spans: { created: this.spans },
      suggestions: { ...this.suggestions },
      errors: this.faults.map((fault) => ({ ...fault })),
      errorsLeftOut: Math.max(0, this.faulty - this.faults.length),
      notes: this.notes,
    };
  }

  private refusal(): Result<never> {
    const lines = `${this.faulty} ${this.faulty === 1 ? "line or file is" : "lines or files are"} wrong`;
    const large = this.faulty === 1 && this.faults.some((fault) => fault.code === "too-large");
    const message = `Nothing was imported: ${lines}.`;
    return large ? refuse("too-large", message, this.faults) : invalid(this.faults, message);
  }
}

const placed = ({ line, file, ...fault }: FarFault): PlacedFault => ({
  ...fault,
  ...(line === null ? {} : { line }),
  ...(file === null ? {} : { file }),
});

const marksIn = ({ article: { reviews, gold, suggestions = [] } }: Prepared): number =>
  suggestions.reduce((sum, set) => sum + set.spans.length, 0) +
  reviews.reduce((sum, review) => sum + review.spans.length + review.links.length, 0) +
  (gold?.spans.length ?? 0) +
  (gold?.decisions.length ?? 0);
