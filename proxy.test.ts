import { NextRequest } from "next/server";
import { expect, test } from "vitest";
import { config, proxy } from "./proxy";

const answer = (path = "/projects") => proxy(new NextRequest(`http://127.0.0.1:3000${path}`));
const policyOf = (response: Response) => response.headers.get("Content-Security-Policy") ?? "";
const nonceOf = (response: Response) => /'nonce-([A-Za-z0-9+/=]+)'/.exec(policyOf(response))?.[1] ?? "";

test("every page gets a nonce of its own, of more than 128 bits", () => {
  const nonces = Array.from({ length: 200 }, () => nonceOf(answer()));
  expect(new Set(nonces).size).toBe(200);
  for (const nonce of nonces) expect(Buffer.from(nonce, "base64").length * 8).toBeGreaterThanOrEqual(128);
});

test("the policy lets no script run but those with the nonce, and nothing frame the page", () => {
  const policy = Object.fromEntries(
    policyOf(answer())
      .split("; ")
      .map((part) => [part.split(" ")[0], part.split(" ").slice(1)]),
  );
  expect(policy["script-src"]).toEqual(["'self'", expect.stringMatching(/^'nonce-/), "'strict-dynamic'"]);
  expect(policy).toMatchObject({
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
    "default-src": ["'self'"],
  });
});

test("the page that is rendered hears the same nonce, whatever the client sent in its place", () => {
  const forged = proxy(
    new NextRequest("http://127.0.0.1:3000/", {
      headers: { "x-nonce": "forged", "content-security-policy": "forged" },
    }),
  );
  expect(forged.headers.get("x-middleware-request-x-nonce")).toBe(nonceOf(forged));
  expect(forged.headers.get("x-middleware-request-content-security-policy")).toBe(policyOf(forged));
  expect(policyOf(forged)).not.toContain("forged");
});

test("what is for one person is kept by nobody in between", () => {
  expect(answer().headers.get("Cache-Control")).toBe("private, no-store");
});

test.each([
  { path: "/", page: true },
  { path: "/projects/1/queue", page: true },
  { path: "/docs/api", page: true },
  { path: "/apis", page: true },
  { path: "/api/v1/projects/1/imports", page: false },
  { path: "/api/health/ready", page: false },
  { path: "/_next/static/chunks/a.js", page: false },
])("$path is a page: $page", ({ path, page }) => {
  const [matcher] = config.matcher;
  expect(new RegExp(`^${matcher?.source}$`).test(path)).toBe(page);
});
