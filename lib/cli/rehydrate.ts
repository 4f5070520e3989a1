/** `rehydrate`: a stand-off release and one's own copies of its texts become native JSONL again. Every span that could not be placed is reported. */
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { prepareText } from "../formats/article";
import { splitLines } from "../formats/lines";
import { sha256 } from "../formats/native-read";
import { type Anchored, anchor, type StandOffSpan } from "../releases/rehydrate";
import { indexText } from "../text/codepoints";
import { LEAST_SCORE } from "../versions/score";
import { argumentsOf, needed } from "./arguments";
import { pathOf, printJson, Refused, say, UsageError, writeTo } from "./io";

const OPTIONS = { "min-score": { type: "string" } } as const;

const offset = z.int().min(0);
const span = z.looseObject({
  id: z.string().nullable(),
  ...{ start: offset, end: offset, label: z.string() },
  ...{ quote_hash: z.string(), before_hash: z.string(), after_hash: z.string() },
});
const link = z.looseObject({ from: z.string(), to: z.string().nullable() });
const marks = { spans: z.array(span), links: z.array(link) };
const lineSchema = z.looseObject({
  id: z.string(),
  title: z.string().nullable(),
  url: z.string().nullable(),
  length: offset,
  text_sha256: z.string(),
  reviews: z.array(z.looseObject(marks)),
  gold: z.looseObject(marks).optional(),
});
const headerSchema = z.looseObject({ standoff: z.looseObject({ version: z.literal(1), salt: z.string() }) });
type Line = z.infer<typeof lineSchema>;
type Marks = { readonly spans: readonly StandOffSpan[]; readonly links: readonly z.infer<typeof link>[] };

export async function run(argv: readonly string[]): Promise<number> {
  const { values, positionals } = argumentsOf(argv, OPTIONS, [3, 1_000_000]);
  const leastScore = values["min-score"] === undefined ? LEAST_SCORE : Number(values["min-score"]);
  if (!(leastScore >= 0 && leastScore <= 1)) throw new UsageError("--min-score must be between 0 and 1.");
  const release = needed("RELEASE", positionals[0]);
  const out = needed("OUT", positionals.at(-1));
  const texts = await textsOf(positionals.slice(1, -1));
  const counts = { articles: 0, exact: 0, anchored: 0, withoutText: 0, spans: 0, moved: 0, missed: 0 };
  const files = await standOffsOf(release);
  let salt: string | null = null;
  const lines = async function* () {
    for await (const value of jsonLinesOf(files)) {
      const header = headerSchema.safeParse(value);
      if (header.success) {
        const first = salt === null;
        salt = header.data.standoff.salt;
        const { standoff: _, ...project } = header.data;
        if (first) yield `${JSON.stringify(project)}\n`;
        continue;
      }
      const parsed = lineSchema.safeParse(value);
      if (!parsed.success || salt === null) throw new Refused(`${release} is no stand-off release of Gloss.`);
      const article = parsed.data;
      counts.articles++;
      const text = textFor(texts, article);
      if (text === null) {
        counts.withoutText++;
        await printJson({
          article: article.id,
          title: article.title,
          url: article.url,
          missed: "no text for it was given",
        });
        continue;
      }
      const done = rehydrated(article, text, salt, leastScore);
      counts[done.exact ? "exact" : "anchored"]++;
      counts.spans += done.placed;
      counts.moved += done.moved.length;
      counts.missed += done.missed.length;
      for (const { was, is, ...of } of done.moved)
        await printJson({
          article: article.id,
          span: of.id,
          label: of.label,
          moved: [was.start, was.end, is.start, is.end],
          score: round(of.score),
        });
      for (const { was, why, ...of } of done.missed)
        await printJson({
          article: article.id,
          span: of.id,
          label: of.label,
          was: [was.start, was.end],
          missed: why,
          score: round(of.score),
        });
      yield `${JSON.stringify(done.line)}\n`;
    }
  };
  await writeTo(out, lines());
  await printJson(counts);
  say(
    `${counts.exact + counts.anchored} of ${counts.articles} articles have their texts, ${counts.exact} of them word for word; ${counts.spans} spans stand, ${counts.moved} of them elsewhere than they did; ${counts.missed} were not found.`,
  );
  return counts.missed > 0 || counts.withoutText > 0 ? 1 : 0;
}

/** The file itself, or those of a release's folder: one, or one a split. */
async function standOffsOf(release: string): Promise<readonly string[]> {
  const place = pathOf(release);
  const about = await stat(place).catch(() => null);
  if (!about) throw new Refused(`There is nothing at ${release}.`);
  if (!about.isDirectory()) return [place];
  const names = (await readdir(place)).filter((name) => name.endsWith(".standoff.jsonl")).sort();
  if (names.length === 0) throw new Refused(`${release} holds no stand-off release: no file ends in .standoff.jsonl.`);
  return names.map((name) => path.join(place, name));
}

async function* jsonLinesOf(files: readonly string[]): AsyncGenerator<unknown> {
  for (const file of files) yield* jsonLines(file);
}

const round = (score: number) => Math.round(score * 100) / 100;

type Texts = { readonly bySha: Map<string, string>; readonly byName: Map<string, string> };

/** Files of text, folders of them, and JSONL with `text` (and `url`, `id` or `title`, by which a text that drifted is known). */
async function textsOf(names: readonly string[]): Promise<Texts> {
  const texts: Texts = { bySha: new Map(), byName: new Map() };
  const add = (raw: string, known: readonly unknown[]) => {
    const prepared = prepareText(raw);
    if ("faults" in prepared) return;
    texts.bySha.set(sha256(prepared.text), prepared.text);
    for (const name of known) if (typeof name === "string" && name !== "") texts.byName.set(name, prepared.text);
  };
  for (const file of await filesOf(names.map(pathOf))) {
    if (/\.(jsonl|ndjson)$/i.test(file)) {
      for await (const value of jsonLines(file))
        if (typeof value === "object" && value !== null && "text" in value && typeof value.text === "string")
          add(
            value.text,
            ["url", "id", "title"].map((key) => Reflect.get(value, key)),
          );
    } else add(await readText(file), [path.basename(file), path.basename(file).replace(/\.[^.]+$/, "")]);
  }
  return texts;
}

async function filesOf(places: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const place of places) {
    const about = await stat(place).catch(() => null);
    if (!about) throw new Refused(`There is nothing at ${place}.`);
    if (!about.isDirectory()) found.push(place);
    else
      for (const name of (await readdir(place)).sort())
        if (/\.(txt|text|md|jsonl|ndjson)$/i.test(name)) found.push(path.join(place, name));
  }
  return found;
}

async function readText(file: string): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of createReadStream(file)) parts.push(part as Buffer);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.concat(parts));
  } catch {
    throw new Refused(`${file} is not UTF-8.`);
  }
}

async function* jsonLines(file: string): AsyncGenerator<unknown> {
  for await (const { number, bytes } of splitLines(createReadStream(file), Number.MAX_SAFE_INTEGER)) {
    const words = Buffer.from(bytes ?? []).toString("utf8");
    if (words.trim() === "") continue;
    try {
      yield JSON.parse(words);
    } catch {
      throw new Refused(`${file}: line ${number} is not JSON.`);
    }
  }
}

const textFor = ({ bySha, byName }: Texts, { id, url, title, text_sha256 }: Line): string | null =>
  bySha.get(text_sha256) ??
  byName.get(id) ??
  (url ? byName.get(url) : undefined) ??
  (title ? byName.get(title) : undefined) ??
  null;

/** Regions are only kept on the very text that they were drawn on. */
function rehydrated(article: Line, text: string, salt: string, leastScore: number) {
  const layers = [...article.reviews, ...(article.gold ? [article.gold] : [])];
  const spans = layers.flatMap((layer): readonly StandOffSpan[] => layer.spans);
  const placed: Anchored = anchor(spans, article, text, salt, leastScore);
  const index = indexText(text);
  const gone = new Set(spans.filter((one) => !placed.found.has(one)).map(({ id }) => id));
  const layer = (of: Marks) => ({
    ...of,
    spans: of.spans.flatMap((one) => {
      const is = placed.found.get(one);
      const { quote_hash: _q, before_hash: _b, after_hash: _a, ...rest } = one;
      return is ? [{ ...rest, ...is, quote: index.slice(is) }] : [];
    }),
    // A target in words was left out of the release; that there was one stays said.
    links: of.links
      .filter(({ from, to }) => !gone.has(from) && (to === null || !gone.has(to)))
      .map((one) => (one.to === null ? { ...one, to_text: "(not in the release)" } : one)),
  });
  const { length: _l, text_sha256: _h, regions, reviews, gold, ...rest } = article;
  return {
    ...placed,
    placed: placed.found.size,
    line: {
      ...rest,
      text,
      text_sha256: sha256(text),
      ...(placed.exact ? { regions } : {}),
      reviews: reviews.map(layer),
      ...(gold ? { gold: layer(gold) } : {}),
    },
  };
}
