/** One-time links: the first account, invitations, resets, each by the one who may and once. */
import { beforeAll, describe, expect, it } from "vitest";
import { COMMAND } from "../access/actor";
import { acceptInvitation, acceptReset, acceptSetup, joinProject } from "./accept";
import { prisma } from "./db";
import { readLink } from "./links";
import { addMember, listInvitations, withdrawInvitation } from "./members";
import { StartRefused } from "./postgres/refused";
import { prepareInstance } from "./setup";
import { openBrowser } from "./testing/browser";
import { makePerson, makeProject, makeSession, ORIGIN, type Person } from "./testing/people";
import { createUser, makeResetLink } from "./users";

const FROM = { address: "192.0.2.1", userAgent: "test" };
const secretOf = (url: string | null | undefined) => url?.split("/").at(-1) ?? "";
const account = { name: "Ada", email: "ada@desk.example", password: "seven quiet herons" };

describe("set-up", () => {
  it("refuses an administrator from the environment whose password is weak or whose e-mail is none", async () => {
    const start = (email: string, password: string) => prepareInstance({ admin: { email, password }, sample: false });
    await expect(start("a@desk.example", "short")).rejects.toThrow(StartRefused);
    await expect(start("a@desk.example", "password1234")).rejects.toThrow(/GLOSS_ADMIN_PASSWORD/);
    await expect(start("no address", "seven quiet herons")).rejects.toThrow(/GLOSS_ADMIN_EMAIL/);
    expect(await prisma().user.count()).toBe(0);
  });

  it("gives a new link at each start, the older one stops working, and one of two who use it at once wins", async () => {
    const first = await prepareInstance({ admin: null, sample: false });
    const second = await prepareInstance({ admin: null, sample: false });
    expect(second.setupUrl).toMatch(new RegExp(`^${ORIGIN}/set-up/[A-Za-z0-9_-]{43}$`));
    expect(await readLink(secretOf(first.setupUrl))).toMatchObject({ code: "not-found" });
    const secret = secretOf(second.setupUrl);
    expect(await readLink(secret)).toMatchObject({ value: { kind: "SETUP", email: null } });
    expect(await readLink(secret)).toMatchObject({ ok: true });

    expect(await acceptSetup(secret, { ...account, password: "short" }, FROM)).toMatchObject({ code: "invalid" });
    const both = await Promise.all([
      acceptSetup(secret, account, FROM),
      acceptSetup(secret, { ...account, email: "eve@desk.example" }, FROM),
    ]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await prisma().user.findMany({ select: { isAdmin: true } })).toEqual([{ isAdmin: true }]);
    expect(await acceptSetup(secret, { ...account, email: "mal@desk.example" }, FROM)).toMatchObject({
      code: "not-found",
    });
  });

  it("makes nobody when there is an account, whatever the environment says", async () => {
    const admin = { email: "late@desk.example", password: "seven quiet herons" };
    expect(await prepareInstance({ admin, sample: false })).toEqual({ setupUrl: null });
    expect(await prisma().user.count()).toBe(1);
  });

  it("keeps only hashes of secrets", async () => {
    const links = await prisma().oneTimeLink.findMany();
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) expect(link.secretHash).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe("an account made by an administrator", () => {
  it("is opened with its link, once, by whoever has it", async () => {
    const made = await createUser(COMMAND, { email: "ben@desk.example", name: "Ben", isAdmin: false });
    if (!made.ok) throw new Error(made.message);
    const secret = secretOf(made.value.value.url);
    expect(await readLink(secret)).toMatchObject({
      value: { kind: "INVITATION", email: "ben@desk.example", name: "Ben" },
    });
    expect((await openBrowser().signIn("ben@desk.example", "seven quiet herons")).status).toBe(401);
    const accepted = { name: "Benjamin", password: "seven quiet herons" };
    expect(await acceptInvitation(secret, { ...accepted, password: "ben@desk.example" }, FROM)).toMatchObject({
      code: "invalid",
    });
    expect(await acceptInvitation(secret, accepted, FROM)).toMatchObject({ ok: true });
    expect(await acceptInvitation(secret, accepted, FROM)).toMatchObject({ code: "not-found" });
    expect((await openBrowser().signIn("ben@desk.example", "seven quiet herons")).status).toBe(200);
  });

  it("asked for again under its id answers the same account with a fresh link", async () => {
    const id = "7b0c3d7e-8a64-4f0f-9b34-0d1c5a7e2f11";
    const input = { id, email: "cleo@desk.example", name: "Cleo", isAdmin: false };
    const first = await createUser(COMMAND, input);
    const again = await createUser(COMMAND, input);
    if (!first.ok || !again.ok) throw new Error("refused");
    expect([first.value.made, again.value.made]).toEqual([true, false]);
    expect(again.value.value.id).toBe(id);
    expect(await readLink(secretOf(first.value.value.url))).toMatchObject({ code: "not-found" });
    expect(await readLink(secretOf(again.value.value.url))).toMatchObject({ ok: true });
    expect(await createUser(COMMAND, { ...input, name: "Klio" })).toMatchObject({ code: "conflict" });
    expect(await createUser(COMMAND, { ...input, email: "other@desk.example" })).toMatchObject({ code: "conflict" });
  });
});

describe("a reset", () => {
  it("sets the password, ends what was open, works once, and not for a disabled account", async () => {
    const person = await makePerson({ password: "seven quiet herons" });
    await makeSession(person);
    const older = await makeResetLink(COMMAND, person.id);
    const link = await makeResetLink(COMMAND, person.id);
    if (!older.ok || !link.ok) throw new Error("refused");
    const password = "nine loud sparrows";
    expect(await acceptReset(secretOf(older.value.url), { password }, FROM)).toMatchObject({ code: "not-found" });
    expect(await acceptInvitation(secretOf(link.value.url), { name: "X", password }, FROM)).toMatchObject({
      code: "not-found",
    });
    const done = await acceptReset(secretOf(link.value.url), { password }, FROM);
    if (!done.ok) throw new Error(done.message);
    const living = await prisma().session.findMany({ where: { userId: person.id, revokedAt: null } });
    expect(living.map(({ id }) => id)).toEqual([done.value.sessionId]);
    expect(await acceptReset(secretOf(link.value.url), { password }, FROM)).toMatchObject({ code: "not-found" });

    const last = await makeResetLink(COMMAND, person.id);
    await prisma().user.update({ where: { id: person.id }, data: { disabledAt: new Date() } });
    expect(await acceptReset(secretOf(last.ok ? last.value.url : ""), { password }, FROM)).toMatchObject({
      code: "not-found",
    });
    expect(await makeResetLink(COMMAND, person.id)).toMatchObject({ code: "conflict" });
  });

  it("is over after a day", async () => {
    const person = await makePerson({ password: "seven quiet herons" });
    const link = await makeResetLink(COMMAND, person.id);
    if (!link.ok) throw new Error("refused");
    expect(Date.parse(link.value.expiresAt) - Date.now()).toBeGreaterThan(23 * 3600 * 1000);
    await prisma().$executeRaw`UPDATE "OneTimeLink" SET "expiresAt" = now() WHERE "userId" = ${person.id}::uuid`;
    expect(await readLink(secretOf(link.value.url))).toMatchObject({ code: "not-found" });
  });
});

describe("an invitation to a project", () => {
  let editor: Person;
  let projectId: string;
  beforeAll(async () => {
    editor = await makePerson({ name: "Editor" });
    projectId = await makeProject([[editor, "EDITOR"]]);
  });

  async function invite(email: string) {
    const { actor } = await makeSession(editor);
    const added = await addMember(actor, projectId, { email, roles: ["REVIEWER"] });
    if (!added.ok) throw new Error(added.message);
    return { actor, secret: secretOf(added.value.value.invitationUrl) };
  }

  it("makes the account with its roles there and nothing else", async () => {
    const { actor, secret } = await invite("dora@desk.example");
    expect(await listInvitations(actor, projectId)).toMatchObject({
      value: { items: [{ email: "dora@desk.example" }] },
    });
    const done = await acceptInvitation(secret, { name: "Dora", password: "seven quiet herons" }, FROM);
    if (!done.ok) throw new Error(done.message);
    const user = await prisma().user.findUniqueOrThrow({
      where: { id: done.value.userId },
      include: { members: true },
    });
    expect(user).toMatchObject({ isAdmin: false, members: [{ projectId, roles: ["REVIEWER"] }] });
    expect(await listInvitations(actor, projectId)).toMatchObject({ value: { items: [] } });
  });

  it("sets no password where the e-mail has an account by then: its owner signs in and joins", async () => {
    const { secret } = await invite("emil@desk.example");
    const owner = await makePerson({ name: "Emil", password: "seven quiet herons" });
    await prisma().user.update({ where: { id: owner.id }, data: { email: "emil@desk.example" } });
    expect(await readLink(secret)).toMatchObject({ value: { hasAccount: true } });
    const taken = await acceptInvitation(secret, { name: "Mallory", password: "nine loud sparrows" }, FROM);
    expect(taken).toMatchObject({ code: "conflict", errors: [{ code: "has-account" }] });
    const stranger = await makeSession(await makePerson());
    expect(await joinProject(stranger.actor, secret)).toMatchObject({ code: "forbidden" });
    const { actor } = await makeSession(owner);
    expect(await joinProject(actor, secret)).toEqual({ ok: true, value: { projectId } });
    expect(await joinProject(actor, secret)).toMatchObject({ code: "not-found" });
  });

  it("can be withdrawn", async () => {
    const { actor, secret } = await invite("fay@desk.example");
    const listed = await listInvitations(actor, projectId);
    const id = listed.ok ? (listed.value.items[0]?.id ?? "") : "";
    const stranger = (await makeSession(await makePerson())).actor;
    expect(await withdrawInvitation(stranger, projectId, id)).toMatchObject({ code: "not-found" });
    expect(await withdrawInvitation(actor, projectId, id)).toMatchObject({ ok: true });
    expect(await acceptInvitation(secret, { name: "Fay", password: "seven quiet herons" }, FROM)).toMatchObject({
      code: "not-found",
    });
  });

  it("is void when its project is gone", async () => {
    const { secret } = await invite("gus@desk.example");
    await prisma().project.update({ where: { id: projectId }, data: { deletedAt: new Date() } });
    expect(await readLink(secret)).toMatchObject({ code: "not-found" });
    expect(await acceptInvitation(secret, { name: "Gus", password: "seven quiet herons" }, FROM)).toMatchObject({
      code: "not-found",
    });
  });
});
