import { asAdmin, asMember, call, expectAccessible, importJsonl, newProject } from "./support/desk";
import { expect, test } from "./support/test";
import { WEIR, weir } from "./support/weir";

type Gold = { readonly spans: readonly { readonly start: number; readonly end: number; readonly label: string }[] };

test("an adjudicator settles an article by keys alone, and gold is what they ruled", async ({ browser }) => {
  test.setTimeout(240_000); // axe looks at the screen four times
  const admin = await asAdmin(browser);
  const project = await newProject(admin, "Weir, by keys");
  await importJsonl(admin, project.id, [weir()]);
  const page = await asMember(browser, admin, project.id, "Tove", ["ADJUDICATOR"]);

  await page.goto(`/projects/${project.id}/adjudication`);
  await expect(page.getByText("0 of 4 cases decided")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Settle the next case" }).click();
  const card = page.getByRole("complementary", { name: "The case" });

  // Three claims with different ends: the suggestion, then Enter decides with the usual reason.
  await expect(card.getByRole("heading", { level: 2 })).toHaveText(/All three marked a claim, with different ends/);
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(card.getByText("Gold will have")).toBeVisible();
  // The likelihood in which they differ is settled by itself: a digit takes that reviewer's.
  await page.keyboard.press("a");
  await expect(card.getByText("A digit answers the marked line")).toBeVisible();
  await page.keyboard.press("1");
  await expect(card.getByText("Settled one by one")).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Enter");

  await expect(card.getByRole("heading", { level: 2 })).toHaveText(/All three marked the same attribution/);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");

  await expect(card.getByRole("heading", { level: 2 })).toHaveText(/One marked a claim; two marked nothing/);
  await page.keyboard.press("x");
  await page.keyboard.press("4");

  await expect(card.getByRole("heading", { level: 2 })).toHaveText(/denial/);
  await page.keyboard.press("e");
  await card.getByRole("button", { name: "Denial", exact: true }).click();
  await card.getByRole("textbox", { name: /Note/ }).fill("Polarity sits in the cue.");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Enter");

  await expect(page.getByText("Every case of this article has its decision.")).toBeVisible();
  await expectAccessible(page);

  const articles = await call<{ items: { id: string; state: string }[] }>(
    admin,
    "GET",
    `/projects/${project.id}/articles`,
  );
  expect(articles.items[0]?.state).toBe("SETTLED");
  const gold = await call<Gold>(admin, "GET", `/articles/${articles.items[0]?.id}/gold`);
  const text = [...WEIR];
  expect(gold.spans.map((span) => [span.label, text.slice(span.start, span.end).join("")])).toEqual([
    ["CLAIM", "The gates of the Tarn weir were almost certainly left open for six days before the flood"],
    ["ATTRIBUTION", "two engineers said on Tuesday"],
    ["DENIAL", expect.stringContaining("denied any knowledge of a warning")],
  ]);
});

test("a decision is taken back with one key and the case is open again", async ({ browser }) => {
  const admin = await asAdmin(browser);
  const project = await newProject(admin, "Weir, taken back");
  await importJsonl(admin, project.id, [weir()]);
  const page = await asMember(browser, admin, project.id, "Tove", ["ADJUDICATOR"]);
  await page.goto(`/projects/${project.id}/adjudication`);
  await page.getByRole("link", { name: "Settle the next case" }).click();
  const card = page.getByRole("complementary", { name: "The case" });
  await expect(card.getByRole("heading", { level: 2 })).toBeVisible();
  // What does not reach Gloss comes back with all that was chosen.
  const words = await card.getByRole("heading", { level: 2 }).innerText();
  await page.route("**/decisions", (route) => route.abort());
  await page.keyboard.press("1");
  await page.keyboard.press("1");
  await expect(card.getByText("Gloss could not be reached.")).toBeVisible();
  await expect(card.getByRole("heading", { level: 2 })).toHaveText(words);
  await page.unroute("**/decisions");
  await page.keyboard.press("1");
  await expect(page.getByText("1 decided")).toBeVisible();
  await page.keyboard.press("k");
  await expect(card.getByText(/Decided as one reviewer’s reading by Tove/)).toBeVisible();
  await page.keyboard.press("r");
  await expect(page.getByText("0 decided")).toBeVisible();
  await card.getByText("2 earlier acts").click();
  await expect(card.getByRole("listitem").filter({ hasText: /^Taken back by Tove/ })).toBeVisible();
  await expect(
    card.getByRole("listitem").filter({ hasText: /^Decided as one reviewer’s reading by Tove/ }),
  ).toBeVisible();
});

test("a decision whose ground changes comes back at once, says what changed, and is decided again", async ({
  browser,
}) => {
  const admin = await asAdmin(browser);
  const project = await newProject(admin, "Weir, stale", { reviewersPerArticle: 2 });
  await importJsonl(admin, project.id, [{ ...weir(), reviews: weir().reviews.slice(0, 1) }]);
  const review = await call<{ id: string }>(admin, "POST", `/projects/${project.id}/queue/next`);
  const id = crypto.randomUUID();
  const mark = async (words: string, base: number) => {
    const start = [...WEIR.slice(0, WEIR.indexOf(words))].length;
    const span = { id, base, start, end: start + [...words].length, label: "CLAIM", quote: words };
    const changes = [{ id: crypto.randomUUID(), kind: "span.put", span }];
    await call(admin, "POST", `/reviews/${review.id}/changes`, { changes });
    await call(admin, "POST", `/reviews/${review.id}/submit`, { version: base + 1 });
  };
  await mark("gates of the Tarn weir were almost certainly left open for six days", 0);
  const page = await asMember(browser, admin, project.id, "Tove", ["ADJUDICATOR"]);
  await page.goto(`/projects/${project.id}/adjudication?status=undecided`);
  await page.getByRole("link", { name: "Settle the next case" }).click();
  const card = page.getByRole("complementary", { name: "The case" });
  await expect(card.getByRole("button", { name: /Accept the suggestion, which is the intersection/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(page.getByText("1 decided")).toBeVisible();

  await call(admin, "POST", `/reviews/${review.id}/reopen`);
  await mark("gates of the Tarn weir were almost certainly left open", 1);
  await expect(page.getByText("1 decided, 1 of them stale")).toBeVisible();
  await page.keyboard.press("k");
  await expect(card.getByText("This decision is stale: 1 span was changed. Decide again.")).toBeVisible();
  const changed = card
    .getByRole("table", { name: /when it was decided, and now/ })
    .getByRole("row")
    .nth(1);
  await expect(changed.locator("del")).toHaveText(" for six days");
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(page.getByText("1 decided", { exact: true })).toBeVisible();
});

test("unanimous cases are accepted together, after a look at which they are", async ({ browser }) => {
  const admin = await asAdmin(browser);
  const project = await newProject(admin, "Weir, unanimous");
  await importJsonl(admin, project.id, [weir()]);
  await admin.goto(`/projects/${project.id}/adjudication`);
  await admin.getByRole("button", { name: "Accept unanimous cases" }).click();
  const dialog = admin.getByRole("dialog");
  await expect(dialog.getByText("two engineers said on Tuesday")).toBeVisible();
  await expectAccessible(admin);
  await dialog.getByRole("button", { name: "Accept it" }).click();
  await expect(admin.getByText("1 of 4 cases decided")).toBeVisible();
});
