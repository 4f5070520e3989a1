/** A guideline read as rules, so that a screen can show one at a time and a decision can cite one. */
export { DEFAULT_GUIDELINE } from "./default-guideline";

export type Rule = {
  /** What a decision cites: the `{#name}` behind the heading, else its number, else its words; unlike any other in the text. */
  readonly anchor: string;
  /** "2.1" of a heading "2.1 Title", or null. */
  readonly number: string | null;
  readonly title: string;
  /** Of the nearest heading above with fewer marks, such as the label that the rule is about; null at the top. */
  readonly section: string | null;
  /** Markdown, without its heading, up to the next heading of any depth. */
  readonly body: string;
};

const HEADING = /^ {0,3}(#{1,6})(?:[ \t]|$)/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const NUMBER = /^(\d+(?:\.\d+)*)\.?[ \t]+(.+)$/;

/** A heading's words, without the marks that may close it ("## Title ##"). */
function withoutClosing(words: string): string {
  const bare = words.trim();
  let end = bare.length;
  while (bare[end - 1] === "#") end--;
  return end === 0 || bare[end - 1] === " " || bare[end - 1] === "\t" ? bare.slice(0, end).trimEnd() : bare;
}

/** The name in "Title {#name}", and the words before it. */
function named(words: string): { readonly name: string | null; readonly bare: string } {
  const open = words.lastIndexOf("{#");
  const name = open === -1 || !words.endsWith("}") ? "" : words.slice(open + 2, -1);
  return /^[\w.-]+$/.test(name) ? { name, bare: words.slice(0, open).trim() } : { name: null, bare: words };
}

type Heading = { readonly depth: number; readonly words: string; readonly body: string[] };

function headingsOf(markdown: string): readonly Heading[] {
  const headings: Heading[] = [];
  let fence: string | null = null; // within a block of code, what ends it
  for (const line of markdown.split(/\r?\n/)) {
    const mark = FENCE.exec(line)?.[1];
    if (fence === null && mark) fence = mark;
    else if (fence !== null && mark?.startsWith(fence)) fence = null;
    const found = fence === null && !mark ? HEADING.exec(line) : null;
    if (found)
      headings.push({ depth: found[1]?.length ?? 1, words: withoutClosing(line.slice(found[0].length)), body: [] });
    else headings.at(-1)?.body.push(line);
  }
  return headings;
}

const slug = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "") || "rule";

/** Every heading that has text of its own below it, in order. */
export function rules(markdown: string): readonly Rule[] {
  const taken = new Set<string>();
  const unlike = (wanted: string): string => {
    let anchor = wanted;
    for (let n = 2; taken.has(anchor); n++) anchor = `${wanted}-${n}`;
    taken.add(anchor);
    return anchor;
  };
  const above: (string | null)[] = []; // the title last seen at each depth
  return headingsOf(markdown).flatMap(({ depth, words, body }): readonly Rule[] => {
    const { name, bare } = named(words);
    const [, number = null, title = bare] = NUMBER.exec(bare) ?? [];
    const section = above.slice(0, depth).findLast((t) => t != null) ?? null;
    above.length = depth;
    above[depth] = title;
    const text = body.join("\n").trim();
    return text === "" ? [] : [{ anchor: unlike(name ?? number ?? slug(title)), number, title, section, body: text }];
  });
}

export const ruleAt = (markdown: string, anchor: string): Rule | undefined =>
  rules(markdown).find((r) => r.anchor === anchor);
