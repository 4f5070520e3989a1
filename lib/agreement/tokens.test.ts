import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { indexText } from "../text/codepoints";
import { measure } from "./measure";
import { article } from "./testing/articles";
import { inTokens, tokenise } from "./tokens";

// Many cases a property: a busy machine may take its time.
vi.setConfig({ testTimeout: 60_000 });

const tokensOf = (text: string) => {
  const index = indexText(text);
  const { start, end } = tokenise(index);
  return start.map((from, i) => index.slice({ start: from, end: end[i] ?? from }));
};

describe("tokens", () => {
  it.each([
    [
      "The mayor said crime fell 12% in March, but chief denies it.",
      "The mayor said crime fell 12% in March , but chief denies it .",
    ],
    ["100%", "100%"],
    ["% of 5 %", "% of 5 %"],
    ["don’t_stop", "don ’ t_stop"],
    ["Путин\u00a0сказал", "Путин сказал"],
    ["cafe\u0301 нет", "cafe\u0301 нет"],
    ["a👩‍🚒b 𝒳y", "a 👩 \u200d 🚒 b 𝒳y"],
    ["", ""],
    [" \n\t", ""],
  ])("%s", (text, words) => {
    // A zero-width joiner is part of a word by UTS #18, so it stands by itself between two pictures.
    expect(tokensOf(text).join(" ")).toBe(words);
  });

  it("are those of the regular expression, whatever the text", () => {
    const pattern =
      /[\p{Alphabetic}\p{M}\p{N}\p{Pc}\p{Join_Control}]+%?|[^\p{Alphabetic}\p{M}\p{N}\p{Pc}\p{Join_Control}\s]/gu;
    const texts = fc.array(
      fc.oneof(fc.string({ unit: "binary", maxLength: 3 }), fc.constantFrom("%", "a", " ", "_", "9", "👩", "é")),
    );
    fc.assert(
      fc.property(texts, (parts) => {
        const text = parts.join("");
        expect(tokensOf(text)).toEqual(text.match(pattern) ?? []);
      }),
    );
  });

  it("a token is positive when it shares a character with a span", () => {
    const segments = fc
      .uniqueArray(fc.nat({ max: 60 }), { maxLength: 12 })
      .map((edges) => edges.sort((a, b) => a - b).slice(0, edges.length - (edges.length % 2)));
    const text = "one, two 33% four-five  six. seven (eight) nine ten eleven!";
    const tokens = tokenise(indexText(text));
    fc.assert(
      fc.property(segments, (flat) => {
        const naive = tokens.start.map((from, t) =>
          flat.some((at, i) => i % 2 === 0 && at < (tokens.end[t] ?? 0) && from < (flat[i + 1] ?? 0)),
        );
        const found = inTokens(flat, tokens);
        const positive = naive.map((_, t) => found.some((at, i) => i % 2 === 0 && at <= t && t < (found[i + 1] ?? 0)));
        expect(positive).toEqual(naive);
        found.forEach((at, i) => {
          if (i > 0) expect(at).toBeGreaterThan(found[i - 1] ?? 0);
        });
      }),
      { numRuns: 300 },
    );
  });
});

describe("kappa on tokens, the worked example", () => {
  const text = "The mayor said crime fell 12% in March, but chief denies it.";
  const spans = `a 15-38 CLAIM, a 0-14 ATTRIBUTION, a 44-59 DENIAL, b 15-29 CLAIM, b 4-14 ATTRIBUTION, b 44-59 DENIAL,
    c 10-38 CLAIM`;
  const { tokens, characters } = measure([article("one", text.length, "abc", spans, { text })], { replicates: 0 });

  it.each([
    [
      "CLAIM",
      0.6862244897959183,
      0.6785714285714286,
      0.6647491638795987,
      [0.6585365853658537, 0.851063829787234, 0.5333333333333333],
    ],
    ["ATTRIBUTION", 0.33513513513513515, 0.31891891891891894, 0.33066239316239315, [0.7586206896551724, 0, 0]],
    ["DENIAL", 0.4305555555555556, 0.4166666666666667, 0.4033333333333333, [1, 0, 0]],
  ])("%s", (label, alpha, fleiss, inCharacters, cohen) => {
    const found = tokens.labels[label];
    expect(found?.alpha.value).toBeCloseTo(alpha, 9);
    expect(found?.fleiss.value).toBeCloseTo(fleiss, 9);
    expect(characters.labels[label]?.value).toBeCloseTo(inCharacters, 9);
    expect(found?.pairs.map((p) => p.reviewers.join("-"))).toEqual(["a-b", "a-c", "b-c"]);
    found?.pairs.forEach((p, i) => {
      expect(p.cohen.value).toBeCloseTo(cohen[i] ?? Number.NaN, 9);
    });
  });

  it("are null where any article has no text", () => {
    const { tokens: without } = measure(
      [article("one", text.length, "ab", "a 0-9 CLAIM", { text }), article("two", 9, "ab", "a 0-9 CLAIM")],
      { replicates: 0 },
    );
    const null_ = { value: null, reason: "no_text" };
    expect(without.labels.CLAIM).toMatchObject({
      fleiss: null_,
      alpha: null_,
      pairs: [{ reviewers: ["a", "b"], cohen: null_ }],
    });
  });
});
