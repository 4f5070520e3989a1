/** The whole job, as the desk does it on its first day: from an empty project to a dataset in someone's hands. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Browser, Page } from "@playwright/test";
import { call, expectAccessible, signIn } from "./support/desk";
import { FERRY, FERRY_TITLE, TOLL } from "./support/ferry";
import { ADMIN } from "./support/people";
import { article, list, mark, said, saving } from "./support/pier";
import { expect, test } from "./support/test";

const PASSWORD = "seven quiet herons 1961";

type Span = { readonly start: number; readonly end: number; readonly label: string; readonly quote: string };
type Line = {
  readonly title: string;
  readonly text: string;
  readonly reviews: readonly { readonly spans: readonly Span[] }[];
  readonly gold: { readonly spans: readonly Span[] };
};

/** Adds someone on the project's page of people, and lets them take up the link in a browser of their own. */
async function invite(browser: Browser, editor: Page, name: string, role: string): Promise<Page> {
  const email = `${name.toLowerCase()}.${crypto.randomUUID().slice(0, 8)}@desk.example`;
  const form = editor.locator("form", { has: editor.getByRole("button", { name: "Add to the project" }) });
  await form.getByLabel("E-mail").fill(email);
  for (const each of ["Editor", "Adjudicator", "Reviewer", "Viewer"])
    await form.getByRole("checkbox", { name: each, exact: true }).setChecked(each === role);
  await form.getByRole("button", { name: "Add to the project" }).click();
  await expect(editor.getByText(`This link lets ${email} make an account`)).toBeVisible();
  const link = await editor.getByLabel("Invitation link").inputValue();
  const page = await (await browser.newContext()).newPage();
  await page.goto(new URL(link).pathname);
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Make my account and sign in" }).click();
  await expect(page.getByRole("heading", { name: "Projects" })).toBeVisible();
  return page;
}

/** Opens the queue and takes the next article with its one key. */
async function takeNext(page: Page, projectId: string): Promise<string> {
  await page.goto(`/projects/${projectId}/queue`);
  await expect(page.getByRole("button", { name: "Next article" })).toBeEnabled();
  // The key is heard once the page is alive; asked twice, it is the same review.
  await expect(async () => {
    await page.keyboard.press("n");
    await page.waitForURL(/\/reviews\//, { timeout: 5_000 });
  }).toPass();
  await expect(saving(page)).toHaveText("saved");
  await expect(article(page)).toBeFocused();
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}

/** Ctrl+Enter; the screen goes on to whatever is next. */
async function submit(page: Page, review: string): Promise<void> {
  await page.keyboard.press("Control+Enter");
  await expect
    .poll(async () => (await call<{ status: string }>(page, "GET", `/reviews/${review}`)).status)
    .toBe("SUBMITTED");
}

/** Every case of every article: nothing where somebody marked nothing, else the suggestion. */
async function settleAll(page: Page, projectId: string): Promise<void> {
  const card = page.getByRole("complementary", { name: "The case" });
  for (let articles = 0; articles < 2; articles++) {
    await page.goto(`/projects/${projectId}/adjudication`);
    await page.getByRole("link", { name: "Settle the next case" }).click();
    const count = Number(/of (\d+)/.exec((await page.getByText(/^Case \d+ of \d+$/).textContent()) ?? "")?.[1]);
    for (let decided = 1; decided <= count; decided++) {
      const words = await card.getByRole("heading", { level: 2 }).textContent();
      await page.keyboard.press(words?.includes("marked nothing") ? "x" : "Enter");
      await expect(card.getByText("Gold will have")).toBeVisible();
      await page.keyboard.press("Enter");
      // Said in the bar, and at the line once it has decisions.
      await expect(page.getByText(`${decided} decided`, { exact: true }).first()).toBeVisible();
    }
    await expect(page.getByText("Every case of this article has its decision.")).toBeVisible();
  }
}

/** What Python, whose strings are code points, cuts out of each text; where there is no Python, what JavaScript cuts by code points. */
function cut(lines: readonly Line[]): readonly string[] {
  const spans = lines.flatMap((line) =>
    [...line.reviews.flatMap((review) => review.spans), ...line.gold.spans].map(({ start, end }) => ({
      text: line.text,
      start,
      end,
    })),
  );
  const program =
    "import json,sys; print(json.dumps([s['text'][s['start']:s['end']] for s in json.loads(sys.stdin.buffer.read())]))";
  try {
    return JSON.parse(
      execFileSync("python3", ["-c", program], { input: JSON.stringify(spans) }).toString(),
    ) as string[];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return spans.map(({ text, start, end }) => [...text].slice(start, end).join(""));
  }
}

test("a desk goes from an empty project to a checked dataset in one day", async ({ browser }) => {
  test.setTimeout(300_000);
  const admin = await (await browser.newContext()).newPage();
  await signIn(admin, ADMIN);
  await admin.getByRole("button", { name: "New project" }).first().click();
  await admin.getByLabel("Name").fill("Ferries");
  await admin.getByRole("button", { name: "Make the project" }).click();
  await admin.waitForURL(/\/projects\/[^/]+\/import$/);
  const projectId = new URL(admin.url()).pathname.split("/")[2] ?? "";

  // One article as a file, one by paste.
  await admin
    .getByLabel("Files to import")
    .setInputFiles({ name: "ferry.txt", mimeType: "text/plain", buffer: Buffer.from(FERRY) });
  await admin.getByRole("button", { name: "Import 1 file" }).click();
  await expect(admin.getByText("1 article made")).toBeVisible();
  await admin.getByLabel("Title").fill("Toll house is to close in autumn");
  await admin.getByLabel("Text", { exact: true }).fill(TOLL);
  await admin.getByRole("button", { name: "Import this article" }).click();
  await expect(admin.getByText("is in. Look over its regions")).toBeVisible();

  await admin.goto(`/projects/${projectId}/people`);
  const ines = await invite(browser, admin, "Ines", "Reviewer");
  const bo = await invite(browser, admin, "Bo", "Reviewer");
  const tove = await invite(browser, admin, "Tove", "Adjudicator");

  // Ines, with the mouse.
  const hers = await takeNext(ines, projectId);
  await mark(ines, "The ferry firm almost certainly knew of the worn cables in\u00a0May", "1");
  await mark(ines, "the harbour board said on Friday", "2");
  await mark(ines, "No cable of ours was ever worn", "1");
  await mark(ines, "this newspaper ⚓\ufe0f on Friday night", "2");
  await mark(ines, "דנה לוי", "2");
  await expect(saving(ines)).toHaveText("saved");
  await submit(ines, hers);

  // Bo sees nothing of hers, by the screen or by the API.
  const his = await takeNext(bo, projectId);
  await expect(list(bo).getByRole("listitem")).toHaveCount(0);
  const { articleId } = await call<{ articleId: string }>(bo, "GET", `/reviews/${his}`);
  expect((await bo.request.get(`/api/v1/reviews/${hers}`)).status()).toBe(404);
  for (const door of ["cases", "gold"]) {
    const answer = await bo.request.get(`/api/v1/articles/${articleId}/${door}`);
    expect([403, 404]).toContain(answer.status());
  }
  await mark(bo, "The ferry firm almost certainly knew of the worn cables", "1");
  await mark(bo, "the harbour board said on Friday", "2");
  await expect(saving(bo)).toHaveText("saved");
  await submit(bo, his);

  // The second article by keys alone: its first sentence is a claim.
  for (const page of [ines, bo]) {
    await page.waitForURL((url) => !url.pathname.endsWith(page === ines ? hers : his));
    await expect(article(page)).toBeFocused();
    const review = new URL(page.url()).pathname.split("/").at(-1) ?? "";
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("s");
    await page.keyboard.press("1");
    await expect(said(page)).toContainText("Marked Claim: Toll house is to close in autumn");
    await expect(saving(page)).toHaveText("saved");
    await submit(page, review);
    await page.waitForURL(/\/queue$/);
    await expect(page.getByText("Nothing to review")).toBeVisible();
  }

  await settleAll(tove, projectId);

  await admin.goto(`/projects/${projectId}/agreement`);
  await expect(admin.getByRole("heading", { level: 1, name: "Agreement" })).toBeVisible();
  await admin.goto(`/projects/${projectId}/export`);
  const [download] = await Promise.all([
    admin.waitForEvent("download"),
    admin.getByRole("link", { name: "Download" }).click(),
  ]);
  const lines = readFileSync(await download.path(), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line)
    .filter((line) => line.text !== undefined);
  expect(lines.map((line) => line.text)).toEqual([FERRY, TOLL]);
  const spans = lines.flatMap((line) => [...line.reviews.flatMap((review) => review.spans), ...line.gold.spans]);
  expect(spans.length).toBeGreaterThanOrEqual(9 + 3);
  expect(cut(lines)).toEqual(spans.map((span) => span.quote));
  expect(spans.map((span) => span.quote)).toEqual(
    expect.arrayContaining(["דנה לוי", "this newspaper ⚓\ufe0f on Friday night"]),
  );
  expect(lines[0]?.gold.spans.map((span) => span.label)).toEqual(["CLAIM", "ATTRIBUTION"]);

  // Ines sees that her article is settled.
  await ines.goto(`/projects/${projectId}/queue`);
  const row = ines.getByRole("row").filter({ hasText: FERRY_TITLE });
  await expect(row.getByText("settled", { exact: true })).toBeVisible();
  await row.getByRole("link", { name: "How gold differs from your marks" }).click();
  await expect(ines.getByRole("heading", { level: 1, name: "How gold differs from your marks" })).toBeVisible();
  await expect(ines.getByRole("heading", { level: 2, name: "Only you marked this: claim" })).toBeVisible();
  await expectAccessible(ines);
  await ines.getByRole("link", { name: "See the case" }).first().click();
  await expect(ines.getByText("You can read this article’s cases, but not decide them.")).toBeVisible();
});
