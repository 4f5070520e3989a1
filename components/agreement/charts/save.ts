"use client";

/**
 * A chart as a file of its own: the colours of both themes inside, the light one for paper, links with their whole address. Colours are written
 * into the shapes, as many programs know no variables; a style for dark screens goes over them.
 */

type Tokens = ReadonlyMap<string, string>;

const VARIABLE = /^var\(--([\w-]+)\)$/;

/** The values of the light theme, and of the dark one, as the page's own style sheets have them. */
function tokens(): { readonly light: Tokens; readonly dark: Tokens } {
  const light = new Map<string, string>();
  const dark = new Map<string, string>();
  for (const sheet of document.styleSheets)
    for (const rule of sheet.cssRules) {
      if (!(rule instanceof CSSStyleRule) || !rule.selectorText.includes(":root")) continue;
      const into = rule.selectorText.includes("dark") ? dark : light;
      for (const name of rule.style)
        if (name.startsWith("--")) into.set(name.slice(2), rule.style.getPropertyValue(name).trim());
    }
  return { light, dark };
}

/** The SVG's text, with an XML head. */
export function svgText(svg: SVGSVGElement, { light, dark }: { light: Tokens; dark: Tokens } = tokens()): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const used = new Set<string>();
  for (const shape of [copy, ...copy.querySelectorAll("*")]) {
    shape.removeAttribute("class");
    for (const name of ["fill", "stroke"] as const) {
      const token = VARIABLE.exec(shape.getAttribute(name) ?? "")?.[1];
      if (!token) continue;
      shape.setAttribute(name, light.get(token) ?? "#1c1b19");
      shape.classList.add(`${name}-${token}`);
      used.add(`.${name}-${token}{${name}:${dark.get(token) ?? light.get(token)}}`);
    }
  }
  for (const link of copy.querySelectorAll("a")) {
    const href = link.getAttribute("href");
    if (href) link.setAttribute("href", new URL(href, location.href).href);
  }
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  ground.setAttribute("width", "100%");
  ground.setAttribute("height", "100%");
  ground.setAttribute("fill", light.get("paper") ?? "#ffffff");
  ground.setAttribute("class", "fill-paper");
  used.add(`.fill-paper{fill:${dark.get("paper")}}`);
  copy.prepend(ground);
  const style = document.createElementNS("http://www.w3.org/2000/svg", "style");
  style.textContent = `text{font-variant-numeric:tabular-nums}@media screen and (prefers-color-scheme:dark){${[...used].join("")}}`;
  copy.prepend(style);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("font-family", "Inter, system-ui, sans-serif");
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(copy)}\n`;
}

export function saveSvg(svg: SVGSVGElement, name: string): void {
  const address = URL.createObjectURL(new Blob([svgText(svg)], { type: "image/svg+xml" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = `${name}.svg`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
