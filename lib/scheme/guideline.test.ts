import { describe, expect, test } from "vitest";
import { DEFAULT_SCHEME } from "./default";
import { DEFAULT_GUIDELINE, ruleAt, rules } from "./guideline";

describe("rules", () => {
  const short = (markdown: string) => rules(markdown).map((r) => [r.anchor, r.number, r.title, r.section, r.body]);
  test.each<{ name: string; markdown: string; read: unknown[][] }>([
    { name: "nothing", markdown: "", read: [] },
    { name: "text without a heading", markdown: "Mark all.", read: [] },
    {
      name: "a numbered rule",
      markdown: "# Guide\n## 2 Claim\n### 2.1 Edges\n\nNo commas.\n",
      read: [["2.1", "2.1", "Edges", "Claim", "No commas."]],
    },
    {
      name: "a number with a stop",
      markdown: "## 3. Denial\nIt names its target.",
      read: [["3", "3", "Denial", null, "It names its target."]],
    },
    {
      name: "a name of its own",
      markdown: "## 2.1 Edges {#edges-of-claims}\nx",
      read: [["edges-of-claims", "2.1", "Edges", null, "x"]],
    },
    {
      name: "neither",
      markdown: "## Wo ein Satz endet!\nx",
      read: [["wo-ein-satz-endet", null, "Wo ein Satz endet!", null, "x"]],
    },
    {
      name: "two of one title",
      markdown: "# Edges\na\n# Edges\nb",
      read: [
        ["edges", null, "Edges", null, "a"],
        ["edges-2", null, "Edges", null, "b"],
      ],
    },
    {
      name: "closing marks",
      markdown: "## Edges ##\nx\n## C#\ny",
      read: [
        ["edges", null, "Edges", null, "x"],
        ["c", null, "C#", null, "y"],
      ],
    },
    {
      name: "what only looks like a name",
      markdown: "## Edges {#a b}\nx",
      read: [["edges-a-b", null, "Edges {#a b}", null, "x"]],
    },
    { name: "a heading without letters", markdown: "# ***\na", read: [["rule", null, "***", null, "a"]] },
    {
      name: "headings in code are none",
      markdown: "# A\n```md\n# not one\n```\nend\n# B\nb",
      read: [
        ["a", null, "A", null, "```md\n# not one\n```\nend"],
        ["b", null, "B", null, "b"],
      ],
    },
    {
      name: "deeper and back",
      markdown: "# A\n## B\n### C\nc\n## D\nd",
      read: [
        ["c", null, "C", "B", "c"],
        ["d", null, "D", "A", "d"],
      ],
    },
    { name: "Windows line ends", markdown: "# A\r\ntext\r\n", read: [["a", null, "A", null, "text"]] },
  ])("$name", ({ markdown, read }) => expect(short(markdown)).toEqual(read));

  test("one by its anchor", () => {
    expect(ruleAt(DEFAULT_GUIDELINE, "3.3")?.title).toBe("Its target");
    expect(ruleAt(DEFAULT_GUIDELINE, "99")).toBeUndefined();
  });
});

describe("the guideline that ships", () => {
  const all = rules(DEFAULT_GUIDELINE);

  test("numbers every rule once, within its section and in order", () => {
    const numbered = all.filter((r) => r.number !== null);
    expect(numbered).toHaveLength(all.length - 1); // all but the title
    expect(new Set(numbered.map((r) => r.number)).size).toBe(numbered.length);
    const sections = numbered.map((r) => Number(r.number?.split(".")[0]));
    expect(sections).toEqual([...sections].sort((a, b) => a - b));
    expect(numbered.every((r) => r.section !== null)).toBe(true);
  });

  test.each(DEFAULT_SCHEME.labels.map((l) => l.name))("%s has three examples and three counter-examples", (name) => {
    const own = all.filter((r) => r.section === name);
    const count = (title: RegExp) => own.find((r) => title.test(r.title))?.body.match(/^> /gm)?.length;
    expect(count(/^Three (?!that)/)).toBe(3);
    expect(count(/^Three that are not/)).toBe(3);
  });

  test("marks the words of every example, and of no counter-example", () => {
    for (const r of all.filter((r) => /^Three/.test(r.title))) {
      const quoted = r.body.split("\n").filter((line) => line.startsWith("> "));
      expect(quoted.every((line) => line.includes("**"))).toBe(!r.title.endsWith("are not"));
    }
  });

  test("speaks of every attribute, choice and link of the scheme", () => {
    const text = DEFAULT_GUIDELINE.toLowerCase();
    const words = DEFAULT_SCHEME.labels.flatMap((l) =>
      l.attributes.flatMap((a) => [
        a.name.replace("Hedge words", "Hedge"),
        ...(a.kind === "choice" ? a.values.map((v) => v.name) : []),
      ]),
    );
    const missing = [...words, ...DEFAULT_SCHEME.links.map((t) => t.name)].filter(
      (w) => !text.includes(w.toLowerCase()) && !text.includes(w.toLowerCase().replaceAll(" ", "-")),
    );
    expect(missing).toEqual([]);
  });
});
