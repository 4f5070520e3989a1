/** What webhooks are told of, in words; the names are the API's. */
export const EVENTS = {
  "article.settled": "an article is settled",
  "release.ready": "a release is ready",
  "import.done": "an import is done",
} as const;

const SAID: ReadonlyMap<string, string> = new Map([...Object.entries(EVENTS), ["ping", "a test"]]);
export const eventInWords = (event: string): string => SAID.get(event) ?? event;

export type WebhookRow = {
  readonly id: string;
  readonly url: string;
  readonly events: readonly (keyof typeof EVENTS)[];
  readonly enabled: boolean;
  readonly failingSince: string | null;
  readonly disabledAt: string | null;
};

export type Delivery = {
  readonly id: string;
  readonly event: string;
  readonly state: "waiting" | "delivered" | "given-up";
  readonly attempts: number;
  readonly status: number | null;
  readonly fault: string | null;
  readonly createdAt: string;
  readonly dueAt: string | null;
};

const STATES = { waiting: "waiting", delivered: "arrived", "given-up": "given up" } as const;

/** "arrived", "waiting, tried 2 times: answered 500". */
export function outcomeInWords({ state, attempts, status, fault }: Delivery): string {
  const times =
    attempts === 0 ? "" : `, tried ${attempts === 1 ? "once" : attempts === 2 ? "twice" : `${attempts} times`}`;
  const why = fault ?? (status === null ? "" : `answered ${status}`);
  return `${STATES[state]}${state === "delivered" ? "" : times}${why && `: ${why}`}`;
}
