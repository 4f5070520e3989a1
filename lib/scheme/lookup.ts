/** Questions asked of a scheme. Archived things are found too: old spans and links keep their meaning. */
import type { Attribute, Label, LabelKey, LinkType, Scheme } from "./scheme";

export const labelOf = (scheme: Scheme, key: string): Label | undefined => scheme.labels.find((l) => l.key === key);

export const attributeOf = (label: Label, key: string): Attribute | undefined =>
  label.attributes.find((a) => a.key === key);

export const linkTypeOf = (scheme: Scheme, key: string): LinkType | undefined =>
  scheme.links.find((t) => t.key === key);

export const mayStart = (type: LinkType, from: LabelKey): boolean => type.from === "any" || type.from.includes(from);

/** Whether a link of this type may go from a span of one label to a span of another. */
export const mayLink = (type: LinkType, from: LabelKey, to: LabelKey): boolean =>
  mayStart(type, from) && (type.to === "any" || (type.to === "same" ? from === to : type.to.includes(to)));

/** Labels that may stand on one stretch without being a label conflict (agreement.md R2). */
export const coexist = (scheme: Scheme, a: LabelKey, b: LabelKey): boolean =>
  scheme.coexist.some(([x, y]) => (x === a && y === b) || (x === b && y === a));
