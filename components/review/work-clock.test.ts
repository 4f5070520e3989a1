import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countedFor, IDLE_MS, started } from "./work-clock";

const at = (...moments: number[]) =>
  moments.reduce((clock, now) => countedFor(clock, now, IDLE_MS), started(0)).counted;

describe("time worked", () => {
  test.each([
    ["nothing was done", [], 0],
    ["signs close to each other", [10_000, 20_000, 45_000], 45_000],
    ["a paragraph read without a touch", [IDLE_MS], IDLE_MS],
    ["lunch", [10_000, 10_000 + 3_600_000, 3_620_000], 20_000],
    ["a clock that goes back", [10_000, 4_000, 5_000], 11_000],
  ])("%s", (_name, moments, counted) => {
    expect(at(...moments)).toBe(counted);
  });

  test("is never more than has passed, and one more sign never makes it less", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 300_000 })), (gaps) => {
        let now = 0;
        let before = 0;
        let clock = started(0);
        for (const gap of gaps) {
          now += gap;
          clock = countedFor(clock, now, IDLE_MS);
          expect(clock.counted).toBeGreaterThanOrEqual(before);
          before = clock.counted;
        }
        expect(clock.counted).toBeLessThanOrEqual(now);
      }),
    );
  });
});
