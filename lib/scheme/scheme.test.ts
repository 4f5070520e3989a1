import { describe, expect, test } from "vitest";
import { checkNext, checkScheme, RESERVED_HOTKEYS } from "./check";
import { DEFAULT_SCHEME } from "./default";
import { diffScheme } from "./diff";
import { coexist, labelOf, linkTypeOf, mayLink } from "./lookup";
import { schemeSchema } from "./schema";
import type { Attribute, Label, Scheme } from "./scheme";

const says = (faults: readonly { path: string; code: string }[]) => faults.map((f) => `${f.path} ${f.code}`);

describe("the default scheme", () => {
  test("passes its own checks, and nothing is lost on the way through the schema", () => {
    expect(checkScheme(DEFAULT_SCHEME)).toEqual([]);
    expect(schemeSchema.parse(JSON.parse(JSON.stringify(DEFAULT_SCHEME)))).toEqual(DEFAULT_SCHEME);
  });

  test("has the keys and values that interface.md promises, in order", () => {
    const written = DEFAULT_SCHEME.labels.map((l) => [
      l.key,
      ...l.attributes.map((a) => {
        const values = a.kind === "text" ? "text" : a.values.map((v) => v.key).join(" ");
        return `${a.key}${a.required ? "!" : ""}: ${values}`;
      }),
    ]);
    const sourceType = "sourceType: person body anonymous document collective unresolved";
    expect(written).toEqual([
      [
        "CLAIM",
        "type: event responsibility quantity assessment prediction demand",
        "quotation: direct mixed indirect none",
        "likelihood: certain near-certain very-likely likely possible alleged conditional unspecified",
        "confidence: high moderate low none",
        "checkable: yes partly no",
        "hedge: text",
        "source: given inferred missing",
        "outlet: endorses reports distances",
      ],
      [
        "ATTRIBUTION",
        "source: text",
        sourceType,
        "cueStance: neutral endorsing distancing intensifying",
        "utterance: reported anticipated",
      ],
      [
        "DENIAL",
        "kind: outright dismissal clarification refusal",
        "source: text",
        sourceType,
        "answers: accusation something-else unclear",
      ],
      [
        "FRAMING",
        "kind!: lexical cue-verb scare-quotes informational speculation opinion presupposition",
        "reason!: text",
      ],
    ]);
  });

  test("orders likelihood and confidence only, and leaves some values outside", () => {
    const orders = DEFAULT_SCHEME.labels.flatMap((l) =>
      l.attributes.flatMap((a) => (a.kind === "choice" && a.order ? [[a.key, ...a.order]] : [])),
    );
    expect(orders).toEqual([
      ["likelihood", "possible", "likely", "very-likely", "near-certain", "certain"],
      ["confidence", "low", "moderate", "high"],
    ]);
  });

  test.each([
    ["attributes", "ATTRIBUTION", "CLAIM", true],
    ["attributes", "ATTRIBUTION", "DENIAL", true],
    ["attributes", "ATTRIBUTION", "FRAMING", false],
    ["attributes", "CLAIM", "CLAIM", false],
    ["denies", "DENIAL", "CLAIM", true],
    ["denies", "DENIAL", "DENIAL", false],
    ["nested-in", "ATTRIBUTION", "ATTRIBUTION", true],
    ["counters", "CLAIM", "CLAIM", true],
    ["counters", "DENIAL", "CLAIM", true],
    ["counters", "FRAMING", "CLAIM", false],
    ["frames", "FRAMING", "ATTRIBUTION", true],
    ["frames", "CLAIM", "FRAMING", false],
    ["continues", "CLAIM", "CLAIM", true],
    ["continues", "CLAIM", "DENIAL", false],
  ])("%s from %s to %s: %s", (type, from, to, allowed) => {
    const found = linkTypeOf(DEFAULT_SCHEME, type);
    expect(found && mayLink(found, from, to)).toBe(allowed);
  });

  test("lets framing stand with claims and denials, and nothing else", () => {
    const pairs = DEFAULT_SCHEME.labels.flatMap((a) => DEFAULT_SCHEME.labels.map((b) => [a.key, b.key] as const));
    const together = pairs.filter(([a, b]) => coexist(DEFAULT_SCHEME, a, b)).map(([a, b]) => `${a} ${b}`);
    expect(together).toEqual(["CLAIM FRAMING", "DENIAL FRAMING", "FRAMING CLAIM", "FRAMING DENIAL"]);
  });

  test("uses no reserved key of the keyboard", () => {
    const used = DEFAULT_SCHEME.labels.flatMap((l) => l.attributes.map((a) => a.hotkey));
    expect(used.filter((k) => k !== null && RESERVED_HOTKEYS.includes(k))).toEqual([]);
  });
});

const attribute = (key: string, more: object = {}): Attribute => ({
  key,
  name: key,
  hotkey: null,
  kind: "choice",
  values: [
    { key: "low", name: "low" },
    { key: "high", name: "high" },
  ],
  ...more,
});
const label = (key: string, more: Partial<Label> = {}): Label => ({
  key,
  name: key,
  description: "",
  hotkey: null,
  colour: "teal",
  line: "solid",
  attributes: [],
  ...more,
});
const scheme = (more: Partial<Scheme> = {}): Scheme => ({
  labels: [label("A"), label("B")],
  links: [],
  coexist: [],
  ...more,
});

describe("checkScheme", () => {
  const link = { key: "l", name: "l", from: ["A"], to: ["B"] } as const;
  test.each<{ name: string; of: Scheme; faults: string[] }>([
    { name: "two plain labels", of: scheme(), faults: [] },
    {
      name: "two labels of one key",
      of: scheme({ labels: [label("A"), label("A")] }),
      faults: ["labels.1.key duplicate-key"],
    },
    {
      name: "one keyboard key for two",
      of: scheme({ labels: [label("A", { hotkey: "1" }), label("B", { hotkey: "1" })] }),
      faults: ["labels.1.hotkey duplicate-hotkey"],
    },
    {
      name: "the keyboard key of an archived label",
      of: scheme({ labels: [label("A", { hotkey: "1", archived: true }), label("B", { hotkey: "1" })] }),
      faults: [],
    },
    { name: "all archived", of: scheme({ labels: [label("A", { archived: true })] }), faults: ["labels no-labels"] },
    {
      name: "two attributes of one key",
      of: scheme({ labels: [label("A", { attributes: [attribute("x"), attribute("x")] })] }),
      faults: ["labels.0.attributes.1.key duplicate-key"],
    },
    {
      name: "two attributes on one keyboard key",
      of: scheme({
        labels: [label("A", { attributes: [attribute("x", { hotkey: "Z" }), attribute("y", { hotkey: "Z" })] })],
      }),
      faults: ["labels.0.attributes.1.hotkey duplicate-hotkey"],
    },
    {
      name: "a reserved keyboard key",
      of: scheme({ labels: [label("A", { attributes: [attribute("x", { hotkey: "U" })] })] }),
      faults: ["labels.0.attributes.0.hotkey reserved-hotkey"],
    },
    {
      name: "two values of one key",
      of: scheme({
        labels: [
          label("A", {
            attributes: [
              attribute("x", {
                values: [
                  { key: "v", name: "v" },
                  { key: "v", name: "w" },
                ],
              }),
            ],
          }),
        ],
      }),
      faults: ["labels.0.attributes.0.values.1.key duplicate-key"],
    },
    {
      name: "no value left",
      of: scheme({
        labels: [label("A", { attributes: [attribute("x", { values: [{ key: "v", name: "v", archived: true }] })] })],
      }),
      faults: ["labels.0.attributes.0.values no-values"],
    },
    {
      name: "an order of some values",
      of: scheme({ labels: [label("A", { attributes: [attribute("x", { order: ["high", "low"] })] })] }),
      faults: [],
    },
    {
      name: "an order of other values",
      of: scheme({ labels: [label("A", { attributes: [attribute("x", { order: ["low", "middle", "low"] })] })] }),
      faults: ["labels.0.attributes.0.order.2 duplicate-key", "labels.0.attributes.0.order.1 unknown-value"],
    },
    { name: "a link between known labels", of: scheme({ links: [{ ...link, requiredFor: ["A"] }] }), faults: [] },
    { name: "two link types of one key", of: scheme({ links: [link, link] }), faults: ["links.1.key duplicate-key"] },
    {
      name: "a link between unknown labels",
      of: scheme({ links: [{ ...link, from: ["X"], to: ["A", "Y"] }] }),
      faults: ["links.0.from.0 unknown-label", "links.0.to.1 unknown-label"],
    },
    {
      name: "a link asked of an unknown label",
      of: scheme({ links: [{ ...link, requiredFor: ["Z"] }] }),
      faults: ["links.0.requiredFor.0 unknown-label"],
    },
    {
      name: "a link asked of a label that cannot have it",
      of: scheme({ links: [{ ...link, requiredFor: ["B"] }] }),
      faults: ["links.0.requiredFor.0 link-not-allowed"],
    },
    { name: "leave for unknown labels", of: scheme({ coexist: [["A", "X"]] }), faults: ["coexist.0.1 unknown-label"] },
    { name: "leave for one label", of: scheme({ coexist: [["A", "A"]] }), faults: ["coexist.0 same-label"] },
  ])("$name", ({ of, faults }) => expect(says(checkScheme(of))).toEqual(faults));
});

describe("the schema", () => {
  const issues = (value: unknown) => (schemeSchema.safeParse(value).error?.issues ?? []).map((i) => i.path.join("."));
  test.each([
    { name: "a key with a blank", value: scheme({ labels: [label("A B")] }), paths: ["labels.0.key"] },
    {
      name: "a colour that is no token",
      value: scheme({ labels: [label("A", { colour: "#f00" })] }),
      paths: ["labels.0.colour"],
    },
    { name: "an unknown member", value: { ...scheme(), version: 3 }, paths: [""] },
    {
      name: "values for a text",
      value: scheme({ labels: [label("A", { attributes: [attribute("x", { kind: "text" })] })] }),
      paths: ["labels.0.attributes.0"],
    },
    {
      name: "a choice without values",
      value: scheme({ labels: [label("A", { attributes: [attribute("x", { values: [] })] })] }),
      paths: ["labels.0.attributes.0.values"],
    },
    {
      name: "a name on two lines",
      value: scheme({ labels: [label("A", { name: "a\nb" })] }),
      paths: ["labels.0.name"],
    },
    {
      name: "NUL in a description",
      value: scheme({ labels: [label("A", { description: "\0" })] }),
      paths: ["labels.0.description"],
    },
    { name: "no labels", value: scheme({ labels: [] }), paths: ["labels"] },
    { name: "what checkScheme finds", value: scheme({ coexist: [["A", "X"]] }), paths: ["coexist.0.1"] },
  ])("$name", ({ value, paths }) => expect(issues(value)).toEqual(paths));

  test("hands on the codes of checkScheme", () => {
    const [issue] = schemeSchema.safeParse(scheme({ coexist: [["A", "X"]] })).error?.issues ?? [];
    expect(issue?.code === "custom" && issue.params).toEqual({ code: "unknown-label" });
  });
});

describe("checkNext", () => {
  const link = { key: "l", name: "l", from: ["A"], to: "any" } as const;
  const text: Attribute = { key: "t", name: "t", hotkey: null, kind: "text" };
  const old = scheme({ labels: [label("A", { attributes: [attribute("x"), text] }), label("B")], links: [link] });
  const withA = (more: Partial<Label>) => ({
    ...old,
    labels: [label("A", { attributes: [attribute("x"), text], ...more }), label("B")],
  });
  test.each<{ name: string; next: Scheme; faults: string[] }>([
    { name: "the same", next: old, faults: [] },
    {
      name: "renamed, reordered, recoloured, archived",
      next: {
        ...old,
        labels: [label("B"), { ...(withA({ name: "Z", colour: "rose", archived: true }).labels[0] as Label) }],
      },
      faults: [],
    },
    {
      name: "a new label, attribute, value and link",
      next: {
        labels: [
          ...withA({
            attributes: [
              attribute("x", {
                values: [
                  { key: "high", name: "h" },
                  { key: "low", name: "l" },
                  { key: "mid", name: "m" },
                ],
              }),
              text,
              attribute("y"),
            ],
          }).labels,
          label("C"),
        ],
        links: [link, { ...link, key: "m" }],
        coexist: [],
      },
      faults: [],
    },
    { name: "a label removed", next: { ...old, labels: old.labels.slice(0, 1) }, faults: ["labels removed"] },
    { name: "an attribute removed", next: withA({ attributes: [text] }), faults: ["labels.0.attributes removed"] },
    {
      name: "a value removed",
      next: withA({ attributes: [attribute("x", { values: [{ key: "low", name: "low" }] }), text] }),
      faults: ["labels.0.attributes.0.values removed"],
    },
    {
      name: "a text made a choice",
      next: withA({ attributes: [attribute("x"), attribute("t")] }),
      faults: ["labels.0.attributes.1.kind kind-changed"],
    },
    { name: "a link type removed", next: { ...old, links: [] }, faults: ["links removed"] },
  ])("$name", ({ next, faults }) => expect(says(checkNext(old, next))).toEqual(faults));
});

describe("diffScheme", () => {
  const changed = (next: Scheme) =>
    diffScheme(DEFAULT_SCHEME, next).map((d) =>
      [d.what, d.change, ...(d.field ? [d.field, d.before, d.after] : [])].join(" | "),
    );
  const claim = labelOf(DEFAULT_SCHEME, "CLAIM") as Label;
  const withClaim = (more: Partial<Label>): Scheme => ({
    ...DEFAULT_SCHEME,
    labels: DEFAULT_SCHEME.labels.map((l) => (l.key === "CLAIM" ? { ...l, ...more } : l)),
  });

  test.each<{ name: string; next: Scheme; changes: string[] }>([
    { name: "nothing", next: DEFAULT_SCHEME, changes: [] },
    {
      name: "a name",
      next: withClaim({ name: "Assertion" }),
      changes: ["label “Claim” | changed | name | Claim | Assertion"],
    },
    { name: "an archived label", next: withClaim({ archived: true }), changes: ["label “Claim” | archived"] },
    {
      name: "a new label",
      next: { ...DEFAULT_SCHEME, labels: [...DEFAULT_SCHEME.labels, label("ERROR")] },
      changes: ["label “ERROR” | added"],
    },
    {
      name: "an archived value and a required attribute",
      next: withClaim({
        attributes: claim.attributes.map((a) => {
          if (a.key === "checkable") return { ...a, required: true };
          if (a.key !== "type" || a.kind !== "choice") return a;
          return { ...a, values: a.values.map((v) => (v.key === "demand" ? { ...v, archived: true } : v)) };
        }),
      }),
      changes: [
        "value “demand” of Type of Claim | archived",
        "attribute “Checkable” of Claim | changed | required | no | yes",
      ],
    },
    {
      name: "order of the labels",
      next: { ...DEFAULT_SCHEME, labels: [...DEFAULT_SCHEME.labels].reverse() },
      changes: ["labels | changed | order | CLAIM, ATTRIBUTION, DENIAL, FRAMING | FRAMING, DENIAL, ATTRIBUTION, CLAIM"],
    },
    {
      name: "link rules and leave to stand together",
      next: {
        ...DEFAULT_SCHEME,
        links: DEFAULT_SCHEME.links.map((t) => (t.key === "denies" ? { ...t, to: "any" as const } : t)),
        coexist: [["CLAIM", "FRAMING"]],
      },
      changes: [
        "link type “denies” | changed | to | CLAIM | any",
        "leave for DENIAL and FRAMING to stand on one stretch | removed",
      ],
    },
  ])("$name", ({ next, changes }) => expect(changed(next)).toEqual(changes));
});
