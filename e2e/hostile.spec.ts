/** Whatever people write, paste or import is text: no screen runs it, follows it or fetches it. */
import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { asAdmin, call, importJsonl, newMember } from "./support/desk";
import { expect, test } from "./support/test";

const RUN = "window.__pwned=1";
const HOSTILE = [
  `<script>${RUN}</script>`,
  `<img src=x onerror=${RUN}>`,
  `<img src=//canary.example/i.png>`,
  `<svg><g onload=${RUN}></svg>`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--><img src=1 onerror=${RUN}>">`,
  `<noscript><p title="</noscript><img src=x onerror=${RUN}>">`,
  `<template><xmp></template><iframe srcdoc="<script>parent.${RUN}</script>"></iframe>`,
  `<form id=body><input name=attributes id=children></form>`,
  `<a href="javascript:${RUN}">read</a> javascript:${RUN} data:text/html,<script>${RUN}</script>`,
  `<base href=//canary.example/><link rel=stylesheet href=//canary.example/c.css><meta http-equiv=refresh content=0;url=//canary.example>`,
  `"'><body onload=${RUN}> {{constructor.constructor('${RUN}')()}} \${${RUN}} %s </textarea></title></script>`,
];
const SHORT = `<img src=x onerror=${RUN}>`;
const MARKDOWN = `${HOSTILE.join("\n\n")}

[a link](javascript:${RUN}) and [another](data:text/html,<script>${RUN}</script>) and <javascript:${RUN}>

![a picture](https://canary.example/p.png) and ![x](x" onerror="${RUN})

[ref]: javascript:${RUN}
`;

type Watched = { readonly wrong: string[] };

/** What would show that something ran: the mark it leaves, a request elsewhere, a complaint of the page's own policy. */
async function watch(page: Page): Promise<Watched> {
  const wrong: string[] = [];
  await page.context().addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.blockedURI}`));
  });
  page.on("console", (message) => {
    if (/policy|Refused to/i.test(message.text())) wrong.push(`${page.url()} ${message.text()}`);
  });
  page.on("dialog", (dialog) => {
    wrong.push(`${page.url()} dialog`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol.startsWith("http") && host !== new URL(page.url()).host && page.url() !== "about:blank")
      wrong.push(`${page.url()} asked ${request.url()}`);
  });
  return { wrong };
}

async function look(page: Page, path: string): Promise<void> {
  await page.goto(path, { waitUntil: "load" });
  await expect(
    page
      .getByRole("main")
      .or(page.getByRole("textbox", { name: "Article text" }))
      .or(page.getByRole("region", { name: "Article" }))
      .first(),
  ).toBeVisible();
  expect(await page.evaluate(() => Reflect.get(window, "__pwned")), path).toBeUndefined();
}

const text = `${HOSTILE.join("\n\n")}\n\nThe mayor denied it, and ${SHORT} was all that he said.\n`;
const at = (words: string) => {
  const start = [...text.slice(0, text.indexOf(words))].length;
  return { start, end: start + [...words].length, quote: words };
};

function line() {
  const review = (reviewer: string, words: string) => {
    const attributes = { hedge: SHORT };
    const claim = { id: randomUUID(), ...at(words), label: "CLAIM", attributes, note: SHORT };
    const denial = {
      id: randomUUID(),
      ...at("The mayor denied it"),
      label: "DENIAL",
      attributes: { source: SHORT },
      note: SHORT,
    };
    const denies = { id: randomUUID(), type: "denies", from: denial.id, to: null, to_text: SHORT };
    return { reviewer, status: "submitted", spans: [claim, denial], links: [denies] };
  };
  const reviews = [review(`Ines ${SHORT}`, SHORT), review(`Bo ${SHORT}`, `${SHORT} was all`)];
  return { title: SHORT, text, outlet: SHORT, author: SHORT, dateline: SHORT, published: SHORT, story: SHORT, reviews };
}

test("markup, scripts and addresses in any words of anyone are shown as the words that they are", async ({
  browser,
}) => {
  test.setTimeout(240_000); // twenty pages
  const admin = await asAdmin(browser);
  const { wrong } = await watch(admin);
  const project = await call<{ id: string }>(admin, "POST", "/projects", {
    name: SHORT,
    description: HOSTILE.join(" "),
  });
  const of = `/projects/${project.id}`;
  const origin = process.env.GLOSS_E2E_URL ?? "";
  const guideline = await admin.request.put(`/api/v1${of}/guideline`, {
    headers: { Origin: origin, "Content-Type": "application/json", "If-Match": "*" },
    data: JSON.stringify({ markdown: MARKDOWN }),
  });
  expect(guideline.status()).toBeLessThan(300);
  const {
    version: _version,
    projectId: _project,
    ...scheme
  } = await call<{
    version: number;
    projectId?: string;
    labels: { key: string; name: string; description?: string }[];
  }>(admin, "GET", `${of}/scheme`);
  const labels = scheme.labels.map((label) => ({ ...label, name: `${label.name} <img>`, description: SHORT }));
  const renamed = await admin.request.put(`/api/v1${of}/scheme`, {
    headers: { Origin: origin, "Content-Type": "application/json", "If-Match": "*" },
    data: JSON.stringify({ ...scheme, labels }),
  });
  expect(renamed.status(), await renamed.text()).toBeLessThan(300);
  await importJsonl(admin, project.id, [line()]);
  const { items } = await call<{ items: { id: string }[] }>(admin, "GET", `${of}/articles`);
  const disputed = items[0]?.id ?? "";
  const open = await call<{ id: string }>(admin, "POST", `${of}/articles`, {
    title: SHORT,
    text,
    outlet: `${SHORT} 2`,
  });
  const html = await admin.request.post(`/api/v1${of}/imports?format=html`, {
    headers: { Origin: origin, "Content-Type": "text/html" },
    data: `<html><head><title>${SHORT}</title></head><body><article><h1>&lt;img src=x onerror=${RUN}&gt;</h1><p>${HOSTILE.join("</p><p>")}</p><p>${"The mayor denied it once more that evening. ".repeat(8)}</p></article></body></html>`,
  });
  expect(html.status(), await html.text()).toBe(200);
  await call(admin, "POST", `${of}/batches`, { name: SHORT });

  const reviewer = await newMember(browser, admin, project.id, "Hostess", ["REVIEWER"]);
  await call(reviewer, "PATCH", "/me", { name: SHORT });
  const theirs = await watch(reviewer);
  const { id: reviewerId } = await call<{ id: string }>(reviewer, "GET", "/me");
  const review = await call<{ id: string }>(admin, "POST", `/articles/${open.id}/reviews`, { reviewerId });
  const put = { id: randomUUID(), base: 0, ...at(SHORT), label: "CLAIM", attributes: { hedge: SHORT }, note: SHORT };
  await call(reviewer, "POST", `/reviews/${review.id}/changes`, {
    changes: [{ id: randomUUID(), kind: "span.put", span: put }],
  });
  await look(reviewer, `/reviews/${review.id}`);
  await expect(reviewer.getByRole("textbox", { name: "Article text" })).toContainText(HOSTILE[0] ?? "");
  await look(reviewer, `${of}/queue`);
  await look(reviewer, `${of}/guideline`);

  const pages = ["", "/articles", `/articles/${disputed}`, "/adjudication", "/agreement", "/guideline", "/people"];
  for (const page of [...pages, "/scheme", "/settings", "/audit", "/export", "/import"])
    await look(admin, `${of}${page}`);
  for (const page of ["/", "/people", "/account", `/settle/${disputed}`]) await look(admin, page);
  await expect(admin.getByText(SHORT).first()).toBeVisible();
  expect([...wrong, ...theirs.wrong]).toEqual([]);
});
