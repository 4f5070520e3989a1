/**
 * A part of a page as text: what a reader of the page would see, one blank line between paragraphs, list items and table rows on lines
 * of their own. Blanks that HTML collapses are collapsed; no-break spaces and `pre` stay. Works without recursion.
 */
import type { RegionRole } from "../regions/roles";

export type Block = {
  readonly text: string;
  readonly role: RegionRole;
  /** Stands on the next line (a list's item after another) instead of after a blank line. */
  readonly tight: boolean;
  /** Why it has its role, where that is not said by the element. */
  readonly reason?: string;
};

const words = (names: string): ReadonlySet<string> => new Set(names.split(" "));

const BLOCK = words(
  "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul",
);
const UNSEEN = words("head title link meta rp");
const ROWS = words("li dt dd tr");
/** What elements say of what is in them. */
export const ROLES: Readonly<Record<string, RegionRole>> = {
  h2: "subheading",
  h3: "subheading",
  h4: "subheading",
  h5: "subheading",
  h6: "subheading",
  figcaption: "caption",
  aside: "related",
  nav: "related",
};

/** ASCII white space is all that HTML collapses; a no-break space is text. */
const BLANKS = /[ \t\n\f\r]+/g;

const isHidden = (element: Element): boolean =>
  element.hasAttribute("hidden") ||
  element.getAttribute("aria-hidden") === "true" ||
  /display\s*:\s*none|visibility\s*:\s*hidden/i.test(element.getAttribute("style") ?? "");

const INSIDE_CELL = "p, div, table, ul, ol, dl, blockquote, h1, h2, h3, h4, h5, h6";

class Writer {
  readonly blocks: Block[] = [];
  private line = "";
  private readonly roles: RegionRole[] = [];
  private readonly rows: Element[] = [];
  private lastList: Element | null = null;
  private pre = 0;

  constructor(private readonly of: Readonly<Record<string, RegionRole>>) {}

  text(data: string) {
    this.line += this.pre > 0 ? data : data.replace(BLANKS, " ");
  }

  enter(element: Element, name: string) {
    if (name === "br") this.line += "\n";
    else if (name === "q") this.line += "\u201c";
    if (!BLOCK.has(name)) return;
    if (isPlainCell(element, name)) {
      if (this.line.trim() !== "") this.line += "\t";
      return;
    }
    this.flush();
    if (name === "pre") this.pre++;
    if (ROWS.has(name)) this.rows.push(element);
    const role = this.of[name];
    if (role) this.roles.push(role);
  }

  leave(element: Element, name: string) {
    if (name === "q") this.line += "\u201d";
    if (!BLOCK.has(name) || isPlainCell(element, name)) return;
    this.flush();
    if (name === "pre") this.pre--;
    if (ROWS.has(name)) this.rows.pop();
    if (this.of[name]) this.roles.pop();
  }

  flush() {
    const source = this.line;
    this.line = "";
    if (this.pre > 0) this.add(withoutEnds(source, /[\n\r]/, /\s/));
    // Two line breaks in a row are what a paragraph was before there were paragraphs.
    else for (const part of collapse(source).split("\n\n")) this.add(withoutEnds(part, /[ \t\n]/, /[ \t\n]/));
  }

  private add(text: string) {
    if (text.trim() === "") return;
    const list = this.rows.at(-1)?.parentElement?.closest("ul, ol, dl, table") ?? null;
    // The innermost special role wins, but a heading inside an aside is still the aside's.
    const role = this.roles.find((one) => one !== "subheading") ?? this.roles.at(-1) ?? "body";
    this.blocks.push({ text, role, tight: list !== null && list === this.lastList });
    this.lastList = list;
  }
}

/** A run of blanks becomes what is strongest in it: a paragraph's break, a line's, a cell's, a word's. One pass, so linear. */
const collapse = (line: string): string =>
  line.replace(/[ \t\n]+/g, (run) => {
    const first = run.indexOf("\n");
    if (first !== -1) return run.includes("\n", first + 1) ? "\n\n" : "\n";
    return run.includes("\t") ? "\t" : " ";
  });

/** Trims by hand: a pattern that ends in `+$` takes quadratic time on a long run of blanks. */
function withoutEnds(text: string, leading: RegExp, trailing: RegExp): string {
  let start = 0;
  let end = text.length;
  while (start < end && leading.test(text.charAt(start))) start++;
  while (end > start && trailing.test(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

const isPlainCell = (element: Element, name: string): boolean =>
  (name === "td" || name === "th") && element.querySelector(INSIDE_CELL) === null;

export function blocksOf(root: Element, roles = ROLES): readonly Block[] {
  const writer = new Writer(roles);
  let node: Node | null = root;
  while (node) {
    const element: Element | null = isElement(node) ? node : null;
    const name: string = element?.localName.toLowerCase() ?? "";
    const seen: boolean = element ? !UNSEEN.has(name) && !isHidden(element) : true;
    if (element && seen) writer.enter(element, name);
    else if (node.nodeType === 3) writer.text(node.nodeValue ?? "");
    let next: Node | null = seen ? node.firstChild : null;
    if (!next) {
      let up: Node | null = node;
      // Leave everything that ends here.
      while (up) {
        if (isElement(up) && (up !== node || seen)) writer.leave(up, up.localName.toLowerCase());
        if (up === root) {
          up = null;
          break;
        }
        if (up.nextSibling) break;
        up = up.parentNode;
      }
      next = up?.nextSibling ?? null;
    }
    node = next;
  }
  writer.flush();
  return writer.blocks;
}

const isElement = (node: Node): node is Element => node.nodeType === 1;
