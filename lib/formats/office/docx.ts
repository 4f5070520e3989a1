/**
 * A Word document as one article: what its styles say of headings, lists and captions, by mammoth, and from there as a web page is read. Only
 * its XML is given to mammoth, unpacked under our own limits. Runs in a thread of its own (apart.ts).
 */
import { strToU8, zipSync } from "fflate";
import mammoth from "mammoth";
import { articleOfBlocks } from "../blocks";
import { BadFile } from "../foreign";
import { type Block, blocksOf, ROLES } from "../html-blocks";
import { buildPage } from "../html-page";
import { type NativeArticle, NO_METADATA } from "../native";
import { bytesOfBuffer } from "../utf8";
import { isZip, readZip, type ZipLimits } from "../zip/read";

const MIB = 1024 * 1024;
/** Of its XML, which is all that is unpacked and kept. */
const LIMITS: ZipLimits = { entries: 10_000, entry: 32 * MIB, total: 64 * MIB, ratio: 250 };

/** What OLE files begin with: Word before 2007, and a document of today behind a password. */
const OLE = Buffer.from("d0cf11e0a1b11ae1", "hex");

const isText = (name: string): boolean =>
  /(?:^|\/)\[Content_Types\]\.xml$|\.rels$|^word\/[^/]+\.xml$/.test(name) && !/^word\/(?:theme|webSettings)/.test(name);

const STYLES = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='Subtitle'] => summary:fresh",
  ...["Heading", "heading"].flatMap((name) => [
    `p[style-name='${name} 1'] => h2:fresh`,
    `p[style-name='${name}'] => h2:fresh`,
  ]),
  "p.Heading1 => h2:fresh",
  "p[style-name='caption'] => figcaption:fresh",
  "p[style-name='Caption'] => figcaption:fresh",
];

/** Elements as the styles above name them. */
const STYLED = { ...ROLES, h1: "headline", summary: "standfirst" } as const;

export type Read = { readonly article: NativeArticle; readonly notes: readonly string[] };

/** Throws BadFile. */
export async function readDocument(bytes: Uint8Array): Promise<Read> {
  if (OLE.equals(bytes.subarray(0, OLE.length)))
    throw new BadFile(
      "encrypted",
      "This is a Word file of before 2007, or one with a password. Save it as .docx without one.",
    );
  if (!isZip(bytes)) throw new BadFile("not-docx", "This is no Word document (.docx).");
  const html = await converted(await cleaned(bytes));
  const page = buildPage(html.replace(/<a href="#(?:foot|end)note-ref-[^"]*">↑<\/a>/g, ""));
  if (page === null) throw new BadFile("too-large", "This document has more paragraphs than any article needs.");
  const blocks = withHeadline(blocksOf(page.document.body, STYLED));
  if (blocks.length === 0) throw new BadFile("empty", "No text was found in this document.");
  const title = blocks.find(({ role }) => role === "headline")?.text ?? null;
  const notes = /<li id="(?:foot|end)note-/.test(html)
    ? ["Footnotes stand after the text; their numbers are in brackets."]
    : [];
  return { article: articleOfBlocks(blocks, title, NO_METADATA), notes };
}

/** The same document, of its text only, unpacked: what was looked at is what is read. */
async function cleaned(bytes: Uint8Array): Promise<Buffer> {
  const parts: Record<string, Uint8Array> = {};
  for await (const { name, bytes: part } of readZip(bytesOfBuffer(bytes), isText, LIMITS)) {
    if (Buffer.from(part.buffer, part.byteOffset, part.length).includes("<!DOCTYPE"))
      throw new BadFile("xml-entities", `${name} declares XML entities, which no Word document does.`);
    parts[name] = part;
  }
  if (!parts["[Content_Types].xml"] || !parts["_rels/.rels"])
    throw new BadFile("not-docx", "This zip is no Word document (.docx).");
  // Comments of the margin are not the article's; mammoth need not look for pictures that are not there.
  parts["word/comments.xml"] = strToU8(
    '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>',
  );
  return Buffer.from(zipSync(parts, { level: 0 }));
}

async function converted(buffer: Buffer): Promise<string> {
  try {
    const options = { styleMap: STYLES, includeEmbeddedStyleMap: false, externalFileAccess: false };
    const nothing = mammoth.images.imgElement(async () => ({ src: "" }));
    return (await mammoth.convertToHtml({ buffer }, { ...options, convertImage: nothing })).value;
  } catch (error) {
    if (error instanceof RangeError)
      throw new BadFile("too-large", "This document is nested more deeply than can be read.");
    const said = error instanceof Error ? error.message.split("\n", 1)[0]?.slice(0, 200) : "";
    throw new BadFile("not-docx", `This document is damaged, or is no Word document: ${said}`);
  }
}

/** Word's Title is the headline. Where a document has none, its first heading is, when it stands first. */
function withHeadline(blocks: readonly Block[]): readonly Block[] {
  const titled = blocks.findIndex(({ role }) => role === "headline");
  const at = titled >= 0 ? titled : blocks[0]?.role === "subheading" ? 0 : -1;
  return blocks.map((block, i) => {
    if (i === at) return { ...block, role: "headline", reason: "The document's title" };
    const role = block.role === "headline" ? "subheading" : block.role;
    return role === "subheading" ? { ...block, role, reason: "A heading of the document" } : { ...block, role };
  });
}
