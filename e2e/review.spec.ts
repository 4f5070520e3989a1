/** Marking up an article, as a reviewer does it: with the mouse, and with keys alone. */

import { call } from "./support/desk";
import {
  article,
  atReview,
  drag,
  inspector,
  list,
  mark,
  openReview,
  PIER,
  press,
  rangeOf,
  said,
  saving,
  stored,
} from "./support/pier";
import { expect, test } from "./support/test";

const NBSP = "\u00a0";

test("words dragged over with the mouse across a no-break space are stored as exactly those code points", async ({
  browser,
}) => {
  const { page, review } = await atReview(browser, "Pier, no-break space");
  await drag(page, `on${NBSP}Thursday`);
  await expect(page.getByRole("toolbar", { name: "Label the selection" })).toBeVisible();
  await expect(page.getByText("2 words selected")).toBeVisible();
  await page.keyboard.press("2");
  await expect(inspector(page).getByText(`on${NBSP}Thursday`)).toBeVisible();
  await expect(saving(page)).toHaveText("saved");
  const { spans } = await stored(page, review);
  expect(spans).toMatchObject([{ ...rangeOf(`on${NBSP}Thursday`), label: "ATTRIBUTION", quote: `on${NBSP}Thursday` }]);
});

test("a selection snaps to words and drops outer quotes and stops; exact takes it as it is", async ({ browser }) => {
  const { page, review } = await atReview(browser, "Pier, snapping");
  await drag(page, "“Nobody here knew of a crack,”");
  await page.keyboard.press("1");
  await expect(said(page)).toContainText("Nobody here knew of a crack");
  await page.keyboard.press("x");
  await drag(page, "eventy of".slice(0, 0) || "welve letters reac");
  await page.keyboard.press("1");
  await expect(saving(page)).toHaveText("saved");
  const { spans } = await stored(page, review);
  const quotes = spans.map((s) => s.quote);
  expect(quotes).toContain("Nobody here knew of a crack");
  expect(quotes.find((q) => q !== "Nobody here knew of a crack")).toMatch(/^w?elve letters rea?c?$/);
});

test("an emoji, Hebrew words and a line break are marked where they stand, stored, exported, and shown after a reload", async ({
  browser,
}) => {
  const { page, admin, review, project } = await atReview(browser, "Pier, scripts");
  const hebrew = "המזח נסגר";
  const acrossLines = "a bitter fairy tale.\nאדם";
  await page.keyboard.press("x"); // exact, so that a sign alone can be marked
  for (const [words, key] of [
    ["🛟🛟", "4"],
    [hebrew, "1"],
  ] as const)
    await mark(page, words, key);
  await page.keyboard.press("x");
  await mark(page, acrossLines, "3");
  await expect(saving(page)).toHaveText("saved");

  const { spans } = await stored(page, review);
  const byLabel = new Map(spans.map((s) => [s.label, s]));
  expect(byLabel.get("FRAMING")).toMatchObject({ ...rangeOf("🛟🛟"), quote: "🛟🛟" });
  expect(byLabel.get("DENIAL")).toMatchObject({ ...rangeOf(acrossLines), quote: acrossLines });
  const text = [...PIER];
  for (const span of spans) expect(text.slice(span.start, span.end).join("")).toBe(span.quote);
  expect(byLabel.get("CLAIM")?.quote).toContain("נסגר");

  const exported = await admin.request.get(`/api/v1/projects/${project}/export?format=jsonl&layer=all`);
  const lines = (await exported.text())
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const exportedSpans = lines.flatMap((line) => line.reviews ?? []).flatMap((r) => r.spans);
  expect(exportedSpans).toHaveLength(3);
  for (const span of exportedSpans) expect(text.slice(span.start, span.end).join("")).toBe(span.quote);

  await page.reload();
  await expect(list(page).getByRole("listitem")).toHaveCount(3);
  await expect(article(page).locator(".s", { hasText: "🛟🛟" })).toHaveText("🛟🛟");
  await expect(article(page).locator('[dir="auto"]', { hasText: hebrew })).toHaveCSS("direction", "rtl");
});

test("a reviewer marks, fills, links and submits an article by keys alone", async ({ browser }) => {
  const { page, review } = await atReview(browser, "Pier, keys");
  const { keyboard } = page;
  // The headline: its sentence, without the last words.
  await keyboard.press("Control+Home");
  await keyboard.press("s");
  await keyboard.press("1");
  await expect(said(page)).toContainText("Marked Claim: Pier shut over a fault, papers show");
  // Attributes: a letter, then a number.
  await keyboard.press("h");
  await expect(inspector(page).getByRole("group", { name: "Likelihood" })).toBeVisible();
  await keyboard.press("4");
  await expect(inspector(page).getByRole("button", { name: "near certain" })).toHaveAttribute("aria-pressed", "true");
  await keyboard.press("n");
  await keyboard.type("The headline drops the hedge.");
  await keyboard.press("Enter");
  await expect(article(page)).toBeFocused();

  // The denial: found by its words, its sentence, and its link by number.
  await keyboard.press("/");
  await keyboard.type("denied any part");
  await expect(page.getByRole("search").getByRole("status")).toHaveText("1 of 1");
  await keyboard.press("Escape");
  await keyboard.press("s");
  await expect(page.getByText(/words selected/)).toBeVisible();
  await keyboard.press("3");
  await expect(said(page)).toContainText("A link is asked for");
  await keyboard.press("l");
  await expect(page.getByRole("combobox", { name: "Link target" })).toBeFocused();
  await keyboard.type("1");
  await keyboard.press("Enter");
  await expect(said(page)).toContainText("Linked: denies");
  await expect(article(page)).toBeFocused();

  // Its range, one word shorter at the end.
  await keyboard.press("e");
  await keyboard.press("Control+Shift+ArrowLeft");
  await keyboard.press("Enter");
  await expect(said(page)).toContainText("Range changed");

  // Framing asks for its kind and reason at once.
  await keyboard.press("Control+End");
  await keyboard.press("Control+ArrowUp");
  await keyboard.press("Control+ArrowUp");
  await keyboard.press("Control+Shift+ArrowRight");
  await keyboard.press("4");
  await expect(inspector(page).getByRole("group", { name: "Kind" })).toHaveClass(/armed/);
  await keyboard.press("1");
  await keyboard.press("r");
  await keyboard.type("a test of keys");
  await keyboard.press("Enter");

  // Walk back to the first and see it.
  await keyboard.press("[");
  await keyboard.press("[");
  await expect(inspector(page).getByText("Span 1 of 3")).toBeVisible();
  await keyboard.press("u");
  await expect(inspector(page).getByRole("button", { name: "Uncertain" })).toHaveAttribute("aria-pressed", "true");

  await keyboard.press("Control+Enter");
  await expect.poll(async () => (await stored(page, review)).status).toBe("SUBMITTED");
  const { spans, links } = await stored(page, review);
  const [claim, denial, framing] = spans;
  expect(claim).toMatchObject({
    label: "CLAIM",
    attributes: { likelihood: "near-certain" },
    note: "The headline drops the hedge.",
    uncertain: true,
  });
  expect(denial?.quote).toBe("The port firm denied any part in the");
  expect(framing).toMatchObject({ label: "FRAMING", attributes: { kind: "lexical", reason: "a test of keys" } });
  expect(links).toMatchObject([{ type: "denies", from: denial?.id, to: claim?.id }]);
});

test("spans overlap and nest, one stretch carries several labels, and a press walks through them", async ({
  browser,
}) => {
  const { page, review } = await atReview(browser, "Pier, overlaps");
  await mark(page, "The pier was almost certainly closed to hide a crack", "1");
  await mark(page, "almost certainly", "4");
  await mark(page, "closed to hide a crack, the harbour engineer", "2");
  await page.keyboard.press("Shift+Digit3"); // one more label on the very same words
  await expect(said(page)).toContainText("Marked Denial");
  await expect(saving(page)).toHaveText("saved");
  const { spans } = await stored(page, review);
  expect(spans.map((s) => s.label).sort()).toEqual(["ATTRIBUTION", "CLAIM", "DENIAL", "FRAMING"]);
  expect(spans.find((s) => s.label === "DENIAL")).toMatchObject(
    rangeOf("closed to hide a crack, the harbour engineer"),
  );

  // Three lie over these words: each press takes the next of them.
  const seen: (string | null)[] = [];
  for (let n = 0; n < 3; n++) {
    await press(page, "to hide");
    seen.push(
      await inspector(page).getByRole("group", { name: "Label" }).locator('[aria-pressed="true"]').textContent(),
    );
  }
  expect(seen.map((name) => name?.replace(/^\d/, "")).sort()).toEqual(["Attribution", "Claim", "Denial"]);
});

test("undo and redo take back and bring back everything, links and attributes too", async ({ browser }) => {
  const { page, review } = await atReview(browser, "Pier, undo");
  await mark(page, "The pier was almost certainly closed", "1");
  await page.keyboard.press("t");
  await page.keyboard.press("2");
  await mark(page, "The port firm denied any part in the closing", "3");
  await page.keyboard.press("l");
  await page.keyboard.type("1");
  await page.keyboard.press("Enter");
  await expect(said(page)).toContainText("Linked");
  await press(page, "pier was almost");
  await page.keyboard.press("Backspace");
  await expect(said(page)).toContainText("Removed Claim and its link");
  await expect(list(page).getByRole("listitem")).toHaveCount(1);
  await expect(saving(page)).toHaveText("saved");
  expect(await stored(page, review)).toMatchObject({ spans: [{ label: "DENIAL" }], links: [] });

  await page.keyboard.press("Control+z"); // the claim and its link come back in one
  await expect(list(page).getByRole("listitem")).toHaveCount(2);
  await expect(saving(page)).toHaveText("saved");
  const back = await stored(page, review);
  expect(back.links).toMatchObject([{ type: "denies", to: back.spans[0]?.id }]);
  expect(back.spans[0]?.attributes).toEqual({ type: "responsibility" });

  for (let n = 0; n < 4; n++) await page.keyboard.press("Control+z");
  await expect(list(page).getByRole("listitem")).toHaveCount(0);
  await page.keyboard.press("Control+z");
  await expect(said(page)).toHaveText("Nothing to undo.");
  for (let n = 0; n < 4; n++) await page.keyboard.press("Control+Shift+z");
  await expect(list(page).getByRole("listitem")).toHaveCount(2);
  await expect(saving(page)).toHaveText("saved");
  const again = await stored(page, review);
  expect(again.spans.map(({ version: _, ...s }) => s)).toEqual(back.spans.map(({ version: _, ...s }) => s));
  expect(again.links.map((l) => [l.type, l.from, l.to])).toEqual(back.links.map((l) => [l.type, l.from, l.to]));
});

test("the same words elsewhere are labelled in one act, and taken back in one", async ({ browser }) => {
  const { page, review } = await atReview(browser, "Pier, every occurrence");
  await mark(page, "The port firm", "2");
  await page.keyboard.press("o");
  const dialog = page.getByRole("dialog", { name: "Label every occurrence" });
  await expect(dialog.getByRole("checkbox")).toHaveCount(2);
  await dialog.getByRole("button", { name: "Mark 2 places attribution" }).click();
  await expect(list(page).getByRole("listitem")).toHaveCount(3);
  await expect(saving(page)).toHaveText("saved");
  expect((await stored(page, review)).spans.map((s) => s.quote.toLowerCase())).toEqual(Array(3).fill("the port firm"));
  await article(page).focus();
  await page.keyboard.press("Control+z");
  await expect(list(page).getByRole("listitem")).toHaveCount(1);
});

test("a denial may name its target in words, and what the scheme does not allow is explained", async ({ browser }) => {
  const { page, review } = await atReview(browser, "Pier, links");
  await mark(page, "The port firm denied any part in the closing", "3");
  await page.keyboard.press("l");
  await page.keyboard.type("that the firm asked for the closing");
  await page.getByRole("option", { name: /a target in no article/ }).click();
  await expect(said(page)).toContainText("Linked: denies");
  await expect(saving(page)).toHaveText("saved");
  expect((await stored(page, review)).links).toMatchObject([
    { type: "denies", to: null, toText: "that the firm asked for the closing" },
  ]);

  await mark(page, "a bitter fairy tale", "1");
  await page.keyboard.press("l");
  await expect(page.getByText(/Link claim/)).toBeVisible();
  await press(page, "firm denied any"); // denied by, or countered by: the reviewer chooses
  await expect(page.getByRole("option", { name: /denied by/ })).toBeVisible();
  await page.getByRole("option", { name: /countered by/ }).click();
  await expect(said(page)).toContainText("Linked: countered by");
});

test("submit says what is missing and goes there; afterwards the review can only be read", async ({ browser }) => {
  const { page, review } = await atReview(browser, "Pier, submit");
  await mark(page, "a bitter fairy tale", "4");
  await page.getByRole("button", { name: /^Submit/ }).click();
  const missing = page.getByRole("alert", { name: "Before this can be submitted" });
  await expect(missing).toContainText("2 things");
  await expect(inspector(page).getByRole("group", { name: "Kind" })).toHaveClass(/armed/);
  await inspector(page).getByRole("button", { name: "lexical" }).click();
  await inspector(page).getByRole("textbox", { name: "Reason" }).fill("it mocks");
  await inspector(page).getByRole("textbox", { name: "Reason" }).press("Enter");
  await expect(missing).toContainText("Nothing is missing any more");
  await page.keyboard.press("Control+Enter");
  await expect(page).toHaveURL(/\/queue$/);
  expect((await stored(page, review)).status).toBe("SUBMITTED");

  await page.goto(`/reviews/${review}`);
  await expect(page.getByText("Submitted.", { exact: false }).first()).toBeVisible();
  await drag(page, "twelve letters");
  await expect(page.getByRole("toolbar", { name: "Label the selection" })).toBeHidden();
  await page.keyboard.press("1");
  await expect(list(page).getByRole("listitem")).toHaveCount(1);
  await page.getByRole("button", { name: "Reopen it" }).click();
  await expect(saving(page)).toHaveText("saved");
  await mark(page, "twelve letters", "1");
});

test("submitting nothing asks, because it is a judgement", async ({ browser }) => {
  const { page, review } = await atReview(browser, "Pier, nothing");
  await page.keyboard.press("Control+Enter");
  await page
    .getByRole("dialog", { name: "Submit with nothing marked?" })
    .getByRole("button", { name: /nothing here/ })
    .click();
  await expect.poll(async () => (await stored(page, review)).status).toBe("SUBMITTED");
});

test("an article is skipped with a reason, and what an editor sends back shows the comment", async ({ browser }) => {
  const { page, admin, review, article: articleId } = await atReview(browser, "Pier, skip");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("skip");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "Skip this article" }).getByLabel("Why").fill("I know the engineer");
  await page.getByRole("button", { name: "Skip it" }).click();
  await expect.poll(async () => (await stored(page, review)).status).toBe("SKIPPED");
  expect(articleId).toBeTruthy();
  expect(admin.url()).toBeTruthy();
});

test("a review that was sent back opens with the editor's words", async ({ browser }) => {
  const { page, admin, review } = await atReview(browser, "Pier, sent back");
  await mark(page, "twelve letters", "1");
  await page.keyboard.press("Control+Enter");
  await expect(page).toHaveURL(/\/queue$/);
  await call(admin, "POST", `/reviews/${review}/send-back`, { comment: "Please look at the denial once more." });
  await openReview(page, review);
  await expect(page.getByText("Please look at the denial once more.")).toBeVisible();
});

test("the guideline stands beside the article at the rule for the label in hand, and words are found", async ({
  browser,
}) => {
  const { page } = await atReview(browser, "Pier, help");
  await mark(page, "The port firm denied any part in the closing", "3");
  await page.getByRole("button", { name: "Guideline" }).click();
  const guideline = page.getByRole("region", { name: "Guideline" });
  await expect(guideline.getByText("What a denial is")).toBeInViewport();
  await guideline.getByRole("searchbox", { name: "Find a rule" }).fill("zebra");
  await expect(guideline.getByText("No rule has these words.")).toBeVisible();
  await guideline.getByRole("button", { name: "Close the guideline" }).click();

  await article(page).focus();
  await page.keyboard.press("/");
  await page.getByRole("textbox", { name: "Find in the article" }).fill("the PORT firm");
  await expect(page.getByRole("search").getByRole("status")).toHaveText("1 of 3");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("search").getByRole("status")).toHaveText("2 of 3");
  await page.keyboard.press("Escape");
  await expect(article(page)).toBeFocused();
});

test("parts that nobody annotates are folded to a line that says what they are", async ({ browser }) => {
  const { page } = await atReview(browser, "Pier, folds");
  const related = page.getByRole("button", { name: /related link/ }).and(page.locator(".fold"));
  await expect(related).toHaveAttribute("aria-expanded", "false");
  await expect(page.getByText("Five piers that fell", { exact: false })).toHaveCount(1);
  await related.click();
  await expect(article(page).locator(".line.dim")).toHaveText("READ MORE: Five piers that fell");
});

test("keys act only in the article, and the single ones can be turned off", async ({ browser }) => {
  const { page } = await atReview(browser, "Pier, settings");
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keys" }).getByLabel("Single keys act in the article").uncheck();
  await page.keyboard.press("Escape");
  await drag(page, "twelve letters reached");
  await page.keyboard.press("1");
  await expect(list(page).getByRole("listitem")).toHaveCount(0);
  await page.getByRole("toolbar", { name: "Label the selection" }).getByRole("button", { name: "Claim" }).click();
  await expect(list(page).getByRole("listitem")).toHaveCount(1);
  await expect(article(page)).toBeFocused();
});

test("a panel that closes gives the keys back to the article", async ({ browser }) => {
  const { page } = await atReview(browser, "Pier, focus");
  for (const open of ["?", "Control+k"]) {
    await page.keyboard.press(open);
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
    await expect(article(page)).toBeFocused();
  }
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
});

test("nothing can be written into the text", async ({ browser }) => {
  const { page } = await atReview(browser, "Pier, unwritten");
  const before = await article(page).locator(".line").allTextContents();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("zzz Ω");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+v");
  await page.keyboard.insertText("pasted");
  expect(await article(page).locator(".line").allTextContents()).toEqual(before);
});
