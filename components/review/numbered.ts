import type { Attribute, AttributeValue } from "@/lib/scheme/scheme";

type Choice = Extract<Attribute, { kind: "choice" }>;

/** The ordered scale, lowest first, and the values outside it. Archived values are not offered. */
export function scaleOf(attribute: Choice): {
  readonly scale: readonly AttributeValue[];
  readonly rest: readonly AttributeValue[];
} {
  const live = attribute.values.filter((v) => !v.archived);
  const order = attribute.order ?? [];
  const scale = order.flatMap((key) => live.filter((v) => v.key === key));
  return { scale, rest: live.filter((v) => !order.includes(v.key)) };
}

/** In the order of their number keys, the scale first. */
export function numbered(attribute: Choice): readonly AttributeValue[] {
  const { scale, rest } = scaleOf(attribute);
  return [...scale, ...rest];
}
