/** Changing what is marked: cutting, joining, filling and changing spans together; the history; and coming back to where one was. */
import { call } from "./support/desk";
import {
  article,
  atReview,
  inspector,
  list,
  mark,
  openReview,
  place,
  press,
  said,
  saving,
  stored,
} from "./support/pier";
import { expect, test } from "./support/test";

const FIRST = "Nobody here knew of a crack";

const quotes = async (page: Parameters<typeof stored>[0], review: string) =>
  (await stored(page, review)).spans.map((s) => s.quote);

test("by keys alone spans are cut, joined, filled and changed together, and the history goes back and forth, also after a reload", async ({
  browser,
}) => {
  const { page, review } = await atReview(browser, "Pier, shape by keys");
  const { keyboard } = page;
  await mark(page, "The port firm has run the pier since 2011", "1");
  await keyboard.press("t");
  await keyboard.press("3");
  await expect(said(page)).toContainText("Type: quantity");
  await mark(page, FIRST, "1");
  // From the span's start by words to before "knew", and cut.
  await keyboard.press("Control+ArrowLeft");
  await keyboard.press("Control+ArrowLeft");
  await keyboard.press("Control+ArrowLeft");
  await keyboard.press("Control+ArrowLeft");
  await keyboard.press("b");
  await expect(said(page)).toHaveText("Split: “Nobody here” and “knew of a crack”");
  await keyboard.press("Shift+J");
  await expect(said(page)).toContainText(`Merged with the next claim: ${FIRST}`);
  await keyboard.press("Shift+C");
  await expect(said(page)).toContainText("As in “The port firm has run the pier since 2011”");
  await expect(inspector(page).getByRole("button", { name: "quantity" })).toHaveAttribute("aria-pressed", "true");

  // Both at once.
  await keyboard.press("Shift+V");
  await keyboard.press("]");
  await keyboard.press("Shift+V");
  const together = page.getByRole("region", { name: "2 spans taken together" });
  await expect(together).toBeVisible();
  await keyboard.press("u");
  await expect(together.getByRole("button", { name: "Uncertain" })).toHaveAttribute("aria-pressed", "true");
  await keyboard.press("4");
  await expect(said(page)).toContainText("2 spans are Editorial framing now");
  await expect(saving(page)).toHaveText("saved");
  expect((await stored(page, review)).spans.map((s) => [s.label, s.uncertain])).toEqual([
    ["FRAMING", true],
    ["FRAMING", true],
  ]);

  await page.reload();
  await expect(saving(page)).toHaveText("saved");
  await expect(article(page)).toBeFocused();
  await expect(page.getByRole("button", { name: "Undo" }).first()).toBeEnabled();
  await keyboard.press("Control+z");
  await expect(said(page)).toContainText("Undone");
  await keyboard.press("Shift+H");
  const history = page.getByRole("region", { name: "History" });
  await expect(history.getByRole("button", { name: /^Undone: 2 spans changed/ })).toBeFocused();
  await keyboard.press("ArrowDown");
  await keyboard.press("ArrowDown");
  await keyboard.press("ArrowDown");
  await expect(history.getByRole("button", { name: `merged “${FIRST}”` })).toBeFocused();
  await keyboard.press("ArrowDown");
  await keyboard.press("Enter");
  await expect(history.getByRole("button", { name: "split “Nobody here”" })).toHaveAttribute("aria-current", "step");
  await expect.poll(() => quotes(page, review)).toContain("knew of a crack");
  await keyboard.press("Escape");
  await expect(article(page)).toBeFocused();
  await keyboard.press("Shift+Control+z");
  await expect.poll(() => quotes(page, review)).toContain(FIRST);
});

test("by mouse a span is cut where one presses, several are taken with Ctrl and Shift, and those at one place are listed", async ({
  browser,
}) => {
  const { page, review } = await atReview(browser, "Pier, shape by mouse");
  await mark(page, FIRST, "1");
  await inspector(page).getByRole("button", { name: "Split" }).click();
  await press(page, "here knew");
  await expect(said(page)).toContainText("Split: “Nobody here” and “knew of a crack”");
  await inspector(page).getByRole("button", { name: "Merge" }).click();
  await expect(said(page)).toContainText(`Merged with the next claim: ${FIRST}`);
  await page.getByRole("button", { name: "Undo" }).first().click();
  await expect(list(page).getByRole("listitem")).toHaveCount(2);

  // Ctrl in the text, Shift in the list.
  await press(page, "Nobody");
  await page.keyboard.down("Control");
  await press(page, "of a crack");
  await page.keyboard.up("Control");
  await expect(page.getByRole("region", { name: "2 spans taken together" })).toBeVisible();
  await page.getByRole("button", { name: "Let go" }).click();
  await mark(page, "The port firm denied any part in the closing", "3");
  await list(page)
    .getByRole("button", { name: /knew of a crack/ })
    .click({ modifiers: ["Shift"] });
  const together = page.getByRole("region", { name: "3 spans taken together" });
  await together.getByRole("button", { name: "Remove all" }).click();
  await expect.poll(() => quotes(page, review)).toEqual([]);
  await page.getByRole("button", { name: "Undo" }).first().click();
  await expect.poll(() => quotes(page, review)).toHaveLength(3);

  // Three at one place.
  await mark(page, "denied any part", "4");
  await mark(page, "denied", "1");
  await press(page, "denied");
  await list(page).getByRole("button", { name: "Here 3" }).click();
  await expect(list(page).getByRole("listitem")).toHaveCount(3);
  await press(page, "denied");
  await page.keyboard.press(".");
  await expect(said(page)).toContainText(/^\d of 3 here/);
});

test("by touch a span is cut, several are taken together in the list, and a press undoes it", async ({ browser }) => {
  const { page, review } = await atReview(browser, "Pier, shape by touch", {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const ids = [crypto.randomUUID(), crypto.randomUUID()] as const;
  const put = (id: string, start: number, end: number) => ({
    ...{ id: crypto.randomUUID(), kind: "span.put" },
    span: { id, base: 0, start, end, label: "CLAIM" },
  });
  await call(page, "POST", `/reviews/${review}/changes`, { changes: [put(ids[0], 0, 34), put(ids[1], 35, 76)] });
  await page.reload();
  await expect(saving(page)).toHaveText("saved");
  const tap = async (words: string) => {
    const { x1, x2, y1 } = await place(page, words);
    await page.touchscreen.tap((x1 + x2) / 2, y1);
  };
  await tap("Pier shut");
  await inspector(page).getByRole("button", { name: "Split" }).tap();
  await tap("over");
  await expect.poll(async () => (await stored(page, review)).spans.length).toBe(3);
  await page.getByRole("button", { name: "Close the span" }).tap();
  await page.getByRole("button", { name: "All spans" }).tap();
  await page.getByRole("button", { name: "Take several together" }).tap();
  await page.getByRole("button", { name: "All shown" }).tap();
  await page.getByRole("button", { name: "Close the list" }).tap();
  const together = page.getByRole("region", { name: "3 spans taken together" });
  await together.getByRole("button", { name: "Framing" }).tap();
  await expect
    .poll(async () => new Set((await stored(page, review)).spans.map((s) => s.label)))
    .toEqual(new Set(["FRAMING"]));
  await page.getByRole("button", { name: "Undo" }).tap();
  await expect
    .poll(async () => new Set((await stored(page, review)).spans.map((s) => s.label)))
    .toEqual(new Set(["CLAIM"]));
});

test("the screen opens where it was left: scrolled, selected, unfolded, and set as one likes", async ({ browser }) => {
  const { page } = await atReview(browser, "Pier, the same place", { viewport: { width: 1200, height: 420 } });
  const look = page.getByRole("button", { name: "How the article looks" });
  await look.click();
  await page.getByRole("button", { name: "Larger text" }).click();
  await page.getByRole("button", { name: "Larger text" }).click();
  await page.getByRole("button", { name: "Wide" }).click();
  await page.getByRole("checkbox", { name: "Show invisible characters" }).check();
  await page.keyboard.press("Escape");
  await expect(page.getByTitle("no-break space")).toBeVisible();
  await page.getByRole("button", { name: /^caption/ }).click();
  await mark(page, "twice she had no answer", "1");
  await page.keyboard.press("Control+Shift+ArrowLeft");
  await expect(page.getByText("1 word selected")).toBeVisible();
  const scroller = page.locator(".rv-reader");
  const where = () => scroller.evaluate((e) => e.scrollTop);
  await expect.poll(where).toBeGreaterThan(100);
  const before = await where();
  await page.reload();
  await expect(saving(page)).toHaveText("saved");
  await expect(page.getByText("1 word selected")).toBeVisible();
  await expect(inspector(page).getByText("twice she had no answer")).toBeVisible();
  await expect(page.getByRole("button", { name: /^caption/ })).toHaveAttribute("aria-expanded", "true");
  await expect.poll(async () => Math.abs((await where()) - before)).toBeLessThan(3);
  await look.click();
  await expect(page.getByRole("status", { name: "Size of the text" })).toHaveText("120 %");
});

test("a denial ends in a claim of another article, found by its words, and says so wherever it is shown", async ({
  browser,
}) => {
  const { page, admin, project, review } = await atReview(browser, "Pier, another article");
  const me = await call<{ id: string }>(page, "GET", "/me");
  const other = await call<{ id: string }>(admin, "POST", `/projects/${project}/articles`, {
    title: "Port firm replies",
    text: "The port firm says that the pier was sound in 2018.",
  });
  const there = await call<{ id: string }>(admin, "POST", `/articles/${other.id}/reviews`, { reviewerId: me.id });
  await openReview(page, there.id);
  await mark(page, "the pier was sound in 2018", "1");
  await expect(saving(page)).toHaveText("saved");

  await openReview(page, review);
  await mark(page, "The port firm denied any part in the closing", "3");
  await page.keyboard.press("l");
  await page.keyboard.type("WAS SOUND");
  const option = page.getByRole("option", { name: /the pier was sound in 2018.*Port firm replies/ });
  await option.click();
  await expect(said(page)).toContainText("Linked: denies the pier was sound in 2018, in Port firm replies");
  await expect(saving(page)).toHaveText("saved");
  expect((await stored(page, review)).links).toMatchObject([{ type: "denies", toText: null }]);
  await page.reload();
  await expect(inspector(page).getByText("in Port firm replies")).toBeVisible();
  await expect(page.getByRole("button", { name: "Undo" }).first()).toBeEnabled();
  await expect(article(page)).toBeFocused();
  await page.keyboard.press("Control+z");
  await expect.poll(async () => (await stored(page, review)).links).toEqual([]);
});

test("a key is changed, what is not sent is asked about at sign-out, and a browser that keeps nothing says so", async ({
  browser,
}) => {
  const { page } = await atReview(browser, "Pier, own keys");
  await page.keyboard.press("?");
  const keys = page.getByRole("dialog", { name: "Keys" });
  await keys.getByRole("button", { name: /^S: the sentence/ }).click();
  await page.keyboard.press("l");
  await expect(keys.getByText("L does something else already.")).toBeVisible();
  await page.keyboard.press("w");
  await expect(keys.getByRole("button", { name: /^W: the sentence/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(article(page)).toBeFocused();
  await page.keyboard.press("w");
  await expect(page.getByText(/words? selected/)).toBeVisible();

  await page.context().setOffline(true);
  await page.keyboard.press("1");
  await expect(saving(page)).toContainText("1 not sent");
  await page.getByRole("button", { name: /account and theme/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  const asked = page.getByRole("dialog", { name: "Sign out with changes not sent?" });
  await expect(asked).toContainText("1 change has not reached Gloss");
  await asked.getByRole("button", { name: "Sign out" }).click();
  await expect(asked.getByRole("alert")).toContainText("you are still signed in");
  await asked.getByRole("button", { name: "Stay" }).click();
  await page.context().setOffline(false);
  await expect(saving(page)).toHaveText("saved");

  await page.addInitScript(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await page.reload();
  await expect(saving(page)).toHaveText("saved");
  await mark(page, "twelve letters", "2");
  await expect(page.getByRole("alert").filter({ hasText: "Nothing is kept on this computer" })).toContainText(
    "the browser's storage is full",
  );
  await expect(saving(page)).toContainText("Everything so far is saved");
});
