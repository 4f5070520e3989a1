/**
 * CoNLL in: CoNLL-U Plus (columns declared), CoNLL-U with the labels in MISC left aside, and CoNLL 2003 and its kin (blank or tab, the label in
 * the last column, BIO or IOB). Where nothing says what stood between tokens, the text is made of them with blanks and line ends, and it is said.
 */
import { codePointLength } from "../../text/codepoints";
import { articleItem, BadFile, guarded, UNNAMED, type Wire } from "../foreign";
import { splitLines } from "../lines";
import type { ReadItem } from "../native";
import { type Bytes, decodeUtf8, Utf8Error } from "../utf8";
import { unescapeSpaces } from "./escape";

export async function* readConll(stream: Bytes, name: string | null): AsyncGenerator<ReadItem> {
  yield* guarded(name, documents(stream, name));
}

/** A document's text grows to at most this; a million lines of one are refused, not kept. */
const MOST = 12 * 1024 * 1024;

class Document {
  readonly spans: Wire[] = [];
  id: string | null = null;
  reviewer: string | null = null;
  gold = false;
  /** Words came without a label: then nobody has judged it. */
  labelled = false;
  made = false;
  private readonly open = new Map<number, { readonly label: string; readonly start: number; end: number }>();
  private text = "";
  private length = 0;
  private gap = "";

  constructor(readonly line: number) {}

  add(form: string, tags: readonly string[], before: string | null, after: string | null, line: number): void {
    this.append(this.text === "" ? (before ?? "") : this.gap);
    const start = this.length;
    this.append(form);
    if (this.text.length > MOST) throw new BadFile("too-large", "The document is larger than 10 MiB.", this.line);
    if (after === null) this.made = true;
    this.gap = after ?? " ";
    tags.forEach((tag, column) => {
      this.labelled = true;
      const [, kind, label] = /^([BIESLU])-(.+)$/.exec(tag) ?? [];
      const open = this.open.get(column);
      const goesOn = open && (kind === "I" || kind === "E" || kind === "L") && open.label === label;
      if (open && goesOn) open.end = this.length;
      else {
        this.close(column);
        if (kind && label) this.open.set(column, { label, start, end: this.length });
        else if (tag !== "O" && tag !== "_" && tag !== "")
          throw new BadFile("not-conll", `${tag.slice(0, 60)} is no BIO label: O, B-LABEL or I-LABEL.`, line);
      }
    });
  }

  /** Between sentences of a file that says nothing of blanks stands a line end. */
  sentence(): void {
    if (this.made) this.gap = "\n";
  }

  private append(words: string): void {
    this.text += words;
    this.length += codePointLength(words);
  }

  private close(column: number): void {
    const open = this.open.get(column);
    if (open) this.spans.push({ id: `t${this.spans.length + 1}`, ...open });
    this.open.delete(column);
  }

  /** `whole`: for a document without tokens. */
  done(whole: string): string {
    for (const column of [...this.open.keys()]) this.close(column);
    if (!this.made) this.append(this.gap);
    return this.text === "" ? whole : this.text;
  }
}

type Finished = { readonly document: Document; readonly text: string };

async function* documents(stream: Bytes, file: string | null): AsyncGenerator<ReadItem> {
  let columns: readonly string[] | null = null;
  let open: Document | null = null;
  let whole = "";
  let group: Finished[] = [];
  const finish = function* (): Generator<ReadItem> {
    if (!open) return;
    const next = { document: open, text: open.done(whole) };
    open = null;
    whole = "";
    if (next.text === "") return;
    const [first] = group;
    // One article's documents, one a reviewer, follow one another.
    if (first && (first.text !== next.text || first.document.id !== next.document.id)) {
      yield itemOf(group, file);
      group = [];
    }
    group.push(next);
  };
  for await (const { number, bytes } of splitLines(stream)) {
    if (bytes === null) throw new BadFile("too-large", "This line is longer than 16 MiB.", number);
    const decoded = decodeUtf8(bytes);
    if ("fault" in decoded) throw new Utf8Error(decoded.fault.offset, `Line ${number}: ${decoded.fault.message}`);
    const line = number === 1 ? decoded.text.replace(/^\ufeff/, "") : decoded.text;
    const comment = /^#\s*([A-Za-z.]+)\s*(?:=\s?(.*))?$/.exec(line);
    if (line.startsWith("-DOCSTART-") || comment?.[1] === "newdoc" || /^# newdoc\b/.test(line)) {
      yield* finish();
      open = new Document(number);
      const id = /^#\s*newdoc\s+id\s*=\s?(.*)$/.exec(line)?.[1];
      if (id !== undefined) open.id = unescapeSpaces(id);
    } else if (line.startsWith("#") && comment) {
      const value = unescapeSpaces(comment[2] ?? "");
      if (comment[1] === "global.columns") {
        yield* finish();
        columns = (comment[2] ?? "").trim().split(/\s+/);
      } else if (comment[1] === "gloss.reviewer" && open) open.reviewer = value;
      else if (comment[1] === "gloss.layer" && open) open.gold = value === "gold";
      else if (comment[1] === "gloss.text" && open) whole = value;
    } else if (line.trim() === "") open?.sentence();
    else if (!line.startsWith("#") || columns === null || line.includes("\t")) {
      open ??= new Document(number);
      addToken(open, line, columns, number);
    }
  }
  yield* finish();
  if (group.length > 0) yield itemOf(group, file);
}

function addToken(document: Document, line: string, columns: readonly string[] | null, number: number): void {
  if (columns === null) {
    addPlain(document, line, number);
    return;
  }
  const cells = line.split("\t");
  if (cells.length !== columns.length) {
    const message = `This line has ${cells.length} columns; ${columns.length} are declared.`;
    throw new BadFile("not-conll", message, number);
  }
  const cell = (name: string) => cells[columns.indexOf(name)];
  // A token of several words, or one that is not written.
  if (/[-.]/.test(cell("ID") ?? "")) return;
  const misc = new Map(
    (cell("MISC") ?? "_").split("|").map((one) => [one.split("=")[0], one.slice(one.indexOf("=") + 1)]),
  );
  const spaces = misc.get("SpacesAfter");
  const after = misc.get("SpaceAfter") === "No" ? "" : spaces === undefined ? " " : unescapeSpaces(spaces);
  const tags = columns.flatMap((name, i) => (STANDARD.has(name) ? [] : [cells[i] ?? "O"]));
  document.add(cell("FORM") ?? "", tags, unescapeSpaces(misc.get("SpacesBefore") ?? ""), after, number);
}

const STANDARD = new Set(["ID", "FORM", "LEMMA", "UPOS", "XPOS", "FEATS", "HEAD", "DEPREL", "DEPS", "MISC"]);

/** CoNLL 2003: word first, label last. CoNLL-U has ten columns, of which the second is the word and none a label. */
function addPlain(document: Document, line: string, number: number): void {
  const cells = line.includes("\t") ? line.split("\t") : line.trim().split(/ +/);
  const universal = cells.length === 10 && /^\d+([-.]\d+)?$/.test(cells[0] ?? "");
  if (universal) {
    if (/[-.]/.test(cells[0] ?? "")) return;
    const misc = cells[9] ?? "";
    document.add(cells[1] ?? "", [], null, /SpaceAfter=No/.test(misc) ? "" : null, number);
    return;
  }
  if (cells.length < 2)
    throw new BadFile("not-conll", "This line has one column; a word and its label are needed.", number);
  document.add(cells[0] ?? "", [cells.at(-1) ?? "O"], null, null, number);
}

function itemOf(group: readonly Finished[], file: string | null): ReadItem {
  const [first] = group;
  const made = group.some(({ document }) => document.made);
  const reviews = group.flatMap(({ document }) =>
    document.gold || (document.reviewer === null && !document.labelled)
      ? []
      : document.reviewer === null && document.spans.length === 0 && !document.made
        ? []
        : [{ reviewer: document.reviewer ?? UNNAMED, spans: document.spans }],
  );
  const gold = group.find(({ document }) => document.gold);
  const wire = {
    id: first?.document.id ?? null,
    text: first?.text ?? "",
    reviews,
    ...(gold ? { gold: { spans: gold.document.spans } } : {}),
  };
  const note =
    "The file does not say what stood between its tokens: the text was made of them with blanks and line ends.";
  return articleItem({ line: first?.document.line ?? null, file }, wire, made ? [note] : []);
}
