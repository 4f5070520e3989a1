/** Signing in and out through the door that a browser uses (attack rows N01, N02, N04, N05, N07, W01, W05). */
import { randomUUID } from "node:crypto";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { GET as getMe, PATCH as patchMe } from "@/app/api/v1/me/route";
import { DELETE as endSessions } from "@/app/api/v1/me/sessions/route";
import { closeDatabase, prisma } from "@/lib/server/db";
import { passwordFaults } from "@/lib/server/password";
import { openBrowser } from "@/lib/server/testing/browser";
import { makePerson, makeSession, makeToken, ORIGIN, type Person, send } from "@/lib/server/testing/people";
import { changeUser } from "@/lib/server/users";

const PASSWORD = "seven quiet herons";
let owner: Person;

beforeAll(async () => {
  owner = await makePerson({ name: "Owner", password: PASSWORD });
});

afterEach(() => {
  process.env.NEXTAUTH_URL = ORIGIN;
});

const cookieOf = (response: Response) =>
  response.headers.getSetCookie().find((line) => line.includes("session-token="));

describe("signing in", () => {
  it("sets one cookie that scripts cannot read, and the session is a row", async () => {
    const browser = openBrowser();
    const response = await browser.signIn(owner.email.toUpperCase(), PASSWORD);
    expect(response.status).toBe(200);
    expect(cookieOf(response)).toMatch(/^next-auth\.session-token=.+HttpOnly.+SameSite=Lax/);
    expect(cookieOf(response)).not.toMatch(/Domain|Secure/);
    const me = await send(getMe, { cookie: browser.header() });
    expect(await me.json()).toMatchObject({ id: owner.id, email: owner.email, via: "session" });
    expect(await prisma().session.count({ where: { userId: owner.id, revokedAt: null } })).toBe(1);
    expect(await (await browser.get("session")).json()).toHaveProperty("expires");
  });

  it("uses a __Host- cookie where people come by https", async () => {
    process.env.NEXTAUTH_URL = "https://gloss.example";
    const browser = openBrowser();
    const { csrfToken } = await (await browser.get("csrf")).json();
    const fields = { csrfToken, email: owner.email, password: PASSWORD, json: "true" };
    const response = await browser.post("callback/credentials", fields, { origin: "https://gloss.example" });
    expect(cookieOf(response)).toMatch(/^__Host-next-auth\.session-token=.+Path=\/.+HttpOnly; Secure/);
    for (const line of response.headers.getSetCookie()) expect(line).toMatch(/HttpOnly.*Secure.*SameSite=Lax/);
  });

  it("answers a wrong password, an unknown e-mail and a disabled account alike", async () => {
    const disabled = await makePerson({ password: PASSWORD });
    await prisma().user.update({ where: { id: disabled.id }, data: { disabledAt: new Date() } });
    const tries: readonly (readonly [string, string])[] = [
      [owner.email, "not the right words"],
      [`${randomUUID()}@desk.example`, PASSWORD],
      [disabled.email, PASSWORD],
      [(await makePerson()).email, PASSWORD],
    ];
    const answers = [];
    for (const [email, password] of tries) {
      const response = await openBrowser("192.0.2.9").signIn(email, password);
      answers.push({ status: response.status, cookie: cookieOf(response), body: await response.text() });
    }
    expect(answers[0]).toMatchObject({ status: 401, cookie: undefined });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  it("refuses without next-auth's token, and from another site", async () => {
    const browser = openBrowser();
    const { csrfToken } = await (await browser.get("csrf")).json();
    const fields = { email: owner.email, password: PASSWORD, json: "true" };
    expect((await browser.post("callback/credentials", { ...fields, csrfToken: "made up" })).status).toBe(403);
    expect((await browser.post("callback/credentials", fields)).status).toBe(403);
    const elsewhere = { origin: "https://evil.example" };
    expect((await browser.post("callback/credentials", { ...fields, csrfToken }, elsewhere)).status).toBe(403);
    expect((await browser.post("callback/credentials", { ...fields, csrfToken }, { origin: "null" })).status).toBe(403);
    expect(cookieOf(await browser.get("csrf"))).toBeUndefined();
  });

  it("refuses a password of a megabyte before looking at it", async () => {
    const response = await openBrowser().signIn(owner.email, "x".repeat(1_000_000));
    expect(response.status).toBe(413);
    const long = await openBrowser().signIn(owner.email, "x".repeat(5_000));
    expect(long.status).toBe(413);
  });

  it.each([
    ["GET", "callback/credentials"],
    ["GET", "signout/extra/verify-request"],
    ["GET", "verify-request"],
    ["POST", "session"],
    ["POST", "_log"],
    ["POST", "callback/github"],
  ])("%s %s is not there or changes nothing", async (method, action) => {
    const browser = openBrowser();
    const { cookie } = await makeSession(owner);
    browser.cookies.set(cookie.slice(0, cookie.indexOf("=")), cookie.slice(cookie.indexOf("=") + 1));
    const response = method === "GET" ? await browser.get(action) : await browser.post(action, { json: "true" });
    expect([302, 404]).toContain(response.status);
    expect((await send(getMe, { cookie: browser.header() })).status).toBe(200);
  });
});

describe("attempts", () => {
  it("are refused from the eleventh on, counted in the database, and the address of the owner is not touched", async () => {
    const victim = await makePerson({ password: PASSWORD });
    const statuses: number[] = [];
    let last = new Response();
    for (let n = 0; n < 14; n++) {
      if (n === 5) await closeDatabase(); // A restart forgets nothing.
      // What a client writes into X-Forwarded-For moves it nowhere.
      last = await openBrowser("198.51.100.7", `203.0.113.${n}`).signIn(victim.email, `wrong password ${n}`);
      statuses.push(last.status);
    }
    expect(statuses).toEqual([...Array(10).fill(401), ...Array(4).fill(429)]);
    const wait = Number(last.headers.get("retry-after"));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(15 * 60);
    // Not even the right password, from there; from elsewhere at once.
    expect((await openBrowser("198.51.100.7").signIn(victim.email, PASSWORD)).status).toBe(429);
    expect((await openBrowser("203.0.113.5").signIn(victim.email, PASSWORD)).status).toBe(200);
    // And from there when the quarter of an hour is over.
    await prisma().$executeRaw`UPDATE "rate_limit" SET "expire" = 1 WHERE "key" LIKE 'sign-in:%'`;
    expect((await openBrowser("198.51.100.7").signIn(victim.email, PASSWORD)).status).toBe(200);
  });

  it("from one address over many accounts are refused after a hundred in a day, then let through one in 15 minutes", async () => {
    await prisma().rateLimit.deleteMany();
    const victim = await makePerson({ password: PASSWORD });
    await openBrowser("198.51.100.8").signIn(`${randomUUID()}@desk.example`, "wrong password");
    await prisma().$executeRaw`UPDATE "rate_limit" SET "points" = 100 WHERE "key" LIKE 'sign-in-day:%'`;
    const wrong = await openBrowser("198.51.100.8").signIn(`${randomUUID()}@desk.example`, "wrong password");
    expect(wrong.status).toBe(401);
    const refused = await openBrowser("198.51.100.8").signIn(victim.email, PASSWORD);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeLessThanOrEqual(15 * 60);
    await prisma().$executeRaw`UPDATE "rate_limit" SET "expire" = 1 WHERE "key" LIKE 'sign-in-slow:%'`;
    expect((await openBrowser("198.51.100.8").signIn(victim.email, PASSWORD)).status).toBe(200);
  });

  it("by 25 at the same moment share one count", async () => {
    const victim = await makePerson({ password: PASSWORD });
    const responses = await Promise.all(
      Array.from({ length: 25 }, (_, n) => openBrowser("198.51.100.9").signIn(victim.email, `wrong password ${n}`)),
    );
    expect(responses.filter(({ status }) => status === 401)).toHaveLength(10);
    expect(responses.filter(({ status }) => status === 429)).toHaveLength(15);
  });
});

describe("sessions and tokens end at once", () => {
  async function threeAndTwo() {
    const person = await makePerson({ name: "Worker", password: PASSWORD });
    const sessions = [await makeSession(person), await makeSession(person), await makeSession(person)] as const;
    const tokens = [await makeToken(person), await makeToken(person, { readOnly: true })];
    const statuses = async () => [
      ...(await Promise.all(sessions.map(({ cookie }) => send(getMe, { cookie })))).map(({ status }) => status),
      ...(await Promise.all(tokens.map((token) => send(getMe, { token })))).map(({ status }) => status),
    ];
    return { person, sessions, statuses };
  }

  it("when the password changes, but for the session that changed it", async () => {
    const { person, sessions, statuses } = await threeAndTwo();
    expect(await statuses()).toEqual([200, 200, 200, 200, 200]);
    const change = (currentPassword: string, password: string) =>
      send(patchMe, { method: "PATCH", cookie: sessions[0].cookie, body: { currentPassword, password } });
    expect((await change("not this one", "nine loud sparrows")).status).toBe(422);
    expect((await change(PASSWORD, "short")).status).toBe(422);
    expect(await statuses()).toEqual([200, 200, 200, 200, 200]);
    expect((await change(PASSWORD, "nine loud sparrows")).status).toBe(200);
    expect(await statuses()).toEqual([200, 401, 401, 401, 401]);
    expect((await openBrowser().signIn(person.email, PASSWORD)).status).toBe(401);
    expect((await openBrowser().signIn(person.email, "nine loud sparrows")).status).toBe(200);
  });

  it("when one signs out everywhere", async () => {
    const { sessions, statuses } = await threeAndTwo();
    const ended = await send(endSessions, { method: "DELETE", cookie: sessions[1].cookie });
    expect(await ended.json()).toEqual({ sessions: 3, tokens: 2 });
    expect(await statuses()).toEqual([401, 401, 401, 401, 401]);
  });

  it("when an administrator disables the account", async () => {
    const { person, statuses } = await threeAndTwo();
    const admin = (await makeSession(await makePerson({ isAdmin: true }))).actor;
    expect(await changeUser(admin, person.id, { disabled: true })).toMatchObject({ ok: true });
    expect(await statuses()).toEqual([401, 401, 401, 401, 401]);
    expect(await changeUser(admin, person.id, { disabled: false })).toMatchObject({ ok: true });
    expect(await statuses()).toEqual([401, 401, 401, 401, 401]);
  });

  it("when one signs out, that one only, and only with the browser's own token", async () => {
    const person = await makePerson({ password: PASSWORD });
    const [here, there] = [openBrowser(), openBrowser()];
    await here.signIn(person.email, PASSWORD);
    await there.signIn(person.email, PASSWORD);
    const cookie = here.header();
    expect((await here.post("signout", { csrfToken: "made up", json: "true" })).status).toBe(403);
    expect((await send(getMe, { cookie })).status).toBe(200);
    const { csrfToken } = await (await here.get("csrf")).json();
    expect((await here.post("signout", { csrfToken, json: "true" })).status).toBe(200);
    expect((await send(getMe, { cookie })).status).toBe(401);
    expect((await send(getMe, { cookie: there.header() })).status).toBe(200);
    expect(await (await openBrowser().get("session")).json()).toEqual({});
  });

  it("and a role acts at the next request", async () => {
    const person = await makePerson({ isAdmin: true });
    const { cookie } = await makeSession(person);
    expect(await (await send(getMe, { cookie })).json()).toMatchObject({ isAdmin: true });
    await prisma().user.update({ where: { id: person.id }, data: { isAdmin: false } });
    expect(await (await send(getMe, { cookie })).json()).toMatchObject({ isAdmin: false });
  });

  it("and by themselves when nobody used them for a fortnight", async () => {
    const { cookie, actor } = await makeSession(await makePerson());
    const id = actor.via.kind === "session" ? actor.via.sessionId : "";
    await prisma().$executeRaw`UPDATE "Session" SET "lastSeenAt" = now() - interval '2 min' WHERE "id" = ${id}::uuid`;
    await send(getMe, { cookie });
    const seen = await prisma().session.findUniqueOrThrow({ where: { id } });
    expect(Date.now() - seen.lastSeenAt.getTime()).toBeLessThan(60_000);
    await prisma().$executeRaw`UPDATE "Session" SET "expiresAt" = now() WHERE "id" = ${id}::uuid`;
    expect((await send(getMe, { cookie })).status).toBe(401);
  });
});

describe("without a good secret", () => {
  it.each([undefined, "", "changeme", "short", "aaaaaaaaaaaaaaaaaaaaaaaaaaaa"])(
    "%j nobody is let in",
    async (secret) => {
      const { cookie } = await makeSession(owner);
      const before = process.env.NEXTAUTH_SECRET;
      if (secret === undefined) delete process.env.NEXTAUTH_SECRET;
      else process.env.NEXTAUTH_SECRET = secret;
      try {
        expect((await send(getMe, { cookie })).status).toBe(401);
        expect((await openBrowser().get("csrf")).status).toBe(503);
      } finally {
        process.env.NEXTAUTH_SECRET = before ?? "";
      }
    },
  );

  it("a cookie that another secret signed is nobody's", async () => {
    const before = process.env.NEXTAUTH_SECRET;
    process.env.NEXTAUTH_SECRET = "another-secret-of-another-house-0123456789";
    const { cookie } = await makeSession(owner);
    process.env.NEXTAUTH_SECRET = before ?? "";
    expect((await send(getMe, { cookie })).status).toBe(401);
  });
});

describe("passwords", () => {
  it.each([
    ["short", "too-short"],
    ["password123", "too-common"],
    ["Passw0rd!!!", "too-common"],
    ["1234567890", "too-common"],
    ["qwertyuiop", "too-common"],
    ["aaaaaaaaaaaaa", "too-common"],
    ["abcabcabcabc", "too-common"],
    ["iloveyou!!!!", "too-common"],
    ["maria.lopez1", "too-common"],
    ["x".repeat(1001), "too-long"],
    ["nul in \0 the middle", "not-well-formed"],
  ])("%.30j is refused as %s", (password, code) => {
    expect(passwordFaults(password, ["maria.lopez@desk.example", "Maria Lopez"]).map((fault) => fault.code)).toEqual([
      code,
    ]);
  });

  it.each([
    "seven quiet herons",
    "пароль из слов",
    "🦊 fox in the snow",
    "x7$kPq!zLw",
    Array.from({ length: 150 }, (_, n) => `w${n}`).join(" "),
  ])("%j is taken", (password) => {
    expect(passwordFaults(password, ["maria.lopez@desk.example"])).toEqual([]);
  });

  it("that are long differ by their last character", async () => {
    const stem = "a long one, well beyond the seventy-two bytes at which some hashes stop reading, ".repeat(2);
    const person = await makePerson({ password: `${stem}A` });
    expect((await openBrowser("192.0.2.20").signIn(person.email, `${stem}B`)).status).toBe(401);
    expect((await openBrowser("192.0.2.20").signIn(person.email, `${stem}A`)).status).toBe(200);
  });
});
