/** What changed from one version of a scheme to the next, for showing versions. */
import type { LinkType, Scheme } from "./scheme";

export type SchemeDifference = {
  /** Which thing, in words: `value “demand” of Type of Claim`. */
  readonly what: string;
  readonly change: "added" | "removed" | "archived" | "restored" | "changed";
  /** For "changed": which of its properties, and how it reads before and after. */
  readonly field?: string;
  readonly before?: string;
  readonly after?: string;
};

type Thing = { readonly what: string; readonly archived: boolean; readonly fields: Readonly<Record<string, string>> };

const yesNo = (flag: boolean | undefined): string => (flag ? "yes" : "no");
const listed = (keys: LinkType["from"] | LinkType["to"] | undefined): string =>
  typeof keys === "string" ? keys : (keys ?? []).join(", ");

/** Every thing that a scheme holds, by an id that outlives renaming. */
function thingsOf(scheme: Scheme): ReadonlyMap<string, Thing> {
  const things = new Map<string, Thing>();
  const add = (id: string, what: string, archived: boolean | undefined, fields: Thing["fields"]) =>
    things.set(id, { what, archived: archived === true, fields });

  for (const l of scheme.labels) {
    const { name, description, hotkey, colour, line } = l;
    add(`label ${l.key}`, `label “${name}”`, l.archived, { name, description, key: hotkey ?? "none", colour, line });
    for (const a of l.attributes) {
      const ofLabel = `of ${name}`;
      const order = a.kind === "choice" ? { order: listed(a.order), values: listed(a.values.map((v) => v.key)) } : {};
      const source =
        a.kind === "text"
          ? { "names a source": yesNo(a.source), "offered the words of": listed(a.wordsOf) }
          : { "offered as last with the source": yesNo(a.withSource) };
      const fields = { name: a.name, key: a.hotkey ?? "none", required: yesNo(a.required), ...order, ...source };
      add(`attribute ${l.key}.${a.key}`, `attribute “${a.name}” ${ofLabel}`, a.archived, fields);
      for (const v of a.kind === "choice" ? a.values : [])
        add(`value ${l.key}.${a.key}.${v.key}`, `value “${v.name}” of ${a.name} ${ofLabel}`, v.archived, {
          name: v.name,
          words: listed(v.words),
          "offered when": v.sign ?? "never",
        });
    }
  }
  for (const t of scheme.links) {
    add(`link ${t.key}`, `link type “${t.name}”`, t.archived, {
      name: t.name,
      from: listed(t.from),
      to: listed(t.to),
      "may end in a text": yesNo(t.freeText),
      "may end in another article": yesNo(t.otherArticle),
      "required for": listed(t.requiredFor ?? []),
      "offered in a sentence": yesNo(t.offered),
    });
  }
  for (const [a, b] of scheme.coexist) {
    const [first, second] = [a, b].sort();
    add(`coexist ${first} ${second}`, `leave for ${first} and ${second} to stand on one stretch`, false, {});
  }
  return things;
}

/** In the order of `next`, then what is no longer there. */
export function diffScheme(old: Scheme, next: Scheme): readonly SchemeDifference[] {
  const before = thingsOf(old);
  const after = thingsOf(next);
  const differences: SchemeDifference[] = [];
  const labels = (s: Scheme) =>
    s.labels.map((l) => l.key).filter((k) => before.has(`label ${k}`) && after.has(`label ${k}`));
  const order = { before: labels(old).join(", "), after: labels(next).join(", ") };
  if (order.before !== order.after) differences.push({ what: "labels", change: "changed", field: "order", ...order });
  for (const [id, thing] of after) {
    const earlier = before.get(id);
    if (!earlier) {
      differences.push({ what: thing.what, change: "added" });
      continue;
    }
    const { what } = earlier;
    if (earlier.archived !== thing.archived)
      differences.push({ what, change: thing.archived ? "archived" : "restored" });
    for (const [field, value] of Object.entries(thing.fields)) {
      const was = earlier.fields[field] ?? "";
      if (was !== value) differences.push({ what, change: "changed", field, before: was, after: value });
    }
  }
  for (const [id, thing] of before) if (!after.has(id)) differences.push({ what: thing.what, change: "removed" });
  return differences;
}
