/** Marks of a model, imported as suggestions on the screen; taken, changed and dismissed by keys; and what is written out of it. */
import type { Page } from "@playwright/test";
import { asAdmin, asMember, call, expectAccessible, newProject } from "./support/desk";
import { assign, inspector, openReview, PIER, press, rangeOf, regions, said, saving } from "./support/pier";
import { expect, test } from "./support/test";

const region = (id: string, words: string, label: string, score: number) => ({
  ...{ id, from_name: "label", to_name: "text", type: "labels", score },
  value: { ...rangeOf(words), text: words, labels: [label] },
});

/** What the model's makers hand over: one task, one prediction. */
const TASKS = JSON.stringify([
  {
    data: { text: PIER, title: "Pier shut over a fault, papers show", outlet: "Coast Courier" },
    predictions: [
      {
        model_version: "pier-model 3",
        result: [
          region("a", "closed to hide a crack", "Claim", 0.91),
          region("b", "the harbour engineer said", "Attribution", 0.84),
          region("c", "calling the letters a bitter fairy tale", "Claim", 0.4),
          region("d", "The port firm has run the pier since 2011", "Claim", 0.66),
          { type: "relation", from_id: "b", to_id: "a", labels: ["attributes"] },
        ],
      },
    ],
  },
]);

type Origin = { readonly by: string; readonly score: number; readonly changed: boolean };
type Stored = {
  readonly spans: readonly { readonly label: string; readonly quote: string; readonly suggestion: Origin | null }[];
  readonly links: readonly { readonly type: string }[];
  readonly dismissed: readonly string[];
};

const suggestions = (page: Page) => page.getByRole("region", { name: "Suggestions" });
const card = (page: Page) => page.getByRole("region", { name: "Suggestion", exact: true });

test("a model's marks are imported as suggestions, answered by one key each, and said to be what they are in what goes out", async ({
  browser,
}) => {
  const admin = await asAdmin(browser);
  const { id: project } = await newProject(admin, "Pier, suggestions");
  const page = await asMember(browser, admin, project, "Rhea", ["REVIEWER"]);
  const { article, review } = await assign(admin, page, project);
  const stored = () => call<Stored>(page, "GET", `/reviews/${review}`);

  await admin.goto(`/projects/${project}/import`);
  await admin
    .getByLabel("Files to import")
    .setInputFiles({ name: "pier.json", mimeType: "application/json", buffer: Buffer.from(TASKS) });
  await expect(admin.getByText("4 suggestions by pier-model 3")).toBeVisible();
  await admin.getByLabel("Marks become").selectOption("suggestions");
  await admin.getByRole("button", { name: "Import 1 file" }).click();
  await expect(admin.getByText("0 articles made, 1 there already, 4 suggestions")).toBeVisible();
  await admin.reload();
  await expect(admin.getByRole("row", { name: /pier-model 3 4 1/ })).toBeVisible();
  await expectAccessible(admin);

  // Not shown before the project says so.
  await openReview(page, review);
  await expect(suggestions(page)).toBeHidden();
  await admin.goto(`/projects/${project}/settings`);
  await admin.getByLabel("Show suggestions to reviewers").check();
  await admin.getByRole("button", { name: "Save the settings" }).click();
  await expect(admin.getByText("Saved.")).toBeVisible();
  await openReview(page, review);
  await expect(suggestions(page).getByText("4 suggestions")).toBeVisible();
  await expectAccessible(page);

  // Taken as it is.
  await page.keyboard.press(";");
  await expect(said(page)).toContainText("Suggestion 1 of 4, by pier-model 3, 0.91. Claim: closed to hide a crack");
  await expect(card(page)).toContainText("closed to hide a crack");
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(inspector(page)).toContainText("Suggested by pier-model 3, 0.91");
  // Its link comes with its other end.
  await page.keyboard.press(";");
  await page.keyboard.press("Enter");
  await expect(said(page)).toContainText("Taken: Attribution: the harbour engineer said");
  await expect(inspector(page).getByText("attributes", { exact: true })).toBeVisible();
  // Without a network: dismissed, undone, dismissed again; taken with another label by its number.
  await page.context().setOffline(true);
  await page.keyboard.press(";");
  await page.keyboard.press("Backspace");
  await expect(suggestions(page).getByText("1 suggestion, 1 dismissed")).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(suggestions(page).getByText("2 suggestions")).toBeVisible();
  await page.keyboard.press("Control+Shift+z");
  await press(page, "run the pier since");
  await expect(card(page)).toContainText("The port firm has run the pier since 2011");
  await page.keyboard.press("2");
  await expect(inspector(page)).toContainText("changed since");
  await expect(suggestions(page).getByText("0 suggestions, 1 dismissed")).toBeVisible();
  await page.context().setOffline(false);
  await expect(saving(page)).toHaveText("saved");

  await openReview(page, review);
  await expect(suggestions(page).getByText("0 suggestions, 1 dismissed")).toBeVisible();
  const from = { by: "pier-model 3", changed: false };
  const { spans, links, dismissed } = await stored();
  expect(spans.map(({ label, quote, suggestion }) => [label, quote, suggestion])).toMatchObject([
    ["CLAIM", "closed to hide a crack", { ...from, score: 0.91 }],
    ["ATTRIBUTION", "the harbour engineer said", { ...from, score: 0.84 }],
    ["ATTRIBUTION", "The port firm has run the pier since 2011", { ...from, score: 0.66, changed: true }],
  ]);
  expect([links.map(({ type }) => type), dismissed.length]).toEqual([["attributes"], 1]);

  // One step back and one more: the taken one waits again, and is taken once more.
  await page.getByRole("textbox", { name: "Article text" }).focus();
  await page.keyboard.press("Control+z");
  await expect(suggestions(page).getByText("1 suggestion, 1 dismissed")).toBeVisible();
  await page.keyboard.press("Control+Shift+z");
  await expect(saving(page)).toHaveText("saved");
  await page.keyboard.press("Control+Enter");
  await expect
    .poll(async () => (await call<{ status: string }>(page, "GET", `/reviews/${review}`)).status)
    .toBe("SUBMITTED");

  const answer = await admin.request.get(`/api/v1/projects/${project}/export?format=jsonl&layer=all`);
  const lines = (await answer.text()).trim().split("\n");
  const line = JSON.parse(lines.find((one) => one.includes(article)) ?? "{}");
  expect(line.reviews[0].spans.map((span: { suggestion: Origin }) => span.suggestion)).toMatchObject([
    from,
    from,
    { ...from, changed: true },
  ]);
  expect(line.suggestions).toMatchObject([{ by: "pier-model 3", spans: [{ score: 0.91 }, {}, { score: 0.4 }, {}] }]);
  expect(line.regions).toHaveLength(regions().length);
});
