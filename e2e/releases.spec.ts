import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { asAdmin, call, expectAccessible, expectReadable, importJsonl, newProject } from "./support/desk";
import { expect, test } from "./support/test";
import { weir } from "./support/weir";

test("an editor makes a release, downloads a file that is what its checksum says, and sees what changed since", async ({
  browser,
}) => {
  test.setTimeout(240_000); // axe looks at three screens, and a release is made twice
  const admin = await asAdmin(browser);
  const project = await newProject(admin, "Weir, released");
  await importJsonl(admin, project.id, [weir()]);
  await admin.goto(`/projects/${project.id}/releases`);
  await admin.getByRole("main").getByRole("link", { name: "Make a release" }).click();
  await expect(admin.getByText("The licence of 1 article is unknown.")).toBeVisible();
  await expectAccessible(admin);
  await admin.getByRole("button", { name: "Make the release" }).click();

  const files = admin.getByRole("table", { name: "Files of this release" });
  await expect(files).toBeVisible({ timeout: 60_000 });
  await expect(admin.getByRole("heading", { name: "Weir, released, release 1" })).toBeVisible();
  await expectAccessible(admin);
  const download = admin.waitForEvent("download");
  await files.getByRole("link", { name: "train.jsonl" }).click();
  const bytes = readFileSync(await (await download).path());
  const row = files.getByRole("row").filter({ hasText: "train.jsonl" });
  await expect(row).toContainText(createHash("sha256").update(bytes).digest("hex"));
  expect(bytes.toString("utf8")).toContain('"gloss":1');

  await importJsonl(admin, project.id, [{ ...weir(), id: undefined, title: "Weir again", outlet: "Another outlet" }]);
  await call(admin, "POST", `/projects/${project.id}/releases`, {});
  await admin.goto(`/projects/${project.id}/releases/2`);
  await admin.getByRole("link", { name: "Changes since release 1" }).click({ timeout: 60_000 });
  await expect(admin.getByRole("heading", { name: "Weir again" })).toBeVisible();
  await expectAccessible(admin);
  await admin.emulateMedia({ colorScheme: "dark" });
  await expectReadable(admin);
});
