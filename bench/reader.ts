/**
 * `npm run bench -- reader [--edits 15] [--url URL --email E --password P]`: the review screen in real Chromium, production build, on 10,000,
 * 100,000 and 1,000,000 characters with 100, 1,000 and 10,000 overlapping spans, beside the same text with nothing marked, and beside
 * @recogito/text-annotator in the same browser. Without --url it starts a Gloss of its own with `npm start`.
 */
import { createServer } from "node:http";
import { createRequire } from "node:module";
import path from "node:path";
import { type APIRequestContext, type BrowserContext, chromium, type Page } from "@playwright/test";
import { findChromium } from "../e2e/support/chromium";
import { isRunning, makeDataDir, removeDataDir, startGloss } from "../e2e/support/gloss";
import { option } from "./support/database";
import { type Made, make } from "./support/made";
import { firstPaint, median, type Reading, scrollFrames, toPaint, watchFor } from "./support/reading";

const EDITS = option("edits", 15);
const SIZES = [
  { length: 10_000, spans: 100 },
  { length: 100_000, spans: 1_000 },
  { length: 1_000_000, spans: 10_000 },
] as const;
const word = (name: string): string | null => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? null : (process.argv[at + 1] ?? null);
};
const ADMIN = { email: word("email") ?? "bench@desk.example", password: word("password") ?? "seven quiet herons 1961" };

async function call<T>(
  api: APIRequestContext,
  origin: string,
  method: string,
  route: string,
  data?: unknown,
): Promise<T> {
  const response = await api.fetch(`${origin}/api/v1${route}`, {
    method,
    headers: { Origin: origin, ...(data === undefined ? {} : { "Content-Type": "application/json" }) },
    ...(data === undefined ? {} : { data: JSON.stringify(data) }),
  });
  if (!response.ok())
    throw new Error(`${method} ${route}: ${response.status()} ${(await response.text()).slice(0, 300)}`);
  return (await response.json()) as T;
}

async function signIn(context: BrowserContext, origin: string): Promise<void> {
  const { csrfToken } = (await (await context.request.get(`${origin}/api/auth/csrf`)).json()) as { csrfToken: string };
  const response = await context.request.post(`${origin}/api/auth/callback/credentials`, {
    headers: { Origin: origin },
    form: { csrfToken, ...ADMIN, callbackUrl: "/", json: "true" },
  });
  if (!response.ok()) throw new Error(`sign in: ${response.status()}`);
}

/** A review of the text by the administrator with these spans in it. */
async function review(
  api: APIRequestContext,
  origin: string,
  project: string,
  made: Made,
  marked: boolean,
): Promise<string> {
  const me = await call<{ id: string }>(api, origin, "GET", "/me");
  const title = `${made.text.length} characters, ${marked ? made.spans.length : 0} spans`;
  const article = await call<{ id: string }>(api, origin, "POST", `/projects/${project}/articles`, {
    title,
    text: made.text,
    outlet: title,
    language: "en",
    regions: [{ start: 0, end: made.text.length, role: "body" }],
  });
  const { id } = await call<{ id: string }>(api, origin, "POST", `/articles/${article.id}/reviews`, {
    reviewerId: me.id,
  });
  for (let at = 0; marked && at < made.spans.length; at += 2_000)
    await call(api, origin, "POST", `/reviews/${id}/changes`, {
      changes: made.spans.slice(at, at + 2_000).map(({ id: _, ...span }) => ({
        id: crypto.randomUUID(),
        kind: "span.put",
        span: { id: crypto.randomUUID(), base: 0, ...span },
      })),
    });
  return id;
}

/** Three looks at the first paint, then edits on the last page. */
async function gloss(context: BrowserContext, url: string, marked: boolean): Promise<Reading> {
  const paints: number[] = [];
  let page: Page | null = null;
  for (let look = 0; look < 3; look++) {
    await page?.close();
    page = await context.newPage();
    await watchFor(page, marked ? ".article .s" : ".article .line");
    await page.goto(url, { timeout: 300_000 });
    paints.push(await firstPaint(page));
  }
  if (!page) throw new Error("no page");
  await page.getByRole("status", { name: "Saving" }).getByText("saved").waitFor({ timeout: 120_000 });
  const article = page.getByRole("textbox", { name: "Article text" });
  const nodes = await article.evaluate((element) => element.querySelectorAll("*").length);
  const add: number[] = [];
  const inspect: number[] = [];
  await article.focus();
  await page.keyboard.press("Control+Home");
  for (let n = 0; n < EDITS; n++) {
    await page.keyboard.press("ArrowDown");
    for (let w = 0; w < 3; w++) await page.keyboard.press("Control+Shift+ArrowRight");
    await page.waitForTimeout(60);
    add.push(await toPaint(page, "keydown", () => (page as Page).keyboard.press(String((n % 4) + 1))));
    await page.keyboard.press("Escape");
    await page.waitForTimeout(60);
  }
  const pieces = await article.locator(".s").all();
  for (const piece of pieces.slice(0, EDITS)) {
    const box = await piece.boundingBox();
    if (!box || box.y < 60 || box.y > 840) continue;
    inspect.push(await toPaint(page, "pointerup", () => (page as Page).mouse.click(box.x + 2, box.y + 8)));
    await page.waitForTimeout(60);
  }
  const scroll = await scrollFrames(page, ".rv-reader");
  await page.close();
  return { firstPaint: median(paints), nodes, add, inspect, scroll };
}

/** The peer, bundled as its users would, on the same text and spans in a plain page. */
async function recogito(context: BrowserContext, made: Made, origin: string): Promise<Reading> {
  const paints: number[] = [];
  let page: Page | null = null;
  for (let look = 0; look < 3; look++) {
    await page?.close();
    page = await context.newPage();
    await page.addInitScript((data) => Object.assign(window, { made: data }), made);
    await page.goto(origin, { timeout: 300_000 });
    await page.waitForFunction(() => "firstPaint" in window, undefined, { timeout: 300_000, polling: 50 });
    paints.push(await page.evaluate(() => (window as unknown as { firstPaint: number }).firstPaint));
  }
  if (!page) throw new Error("no page");
  const add: number[] = [];
  for (let n = 0; n < EDITS; n++)
    add.push(await page.evaluate((at) => (window as unknown as { add: (n: number) => Promise<number> }).add(at), n));
  const nodes = await page.evaluate(() => document.querySelectorAll("#text *").length);
  const scroll = await scrollFrames(page, "#frame");
  await page.close();
  return { firstPaint: median(paints), nodes, add, inspect: [], scroll };
}

const PEER = `
import { createTextAnnotator } from "@recogito/text-annotator";
import "@recogito/text-annotator/text-annotator.css";
const { text, spans } = window.made;
const box = document.querySelector("#text");
for (const line of text.split("\\n")) box.append(Object.assign(document.createElement("p"), { textContent: line + "\\n" }));
const annotator = createTextAnnotator(box, { renderer: "CSS_HIGHLIGHTS" });
const one = ({ id, start, end, label }) => ({ id, bodies: [{ id: id + "b", annotation: id, purpose: "tagging", value: label }],
  target: { annotation: id, selector: [{ id: id + "s", start, end, quote: text.slice(start, end), range: null }] } });
annotator.setAnnotations(spans.map(one));
requestAnimationFrame(() => setTimeout(() => { window.firstPaint = performance.now(); }));
window.add = (n) => new Promise((resolve) => {
  const start = performance.now();
  annotator.addAnnotation(one({ id: "n" + n, start: 40 * n, end: 40 * n + 25, label: "CLAIM" }));
  requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
});`;

/** null, with the reason printed, where the peers are not installed. */
function bundlePeer(): { script: string; style: string } | null {
  try {
    const esbuild = createRequire(path.resolve("bench/package.json"))("esbuild") as typeof import("esbuild");
    const built = esbuild.buildSync({
      stdin: { contents: PEER, resolveDir: path.resolve("bench") },
      bundle: true,
      minify: true,
      write: false,
      format: "esm",
      outdir: "out",
    });
    const find = (end: string) => built.outputFiles.find((f) => f.path.endsWith(end))?.text ?? "";
    return { script: find(".js"), style: find(".css") };
  } catch (error) {
    console.error(`Without the peer: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}

function servePeer(peer: { script: string; style: string }): Promise<{ origin: string; close: () => void }> {
  const html = `<!doctype html><meta charset="utf-8"><style>${peer.style} #frame{height:100vh;overflow:auto} #text{width:520px;margin:auto;font:18.5px/30px Georgia,serif}</style><div id="frame"><div id="text"></div></div><script type="module">${peer.script}</script>`;
  const server = createServer((_, response) => response.setHeader("Content-Type", "text/html").end(html));
  return new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      resolve({ origin: `http://127.0.0.1:${port}`, close: () => server.close() });
    }),
  );
}

const ms = (value: number) => (Number.isNaN(value) ? "–" : value.toFixed(0));

function print(name: string, reading: Reading, beside: Reading | null): void {
  const ratio = (a: number, b: number | undefined) => (b ? ` (${(a / b).toFixed(2)})` : "");
  console.log(
    [
      name.padEnd(44),
      `first paint ${ms(reading.firstPaint)}${ratio(reading.firstPaint, beside?.firstPaint)}`.padEnd(26),
      `add ${ms(median(reading.add))}${ratio(median(reading.add), beside ? median(beside.add) : undefined)}, most ${ms(Math.max(...reading.add))}`.padEnd(
        26,
      ),
      `inspect ${ms(median(reading.inspect))}`.padEnd(14),
      `scroll ${ms(reading.scroll)}`.padEnd(12),
      `${reading.nodes} nodes`,
    ].join(" "),
  );
}

async function measure(context: BrowserContext, origin: string): Promise<void> {
  // tsx names inner functions with a helper of its own, which a page does not have.
  await context.addInitScript("globalThis.__name ??= (f) => f");
  await signIn(context, origin);
  const project = await call<{ id: string }>(context.request, origin, "POST", "/projects", {
    name: "Bench",
    reviewersPerArticle: 1,
  });
  const peer = bundlePeer();
  const served = peer ? await servePeer(peer) : null;
  console.log("milliseconds, medians; in brackets against the peer on the same text and spans, in the same run\n");
  for (const { length, spans } of SIZES) {
    const made = make(length, spans);
    const beside = served ? await recogito(context, made, served.origin).catch(() => null) : null;
    const marked = await gloss(
      context,
      `${origin}/reviews/${await review(context.request, origin, project.id, made, true)}`,
      true,
    );
    const bare = await gloss(
      context,
      `${origin}/reviews/${await review(context.request, origin, project.id, made, false)}`,
      false,
    );
    print(`${length} characters, ${spans} spans`, marked, beside);
    print("the same, nothing marked at first", bare, null);
    if (beside) print("@recogito/text-annotator", beside, null);
    console.log(`annotated against unannotated: ${(marked.firstPaint / bare.firstPaint).toFixed(2)}\n`);
  }
  served?.close();
}

const url = word("url");
const dataDir = url ? null : makeDataDir();
const own = dataDir
  ? await startGloss({ dataDir, env: { GLOSS_ADMIN_EMAIL: ADMIN.email, GLOSS_ADMIN_PASSWORD: ADMIN.password } })
  : null;
if (own && !isRunning(own)) throw new Error(`Gloss did not start:\n${own.output}`);
const browser = await chromium.launch(await findChromium());
try {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await measure(context, url ?? (own && isRunning(own) ? own.url : ""));
} finally {
  await browser.close();
  if (own && isRunning(own)) await own.stop();
  if (dataDir) removeDataDir(dataDir);
}
