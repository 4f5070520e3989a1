import Markdown from "react-markdown";
import remarkGfm from "remark-gfm";

/** Our Markdown as elements: raw HTML in it is shown as text, links open outside and say nothing of where they come from. */
export function GuidelineText({ markdown }: { markdown: string }) {
  return (
    <div className="prose">
      <Markdown
        remarkPlugins={[remarkGfm]}
        components={{
          a: ({ node: _, ...props }) => <a {...props} target="_blank" rel="noreferrer noopener" />,
          img: ({ alt }) => <span>{alt}</span>,
        }}
      >
        {markdown}
      </Markdown>
    </div>
  );
}
