/**
 * Paragraphs of a PDF's lines: what stands at the edges of the pages again and again is set apart, lines are joined, and a word that was
 * parted at the end of one is made whole. All of it is decided here, once, and said.
 */
import { fold } from "../../text/fold";
import type { Block } from "../html-blocks";
import { type Line, median, type PdfPage } from "./pdf-lines";

/** Shares and multiples of what is usual in the document, found by trying. */
const EDGE = 0.1;
const TITLE = 1.15;
const SAME_SIZE = 0.08;
const LEADING = 1.35;
const INDENT = 0.8;
const LONGEST_TITLE = 250;

const PAGE_NUMBER =
  /^[-–—|\s]*(?:(?:page|seite|pagina|página|стр\.?|p\.|s\.)\s*)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:\/|of|von|de|из)\s*\d{1,4})?[-–—|\s]*$/iu;
const ENDS_SENTENCE = /[.!?…:][»"”’')\]]*$/u;
const PARTED = /(\p{L}+)[-\u00ad\u2010]$/u;
const BULLET = /^(?:[•‣▪◦●–—*]|\d{1,3}[.)]|\(?[a-z]\))\s/u;

type Word = { readonly joined: number; readonly kept: number };
type Usual = { readonly size: number; readonly leading: number };
type Read = { readonly blocks: readonly Block[]; readonly notes: readonly string[] };

export function blocksOfPages(pages: readonly PdfPage[]): Read {
  const usual = usualOf(pages);
  const edges = edgesOf(pages);
  const writer = new Writer(usual, vocabularyOf(pages));
  for (const page of pages) {
    const within = columnsOf(page.lines.filter((line) => !edges.has(line)));
    for (const line of page.lines) {
      const reason = edges.get(line);
      if (reason === undefined) writer.line({ ...line, column: within(line) });
      else writer.aside({ text: line.text, role: "debris", tight: false, reason });
    }
    if (page.sideways !== "")
      writer.aside({ text: page.sideways, role: "debris", tight: false, reason: "Set sideways on its page" });
    writer.pageEnds();
  }
  writer.close();
  return { blocks: withHeadline(writer.parts), notes: notesOf(writer.words, pages.length, edges.size) };
}

function notesOf({ joined, kept }: Word, pages: number, edges: number): readonly string[] {
  const of = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;
  return [
    `Read from ${of(pages, "page", "pages")} of a PDF: lines were joined to paragraphs.`,
    ...(joined > 0
      ? [
          `${of(joined, "word", "words")} parted by a hyphen at the end of a line ${joined === 1 ? "was" : "were"} joined.`,
        ]
      : []),
    ...(kept > 0
      ? [`${of(kept, "word", "words")} kept the hyphen at the end of a line, as elsewhere in the document.`]
      : []),
    ...(edges > 0
      ? [`${of(edges, "line", "lines")} at the edges of pages (headers, footers, page numbers) proposed as debris.`]
      : []),
  ];
}

/** The size of most letters, and the distance of two lines in it. */
function usualOf(pages: readonly PdfPage[]): Usual {
  const letters = new Map<number, number>();
  for (const { lines } of pages)
    for (const { size, text } of lines) {
      const near = Math.round(size * 10) / 10;
      letters.set(near, (letters.get(near) ?? 0) + text.length);
    }
  const [size] = [...letters].reduce((a, b) => (b[1] > a[1] ? b : a), [1, 0]);
  const steps = pages.flatMap(({ lines }) =>
    lines.flatMap((line, i) => {
      const step = line.y - (lines[i - 1]?.y ?? line.y);
      return Math.abs(line.size - size) < SAME_SIZE * size && step > 0.5 * size && step < 3 * size ? [step] : [];
    }),
  );
  return { size, leading: steps.length > 0 ? median(steps) : 1.2 * size };
}

/** Headers, footers and page numbers: at the edge of their page, and the same but for figures on others, or nothing but a number. */
function edgesOf(pages: readonly PdfPage[]): ReadonlyMap<Line, string> {
  const outer = pages.map(({ lines, height }) => {
    const ordered = [...lines].sort((a, b) => a.y - b.y);
    const near = (line: Line) => line.y < EDGE * height || line.y > (1 - EDGE) * height;
    return [...new Set([...ordered.slice(0, 3), ...ordered.slice(-3)])].filter(near);
  });
  const key = (line: Line) => fold(line.text).replace(/\d+/g, "#");
  const on = new Map<string, number>();
  for (const lines of outer) for (const one of new Set(lines.map(key))) on.set(one, (on.get(one) ?? 0) + 1);
  const edges = new Map<Line, string>();
  for (const line of outer.flat()) {
    const times = on.get(key(line)) ?? 0;
    if (PAGE_NUMBER.test(line.text)) edges.set(line, "A page number");
    else if (times >= 3 || (times === 2 && pages.length <= 4))
      edges.set(line, `At the edge of ${times} pages in the same words`);
  }
  return edges;
}

/** How far lines of its own size reach in a line's column: neither headlines nor what stands at the edges says how wide the text is. */
function columnsOf(lines: readonly Line[]): (line: Line) => Line["column"] {
  const columns = new Map<Line["column"], Line[]>();
  for (const line of lines) {
    const there = columns.get(line.column);
    if (there) there.push(line);
    else columns.set(line.column, [line]);
  }
  return ({ column, size }) => {
    const alike = (columns.get(column) ?? []).filter((one) => Math.abs(one.size - size) <= SAME_SIZE * size);
    return { left: Math.min(...alike.map((one) => one.left)), right: Math.max(...alike.map((one) => one.right)) };
  };
}

/** Words as they stand inside lines, for those at the ends of them. */
function vocabularyOf(pages: readonly PdfPage[]): ReadonlySet<string> {
  const words = new Set<string>();
  for (const { lines } of pages)
    for (const { text } of lines)
      for (const [word] of text.matchAll(/\p{L}+(?:-\p{L}+)*/gu)) words.add(word.toLowerCase());
  return words;
}

/** `page`: where it begins. */
type Part = { readonly block: Block; readonly size: number; readonly page: number };

class Writer {
  readonly parts: Part[] = [];
  readonly words = { joined: 0, kept: 0 };
  private text = "";
  private last: Line | null = null;
  private size = 0;
  private page = 0;
  private begun = 0;
  private turned = false;
  private asides: Part[] = [];

  constructor(
    private readonly usual: Usual,
    private readonly vocabulary: ReadonlySet<string>,
  ) {}

  line(line: Line): void {
    if (this.last && !this.goesOn(this.last, line)) this.close();
    if (this.text === "") this.begun = this.page;
    this.text = this.text === "" ? line.text : this.joined(line.text);
    this.size = Math.max(this.size, line.size);
    this.last = line;
    this.turned = false;
  }

  /** Stands after the paragraph that goes on around it. */
  aside(block: Block): void {
    const part = { block, size: 0, page: this.page };
    if (this.last === null) this.parts.push(part);
    else this.asides.push(part);
  }

  pageEnds(): void {
    this.turned = true;
    this.page++;
    if (this.last === null) this.close();
  }

  close(): void {
    if (this.text !== "") {
      const title = this.size > TITLE * this.usual.size && this.text.length <= LONGEST_TITLE;
      const tight = BULLET.test(this.text) && BULLET.test(this.parts.at(-1)?.block.text ?? "");
      const block: Block = title
        ? { text: this.text, role: "subheading", tight, reason: "Set larger than the text" }
        : { text: this.text, role: "body", tight };
      this.parts.push({ block, size: this.size, page: this.begun });
    }
    this.parts.push(...this.asides);
    this.asides = [];
    this.text = "";
    this.last = null;
    this.size = 0;
  }

  private goesOn(last: Line, next: Line): boolean {
    if (Math.abs(last.size - next.size) > SAME_SIZE * last.size || BULLET.test(next.text)) return false;
    if (PARTED.test(last.text)) return true;
    const step = next.y - last.y;
    const otherColumn = this.turned || step <= 0;
    if (otherColumn && /^\p{Ll}/u.test(next.text)) return true;
    if (endsEarly(last, next)) return false;
    if (otherColumn) return !ENDS_SENTENCE.test(last.text);
    const indent = indentOf(last, next);
    return step <= LEADING * this.leadingOf(last) && !(indent > INDENT * last.size && indent < 6 * last.size);
  }

  private leadingOf({ size }: Line): number {
    return Math.max(this.usual.leading * (size / this.usual.size), 1.1 * size);
  }

  private joined(next: string): string {
    const parted = PARTED.exec(this.text)?.[1];
    const rest = /^\p{Ll}+/u.exec(next)?.[0];
    if (parted === undefined || rest === undefined)
      return `${this.text}${/[-\u2010]$/.test(this.text) ? "" : " "}${next}`;
    const hyphened = `${parted}-${rest}`.toLowerCase();
    const whole = `${parted}${rest}`.toLowerCase();
    if (this.vocabulary.has(hyphened) && !this.vocabulary.has(whole)) {
      this.words.kept++;
      return `${this.text.slice(0, -1)}-${next}`;
    }
    this.words.joined++;
    return `${this.text.slice(0, -1)}${next}`;
  }
}

const RIGHT_TO_LEFT = /^\P{L}*[\p{Script=Hebrew}\p{Script=Arabic}]/u;

/** What is left free at the end of a line. */
const roomIn = (line: Line): number =>
  RIGHT_TO_LEFT.test(line.text) ? line.left - line.column.left : line.column.right - line.right;

const indentOf = (last: Line, next: Line): number =>
  RIGHT_TO_LEFT.test(next.text) ? last.right - next.right : next.left - last.left;

/** The next line's first word would have had room: the line was ended on purpose. */
function endsEarly(last: Line, next: Line): boolean {
  const word = (next.text.split(/\s/, 1)[0] ?? "").length;
  const letter = (next.right - next.left) / Math.max(1, next.text.length);
  return (word + 1) * letter + last.size < roomIn(last);
}

/** Of what is set larger than the text on the first page, the largest. */
function withHeadline(parts: readonly Part[]): readonly Block[] {
  const titles = parts.filter(({ block, page }) => page === 0 && block.role === "subheading");
  const headline = titles.length > 0 ? titles.reduce((a, b) => (b.size > a.size ? b : a)) : null;
  return parts.map(({ block }) => (block === headline?.block ? { ...block, role: "headline" } : block));
}
