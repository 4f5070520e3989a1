/** People in tests: accounts, projects and roles put straight into the database, and requests as they would send them. */
import { randomBytes, randomUUID } from "node:crypto";
import type { Actor, Role } from "../../access/actor";
import { DEFAULT_SCOPE } from "../../regions/roles";
import { ok } from "../../result";
import { DEFAULT_SCHEME } from "../../scheme/default";
import { prisma, transaction } from "../db";
import { hashPassword } from "../password";
import { keepLabels, plain } from "../schemes";
import { hashSecret, sessionCookie } from "../session";

process.env.NEXTAUTH_SECRET ??= randomBytes(32).toString("base64url");
process.env.NEXTAUTH_URL ??= "http://127.0.0.1:3000";

export const ORIGIN = "http://127.0.0.1:3000";

export type Person = { readonly id: string; readonly name: string; readonly email: string; readonly isAdmin: boolean };

/** Without a password nobody signs in by form; sessions and tokens are made directly. */
export async function makePerson(
  options: { name?: string; isAdmin?: boolean; password?: string } = {},
): Promise<Person> {
  const { name = "Someone", isAdmin = false, password } = options;
  const hash = password === undefined ? null : await hashPassword(password);
  const passwordHash = hash?.ok ? hash.value : null;
  const email = `${randomUUID()}@desk.example`;
  const { id } = await prisma().user.create({ data: { email, name, isAdmin, passwordHash } });
  return { id, name, email, isAdmin };
}

export async function makeSession(person: Person): Promise<{ readonly actor: Actor; readonly cookie: string }> {
  const inTwoWeeks = new Date(Date.now() + 14 * 24 * 3600 * 1000);
  const session = await prisma().session.create({ data: { userId: person.id, expiresAt: inTwoWeeks } });
  const { name, value } = await sessionCookie(session.id, person.id);
  const via = { kind: "session", sessionId: session.id } as const;
  return {
    actor: { userId: person.id, name: person.name, isAdmin: person.isAdmin, via },
    cookie: `${name}=${value}`,
  };
}

export async function makeToken(
  person: Person,
  options: { readOnly?: boolean; projectId?: string } = {},
): Promise<string> {
  const secret = `gloss_${randomBytes(32).toString("base64url")}`;
  const { readOnly = false, projectId = null } = options;
  await prisma().apiToken.create({
    data: { userId: person.id, name: "test", readOnly, projectId, secretHash: hashSecret(secret) },
  });
  return secret;
}

/** With the default scheme. */
export async function makeProject(members: readonly (readonly [Person, ...Role[]])[] = []): Promise<string> {
  const project = await prisma().project.create({ data: { name: "A project", scope: [...DEFAULT_SCOPE] } });
  const { id: projectId } = project;
  await prisma().schemeVersion.create({ data: { projectId, version: 1, scheme: plain(DEFAULT_SCHEME) } });
  await prisma().guidelineVersion.create({ data: { projectId, version: 1, markdown: "Mark what matters." } });
  await transaction(async (tx) => ok(await keepLabels(tx, projectId, DEFAULT_SCHEME)));
  for (const [person, ...roles] of members)
    await prisma().member.create({ data: { projectId, userId: person.id, roles } });
  return projectId;
}

type Handle = (
  request: Request,
  context: { readonly params: Promise<Record<string, string | string[]>> },
) => Promise<Response>;

export type Sent = {
  readonly method?: string;
  readonly path?: string;
  readonly params?: Readonly<Record<string, string | string[]>>;
  readonly cookie?: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON unless it is a string. */
  readonly body?: unknown;
};

/** A request as a page of Gloss (with a cookie: same origin) or a script (with a token) would send it. */
export async function send(handler: Handle, sent: Sent = {}): Promise<Response> {
  const { method = "GET", path = "/", params = {}, cookie, token, body } = sent;
  const headers = new Headers({ host: new URL(ORIGIN).host });
  if (cookie !== undefined) {
    headers.set("cookie", cookie);
    headers.set("origin", ORIGIN);
  }
  if (token !== undefined) headers.set("authorization", `Bearer ${token}`);
  if (body !== undefined) headers.set("content-type", "application/json");
  for (const [name, value] of Object.entries(sent.headers ?? {})) {
    if (value === "") headers.delete(name);
    else headers.set(name, value);
  }
  const request = new Request(`${ORIGIN}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return handler(request, { params: Promise.resolve({ ...params }) });
}
