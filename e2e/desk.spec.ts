import type { Page } from "@playwright/test";
import { asAdmin, call, expectAccessible, expectReadable, importJsonl, newMember, newProject } from "./support/desk";
import { expect, test } from "./support/test";
import { weir } from "./support/weir";

/** Both looks of one page: all of axe in the light, and what colours decide in the dark. */
async function expectPageAccessible(page: Page, path: string): Promise<void> {
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expectReadable(page);
}

for (const paths of [
  ["", "/queue", "/articles", "/import", "/adjudication", "/agreement"],
  ["/guideline", "/export", "/people", "/scheme", "/settings", "/audit"],
])
  test(`everyone can use the pages of a project, light and dark: ${paths.join(" ")}`, async ({ browser }) => {
    const admin = await asAdmin(browser);
    const project = await newProject(admin, "Weir, every page");
    await importJsonl(admin, project.id, [weir()]);
    for (const path of paths) await expectPageAccessible(admin, `/projects/${project.id}${path}`);
  });

test("everyone can use an article's page and those outside a project, light and dark", async ({ browser }) => {
  const admin = await asAdmin(browser);
  const project = await newProject(admin, "Weir, an article");
  await importJsonl(admin, project.id, [weir()]);
  const { items } = await call<{ items: { id: string }[] }>(admin, "GET", `/projects/${project.id}/articles`);
  for (const path of [
    `/projects/${project.id}/articles/${items[0]?.id}`,
    "/",
    "/account",
    "/people",
    "/docs/api",
    "/no-such-page",
  ])
    await expectPageAccessible(admin, path);
});

test("an editor pastes an article, is told of a duplicate, and mends its regions", async ({ browser }) => {
  const admin = await asAdmin(browser);
  const project = await newProject(admin, "Paste desk");
  await admin.goto(`/projects/${project.id}/import`);
  const paste = async () => {
    await admin.getByLabel("Title").fill("Ferry off the water");
    await admin
      .getByLabel("Text", { exact: true })
      .fill(
        "Ferry off the water\n\nThe ferry has been off the water since Monday, its owner said.\n\nREAD MORE: Five boats that are older\n",
      );
    await admin.getByRole("button", { name: "Import this article" }).click();
  };
  await paste();
  await expect(admin.getByText("is in. Look over its regions")).toBeVisible();
  await paste();
  await expect(admin.getByText("was there already and was not stored twice")).toBeVisible();

  await admin.getByRole("link", { name: "Ferry off the water" }).click();
  const lines = admin.getByRole("grid", { name: "Lines of the article" });
  await expect(lines.getByText("related link")).toBeVisible();
  await lines.getByRole("row", { name: /The ferry has been off/ }).click();
  await admin.getByRole("button", { name: "standfirst", exact: true }).click();
  await admin.getByRole("button", { name: "Save the regions" }).click();
  await expect(admin.getByRole("button", { name: "Save the regions" })).toBeDisabled();
  await admin.reload();
  await expect(lines.getByText("standfirst")).toBeVisible();
});

test("an editor adds a label and archives another; the next version says so", async ({ browser }) => {
  const admin = await asAdmin(browser);
  const project = await newProject(admin, "Label desk");
  await admin.goto(`/projects/${project.id}/scheme`);
  await admin.getByRole("button", { name: "Add a label" }).click();
  const fresh = admin.getByRole("listitem").filter({ hasText: "LABEL_5" });
  await fresh.getByText("LABEL_5", { exact: true }).click();
  await fresh.getByLabel("Name", { exact: true }).fill("Number");
  await admin.getByRole("button", { name: "Save as version 2" }).click();
  await expect(admin.getByText("version 2.")).toBeVisible();
  const framing = admin.getByRole("listitem").filter({ hasText: /FRAMING/ });
  await framing.getByText("FRAMING", { exact: true }).click();
  await framing.getByLabel("Archived: not for new spans").check();
  await admin.getByRole("button", { name: "Save as version 3" }).click();
  await expect(admin.getByText("version 3.")).toBeVisible();
});

test("someone without a project sees none, and another project's address is nothing", async ({ browser }) => {
  const admin = await asAdmin(browser);
  const mine = await newProject(admin, "Mine");
  const other = await newProject(admin, "Not theirs");
  const page = await newMember(browser, admin, mine.id, "Rae", ["REVIEWER"]);
  await expect(page.getByRole("link", { name: "Mine" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Not theirs" })).toHaveCount(0);
  await page.goto(`/projects/${other.id}`);
  await expect(page.getByRole("heading", { name: "Nothing here" })).toBeVisible();
  await page.goto(`/projects/${mine.id}/settings`);
  await expect(page.getByRole("heading", { name: "Nothing here" })).toBeVisible();
});

test("an editor imports a Label Studio file, and says what its labels and annotators are here", async ({ browser }) => {
  const admin = await asAdmin(browser);
  const project = await newProject(admin, "From elsewhere");
  const region = (id: string, start: number, end: number, text: string, label: string) => ({
    ...{ id, from_name: "label", to_name: "text", type: "labels" },
    value: { start, end, text, labels: [label] },
  });
  const task = {
    data: { text: "The ferry is off the water, its owner said.", title: "Ferry" },
    annotations: [
      {
        completed_by: { email: "ann@elsewhere.example" },
        result: [
          region("a", 0, 26, "The ferry is off the water", "claim"),
          region("b", 28, 42, "its owner said", "SPEECH"),
          { type: "relation", from_id: "b", to_id: "a", labels: ["attributes"] },
        ],
      },
      { completed_by: 2, result: [region("c", 0, 9, "The ferry", "claim")] },
    ],
  };
  await admin.goto(`/projects/${project.id}/import`);
  const file = { name: "export.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify([task])) };
  await admin.getByLabel("Files to import").setInputFiles(file);
  const inside = admin.getByRole("region", { name: "What is in export.json" });
  await expect(inside.getByText("Read as Label Studio")).toBeVisible();
  await expect(inside.locator("mark", { hasText: "its owner said" })).toBeVisible();
  await expect(inside.getByLabel("claim is here")).toHaveValue("CLAIM");
  await expectAccessible(admin);
  await inside.getByLabel("SPEECH is here").selectOption({ label: "Attribution" });
  await inside.getByLabel("2 is here").selectOption({ label: "Leave out" });
  await admin.getByRole("button", { name: "Import 1 file" }).click();
  await expect(admin.getByText("1 article made, 2 spans")).toBeVisible();
  await expect(admin.getByText("1 reviews by 2 left out.")).toBeVisible();
});

test("an editor adds a webhook, sees its secret once, and that Gloss goes to no private address", async ({
  browser,
}) => {
  const admin = await asAdmin(browser);
  const project = await newProject(admin, "Weir, webhooks");
  await admin.goto(`/projects/${project.id}/settings`);
  await admin.getByLabel("Address").fill("http://127.0.0.1:9/hook");
  await admin.getByLabel("an import is done").uncheck();
  await admin.getByRole("button", { name: "Add a webhook" }).click();
  await expect(admin.getByLabel("Secret of the webhook")).toHaveValue(/^whsec_/);
  const hook = admin.getByRole("article", { name: "http://127.0.0.1:9/hook" });
  await expect(hook.getByText("an article is settled, a release is ready")).toBeVisible();
  await hook.getByRole("button", { name: "Send a test" }).click();
  await expect(
    hook.getByRole("cell", { name: /tried once: This address is not on the public internet/ }),
  ).toBeVisible();
  await expectAccessible(admin);
  await admin.reload();
  await expect(admin.getByText("whsec_")).toHaveCount(0);
  await expect(admin.getByLabel("Secret of the webhook")).toHaveCount(0);
  await hook.getByRole("button", { name: "Remove" }).click();
  await admin.getByRole("button", { name: "Remove it" }).click();
  await expect(hook).toHaveCount(0);
});
