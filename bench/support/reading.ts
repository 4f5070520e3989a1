/** What a reader waits for, measured in a page of real Chromium. Milliseconds. */
import type { Page } from "@playwright/test";
import type { Made } from "./made";

declare global {
  /** What the measured pages leave for whoever measures them. */
  interface Window {
    firstPaint: number;
    /** What a bare page shows. */
    made: Made;
    /** A peer's: when its code was there and it began with the text. */
    began: number;
    painted: Promise<number>;
    frames: number[];
    /** A peer's: adds its nth span, answers the milliseconds to its paint. */
    add: (n: number) => Promise<number>;
    added: Promise<number>;
  }
}

export type Reading = {
  /** From the navigation. */
  readonly firstPaint: number;
  /** From where its code was there, on a bare page. */
  readonly drawn?: number;
  readonly nodes: number;
  readonly add: readonly number[];
  readonly inspect: readonly number[];
  /** A letter in the note of a span. */
  readonly type: readonly number[];
  /** What adding a span, and choosing one, take of the page's main thread: of the processor, however busy the machine, until all is still again. */
  readonly work?: { readonly add: number; readonly inspect?: number };
  /** 95th percentile. */
  readonly scroll: number;
  /** Megabytes of JavaScript after a collection, before and after the edits; of a peer only after. */
  readonly heap: readonly number[];
};

/** Runs before anything of the page: notes the frame after `selector` is first there with something in view. */
export async function watchFor(page: Page, selector: string): Promise<void> {
  await page.addInitScript((wanted) => {
    const look = () => {
      const box = document.querySelector(wanted)?.getBoundingClientRect();
      if (!box || box.width === 0) {
        requestAnimationFrame(look);
        return;
      }
      // The frame that holds it has been painted when the task after the next frame runs.
      requestAnimationFrame(() =>
        setTimeout(() => {
          Object.assign(window, { firstPaint: performance.now() });
        }),
      );
    };
    requestAnimationFrame(look);
  }, selector);
}

export async function firstPaint(page: Page): Promise<number> {
  await page.waitForFunction(() => "firstPaint" in window, undefined, { timeout: 120_000, polling: 50 });
  return page.evaluate(() => window.firstPaint);
}

/** From a key or a press to the task after the frame that shows what it did. */
export async function toPaint(page: Page, event: "keydown" | "pointerup", act: () => Promise<void>): Promise<number> {
  await page.evaluate((type) => {
    Object.assign(window, {
      painted: new Promise<number>((resolve) =>
        window.addEventListener(
          type,
          () => {
            const start = performance.now();
            requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
          },
          { capture: true, once: true },
        ),
      ),
    });
  }, event);
  await act();
  return page.evaluate(() => window.painted);
}

type Traced = {
  readonly name: string;
  readonly ph: string;
  readonly tid: number;
  readonly tdur?: number;
  readonly args: { data?: { type?: string } };
};

/** Milliseconds of processor that the page's main thread takes from what `act` does until 150 ms after it; the median of a few. */
export async function mainThread(
  page: Page,
  times: number,
  act: (n: number) => Promise<unknown>,
  prepare?: () => Promise<void>,
): Promise<number> {
  const browser = page.context().browser();
  if (!browser) return Number.NaN;
  const took: number[] = [];
  for (let n = 0; n < times; n++) {
    await prepare?.();
    await page.waitForTimeout(200);
    await browser.startTracing(page, { categories: ["devtools.timeline", "disabled-by-default-devtools.timeline"] });
    await page.evaluate(() => performance.now());
    await act(n);
    await page.waitForTimeout(150);
    const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: Traced[] };
    // The thread that ran the page's own script is its main thread.
    const main = traceEvents.find((one) => one.name === "EvaluateScript" || one.name === "FunctionCall")?.tid;
    took.push(
      traceEvents.reduce(
        (sum, one) => sum + (one.tid === main && one.name === "RunTask" ? (one.tdur ?? 0) / 1000 : 0),
        0,
      ),
    );
  }
  return median(took);
}

/** Wheels through the page and answers the 95th percentile of the time between frames. */
export async function scrollFrames(page: Page, selector: string): Promise<number> {
  const box = await page.locator(selector).boundingBox();
  if (!box) return Number.NaN;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.evaluate(() => {
    const frames: number[] = [];
    let last = performance.now();
    const tick = (now: number) => {
      frames.push(now - last);
      last = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    Object.assign(window, { frames });
  });
  for (let n = 0; n < 40; n++) {
    await page.mouse.wheel(0, 700);
    await page.waitForTimeout(16);
  }
  const frames = await page.evaluate(() => window.frames);
  return [...frames].sort((a, b) => a - b)[Math.floor(frames.length * 0.95)] ?? Number.NaN;
}

/** Megabytes in use once everything that can go has gone. */
export async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize / 2 ** 20;
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
