import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Answer } from "@/components/api";
import { DEFAULT_SCHEME } from "@/lib/scheme/default";
import { type Act, changesFor } from "@/lib/spans/act";
import { applyAll, type Context, emptyReview } from "@/lib/spans/apply";
import { canonicalChange } from "@/lib/spans/canonical";
import type { Change, Review } from "@/lib/spans/model";
import { indexText } from "@/lib/text/codepoints";
import { Draft, type Sent } from "./draft";
import type { Entry, Unsent } from "./entry";
import { hear, newsOf } from "./overlay";

const TEXT = "The pier was closed, the harbour office said. “We deny it,” wrote the firm 🛟 later.\n".repeat(20);
const context: Context = { index: indexText(TEXT), scheme: DEFAULT_SCHEME };

let counter = 0;
const newId = () => `00000000-0000-4000-8000-${(++counter).toString(16).padStart(12, "0")}`;

const problem = (status: number, errors: Extract<Answer<Sent>, { ok: false }>["errors"] = []): Answer<Sent> => ({
  ok: false,
  status,
  title: "problem",
  detail: `status ${status}`,
  errors,
  retryAfter: null,
});

/** The server's side: the same pure core, remembering the ids of what it applied, as interface.md promises. */
class Server {
  review: Review = emptyReview();
  readonly applied = new Map<string, { version: number; content: string }>();
  writes = 0;
  post(changes: readonly Change[], on: Context = context): Answer<Sent> {
    const fresh = changes.filter((c) => !this.applied.has(c.id));
    const done = applyAll(on, this.review, fresh);
    if (!done.ok) {
      const errors = done.errors.map((e) => {
        const n = Number(/^changes\.(\d+)/.exec(e.path)?.[1]);
        const change = fresh[n];
        return { ...e, path: e.path.replace(/^changes\.\d+/, `changes.${change ? changes.indexOf(change) : n}`) };
      });
      return { ...problem(done.code === "conflict" ? 409 : 422, errors), detail: done.message } as Answer<Sent>;
    }
    this.review = done.value.review;
    this.writes += fresh.length;
    done.value.applied.forEach((a, n) => {
      const change = fresh[n];
      if (change) this.applied.set(a.id, { version: a.version, content: canonicalChange(change) });
    });
    return {
      ok: true,
      status: 200,
      etag: null,
      value: {
        version: this.review.version,
        applied: changes.map((c) => ({ id: c.id, version: this.applied.get(c.id)?.version ?? -1 })),
      },
    };
  }
}

class Kept implements Unsent {
  entries = new Map<string, Entry>();
  load = async () => [...this.entries.values()];
  keep = async (put: readonly Entry[], drop: readonly string[]) => {
    for (const entry of put) this.entries.set(entry.id, JSON.parse(JSON.stringify(entry)) as Entry);
    for (const id of drop) this.entries.delete(id);
  };
}

let tabs = 0;
function openTab(
  server: Server,
  kept: Unsent,
  send: (changes: readonly Change[]) => Promise<Answer<Sent>>,
  review = server.review,
) {
  tabs++;
  return new Draft({
    context,
    review,
    reviewId: "review",
    userId: "user",
    tab: { id: `tab ${tabs}`, opened: tabs },
    unsent: kept,
    send,
    tell: () => {},
    newId,
  });
}

const span = (start: number, end: number, label = "CLAIM", note = "") => ({
  start,
  end,
  label,
  attributes: {},
  note,
  uncertain: false,
});
const make = (id: string, start: number, end: number, label = "CLAIM"): Act => [
  { kind: "span", id, before: null, after: span(start, end, label) },
];
const perform = (draft: Draft, act: Act) => draft.do(changesFor(draft.snapshot().review, act, newId));
const content = (review: Review) => ({
  spans: [...review.spans.values()].map(({ version: _, ...s }) => s).sort((a, b) => (a.id < b.id ? -1 : 1)),
  links: [...review.links.values()].map(({ version: _, ...l }) => l).sort((a, b) => (a.id < b.id ? -1 : 1)),
});

afterEach(() => vi.useRealTimers());

/** Runs timers until nothing is being sent or waited for. */
async function quiet(draft: Draft) {
  for (let turn = 0; turn < 200 && draft.unsent > 0; turn++) await vi.advanceTimersByTimeAsync(60_000);
}

describe("a draft", () => {
  test("says saved only when the server has answered", async () => {
    const server = new Server();
    let answer = (_: Answer<Sent>) => {};
    const draft = openTab(server, new Kept(), () => new Promise((resolve) => (answer = resolve)));
    expect(draft.snapshot().saving.words).toBe("opening");
    await draft.open(async () => true);
    expect(draft.snapshot().saving.words).toBe("saved");
    perform(draft, make(newId(), 4, 8));
    expect(draft.snapshot().saving.words).toBe("saving");
    const [entryChange] = [...draft.snapshot().review.spans.values()];
    expect(entryChange?.version).toBe(1);
    answer(problem(200));
    await draft.settled();
    expect(draft.snapshot().saving.words).not.toBe("saved");
    draft.close();
  });

  test("sends the quote, but keeps no article text in the browser", async () => {
    const server = new Server();
    const kept = new Kept();
    const sent: Change[] = [];
    let online = false;
    const draft = openTab(server, kept, async (changes) => {
      sent.push(...changes);
      return online ? server.post(changes) : problem(0);
    });
    await draft.open(async () => true);
    perform(draft, make(newId(), 4, 8));
    await draft.settled();
    await draft.kept();
    expect(JSON.stringify([...kept.entries.values()])).not.toContain("pier");
    online = true;
    draft.nudge(true);
    await draft.settled();
    expect(sent.at(-1)).toMatchObject({ span: { start: 4, end: 8, quote: "pier" } });
    expect(draft.snapshot().saving.words).toBe("saved");
    expect(kept.entries.size).toBe(0);
  });

  test("counts what is not sent, and sends it in order when the network is back", async () => {
    vi.useFakeTimers();
    const server = new Server();
    let online = false;
    const draft = openTab(server, new Kept(), async (c) => (online ? server.post(c) : problem(0)));
    await draft.open(async () => true);
    const ids = [newId(), newId(), newId()];
    ids.forEach((id, n) => {
      perform(draft, make(id, n * 5, n * 5 + 3));
    });
    await vi.advanceTimersByTimeAsync(0);
    expect(draft.snapshot().saving.words).toBe("3 not sent");
    online = true;
    await quiet(draft);
    expect(draft.snapshot().saving.words).toBe("saved");
    expect([...server.review.spans.keys()]).toEqual(ids);
    draft.close();
  });

  test("an expired session stops sending, and signing in again sends once", async () => {
    const server = new Server();
    let signedIn = false;
    const draft = openTab(server, new Kept(), async (c) => (signedIn ? server.post(c) : problem(401)));
    await draft.open(async () => true);
    perform(draft, make(newId(), 0, 3));
    await draft.settled();
    expect(draft.halt).toEqual({ kind: "signed-out" });
    expect(draft.snapshot().saving.words).toBe("not saved: signed out");
    perform(draft, make(newId(), 4, 8));
    signedIn = true;
    draft.nudge(true);
    await draft.settled();
    expect(server.writes).toBe(2);
    expect(draft.snapshot().saving.words).toBe("saved");
  });

  test("a submitted review keeps the queue and says so", async () => {
    const server = new Server();
    const kept = new Kept();
    const draft = openTab(server, kept, async () => problem(423));
    await draft.open(async () => true);
    perform(draft, make(newId(), 0, 3));
    await draft.settled();
    await draft.kept();
    expect(draft.snapshot().saving).toMatchObject({ words: "not saved: submitted", count: 1 });
    expect(kept.entries.size).toBe(1);
  });

  test("one change that the server refuses is set aside with what rests on it; the others go on", async () => {
    const server = new Server();
    const [claim] = DEFAULT_SCHEME.labels;
    if (!claim) throw new Error("no label");
    const strict: Context = {
      ...context,
      scheme: {
        ...DEFAULT_SCHEME,
        labels: DEFAULT_SCHEME.labels.map((l) => (l.key === "DENIAL" ? { ...l, archived: true } : l)),
      },
    };
    const draft = openTab(server, new Kept(), async (c) => server.post(c, strict));
    const [a, b, c] = [newId(), newId(), newId()];
    perform(draft, make(a, 0, 3));
    perform(draft, make(b, 4, 8, "DENIAL"));
    perform(draft, [
      { kind: "link", id: newId(), before: null, after: { type: "denies", from: b, to: a, toText: null } },
    ]);
    perform(draft, make(c, 9, 12));
    await draft.open(async () => true);
    await draft.settled();
    expect([...server.review.spans.keys()]).toEqual([a, c]);
    const { aside, saving } = draft.snapshot();
    expect(aside).toHaveLength(1);
    expect(aside[0]?.reason).toBe("Denial is archived and takes no new spans.");
    expect(saving.words).toBe("not saved: Denial is archived and takes no new spans");
    draft.discard(aside[0]?.entry.id ?? "");
    await draft.settled();
    expect(draft.snapshot().review.spans.has(b)).toBe(false);
  });

  test("a storage that fails is said, and sending goes on", async () => {
    const server = new Server();
    const full: Unsent = {
      load: async () => [],
      keep: async () => {
        throw new DOMException("full", "QuotaExceededError");
      },
    };
    let online = false;
    const draft = openTab(server, full, async (c) => (online ? server.post(c) : problem(0)));
    await draft.open(async () => true);
    perform(draft, make(newId(), 0, 3));
    await draft.settled();
    await draft.kept();
    expect(draft.snapshot().saving.detail).toContain("the browser's storage is full");
    online = true;
    draft.nudge(true);
    await draft.settled();
    expect(draft.snapshot().saving.words).toBe("saved");
  });
});

describe("two windows on one review", () => {
  async function twoWindows() {
    const server = new Server();
    const id = newId();
    const setup = openTab(server, new Kept(), async (c) => server.post(c));
    await setup.open(async () => true);
    perform(setup, make(id, 0, 8));
    await setup.settled();
    const one = openTab(server, new Kept(), async (c) => server.post(c));
    const two = openTab(server, new Kept(), async (c) => server.post(c));
    await one.open(async () => true);
    await two.open(async () => true);
    const at = one.snapshot().review.spans.get(id);
    if (!at) throw new Error("no span");
    const before = span(0, 8);
    perform(two, [{ kind: "span", id, before, after: { ...before, label: "FRAMING" } }]);
    await two.settled();
    perform(one, [{ kind: "span", id, before, after: { ...before, end: 12 } }]);
    perform(one, make(newId(), 20, 25));
    await one.settled();
    return { server, one, id };
  }

  test("the conflict is shown with both sides, and everything else is saved", async () => {
    const { server, one, id } = await twoWindows();
    const [conflict] = one.snapshot().conflicts;
    expect(conflict).toMatchObject({ id, mine: { end: 12, label: "CLAIM" }, theirs: { end: 8, label: "FRAMING" } });
    expect(server.review.spans.size).toBe(2);
    expect(one.snapshot().saving.words).toBe("not saved: changed elsewhere");
  });

  test.each([
    ["mine", { end: 12, label: "CLAIM" }],
    ["theirs", { end: 8, label: "FRAMING" }],
  ] as const)("keep %s", async (keep, expected) => {
    const { server, one, id } = await twoWindows();
    one.resolve(id, keep);
    await one.settled();
    expect(one.snapshot().conflicts).toEqual([]);
    expect(one.snapshot().saving.words).toBe("saved");
    expect(server.review.spans.get(id)).toMatchObject(expected);
    expect(content(one.snapshot().review)).toEqual(content(server.review));
  });

  test("what the other window saved is taken over where nothing here is unsent", async () => {
    const server = new Server();
    const one = openTab(server, new Kept(), async (c) => server.post(c));
    const two = openTab(server, new Kept(), async (c) => server.post(c));
    await one.open(async () => true);
    await two.open(async () => true);
    const id = newId();
    perform(two, make(id, 0, 3));
    await two.settled();
    one.hear(newsOf(server.review, [id]), server.review.version);
    expect(one.snapshot().review.spans.get(id)).toMatchObject({ end: 3, version: 1 });
    expect(one.snapshot().version).toBe(server.review.version);
    perform(one, [{ kind: "span", id, before: span(0, 3), after: null }]);
    await one.settled();
    expect(server.review.spans.size).toBe(0);
  });

  test("removing a span here that was linked elsewhere: the link is shown, and keeping mine removes both", async () => {
    const server = new Server();
    const [claim, denial, link] = [newId(), newId(), newId()];
    const setup = openTab(server, new Kept(), async (c) => server.post(c));
    await setup.open(async () => true);
    perform(setup, [...make(claim, 0, 8), ...make(denial, 9, 12, "DENIAL")]);
    await setup.settled();
    const one = openTab(server, new Kept(), async (c) => server.post(c));
    await one.open(async () => true);
    perform(setup, [
      { kind: "link", id: link, before: null, after: { type: "denies", from: denial, to: claim, toText: null } },
    ]);
    await setup.settled();
    perform(one, [{ kind: "span", id: claim, before: span(0, 8), after: null }]);
    await one.settled();
    expect(one.snapshot().conflicts[0]).toMatchObject({ id: claim, mine: null, links: [{ id: link }] });
    one.resolve(claim, "mine");
    await one.settled();
    expect([...server.review.spans.keys()]).toEqual([denial]);
    expect(server.review.links.size).toBe(0);
  });
});

describe("whatever the network and the browser do", () => {
  type Step =
    | { do: "make"; start: number; size: number }
    | { do: "move" | "remove" | "link"; pick: number; start: number }
    | { do: "crash" }
    | { do: "pass" };
  const pick = fc.nat(1000);
  const step: fc.Arbitrary<Step> = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant("make" as const),
        start: fc.nat(1000),
        size: fc.integer({ min: 1, max: 40 }),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constantFrom("move" as const, "remove" as const, "link" as const),
        pick,
        start: fc.nat(1000),
      }),
    },
    { weight: 1, arbitrary: fc.constant({ do: "crash" as const }) },
    { weight: 2, arbitrary: fc.constant({ do: "pass" as const }) },
  );

  function act(review: Review, s: Extract<Step, { start: number }>): Act {
    if (s.do === "make") return make(newId(), s.start, s.start + s.size, s.start % 2 ? "CLAIM" : "DENIAL");
    const all = [...review.spans.values()];
    const one = all[s.pick % Math.max(1, all.length)];
    if (!one) return [];
    const { id, version: _, ...before } = one;
    if (s.do === "move") return [{ kind: "span", id, before, after: { ...before, start: s.start, end: s.start + 5 } }];
    if (s.do === "remove")
      return [
        ...[...review.links.values()]
          .filter((l) => l.from === id || l.to === id)
          .map(({ id: link, version: __, ...was }) => ({ kind: "link" as const, id: link, before: was, after: null })),
        { kind: "span", id, before, after: null },
      ];
    const from = all.find((x) => x.label === "DENIAL");
    const to = all.find((x) => x.label === "CLAIM");
    if (!from || !to) return [];
    return [
      { kind: "link", id: newId(), before: null, after: { type: "denies", from: from.id, to: to.id, toText: null } },
    ];
  }

  test("every act is on the server once, and the screen shows what the server has", async () => {
    vi.useFakeTimers();
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 40 }),
        fc.array(fc.constantFrom("ok", "lost", "answer lost", "away"), { maxLength: 30 }),
        async (steps, weather) => {
          const server = new Server();
          const kept = new Kept();
          let calls = 0;
          const send = async (changes: readonly Change[]) => {
            const fate = weather[calls++] ?? "ok";
            await new Promise((resolve) => setTimeout(resolve, 50));
            if (fate === "lost") return problem(0);
            if (fate === "away") return problem(503);
            const answer = server.post(changes);
            return fate === "answer lost" ? problem(0) : answer;
          };
          let draft = openTab(server, kept, send);
          await draft.open(async () => true);
          for (const s of steps) {
            if (s.do === "pass") await vi.advanceTimersByTimeAsync(500);
            else if (s.do === "crash") {
              await draft.kept();
              draft.close();
              draft = openTab(server, kept, send);
              await draft.open(async () => true);
            } else expect(perform(draft, act(draft.snapshot().review, s)).ok).toBe(true);
          }
          const shown = content(draft.snapshot().review);
          await quiet(draft);
          await draft.kept();
          draft.close();
          expect(draft.snapshot().conflicts).toEqual([]);
          expect(content(server.review)).toEqual(shown);
          expect(content(draft.snapshot().review)).toEqual(shown);
          expect(server.writes).toBe(server.applied.size);
          expect(kept.entries.size).toBe(0);
          expect(draft.snapshot().saving.words).toBe("saved");
        },
      ),
      { numRuns: 150 },
    );
  });
});

test("older news never takes the place of newer", () => {
  const id = newId();
  const old = { id, version: 1, ...span(0, 3) };
  const fresh = { id, version: 2, ...span(0, 5) };
  const review = hear(emptyReview(), { spans: [fresh], links: [] }, 2);
  expect(hear(review, { spans: [old], links: [] }, 1)).toMatchObject({ version: 2, spans: new Map([[id, fresh]]) });
});
