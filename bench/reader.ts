/**
 * `npm run bench -- reader [--edits 15] [--longest 1000000] [--url URL --email E --password P]`: the review screen in real Chromium, production build, on 10,000,
 * 100,000 and 1,000,000 characters with 100, 1,000 and 10,000 overlapping spans, beside the same text with nothing marked, and beside
 * @recogito/text-annotator and Label Studio's editor in the same browser (`npm install --legacy-peer-deps` in bench/ brings them). Without
 * --url it starts a Gloss of its own with `npm start`.
 */
import { type APIRequestContext, type BrowserContext, chromium, type Page } from "@playwright/test";
import { findChromium } from "../e2e/support/chromium";
import { isRunning, makeDataDir, removeDataDir, startGloss } from "../e2e/support/gloss";
import { option } from "./support/database";
import { type Made, make } from "./support/made";
import { bare as barePage, labelStudio, servePeers } from "./support/peers";
import {
  firstPaint,
  heapOf,
  mainThread,
  median,
  type Reading,
  scrollFrames,
  toPaint,
  watchFor,
} from "./support/reading";

const EDITS = option("edits", 15);
const TRACED = 5;
const SIZES = [
  { length: 10_000, spans: 100 },
  { length: 100_000, spans: 1_000 },
  { length: 1_000_000, spans: 10_000 },
].filter(({ length }) => length <= option("longest", 1_000_000));
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
  const before = await heapOf(page);
  const add: number[] = [];
  const inspect: number[] = [];
  await article.focus();
  await page.keyboard.press("Control+Home");
  const { keyboard, mouse } = page;
  const select = async () => {
    await keyboard.press("Escape");
    await keyboard.press("ArrowDown");
    for (let w = 0; w < 3; w++) await keyboard.press("Control+Shift+ArrowRight");
  };
  const label = (n: number) => keyboard.press(String((n % 4) + 1));
  for (let n = 0; n < EDITS; n++) {
    await select();
    await page.waitForTimeout(60);
    add.push(await toPaint(page, "keydown", () => label(n)));
    await page.waitForTimeout(60);
  }
  const addWork = await mainThread(page, TRACED, label, select);
  await keyboard.press("Escape");
  const pieces = await Promise.all((await article.locator(".s").all()).map((piece) => piece.boundingBox()));
  const presses = pieces.flatMap((box) =>
    box && box.y > 60 && box.y < 840 ? [() => mouse.click(box.x + 2, box.y + 8)] : [],
  );
  for (const press of presses.slice(0, EDITS)) {
    inspect.push(await toPaint(page, "pointerup", press));
    await page.waitForTimeout(60);
  }
  const inspectWork = await mainThread(page, Math.min(TRACED, presses.length), async (n) => presses[n]?.());
  const type: number[] = [];
  const note = page.locator('[data-field="note"]');
  if (inspect.length > 0 && (await note.isVisible())) {
    await note.focus();
    for (const letter of "the minister said so")
      type.push(await toPaint(page, "keydown", () => (page as Page).keyboard.press(letter === " " ? "Space" : letter)));
  }
  const scroll = await scrollFrames(page, ".rv-reader");
  const heap = await heapOf(page);
  await page.close();
  const work = { add: addWork, inspect: inspectWork };
  return { firstPaint: median(paints), nodes, add, inspect, type, work, scroll, heap: [before, heap] };
}

const ms = (value: number) => (Number.isNaN(value) ? "–" : value.toFixed(0));

function print(name: string, reading: Reading, beside: Reading | null): void {
  const ratio = (a: number, b: number | undefined) => (b ? ` (${(a / b).toFixed(2)})` : "");
  console.log(
    [
      name.padEnd(44),
      `first paint ${ms(reading.firstPaint)}${ratio(reading.firstPaint, beside?.firstPaint)}`.padEnd(26),
      (reading.drawn ? `drawn ${ms(reading.drawn)}${ratio(reading.drawn, beside?.drawn)}` : "").padEnd(18),
      `add ${ms(median(reading.add))}${ratio(median(reading.add), beside ? median(beside.add) : undefined)}, most ${ms(Math.max(...reading.add))}`.padEnd(
        26,
      ),
      `inspect ${ms(median(reading.inspect))}`.padEnd(14),
      (reading.work
        ? `main thread: add ${ms(reading.work.add)}${ratio(reading.work.add, beside?.work?.add)}, inspect ${ms(reading.work.inspect ?? Number.NaN)}`
        : ""
      ).padEnd(44),
      `type ${ms(median(reading.type))}`.padEnd(10),
      `scroll ${ms(reading.scroll)}`.padEnd(12),
      `heap ${reading.heap.map((size) => size.toFixed(0)).join(" to ")} MB`.padEnd(20),
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
  const served = await servePeers();
  console.log("milliseconds, medians; in brackets against recogito on the same text and spans, in the same run\n");
  for (const { length, spans } of SIZES) {
    const made = make(length, spans);
    const beside = served ? await barePage(context, made, `${served.origin}/recogito`, EDITS) : null;
    const alone = served ? await barePage(context, made, `${served.origin}/gloss-reader`, EDITS) : null;
    const studio = served ? await labelStudio(context, made, served.origin) : null;
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
    if (alone) print("Gloss's reader alone, on a bare page", alone, beside);
    if (beside) print("@recogito/text-annotator", beside, null);
    if (studio) print("Label Studio's editor", studio, beside);
    else if (served) console.log("Label Studio's editor: not shown within 100 s");
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
