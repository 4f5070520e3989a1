"use client";

import Link from "next/link";
import { Fragment } from "react";
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
    <ol className="grid max-w-[920px] gap-8 py-6 min-[901px]:pr-6">
      {differences.map((one) => {
        const range = sentencesAround(index, one);
        const details = detailsOf(one, scheme);
        return (
          <li key={`${one.caseId}-${one.start}-${one.end}`} className="min-w-0 min-[901px]:pl-28">
            <h2 className="font-serif text-[18px] leading-6 font-medium">{headline(one, scheme, who)}</h2>
            <Focus
              index={index}
              range={range}
              lanes={[...lane(who, one.mine, false), ...lane("Gold", one.gold, true)]}
              nothing={null}
              scheme={scheme}
            />
            {details.length > 0 && (
              <dl className="mb-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-0.5">
                {details.map((detail) => (
                  <Fragment key={detail.name}>
                    <dt className="text-ink-2">{detail.name}</dt>
                    <dd>
                      <span className="text-ink-2">{who}</span> {detail.mine} <span className="text-ink-2">· gold</span>{" "}
                      <b className="font-medium">{detail.gold}</b>
                    </dd>
                  </Fragment>
                ))}
              </dl>
            )}
            <p className="text-ink-2">
              <Why decision={one.decision} projectId={article.projectId} rules={rules} />
              {one.caseId && (
                <Link href={`/settle/${article.id}?case=${one.caseId}`} className="link">
                  See the case
                </Link>
              )}
            </p>
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
  return (
    <>
      {decision.reasonCode && `Reason: ${reasonName(decision.reasonCode)}. `}
      {decision.rule && (
        <>
          <Link href={`/projects/${projectId}/guideline#${decision.rule}`} className="link">
            {rule ? `Rule ${[rule.number, rule.title].filter(Boolean).join(" ")}` : decision.rule}
          </Link>
          {". "}
        </>
      )}
      {decision.note && `“${decision.note}” `}
    </>
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

type Detail = { readonly name: string; readonly mine: string; readonly gold: string };

/** What the lanes cannot show: the attributes and links that differ, side by side. */
function detailsOf({ kind, parts, mine, gold }: Difference, scheme: Scheme): readonly Detail[] {
  if (kind !== "changed") return [];
  const told = (words: readonly string[]) => (words.length > 0 ? [...new Set(words)].join("; ") : "none");
  const details: Detail[] = [];
  if (parts.includes("attributes"))
    for (const key of new Set([...mine, ...gold].flatMap((mark) => Object.keys(mark.attributes)))) {
      const values = (marks: readonly Mark[]) => told(marks.flatMap((mark) => valueIn(scheme, mark, key) ?? []));
      details.push({ name: nameOf(scheme, [...gold, ...mine], key), mine: values(mine), gold: values(gold) });
    }
  if (parts.includes("links")) {
    const links = (marks: readonly Mark[]) => told(marks.flatMap((mark) => linksOf(scheme, mark)));
    details.push({ name: "Links", mine: links(mine), gold: links(gold) });
  }
  return details.filter((detail) => detail.mine !== detail.gold);
}

const labelOf = (scheme: Scheme, mark: Mark) => scheme.labels.find((each) => each.key === mark.label);

const attributeOf = (scheme: Scheme, mark: Mark, key: string) =>
  labelOf(scheme, mark)?.attributes.find((each) => each.key === key);

const nameOf = (scheme: Scheme, marks: readonly Mark[], key: string): string =>
  marks.map((mark) => attributeOf(scheme, mark, key)?.name).find((name) => name !== undefined) ?? key;

function valueIn(scheme: Scheme, mark: Mark, key: string): string | undefined {
  const value = mark.attributes[key]?.trim();
  if (!value) return undefined;
  const attribute = attributeOf(scheme, mark, key);
  return attribute?.kind === "choice" ? (attribute.values.find((each) => each.key === value)?.name ?? value) : value;
}

const linksOf = (scheme: Scheme, mark: Mark): readonly string[] =>
  mark.links.map((link) => `${scheme.links.find((each) => each.key === link.type)?.name ?? link.type} “${link.words}”`);
