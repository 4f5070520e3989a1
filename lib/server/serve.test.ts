import { type IncomingMessage, request } from "node:http";
import { afterEach, expect, test } from "vitest";
import { type Listening, listen } from "./serve";
import { onShutdown, runShutdown } from "./shutdown";

let server: Listening | null = null;
afterEach(async () => {
  await server?.stop(0);
  server = null;
});

const ask = (port: number, path = "/", headers: Record<string, string> = {}) =>
  new Promise<{ status: number; headers: IncomingMessage["headers"]; body: string }>((done, fail) => {
    request({ host: "127.0.0.1", port, path, headers, agent: false }, (response) => {
      let body = "";
      response.on("data", (chunk) => {
        body += chunk;
      });
      response.on("end", () => done({ status: response.statusCode ?? 0, headers: response.headers, body }));
      response.on("error", fail);
    })
      .on("error", fail)
      .end();
  });

/** Something that happens once, and can be waited for. */
function signal(): { readonly given: Promise<void>; give(): void } {
  let give = () => {};
  const given = new Promise<void>((done) => {
    give = done;
  });
  return { given, give: () => give() };
}

test("is bound at once and says 503 until there is an app", async () => {
  server = await listen("127.0.0.1", 0);
  const answer = await ask(server.port);
  expect(answer).toMatchObject({ status: 503, headers: { "retry-after": "5", "cache-control": "no-store" } });
  expect(answer.body).toBe("Gloss is starting.\n");
});

test("sets the headers of every answer, whoever gives it", async () => {
  server = await listen("127.0.0.1", 0);
  for (const path of ["/", "/api/v1/me", "/%25", "/_next/static/x.js"]) {
    const { headers } = await ask(server.port, path);
    expect(headers).toMatchObject({
      ...{ "x-content-type-options": "nosniff", "x-frame-options": "DENY", "referrer-policy": "same-origin" },
      ...{ "cross-origin-opener-policy": "same-origin", "cross-origin-resource-policy": "same-origin" },
    });
    expect(headers["content-security-policy"]).toMatch(/frame-ancestors 'none'/);
    expect(headers).not.toHaveProperty("x-powered-by");
    expect(headers).not.toHaveProperty("strict-transport-security");
  }
  expect((await ask(server.port, "/api/v1/me")).headers["content-security-policy"]).toMatch(
    /^default-src 'none'; sandbox/,
  );
});

test.each(["/%", "/api/%", "/api/v1/projects?q=%ff", "/%c3%28"])("%s is no address", async (path) => {
  server = await listen("127.0.0.1", 0, async (_request, response) => void response.end("answered"));
  expect(await ask(server.port, path)).toMatchObject({
    status: 400,
    headers: { "content-type": "application/problem+json" },
    body: expect.stringContaining('"malformed"'),
  });
  expect((await ask(server.port, "/%C3%A9?q=%F0%9F%99%82")).body).toBe("answered");
});

test("asks browsers to stay on https where people come by https", async () => {
  process.env.NEXTAUTH_URL = "https://desk.example";
  server = await listen("127.0.0.1", 0);
  expect((await ask(server.port)).headers["strict-transport-security"]).toBe("max-age=31536000");
  delete process.env.NEXTAUTH_URL;
});

test("a port that is taken is refused in words", async () => {
  server = await listen("127.0.0.1", 0);
  await expect(listen("127.0.0.1", server.port)).rejects.toMatchObject({
    name: "StartRefused",
    message: `Port ${server.port} of 127.0.0.1 is in use. Stop what uses it, or set PORT to another.`,
  });
});

test("an address that this machine does not have is refused in words", async () => {
  await expect(listen("203.0.113.7", 0)).rejects.toMatchObject({
    name: "StartRefused",
    message: /no address 203\.0\.113\.7/,
  });
});

test("ends answers in hand before it stops, and takes nothing new", async () => {
  const received = signal();
  const slow = signal();
  server = await listen("127.0.0.1", 0, async (_request, response) => {
    response.write("first ");
    received.give();
    await slow.given;
    response.end("last");
  });
  const { port } = server;
  const asked = ask(port);
  await received.given;
  const stopped = server.stop(30).then(() => "stopped");
  await expect(ask(port)).rejects.toMatchObject({ code: "ECONNREFUSED" });
  expect(await Promise.race([stopped, Promise.resolve("still answering")])).toBe("still answering");
  slow.give();
  expect((await asked).body).toBe("first last");
  expect(await stopped).toBe("stopped");
});

test("an answer that never ends is cut off when its time is up", async () => {
  const received = signal();
  server = await listen("127.0.0.1", 0, async (_request, response) => {
    response.write("for ever");
    received.give();
  });
  const asked = ask(server.port);
  asked.catch(() => undefined);
  await received.given;
  await server.stop(0.1);
  await expect(asked).rejects.toMatchObject({ code: "ECONNRESET" });
});

test("a handler that throws is a plain 500 that says nothing of the inside", async () => {
  server = await listen("127.0.0.1", 0, async () => Promise.reject(new Error("canary: SELECT secret")));
  expect(await ask(server.port)).toMatchObject({ status: 500, body: "Something failed on our side.\n" });
});

test("what was handed in to be ended is ended once, a late one at once, and a failing one stops no other", async () => {
  const ended: string[] = [];
  onShutdown(() => Promise.reject(new Error("cannot")));
  onShutdown(() => void ended.push("stream"));
  const takeBack = onShutdown(() => void ended.push("taken back"));
  takeBack();
  await runShutdown();
  await runShutdown();
  onShutdown(() => void ended.push("late"));
  expect(ended).toEqual(["stream", "late"]);
});
