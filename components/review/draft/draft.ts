/**
 * A review as it stands on this screen: what the server has confirmed, and over it the acts that are not confirmed yet. Acts show
 * at once, are kept in the browser, and are sent in order until the server has answered for each (interface.md, `changes`).
 * No framework in here: the screen subscribes.
 */
import type { Answer } from "@/components/api";
import { ok, type Result } from "@/lib/result";
import { type Act, changesFor, reverse } from "@/lib/spans/act";
import { applyAll, type Context } from "@/lib/spans/apply";
import { isSpanChange, targetOf } from "@/lib/spans/change";
import type { Change, Link, Review } from "@/lib/spans/model";
import { CONFLICT_CODES, type Conflict, conflictOver, faultyIndex, readConflicts } from "./conflict";
import { byAge, type Entry, type Unsent } from "./entry";
import { hear, type News, needsOf, newsOf, overlay, settle, versionOf } from "./overlay";
import { type Saving, savingOf } from "./saving";

export type Sent = {
  readonly version: number;
  readonly applied: readonly { readonly id: string; readonly version: number }[];
};

/** An act that the server would not have, with its reason. */
export type Aside = { readonly entry: Entry; readonly reason: string };

export type Snapshot = {
  readonly review: Review;
  /** The server's version, for submit. */
  readonly version: number;
  readonly saving: Saving;
  readonly conflicts: readonly Conflict[];
  readonly aside: readonly Aside[];
  readonly halt: Halt | null;
  /** Why the browser keeps nothing of what is not sent yet, or null. */
  readonly storage: string | null;
};

/** Why nothing is being sent, apart from there being nothing. */
export type Halt =
  | { readonly kind: "offline" | "away"; readonly retryAt: number }
  | { readonly kind: "signed-out" }
  | { readonly kind: "locked" }
  | { readonly kind: "gone"; readonly reason: string };

export type DraftOptions = {
  readonly context: Context;
  readonly review: Review;
  readonly reviewId: string;
  readonly userId: string;
  readonly tab: { readonly id: string; readonly opened: number };
  readonly unsent: Unsent;
  readonly send: (changes: readonly Change[]) => Promise<Answer<Sent>>;
  /** Tells other tabs what was saved. */
  readonly tell: (news: News, version: number) => void;
  readonly newId: () => string;
  /** Milliseconds; the default waits for real. Resolves early when the draft is nudged. */
  readonly now?: () => number;
  readonly online?: () => boolean;
};

/** A request carries at most so many changes, unless one act has more. */
const BATCH = 100;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 30_000;

export class Draft {
  readonly #o: DraftOptions;
  #confirmed: Review;
  #local: Review;
  #entries: Entry[] = [];
  #conflicts = new Map<string, Conflict>();
  #seq = 0;
  #sending = false;
  #opened = false;
  #halt: Halt | null = null;
  #failures = 0;
  /** Set while a whole batch is refused without a place: entries then go one at a time. */
  #single = false;
  #storage: string | null = null;
  #storing: Promise<void> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #listeners = new Set<() => void>();
  #snapshot: Snapshot;
  #closed = false;
  #turn = 0;

  constructor(options: DraftOptions) {
    this.#o = options;
    this.#confirmed = options.review;
    this.#local = options.review;
    this.#snapshot = this.#take();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): Snapshot => this.#snapshot;

  get halt(): Halt | null {
    return this.#halt;
  }

  /** Acts that the server has not answered for. */
  get unsent(): number {
    return this.#entries.length;
  }

  /** Whether the browser's own storage refuses them. */
  get unkept(): boolean {
    return this.#storage !== null;
  }

  /** Reads what earlier pages left behind and begins to send. `mayAdopt` says whether a tab's entries may be taken over. */
  async open(mayAdopt: (tab: string) => Promise<boolean>): Promise<void> {
    this.#closed = false;
    const turn = ++this.#turn;
    try {
      const known = new Set(this.#entries.map((e) => e.id));
      const left = (await this.#o.unsent.load()).filter((e) => !known.has(e.id));
      const adopted: Entry[] = [];
      const verdicts = new Map<string, boolean>();
      for (const entry of left) {
        if (!verdicts.has(entry.tab)) verdicts.set(entry.tab, await mayAdopt(entry.tab));
        if (verdicts.get(entry.tab)) adopted.push(entry);
      }
      if (turn !== this.#turn) return; // opened once more meanwhile
      adopted.sort(byAge);
      this.#entries = [...adopted, ...this.#entries];
      this.#rebuild();
    } catch (error) {
      this.#storage = reasonOf(error);
    }
    this.#opened = true;
    this.#emit();
    this.nudge();
  }

  /** Does an act here and now, all of its changes or none, or says why it cannot be. Answers with the act (lib/spans/act.ts). */
  do(changes: readonly Change[]): Result<Act> {
    if (changes.length === 0) return ok([]);
    const done = applyAll(this.#o.context, this.#local, changes);
    if (!done.ok) return done;
    this.#local = { ...done.value.review, version: this.#local.version };
    const entry = this.#entry(changes);
    this.#entries.push(entry);
    this.#keep([entry], []);
    this.#emit();
    this.nudge();
    return ok(reverse(done.value.inverse));
  }

  /** Tries to send now: after an act, on coming online, on a retry's hour, after signing in again. */
  nudge(resume = false): void {
    if (resume) {
      this.#halt = null;
      this.#failures = 0;
      this.#emit();
    }
    if (this.#halt?.kind === "offline" || this.#halt?.kind === "away") {
      if ((this.#o.now ?? Date.now)() < this.#halt.retryAt) return;
      this.#halt = null;
    }
    if (this.#sending || !this.#opened || this.#closed || this.#halt) return;
    void this.#flush();
  }

  /** Waits until everything that can be sent has been answered for; true if nothing is left. */
  async settled(): Promise<boolean> {
    this.nudge();
    while (this.#sending)
      await new Promise<void>((resolve) => {
        const off = this.subscribe(() => {
          off();
          resolve();
        });
      });
    return this.#entries.length === 0 && this.#conflicts.size === 0;
  }

  /** The browser says that it has no network. */
  offline(): void {
    if (this.#halt === null || this.#halt.kind === "away")
      this.#halt = { kind: "offline", retryAt: Number.POSITIVE_INFINITY };
    this.#emit();
  }

  /** Another request was answered 401. */
  signedOut(): void {
    this.#halt = { kind: "signed-out" };
    this.#emit();
  }

  /** News of other tabs, or of a fresh look at the server. */
  hear(news: News, version: number): void {
    this.#confirmed = hear(this.#confirmed, news, version);
    const ids = [...[...news.spans, ...news.links].map((s) => s.id), ...(news.dismissed ?? []).map(([id]) => id)];
    const mine = new Set(this.#entries.flatMap((e) => e.changes.map(targetOf)));
    if (ids.some((id) => !mine.has(id))) this.#rebuild();
    this.#emit();
  }

  /** Of a conflict. Mine is sent again on top of what stands there; theirs takes the place of mine. */
  resolve(id: string, keep: "mine" | "theirs"): void {
    const conflict = this.#conflicts.get(id);
    if (!conflict) return;
    this.#conflicts.delete(id);
    const dropped = new Set([id, ...(keep === "theirs" ? this.#dependents(id, conflict) : [])]);
    const act: Act =
      keep === "theirs"
        ? []
        : conflict.kind === "link"
          ? [{ kind: "link", id, before: conflict.theirs, after: conflict.mine }]
          : [
              { kind: "span", id, before: conflict.theirs, after: conflict.mine },
              ...conflict.links.map((l: Link) => ({
                kind: "link" as const,
                id: l.id,
                before: contentOf(l),
                after: null,
              })),
            ];
    this.#replace(dropped, changesFor(this.#confirmed, act, this.#o.newId));
    this.#rebuild();
    this.#emit();
    this.nudge();
  }

  /** Gives up an act that the server would not have. */
  discard(entryId: string): void {
    this.#entries = this.#entries.filter((e) => e.id !== entryId);
    this.#keep([], [entryId]);
    this.#rebuild();
    this.#emit();
    this.nudge();
  }

  /** Sends an act that was set aside once more. */
  again(entryId: string): void {
    this.#entries = this.#entries.map((e) => {
      if (e.id !== entryId) return e;
      const { aside: _aside, ...rest } = e;
      this.#keep([rest], []);
      return rest;
    });
    this.#emit();
    this.nudge();
  }

  close(): void {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
  }

  // ------------------------------------------------------------ sending

  /** Entries that may go: those that do not touch what is in conflict or was set aside. */
  #ready(): Entry[] {
    const blocked = new Set(this.#conflicts.keys());
    const ready: Entry[] = [];
    let size = 0;
    for (const entry of this.#entries) {
      if (entry.aside !== undefined || entry.changes.some((c) => needsOf(c).some((id) => blocked.has(id)))) {
        for (const change of entry.changes) blocked.add(targetOf(change));
        continue;
      }
      if (ready.length > 0 && (this.#single || size + entry.changes.length > BATCH)) break;
      ready.push(entry);
      size += entry.changes.length;
    }
    return ready;
  }

  async #flush(): Promise<void> {
    this.#sending = true;
    try {
      for (let batch = this.#ready(); batch.length > 0 && !this.#closed; batch = this.#ready()) {
        if (this.#o.online?.() === false) {
          this.#wait("offline", null);
          return;
        }
        this.#emit();
        const changes = batch.flatMap((e) => e.changes);
        const answer = await this.#o.send(changes.map((c) => this.#quoted(c)));
        if (this.#closed) return;
        if (!this.#heed(batch, changes, answer)) return;
      }
    } finally {
      this.#sending = false;
      this.#emit();
    }
  }

  /** Whether to go on sending. */
  #heed(batch: readonly Entry[], changes: readonly Change[], answer: Answer<Sent>): boolean {
    if (answer.ok) {
      this.#accept(batch, changes, answer.value);
      return true;
    }
    const { status } = answer;
    if (status === 0 || status === 408 || status === 429 || status >= 500) {
      this.#wait(status === 0 ? "offline" : "away", answer.retryAfter);
      return false;
    }
    if (status === 401) this.#halt = { kind: "signed-out" };
    else if (status === 423) this.#halt = { kind: "locked" };
    else if (status === 403 || status === 404) this.#halt = { kind: "gone", reason: answer.detail };
    else if (this.#sortOut(batch, changes, answer.status, answer.errors)) {
      this.#failures = 0;
      return true;
    } else if (batch.length > 1) {
      this.#single = true; // find the one at fault
      return true;
    } else {
      for (const entry of batch) this.#setAside(entry, answer.detail);
      this.#single = false;
      return true;
    }
    this.#emit();
    return false;
  }

  #accept(batch: readonly Entry[], changes: readonly Change[], sent: Sent): void {
    this.#failures = 0;
    this.#single = false;
    this.#confirmed = settle(
      this.#confirmed,
      changes,
      new Map(sent.applied.map((a) => [a.id, a.version])),
      sent.version,
    );
    const gone = new Set(batch.map((e) => e.id));
    this.#entries = this.#entries.filter((e) => !gone.has(e.id));
    this.#keep([], [...gone]);
    const ids = new Set(changes.map(targetOf));
    // Another tab may have gone further than what was just confirmed here.
    if ([...ids].some((id) => versionOf(this.#confirmed, id) !== versionOf(this.#local, id))) this.#rebuild();
    const suggestions = changes.flatMap((c) => (c.kind === "suggestion.dismiss" ? [c.suggestionId] : []));
    this.#o.tell(newsOf(this.#confirmed, ids, suggestions), sent.version);
    this.#emit();
  }

  /** Faults that name their change: conflicts are laid before the reviewer, the rest is set aside. False if none does. */
  #sortOut(
    batch: readonly Entry[],
    changes: readonly Change[],
    status: number,
    faults: readonly { path: string; code: string; message: string }[],
  ): boolean {
    const placed = faults.filter((f) => changes[faultyIndex(f)] !== undefined);
    if (placed.length === 0) return false;
    const wrong = placed.filter((f) => !CONFLICT_CODES.has(f.code));
    if (status === 422 && wrong.length > 0) {
      for (const fault of wrong) {
        const change = changes[faultyIndex(fault)];
        const entry = batch.find((e) => change && e.changes.includes(change));
        if (entry) this.#setAside(entry, fault.message);
      }
      return true;
    }
    const found = readConflicts(changes, placed);
    if (found.ids.size === 0) return false;
    this.#confirmed = hear(this.#confirmed, found.news, this.#confirmed.version);
    for (const id of found.ids) {
      const isSpan = changes.some((c) => targetOf(c) === id && isSpanChange(c));
      const conflict = conflictOver(id, isSpan, this.#local, this.#confirmed, found.links.get(id) ?? []);
      if (conflict) this.#conflicts.set(id, conflict);
      else this.#replace(new Set([id]), []); // both sides say the same
    }
    this.#emit();
    return true;
  }

  #setAside(entry: Entry, reason: string): void {
    const kept = { ...entry, aside: reason };
    this.#entries = this.#entries.map((e) => (e.id === entry.id ? kept : e));
    this.#keep([kept], []);
    this.#emit();
  }

  #wait(kind: "offline" | "away", retryAfter: number | null): void {
    const wait = Math.max(
      Math.min(FIRST_RETRY_MS * 2 ** this.#failures, LONGEST_RETRY_MS) * (0.75 + Math.random() / 2),
      (retryAfter ?? 0) * 1000,
    );
    this.#failures++;
    this.#halt = { kind, retryAt: (this.#o.now ?? Date.now)() + wait };
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.nudge(), wait + 1);
    this.#emit();
  }

  /** The quote is checked by the server against the offsets; it is cut out only now, so that none is kept in the browser. */
  #quoted(change: Change): Change {
    if (change.kind !== "span.put" || change.span.end - change.span.start > 2_000) return change;
    return { ...change, span: { ...change.span, quote: this.#o.context.index.slice(change.span) } };
  }

  // ------------------------------------------------------------ keeping

  #entry(changes: readonly Change[]): Entry {
    return {
      id: this.#o.newId(),
      user: this.#o.userId,
      review: this.#o.reviewId,
      tab: this.#o.tab.id,
      opened: this.#o.tab.opened,
      seq: this.#seq++,
      changes,
    };
  }

  /** Takes the changes to some objects out of the unsent entries and puts others in the place of the first. */
  #replace(ids: ReadonlySet<string>, changes: readonly Change[]): void {
    const put: Entry[] = [];
    const drop: string[] = [];
    let instead: Entry | null = null;
    const entries: Entry[] = [];
    for (const entry of this.#entries) {
      const left = entry.changes.filter((c) => !ids.has(targetOf(c)));
      if (left.length === entry.changes.length) {
        entries.push(entry);
        continue;
      }
      if (!instead && changes.length > 0) {
        // The same place in the order: what came after may rest on it.
        instead = { ...this.#entry(changes), tab: entry.tab, opened: entry.opened, seq: entry.seq };
        entries.push(instead);
        put.push(instead);
      }
      if (left.length === 0) drop.push(entry.id);
      else {
        const kept = { ...entry, changes: left };
        entries.push(kept);
        put.push(kept);
      }
    }
    this.#entries = entries;
    this.#keep(put, drop);
  }

  /** Unsent links from or to a span that is not there on the other side. */
  #dependents(id: string, conflict: Conflict): readonly string[] {
    if (conflict.theirs !== null) return [];
    return this.#entries
      .flatMap((e) => e.changes)
      .filter((c) => c.kind === "link.put" && (c.link.from === id || c.link.to === id))
      .map(targetOf);
  }

  #rebuild(): void {
    this.#local = overlay(
      this.#confirmed,
      this.#entries.flatMap((e) => e.changes),
    );
  }

  #keep(put: readonly Entry[], drop: readonly string[]): void {
    if (put.length === 0 && drop.length === 0) return;
    this.#storing = this.#storing
      .then(() => this.#o.unsent.keep(put, drop))
      .then(
        () => {
          // That something could be taken away does not say that anything can be kept.
          if (this.#storage === null || put.length === 0) return;
          this.#storage = null;
          this.#emit();
        },
        (error: unknown) => {
          this.#storage = reasonOf(error);
          this.#emit();
        },
      );
  }

  /** Resolves when everything so far has been written to the browser's own storage, or refused by it. */
  kept(): Promise<void> {
    return this.#storing;
  }

  // ------------------------------------------------------------ telling

  #take(): Snapshot {
    const aside = this.#entries.flatMap((entry) => (entry.aside === undefined ? [] : [{ entry, reason: entry.aside }]));
    return {
      review: this.#local,
      version: this.#confirmed.version,
      saving: savingOf({
        opened: this.#opened,
        unsent: this.#entries.length,
        aside: aside[0]?.reason ?? null,
        conflicts: this.#conflicts.size,
        halt: this.#halt,
        storage: this.#storage,
      }),
      conflicts: [...this.#conflicts.values()],
      aside,
      halt: this.#halt,
      storage: this.#storage,
    };
  }

  #emit(): void {
    this.#snapshot = this.#take();
    for (const listener of [...this.#listeners]) listener();
  }
}

const contentOf = ({ type, from, to, toText }: Link) => ({ type, from, to, toText });

const reasonOf = (error: unknown): string =>
  error instanceof DOMException && error.name === "QuotaExceededError"
    ? "the browser's storage is full"
    : "the browser does not let Gloss keep anything";
