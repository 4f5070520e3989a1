/** An article from its address on the web: fetched once, by the one way out (outbound.ts), and from there as an uploaded file of one article. */
import type { z } from "zod";
import type { Actor } from "../access/actor";
import { type FormatName, formats } from "../formats/registry";
import { invalid, type Refusal, type Result, refuse } from "../result";
import { projectFor } from "./access";
import { Slots, slotOf } from "./bulk";
import { transaction } from "./db";
import { importFiles } from "./imports";
import type { ImportReport, importUrlSchema } from "./imports.schema";
import { tidyName } from "./importsUpload";
import { type OutboundHead, outbound } from "./outbound";
import { addressesOf, isOn } from "./switches";

const LIMITS = { bytes: 32 * 1024 * 1024, totalMs: 30_000, idleMs: 10_000, redirects: 5 };
const ACCEPT = "text/html, application/xhtml+xml, application/pdf, text/plain;q=0.8, */*;q=0.1";

/** Each holds its answer in memory. */
const slots = new Slots(3, 30_000);

const TYPES: Readonly<Record<string, FormatName>> = {
  "text/html": "html",
  "application/xhtml+xml": "html",
  "text/plain": "text",
  [formats.docx.mediaType]: "docx",
  [formats.pdf.mediaType]: "pdf",
};

const typeOf = (head: OutboundHead): string =>
  (head.headers["content-type"] ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";

/** Gloss makes requests of its own only where whoever runs it has said so: GLOSS_IMPORT_URL. */
export const importsByUrl = (): boolean => isOn("GLOSS_IMPORT_URL");

/** Refuses: not-found; forbidden (also when it is switched off); invalid (the faults of outbound.ts, bad-status, and the file's); unsupported; too-large. */
export async function importUrl(
  actor: Actor,
  projectId: string,
  { url }: z.infer<typeof importUrlSchema>,
): Promise<Result<ImportReport>> {
  const may = await transaction((tx) => projectFor(tx, actor, projectId, "project.edit"));
  if (!may.ok) return may;
  if (!importsByUrl())
    return refuse(
      "forbidden",
      "Importing from an address is switched off here (GLOSS_IMPORT_URL). Save the page and send it as a file.",
    );
  const slot = await slotOf(slots, "fetches");
  if (!slot.ok) return slot;
  try {
    const headers = { Accept: ACCEPT };
    const allow = addressesOf("GLOSS_IMPORT_URL_ALLOW");
    const got = await outbound({ url, headers, limits: LIMITS, allow, look: refusedHead });
    if (!got.ok) return got;
    const { body } = got.value;
    const file = {
      name: nameOf(got.value.url),
      fetched: { url: got.value.url, at: new Date() },
      open: async function* () {
        yield body;
      },
    };
    const options = { format: TYPES[typeOf(got.value)], onError: "abort", as: "reviews" } as const;
    return await importFiles(actor, projectId, options, [file]);
  } finally {
    slot.value();
  }
}

function refusedHead(head: OutboundHead): Refusal | null {
  if (head.status !== 200) {
    const message = `The server answered ${head.status} instead of the article.`;
    return invalid([{ path: "url", code: "bad-status", message, actual: head.status }], message);
  }
  const type = typeOf(head);
  if (Object.hasOwn(TYPES, type)) return null;
  const message = "At this address is no web page, text, Word document or PDF.";
  return refuse("unsupported", message, [{ path: "url", code: "unsupported", message, actual: type.slice(0, 100) }]);
}

/** The last part of the path, as a file's name. */
function nameOf(url: string): string | null {
  const last = new URL(url).pathname.split("/").findLast((part) => part !== "") ?? "";
  try {
    return tidyName(decodeURIComponent(last));
  } catch {
    return tidyName(last);
  }
}
