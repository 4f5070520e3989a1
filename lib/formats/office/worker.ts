/** Reads one document at a time, in a thread of its own. Started by apart.ts. */
import { parentPort } from "node:worker_threads";
import { BadFile } from "../foreign";
import type { Read } from "./docx";

export type Task = { readonly kind: "docx" | "pdf"; readonly bytes: Uint8Array };
export type Told = Read | { readonly code: string; readonly message: string };

async function read({ kind, bytes }: Task): Promise<Told> {
  try {
    // Either brings a large library, of which the other has no need.
    return kind === "docx"
      ? await (await import("./docx")).readDocument(bytes)
      : await (await import("./pdf")).readPdf(bytes);
  } catch (error) {
    if (error instanceof BadFile) return { code: error.code, message: error.message };
    if (error instanceof RangeError)
      return { code: "too-large", message: "This document is nested more deeply than can be read." };
    return { code: kind === "pdf" ? "not-pdf" : "not-docx", message: "This document is damaged and cannot be read." };
  }
}

parentPort?.on("message", (task: Task) => {
  void read(task).then((told) => parentPort?.postMessage(told));
});
