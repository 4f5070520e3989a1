/** A calibration round: three people in three browsers, one page that follows the moderator's, and a mention that reaches the inbox. */
import { asAdmin, asMember, call, expectAccessible, newProject } from "./support/desk";
import { expect, test } from "./support/test";

const TEXT = "The lock keeper said that the weir would fail. The council denied it.";

test("three people calibrate: votes are hidden until they are shown to all at once, and the decision reaches the guideline's draft", async ({
  browser,
}) => {
  const admin = await asAdmin(browser);
  const { id } = await newProject(admin, "Calibration");
  const judith = await asMember(browser, admin, id, "Judith Round", ["ADJUDICATOR", "EDITOR"]);
  const annika = await asMember(browser, admin, id, "Annika Round", ["REVIEWER"]);
  const boris = await asMember(browser, admin, id, "Boris Round", ["REVIEWER"], {
    viewport: { width: 390, height: 844 },
    colorScheme: "dark",
  });
  const article = await call<{ id: string }>(admin, "POST", `/projects/${id}/articles`, { title: "Weir", text: TEXT });

  // Judith makes the round and fills it from the articles' list.
  await judith.goto(`/projects/${id}/batches`);
  await judith.getByRole("button", { name: "New batch" }).click();
  await judith.getByLabel("Name").fill("First round");
  await judith.getByLabel("Purpose").selectOption("calibration");
  await judith.getByLabel("Annika Round").check();
  await judith.getByLabel("Boris Round").check();
  await judith.getByRole("button", { name: "Make the batch" }).click();
  await expect(judith.getByText("No articles in it yet")).toBeVisible();
  await expectAccessible(judith);
  await judith.getByRole("link", { name: "Put articles into it" }).click();
  await judith.getByLabel("Choose Weir").check();
  await judith.getByRole("button", { name: "Put in 1" }).click();
  await expect(judith.getByText("1 article put into First round.")).toBeVisible();

  for (const [page, claim] of [
    [annika, true],
    [boris, false],
  ] as const) {
    const next = await call<{ id: string }>(page, "POST", `/projects/${id}/queue/next`);
    const span = { id: crypto.randomUUID(), base: 0, start: 26, end: 45, label: "CLAIM" };
    if (claim)
      await call(page, "POST", `/reviews/${next.id}/changes`, {
        changes: [{ id: crypto.randomUUID(), kind: "span.put", span }],
      });
    await call(page, "POST", `/reviews/${next.id}/submit`, { version: claim ? 1 : 0 });
  }

  await judith.goto(`/projects/${id}/batches`);
  await judith.getByRole("link", { name: "First round" }).click();
  await judith.getByRole("link", { name: "The meeting" }).click();
  await judith.getByRole("button", { name: "Begin the meeting" }).click();
  // Agreement is measured first.
  await expect(judith.getByRole("button", { name: "Put the first case on the table" })).toBeVisible();
  await annika.goto("/inbox");
  await annika.getByRole("link", { name: "First round" }).click();
  await annika.waitForURL(/\/meeting$/);
  await boris.goto(new URL(annika.url()).pathname);
  await judith.getByRole("button", { name: "Put the first case on the table" }).click();
  for (const page of [annika, boris]) await expect(page.getByText("The votes are hidden.")).toBeVisible();
  await expect(boris.getByText("Annika Round:")).toHaveCount(0);
  await judith.getByRole("button", { name: "Show the votes" }).click();
  for (const page of [annika, boris])
    await expect(page.getByRole("list", { name: "Votes" })).toContainText("nothing here");
  await expectAccessible(boris);
  await judith.getByRole("button", { name: "Decide as Annika Round" }).click();
  await expect(boris.getByText("Decided by Judith Round")).toBeVisible();
  await expectAccessible(judith);
  await judith.getByRole("link", { name: "Draft a change of the guideline from it" }).click();
  await expect(judith.getByLabel("Guideline, in Markdown")).toHaveValue(/Example: “/);

  // A thread about the case; who is named finds it.
  const cases = await call<{ items: { id: string }[] }>(judith, "GET", `/articles/${article.id}/cases`);
  await judith.goto(`/settle/${article.id}?case=${cases.items[0]?.id}`);
  await judith.getByRole("button", { name: "Say something" }).click();
  await judith.getByLabel("What is to be said about this case").fill("Is it **one** claim, @Annika Round?");
  await judith.getByRole("button", { name: "Open a thread" }).click();
  await expect(judith.getByRole("region", { name: "Discussion" }).locator("strong")).toHaveText("one");
  await annika.goto("/inbox");
  await annika
    .getByRole("listitem")
    .filter({ hasText: "Is it **one** claim" })
    .getByRole("link", { name: "Weir" })
    .click();
  await annika.getByLabel("Reply").fill("Yes.");
  await annika.getByRole("button", { name: "Say it" }).click();
  await expect(annika.getByText("Yes.")).toBeVisible();
  await expectAccessible(annika);
});
