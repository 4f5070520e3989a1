import { asAdmin, asMember, call, expectAccessible, expectReadable, newProject } from "./support/desk";
import { expect, test } from "./support/test";

const page = (council: string, late: string) =>
  `<html lang="en"><head><title>Ferry off the water</title><link rel="canonical" href="https://pier.example/news/12"></head>
   <body><article><h1>Ferry off the water</h1>
   <p>The ferry has been off the water since Monday, its owner said in a statement to this paper.</p>
   <p>${council} Passengers were taken across by two smaller boats from the eastern pier.</p>
   <p>${late} The harbour office said that it would look into the matter before the end of the week.</p></article></body></html>`;

const BEFORE = page(
  "The council denied that it had been warned about the rudder.",
  "The ferry will sail again on Friday at the latest.",
);
const AFTER = page(
  "The council denied that it was ever warned about the rudder.",
  "Nobody can say when it sails again, whatever Friday brings.",
);

test("a page is imported, reviewed, and imported again: the change is seen, an orphan placed, and the review submitted", async ({
  browser,
}) => {
  const admin = await asAdmin(browser);
  const project = await newProject(admin, "Ferry, twice", { reviewersPerArticle: 1 });
  const rita = await asMember(browser, admin, project.id, "Rita", ["REVIEWER"]);
  const bring = async (html: string) => {
    await admin.goto(`/projects/${project.id}/import`);
    await admin
      .getByLabel("Files to import")
      .setInputFiles({ name: "ferry.html", mimeType: "text/html", buffer: Buffer.from(html) });
    await admin.getByRole("button", { name: "Import 1 file" }).click();
  };
  await bring(BEFORE);
  await expect(admin.getByText("1 article made")).toBeVisible();

  // Rita marks three things and submits.
  const { id: review, articleId } = await call<{ id: string; articleId: string }>(
    rita,
    "POST",
    `/projects/${project.id}/queue/next`,
  );
  const { text } = await call<{ text: string }>(rita, "GET", `/articles/${articleId}`);
  const span = (words: string) => {
    const start = [...text.slice(0, text.indexOf(words))].length;
    return { id: crypto.randomUUID(), base: 0, start, end: start + [...words].length, label: "CLAIM", quote: words };
  };
  const changes = [
    "The ferry has been off the water since Monday",
    "had been warned about the rudder",
    "The ferry will sail again on Friday at the latest",
  ].map((words) => ({ id: crypto.randomUUID(), kind: "span.put", span: span(words) }));
  const { version } = await call<{ version: number }>(rita, "POST", `/reviews/${review}/changes`, { changes });
  await call(rita, "POST", `/reviews/${review}/submit`, { version });

  await bring(AFTER);
  await expect(admin.getByText("1 article made, a new version")).toBeVisible();
  await admin.getByRole("link", { name: "What changed" }).click();
  await expect(admin.getByText("Version 1 against version 2")).toBeVisible();
  await expect(admin.locator("ins", { hasText: "was ever" })).toBeVisible();
  await expect(admin.getByRole("cell", { name: "without a place" })).toBeVisible();
  await expectAccessible(admin);
  await admin.getByRole("link", { name: "The article" }).click();
  await expect(admin.getByRole("table", { name: "Versions of this article" })).toBeVisible();
  await expectAccessible(admin);

  const vera = await asMember(browser, admin, project.id, "Vera", ["VIEWER"]);
  await vera.goto(`/projects/${project.id}/queue`);
  await expect(vera.getByText("Your role here does not review")).toBeVisible();

  // She is told in her queue, goes to the orphan, and cannot submit around it.
  await rita.goto(`/projects/${project.id}/queue`);
  await rita.getByRole("link", { name: "See which" }).click();
  await expect(rita).toHaveURL(/mine=true/);
  await expectAccessible(rita);
  await rita.getByRole("link", { name: "Place it" }).click();
  const panel = rita.getByRole("region", { name: "Marks without a place" });
  await expect(panel.getByText("The ferry will sail again on Friday at the latest")).toBeVisible();
  await expectAccessible(rita);
  await rita.emulateMedia({ colorScheme: "dark" });
  await expectReadable(rita);
  await rita.keyboard.press("Escape");
  await rita.keyboard.press("Control+Enter");
  await expect(panel).toBeVisible();
  await panel.getByRole("button", { name: "Mark it by hand" }).click();
  await rita.getByText("Nobody can say when it sails again").click({ clickCount: 3 });
  await expect(rita.getByRole("region", { name: "Place a mark" }).getByText("Nobody can say")).toBeVisible();
  await rita.keyboard.press("Enter");
  await expect(rita.getByText("Every mark has its place")).toBeVisible();
  await rita.keyboard.press("Control+z");
  await expect(rita.getByRole("button", { name: "Place it" })).toBeVisible();
  await rita.keyboard.press("Control+Shift+z");
  await expect(rita.getByRole("button", { name: "Place it" })).toBeHidden();
  await rita.keyboard.press("Control+Enter");
  await expect(rita).toHaveURL(/\/queue$/);
  await expect(rita.getByRole("table", { name: "Submitted" })).toContainText("Ferry off the water");
});
