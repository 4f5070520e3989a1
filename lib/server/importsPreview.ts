/** What a file holds before it is imported: its format, its labels and people, and some of its spans in context. Nothing is stored. */
import type { Actor } from "../access/actor";
import { suggestedLabel } from "../formats/mapping";
import type { NativeArticle, PlacedFault } from "../formats/native";
import { formats } from "../formats/registry";
import { ok, type Result } from "../result";
import type { Scheme } from "../scheme/scheme";
import { indexText } from "../text/codepoints";
import { quoteWithContext } from "../text/quote";
import { projectFor } from "./access";
import { Slots, slotOf } from "./bulk";
import { transaction } from "./db";
import type { ImportPreview, ImportQuery } from "./imports.schema";
import { candidatesOf, mayBeZip, readerOf } from "./importsRead";
import { rulesOf } from "./importsTarget";
import { type ImportFile, receive } from "./importsUpload";

/** Two at a time in a process: each keeps a processor busy. */
const slots = new Slots(2, 60_000);

/** A long file is looked at so far. */
const MOST_ARTICLES = 2_000;
const MOST_SPANS = 10;
const MOST_FAULTS = 20;
const MOST_NAMES = 500;
/** Code points on either side of a span. */
const REACH = 60;

type Facts = { readonly scheme: Scheme; readonly members: ReadonlyMap<string, string> };

/** Refuses as an import does, but for the file's own faults, which are told. */
export async function previewRequest(
  actor: Actor,
  projectId: string,
  query: ImportQuery,
  request: Request,
): Promise<Result<ImportPreview>> {
  const facts = await transaction(async (tx): Promise<Result<Facts>> => {
    const may = await projectFor(tx, actor, projectId, "project.edit");
    if (!may.ok) return may;
    const { scheme } = await rulesOf(tx, projectId);
    const rows = await tx.$queryRaw<{ id: string; email: string | null }[]>`
      SELECT u."id", u."email" FROM "Member" m JOIN "User" u ON u."id" = m."userId" WHERE m."projectId" = ${projectId}::uuid`;
    const members = rows.flatMap(({ id, email }) => [[id, id] as const, ...(email ? [[email, id] as const] : [])]);
    return ok({ scheme, members: new Map(members) });
  });
  if (!facts.ok) return facts;
  const upload = await receive(request, query.name ?? null, mayBeZip(query.format));
  if (!upload.ok) return upload;
  const slot = await slotOf(slots, "previews");
  try {
    if (!slot.ok) return slot;
    const [file] = upload.value.files;
    return file ? await previewOf(file, query, facts.value) : ok(new Preview(facts.value).told());
  } finally {
    if (slot.ok) slot.value();
    await upload.value.discard().catch(() => undefined);
  }
}

async function previewOf(file: ImportFile, query: ImportQuery, facts: Facts): Promise<Result<ImportPreview>> {
  const candidates = await candidatesOf(file);
  const preview = new Preview(facts);
  preview.candidates = candidates.map(({ format, reason }) => ({ format, name: formats[format].name, reason }));
  const settings = {
    ...(query.textColumn === undefined ? {} : { textColumn: query.textColumn }),
    ...(query.offsetUnit ? { offsetUnit: query.offsetUnit } : {}),
  };
  const reader = await readerOf(query.format, file, settings);
  if (!reader.ok) return query.format === undefined ? ok(preview.told()) : reader;
  preview.format = reader.value.format;
  for await (const item of reader.value.read(file.open(), file.name)) {
    if (item.kind === "fault") preview.faults.push(...item.faults.slice(0, MOST_FAULTS - preview.faults.length));
    if (item.kind === "article") preview.take(item.article, item.notes);
    if (preview.full) break;
  }
  return ok(preview.told());
}

class Preview {
  format: ImportPreview["format"] = null;
  candidates: ImportPreview["candidates"] = [];
  readonly faults: PlacedFault[] = [];
  private articles = 0;
  private gold = 0;
  private readonly notes = new Set<string>();
  private readonly labels = new Map<string, number>();
  private readonly links = new Map<string, number>();
  private readonly reviewers = new Map<string, { articles: number; spans: number }>();
  private readonly suggestions = new Map<string, { articles: number; spans: number }>();
  private readonly spans: ImportPreview["spans"] = [];

  constructor(private readonly facts: Facts) {}

  get full(): boolean {
    return this.articles >= MOST_ARTICLES || this.faults.length >= MOST_FAULTS;
  }

  take(article: NativeArticle, notes: readonly string[]): void {
    this.articles++;
    for (const note of notes) if (this.notes.size < 20) this.notes.add(note);
    const index = indexText(article.text ?? "");
    const add = (map: Map<string, number>, name: string) => {
      if (map.size < MOST_NAMES || map.has(name)) map.set(name, (map.get(name) ?? 0) + 1);
    };
    const layers = [
      ...article.reviews.map((review) => ({ ...review, of: this.reviewers })),
      ...(article.gold ? [{ ...article.gold, reviewer: null, of: null }] : []),
      ...(article.suggestions ?? []).map((set) => ({ ...set, reviewer: set.by, of: this.suggestions })),
    ];
    for (const { reviewer, spans, links, of } of layers) {
      if (reviewer === null) this.gold++;
      else if (of && (of.size < MOST_NAMES || of.has(reviewer))) {
        const known = of.get(reviewer) ?? { articles: 0, spans: 0 };
        of.set(reviewer, { articles: known.articles + 1, spans: known.spans + spans.length });
      }
      for (const span of spans) {
        add(this.labels, span.label);
        if (this.spans.length >= MOST_SPANS) continue;
        const { quote, prefix, suffix } = quoteWithContext(index, span, REACH);
        const title = article.title ?? article.id ?? "";
        this.spans.push({ title, reviewer, label: span.label, before: prefix, quote, after: suffix });
      }
      for (const link of links) add(this.links, link.type);
    }
  }

  told(): ImportPreview {
    const { scheme, members } = this.facts;
    return {
      format: this.format,
      candidates: this.candidates,
      articles: this.articles,
      whole: !this.full,
      native: this.format === "jsonl",
      labels: [...this.labels].map(([label, count]) => ({ label, count, suggested: suggestedLabel(scheme, label) })),
      links: [...this.links].map(([type, count]) => ({ type, count })),
      reviewers: [...this.reviewers].map(([reviewer, counts]) => ({
        reviewer,
        ...counts,
        member: members.get(reviewer) ?? members.get(reviewer.trim().toLowerCase()) ?? null,
      })),
      gold: this.gold,
      suggestions: [...this.suggestions].map(([by, counts]) => ({ by, ...counts })),
      spans: this.spans,
      errors: this.faults.map((fault) => ({ ...fault })),
      notes: [...this.notes],
    };
  }
}
