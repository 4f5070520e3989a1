/** Projects, schemes, guidelines, members, batches and audit through their HTTP doors (attack rows Z01, Z04, W01, L02). */
import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { GET as getAudit } from "@/app/api/v1/projects/[project]/audit/route";
import { PATCH as patchBatch } from "@/app/api/v1/projects/[project]/batches/[batch]/route";
import { GET as getBatches, POST as postBatch } from "@/app/api/v1/projects/[project]/batches/route";
import { GET as getGuideline, PUT as putGuideline } from "@/app/api/v1/projects/[project]/guideline/route";
import { DELETE as deleteMember, PATCH as patchMember } from "@/app/api/v1/projects/[project]/members/[user]/route";
import { GET as getMembers, POST as postMember } from "@/app/api/v1/projects/[project]/members/route";
import { GET as getProject, PATCH as patchProject } from "@/app/api/v1/projects/[project]/route";
import { GET as getScheme, PUT as putScheme } from "@/app/api/v1/projects/[project]/scheme/route";
import { GET as getVersions } from "@/app/api/v1/projects/[project]/scheme/versions/route";
import { GET as getProjects, POST as postProject } from "@/app/api/v1/projects/route";
import type { Scheme } from "@/lib/scheme/scheme";
import { prisma } from "@/lib/server/db";
import { makePerson, makeProject, makeSession, makeToken, type Person, send } from "@/lib/server/testing/people";

let admin: string;
let editor: Person;
let asEditor: string;

beforeAll(async () => {
  admin = (await makeSession(await makePerson({ name: "Admin", isAdmin: true }))).cookie;
  editor = await makePerson({ name: "Editor" });
  asEditor = (await makeSession(editor)).cookie;
});

describe("a project", () => {
  it("is made once under its id, with scheme, guideline and labels; repeated it is the same, with other content 409", async () => {
    const id = randomUUID();
    const body = { id, name: "  Harbour affair ", description: "Two\nlines" };
    const make = (over = {}) => send(postProject, { method: "POST", cookie: admin, body: { ...body, ...over } });
    const both = await Promise.all([make(), make()]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 201]);
    const project = await (both[0] ?? new Response()).json();
    expect(project).toMatchObject({
      id,
      name: "Harbour affair",
      reviewersPerArticle: 2,
      blind: true,
      scope: ["headline", "standfirst", "subheading", "body"],
      schemeVersion: 1,
      roles: ["EDITOR"],
    });
    await send(patchProject, { method: "PATCH", cookie: admin, params: { project: id }, body: { name: "Renamed" } });
    expect((await make()).status).toBe(200);
    expect((await make({ name: "Something else" })).status).toBe(409);
    expect(await prisma().projectLabel.count({ where: { projectId: id } })).toBe(4);
    expect((await getText(getGuideline, id, admin)).markdown).toContain("#");
  });

  const getText = async (handler: typeof getGuideline, project: string, cookie: string) =>
    (await send(handler, { cookie, params: { project } })).json();

  it("is not made by anyone but administrators, nor with fields that are not there", async () => {
    const make = (cookie: string, body: unknown) => send(postProject, { method: "POST", cookie, body });
    expect((await make(asEditor, { name: "Mine" })).status).toBe(403);
    const refused = await make(admin, { name: "Mine", createdBy: editor.id, roles: ["EDITOR"] });
    expect(refused.status).toBe(422);
    expect(
      (await refused.json()).errors.map((fault: { path: string; code: string }) => [fault.path, fault.code]),
    ).toEqual([
      ["createdBy", "unknown-field"],
      ["roles", "unknown-field"],
    ]);
    const nameless = await make(admin, { description: "No name" });
    expect((await nameless.json()).errors).toMatchObject([{ path: "name", code: "required" }]);
    for (const name of ["", " ", "a\nb", "nul \0", "x".repeat(201)])
      expect((await make(admin, { name })).status).toBe(422);
  });

  it("is listed by pages to its members only, whatever cursor they make up", async () => {
    const person = await makePerson();
    const { cookie } = await makeSession(person);
    const ids = [];
    for (let n = 0; n < 5; n++) ids.push(await makeProject([[person, "REVIEWER"]]));
    await makeProject([[editor, "EDITOR"]]);
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const path: string = cursor ? `/?limit=2&cursor=${cursor}` : "/?limit=2";
      const page = await (await send(getProjects, { cookie, path })).json();
      seen.push(...page.items.map(({ id }: { id: string }) => id));
      cursor = page.nextCursor;
    }
    expect(seen.sort()).toEqual(ids.sort());
    for (const path of [
      "/?cursor=x",
      `/?cursor=${btoa('["name",1,2]')}`,
      "/?limit=0",
      "/?limit=201",
      "/?sort=id",
      "/?where=1",
    ])
      expect((await send(getProjects, { cookie, path })).status).toBe(400);
    const newest = await (await send(getProjects, { cookie, path: "/?sort=-createdAt&limit=1" })).json();
    expect(newest.items).toHaveLength(1);
    expect((await send(getProjects, { cookie, path: `/?sort=-createdAt&cursor=${newest.nextCursor}` })).status).toBe(
      200,
    );
    expect((await send(getProjects, { cookie, path: `/?cursor=${newest.nextCursor}` })).status).toBe(400);
  });
});

describe("a scheme", () => {
  const scheme = async (project: string) => {
    const response = await send(getScheme, { cookie: asEditor, params: { project } });
    const { version, ...rest } = await response.json();
    return { version, etag: response.headers.get("etag") ?? "", scheme: rest as Scheme };
  };
  const put = (project: string, body: unknown, match: string) =>
    send(putScheme, { method: "PUT", cookie: asEditor, params: { project }, body, headers: { "if-match": match } });

  it("goes to its next version over the one that was read, and over no other", async () => {
    const project = await makeProject([[editor, "EDITOR"]]);
    const read = await scheme(project);
    expect(read.etag).toBe('"1"');
    const next = {
      ...read.scheme,
      labels: read.scheme.labels.map((label) => (label.key === "FRAMING" ? { ...label, archived: true } : label)),
    };
    expect((await put(project, next, "")).status).toBe(428);
    expect((await put(project, next, '"7"')).status).toBe(412);
    const both = await Promise.all([put(project, next, read.etag), put(project, { ...next, coexist: [] }, read.etag)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    const behind = await Promise.all(both.filter(({ status }) => status === 412).map((response) => response.json()));
    expect(behind[0].errors[0]).toMatchObject({ code: "behind", current: 2 });
    expect((await scheme(project)).version).toBe(2);
    const old = await send(getScheme, { cookie: asEditor, params: { project }, path: "/?version=1" });
    expect(await old.json()).toEqual({ version: 1, ...read.scheme });
    const rows = await prisma().projectLabel.findMany({ where: { projectId: project, archived: true } });
    expect(rows.map(({ key }) => key)).toEqual(["FRAMING"]);
    const versions = await (await send(getVersions, { cookie: asEditor, params: { project } })).json();
    expect(versions.items.map((one: { version: number }) => one.version)).toEqual([2, 1]);
    expect(versions.items[0].createdBy).toEqual({ id: editor.id, name: "Editor" });
  });

  it("loses no label, takes the same words without a new version, and nothing that does not hold together", async () => {
    const project = await makeProject([[editor, "EDITOR"]]);
    const read = await scheme(project);
    const fewer = { ...read.scheme, labels: read.scheme.labels.slice(1) };
    expect((await put(project, fewer, read.etag)).status).toBe(422);
    expect((await (await put(project, read.scheme, read.etag)).json()).version).toBe(1);
    const twice = { ...read.scheme, labels: [...read.scheme.labels, read.scheme.labels[0]] };
    const refused = await put(project, twice, read.etag);
    expect(refused.status).toBe(422);
    expect((await refused.json()).errors.map((fault: { code: string }) => fault.code)).toContain("duplicate-key");
    expect((await put(project, { ...read.scheme, version: 9 }, read.etag)).status).toBe(422);
  });

  it("and a guideline goes the same way", async () => {
    const project = await makeProject([[editor, "EDITOR"]]);
    const words = (markdown: string, match: string) =>
      send(putGuideline, {
        method: "PUT",
        cookie: asEditor,
        params: { project },
        body: { markdown },
        headers: { "if-match": match },
      });
    expect((await words("# New", "")).status).toBe(428);
    const made = await words("# New", '"1"');
    expect([made.status, made.headers.get("etag")]).toEqual([200, '"2"']);
    expect((await words("# Newer", '"1"')).status).toBe(412);
    expect((await words("half \ud800", '"2"')).status).toBe(422);
    const read = await send(getGuideline, { cookie: asEditor, params: { project } });
    expect(await read.json()).toEqual({ version: 2, markdown: "# New" });
  });
});

describe("members", () => {
  it("come by account or by invitation, have roles, and leave", async () => {
    const project = await makeProject([[editor, "EDITOR"]]);
    const person = await makePerson({ name: "Newcomer" });
    const add = (body: unknown) => send(postMember, { method: "POST", cookie: asEditor, params: { project }, body });
    const first = await add({ email: person.email.toUpperCase(), roles: ["REVIEWER", "REVIEWER"] });
    expect(first.status).toBe(201);
    expect((await first.json()).member).toMatchObject({ userId: person.id, roles: ["REVIEWER"], imported: false });
    expect((await add({ userId: person.id, roles: ["REVIEWER"] })).status).toBe(200);
    expect((await add({ userId: person.id, roles: ["EDITOR"] })).status).toBe(409);
    const invited = await (await add({ email: "new@desk.example", roles: ["VIEWER"] })).json();
    expect(invited).toMatchObject({ member: null, invitationUrl: expect.stringContaining("/invitation/") });
    for (const body of [
      { roles: ["REVIEWER"] },
      { email: "a@desk.example", userId: person.id, roles: ["REVIEWER"] },
      { email: "a@desk.example", roles: [] },
      { email: "a@desk.example", roles: ["ADMIN"] },
      { email: "no address", roles: ["REVIEWER"] },
      { userId: randomUUID(), roles: ["REVIEWER"] },
    ])
      expect((await add(body)).status).toBe(422);

    const { cookie } = await makeSession(person);
    const see = () => send(getProject, { cookie, params: { project } });
    const members = () => send(getMembers, { cookie, params: { project } });
    expect([(await see()).status, (await members()).status]).toEqual([200, 403]);
    const at = { params: { project, user: person.id }, cookie: asEditor };
    expect((await send(patchMember, { ...at, method: "PATCH", body: { roles: ["EDITOR"] } })).status).toBe(200);
    expect((await members()).status).toBe(200);
    expect((await send(deleteMember, { ...at, method: "DELETE" })).status).toBe(204);
    expect((await send(deleteMember, { ...at, method: "DELETE" })).status).toBe(404);
    expect([(await see()).status, (await members()).status]).toEqual([404, 404]);
  });
});

describe("batches", () => {
  it("have their people from among the members, and count their articles", async () => {
    const reviewer = await makePerson({ name: "Reviewer" });
    const project = await makeProject([
      [editor, "EDITOR"],
      [reviewer, "REVIEWER"],
    ]);
    const body = { id: randomUUID(), name: "First week", people: [reviewer.id], deadline: "2030-01-02T03:04:05+02:00" };
    const make = (over = {}) =>
      send(postBatch, { method: "POST", cookie: asEditor, params: { project }, body: { ...body, ...over } });
    expect((await make()).status).toBe(201);
    expect((await make()).status).toBe(200);
    expect((await make({ name: "Second week" })).status).toBe(409);
    expect((await make({ id: randomUUID(), people: [randomUUID()] })).status).toBe(422);
    const other = await makeProject([[editor, "EDITOR"]]);
    const at = { method: "PATCH", cookie: asEditor, body: { priority: 3, deadline: null } };
    expect((await send(patchBatch, { ...at, params: { project: other, batch: body.id } })).status).toBe(404);
    expect((await send(patchBatch, { ...at, params: { project, batch: body.id } })).status).toBe(200);
    const listed = await (await send(getBatches, { cookie: asEditor, params: { project } })).json();
    expect(listed.items).toEqual([
      expect.objectContaining({
        name: "First week",
        priority: 3,
        deadline: null,
        people: [reviewer.id],
        articles: 0,
        settled: 0,
      }),
    ]);
  });
});

describe("the audit", () => {
  it("tells an editor who did what, newest first, by pages and filters", async () => {
    const project = await makeProject([[editor, "EDITOR"]]);
    for (const name of ["One", "Two", "Three"])
      await send(patchProject, { method: "PATCH", cookie: asEditor, params: { project }, body: { name } });
    await send(postBatch, { method: "POST", cookie: asEditor, params: { project }, body: { name: "B" } });
    const read = async (path: string) => (await send(getAudit, { cookie: asEditor, params: { project }, path })).json();
    const first = await read("/?limit=3");
    expect(first.items.map(({ type }: { type: string }) => type)).toEqual([
      "batch.created",
      "project.changed",
      "project.changed",
    ]);
    expect(first.items[1]).toMatchObject({ actor: { name: "Editor" }, data: { fields: ["name"] } });
    expect((await read(`/?cursor=${first.nextCursor}`)).items).toHaveLength(1);
    expect((await read("/?kind=batch")).items).toHaveLength(1);
    expect((await read("/?kind=project.changed")).items).toHaveLength(3);
    expect((await read(`/?person=${randomUUID()}`)).items).toHaveLength(0);
    expect((await read("/?since=2999-01-01T00:00:00Z")).items).toHaveLength(0);
  });
});

describe("tokens", () => {
  it("read-only, of another project, revoked, ended, of a disabled owner, in the query: each refused", async () => {
    const [mine, other] = [await makeProject([[editor, "EDITOR"]]), await makeProject([[editor, "EDITOR"]])];
    const [full, reading, bound] = [
      await makeToken(editor),
      await makeToken(editor, { readOnly: true }),
      await makeToken(editor, { projectId: mine }),
    ];
    const see = (project: string, token: string) => send(getProject, { token, params: { project } });
    const change = (project: string, token: string) =>
      send(patchProject, { method: "PATCH", token, params: { project }, body: { description: token } });
    expect((await change(mine, full)).status).toBe(200);
    expect([(await see(mine, reading)).status, (await change(mine, reading)).status]).toEqual([200, 403]);
    expect([
      (await change(mine, bound)).status,
      (await see(other, bound)).status,
      (await change(other, bound)).status,
    ]).toEqual([200, 404, 404]);
    const listed = await (await send(getProjects, { token: bound })).json();
    expect(listed.items.map(({ id }: { id: string }) => id)).toEqual([mine]);

    await prisma()
      .$executeRaw`UPDATE "ApiToken" SET "revokedAt" = now() WHERE "userId" = ${editor.id}::uuid AND "readOnly"`;
    expect((await see(mine, reading)).status).toBe(401);
    await prisma()
      .$executeRaw`UPDATE "ApiToken" SET "expiresAt" = now() WHERE "userId" = ${editor.id}::uuid AND "projectId" IS NOT NULL`;
    expect((await see(mine, bound)).status).toBe(401);
    const at = { params: { project: mine } };
    expect((await send(getProject, { ...at, path: `/?token=${full}` })).status).toBe(401);
    expect((await send(getProject, { ...at, path: `/?access_token=${full}`, cookie: asEditor })).status).toBe(400);
    // A Bearer header that is not valid is nobody, whatever cookie comes with it.
    expect((await send(getProject, { ...at, token: "gloss_nonsense", cookie: asEditor })).status).toBe(401);
    await prisma().user.update({ where: { id: editor.id }, data: { disabledAt: new Date() } });
    expect((await see(mine, full)).status).toBe(401);
    await prisma().user.update({ where: { id: editor.id }, data: { disabledAt: null } });
  });
});

describe("writes with a cookie", () => {
  it.each([
    ["no Origin", { origin: "" }],
    ["Origin: null", { origin: "null" }],
    ["another site", { origin: "https://evil.example" }],
    ["a sibling", { origin: "http://other.127.0.0.1:3000" }],
    ["another port", { origin: "http://127.0.0.1:3001" }],
    ["a fetch that says so", { "sec-fetch-site": "same-site" }],
    ["a navigation", { "sec-fetch-site": "cross-site" }],
  ])("from %s are refused before any effect", async (_name, headers) => {
    const project = await makeProject([[editor, "EDITOR"]]);
    const body = { name: "Hijacked" };
    const response = await send(patchProject, {
      method: "PATCH",
      cookie: asEditor,
      params: { project },
      body,
      headers,
    });
    expect(response.status).toBe(403);
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
    expect((await prisma().project.findUniqueOrThrow({ where: { id: project } })).name).toBe("A project");
  });

  it.each(["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"])(
    "as %s are not taken",
    async (type) => {
      const project = await makeProject([[editor, "EDITOR"]]);
      const body = JSON.stringify({ name: "Hijacked" });
      const at = { method: "PATCH", cookie: asEditor, params: { project } };
      expect((await send(patchProject, { ...at, body, headers: { "content-type": type } })).status).toBe(415);
    },
  );
});

describe("what goes wrong", () => {
  it("is said without a word of how Gloss is built", async () => {
    const project = await makeProject([[editor, "EDITOR"]]);
    const at = { method: "PATCH", cookie: asEditor, params: { project } };
    const json = { "content-type": "application/json" };
    expect((await send(patchProject, { ...at, body: "{not json", headers: json })).status).toBe(400);
    expect((await send(patchProject, { ...at, body: "[1, 2]", headers: json })).status).toBe(422);
    expect((await send(patchProject, { ...at, body: { name: 7 } })).status).toBe(422);
    await prisma().$executeRaw`ALTER TABLE "Project" RENAME COLUMN "blind" TO "blinded"`;
    try {
      const failed = await send(patchProject, { ...at, body: { name: "Name" } });
      expect([failed.status, failed.headers.get("content-type")]).toEqual([500, "application/problem+json"]);
      const text = await failed.text();
      expect(text).toMatch(/Request [0-9a-f-]{36}/);
      expect(text).not.toMatch(/prisma|sql|column|select|stack|\.ts|node_modules|P20|42703/i);
    } finally {
      await prisma().$executeRaw`ALTER TABLE "Project" RENAME COLUMN "blinded" TO "blind"`;
    }
    expect((await send(patchProject, { ...at, body: { name: "Name" } })).status).toBe(200);
  });
});
