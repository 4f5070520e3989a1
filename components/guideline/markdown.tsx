import type { ComponentProps, ReactNode } from "react";
import Markdown from "react-markdown";
import remarkGfm from "remark-gfm";

const NAME = /\s*\{#([\w.-]+)\}\s*$/;

/**
 * The `{#name}` behind a heading becomes its anchor, so that a decision can cite the rule. The page has its own first heading, so each of
 * ours stands one level below what it looks like.
 */
function heading(Tag: "h2" | "h3" | "h4" | "h5", looks: string) {
  return ({ children }: { children?: ReactNode }) => {
    const parts = Array.isArray(children) ? children : [children];
    const last = parts.at(-1);
    const name = typeof last === "string" ? NAME.exec(last)?.[1] : undefined;
    return (
      <Tag id={name} className={looks}>
        {typeof last === "string" ? [...parts.slice(0, -1), last.replace(NAME, "")] : children}
      </Tag>
    );
  };
}

const COMPONENTS = {
  h1: heading("h2", "as-h1"),
  h2: heading("h3", "as-h2"),
  h3: heading("h4", "as-h3"),
  h4: heading("h5", "as-h4"),
  a: ({ children, href }: ComponentProps<"a">) => (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  ),
  img: ({ alt }: ComponentProps<"img">) => <span>{alt}</span>,
};

/** Our Markdown as elements: raw HTML in it is shown as text, images are their words, links open outside and say nothing of where they come from. */
export function GuidelineText({ markdown }: { markdown: string }) {
  return (
    <div className="prose">
      <Markdown remarkPlugins={[remarkGfm]} components={COMPONENTS}>
        {markdown}
      </Markdown>
    </div>
  );
}
