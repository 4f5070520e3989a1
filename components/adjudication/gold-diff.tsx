"use client";

import Link from "next/link";
import type { DifferenceKind, DifferencePart, Mark } from "@/lib/cases/differences";
import type { Scheme } from "@/lib/scheme/scheme";
import { indexText } from "@/lib/text/codepoints";
import type { Range } from "@/lib/text/range";
import { sentencesAround } from "@/lib/text/sentences";
import { Focus } from "./focus";
import { type LaneRow, rowsOf } from "./lanes";
import { reasonName } from "./model";

export type Difference = Range & {
  readonly caseId: string | null;
  readonly kind: DifferenceKind;
  readonly parts: readonly DifferencePart[];
  readonly mine: readonly Mark[];
  readonly gold: readonly Mark[];
  readonly decision: {
    readonly reasonCode: string | null;
    readonly note: string;
    readonly rule: string | null;
  } | null;
};

type Props = {
  readonly article: { readonly id: string; readonly projectId: string; readonly text: string };
  readonly differences: readonly Difference[];
  readonly scheme: Scheme;
  readonly rules: readonly { readonly anchor: string; readonly number: string | null; readonly title: string }[];
  /** "You", or the reviewer's name. */
  readonly who: string;
};

/** Each place in its sentence: what was marked above, gold below, and why. */
export function GoldDiff({ article, differences, scheme, rules, who }: Props) {
  const index = indexText(article.text);
  return (
    <ol className="grid gap-8 py-6">
      {differences.map((one) => {
        const range = sentencesAround(index, one);
        const details = detailsOf(one, scheme, who);
        return (
          <li key={`${one.caseId}-${one.start}-${one.end}`} className="min-w-0 lg:pl-28">
            <h2 className="font-serif text-[18px] leading-6 font-medium">{headline(one, scheme, who)}</h2>
            <Focus
              index={index}
              range={range}
              lanes={[...lane(who, one.mine, false), ...lane("Gold", one.gold, true)]}
              nothing={null}
              scheme={scheme}
            />
            {details.length > 0 && (
              <ul className="mb-2 grid gap-0.5">
                {details.map((detail) => (
                  <li key={detail}>{detail}</li>
                ))}
              </ul>
            )}
            <Why decision={one.decision} projectId={article.projectId} rules={rules} />
            {one.caseId && (
              <p className="text-ink-2">
                <Link href={`/settle/${article.id}?case=${one.caseId}`} className="link">
                  See the case
                </Link>
              </p>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function Why({
  decision,
  projectId,
  rules,
}: {
  decision: Difference["decision"];
  projectId: string;
  rules: Props["rules"];
}) {
  if (!decision) return null;
  const rule = rules.find((each) => each.anchor === decision.rule);
  if (!decision.reasonCode && !decision.note && !decision.rule) return null;
  return (
    <p className="text-ink-2">
      {decision.reasonCode && `Reason: ${reasonName(decision.reasonCode)}. `}
      {decision.rule && (
        <>
          <Link href={`/projects/${projectId}/guideline#${decision.rule}`} className="link">
            {rule ? `Rule ${[rule.number, rule.title].filter(Boolean).join(" ")}` : decision.rule}
          </Link>
          {". "}
        </>
      )}
      {decision.note && `“${decision.note}”`}
    </p>
  );
}

function lane(name: string, marks: readonly Mark[], ghost: boolean): readonly LaneRow[] {
  const bars = marks.map((mark) => ({ ...mark, key: mark.id, words: "", quiet: false }));
  const rows = bars.length > 0 ? rowsOf(bars) : [[]];
  return rows.map((row, place) => ({
    key: `${ghost}-${place}`,
    name: place === 0 ? name : "",
    short: place === 0 ? (ghost ? "G" : name.slice(0, 1)) : "",
    bars: row,
    ghost,
  }));
}

const PARTS: Readonly<Record<DifferencePart, string>> = {
  number: "another number of spans",
  label: "another label",
  ends: "other ends",
  attributes: "other attributes",
  links: "other links",
};

function headline({ kind, parts, mine, gold }: Difference, scheme: Scheme, who: string): string {
  const names = (marks: readonly Mark[]) =>
    [...new Set(marks.map((mark) => labelOf(scheme, mark)?.name.toLowerCase() ?? mark.label))].join(" and ");
  if (kind === "same") return `Gold says the same: ${names(gold)}`;
  if (kind === "missed") return `Only gold has a span here: ${names(gold)}`;
  if (kind === "dropped") return `Only ${who === "You" ? "you" : who} marked this: ${names(mine)}`;
  const told = parts.map((part) => (part === "label" ? `${names(gold)}, not ${names(mine)}` : PARTS[part])).join("; ");
  return `Gold has ${told}`;
}

/** What the lanes cannot show: attributes and links, side by side. */
function detailsOf({ kind, parts, mine, gold }: Difference, scheme: Scheme, who: string): readonly string[] {
  if (kind !== "changed") return [];
  const told = (marks: readonly Mark[], of: (mark: Mark) => readonly string[]) => {
    const all = marks.flatMap(of);
    return all.length > 0 ? all.join("; ") : "none";
  };
  return (
    [
      ["attributes", "Attributes", (mark: Mark) => attributesOf(scheme, mark)],
      ["links", "Links", (mark: Mark) => linksOf(scheme, mark)],
    ] as const
  )
    .filter(([part]) => parts.includes(part))
    .flatMap(([, name, of]) => [
      `${name}, ${who.toLowerCase() === "you" ? "you" : who}: ${told(mine, of)}`,
      `${name}, gold: ${told(gold, of)}`,
    ]);
}

const labelOf = (scheme: Scheme, mark: Mark) => scheme.labels.find((each) => each.key === mark.label);

function attributesOf(scheme: Scheme, mark: Mark): readonly string[] {
  return Object.entries(mark.attributes)
    .filter(([, value]) => value.trim() !== "")
    .map(([key, value]) => {
      const attribute = labelOf(scheme, mark)?.attributes.find((each) => each.key === key);
      const named =
        attribute?.kind === "choice" ? attribute.values.find((each) => each.key === value)?.name : undefined;
      return `${attribute?.name ?? key} ${named ?? value}`;
    })
    .sort();
}

const linksOf = (scheme: Scheme, mark: Mark): readonly string[] =>
  mark.links.map((link) => `${scheme.links.find((each) => each.key === link.type)?.name ?? link.type} “${link.words}”`);
