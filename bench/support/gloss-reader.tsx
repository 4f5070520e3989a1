/** Gloss's reader without the screen around it, on a bare page like the peers': the same components, the same text and spans. */
import { useRef, useState } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { useArticle, usePerBlock } from "../../components/reader/use-article";
import { ArticleView } from "../../components/reader/view";
import { DEFAULT_SCHEME } from "../../lib/scheme/default";
import type { MadeSpan } from "./made";

const { text, spans } = window.made;
window.began = performance.now();
const REGIONS = [{ start: 0, end: text.length, role: "body" as const, reason: null }];
const SCOPE = ["body" as const];
const OPEN = new Set<number>();

function Reader() {
  const [marks, setMarks] = useState<ReadonlyMap<string, MadeSpan>>(() => new Map(spans.map((s) => [s.id, s])));
  const frame = useRef<HTMLDivElement>(null);
  const model = useArticle(text, REGIONS, SCOPE, DEFAULT_SCHEME, OPEN);
  const per = usePerBlock(model.blocks, marks);
  window.add = (n) =>
    new Promise((resolve) => {
      const start = performance.now();
      const span = { id: `n${n}`, start: 40 * n, end: 40 * n + 25, label: "CLAIM" };
      flushSync(() => setMarks(new Map([...marks, [span.id, span]])));
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
    });
  return (
    <div ref={frame} id="frame">
      <div id="text">
        <ArticleView model={model} per={per} chosen={null} language="en" scroller={frame} onFold={() => {}} />
      </div>
    </div>
  );
}

const root = document.querySelector("#root");
if (root) flushSync(() => createRoot(root).render(<Reader />));
requestAnimationFrame(() => setTimeout(() => Object.assign(window, { firstPaint: performance.now() })));
