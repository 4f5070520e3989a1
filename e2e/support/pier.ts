/** An invented article with what hurts in real ones, a review of it on the screen, and a reader's hands. */
import { type Browser, type BrowserContextOptions, expect, type Locator, type Page } from "@playwright/test";
import { asAdmin, asMember, call, newProject } from "./desk";

const NBSP = "\u00a0";

const LINES = [
  ["headline", "Pier shut over a fault, papers show"],
  ["standfirst", "Twelve letters set out who knew, and when."],
  ["byline", "By our coast reporter"],
  ["caption", "The pier in March. Photo: desk"],
  [
    "body",
    `The pier was almost certainly closed to hide a crack, the harbour engineer said on${NBSP}Thursday, after twelve letters reached this newspaper.`,
  ],
  [
    "body",
    "The port firm denied any part in the closing. “Nobody here knew of a crack,” its spokeswoman wrote 🛟🛟 that night, calling the letters a bitter fairy tale.",
  ],
  ["body", "אדם אמר שהמזח נסגר ביום חמישי."],
  ["subheading", "Who knew"],
  ["related", "READ MORE: Five piers that fell"],
  [
    "body",
    "The port firm has run the pier since 2011. In May the harbour engineer wrote twice to the port firm, and twice she had no answer.",
  ],
  ["form", "Leave a comment"],
] as const;

export const PIER = LINES.map(([, line]) => line).join("\n");

const points = (text: string) => [...text].length;

/** Code points of the text. */
export function rangeOf(words: string, from = 0): { start: number; end: number } {
  const at = PIER.indexOf(words, from);
  if (at === -1) throw new Error(`not in the article: ${words}`);
  const start = points(PIER.slice(0, at));
  return { start, end: start + points(words) };
}

export function regions(): { start: number; end: number; role: string }[] {
  let at = 0;
  return LINES.map(([role, line]) => {
    const start = at;
    at += points(line) + 1;
    return { start, end: start + points(line), role };
  });
}

export type Span = {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly label: string;
  readonly quote: string;
  readonly version: number;
  readonly attributes: Readonly<Record<string, string>>;
  readonly note: string;
  readonly uncertain: boolean;
};
export type Link = {
  readonly id: string;
  readonly type: string;
  readonly from: string;
  readonly to: string | null;
  readonly toText: string | null;
};
export type Stored = {
  readonly id: string;
  readonly status: string;
  readonly version: number;
  readonly spans: readonly Span[];
  readonly links: readonly Link[];
};

export type Assigned = { readonly project: string; readonly article: string; readonly review: string };

/** A project of one's own with the article in it, and a review of it for whoever is signed in on the page. */
export async function assign(admin: Page, reviewer: Page, projectId: string): Promise<Assigned> {
  const article = await call<{ id: string }>(admin, "POST", `/projects/${projectId}/articles`, {
    title: "Pier shut over a fault, papers show",
    text: PIER,
    outlet: "Coast Courier",
    language: "en",
    regions: regions(),
  });
  const me = await call<{ id: string }>(reviewer, "GET", "/me");
  const review = await call<{ id: string }>(admin, "POST", `/articles/${article.id}/reviews`, { reviewerId: me.id });
  return { project: projectId, article: article.id, review: review.id };
}

/** A reviewer at her review of the article, with nothing marked yet. */
export async function atReview(
  browser: Browser,
  name: string,
  screen: BrowserContextOptions = {},
): Promise<Assigned & { admin: Page; page: Page }> {
  const admin = await asAdmin(browser);
  const { id } = await newProject(admin, name);
  const page = await asMember(browser, admin, id, "Rhea", ["REVIEWER"], screen);
  const assigned = await assign(admin, page, id);
  await openReview(page, assigned.review);
  return { ...assigned, admin, page };
}

export async function openReview(page: Page, review: string): Promise<void> {
  await page.goto(`/reviews/${review}`);
  await expect(page.getByRole("status", { name: "Saving" })).toHaveText("saved");
}

export const article = (page: Page): Locator => page.getByRole("textbox", { name: "Article text" });
export const saving = (page: Page): Locator => page.getByRole("status", { name: "Saving" });
export const inspector = (page: Page): Locator => page.getByRole("region", { name: /^Span/ }).first();
export const list = (page: Page): Locator => page.getByRole("region", { name: "Spans in reading order" });
export const said = (page: Page): Locator => page.getByRole("status", { name: "What was done" });

export const stored = (page: Page, review: string): Promise<Stored> => call(page, "GET", `/reviews/${review}`);

/** Just inside the first and the last character of some words on the screen; across pieces, lines and directions. */
export async function place(page: Page, words: string): Promise<{ x1: number; y1: number; x2: number; y2: number }> {
  const found = await article(page).evaluate((root, wanted) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const nodes: Text[] = [];
    let all = "";
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const line = node.parentElement?.closest(".line");
      if (!line) continue;
      if (nodes.length > 0 && nodes.at(-1)?.parentElement?.closest(".line") !== line) all += "\n";
      nodes.push(node as Text);
      all += (node as Text).data;
    }
    const at = all.indexOf(wanted);
    if (at === -1) return null;
    const range = document.createRange();
    let seen = 0;
    let last: Element | null | undefined = null;
    for (const node of nodes) {
      const line = node.parentElement?.closest(".line");
      if (last && line !== last) seen += 1;
      last = line;
      if (at >= seen && at <= seen + node.length) range.setStart(node, at - seen);
      const end = at + wanted.length;
      if (end >= seen && end <= seen + node.length) {
        range.setEnd(node, end - seen);
        break;
      }
      seen += node.length;
    }
    range.startContainer.parentElement?.scrollIntoView({ block: "center" });
    const boxes = [...range.getClientRects()].filter((box) => box.width > 0);
    const [first] = boxes;
    const final = boxes.at(-1);
    if (!first || !final) return null;
    const leftwards = (node: Node) => {
      const line = node.parentElement?.closest(".line");
      return line !== null && line !== undefined && getComputedStyle(line).direction === "rtl";
    };
    const from = leftwards(range.startContainer);
    const to = leftwards(range.endContainer);
    return {
      x1: from ? first.right - 2 : first.left + 2,
      y1: first.top + first.height / 2,
      x2: to ? final.left + 2 : final.right - 2,
      y2: final.top + final.height / 2,
    };
  }, words);
  if (!found) throw new Error(`not on the screen: ${words}`);
  return found;
}

/** Drags over words with the mouse, from just inside the first to just inside the last. */
export async function drag(page: Page, words: string): Promise<void> {
  const { x1, y1, x2, y2 } = await place(page, words);
  await page.mouse.move(x1, y1);
  await page.mouse.down();
  await page.mouse.move((x1 + x2) / 2, (y1 + y2) / 2, { steps: 4 });
  await page.mouse.move(x2, y2, { steps: 4 });
  await page.mouse.up();
}

/** Presses in the middle of words. */
export async function press(page: Page, words: string): Promise<void> {
  const { x1, y1, x2, y2 } = await place(page, words);
  if (Math.abs(y1 - y2) < 4) await page.mouse.click((x1 + x2) / 2, y1);
  else await page.mouse.click(x1 + 3, y1);
}

/** Marks words with the mouse and a label's number. */
export async function mark(page: Page, words: string, key: string): Promise<void> {
  await drag(page, words);
  await page.keyboard.press(key);
  await expect(said(page)).toContainText(/^Marked/);
}
