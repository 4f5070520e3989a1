/** The spans or the links of a review while a request is applied to it: writes are collected and folded in once, at the end. */
import type { Tombstone } from "./model";

type Dead<T> = Tombstone & { readonly was?: T };

export class Table<T extends Tombstone> {
  readonly #live: ReadonlyMap<string, T>;
  readonly #dead: ReadonlyMap<string, Dead<T>>;
  readonly #written = new Map<string, { readonly live: T | undefined; readonly dead: Dead<T> | undefined }>();

  constructor(live: ReadonlyMap<string, T>, dead: ReadonlyMap<string, Dead<T>>) {
    this.#live = live;
    this.#dead = dead;
  }

  #entry(id: string) {
    return this.#written.get(id) ?? { live: this.#live.get(id), dead: this.#dead.get(id) };
  }

  get(id: string): T | undefined {
    return this.#entry(id).live;
  }

  /** Live or removed; 0 for what never was. */
  version(id: string): number {
    const { live, dead } = this.#entry(id);
    return (live ?? dead)?.version ?? 0;
  }

  /** What stands or, if known, last stood under this id. */
  last(id: string): T | undefined {
    const { live, dead } = this.#entry(id);
    return live ?? dead?.was;
  }

  /** For a conflict: the live item, or `{id, version, removed}`, or null for what never was. */
  state(id: string): T | (Tombstone & { readonly removed: true }) | null {
    const { live, dead } = this.#entry(id);
    return live ?? (dead ? { id, version: dead.version, removed: true } : null);
  }

  put(item: T): void {
    this.#written.set(item.id, { live: item, dead: undefined });
  }

  remove(item: T): void {
    const dead = { id: item.id, version: item.version + 1, was: item };
    this.#written.set(item.id, { live: undefined, dead });
  }

  /** What was written: the live item at first, what stood or last stood there at first, and the live item now. */
  *written() {
    for (const [id, { live: after }] of this.#written) {
      const before = this.#live.get(id);
      yield { id, before, last: before ?? this.#dead.get(id)?.was, after };
    }
  }

  get isWritten(): boolean {
    return this.#written.size > 0;
  }

  /** All that live now, in no particular order. */
  *items(): Iterable<T> {
    for (const item of this.#live.values()) if (!this.#written.has(item.id)) yield item;
    for (const { live } of this.#written.values()) if (live) yield live;
  }

  done(): { readonly live: ReadonlyMap<string, T>; readonly dead: ReadonlyMap<string, Dead<T>> } {
    if (this.#written.size === 0) return { live: this.#live, dead: this.#dead };
    const live = new Map(this.#live);
    const dead = new Map(this.#dead);
    for (const [id, entry] of this.#written) {
      if (entry.live) live.set(id, entry.live);
      else live.delete(id);
      if (entry.dead) dead.set(id, entry.dead);
      else dead.delete(id);
    }
    return { live, dead };
  }
}
