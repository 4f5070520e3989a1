"use client";

import Link from "next/link";
import { Button } from "../ui/button";
import { Kbd } from "../ui/page";
import { Ago } from "../ui/time";
import { type Desk, type CaseLaw as Law, type Precedent, reasonName, ruleName } from "./model";
import { shorten } from "./words";

/** The rulings made before on these words, newest first; the first that can be had here has a key. */
export function CaseLaw({
  law,
  desk,
  label,
  onTake,
}: {
  law: Law | null;
  desk: Desk;
  label: (key: string) => string;
  onTake: ((precedent: Precedent) => void) | null;
}) {
  if (!law || law.items.length + law.alike === 0) return null;
  const first = law.items.find((one) => one.here !== null);
  return (
    <section aria-label="Case law" className="grid gap-2 border-t border-rule pt-3">
      {law.items.length > 0 && <h3 className="font-medium">Decided before on the same words</h3>}
      {law.items.slice(0, 3).map((one) => (
        <Ruled key={one.caseId} one={one} desk={desk} label={label} keyed={one === first} onTake={onTake} />
      ))}
      {law.items.length > 3 && (
        <details>
          <summary className="min-h-6 cursor-default text-ink-2">{law.items.length - 3} earlier</summary>
          <div className="mt-1 grid gap-2">
            {law.items.slice(3).map((one) => (
              <Ruled key={one.caseId} one={one} desk={desk} label={label} keyed={false} onTake={onTake} />
            ))}
          </div>
        </details>
      )}
      {law.alike > 0 && (
        <p className="text-ink-2">
          {law.alike === 1 ? "One other open case has" : `${law.alike} other open cases have`} the same words and votes.
          {onTake && " When this one is decided, they can follow it."}
        </p>
      )}
    </section>
  );
}

function Ruled({
  one,
  desk,
  label,
  keyed,
  onTake,
}: {
  one: Precedent;
  desk: Desk;
  label: (key: string) => string;
  keyed: boolean;
  onTake: ((precedent: Precedent) => void) | null;
}) {
  const { decision, gold, here, article } = one;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-3">
      <div>
        <p>
          {gold.length === 0 ? (
            <span className="font-serif text-[15px] italic">nothing here</span>
          ) : (
            gold.map((span) => (
              <span key={`${span.label} ${span.quote}`} className="font-serif text-[15px]">
                “{shorten(span.quote)}” <span className="font-sans text-sm text-ink-2">{label(span.label)} </span>
              </span>
            ))
          )}
        </p>
        <p className="text-ink-2">
          {!one.same && `On “${shorten(one.quote)}”. `}
          {decision.rule && `Rule ${ruleName(desk.rules, decision.rule)}. `}
          {decision.reasonCode && `Reason: ${reasonName(decision.reasonCode)}. `}
          {decision.by ?? "The project’s policy"}, <Ago at={decision.at} />,{" "}
          <Link href={`/settle/${article.id}?case=${one.caseId}`} className="link">
            {article.id === desk.article.id ? "this article" : article.outlet || article.title}
          </Link>
          {decision.note && `: ${decision.note}`}
        </p>
      </div>
      {onTake && here && (
        <Button onClick={() => onTake(one)} className="!h-7 !px-2">
          Take it {keyed && <Kbd>P</Kbd>}
        </Button>
      )}
    </div>
  );
}
