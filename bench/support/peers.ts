/** Other annotators in the same browser, each as its users would set it up, in a plain page on the same text and spans. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import path from "node:path";
import type { BrowserContext, Page } from "@playwright/test";
import type { Made } from "./made";
import { heapOf, mainThread, median, type Reading, scrollFrames } from "./reading";

const STUDIO = path.resolve("bench/node_modules/@heartexlabs/label-studio/build");
const PATIENCE = 100_000; // milliseconds

const SHOWN = "requestAnimationFrame(() => setTimeout(() => { window.firstPaint = performance.now(); }));";

const RECOGITO = `
import { createTextAnnotator } from "@recogito/text-annotator";
import "@recogito/text-annotator/text-annotator.css";
const { text, spans } = window.made;
window.began = performance.now();
const box = document.querySelector("#text");
for (const line of text.split("\\n")) box.append(Object.assign(document.createElement("p"), { textContent: line + "\\n" }));
const annotator = createTextAnnotator(box, { renderer: "CSS_HIGHLIGHTS" });
const one = ({ id, start, end, label }) => ({ id, bodies: [{ id: id + "b", annotation: id, purpose: "tagging", value: label }],
  target: { annotation: id, selector: [{ id: id + "s", start, end, quote: text.slice(start, end), range: null }] } });
// The store itself finds the ranges of what it is given by offsets; the methods before it do not.
const { store } = annotator.state;
store.bulkAddAnnotations(spans.map(one), true, "REMOTE");
${SHOWN}
// Its renderer draws when it finds time: until the frame that holds one range more.
const drawn = () => [...CSS.highlights.values()].reduce((sum, one) => sum + one.size, 0);
window.add = (n) => new Promise((resolve) => {
  const [start, before] = [performance.now(), drawn()];
  store.addAnnotation(one({ id: "n" + n, start: 40 * n, end: 40 * n + 25, label: "CLAIM" }));
  const wait = () => drawn() > before
    ? requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start))) : setTimeout(wait);
  wait();
});`;

const LABELS = ["CLAIM", "ATTRIBUTION", "DENIAL", "FRAMING"].map((value) => `<Label value="${value}"/>`).join("");

const LABEL_STUDIO = `
const { text, spans } = window.made;
const result = spans.map(({ id, start, end, label }) =>
  ({ id, from_name: "label", to_name: "text", type: "labels", value: { start, end, labels: [label] } }));
new LabelStudio("label-studio", {
  config: '<View><Labels name="label" toName="text">${LABELS}</Labels><Text name="text" value="$text"/></View>',
  interfaces: ["panel", "update", "submit", "controls", "side-column"],
  user: { pk: 1, firstName: "A", lastName: "B" },
  task: { id: 1, data: { text }, predictions: [], annotations: [{ id: 1, result }] },
  onLabelStudioLoad({ annotationStore }) {
    const choose = () => {
      const [first] = annotationStore.annotations;
      if (!first) setTimeout(choose, 10);
      else if (annotationStore.selected?.id !== first.id) annotationStore.selectAnnotation(first.id);
    };
    setTimeout(choose);
  },
});
window.shown = () => document.querySelectorAll(".htx-highlight").length;
const look = () => { if (window.shown() < spans.length) requestAnimationFrame(look); else ${SHOWN} };
requestAnimationFrame(look);
// From the mouse let go to the frame with one more mark in it.
window.addEventListener("mouseup", () => {
  const [start, before] = [performance.now(), window.shown()];
  window.added = new Promise((resolve) => {
    const wait = () => window.shown() > before
      ? requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start))) : requestAnimationFrame(wait);
    requestAnimationFrame(wait);
  });
}, { capture: true });`;

/** null, with the reason printed, where the peers are not installed. */
export async function servePeers(): Promise<{ readonly origin: string; readonly close: () => void } | null> {
  let pages: Readonly<Record<string, { readonly type: string; readonly body: string }>>;
  try {
    pages = makePages();
  } catch (error) {
    console.error(`Without the peers: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
  const server = createServer((request, response) => {
    const page = pages[request.url ?? ""];
    response.writeHead(page ? 200 : 404, { "Content-Type": page?.type ?? "text/plain" }).end(page?.body ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return { origin: `http://127.0.0.1:${port}`, close: () => server.close() };
}

function makePages() {
  const esbuild = createRequire(path.resolve("bench/package.json"))("esbuild") as typeof import("esbuild");
  const built = esbuild.buildSync({
    stdin: { contents: RECOGITO, resolveDir: path.resolve("bench") },
    bundle: true,
    minify: !process.env.PLAIN,
    write: false,
    format: "esm",
    outdir: "out",
  });
  const ours = esbuild.buildSync({
    entryPoints: ["bench/support/gloss-reader.tsx"],
    bundle: true,
    minify: !process.env.PLAIN,
    write: false,
    format: "esm",
    outdir: "out",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
  });
  // The colours; what a bare page cannot import is not needed for the reader.
  const tokens = readFileSync("app/globals.css", "utf8").replaceAll(/^@import .*$/gm, "");
  const part = (from: typeof built, end: string) => from.outputFiles.find((f) => f.path.endsWith(end))?.text ?? "";
  const find = (end: string) => part(built, end);
  const html = (body: string) => ({ type: "text/html", body: `<!doctype html><meta charset="utf-8">${body}` });
  const file = (name: string, type: string) => ({ type, body: readFileSync(path.join(STUDIO, name), "utf8") });
  return {
    "/recogito": html(
      `<style>${find(".css")} #frame{height:100vh;overflow:auto} #text{width:520px;margin:auto;font:18.5px/30px Georgia,serif}</style><div id="frame"><div id="text"></div></div><script type="module">${find(".js")}</script>`,
    ),
    "/gloss-reader": html(
      `<style>${tokens} ${part(ours, ".css")} #frame{height:100vh;overflow:auto} #text{width:520px;margin:auto;font:18.5px/30px Georgia,serif}</style><div id="root"></div><script type="module">${part(ours, ".js")}</script>`,
    ),
    "/label-studio": html(
      `<link rel="stylesheet" href="/studio.css"><div id="label-studio"></div><script src="/studio.js"></script><script>${LABEL_STUDIO}</script>`,
    ),
    "/studio.css": file("static/css/main.css", "text/css"),
    "/studio.js": file("static/js/main.js", "text/javascript"),
  };
}

/** null when it does not paint in time. */
async function look(
  context: BrowserContext,
  made: Made,
  address: string,
): Promise<{ page: Page; paint: number } | null> {
  const page = await context.newPage();
  await page.route("**/*", (route) =>
    route.request().url().startsWith("http://127.0.0.1") ? route.continue() : route.abort(),
  );
  await page.addInitScript((data) => Object.assign(window, { made: data }), made);
  try {
    await page.goto(address, { timeout: PATIENCE });
    await page.waitForFunction(() => "firstPaint" in window, undefined, { timeout: PATIENCE, polling: 50 });
    return { page, paint: await page.evaluate(() => window.firstPaint) };
  } catch {
    await page.close();
    return null;
  }
}

/** What a page shows and how long it takes, three looks and then spans by its own `add`. null when it does not paint in time. */
export async function bare(
  context: BrowserContext,
  made: Made,
  address: string,
  edits: number,
): Promise<Reading | null> {
  const paints: number[] = [];
  const drawn: number[] = [];
  let page: Page | null = null;
  for (let n = 0; n < 5; n++) {
    await page?.close();
    const seen = await look(context, made, address);
    if (!seen) return null;
    page = seen.page;
    paints.push(seen.paint);
    drawn.push(seen.paint - (await page.evaluate(() => window.began)));
  }
  if (!page) return null;
  // recogito's own undo fails on a span that is added within a quarter of a second of the first ones.
  await page.waitForTimeout(500);
  const add: number[] = [];
  for (let n = 0; n < edits; n++) add.push(await page.evaluate((at) => window.add(at), n));
  const work = { add: await mainThread(page, 5, (n) => (page as Page).evaluate((at) => window.add(at), edits + n)) };
  const nodes = await page.evaluate(() => document.querySelectorAll("#text *").length);
  const scroll = await scrollFrames(page, "#frame");
  const heap = [await heapOf(page)];
  await page.close();
  return { firstPaint: median(paints), drawn: median(drawn), nodes, add, inspect: [], type: [], work, scroll, heap };
}

/** One look and five spans, by hand, for each takes seconds. null when it does not show the text in time. */
export async function labelStudio(context: BrowserContext, made: Made, origin: string): Promise<Reading | null> {
  const seen = await look(context, made, `${origin}/label-studio`);
  if (!seen) return null;
  const { page, paint } = seen;
  const nodes = await page.evaluate(() => document.querySelectorAll("#label-studio *").length);
  const add: number[] = [];
  for (let n = 0; n < 5; n++) {
    const box = await freeWord(page);
    if (!box) break;
    await page.keyboard.press("1");
    await page.waitForTimeout(200);
    await page.mouse.move(box.x + 1, box.y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 1, box.y, { steps: 3 });
    await page.mouse.up();
    add.push(await page.evaluate(() => window.added));
    await page.keyboard.press("Escape");
  }
  const heap = [await heapOf(page)];
  await page.close();
  return { firstPaint: paint, nodes, add, inspect: [], type: [], scroll: Number.NaN, heap };
}

/** Somewhere in view a word that nothing marks. */
const freeWord = (page: Page): Promise<{ x: number; y: number; width: number } | null> =>
  page.evaluate(() => {
    const root = document.querySelector("#label-studio");
    if (!root) return null;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
      if (node.parentElement?.closest(".htx-highlight, button, aside")) continue;
      for (const found of node.data.matchAll(/\b(?:harbour|officials|Thursday|certainly)\b/g)) {
        range.setStart(node, found.index);
        range.setEnd(node, found.index + found[0].length);
        const box = range.getBoundingClientRect();
        if (box.top > 100 && box.bottom < 860 && box.width > 20 && box.height < 40)
          return { x: box.x, y: box.y + box.height / 2, width: box.width };
      }
    }
    return null;
  });
