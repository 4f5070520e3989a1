import type { Change } from "@/lib/spans/model";

/** One act of the reviewer that the server has not confirmed: its changes go together. Never article text. */
export type Entry = {
  readonly id: string;
  readonly user: string;
  readonly review: string;
  /** The tab that made it and will send it. */
  readonly tab: string;
  /** When that tab was opened (ms), then the act's number in it: the order of sending. */
  readonly opened: number;
  readonly seq: number;
  readonly changes: readonly Change[];
  /** Why the server would not have it; such an entry is kept, shown and not sent again by itself. */
  readonly aside?: string;
};

export const byAge = (a: Entry, b: Entry): number =>
  a.opened - b.opened || (a.tab < b.tab ? -1 : a.tab > b.tab ? 1 : 0) || a.seq - b.seq;

/** Where unsent entries outlive the page. Every method may reject; the draft says so and goes on. */
export type Unsent = {
  /** Those of this user and review, of whatever tab, in order. */
  readonly load: () => Promise<readonly Entry[]>;
  readonly keep: (put: readonly Entry[], drop: readonly string[]) => Promise<void>;
};
