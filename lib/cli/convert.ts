/** `convert --from F --to F IN OUT`: between any two formats. IN may be a folder where a format is one article a file. */
import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { OFFSET_UNITS } from "../formats/doccano/units";
import type { ReadSettings } from "../formats/format";
import { fitTo } from "../formats/losses";
import type { NativeArticle, NativeProject, ReadItem } from "../formats/native";
import { type FormatName, formats, inputFormats, outputFormats, read, write } from "../formats/registry";
import { argumentsOf, needed, oneOf } from "./arguments";
import { bytesOfFile, faultInWords, pathOf, Refused, say, writeTo } from "./io";

const OPTIONS = {
  from: { type: "string" },
  to: { type: "string" },
  skip: { type: "boolean", default: false },
  "text-column": { type: "string" },
  "offset-unit": { type: "string" },
} as const;

export async function run(argv: readonly string[]): Promise<number> {
  const { values, positionals } = argumentsOf(argv, OPTIONS, [2, 2]);
  const from = oneOf("--from", values.from, inputFormats);
  const to = oneOf("--to", values.to, outputFormats);
  const [input, output] = [needed("IN", positionals[0]), needed("OUT", positionals[1])];
  const job = new Conversion(to, values.skip);
  const unit = values["offset-unit"];
  const settings: ReadSettings = {
    textColumn: values["text-column"] ?? null,
    ...(unit === undefined ? {} : { offsetUnit: oneOf("--offset-unit", unit, OFFSET_UNITS) }),
  };
  const items = itemsOf(from, input, settings);
  await writeTo(output, job.run(items));
  job.report();
  return job.faults === 0 || values.skip ? 0 : 1;
}

async function* itemsOf(from: FormatName, input: string, settings: ReadSettings): AsyncGenerator<ReadItem> {
  for (const file of filesOf(from, input))
    yield* read(from, file === "-" ? null : path.basename(file), bytesOfFile(file), settings);
}

function filesOf(from: FormatName, input: string): readonly string[] {
  const { oneArticle, extensions } = formats[from];
  if (input === "-" || !oneArticle || !statSync(pathOf(input), { throwIfNoEntry: false })?.isDirectory())
    return [input];
  const wanted = new RegExp(`\\.(?:${extensions.join("|")})$`, "i");
  const files = readdirSync(pathOf(input)).filter((name) => wanted.test(name));
  if (files.length === 0) throw new Refused(`${input} holds no file that ends in .${extensions.join(" or .")}.`);
  return files.sort().map((name) => path.join(pathOf(input), name));
}

class Conversion {
  faults = 0;
  private written = 0;
  private project: NativeProject | null = null;
  private readonly lost = new Map<string, number>();

  constructor(
    private readonly to: FormatName,
    private readonly skip: boolean,
  ) {}

  /** Throws Refused at the end where there were faults, so that the output is not kept. */
  async *run(items: AsyncGenerator<ReadItem>): AsyncGenerator<string | Uint8Array> {
    const articles = this.articles(items);
    // The project, if there is one, comes before the first article.
    const first = await articles.next();
    const all = (async function* () {
      if (!first.done) yield first.value;
      yield* articles;
    })();
    yield* write(this.to, all, this.project);
    if (this.faults > 0 && !this.skip)
      throw new Refused(`Nothing was written: ${count(this.faults, "fault")}. --skip leaves out what is wrong.`);
  }

  private async *articles(items: AsyncGenerator<ReadItem>): AsyncGenerator<NativeArticle> {
    for await (const item of items) {
      if (item.kind === "project") {
        this.project = item.project;
        if (formats[this.to].losses) this.loses("the project's policies, scheme and guideline", 0);
      } else if (item.kind === "fault") {
        this.faults += item.faults.length;
        for (const fault of item.faults) say(faultInWords(fault));
      } else {
        for (const note of item.notes) say(`${item.file ? `${item.file}: ` : ""}${note}`);
        for (const what of fitTo(item.article, formats[this.to].losses ?? []).lost) this.loses(what, 1);
        this.written++;
        yield item.article;
      }
    }
  }

  private loses(what: string, articles: number) {
    this.lost.set(what, (this.lost.get(what) ?? 0) + articles);
  }

  report() {
    for (const [what, articles] of this.lost)
      say(`Lost: ${what}${articles > 0 ? ` (${count(articles, "article")})` : ""}`);
    say(
      `${count(this.written, "article")} written.${this.faults > 0 ? ` ${count(this.faults, "fault")} left out.` : ""}`,
    );
  }
}

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? "" : "s"}`;
