/** A binary heap: the least by `compare` comes out first. */
export class Heap<T> {
  readonly #items: T[] = [];

  constructor(readonly compare: (a: T, b: T) => number) {}

  push(item: T): void {
    const items = this.#items;
    let at = items.push(item) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = items[up];
      if (parent === undefined || this.compare(parent, item) <= 0) break;
      items[at] = parent;
      at = up;
    }
    items[at] = item;
  }

  pop(): T | undefined {
    const items = this.#items;
    const top = items[0];
    const last = items.pop();
    if (last === undefined || items.length === 0) return top;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      let child = items[down];
      const other = items[down + 1];
      if (child === undefined) break;
      if (other !== undefined && this.compare(other, child) < 0) {
        child = other;
        down++;
      }
      if (this.compare(last, child) <= 0) break;
      items[at] = child;
      at = down;
    }
    items[at] = last;
    return top;
  }
}
