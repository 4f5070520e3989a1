/** Every test that connects does so to a server on loopback that is allowed by its address and port; another one listens and must hear nothing. */
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { GET as GET_ORIGINAL } from "../../app/api/v1/articles/[article]/original/route";
import { GET as GET_ARTICLE } from "../../app/api/v1/articles/[article]/route";
import { POST as POST_URL } from "../../app/api/v1/projects/[project]/imports/url/route";
import { formats } from "../formats/registry";
import { docxOf, pdfOf } from "../formats/testing/office";
import { prisma } from "./db";
import { isPublic, type Outbound, outbound } from "./outbound";
import { makePerson, makeProject, makeSession, send } from "./testing/people";

const LIMITS = { bytes: 100_000, totalMs: 5_000, idleMs: 2_000, redirects: 5 };

const BOMB = { gzip: gzipSync(Buffer.alloc(50_000_000)), brotli: brotliCompressSync(Buffer.alloc(9_000_000)) };

let site: Server;
let canary: Server;
let heard: string[] = [];
let answer: RequestListener;
const portOf = (server: Server) => (server.address() as AddressInfo).port;
const listening = (server: Server) => new Promise<void>((done) => server.listen(0, "127.0.0.1", done));

beforeAll(async () => {
  site = createServer((request, response) => answer(request, response));
  canary = createServer((request, response) => {
    heard.push(request.url ?? "");
    response.end("secret");
  });
  await Promise.all([listening(site), listening(canary)]);
});
afterAll(() => {
  for (const server of [site, canary]) {
    server.closeAllConnections();
    server.close();
  }
});
afterEach(() => {
  expect(heard).toEqual([]);
  heard = [];
});

const here = (path = "/") => `http://127.0.0.1:${portOf(site)}${path}`;
const ask = async (url: string, more: Partial<Outbound> = {}) =>
  outbound({ url, limits: LIMITS, allow: [`127.0.0.1:${portOf(site)}`], ...more });
const codeOf = (result: Awaited<ReturnType<typeof ask>>) => (result.ok ? result.value.status : result.errors[0]?.code);

it.each([
  ["127.0.0.1", "loopback"],
  ["127.8.9.10", "all of loopback"],
  ["0.0.0.0", "this host"],
  ["0.1.2.3", "this network"],
  ["10.0.0.1", "private"],
  ["172.16.0.1", "private"],
  ["172.31.255.255", "private"],
  ["192.168.1.1", "private"],
  ["169.254.169.254", "metadata"],
  ["168.63.129.16", "a cloud's door to its machines"],
  ["100.64.0.1", "CGNAT"],
  ["100.100.100.200", "metadata in CGNAT"],
  ["192.0.0.192", "metadata in a reserved block"],
  ["192.0.2.1", "for documentation"],
  ["198.18.0.1", "for benchmarks"],
  ["224.0.0.1", "multicast"],
  ["240.0.0.1", "reserved"],
  ["255.255.255.255", "broadcast"],
  ["::", "unspecified"],
  ["::1", "loopback"],
  ["::127.0.0.1", "IPv4-compatible"],
  ["::ffff:127.0.0.1", "IPv4-mapped"],
  ["::ffff:7f00:1", "IPv4-mapped, in hexadecimal"],
  ["::ffff:169.254.169.254", "IPv4-mapped metadata"],
  ["::ffff:0:127.0.0.1", "IPv4-translated"],
  ["64:ff9b::7f00:1", "NAT64"],
  ["64:ff9b::a9fe:a9fe", "NAT64 metadata"],
  ["64:ff9b:1::7f00:1", "NAT64 of a network's own"],
  ["fe80::1", "link-local"],
  ["fe80::1%eth0", "link-local with a zone"],
  ["fc00::1", "ULA"],
  ["fd00:ec2::254", "metadata in ULA"],
  ["fec0::1", "site-local"],
  ["ff02::1", "multicast"],
  ["2002:7f00:1::", "6to4"],
  ["2001:0:53aa:64c:0:fbff:80ff:fffe", "Teredo"],
  ["2001:db8::1", "for documentation"],
  ["100::1", "discard"],
  ["not an address", "nothing"],
])("%s (%s) is not public", (address) => expect(isPublic(address)).toBe(false));

it.each(["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])("%s is public", (one) =>
  expect(isPublic(one)).toBe(true),
);

it.each<[string, string]>([
  ["http://127.0.0.1:PORT/", "private-address"],
  ["http://localhost:PORT/", "private-address"],
  ["http://[::1]:PORT/", "private-address"],
  ["http://[::ffff:127.0.0.1]:PORT/", "private-address"],
  ["http://[::ffff:7f00:1]:PORT/", "private-address"],
  ["http://[64:ff9b::7f00:1]:PORT/", "private-address"],
  ["http://2130706433:PORT/", "private-address"],
  ["http://0x7f000001:PORT/", "private-address"],
  ["http://0177.0.0.1:PORT/", "private-address"],
  ["http://127.1:PORT/", "private-address"],
  ["http://0:PORT/", "private-address"],
  ["http://①②⑦.0.0.1:PORT/", "private-address"],
  ["http://169.254.169.254/latest/meta-data/", "private-address"],
  ["https://10.0.0.1/", "private-address"],
  ["http://user:word@127.0.0.1:PORT/", "credentials"],
  ["ftp://127.0.0.1:PORT/", "not-http"],
  ["file:///etc/passwd", "not-http"],
  ["gopher://127.0.0.1:PORT/", "not-http"],
  ["data:text/html,hello", "not-http"],
  ["javascript:alert(1)", "not-http"],
  ["//127.0.0.1/", "bad-url"],
  ["http://", "bad-url"],
  ["http://256.256.256.256/", "bad-url"],
  [`http://example.org/${"a".repeat(3_000)}`, "bad-url"],
])("%.60s: %s, and nobody is asked", async (url, code) => {
  expect(codeOf(await ask(url.replace("PORT", String(portOf(canary)))))).toBe(code);
});

it.each<[string, readonly string[]]>([
  ["127.0.0.1.nip.io, which is loopback", ["127.0.0.1"]],
  ["a name with a public and a private address", ["93.184.215.14", "10.0.0.1"]],
  ["a name for metadata", ["169.254.169.254"]],
  ["a name for a mapped address", ["::ffff:127.0.0.1"]],
])("%s", async (_, addresses) => {
  const found = await ask(`http://name.test:${portOf(canary)}/`, { resolve: async () => addresses });
  expect(codeOf(found)).toBe("private-address");
});

it("connects to the address that was looked at: a name that has another a moment later wins nothing", async () => {
  answer = (request, response) => response.end(`for ${request.headers.host}`);
  let asked = 0;
  const resolve = async () => (asked++ === 0 ? ["127.0.0.1"] : ["127.0.0.2"]);
  const found = await ask(`http://rebind.test:${portOf(site)}/`, { resolve });
  expect(found).toMatchObject({ ok: true, value: { status: 200 } });
  expect(found.ok && Buffer.from(found.value.body).toString()).toBe(`for rebind.test:${portOf(site)}`);
  expect(asked).toBe(1);
});

it("looks at each redirect, wherever it comes in a row", async () => {
  const to: Record<string, string> = {
    "/1": "/2",
    "/2": "/3",
    "/3": `http://127.0.0.1:${portOf(canary)}/`,
    "/metadata": "http://169.254.169.254/latest/meta-data/",
    "/mapped": `http://[::ffff:127.0.0.1]:${portOf(canary)}/`,
    "/named": `http://inner.test:${portOf(canary)}/`,
    "/file": "file:///etc/passwd",
    "/password": `http://a:b@127.0.0.1:${portOf(site)}/`,
    "/round": "/round",
    "/relative": "./end",
  };
  answer = (request, response) => {
    const where = to[request.url ?? ""];
    if (where === undefined) response.end("the end");
    else response.writeHead(302, { Location: where, "Set-Cookie": "a=b" }).end("moved");
  };
  const resolve = async () => ["127.0.0.1"];
  for (const path of ["/1", "/metadata", "/mapped", "/named"])
    expect(codeOf(await ask(here(path), { resolve })), path).toBe("private-address");
  expect(codeOf(await ask(here("/file")))).toBe("not-http");
  expect(codeOf(await ask(here("/password")))).toBe("credentials");
  expect(codeOf(await ask(here("/round")))).toBe("too-many-redirects");
  expect(await ask(here("/relative#part"))).toMatchObject({ ok: true, value: { url: here("/end"), status: 200 } });
  expect(codeOf(await ask(here("/1"), { limits: { ...LIMITS, redirects: 0 } }))).toBe(302);
  expect(codeOf(await ask(here("/1"), { method: "POST", body: "x" }))).toBe(302);
});

it("carries no cookie, and a caller's headers only within one origin", async () => {
  const other = createServer((request, response) => response.end(JSON.stringify(request.headers)));
  await listening(other);
  answer = (request, response) => {
    if (request.url === "/") response.writeHead(302, { Location: "/second", "Set-Cookie": "a=b" }).end();
    else if (request.url === "/second")
      response
        .writeHead(302, { Location: `http://127.0.0.1:${portOf(other)}/`, "X-Had": String(request.headers["x-key"]) })
        .end();
  };
  const found = await ask(here(), {
    headers: { "X-Key": "mine", Accept: "text/html" },
    allow: [`127.0.0.1:${portOf(site)}`, `127.0.0.1:${portOf(other)}`],
  });
  other.close();
  const headers: unknown = found.ok ? JSON.parse(Buffer.from(found.value.body).toString()) : null;
  expect(headers).toMatchObject({ accept: "text/html", "user-agent": expect.stringMatching(/^Gloss/) });
  for (const name of ["cookie", "x-key", "referer", "authorization"]) expect(headers).not.toHaveProperty(name);
});

it("posts a body with its headers", async () => {
  answer = (request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => response.writeHead(202).end(`${request.method} ${request.headers["x-signed"]} ${body}`));
  };
  const found = await ask(here(), { method: "POST", body: '{"a":1}', headers: { "X-Signed": "yes" } });
  expect(found.ok && [found.value.status, Buffer.from(found.value.body).toString()]).toEqual([202, 'POST yes {"a":1}']);
});

it.each<[string, RequestListener, string | number]>([
  ["silence", () => undefined, "timeout"],
  ["a beginning and then silence", (_, response) => void response.write("a"), "timeout"],
  [
    "a byte now and then, for ever",
    (_, response) => {
      const drip = setInterval(() => response.write("a"), 20);
      response.on("close", () => clearInterval(drip));
    },
    "timeout",
  ],
  ["too much of it", (_, response) => void response.end("a".repeat(100_001)), "too-large"],
  ["as much as may be", (_, response) => void response.end("a".repeat(100_000)), 200],
  [
    "a small body that unpacks to too much",
    (_, response) => void response.writeHead(200, { "Content-Encoding": "gzip" }).end(BOMB.gzip),
    "too-large",
  ],
  [
    "the same in Brotli",
    (_, response) => void response.writeHead(200, { "Content-Encoding": "br" }).end(BOMB.brotli),
    "too-large",
  ],
  [
    "what is not packed as it says",
    (_, response) => void response.writeHead(200, { "Content-Encoding": "gzip" }).end("plain"),
    "bad-encoding",
  ],
  [
    "a packing that is not read",
    (_, response) => void response.writeHead(200, { "Content-Encoding": "zstd" }).end("x"),
    "bad-encoding",
  ],
  [
    "a body that breaks off",
    (_, response) => void response.writeHead(200, { "Content-Length": "50" }).write("a", () => response.destroy()),
    "unreachable",
  ],
  [
    "a packed body that breaks off",
    (_, response) =>
      void response
        .writeHead(200, { "Content-Encoding": "gzip" })
        .write(gzipSync("a").subarray(0, 12), () => response.destroy()),
    "unreachable",
  ],
  ["no HTTP at all", (request) => void request.socket.end("hello\r\n"), "unreachable"],
  [
    "a very long header",
    (_, response) => void response.writeHead(200, { "X-Long": "a".repeat(100_000) }).end(),
    "unreachable",
  ],
  ["not found", (_, response) => void response.writeHead(404).end("none"), 404],
])("%s", async (_, listener, code) => {
  answer = listener;
  expect(
    codeOf(await ask(here(), { limits: code === "timeout" ? { ...LIMITS, totalMs: 800, idleMs: 400 } : LIMITS })),
  ).toBe(code);
});

it("unpacks, and may refuse by the head alone", async () => {
  answer = (_, response) =>
    void response.writeHead(200, { "Content-Encoding": "gzip", "Content-Type": "text/html" }).end(gzipSync("<p>hello"));
  const found = await ask(here());
  expect(found.ok && Buffer.from(found.value.body).toString()).toBe("<p>hello");
  const refused = await ask(here(), {
    look: ({ headers }) => ({ ok: false, code: "unsupported", message: headers["content-type"] ?? "", errors: [] }),
  });
  expect(refused).toMatchObject({ ok: false, code: "unsupported", message: "text/html" });
});

it("a name that nobody has, a port where nobody listens, and a resolver that never answers", async () => {
  expect(codeOf(await ask("http://nobody.invalid/", { resolve: async () => [] }))).toBe("unknown-host");
  expect(codeOf(await ask("http://127.0.0.1:1/", { allow: ["127.0.0.1:1"] }))).toBe("unreachable");
  const found = await ask("http://slow.test/", {
    resolve: () => new Promise(() => undefined),
    limits: { ...LIMITS, totalMs: 100 },
  });
  expect(codeOf(found)).toBe("timeout");
});

describe("an article from its address", () => {
  let cookie: string;
  let projectId: string;

  beforeAll(async () => {
    const edda = await makePerson({ name: "Edda" });
    cookie = (await makeSession(edda)).cookie;
    projectId = await makeProject([[edda, "EDITOR"]]);
  });
  beforeEach(() => {
    vi.stubEnv("GLOSS_IMPORT_URL", "1");
    vi.stubEnv("GLOSS_IMPORT_URL_ALLOW", `127.0.0.1:${portOf(site)}`);
  });
  afterEach(() => vi.unstubAllEnvs());

  const give = (type: string, body: string | Buffer, status = 200): RequestListener => {
    return (_, response) => void response.writeHead(status, { "Content-Type": type }).end(body);
  };
  const post = async (url: string) => {
    const response = await send(POST_URL, { method: "POST", params: { project: projectId }, cookie, body: { url } });
    const body = (await response.json()) as {
      readonly errors: readonly { readonly code: string }[];
      readonly notes?: readonly { readonly articleId: string; readonly duplicate?: boolean }[];
    };
    return { status: response.status, code: body.errors[0]?.code, note: body.notes?.[0] };
  };
  const count = () => prisma().article.count({ where: { projectId } });
  /** Of a page that asks for the canary in every way that a page can. */
  const hostile = () => {
    const at = `http://127.0.0.1:${portOf(canary)}`;
    return `<html><head><base href="${at}/base/"><link rel=stylesheet href="${at}/a.css"><style>@import url(${at}/b.css)</style>
      <meta http-equiv=refresh content="0;url=${at}/refresh"><script src="${at}/c.js"></script></head><body><h1>The weir</h1>
      <img src="${at}/d.png" srcset="${at}/e.png 2x"><iframe src="${at}/f"></iframe><object data="${at}/g"></object>
      <p>The weir rose on Friday, officials of the council said in the harbour.</p></body></html>`;
  };

  it("is switched off unless the environment says otherwise, and asks nobody then", async () => {
    let asked = 0;
    answer = () => void asked++;
    for (const off of ["", "0", "no"]) {
      vi.stubEnv("GLOSS_IMPORT_URL", off);
      expect((await post(here())).status).toBe(403);
    }
    expect(asked).toBe(0);
  });

  it("is stored with the page as it came, where and when it was fetched; nothing that the page names is asked for", async () => {
    const page = hostile();
    answer = (request, response) => {
      if (request.url === "/old") response.writeHead(301, { Location: "/2019/the%20weir.html" }).end();
      else give("text/html; charset=utf-8", page)(request, response);
    };
    const { status, note } = await post(here("/old"));
    expect(status).toBe(200);
    const article = (await (
      await send(GET_ARTICLE, { params: { article: note?.articleId ?? "" }, cookie })
    ).json()) as object;
    const url = here("/2019/the%20weir.html");
    expect(article).toMatchObject({
      title: "The weir",
      url,
      original: { url, name: "the weir.html", mediaType: "text/html" },
    });
    const file = await send(GET_ORIGINAL, { params: { article: note?.articleId ?? "" }, cookie });
    expect(await file.text()).toBe(page);
    expect((await post(here("/old"))).note?.duplicate).toBe(true);
    const [entry] = await prisma().auditEntry.findMany({ where: { projectId, type: "articles.imported" } });
    expect(entry?.data).toMatchObject({ url, created: 1 });
  });

  it.each([
    ["text/plain", "text", () => Buffer.from("A plain text of the weir.")],
    ["application/pdf", "pdf", () => pdfOf([[{ x: 50, y: 100, text: "A PDF of the weir." }]])],
    [formats.docx.mediaType, "docx", () => docxOf(["A Word document of the weir."])],
  ])("may be %s", async (type, _, body) => {
    answer = give(type, body());
    const before = await count();
    expect((await post(here())).status).toBe(200);
    expect(await count()).toBe(before + 1);
  });

  it.each<[string, string, RequestListener | null, number, string]>([
    ["a private address", "http://10.1.2.3/", null, 422, "private-address"],
    ["another port of this machine", "CANARY", null, 422, "private-address"],
    ["a mapped address", "http://[::ffff:127.0.0.1]/", null, 422, "private-address"],
    ["no web address", "file:///etc/passwd", null, 422, "not-http"],
    [
      "a redirect to metadata",
      "",
      (_, r) => void r.writeHead(302, { Location: "http://169.254.169.254/" }).end(),
      422,
      "private-address",
    ],
    ["a page that is not there", "", give("text/html", "<p>none</p>", 404), 422, "bad-status"],
    ["a picture", "", give("image/png", "x"), 415, "unsupported"],
    ["a dataset", "", give("application/json", "[]"), 415, "unsupported"],
    ["no type", "", (_, r) => void r.end("x"), 415, "unsupported"],
    ["what says that it is a PDF", "", give("application/pdf", "x"), 422, "not-pdf"],
    ["an empty page", "", give("text/html", ""), 422, "empty"],
    ["too much", "", give("text/plain", Buffer.alloc(33 * 1024 * 1024, 0x61)), 413, "too-large"],
    [
      "a bomb",
      "",
      (_, r) => void r.writeHead(200, { "Content-Type": "text/html", "Content-Encoding": "gzip" }).end(BOMB.gzip),
      413,
      "too-large",
    ],
  ])("%s is refused, and nothing is stored", async (_, url, listener, status, code) => {
    if (listener) answer = listener;
    const before = await count();
    const at = url === "" ? here() : url === "CANARY" ? `http://127.0.0.1:${portOf(canary)}/` : url;
    expect(await post(at)).toMatchObject({ status, code });
    expect(await count()).toBe(before);
  });
});
