/** Every state of the review screen, looked at with axe: light, dark, narrow, on a phone. And the phone itself. */
import type { Page } from "@playwright/test";
import { expectAccessible, expectReadable } from "./support/desk";
import { article, atReview, drag, inspector, list, mark, place, press, saving, stored } from "./support/pier";
import { expect, test } from "./support/test";

/** A claim, framing inside it, and a denial linked to the claim, which is the span in hand. */
async function markSome(page: Page): Promise<void> {
  await mark(page, "The pier was almost certainly closed to hide a crack", "1");
  await mark(page, "almost certainly", "4");
  await mark(page, "The port firm denied any part in the closing", "3");
  await page.keyboard.press("l");
  await expect(page.getByRole("combobox", { name: "Link target" })).toBeFocused();
  await page.keyboard.type("1");
  await page.keyboard.press("Enter");
}

const SCREENS = [
  { name: "wide, light and dark", viewport: { width: 1440, height: 900 } },
  { name: "narrow", viewport: { width: 1024, height: 768 } },
] as const;

for (const { name, ...screen } of SCREENS)
  test(`reading, marking and the guideline can be used by everyone: ${name}`, async ({ browser }) => {
    const { page } = await atReview(browser, `Pier, states, ${name}`, screen);
    await markSome(page);
    await drag(page, "the harbour engineer said");
    await expect(page.getByRole("toolbar", { name: "Label the selection" })).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Guideline" }).click();
    await expect(page.getByRole("region", { name: "Guideline" })).toBeVisible();
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: "dark" });
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await expectReadable(page);
  });

test("editing and linking can be used by everyone", async ({ browser }) => {
  const { page } = await atReview(browser, "Pier, deeds");
  const { keyboard } = page;
  await expectAccessible(page); // nothing marked yet
  await markSome(page);
  await press(page, "The port firm denied");
  await keyboard.press("k");
  await keyboard.press("e");
  await expectAccessible(page); // an attribute armed, a range being edited
  await keyboard.press("Escape");
  await keyboard.press("l");
  await expect(page.getByRole("combobox", { name: "Link target" })).toBeFocused();
  await expectAccessible(page);
});

test("every panel of the review screen can be used by everyone", async ({ browser }) => {
  const { page } = await atReview(browser, "Pier, panels");
  const { keyboard } = page;
  await markSome(page);
  await keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
  await expectAccessible(page);
  await keyboard.press("Escape");
  await keyboard.press("Control+k");
  await expect(page.getByRole("dialog", { name: "Search and commands" })).toBeVisible();
  await expectAccessible(page);
  await keyboard.press("Escape");
  await article(page).focus();
  await keyboard.press("o");
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectAccessible(page);
  await keyboard.press("Escape");
  await keyboard.press("Control+Enter");
  await expect(page.getByRole("alert", { name: "Before this can be submitted" })).toBeVisible();
  await expectAccessible(page);
});

test("tab goes from the bar through outline, article and inspector to the list, and is never caught", async ({
  browser,
}) => {
  const { page } = await atReview(browser, "Pier, tab");
  await mark(page, "twelve letters reached", "1");
  const seen = new Set<string>();
  await page.getByRole("link", { name: "Gloss" }).focus();
  for (let n = 0; n < 90 && !seen.has("list"); n++) {
    await page.keyboard.press("Tab");
    const where = await page.evaluate(() => {
      const at = document.activeElement;
      if (!at) return "";
      if (at.matches(".article")) return "article";
      return ["rv-top", "rv-outline", "rv-inspector", "rv-list"].find((c) => at.closest(`.${c}`))?.slice(3) ?? "";
    });
    seen.add(where);
  }
  for (const part of ["outline", "article", "inspector", "list"]) expect([...seen]).toContain(part);
  const first = list(page).getByRole("button", { name: /twelve letters/ });
  await first.focus();
  await expect(first).toHaveAccessibleName(/Claim: twelve letters reached/);
});

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;

/** What a finger's long press and the platform's handles leave selected. */
async function selectByTouch(page: Page, words: string): Promise<void> {
  const { x1, y1, x2, y2 } = await place(page, words);
  await page.touchscreen.tap(x1, y1);
  await page.evaluate(
    ([ax, ay, bx, by]) => {
      const from = document.caretPositionFromPoint(ax ?? 0, ay ?? 0);
      const to = document.caretPositionFromPoint(bx ?? 0, by ?? 0);
      if (from && to) getSelection()?.setBaseAndExtent(from.offsetNode, from.offset, to.offsetNode, to.offset);
    },
    [x1, y1, x2, y2],
  );
}

for (const colorScheme of ["light", "dark"] as const)
  test(`on a phone words are selected, labelled at the foot, and filled in on a sheet: ${colorScheme}`, async ({
    browser,
  }) => {
    const { page, review } = await atReview(browser, `Pier, phone, ${colorScheme}`, { ...PHONE, colorScheme });
    await expectAccessible(page);
    await selectByTouch(page, "almost certainly closed");
    const labels = page.getByRole("toolbar", { name: "Label the selection" });
    await expect(labels).toBeInViewport();
    await expectAccessible(page);
    await labels.getByRole("button", { name: "Claim" }).tap();
    await expect(inspector(page).getByText("Span 1 of 1")).toBeInViewport();
    await inspector(page).getByRole("button", { name: "near certain" }).tap();
    await expect(saving(page)).toHaveText("saved");
    await expectAccessible(page);
    expect((await stored(page, review)).spans).toMatchObject([
      { label: "CLAIM", quote: "almost certainly closed", attributes: { likelihood: "near-certain" } },
    ]);
    // The sheet does not cover what it is about.
    await expect(article(page).locator(".on0").first()).toBeInViewport();
    await page.getByRole("button", { name: "All spans" }).tap();
    await expect(list(page).getByRole("listitem")).toHaveCount(1);
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });

test("at 320 pixels nothing is lost sideways", async ({ browser }) => {
  const { page } = await atReview(browser, "Pier, 320", { viewport: { width: 320, height: 640 } });
  await mark(page, "twelve letters reached", "1");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await expect(inspector(page)).toBeInViewport();
});
