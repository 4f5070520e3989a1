/** Who gets in, and how they are let out. */

import { asAdmin, call, newMember, newProject, signIn } from "./support/desk";
import { expect, test } from "./support/test";

type Me = { readonly id: string; readonly email: string };
const OLD = "seven quiet herons 1961";
const NEW = "nine loud gannets 1974";

test("a wrong password says so in words and lets nobody in", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(`nobody.${crypto.randomUUID().slice(0, 8)}@desk.example`);
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("That e-mail and password do not go together")).toBeVisible();
  await page.goto("/");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("a reset link sets a new password once, ends old sessions, and is dead after", async ({ browser }) => {
  const admin = await asAdmin(browser);
  const project = await newProject(admin, "Reset desk");
  const name = `Ro ${crypto.randomUUID().slice(0, 6)}`;
  const person = await newMember(browser, admin, project.id, name, ["REVIEWER"]);
  const me = await call<Me>(person, "GET", "/me");
  await admin.goto("/people");
  await admin.getByRole("button", { name: `Make a reset link for ${name}` }).click();
  const link = new URL(await admin.getByLabel("One-time link").inputValue()).pathname;

  const elsewhere = await (await browser.newContext()).newPage();
  await elsewhere.goto(link);
  // A form from before an upgrade: what it would do is gone, and the page says so.
  await elsewhere.route("**/reset/**", (route) => {
    const headers = route.request().headers();
    return route.continue(headers["next-action"] ? { headers: { ...headers, "next-action": "0".repeat(42) } } : {});
  });
  await elsewhere.route("**/api/health/live", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), "x-gloss-build": "another" } });
  });
  await elsewhere.getByLabel("Password").fill(NEW);
  await elsewhere.locator("form").getByRole("button").click();
  await expect(elsewhere.getByRole("heading", { name: "There is a new version of Gloss" })).toBeVisible();
  await elsewhere.unrouteAll();
  await elsewhere.getByRole("main").getByRole("button", { name: "Reload" }).click();
  await elsewhere.getByLabel("Password").fill(NEW);
  await elsewhere.locator("form").getByRole("button").click();
  await expect(elsewhere).not.toHaveURL(/\/reset\//);
  await person.goto("/");
  await expect(person).toHaveURL(/\/sign-in/);
  await signIn(person, { name, email: me.email, password: NEW });

  const late = await (await browser.newContext()).newPage();
  await late.goto(link);
  await expect(late.getByLabel("Password")).toHaveCount(0);
  await late.goto("/sign-in");
  await late.getByLabel("E-mail").fill(me.email);
  await late.getByLabel("Password").fill(OLD);
  await late.getByRole("button", { name: "Sign in" }).click();
  await expect(late.getByText("That e-mail and password do not go together")).toBeVisible();
});

test("signing out everywhere ends the other browser too", async ({ browser }) => {
  const admin = await asAdmin(browser);
  const project = await newProject(admin, "Sessions desk");
  const here = await newMember(browser, admin, project.id, "Sol", ["REVIEWER"]);
  const me = await call<Me>(here, "GET", "/me");
  const there = await (await browser.newContext()).newPage();
  await signIn(there, { name: "Sol", email: me.email, password: OLD });
  await here.goto("/account");
  await here.getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(here).toHaveURL(/\/sign-in/);
  await there.goto("/");
  await expect(there).toHaveURL(/\/sign-in/);
});

test("someone who is disabled is out at the next request and cannot sign in again", async ({ browser }) => {
  const admin = await asAdmin(browser);
  const project = await newProject(admin, "Disabled desk");
  const name = `Di ${crypto.randomUUID().slice(0, 6)}`;
  const person = await newMember(browser, admin, project.id, name, ["REVIEWER"]);
  const me = await call<Me>(person, "GET", "/me");
  await admin.goto("/people");
  const row = admin.getByRole("row").filter({ hasText: name });
  await row.getByRole("button", { name: "Disable" }).click();
  await expect(row.getByText("disabled", { exact: true })).toBeVisible();
  expect((await person.request.get("/api/v1/me")).status()).toBe(401);
  await person.goto("/");
  await expect(person).toHaveURL(/\/sign-in/);
  await person.getByLabel("E-mail").fill(me.email);
  await person.getByLabel("Password").fill(OLD);
  await person.getByRole("button", { name: "Sign in" }).click();
  await expect(person.getByText("or the account is disabled")).toBeVisible();
});
