import { describe, expect, it } from "vitest";
import { disorder, dissimilarity } from "./gamma";
import { measure } from "./measure";
import { article } from "./testing/articles";

const unit = (start: number, end: number, label = "C") => ({ start, end, label });

describe("dissimilarity (Mathet et al. 2015)", () => {
  it.each([
    ["the same", unit(0, 10), unit(0, 10), 0],
    ["another label", unit(0, 10), unit(0, 10, "D"), 1],
    ["moved by its half", unit(0, 10), unit(5, 15), 0.25],
    ["touching", unit(0, 10), unit(10, 20), 1],
    ["nested", unit(0, 30), unit(10, 20), 0.25],
  ])("%s", (_, u, v, d) => {
    expect(dissimilarity(u, v)).toBe(d);
    expect(dissimilarity(v, u)).toBe(d);
  });
});

describe("the best alignment", () => {
  it.each([
    ["nothing", [], [], 0],
    ["identical", [unit(0, 10), unit(20, 30)], [unit(0, 10), unit(20, 30)], 0],
    ["one side empty", [unit(0, 10), unit(20, 30)], [], 2],
    ["too far apart to be worth it", [unit(0, 10)], [unit(90, 100)], 2],
    ["crosswise would be worse", [unit(0, 10), unit(5, 15)], [unit(0, 10), unit(5, 15)], 0],
    ["one split in two", [unit(0, 10)], [unit(0, 5), unit(5, 10)], 1 + 1 / 9],
  ])("%s", (_, a, b, sum) => {
    expect(disorder(a, b)).toBeCloseTo(sum, 12);
    expect(disorder(b, a)).toBeCloseTo(sum, 12);
  });
});

describe("gamma", () => {
  const run = (b: string, seed = 1) =>
    measure([article("one", 400, "ab", `a 0-20 C, a 50-90 D, a 200-230 C, ${b}`)], { seed, replicates: 0 }).gamma;

  it("is 1 for identical reviews, near 0 for reviews that have nothing in common, and stores how it was had", () => {
    expect(run("b 0-20 C, b 50-90 D, b 200-230 C")).toMatchObject({
      value: 1,
      observed: 0,
      seed: 1,
      sampler: "shuffle",
    });
    const apart = run("b 120-140 D, b 300-340 C, b 370-390 D");
    expect(apart.value).toBeLessThan(0.25);
    expect(apart.samples).toBeGreaterThanOrEqual(30);
    expect(apart.precision).toBeGreaterThan(0);
  });

  it("falls with ends and labels", () => {
    const same = run("b 0-20 C, b 50-90 D, b 200-230 C").value ?? Number.NaN;
    const ends = run("b 2-20 C, b 50-85 D, b 200-230 C").value ?? Number.NaN;
    const labels = run("b 2-20 C, b 50-85 C, b 200-230 C").value ?? Number.NaN;
    expect(same).toBeGreaterThan(ends);
    expect(ends).toBeGreaterThan(labels);
  });

  it("is the same for the same seed, and nearly the same for another", () => {
    const b = "b 0-22 C, b 55-90 D, b 210-230 C";
    expect(run(b)).toEqual(run(b));
    expect(run(b, 2).value).toBeCloseTo(run(b).value ?? Number.NaN, 1);
  });

  it("refuses what would take too long", () => {
    const many = Array.from({ length: 500 }, (_, i) => `a ${i * 10}-${i * 10 + 5} C`).join(",");
    expect(measure([article("one", 5000, "ab", many)], { replicates: 0 }).gamma).toMatchObject({
      value: null,
      reason: "too_large",
    });
  });
});
