/** A PDF's text layer as one article, by pdf.js: nothing is drawn, run or fetched. Runs in a thread of its own (apart.ts). */
import path from "node:path";
import { getDocument, type PDFDocumentProxy, Util } from "pdfjs-dist/legacy/build/pdf.mjs";
import { articleOfBlocks } from "../blocks";
import { BadFile } from "../foreign";
import { NO_METADATA } from "../native";
import type { Read } from "./docx";
import { blocksOfPages } from "./pdf-blocks";
import { type Fragment, linesOf, type PdfPage } from "./pdf-lines";

const MOST_PAGES = 1_000;
const MOST_FRAGMENTS = 2_000_000;
/** The end mark may be followed by as much as some writers leave there. */
const TAIL = 2_048;

/** What the package brings for scripts whose letters have no Unicode in the file itself. */
const CMAPS = path.join(process.cwd(), "node_modules", "pdfjs-dist", "cmaps/");

/** Throws BadFile. */
export async function readPdf(bytes: Uint8Array): Promise<Read> {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (!whole.subarray(0, 1_024).includes("%PDF-")) throw new BadFile("not-pdf", "This is no PDF.");
  if (!whole.subarray(-TAIL).includes("%%EOF"))
    throw new BadFile("cut-off", "This PDF is cut off: its end is missing.");
  const document = await opened(bytes);
  try {
    return articleOf(await pagesOf(document));
  } finally {
    await document.loadingTask.destroy();
  }
}

function articleOf(pages: readonly PdfPage[]): Read {
  const empty = pages.filter((page) => page.letters === 0).length;
  if (empty === pages.length)
    throw new BadFile(
      "no-text",
      "This PDF holds pictures of its pages and no text. Have its text recognised (OCR) first.",
    );
  if (pages.reduce((sum, page) => sum + page.unknown, 0) * 5 > pages.reduce((sum, page) => sum + page.letters, 0))
    throw new BadFile(
      "no-text",
      "This PDF does not say which letters its signs stand for. Have its text recognised (OCR) first.",
    );
  const { blocks, notes } = blocksOfPages(pages);
  const title = blocks.find(({ role }) => role === "headline")?.text ?? null;
  const pictures = empty > 0 ? [`${empty} of ${pages.length} pages hold no text, only pictures.`] : [];
  return { article: articleOfBlocks(blocks, title, NO_METADATA), notes: [...notes, ...pictures] };
}

async function opened(data: Uint8Array): Promise<PDFDocumentProxy> {
  try {
    return await getDocument({
      data,
      verbosity: 0,
      // What stops at the first error would refuse much that every viewer shows.
      stopAtErrors: false,
      isEvalSupported: false,
      enableXfa: false,
      useWorkerFetch: false,
      useWasm: false,
      disableFontFace: true,
      useSystemFonts: false,
      maxImageSize: 0,
      cMapUrl: CMAPS,
      cMapPacked: true,
    }).promise;
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    if (name === "PasswordException")
      throw new BadFile("encrypted", "This PDF is locked with a password. Save it without one.");
    throw new BadFile("not-pdf", "This PDF is damaged and cannot be read.");
  }
}

async function pagesOf(document: PDFDocumentProxy): Promise<readonly PdfPage[]> {
  if (document.numPages > MOST_PAGES)
    throw new BadFile("too-large", `This PDF has ${document.numPages} pages; at most ${MOST_PAGES} are read.`);
  const pages: PdfPage[] = [];
  let all = 0;
  for (let number = 1; number <= document.numPages; number++) {
    const fragments: Fragment[] = [];
    try {
      const page = await document.getPage(number);
      const { transform, width, height } = page.getViewport({ scale: 1 });
      const { items } = await page.getTextContent({ includeMarkedContent: false });
      for (const item of items) {
        if (!("str" in item)) continue;
        const [a, b, c, d, x, y]: number[] = Util.transform(transform, item.transform);
        const size = Math.hypot(c ?? 0, d ?? 0);
        fragments.push({
          text: item.str,
          left: x ?? 0,
          y: y ?? 0,
          width: item.width,
          size,
          rtl: item.dir === "rtl",
          sideways: Math.abs(b ?? 0) > 0.1 * Math.abs(a ?? 0),
        });
      }
      all += fragments.length;
      pages.push({ height, width, ...linesOf(fragments), ...counted(fragments) });
      page.cleanup();
    } catch (error) {
      if (error instanceof BadFile) throw error;
      throw new BadFile("not-pdf", `This PDF is damaged: page ${number} cannot be read.`);
    }
    if (all > MOST_FRAGMENTS) throw new BadFile("too-large", "This PDF holds more than any article does.");
  }
  return pages;
}

/** How many letters and signs there are, and how many of them stand for nothing. */
function counted(fragments: readonly Fragment[]): { readonly letters: number; readonly unknown: number } {
  let letters = 0;
  let unknown = 0;
  for (const { text } of fragments) {
    letters += text.replace(/\s/g, "").length;
    unknown += text.match(/[\p{Co}\p{Cn}\ufffd]|(?!\s)\p{Cc}/gu)?.length ?? 0;
  }
  return { letters, unknown };
}
