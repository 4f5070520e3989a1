"use client";

import { X } from "lucide-react";
import { memo, useEffect, useMemo, useRef, useState } from "react";
import ReactMarkdown from "react-markdown";
import remarkGfm from "remark-gfm";
import { type Rule, rules } from "@/lib/scheme/guideline";

/** The guideline beside the article, rule by rule; it opens at the label in hand. Raw HTML in it is text. */
export const GuidelinePanel = memo(function GuidelinePanel({
  markdown,
  version,
  label,
  onClose,
}: {
  markdown: string;
  version: number;
  /** The name of the label in hand, or null. */
  label: string | null;
  onClose: () => void;
}) {
  const all = useMemo(() => rules(markdown), [markdown]);
  const [words, setWords] = useState("");
  const shown = useMemo(() => {
    const wanted = words.trim().toLowerCase();
    return wanted === "" ? all : all.filter((r) => `${r.number} ${r.title} ${r.body}`.toLowerCase().includes(wanted));
  }, [all, words]);
  const box = useRef<HTMLDivElement>(null);
  const first = useMemo(() => (label === null ? null : ruleFor(all, label)), [all, label]);
  useEffect(() => {
    if (first)
      box.current?.querySelector(`[data-rule="${CSS.escape(first.anchor)}"]`)?.scrollIntoView({ block: "start" });
  }, [first]);
  const sections = useMemo(() => {
    const made: { title: string | null; rules: Rule[] }[] = [];
    for (const rule of shown) {
      const last = made.at(-1);
      if (last && last.title === rule.section) last.rules.push(rule);
      else made.push({ title: rule.section, rules: [rule] });
    }
    return made;
  }, [shown]);
  return (
    <section className="rv-guideline" aria-label="Guideline">
      <header>
        <h2>Guideline</h2>
        <span>version {version}</span>
        <button type="button" className="rv-icon" onClick={onClose} aria-label="Close the guideline">
          <X size={16} aria-hidden />
        </button>
        <input
          type="search"
          aria-label="Find a rule"
          placeholder="Find a rule"
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div ref={box} className="rv-rules" tabIndex={0}>
        {sections.map((section) => (
          <div key={`${section.title} ${section.rules[0]?.anchor}`}>
            {section.title && <h3>{section.title}</h3>}
            {section.rules.map((rule) => (
              <details key={rule.anchor} data-rule={rule.anchor} open>
                <summary>
                  {rule.number && <span>{rule.number}</span>}
                  {rule.title}
                </summary>
                <div className="prose">
                  <ReactMarkdown remarkPlugins={[remarkGfm]} skipHtml>
                    {rule.body}
                  </ReactMarkdown>
                </div>
              </details>
            ))}
          </div>
        ))}
        {shown.length === 0 && (
          <p className="rv-none">{words ? "No rule has these words." : "There is no guideline yet."}</p>
        )}
      </div>
    </section>
  );
});

/** The first rule of the section that is named as the label, or whose title names it. */
function ruleFor(all: readonly Rule[], label: string): Rule | null {
  const wanted = label.toLowerCase();
  const last = wanted.split(" ").at(-1) ?? wanted;
  return (
    all.find((r) => r.section?.toLowerCase().includes(wanted)) ??
    all.find((r) => r.title.toLowerCase().includes(wanted)) ??
    all.find((r) => r.section?.toLowerCase().includes(last)) ??
    null
  );
}
