/**
 * Confusion: for each case and each two of its article's reviewers, the label of the one against the label of the other, or against none.
 * Each pair is counted once, under the label that comes first in scheme order, `none` last. A pair that marked nothing is not counted.
 */
import type { Grouped } from "./grouped";

export const NOTHING = "none";

export class Confusion {
  readonly #counts = new Map<string, Map<string, number>>();

  add({ labels, members, missing }: Grouped): void {
    const reviewers = new Map<string, Set<string>>();
    for (const m of members) reviewers.set(m.label, (reviewers.get(m.label) ?? new Set()).add(m.reviewer));
    const sizes = labels.map((label) => reviewers.get(label)?.size ?? 0);
    labels.forEach((label, i) => {
      const n = sizes[i] ?? 0;
      this.#count(label, label, (n * (n - 1)) / 2);
      for (let j = i + 1; j < labels.length; j++) this.#count(label, labels[j] ?? "", n * (sizes[j] ?? 0));
      this.#count(label, NOTHING, n * missing.length);
    });
  }

  #count(row: string, column: string, pairs: number): void {
    if (pairs === 0) return;
    const cells = this.#counts.get(row) ?? new Map<string, number>();
    this.#counts.set(row, cells.set(column, (cells.get(column) ?? 0) + pairs));
  }

  /** Rows and columns in the order of `labels`. */
  table(labels: readonly string[]): Readonly<Record<string, Readonly<Record<string, number>>>> {
    const columns = [...labels, NOTHING];
    return Object.fromEntries(
      labels.flatMap((row) => {
        const cells = this.#counts.get(row);
        if (!cells) return [];
        return [[row, Object.fromEntries(columns.flatMap((c) => (cells.has(c) ? [[c, cells.get(c) ?? 0]] : [])))]];
      }),
    );
  }
}
