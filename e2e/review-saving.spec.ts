/** What a reviewer does is never lost: no network, a killed browser, two windows, an ended session. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium, type Page, type Route } from "@playwright/test";
import { findChromium } from "./support/chromium";
import { call } from "./support/desk";
import { atReview, drag, inspector, list, mark, openReview, press, said, saving, stored } from "./support/pier";
import { expect, test } from "./support/test";

const counted = (page: Page, n: number) => expect(saving(page)).toContainText(`${n} not sent`);

test("what is marked while the network is away is counted, and arrives once, in order, when it is back", async ({
  browser,
}) => {
  const { page, review } = await atReview(browser, "Pier, offline");
  await page.context().setOffline(true);
  await mark(page, "twelve letters reached", "1");
  await mark(page, "the harbour engineer said", "2");
  await page.keyboard.press("t");
  await page.keyboard.press("1");
  await counted(page, 3);
  await page.context().setOffline(false);
  await expect(saving(page)).toHaveText("saved");
  const { spans } = await stored(page, review);
  expect(spans.map((s) => [s.label, s.version])).toEqual([
    ["ATTRIBUTION", 2],
    ["CLAIM", 1],
  ]);
});

test("a browser killed with unsent edits has them again, and each is there once", async ({ browser, baseURL }) => {
  const { page, review } = await atReview(browser, "Pier, killed");
  const home = mkdtempSync(path.join(tmpdir(), "gloss-browser-"));
  const open = async () =>
    chromium.launchPersistentContext(home, {
      ...(await findChromium()),
      ...(baseURL ? { baseURL } : {}),
      viewport: { width: 1440, height: 900 },
    });
  const first = await open();
  // Signed in as the same person; a browser that is killed may forget its cookies, but not what is unsent.
  const cookies = await page.context().cookies();
  await first.addCookies(cookies);
  const desk = first.pages()[0] ?? (await first.newPage());
  await openReview(desk, review);
  await first.setOffline(true);
  await mark(desk, "twelve letters reached", "1");
  await mark(desk, "the harbour engineer said", "2");
  await desk.keyboard.press("Backspace");
  await mark(desk, "a bitter fairy tale", "4");
  await desk.keyboard.press("1"); // its kind: lexical
  await counted(desk, 5);
  const { pid } = (
    await desk
      .context()
      .browser()
      ?.newBrowserCDPSession()
      .then((s) => s.send("SystemInfo.getProcessInfo"))
  )?.processInfo
    .map((p) => ({ type: p.type, pid: p.id }))
    .find((p) => p.type === "browser") ?? { pid: 0 };
  expect(pid).toBeGreaterThan(0);
  process.kill(pid, "SIGKILL");
  await first.close().catch(() => undefined);
  expect((await stored(page, review)).spans).toEqual([]);

  const second = await open();
  await second.addCookies(cookies);
  const again = second.pages()[0] ?? (await second.newPage());
  await openReview(again, review);
  await expect(list(again).getByRole("listitem")).toHaveCount(2);
  const { spans, version } = await stored(page, review);
  expect(spans.map((s) => [s.quote, s.label, s.attributes])).toEqual([
    ["twelve letters reached", "CLAIM", {}],
    ["a bitter fairy tale", "FRAMING", { kind: "lexical" }],
  ]);
  await again.reload();
  await openReview(again, review);
  expect((await stored(page, review)).version).toBe(version);
  await second.close();
  rmSync(home, { recursive: true, force: true });
});

test("a reload with unsent edits keeps them and sends them", async ({ browser }) => {
  const { page, review } = await atReview(browser, "Pier, reload");
  await page.route("**/changes", (route) => route.abort());
  await mark(page, "twelve letters reached", "1");
  await counted(page, 1);
  await page.unroute("**/changes");
  await openReview(page, review);
  await expect(list(page).getByRole("listitem")).toHaveCount(1);
  expect((await stored(page, review)).spans).toHaveLength(1);
});

test("an answer that gets lost changes nothing: the edit is there once", async ({ browser }) => {
  const { page, review } = await atReview(browser, "Pier, lost answer");
  let lost = 0;
  await page.route("**/changes", async (route) => {
    const response = await route.fetch();
    if (lost++ < 2) await route.abort();
    else await route.fulfill({ response });
  });
  await mark(page, "twelve letters reached", "1");
  await expect(saving(page)).toHaveText("saved");
  expect(lost).toBeGreaterThan(2);
  expect((await stored(page, review)).spans).toMatchObject([{ version: 1 }]);
});

test("a tab from before an upgrade says so, goes on saving, and a reload keeps all", async ({ browser }) => {
  const { page, review } = await atReview(browser, "Pier, upgrade");
  const newer = async (route: Route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), "x-gloss-build": "another" } });
  };
  await page.route("**/api/**", newer);
  await mark(page, "twelve letters reached", "1");
  await expect(saving(page)).toHaveText("saved");
  await expect(page.getByText("There is a new version of Gloss")).toBeVisible();
  // What is not sent when it is loaded anew is kept, and sent after.
  await page.route("**/changes", (route) => route.abort());
  await mark(page, "the harbour engineer said", "2");
  await counted(page, 1);
  await page.unroute("**/changes");
  await page.unroute("**/api/**");
  await page.getByRole("button", { name: "Reload" }).click();
  await expect(list(page).getByRole("listitem")).toHaveCount(2);
  await expect(saving(page)).toHaveText("saved");
  await expect(page.getByText("There is a new version of Gloss")).toHaveCount(0);
  expect((await stored(page, review)).spans).toHaveLength(2);
});

test("two windows: what one saves shows in the other, and a conflict is laid before the reviewer", async ({
  browser,
}) => {
  const { page, review } = await atReview(browser, "Pier, two windows");
  await mark(page, "twelve letters reached", "1");
  await expect(saving(page)).toHaveText("saved");
  const other = await page.context().newPage();
  await openReview(other, review);
  await mark(other, "a bitter fairy tale", "1");
  await expect(list(page).getByRole("listitem")).toHaveCount(2);

  // Both change the same span before either hears of the other.
  await page.route("**/changes", (route) => route.abort());
  await page.bringToFront();
  await press(page, "twelve letters");
  await page.keyboard.press("2");
  await counted(page, 1);
  await other.bringToFront();
  await press(other, "twelve letters");
  await other.keyboard.press("3");
  await expect(saving(other)).toHaveText("saved");
  await page.bringToFront();
  await page.unroute("**/changes");
  const conflict = page.getByRole("alert", { name: "Changes that need a choice" });
  await expect(conflict).toContainText("Attribution, “twelve letters reached”");
  await expect(conflict).toContainText("Denial, “twelve letters reached”");
  await expect(saving(page)).toContainText("not saved: changed elsewhere");
  // Everything else goes on meanwhile.
  await mark(page, "the harbour engineer said", "1");
  await expect.poll(async () => (await stored(page, review)).spans.length).toBe(3);
  await conflict.getByRole("button", { name: "Keep mine" }).click();
  await expect(saving(page)).toHaveText("saved");
  await expect(conflict).toBeHidden();
  const spans = (await stored(page, review)).spans;
  expect(spans.find((s) => s.quote === "twelve letters reached")?.label).toBe("ATTRIBUTION");
  await press(other, "twelve letters");
  await expect(inspector(other).getByRole("button", { name: "Attribution" })).toHaveAttribute("aria-pressed", "true");
});

test("a session that ended is repaired in place, as the same person, and what waits is sent once", async ({
  browser,
}) => {
  const { page, review } = await atReview(browser, "Pier, session");
  const { items } = await call<{ items: { id: string; current: boolean }[] }>(page, "GET", "/me/sessions");
  const session = items.find((s) => s.current);
  if (!session) throw new Error("no session");
  await call(page, "DELETE", `/me/sessions/${session.id}`);
  await drag(page, "twelve letters reached");
  await page.keyboard.press("1");
  const dialog = page.getByRole("dialog", { name: "You have been signed out" });
  await expect(dialog).toContainText("1 change waits");
  await expect(dialog.getByLabel("E-mail")).toHaveAttribute("readonly", "");
  await dialog.getByLabel("Password").fill("seven quiet herons 1961");
  await dialog.getByRole("button", { name: "Sign in" }).click();
  await expect(dialog).toBeHidden();
  await expect(saving(page)).toHaveText("saved");
  expect((await stored(page, review)).spans).toMatchObject([{ quote: "twelve letters reached", version: 1 }]);
});

test("a review submitted in another window takes no more, and says what was kept", async ({ browser }) => {
  const { page, review } = await atReview(browser, "Pier, submitted elsewhere");
  await mark(page, "twelve letters reached", "1");
  await expect(saving(page)).toHaveText("saved");
  await page.route("**/changes", (route) => route.abort());
  await mark(page, "the harbour engineer said", "1");
  await counted(page, 1);
  const { version } = await stored(page, review);
  await call(page, "POST", `/reviews/${review}/submit`, { version });
  await page.unroute("**/changes");
  await expect(saving(page)).toContainText("not saved: submitted");
  await expect(saving(page)).toContainText("1 change arrived. They are kept here; reopen it to send them");
});

test("a label that was archived meanwhile: that one is set aside with the reason, the others go on", async ({
  browser,
}) => {
  const { page, admin, review, project } = await atReview(browser, "Pier, archived");
  const scheme = await call<{ version: number; labels: { key: string }[] }>(
    admin,
    "GET",
    `/projects/${project}/scheme`,
  );
  const { version, ...rest } = scheme;
  const labels = rest.labels.map((l) => (l.key === "DENIAL" ? { ...l, archived: true } : l));
  const origin = process.env.GLOSS_E2E_URL ?? "";
  const put = await admin.request.put(`/api/v1/projects/${project}/scheme`, {
    headers: { Origin: origin, "Content-Type": "application/json", "If-Match": `"${version}"` },
    data: JSON.stringify({ ...rest, labels }),
  });
  expect(put.status(), await put.text()).toBeLessThan(300);
  await mark(page, "The port firm denied any part in the closing", "3");
  await mark(page, "twelve letters reached", "1");
  const aside = page.getByRole("alert", { name: "Changes that need a choice" });
  await expect(aside).toContainText("archived");
  await expect.poll(async () => (await stored(page, review)).spans.map((s) => s.label)).toEqual(["CLAIM"]);
  await aside.getByRole("button", { name: "Give it up" }).click();
  await expect(saving(page)).toHaveText("saved");
  await expect(list(page).getByRole("listitem")).toHaveCount(1);
  await expect(said(page)).toBeAttached();
});
