import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { indexText } from "../text/codepoints";
import type { Range } from "../text/range";
import { anchorMarks, markOf } from "./anchor";
import { countWords, diffTexts, paragraphsOf } from "./diff";
import { Finder } from "./finder";

const STORY =
  "Ferry late 🌊 again\n\nThe harbour master said on\u00a0Monday that the ferry would be late.\n\n" +
  "The company denied that it had been warned. The pier was closed at noon.\n\nNobody was hurt, it is said.\n";

const rangeOf = (text: string, words: string, nth = 0): Range => {
  let unit = -1;
  for (let i = 0; i <= nth; i++) unit = text.indexOf(words, unit + 1);
  if (unit < 0) throw new Error(`no ${words}`);
  const start = indexText(text.slice(0, unit)).length;
  return { start, end: start + indexText(words).length };
};

/** Where `words` of the earlier text stand in the later one. */
function anchored(was: string, is: string, words: string, nth = 0) {
  const [a, b] = [indexText(was), indexText(is)];
  const anchor = anchorMarks(a, b, [markOf(a, "m", rangeOf(was, words, nth))]).get("m");
  if (!anchor) throw new Error("no anchor");
  return { kind: anchor.kind, score: anchor.score, words: anchor.is && b.slice(anchor.is), anchor };
}

describe("where a mark stands in the next version", () => {
  const named: readonly [string, string, string, string, number, string | null][] = [
    ["nothing changed", STORY, "the ferry would be late", "exact", 1, "the ferry would be late"],
    [
      "a paragraph before it",
      `New: calm sea.\n\n${STORY}`,
      "the ferry would be late",
      "exact",
      1,
      "the ferry would be late",
    ],
    [
      "a paragraph gone before it",
      STORY.slice(STORY.indexOf("The company")),
      "The pier was closed at noon",
      "exact",
      1,
      "The pier was closed at noon",
    ],
    [
      "a word of it replaced",
      STORY.replace("closed at noon", "closed at ten"),
      "The pier was closed at noon",
      "drifted",
      0.83,
      "The pier was closed at ten",
    ],
    [
      "a word put into it",
      STORY.replace("would be late", "would again be late"),
      "the ferry would be late",
      "drifted",
      0.84,
      "the ferry would again be late",
    ],
    [
      "its first word replaced",
      STORY.replace("The company denied", "It denied"),
      "The company denied that it had been warned",
      "drifted",
      0.78,
      "It denied that it had been warned",
    ],
    [
      "its sentence moved to another paragraph",
      STORY.replace(" The pier was closed at noon.", "").replace(
        "it is said.",
        "it is said. The pier was closed at noon.",
      ),
      "The pier was closed at noon",
      "drifted",
      0.75,
      "The pier was closed at noon",
    ],
    [
      "all words replaced",
      STORY.replace("the ferry would be late", "no boat comes"),
      "the ferry would be late",
      "orphan",
      0.4,
      null,
    ],
    [
      "its paragraph gone",
      STORY.replace(/The company.*noon\.\n\n/, ""),
      "The pier was closed at noon",
      "orphan",
      0,
      null,
    ],
  ];
  test.each(named)("%s", (_what, is, words, kind, score, found) => {
    const at = anchored(STORY, is, words);
    expect([at.kind, at.words]).toEqual([kind, found]);
    expect(at.score).toBeCloseTo(score, 1);
  });

  test("words that stood once and stand twice now are in doubt where nothing tells the two apart", () => {
    const at = anchored(
      "Boats wait.\n\nThe sea is calm.\n",
      "The sea is calm.\n\nBoats wait.\n\nThe sea is calm.\n",
      "The sea is calm",
    );
    // The line's own neighbours still tell: it follows the boats.
    expect(at).toMatchObject({ kind: "exact", words: "The sea is calm" });
    const twice = anchored(
      "x\n\nThe sea is calm.\n\ny\n",
      "The sea is calm.\n\nThe sea is calm.\n\nz\n",
      "The sea is calm",
    );
    expect(twice.kind).toBe("orphan");
    expect(twice.anchor.kind === "orphan" && twice.anchor.candidates.length).toBe(2);
  });

  test("one of two of the same words goes: the other does not take its place", () => {
    const was = "The mayor said no.\n\nThe clerk said no.\n";
    const is = "The clerk said no.\n";
    const a = indexText(was);
    const found = anchorMarks(a, indexText(is), [
      markOf(a, "mayor", rangeOf(was, "said no")),
      markOf(a, "clerk", rangeOf(was, "said no", 1)),
    ]);
    expect(found.get("mayor")?.kind).toBe("orphan");
    expect(found.get("clerk")).toMatchObject({ kind: "exact", is: rangeOf(is, "said no") });
  });

  test("a mark of a version before is found again by its words and neighbours, or not at all", () => {
    const index = indexText(STORY);
    const mark = { ...markOf(index, "m", rangeOf(STORY, "The pier was closed at noon")), was: null };
    const without = indexText(STORY.replace(" The pier was closed at noon.", ""));
    expect(anchorMarks(without, index, [mark]).get("m")).toMatchObject({ kind: "exact", score: 1 });
    expect(anchorMarks(index, without, [mark]).get("m")).toMatchObject({ kind: "orphan" });
  });
});

test("words that stand in more places than can be told apart are in doubt, with candidates", () => {
  const [was, is] = [indexText("no ".repeat(30_000)), indexText(`${"no ".repeat(29_999)}yes`)];
  const marks = Array.from({ length: 50 }, (_, i) => markOf(was, String(i), { start: i * 30, end: i * 30 + 8 }));
  const found = [...anchorMarks(was, is, marks).values()];
  expect(new Set(found.map(({ kind }) => kind))).toEqual(new Set(["orphan"]));
  expect(found[0]?.kind === "orphan" && found[0].candidates[0]).toMatchObject({ start: 0, end: 8 });
});

test("words are found wherever they stand, up to as many as are asked for", () => {
  const some = fc.array(fc.constantFrom("no", "yes", " ", ". ", "sea"), { maxLength: 30 }).map((list) => list.join(""));
  fc.assert(
    fc.property(some, fc.nat(), fc.integer({ min: 1, max: 12 }), fc.nat(4), (text, at, length, most) => {
      const start = at % (text.length + 1);
      const words = text.slice(start, start + length);
      const plainly = [...text].flatMap((_, i) => (words !== "" && text.startsWith(words, i) ? [i] : []));
      expect(new Finder(text).places(words, most)).toEqual({
        found: plainly.slice(0, most),
        all: plainly.length <= most,
      });
      expect(new Finder(text).only(words)).toBe(plainly.length === 1 ? plainly[0] : null);
    }),
    { numRuns: 500 },
  );
});

/** Words that are each there once, so that what is found can be told. */
const text = (from: number, many: number) =>
  Array.from({ length: many }, (_, i) => `w${from + i}${i % 9 === 8 ? ".\n\n" : " "}`).join("");

describe("laws", () => {
  const words = fc.array(fc.constantFrom("sea", "boat", "late", "🌊", "no", "\n\n", "pier"), {
    minLength: 1,
    maxLength: 60,
  });
  const ranges = fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 12 });
  const marksOf = (was: string, places: readonly (readonly [number, number])[]) => {
    const index = indexText(was);
    return places.flatMap(([a, b], i) => {
      const start = a % index.length;
      const end = start + 1 + (b % Math.min(20, index.length - start));
      return [markOf(index, String(i), { start, end })];
    });
  };

  test("the same text: all exact, where they were", () => {
    fc.assert(
      fc.property(words, ranges, (list, places) => {
        const index = indexText(list.join(" "));
        const marks = marksOf(index.text, places);
        const found = anchorMarks(index, index, marks);
        for (const mark of marks) expect(found.get(mark.id)).toEqual({ kind: "exact", is: mark.was, score: 1 });
      }),
    );
  });

  test("words that come or go elsewhere: all exact, shifted by as much", () => {
    fc.assert(
      fc.property(fc.nat(40), fc.integer({ min: 1, max: 30 }), ranges, fc.boolean(), (cut, many, places, gone) => {
        const [head, tail] = [text(0, cut + 20), text(1_000, 60)];
        const between = text(5_000, many);
        const [was, is] = gone ? [head + between + tail, head + tail] : [head + tail, head + between + tail];
        const a = indexText(was);
        const marks = marksOf(was, places).filter(
          ({ was: at }) => at && (at.end <= head.length - 8 || at.start >= was.length - tail.length + 8),
        );
        const by = is.length - was.length;
        const found = anchorMarks(a, indexText(is), marks);
        for (const { id, was: at } of marks) {
          const shift = at && at.start >= head.length - 8 ? by : 0;
          expect(found.get(id)).toEqual({
            kind: "exact",
            is: at && { start: at.start + shift, end: at.end + shift },
            score: 1,
          });
        }
      }),
    );
  });

  test("any two texts: deterministic, exact means the same words, marks of the same words never pass each other", () => {
    fc.assert(
      fc.property(words, words, ranges, (one, two, places) => {
        const [was, is] = [indexText(one.join(" ")), indexText(two.join(" "))];
        const marks = marksOf(was.text, places);
        const found = anchorMarks(was, is, marks);
        expect([...anchorMarks(was, is, [...marks].reverse())].sort()).toEqual([...found].sort());
        for (const mark of marks) {
          const anchor = found.get(mark.id);
          if (!anchor?.is || !mark.was) continue;
          expect(anchor.score).toBeGreaterThanOrEqual(0.6);
          if (anchor.kind === "exact") expect(is.slice(anchor.is)).toBe(mark.quote);
          for (const other of marks) {
            const there = found.get(other.id);
            if (!there?.is || !other.was || other.quote !== mark.quote || other.was.start <= mark.was.start) continue;
            if (anchor.kind === "drifted" || there.kind === "drifted")
              expect(there.is.start).toBeGreaterThan(anchor.is.start);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test("the steps of a difference tile both texts, and its paragraphs hold all their words", () => {
    fc.assert(
      fc.property(words, words, (one, two) => {
        const [was, is] = [indexText(one.join(" ")), indexText(two.join(" "))];
        const steps = diffTexts(was, is);
        expect(
          steps
            .filter((s) => s.kind !== "in")
            .map((s) => was.slice(s.was))
            .join(""),
        ).toBe(was.text);
        expect(
          steps
            .filter((s) => s.kind !== "out")
            .map((s) => is.slice(s.is))
            .join(""),
        ).toBe(is.text);
        for (const step of steps) if (step.kind === "same") expect(was.slice(step.was)).toBe(is.slice(step.is));
        const bare = (words: string) => words.replace(/\s+/g, "");
        const pieces = paragraphsOf(was, is, steps).flatMap((p) => p.pieces);
        expect(
          bare(
            pieces
              .filter((p) => p.kind !== "in")
              .map((p) => p.text)
              .join(""),
          ),
        ).toBe(bare(was.text));
        expect(
          bare(
            pieces
              .filter((p) => p.kind !== "out")
              .map((p) => p.text)
              .join(""),
          ),
        ).toBe(bare(is.text));
      }),
    );
  });

  test("a long text with many marks is no other task", () => {
    const many = 50_000;
    const was = text(0, many);
    const cut = was.indexOf("w20000");
    const is = `${text(900_000, 40)}${was.slice(0, cut)}${was.slice(was.indexOf("w20100"))}`;
    const a = indexText(was);
    const marks = Array.from({ length: 300 }, (_, i) => markOf(a, String(i), { start: i * 900, end: i * 900 + 40 }));
    const found = anchorMarks(a, indexText(is), marks);
    expect([...found.values()].filter((one) => one.kind === "exact").length).toBeGreaterThan(295);
  });
});

test("two texts of many long lines are compared word by word as far as it is bounded, then line by line", () => {
  const letters = (n: number, step: number) =>
    Array.from({ length: 1_500 }, (_, i) => "abcdefghijk".charAt((i * i * step + n) % 11)).join(" ");
  const text = (step: number) => indexText(Array.from({ length: 20 }, (_, n) => letters(n, step)).join("\n"));
  const [was, is] = [text(3), text(7)];
  const steps = diffTexts(was, is);
  const common = steps.filter(({ kind }) => kind === "same");
  expect(common.length).toBeGreaterThan(0);
  // Of the last line nothing is compared any more: what went and what came of it is whole.
  expect(steps.slice(-2).map(({ kind }) => kind)).toEqual(["out", "in"]);
  expect(steps.at(-1)?.is.end).toBe(is.length);
  expect((steps.at(-1)?.is.start ?? is.length) <= is.length - 2_500).toBe(true);
});

test("a difference is read by paragraphs, with what went before what came", () => {
  const [was, is] = [
    indexText(STORY),
    indexText(STORY.replace("at noon", "at ten").replace("Nobody was hurt, it is said.\n", "Two ran.\n")),
  ];
  const paragraphs = paragraphsOf(was, is, diffTexts(was, is));
  expect(paragraphs.map((p) => p.kind)).toEqual(["same", "same", "changed", "out", "in"]);
  expect(paragraphs[2]?.pieces).toEqual([
    { kind: "same", text: "The company denied that it had been warned. The pier was closed at " },
    { kind: "out", text: "noon" },
    { kind: "in", text: "ten" },
    { kind: "same", text: "." },
  ]);
  expect(countWords(paragraphs)).toEqual({ in: 3, out: 7 });
});
