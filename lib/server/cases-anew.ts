/** An article's cases found anew in memory, with the ids and decisions that it had. No statement is run here. */
import { randomUUID } from "node:crypto";
import { type CaseLink, type SourceNames, spanIds } from "../cases/case";
import { fingerprint, stale } from "../cases/content";
import { findCases } from "../cases/find";
import { identify } from "../cases/identity";
import { unsureness } from "../cases/queue-order";
import { suggester } from "../cases/suggest";
import type { Scheme } from "../scheme/scheme";
import type { TextIndex } from "../text/codepoints";
import { type ArticleFile, sha256 } from "./cases-file";
import type { Marks } from "./cases-marks";
import { wordKeys } from "./cases-words";
import type { FoundCase } from "./cases-write";

type Around = {
  readonly text: TextIndex;
  readonly scheme: Scheme;
  /** What spans of other articles are known by: their case where they have one, else themselves. */
  readonly foreign: ReadonlyMap<string, string>;
  readonly sources: SourceNames;
  /** As an editor last had them fitted; none: ties stay ties. */
  readonly competences: ReadonlyMap<string, number>;
};

export type Anew = {
  readonly found: readonly FoundCase[];
  /** Cases in which nothing stands any more: without a live decision, and with one. */
  readonly closed: readonly string[];
  readonly orphaned: readonly string[];
};

export function findAnew(
  file: ArticleFile,
  marks: Marks,
  { text, scheme, foreign, sources, competences }: Around,
): Anew {
  const cases = findCases({
    text,
    reviewers: file.submitted.map((r) => r.reviewerId),
    spans: marks.spans,
    links: marks.links,
    scheme,
    foreign,
    sources,
  });
  const live = new Map(file.decisions.flatMap((d) => (d.caseId ? [[d.caseId, d] as const] : [])));
  const { ids, closed, orphaned } = identify(
    file.cases.map((c) => ({ id: c.id, spanIds: spanIds(c), foundAt: c.foundAt, decided: live.has(c.id) })),
    cases,
  );
  const linksOf = startingIn(marks.links);
  const suggest = suggester({ text, scheme, links: marks.links, cases, foreign, sources, competences });
  const found = cases.map((c, i): FoundCase => {
    const id = ids[i] ?? randomUUID();
    const decision = live.get(id);
    const links = linksOf.size === 0 ? [] : spanIds(c).flatMap((s) => linksOf.get(s) ?? []);
    const ground = fingerprint(c, links, sha256);
    const now = { members: ground, submitted: c.submitted };
    const change = decision ? stale(decision, now) : null;
    const status = !decision ? "OPEN" : change ? "STALE" : "DECIDED";
    const { start, end, labels, members, missing, primary, flags, submitted } = c;
    const same = { start, end, labels, members, missing, primary, flags, submitted }; // spreading costs many times as much
    const suggestion = suggest(c);
    const kept = { words: wordKeys(c, text), unsure: unsureness(c, suggestion) };
    return Object.assign(same, kept, { id, ground, suggestion, status, stale: change } as const);
  });
  return {
    found,
    closed: closed.filter((id) => !live.has(id)),
    // Whoever ruled on an orphan did so without members; that ruling stands.
    orphaned: orphaned.filter((id) => (live.get(id)?.members.length ?? 0) > 0),
  };
}

function startingIn(links: readonly CaseLink[]): ReadonlyMap<string, readonly CaseLink[]> {
  const by = new Map<string, CaseLink[]>();
  for (const link of links) {
    const known = by.get(link.from);
    if (known) known.push(link);
    else by.set(link.from, [link]);
  }
  return by;
}

/** The article with its cases as they are now. */
export function refiled(file: ArticleFile, { found, closed, orphaned }: Anew) {
  const now = new Set(found.map((c) => c.id));
  const gone = new Set(closed);
  const ended = new Set(orphaned);
  const left = file.cases.flatMap((c) => {
    if (now.has(c.id) || gone.has(c.id)) return [];
    return { ...c, unsure: unsureness(c, c.suggestion), status: ended.has(c.id) ? ("ORPHANED" as const) : c.status };
  });
  return { ...file, cases: [...found, ...left] };
}

/**
 * What links end in outside their own articles, by the ids of cases. Where articles that link to each other are refreshed together, the
 * later one must see what the earlier one's cases have become: `follow` tells.
 */
export class Foreign {
  constructor(private readonly known: Map<string, string>) {}

  get ids(): ReadonlyMap<string, string> {
    return this.known;
  }

  follow(file: ArticleFile, anew: Anew): void {
    if (this.known.size === 0) return;
    const ended = new Set(anew.orphaned);
    for (const c of file.cases)
      if (!ended.has(c.id)) for (const id of spanIds(c)) if (this.known.get(id) === c.id) this.known.set(id, id);
    for (const c of anew.found) for (const id of spanIds(c)) if (this.known.has(id)) this.known.set(id, c.id);
  }
}
