import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type EarlierCase, identify } from "./identity";
import { marks } from "./testing/marks";

const earlier = (id: string, spans: string, foundAt = "2020-01-01", decided = false): EarlierCase => ({
  id,
  spanIds: marks(spans).map((m) => m.id),
  foundAt,
  decided,
});
const found = (spans: string) => ({ members: marks(spans).map((m) => ({ ...m, twins: [] })) });

describe("cases keep their ids", () => {
  it.each([
    ["the same members", [earlier("x", "a 0-9 C, b 0-9 C")], [found("a 0-9 C, b 0-9 C")], ["x"], [], []],
    ["a member more", [earlier("x", "a 0-9 C")], [found("a 0-9 C, b 0-9 C")], ["x"], [], []],
    ["nothing shared", [earlier("x", "a 0-9 C")], [found("b 20-29 C")], [null], ["x"], []],
    ["nothing shared, decided", [earlier("x", "a 0-9 C", "2020", true)], [found("b 20-29 C")], [null], ["x"], ["x"]],
    [
      "two grow together: the one that shares more",
      [earlier("x", "a 0-9 C"), earlier("y", "b 8-19 C, c 8-19 C")],
      [found("a 0-9 C, b 8-19 C, c 8-19 C")],
      ["y"],
      ["x"],
      [],
    ],
    [
      "two grow together, sharing as much: the older",
      [earlier("x", "a 0-9 C", "2021-06-01"), earlier("y", "b 8-19 C", "2021-05-01", true)],
      [found("a 0-9 C, b 8-19 C")],
      ["y"],
      ["x"],
      [],
    ],
    [
      "one falls apart: the larger part keeps it, the other is new",
      [earlier("x", "a 0-9 C, b 0-9 C, c 4-19 C")],
      [found("c 4-19 C"), found("a 0-9 C, b 0-9 C")],
      [null, "x"],
      [],
      [],
    ],
    [
      "who does not get their first gets their second",
      [earlier("x", "a 0-9 C, b 0-9 C, c 0-9 C"), earlier("y", "d 0-9 C", "2019")],
      [found("a 0-9 C, b 0-9 C"), found("c 0-9 C, d 0-9 C")],
      ["x", "y"],
      [],
      [],
    ],
  ])("%s", (_, before, now, ids, closed, orphaned) => {
    expect(identify(before, now)).toEqual({ ids, closed, orphaned });
  });

  it("gives each id once, and only to a case that shares a member", () => {
    const ids = fc.uniqueArray(fc.integer({ min: 0, max: 20 }), { maxLength: 8 });
    fc.assert(
      fc.property(fc.array(ids, { maxLength: 6 }), fc.array(ids, { maxLength: 6 }), (before, now) => {
        const cases = before.map((spans, i) => ({
          id: `case ${i}`,
          spanIds: spans.map(String),
          foundAt: "t",
          decided: i % 2 === 0,
        }));
        const members = now.map((spans) => ({
          members: spans.map((s) => ({
            id: String(s),
            reviewer: "r",
            start: 0,
            end: 1,
            label: "C",
            attributes: {},
            twins: [],
          })),
        }));
        const { ids: taken, closed } = identify(cases, members);
        const kept = taken.filter((id) => id !== null);
        expect(new Set(kept).size).toBe(kept.length);
        expect([...kept, ...closed].sort()).toEqual(cases.map((c) => c.id).sort());
        taken.forEach((id, i) => {
          const from = cases.find((c) => c.id === id);
          if (from) expect(from.spanIds.some((s) => now[i]?.map(String).includes(s))).toBe(true);
        });
      }),
    );
  });
});
