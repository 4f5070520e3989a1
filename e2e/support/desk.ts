/** What journeys share: signing in, making people and projects by the API as the administrator, and looking with axe. */
import AxeBuilder from "@axe-core/playwright";
import { type Browser, type BrowserContext, type BrowserContextOptions, expect, type Page } from "@playwright/test";
import { ADMIN, type Person } from "./people";

const PASSWORD = "seven quiet herons 1961";

export async function signIn(page: Page, person: Person): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "Projects" })).toBeVisible();
}

/** A session without the form, for journeys that are not about signing in. */
async function enter(context: BrowserContext, person: Person): Promise<void> {
  const { csrfToken } = (await (await context.request.get("/api/auth/csrf")).json()) as { csrfToken: string };
  const response = await context.request.post("/api/auth/callback/credentials", {
    headers: { Origin: origin() },
    form: { csrfToken, email: person.email, password: person.password, callbackUrl: "/", json: "true" },
  });
  expect(response.ok(), `signing in: ${response.status()}`).toBe(true);
}

/** Of the Gloss that the journeys share. */
const origin = (): string => process.env.GLOSS_E2E_URL ?? "";

/** A page of the administrator's, signed in; nothing is on it yet. */
export async function asAdmin(browser: Browser): Promise<Page> {
  const context = await browser.newContext();
  await enter(context, ADMIN);
  return context.newPage();
}

/** One call of the HTTP API with the page's own session; anything but success fails the journey. */
export async function call<T>(
  page: Page,
  method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE",
  path: string,
  data?: unknown,
): Promise<T> {
  const response = await page.request.fetch(`/api/v1${path}`, {
    method,
    headers: { Origin: origin(), ...(data === undefined ? {} : { "Content-Type": "application/json" }) },
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

const known = new Map<string, Person>();

/** Someone who has an account already: a new member of the project, with a session of their own on the screen that is asked for. */
export async function asMember(
  browser: Browser,
  admin: Page,
  projectId: string,
  name: string,
  roles: readonly string[],
  screen: BrowserContextOptions = {},
): Promise<Page> {
  const person = known.get(name);
  if (person) await call(admin, "POST", `/projects/${projectId}/members`, { email: person.email, roles });
  else {
    const page = await newMember(browser, admin, projectId, name, roles);
    const { email } = await call<{ email: string }>(page, "GET", "/me");
    await page.context().close();
    known.set(name, { name, email, password: PASSWORD });
  }
  const context = await browser.newContext(screen);
  await enter(context, known.get(name) as Person);
  return context.newPage();
}

/** Native JSONL into a project. */
export async function importJsonl(admin: Page, projectId: string, lines: readonly unknown[]): Promise<void> {
  const response = await admin.request.post(`/api/v1/projects/${projectId}/imports?format=jsonl&as=reviews`, {
    headers: { Origin: origin(), "Content-Type": "application/x-ndjson" },
    data: lines.map((line) => JSON.stringify(line)).join("\n"),
  });
  expect(response.status(), await response.text()).toBe(200);
}

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** No violation of WCAG 2.2 A and AA that axe can find. */
export const expectAccessible = (page: Page): Promise<void> => expectNoViolation(axe(page).withTags(TAGS));

/** Contrast alone: what another theme can break on a page that was looked at whole. */
export const expectReadable = (page: Page): Promise<void> => expectNoViolation(axe(page).withRules(["color-contrast"]));

/** In the page itself, which has no frames, and without the passes, which nobody reads: a large page takes half as long. */
const axe = (page: Page) => new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ["violations"] });

async function expectNoViolation(builder: AxeBuilder): Promise<void> {
  const { violations } = await builder.analyze();
  expect(
    violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map((node) => `${node.target.join(" ")} ${node.failureSummary ?? ""}`).join(" | ")}`,
    ),
  ).toEqual([]);
}
