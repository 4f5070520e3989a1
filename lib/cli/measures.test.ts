/** `agreement` and `cases` as they are called: a file in, machine output and an exit code out. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { DEFAULT_SCHEME } from "../scheme/default";
import { dispatch } from "./dispatch";

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "gloss-measures-"));
  process.env.INIT_CWD = folder;
});
afterAll(() => {
  delete process.env.INIT_CWD;
  rmSync(folder, { recursive: true, force: true });
});

type Ran = { readonly code: number; readonly out: string; readonly words: string };

/** In this process, with what it writes kept. */
async function gloss(...argv: string[]): Promise<Ran> {
  const written = { out: "", words: "" };
  const out = vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    written.out += String(chunk);
    return true;
  });
  const words = vi.spyOn(process.stderr, "write").mockImplementation((chunk) => {
    written.words += String(chunk);
    return true;
  });
  try {
    const code = await dispatch(argv);
    return { code, ...written };
  } finally {
    out.mockRestore();
    words.mockRestore();
  }
}

type Mark = readonly [start: number, end: number, label: string];

const review = (reviewer: string, spans: readonly Mark[], more: object = {}) => ({
  reviewer,
  status: "submitted",
  spans: spans.map(([start, end, label], i) => ({ id: `${reviewer}${i}`, start, end, label })),
  links: [],
  ...more,
});

function file(name: string, ...lines: readonly (object | string)[]): string {
  writeFileSync(
    path.join(folder, name),
    lines.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join(""),
  );
  return name;
}

const BOTH = [review("a", [[0, 10, "CLAIM"]]), review("b", [[0, 12, "CLAIM"]])];

describe("cases", () => {
  it("prints what is promised, a line a case; only submitted reviews count", async () => {
    const name = file("cases.jsonl", {
      id: "weir",
      length: 50,
      reviews: [...BOTH, review("c", [[0, 40, "DENIAL"]], { status: "in_progress" })],
    });
    const { code, out, words } = await gloss("cases", name);
    expect([code, words]).toEqual([0, ""]);
    expect(
      out
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual([
      {
        article: "weir",
        start: 0,
        end: 12,
        labels: ["CLAIM"],
        members: [
          { reviewer: "a", start: 0, end: 10, label: "CLAIM" },
          { reviewer: "b", start: 0, end: 12, label: "CLAIM" },
        ],
        missing: [],
        primary: "BOUNDARY",
        flags: ["BOUNDARY"],
        suggestion: {
          action: "accept",
          label: "CLAIM",
          spans: [[0, 10]],
          votes: { CLAIM: ["a", "b"] },
          existence: "2/2",
        },
      },
    ]);
  });

  it("lets labels coexist only where a scheme says so: in the file's first line, or by --scheme", async () => {
    const article = {
      id: "x",
      length: 50,
      reviews: [review("a", [[0, 9, "CLAIM"]]), review("b", [[0, 9, "FRAMING"]])],
    };
    const flags = async (...argv: string[]) =>
      (await gloss("cases", ...argv)).out
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line).primary);
    const bare = file("bare.jsonl", article);
    const scheme = file("scheme.json", DEFAULT_SCHEME);
    const answered = file("answered.json", { version: 3, ...DEFAULT_SCHEME });
    const header = { gloss: 1, project: { name: "Weir", scheme: { version: 1, ...DEFAULT_SCHEME } } };
    expect(await flags(bare)).toEqual(["LABEL"]);
    expect(await flags(bare, "--scheme", scheme)).toEqual(["MISSING", "MISSING"]);
    expect(await flags(bare, "--scheme", answered)).toEqual(["MISSING", "MISSING"]);
    expect(await flags(file("header.jsonl", header, article))).toEqual(["MISSING", "MISSING"]);
  });
});

describe("agreement", () => {
  it("prints one object; the same seed gives the same bytes", async () => {
    const name = file("two.jsonl", { id: "one", length: 50, reviews: BOTH }, { id: "two", length: 30, reviews: BOTH });
    const first = await gloss("agreement", name, "--seed", "7", "--replicates", "50");
    const again = await gloss("agreement", name, "--seed", "7", "--replicates", "50");
    expect(first.code).toBe(0);
    expect(again.out).toBe(first.out);
    expect(JSON.parse(first.out)).toMatchObject({
      articles: 2,
      reviewers: ["a", "b"],
      labels: ["CLAIM"],
      layered: { interval: { seed: 7, replicates: 50 }, jackknife: { warning: "few-articles" } },
      f1: { strict: { micro: { value: 0 } }, normalised: { micro: { value: null, reason: "no_text" } } },
    });
  });

  it("leaves out values that were taken from an offer where asked to", async () => {
    const given = (reviewer: string, checkable: string, accepted?: string[]) => ({
      ...review(reviewer, []),
      spans: [
        { id: reviewer, start: 0, end: 10, label: "CLAIM", attributes: { checkable }, ...(accepted && { accepted }) },
      ],
    });
    const name = file(
      "offers.jsonl",
      { id: "one", length: 50, reviews: [given("a", "yes"), given("b", "yes", ["checkable"])] },
      { id: "two", length: 50, reviews: [given("a", "no"), given("b", "yes")] },
    );
    const checkable = async (...more: string[]) =>
      JSON.parse((await gloss("agreement", name, "--replicates", "0", ...more)).out).attributes.CLAIM.checkable.pairs;
    expect([await checkable(), await checkable("--without-accepted")]).toEqual([2, 1]);
  });

  it("leaves out spans that were made of a suggestion, or counts them when asked", async () => {
    const [own, other] = [review("a", [[0, 10, "CLAIM"]]), review("b", [[0, 10, "CLAIM"]])];
    const taken = { ...other, spans: [{ id: "b1", start: 0, end: 10, label: "CLAIM", suggestion: { by: "m" } }] };
    const name = file("suggestions.jsonl", { id: "one", length: 50, reviews: [own, taken] });
    const told = async (...more: string[]) => {
      const { f1, suggestions } = JSON.parse((await gloss("agreement", name, "--replicates", "0", ...more)).out);
      return [f1.strict.micro.value, suggestions];
    };
    expect(await told()).toEqual([0, { spans: 1, counted: false }]);
    expect(await told("--with-suggestions")).toEqual([1, { spans: 1, counted: true }]);
  });

  it("counts the blind submission of a review that was changed later, and only what is in scope", async () => {
    const changed = review("b", [[20, 30, "CLAIM"]], {
      not_blind: true,
      submissions: [{ number: 1, blind: true, spans: [{ id: "b9", start: 0, end: 10, label: "CLAIM" }], links: [] }],
    });
    const regions = [
      { start: 0, end: 20, role: "body" },
      { start: 20, end: 50, role: "comment" },
    ];
    const a = review("a", [
      [0, 10, "CLAIM"],
      [30, 40, "CLAIM"],
    ]);
    const { out } = await gloss(
      "agreement",
      file("blind.jsonl", { id: "one", length: 50, regions, reviews: [a, changed] }),
    );
    expect(JSON.parse(out)).toMatchObject({
      outside: { spans: 1, codePoints: 10 },
      f1: { strict: { micro: { value: 1 } } },
    });
  });

  it("compares links to other articles where these stand, whether before or after", async () => {
    const far = { id: "far", length: 50, reviews: [review("a", [[5, 20, "CLAIM"]]), review("b", [[6, 20, "CLAIM"]])] };
    const near = (r: string) => ({
      ...review(r, []),
      spans: [{ id: `${r}near`, start: 0, end: 9, label: "DENIAL" }],
      links: [{ id: `${r}link`, type: "denies", from: `${r}near`, to: `${r}0` }],
    });
    const name = file("far.jsonl", { id: "near", length: 50, reviews: [near("a"), near("b")] }, far);
    expect(JSON.parse((await gloss("agreement", name, "--replicates", "0")).out).links.micro.value).toBe(1);
  });
});

describe("what is refused", () => {
  it("a bad line is named, nothing is printed, and the code is 1", async () => {
    const name = file("bad.jsonl", { id: "one", length: 50, reviews: BOTH }, '{"id": "two"', {
      id: "three",
      length: 5,
      reviews: BOTH,
    });
    for (const command of ["cases", "agreement"]) {
      const { code, out, words } = await gloss(command, name);
      expect([code, out]).toEqual([1, ""]);
      expect(words).toContain("line 2");
      expect(words).toContain("line 3: reviews.0.spans.0");
    }
  });

  it.each([
    ["no file named", ["cases"], 2],
    ["two files", ["cases", "x", "y"], 2],
    ["a seed that is no number", ["agreement", "x", "--seed", "one"], 2],
    ["an option that there is not", ["agreement", "x", "--speed", "9"], 2],
    ["a file that is not there", ["agreement", "nowhere.jsonl"], 1],
  ] as const)("%s", async (_, argv, code) => {
    const ran = await gloss(...argv);
    expect([ran.code, ran.out]).toEqual([code, ""]);
    expect(ran.words).not.toBe("");
  });

  it("a scheme that is none", async () => {
    const name = file("fine.jsonl", { id: "one", length: 50, reviews: BOTH });
    const { code, words } = await gloss("cases", name, "--scheme", file("none.json", { labels: "many" }));
    expect(code).toBe(1);
    expect(words).toContain("none.json is no scheme");
  });
});
