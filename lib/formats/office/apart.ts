/**
 * Documents that need much work, each read in a thread of its own: under a limit of time and of memory, one after the other, so that a
 * document which means harm ends with a named answer and nobody else's request waits for it. Pages and the API are bundled apart, so what
 * they share is kept on the global object.
 */
import path from "node:path";
import { Worker } from "node:worker_threads";
import { BadFile, guarded } from "../foreign";
import type { ReadItem } from "../native";
import { peeked } from "../peek";
import { type Bytes, collect } from "../utf8";
import type { Begun, Task, Told } from "./worker";

/** Bytes; an original of this size is kept too (lib/server/originals.ts). */
export const LARGEST_DOCUMENT = 32 * 1024 * 1024;
const MIB = 1024 * 1024;

export type Limits = {
  readonly ms: number;
  /** Of what the thread's program keeps. */
  readonly heapMib: number;
  /** By which the whole process may grow meanwhile: buffers are outside of the heap. */
  readonly growthMib: number;
};
const LIMITS: Limits = { ms: 30_000, heapMib: 512, growthMib: 512 };
const WATCH_MS = 50;
const IDLE_MS = 60_000;

type Shared = { worker: Worker | null; turn: Promise<unknown>; idle: NodeJS.Timeout | undefined };
const global = globalThis as typeof globalThis & { glossDocuments?: Shared };
const shared = (): Shared => {
  global.glossDocuments ??= { worker: null, turn: Promise.resolve(), idle: undefined };
  return global.glossDocuments;
};

export const readApart = (kind: Task["kind"]) => (stream: Bytes, name: string | null) =>
  guarded(name, itemsOf(kind, stream, name));

type Reader = (stream: Bytes, name: string | null) => AsyncIterable<ReadItem>;

/** A reader of ordinary pages and texts, at once while they are small; a large one may take seconds and is read apart. */
export const readApartIfLarge = (kind: Task["kind"], read: Reader, small: number): Reader =>
  async function* (stream, name) {
    const { head, rest } = await peeked(stream, small);
    yield* head.length < small ? read(rest, name) : readApart(kind)(rest, name);
  };

async function* itemsOf(kind: Task["kind"], stream: Bytes, name: string | null): AsyncGenerator<ReadItem> {
  const bytes = await collect(stream, LARGEST_DOCUMENT);
  if (bytes === null) throw new BadFile("too-large", `This document is larger than ${LARGEST_DOCUMENT / MIB} MiB.`);
  const told = await inTurn(() => askWorker({ kind, bytes, name }, LIMITS));
  if ("code" in told) throw new BadFile(told.code, told.message);
  yield { kind: "article", line: null, file: name, article: told.article, notes: told.notes };
}

/** One at a time: two would be two times the memory. */
export function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const all = shared();
  const mine = all.turn.then(work);
  all.turn = mine.catch(() => undefined);
  return mine;
}

/** The thread is TypeScript of the repository, which the app is served from; tsx lets it read that. */
function start({ heapMib }: Limits): Worker {
  const file = path.join(process.cwd(), "lib", "formats", "office", "worker.ts");
  const code = `import("tsx/esm/api").then(({ register }) => { register(); return import(${JSON.stringify(`file://${file}`)}); })`;
  return new Worker(code, { eval: true, resourceLimits: { maxOldGenerationSizeMb: heapMib } });
}

/** A thread that did well is asked again; one that did not is ended with all that it holds. */
export async function askWorker(task: Task, limits: Limits): Promise<Told> {
  const all = shared();
  clearTimeout(all.idle);
  const worker = all.worker ?? start(limits);
  all.worker = worker;
  worker.ref();
  const told = await answerOf(worker, task, limits);
  if ("code" in told && told.code.startsWith("too-")) {
    all.worker = null;
    await worker.terminate();
    return told;
  }
  worker.unref();
  all.idle = setTimeout(() => {
    all.worker = null;
    void worker.terminate();
  }, IDLE_MS).unref();
  return told;
}

function answerOf(worker: Worker, task: Task, { ms, growthMib }: Limits): Promise<Told> {
  let before = process.memoryUsage.rss();
  return new Promise((done, fail) => {
    const end = (told: Told) => {
      clearTimeout(late);
      clearInterval(watch);
      for (const event of ["message", "error"]) worker.removeAllListeners(event);
      // What the thread says when it is ended interests nobody any more.
      worker.on("error", () => undefined);
      done(told);
    };
    const late = setTimeout(
      () => end({ code: "too-slow", message: `This document could not be read within ${ms / 1000} seconds.` }),
      ms,
    );
    const tooMuch = () =>
      end({ code: "too-large", message: "Reading this document needs more memory than one may take." });
    const watch = setInterval(() => {
      if (process.memoryUsage.rss() - before > growthMib * MIB) tooMuch();
    }, WATCH_MS);
    worker.on("message", (said: Begun | Told) => {
      if (said !== "begun") return end(said);
      late.refresh();
      before = process.memoryUsage.rss();
    });
    worker.on("error", (error) => {
      if (Reflect.get(error, "code") === "ERR_WORKER_OUT_OF_MEMORY") tooMuch();
      else fail(error);
    });
    worker.postMessage(task);
  });
}
