/** What journeys share: signing in, making people and projects by the API as the administrator, and looking with axe. */
import AxeBuilder from "@axe-core/playwright";
import { type Browser, expect, type Page } from "@playwright/test";
import { ADMIN, type Person } from "./people";

const PASSWORD = "seven quiet herons 1961";

export async function signIn(page: Page, person: Person): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "Projects" })).toBeVisible();
}

/** A page of the administrator's, signed in. */
export async function asAdmin(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await signIn(page, ADMIN);
  return page;
}

/** One call of the HTTP API with the page's own session; anything but success fails the journey. */
export async function call<T>(
  page: Page,
  method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE",
  path: string,
  data?: unknown,
): Promise<T> {
  const origin = new URL(page.url()).origin;
  const response = await page.request.fetch(`/api/v1${path}`, {
    method,
    headers: { Origin: origin, ...(data === undefined ? {} : { "Content-Type": "application/json" }) },
    ...(data === undefined ? {} : { data: JSON.stringify(data) }),
  });
  expect(response.ok(), `${method} ${path}: ${response.status()} ${await response.text()}`).toBe(true);
  return (response.status() === 204 ? undefined : await response.json()) as T;
}

export const newProject = (admin: Page, name: string, more: Record<string, unknown> = {}): Promise<{ id: string }> =>
  call(admin, "POST", "/projects", { name, ...more });

/** Someone who was invited, took the link up, and is signed in on a page of their own. */
export async function newMember(
  browser: Browser,
  admin: Page,
  projectId: string,
  name: string,
  roles: readonly string[],
): Promise<Page> {
  const email = `${name.toLowerCase().replaceAll(" ", ".")}.${crypto.randomUUID().slice(0, 8)}@desk.example`;
  const { invitationUrl } = await call<{ invitationUrl: string }>(admin, "POST", `/projects/${projectId}/members`, {
    email,
    roles,
  });
  const page = await (await browser.newContext()).newPage();
  await page.goto(new URL(invitationUrl).pathname);
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Make my account and sign in" }).click();
  await expect(page.getByRole("heading", { name: "Projects" })).toBeVisible();
  return page;
}

/** Native JSONL into a project. */
export async function importJsonl(admin: Page, projectId: string, lines: readonly unknown[]): Promise<void> {
  const origin = new URL(admin.url()).origin;
  const response = await admin.request.post(`/api/v1/projects/${projectId}/imports?format=jsonl&as=reviews`, {
    headers: { Origin: origin, "Content-Type": "application/x-ndjson" },
    data: lines.map((line) => JSON.stringify(line)).join("\n"),
  });
  expect(response.status(), await response.text()).toBe(200);
}

/** No violation of WCAG 2.2 A and AA that axe can find. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  expect(
    violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map((node) => `${node.target.join(" ")} ${node.failureSummary ?? ""}`).join(" | ")}`,
    ),
  ).toEqual([]);
}
