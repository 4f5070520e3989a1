import { expect, test } from "vitest";
import { checkScheme } from "./check";
import { DEFAULT_SCHEME } from "./default";
import { schemeSchema } from "./schema";
import type { Scheme } from "./scheme";
import { withShippedOffers } from "./shipped-offers";

/** The default scheme as it was before it had offers. */
const bare: Scheme = {
  ...DEFAULT_SCHEME,
  labels: DEFAULT_SCHEME.labels.map((l) => ({
    ...l,
    attributes: l.attributes.map((a) => {
      if (a.kind === "text") {
        const { wordsOf: _, ...rest } = a;
        return rest;
      }
      const { withSource: _, ...rest } = a;
      return { ...rest, values: a.values.map(({ words: _words, sign: _sign, ...value }) => value) };
    }),
  })),
  links: DEFAULT_SCHEME.links.map(({ offered: _, ...type }) => type),
};

test("a scheme from before gets exactly what ships", () => {
  expect(withShippedOffers(bare)).toEqual(DEFAULT_SCHEME);
  expect(withShippedOffers(DEFAULT_SCHEME)).toEqual(DEFAULT_SCHEME);
});

test("what a project has itself stays, and what it lacks is not asked for", () => {
  const own: Scheme = {
    ...bare,
    labels: bare.labels.slice(0, 1).map((l) => ({
      ...l,
      attributes: l.attributes
        .filter((a) => a.key !== "confidence")
        .map((a) =>
          a.kind === "choice" && a.key === "likelihood"
            ? { ...a, values: a.values.map((v) => (v.key === "possible" ? { ...v, words: ["peut-être"] } : v)) }
            : a,
        ),
    })),
    links: [],
    coexist: [],
  };
  const made = withShippedOffers(own);
  const attributes = made.labels[0]?.attributes ?? [];
  expect(attributes.find((a) => a.key === "hedge")).toMatchObject({ wordsOf: ["likelihood"] });
  expect(JSON.stringify(attributes)).toContain("peut-être");
  expect(checkScheme(made)).toEqual([]);
});

test("what ships holds together and passes its own door", () => {
  expect(checkScheme(DEFAULT_SCHEME)).toEqual([]);
  expect(schemeSchema.safeParse(DEFAULT_SCHEME).success).toBe(true);
});
