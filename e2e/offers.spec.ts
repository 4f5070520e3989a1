/** Offers taken by keys, and the first tour. */
import { asAdmin, asMember, call, expectAccessible } from "./support/desk";
import { article, atReview, inspector, mark, openReview, type Stored, said, saving } from "./support/pier";
import { expect, test } from "./support/test";

type Taken = {
  readonly label: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly accepted: readonly string[];
};

test("what words and quote marks say is offered and stored only when a key takes it, and what must be judged is asked for by number", async ({
  browser,
}) => {
  const { page, review } = await atReview(browser, "Pier, offers");
  const marks = async () => {
    const { spans, links } = await call<Stored & { spans: readonly Taken[]; links: readonly { accepted: boolean }[] }>(
      page,
      "GET",
      `/reviews/${review}`,
    );
    return { spans, links };
  };
  const claim = async () => (await marks()).spans.find((s) => s.label === "CLAIM");

  await mark(page, "The pier was almost certainly closed to hide a crack", "1");
  await expect(inspector(page).getByText("5 offered")).toBeVisible();
  await expect(
    inspector(page).getByRole("button", { name: /^near certain \(offered: “almost certainly”\)/ }),
  ).toBeVisible();
  await expect(saving(page)).toHaveText("saved");
  expect(await claim()).toMatchObject({ attributes: {}, accepted: [] });

  await page.keyboard.press("Enter");
  await expect(said(page)).toContainText(
    "Taken: Quotation indirect, Likelihood near certain, Hedge words almost certainly",
  );
  await page.keyboard.press("1"); // the type is asked for
  await page.keyboard.press("2"); // then whether it can be checked
  await expect(
    inspector(page)
      .getByRole("group", { name: /^Checkable/ })
      .getByRole("button", { name: "partly" }),
  ).toHaveAttribute("aria-pressed", "true");
  await expect(saving(page)).toHaveText("saved");
  const taken = {
    quotation: "indirect",
    likelihood: "near-certain",
    hedge: "almost certainly",
    source: "given",
    outlet: "reports",
  };
  expect(await claim()).toMatchObject({
    attributes: { ...taken, type: "event", checkable: "partly" },
    accepted: Object.keys(taken).sort(),
  });

  await mark(page, "the harbour engineer said", "2");
  await page.keyboard.press(",");
  await expect(said(page)).toContainText("Taken: Cue stance neutral.");
  await page.keyboard.press("Enter");
  await expect(said(page)).toContainText("attributes");
  await expect(saving(page)).toHaveText("saved");
  expect((await marks()).links).toMatchObject([{ type: "attributes", accepted: true }]);

  // A value given by hand in place of the taken one is no longer the offered one.
  await page.keyboard.press("[");
  await page.keyboard.press("h");
  await page.keyboard.press("2");
  await expect(saving(page)).toHaveText("saved");
  expect(await claim()).toMatchObject({
    attributes: { likelihood: "likely" },
    accepted: ["hedge", "outlet", "quotation", "source"],
  });
  await page.keyboard.press("Control+z");
  await expect(saving(page)).toHaveText("saved");
  expect(await claim()).toMatchObject({
    attributes: { likelihood: "near-certain" },
    accepted: Object.keys(taken).sort(),
  });
  await expectAccessible(page);
});

test("a source is completed from what one has given before", async ({ browser }) => {
  const { page, review } = await atReview(browser, "Pier, known sources");
  await mark(page, "the harbour engineer said", "2");
  await page.keyboard.press("r");
  await page.keyboard.type("Ada Quist");
  await page.keyboard.press("Enter");
  await expect(saving(page)).toHaveText("saved");
  await openReview(page, review);
  await expect(article(page)).toBeFocused();
  await mark(page, "its spokeswoman wrote", "2");
  await page.keyboard.press("r");
  await page.keyboard.type("qu");
  await expect(page.getByRole("option", { name: "Ada Quist" })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(saving(page)).toHaveText("saved");
  const { spans } = await call<Stored>(page, "GET", `/reviews/${review}`);
  expect(spans.map((s) => s.attributes.source)).toEqual(["Ada Quist", "Ada Quist"]);
});

test("the first tour begins on the sample, is walked by keyboard, and once skipped comes only when it is called", async ({
  browser,
}) => {
  const admin = await asAdmin(browser);
  const project = await call<{ id: string }>(admin, "POST", "/projects", { from: "sample" });
  const page = await asMember(browser, admin, project.id, "Tove", ["REVIEWER"]);
  const { items } = await call<{ items: { id: string }[] }>(admin, "GET", `/projects/${project.id}/articles?limit=20`);
  const me = await call<{ id: string }>(page, "GET", "/me");
  const { id: review } = await call<{ id: string }>(admin, "POST", `/articles/${items.at(-1)?.id}/reviews`, {
    reviewerId: me.id,
  });
  await page.goto(`/reviews/${review}`);
  const tour = page.getByRole("region", { name: "First tour" });
  await expect(tour.getByRole("heading", { name: "The article" })).toBeVisible();
  await expectAccessible(page);
  await expect(tour.getByRole("button", { name: "Next" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(tour.getByRole("heading", { name: "Mark a claim" })).toBeVisible();
  await expect(article(page)).toBeFocused();
  await page.keyboard.press("s");
  await page.keyboard.press("1");
  await expect(tour.getByText("Done.")).toBeVisible();
  await tour.getByRole("button", { name: "Next" }).press("Enter");
  await expect(tour.getByRole("heading", { name: "Take what is offered" })).toBeVisible();
  await expect(article(page)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(tour.getByText("Done.")).toBeVisible();
  await expectAccessible(page);
  await tour.getByRole("button", { name: "Next" }).focus();
  await page.keyboard.press("Escape");
  await expect(tour).toHaveCount(0);
  await expect(saving(page)).toHaveText("saved");

  await openReview(page, review);
  await expect(tour).toHaveCount(0);
  await page.keyboard.press("?");
  await page.getByRole("button", { name: /first tour/ }).click();
  await expect(tour.getByText("1 of 6")).toBeVisible();
  await tour.getByRole("button", { name: "Skip the tour" }).click();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("first tour");
  await page.keyboard.press("Enter");
  await expect(tour.getByText("1 of 6")).toBeVisible();
});
