/** WebAnno TSV 3.0 to 3.3 in, by the rules of INCEpTION's own reader (Tsv3XDeserializer.java): one file, or a zip of them. */
import { BadFile } from "../foreign";
import type { ReadItem } from "../native";
import type { Bytes } from "../utf8";
import { type Spool, spooled } from "../zip/spool";
import { articlesOf, filesOf, type Opened } from "./archive";
import type { Structure } from "./cas";
import { SOURCE, TARGET } from "./cas";
import { marksOfCas } from "./to-native";
import { splitAt, unescapeText, unescapeValue } from "./tsv-escape";

export async function* readWebannoTsv(stream: Bytes, name: string | null): AsyncGenerator<ReadItem> {
  yield* spooled(name, documents);
  async function* documents(spool: Spool): AsyncGenerator<ReadItem> {
    yield* articlesOf(await filesOf(stream, name, /\.tsv$/i, spool), readTsv, spool);
  }
}

type Kind = "feature" | "none" | "base" | "role" | "slot" | "chain-type" | "chain-link";
type Column = { readonly layer: string; readonly kind: Kind; readonly name: string };

type Mark = {
  readonly id: string;
  readonly layer: string;
  begin: number;
  end: number;
  readonly features: Map<string, string>;
  readonly references: Map<string, string[]>;
};
type Unit = { readonly id: string; readonly begin: number; readonly end: number; readonly marks: Map<string, Mark[]> };

function readTsv(file: Opened) {
  const reader = new Reader(file.path);
  const lines = file.words.replace(/^\ufeff/, "").split(/\r\n|\r|\n/);
  lines.forEach((line, i) => {
    reader.take(line, i + 1);
  });
  const cas = reader.done();
  return { ...marksOfCas(cas), text: cas.text };
}

class Reader {
  private minor: number | null = null;
  private readonly columns: Column[] = [];
  private readonly units = new Map<string, Unit>();
  private readonly marks: Mark[] = [];
  private readonly byId = new Map<string, Mark>();
  private readonly chains = new Map<string, Map<number, Mark>>();
  private readonly later: (() => void)[] = [];
  private text = "";
  private sentence: string[] = [];
  private line = 0;

  constructor(private readonly file: string) {}

  take(line: string, number: number): void {
    this.line = number;
    if (this.minor === null) {
      const version = /^#FORMAT=WebAnno TSV 3\.(\d+)$/.exec(line)?.[1];
      if (version === undefined)
        throw this.bad(
          "not-webanno-tsv",
          "The first line is not #FORMAT=WebAnno TSV 3.x; versions 1 and 2 are not read.",
        );
      this.minor = Number(version);
    } else if (line === "") return;
    else if (/^#T_(?:SP|RL|CH)=/.test(line) && this.text === "" && this.sentence.length === 0) this.declare(line);
    else if (line.startsWith("#Text=")) this.sentence.push(unescapeText(line.slice(6), this.minor));
    else if (line.startsWith("#")) return;
    else this.unit(line.split("\t"));
  }

  private bad(code: string, message: string): BadFile {
    return new BadFile(code, message, this.line, this.file);
  }

  private declare(line: string): void {
    const [layer = "", ...names] = line.slice(6).split("|");
    const add = (kind: Kind, name: string) => this.columns.push({ layer, kind, name });
    const kept = names.filter((name) => name !== "");
    if (kept.length === 0) add("none", "");
    for (const name of kept) {
      if (line.startsWith("#T_RL=") && name.startsWith("BT_")) add("base", name.slice(3));
      else if (line.startsWith("#T_CH=")) add(name === "referenceRelation" ? "chain-link" : "chain-type", name);
      else if (name.startsWith("ROLE_")) add("role", name.split("_")[1]?.replace(/^.*:/, "") ?? name);
      else if (line.startsWith("#T_SP=") && this.columns.at(-1)?.kind === "role")
        add("slot", this.columns.at(-1)?.name ?? name);
      else add("feature", name);
    }
  }

  /** The text is made of the sentences' own, put where their first tokens say. */
  private open(begin: number): void {
    if (this.sentence.length === 0) return;
    if (this.text.length === begin + 1 && this.text.endsWith("\n")) this.text = this.text.slice(0, -1);
    if (this.text.length > begin)
      throw this.bad("outside-text", `A sentence begins at ${begin}, inside the one before it.`);
    if (begin - this.text.length > 100_000)
      throw this.bad("outside-text", `A sentence begins at ${begin}, far behind the one before it.`);
    this.text = this.text.padEnd(begin, " ") + this.sentence.map((one) => `${one}\n`).join("");
    this.sentence = [];
  }

  private unit(cells: readonly string[]): void {
    const [id = "", place = "", word = ""] = cells;
    const at = /^(\d{1,9})-(\d{1,9})$/.exec(place);
    if (!/^\d+-\d+(?:\.\d+)?$/.test(id) || !at)
      throw this.bad("not-webanno-tsv", "A line is SENTENCE-TOKEN, BEGIN-END, the token, and a column a feature.");
    if (cells.length < this.columns.length + 3) {
      const message = `This line has ${cells.length} columns; the header declares ${this.columns.length + 3}.`;
      throw this.bad("not-webanno-tsv", message);
    }
    const [begin, end] = [Number(at[1]), Number(at[2])];
    this.open(begin);
    if (begin > end || end > this.text.length)
      throw this.bad(
        "outside-text",
        `The offsets ${place} lie outside the text, which has ${this.text.length} UTF-16 units so far.`,
      );
    if (this.text.slice(begin, end) !== word)
      throw this.bad(
        "quote-mismatch",
        `The offsets ${place} cut out other words than ${JSON.stringify(word.slice(0, 60))}. They count UTF-16 units.`,
      );
    if (this.units.has(id)) throw this.bad("duplicate-id", `The unit ${id} stands there twice.`);
    const unit: Unit = { id, begin, end, marks: new Map() };
    this.units.set(id, unit);
    this.columns.forEach((column, i) => {
      const cell = cells[i + 3] ?? "_";
      if (cell === "_") return;
      splitAt(cell, "|").forEach((value, place) => {
        this.value(unit, column, place, value);
      });
    });
  }

  private value(unit: Unit, column: Column, place: number, raw: string): void {
    let [value, told] = [raw, null as string | null];
    if (column.kind !== "slot") {
      const found = raw.endsWith("\\]") ? null : /^(.*)\[([^[\]]*)\]$/s.exec(raw);
      const chain = /^(.*)(?<!\\)->(\d+-\d+)$/s.exec(raw);
      if (found) [value, told] = [found[1] ?? "", found[2] ?? ""];
      else if (chain) [value, told] = [chain[1] ?? "", chain[2] ?? ""];
    }
    if (column.kind === "base") {
      const mark = this.markAt(unit, column.layer, place, null);
      const line = this.line;
      this.later.push(() => this.relate(mark, column.name, value, unit.id, told, line));
      return;
    }
    if (column.kind === "chain-type" || column.kind === "chain-link") {
      this.chain(unit, column, place, value, told);
      return;
    }
    const relation = this.columns.some((one) => one.layer === column.layer && one.kind === "base");
    const mark = this.markAt(unit, column.layer, place, relation ? null : told);
    if (column.kind === "feature" && value !== "*") mark.features.set(column.name, unescapeValue(value));
    if (column.kind === "role")
      mark.references.set(
        `role:${column.name}`,
        value === "_"
          ? []
          : splitAt(value, ";")
              .map(unescapeValue)
              .map((one) => (one === "*" ? column.name : one)),
      );
    if (column.kind === "slot" && value !== "*" && value !== "_") {
      const line = this.line;
      this.later.push(() => this.fill(mark, column.name, splitAt(value, ";"), line));
    }
  }

  /** The same annotation in another column of the unit, or in an earlier unit under the same number, or a new one. */
  private markAt(unit: Unit, layer: string, place: number, id: string | null): Mark {
    const here = unit.marks.get(layer) ?? [];
    unit.marks.set(layer, here);
    const known = here[place];
    if (known) return known;
    const key = id === null ? null : `${layer}[${id}]`;
    let mark = key === null ? undefined : this.byId.get(key);
    if (mark) mark.end = unit.end;
    else {
      mark = {
        id: String(this.marks.length + 1),
        layer,
        begin: unit.begin,
        end: unit.end,
        features: new Map(),
        references: new Map(),
      };
      this.marks.push(mark);
      if (key !== null) this.byId.set(key, mark);
    }
    here[place] = mark;
    return mark;
  }

  private chain(unit: Unit, column: Column, place: number, value: string, told: string | null): void {
    const [chain, element] = (told ?? "").split("-");
    if (column.kind === "chain-link" && chain && element) {
      const elements = this.chains.get(`${column.layer} ${chain}`) ?? new Map<number, Mark>();
      this.chains.set(`${column.layer} ${chain}`, elements);
      const mark = this.markAt(unit, column.layer, place, `element ${chain}-${element}`);
      const earlier = elements.get(Number(element));
      if (earlier && earlier !== mark) earlier.end = unit.end;
      else elements.set(Number(element), mark);
      if (value !== "*") mark.features.set("referenceRelation", unescapeValue(value));
    } else {
      const line = this.line;
      // Which element it is says the other column.
      this.later.push(() => {
        const mark = unit.marks.get(column.layer)?.[place];
        if (!mark) throw new BadFile("not-webanno-tsv", "A chain's element has no link.", line, this.file);
        if (value !== "*") mark.features.set("referenceType", unescapeValue(value));
      });
    }
  }

  private relate(mark: Mark, layer: string, from: string, to: string, told: string | null, line: number): void {
    const [source, target] = told?.split("_") ?? [null, null];
    mark.references.set(SOURCE, this.resolve(layer, from, source ?? null, line));
    mark.references.set(TARGET, this.resolve(layer, to, target ?? null, line));
  }

  private fill(mark: Mark, name: string, values: readonly string[], line: number): void {
    const roles = mark.references.get(`role:${name}`) ?? [];
    values.forEach((value, i) => {
      const [, unit = value, id = null] = /^(.*?)(?:\[(\d+)\])?$/.exec(value) ?? [];
      const role = roles[i] ?? name;
      const targets = this.resolve(null, unit, id, line);
      mark.references.set(role, [...(mark.references.get(role) ?? []), ...targets]);
    });
  }

  /** `layer` null: of any layer. A relation on words (dependencies) has no span at its ends, and goes nowhere. */
  private resolve(layer: string | null, unit: string, id: string | null, line: number): string[] {
    if (id !== null && id !== "0" && id !== "") {
      const marks =
        layer === null
          ? [...this.byId].filter(([key]) => key.endsWith(`[${id}]`))
          : [[layer, this.byId.get(`${layer}[${id}]`)] as const];
      const found = marks[0]?.[1];
      if (found) return [found.id];
    }
    const at = this.units.get(unit);
    if (!at) throw new BadFile("unknown-span", `No line of the file is ${unit.slice(0, 40)}.`, line, this.file);
    const here = layer === null ? [...at.marks.values()].flat() : (at.marks.get(layer) ?? []);
    return here[0] ? [here[0].id] : [];
  }

  done() {
    if (this.minor === null) throw this.bad("empty", "The file is empty.");
    if (this.sentence.length > 0) this.open(this.text.length);
    for (const act of this.later) act();
    for (const [, elements] of this.chains) {
      const order = [...elements].sort(([a], [b]) => a - b).map(([, mark]) => mark);
      order.forEach((mark, i) => {
        const next = order[i + 1];
        if (next) mark.references.set("next", [next.id]);
      });
    }
    const structures = this.marks.map(({ id, layer, begin, end, features, references }): Structure => {
      for (const name of [...references.keys()]) if (name.startsWith("role:")) references.delete(name);
      return { id, type: layer, begin, end, features, references };
    });
    // The line end after the last sentence is the file's.
    return { text: this.text.replace(/\n$/, ""), structures };
  }
}
