/** Reads one document at a time, in a thread of its own. Started by apart.ts. */
import { parentPort } from "node:worker_threads";
import { BadFile } from "../foreign";
import type { ReadItem } from "../native";
import { bytesOfBuffer } from "../utf8";
import type { Read } from "./docx";

export type Task = {
  readonly kind: "docx" | "pdf" | "html" | "text";
  readonly bytes: Uint8Array;
  readonly name: string | null;
};
/** Said when the libraries are there: what it costs to load them is not the document's. */
export type Begun = "begun";
export type Told = Read | { readonly code: string; readonly message: string };

async function read({ kind, bytes, name }: Task): Promise<Told> {
  try {
    // Either brings a large library, of which the other has no need.
    const work = await READERS[kind]();
    parentPort?.postMessage("begun" satisfies Begun);
    return await work(bytes, name);
  } catch (error) {
    if (error instanceof BadFile) return { code: error.code, message: error.message };
    if (error instanceof RangeError)
      return { code: "too-large", message: "This document is nested more deeply than can be read." };
    return { code: `not-${kind}`, message: "This document is damaged and cannot be read." };
  }
}

type Work = (bytes: Uint8Array, name: string | null) => Promise<Told>;

/** Each brings libraries that the others do not need. */
const READERS: Readonly<Record<Task["kind"], () => Promise<Work>>> = {
  docx: async () => (await import("./docx")).readDocument,
  pdf: async () => (await import("./pdf")).readPdf,
  text: async () => {
    const { readText } = await import("../text");
    return (bytes, name) => toldBy(readText(bytesOfBuffer(bytes), name));
  },
  html: async () => {
    const { readHtml } = await import("../html");
    return (bytes, name) => toldBy(readHtml(bytesOfBuffer(bytes), name));
  },
};

async function toldBy(items: AsyncIterable<ReadItem>): Promise<Told> {
  for await (const item of items) {
    if (item.kind === "article") return { article: item.article, notes: item.notes };
    const [fault] = item.kind === "fault" ? item.faults : [];
    if (fault) throw new BadFile(fault.code, fault.message);
  }
  throw new BadFile("empty", "There is nothing in this document.");
}

parentPort?.on("message", (task: Task) => {
  void read(task).then((told) => parentPort?.postMessage(told));
});
