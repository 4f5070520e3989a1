/** Small Word documents and PDFs for tests, written by hand so that every part of them can be made wrong. */
import { strToU8, zipSync } from "fflate";

export type Paragraph = string | { readonly style: string; readonly text: string } | { readonly raw: string };

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const run = (text: string) => `<w:r><w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`;

const paragraph = (one: Paragraph): string => {
  if (typeof one === "string") return `<w:p>${run(one)}</w:p>`;
  if ("raw" in one) return one.raw;
  return `<w:p><w:pPr><w:pStyle w:val="${one.style}"/></w:pPr>${run(one.text)}</w:p>`;
};

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const STYLES = [
  ["Title", "Title"],
  ["Subtitle", "Subtitle"],
  ["Heading1", "heading 1"],
  ["Heading2", "heading 2"],
  ["Caption", "caption"],
]
  .map(([id, name]) => `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/></w:style>`)
  .join("");

export function docxOf(paragraphs: readonly Paragraph[], more: Readonly<Record<string, string | Uint8Array>> = {}) {
  const files: Record<string, string | Uint8Array> = {
    "[Content_Types].xml":
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
    "_rels/.rels":
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/document.xml": `<w:document ${W}><w:body>${paragraphs.map(paragraph).join("")}</w:body></w:document>`,
    "word/styles.xml": `<w:styles ${W}>${STYLES}</w:styles>`,
    "word/numbering.xml": `<w:numbering ${W}><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>`,
    ...more,
  };
  return Buffer.from(
    zipSync(
      Object.fromEntries(
        Object.entries(files).map(([name, part]) => [name, typeof part === "string" ? strToU8(part) : part]),
      ),
    ),
  );
}

export const item = (text: string): Paragraph => ({
  raw: `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>${run(text)}</w:p>`,
});

/** `x` and `y` in points from the top left of an A4 page. */
export type Words = { readonly x: number; readonly y: number; readonly text: string; readonly size?: number };

/** Objects 1 to 3 are catalog, pages and font; each page is two more, or one without words. `extra` goes into the trailer. */
export function pdfOf(pages: readonly (readonly Words[])[], extra = ""): Buffer {
  const objects: Buffer[] = [];
  const add = (body: string | Buffer) => objects.push(Buffer.from(body));
  const kids = pages.map((_, i) => `${4 + 2 * i} 0 R`).join(" ");
  add("<< /Type /Catalog /Pages 2 0 R >>");
  add(`<< /Type /Pages /Count ${pages.length} /Kids [${kids}] >>`);
  add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
  pages.forEach((words, i) => {
    const stream = words
      .map(({ x, y, text, size = 10 }) => {
        const safe = text.replace(/[\\()]/g, "\\$&");
        return `BT /F1 ${size} Tf 1 0 0 1 ${x} ${842 - y} Tm (${safe}) Tj ET`;
      })
      .join("\n");
    add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + 2 * i} 0 R >>`,
    );
    add(
      Buffer.concat([
        Buffer.from(`<< /Length ${Buffer.byteLength(stream, "latin1")} >>\nstream\n`),
        Buffer.from(stream, "latin1"),
        Buffer.from("\nendstream"),
      ]),
    );
  });
  return pdfOfObjects(objects, extra);
}

export function pdfOfObjects(objects: readonly Uint8Array[], extra = ""): Buffer {
  const parts: Buffer[] = [Buffer.from("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n", "latin1")];
  let at = parts[0]?.length ?? 0;
  const starts = objects.map((object, i) => {
    const start = at;
    const part = Buffer.concat([Buffer.from(`${i + 1} 0 obj\n`), object, Buffer.from("\nendobj\n")]);
    parts.push(part);
    at += part.length;
    return `${String(start).padStart(10, "0")} 00000 n \n`;
  });
  parts.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${starts.join("")}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${extra} >>\nstartxref\n${at}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}

/** Lines of a column, one below the other. */
export const column = (x: number, y: number, lines: readonly string[], leading = 12): readonly Words[] =>
  lines.map((text, i) => ({ x, y: y + i * leading, text }));
