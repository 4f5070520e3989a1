/**
 * A page made into a DOM that is safe to work on, in one pass and linear time however sloppy or hostile it is: every element closed, at
 * most 256 deep, only the attributes that metadata and extraction read, and nothing that a reader of the page would not see (scripts,
 * styles, drawings, templates). Nothing is fetched. Rules: the tokenization and optional tags of the HTML standard, simplified.
 */
import { decodeHTML, decodeHTMLAttribute } from "entities";
import { parseHTML } from "linkedom";

export type Page = {
  readonly document: Document;
  /** The bodies of `<script type="application/ld+json">`. */
  readonly jsonLd: readonly string[];
  readonly elements: number;
  /** Elements that lay deeper than 256 and were taken out, their text kept. */
  readonly flattened: number;
};

const words = (names: string): ReadonlySet<string> => new Set(names.split(" "));

const DEEPEST = 256;
/** Elements, and flattened ones: pages of articles have some hundreds. */
const MOST = { elements: 60_000, flattened: 500_000 };
const LONGEST_VALUE = 2000;
const LONGEST_JSON_LD = 256 * 1024;

const VOID = words("area base br col embed hr img input link meta param source track wbr");
const KEPT_VOID = words("br hr meta link");
/** Their content is text up to their end tag, whatever it looks like. */
const RAW = words("script style xmp iframe noembed noframes textarea title plaintext");
/** Left out with all that is in them. */
const UNSEEN = words("svg math object noscript template select canvas audio video datalist button map applet frameset");
const STRUCTURE = words("html head body");
const ATTRIBUTES = words(
  "class id itemprop itemtype property name content datetime href rel lang hidden aria-hidden role style type",
);
const BLOCKS =
  "address article aside blockquote details div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr main nav ol p pre section table ul";
const ends = (names: string, ended: string): [string, ReadonlySet<string>][] =>
  names.split(" ").map((name) => [name, words(ended)]);
/** A start tag of the key ends the innermost open element when it is one of these. */
const IMPLIES_END: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ...ends(BLOCKS, "p"),
  ...ends("li", "li p"),
  ...ends("dt dd", "dt dd p"),
  ...ends("td th", "td th p"),
  ...ends("tr", "td th tr p"),
  ...ends("tbody thead tfoot", "td th tr tbody thead tfoot p"),
]);

const TAG_NAME = /[a-zA-Z][^\s/>]*/y;
const ATTRIBUTE = /[\s/]*([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"'][^\s>]*)|("|')))?/y;
const TAG_REST = /[\s/]*>?/y;

type Open = { readonly name: string; readonly element: Element | null };

/** The tree under construction: a stack of open elements, of which those beyond the depth limit have no element of their own. */
class Builder {
  readonly document: Document;
  elements = 0;
  flattened = 0;
  private readonly stack: Open[] = [];
  private readonly open = new Map<string, number>();
  private parent: Element;
  private pending: string[] = [];

  constructor() {
    this.document = parseHTML("<!doctype html><html><head></head><body></body></html>").document;
    this.parent = this.document.body;
  }

  text(source: string) {
    if (source !== "") this.pending.push(source.includes("&") ? decodeHTML(source) : source);
  }

  private flush() {
    if (this.pending.length === 0) return;
    this.parent.appendChild(this.document.createTextNode(this.pending.join("")));
    this.pending = [];
  }

  private make(name: string, attributes: ReadonlyMap<string, string>): Element {
    this.flush();
    const element = this.document.createElement(name);
    for (const [key, value] of attributes) element.setAttribute(key, value);
    this.parent.appendChild(element);
    this.elements++;
    return element;
  }

  start(name: string, attributes: ReadonlyMap<string, string>) {
    const ended = IMPLIES_END.get(name);
    while (ended?.has(this.stack.at(-1)?.name ?? "")) this.pop();
    if (STRUCTURE.has(name)) {
      if (name === "html")
        for (const [key, value] of attributes) this.document.documentElement.setAttribute(key, value);
      return;
    }
    if (VOID.has(name)) {
      if (KEPT_VOID.has(name)) this.make(name, attributes);
      return;
    }
    const deep = this.stack.length >= DEEPEST;
    const element = deep ? null : this.make(name, attributes);
    if (element) this.parent = element;
    else this.flattened++;
    this.stack.push({ name, element });
    this.open.set(name, (this.open.get(name) ?? 0) + 1);
  }

  private pop() {
    const last = this.stack.pop();
    if (!last) return;
    this.open.set(last.name, (this.open.get(last.name) ?? 1) - 1);
    if (!last.element) return;
    this.flush();
    this.parent = last.element.parentElement ?? this.document.body;
  }

  /** An end tag of what is not open is passed over. */
  end(name: string) {
    if ((this.open.get(name) ?? 0) === 0) return;
    while (this.stack.at(-1)?.name !== name) this.pop();
    this.pop();
  }

  finish() {
    while (this.stack.length > 0) this.pop();
    this.flush();
  }
}

/** null when the page has more than 60,000 elements. */
export function buildPage(source: string): Page | null {
  const tree = new Builder();
  const jsonLd: string[] = [];
  const lower = lowerCase(source);
  /** Names whose end tag does not come any more: looked for once, not once a start tag. */
  const endless = new Set<string>();
  const endOf = (name: string, from: number): number => {
    if (endless.has(name)) return -1;
    const found = lower.indexOf(`</${name}`, from);
    if (found === -1) endless.add(name);
    return found;
  };

  /** What begins at the `<` of `at`; answers where to go on. */
  const markup = (at: number): number => {
    if (source.startsWith("<!--", at)) {
      const end = source.indexOf("-->", at + 4);
      return end === -1 ? source.length : end + 3;
    }
    const sign = source[at + 1];
    if (sign === "!" || sign === "?") return afterBracket(source, at);
    if (sign === "/") {
      tree.end(elementName(nameAt(source, at + 2)));
      return afterBracket(source, at);
    }
    const written = nameAt(source, at + 1);
    if (written === "") {
      tree.text("<");
      return at + 1;
    }
    const name = elementName(written);
    const tag = attributesAt(source, at + 1 + written.length);
    if (!RAW.has(name) && !UNSEEN.has(name)) {
      tree.start(name, tag.values);
      return tag.end;
    }
    const end = endOf(name, tag.end);
    // An unseen element that nobody closes must not swallow the page; raw text does, as in a browser.
    if (end === -1) return RAW.has(name) ? source.length : tag.end;
    const content = source.slice(tag.end, end);
    if (name === "title" && tree.document.title === "") tree.document.title = decodeHTML(content).trim();
    if (name === "script" && /^application\/ld\+json\b/i.test(tag.values.get("type") ?? ""))
      if (content.length <= LONGEST_JSON_LD) jsonLd.push(content);
    return afterBracket(source, end);
  };

  let at = 0;
  while (at < source.length) {
    const next = source.indexOf("<", at);
    tree.text(source.slice(at, next === -1 ? source.length : next));
    if (next === -1) break;
    at = markup(next);
    if (tree.elements > MOST.elements || tree.flattened > MOST.flattened) return null;
  }
  tree.finish();
  return { document: tree.document, jsonLd, elements: tree.elements, flattened: tree.flattened };
}

/** ASCII only, so that offsets stay the same ("İ" would become two characters). */
const lowerCase = (source: string): string => source.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** "" when none begins here. */
function nameAt(source: string, at: number): string {
  TAG_NAME.lastIndex = at;
  return TAG_NAME.exec(source)?.[0] ?? "";
}

/** Names that HTML does not have are as good as `span`. */
function elementName(written: string): string {
  const name = written.length > 20 ? "" : written.toLowerCase();
  return /^[a-z][a-z0-9]*$/.test(name) ? name : "span";
}

function afterBracket(source: string, from: number): number {
  const end = source.indexOf(">", from);
  return end === -1 ? source.length : end + 1;
}

type Tag = { readonly values: ReadonlyMap<string, string>; readonly end: number };

/** The attributes that are read; the rest is passed over. An unclosed quote takes the page with it, as in a browser. */
function attributesAt(source: string, from: number): Tag {
  const values = new Map<string, string>();
  let at = from;
  for (;;) {
    ATTRIBUTE.lastIndex = at;
    const found = ATTRIBUTE.exec(source);
    if (!found) break;
    at = ATTRIBUTE.lastIndex;
    if (found[5] !== undefined) return { values, end: source.length };
    const name = (found[1] ?? "").toLowerCase();
    if (!ATTRIBUTES.has(name) || values.has(name)) continue;
    values.set(name, decodeHTMLAttribute((found[2] ?? found[3] ?? found[4] ?? "").slice(0, LONGEST_VALUE)));
  }
  TAG_REST.lastIndex = at;
  TAG_REST.exec(source);
  return { values, end: Math.max(at, TAG_REST.lastIndex) };
}
