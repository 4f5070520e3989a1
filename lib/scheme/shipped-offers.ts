/** The offers of the default scheme for a scheme that was made before there were any, or that was made anew. */
import { DEFAULT_SCHEME } from "./default";
import { attributeOf, labelOf, linkTypeOf } from "./lookup";
import type { Attribute, Scheme } from "./scheme";

function withOffers(own: Attribute, shipped: Attribute | undefined): Attribute {
  if (own.kind === "text")
    return shipped?.kind === "text" && shipped.wordsOf && !own.wordsOf ? { ...own, wordsOf: shipped.wordsOf } : own;
  if (shipped?.kind !== "choice") return own;
  const values = own.values.map((value) => {
    const { words, sign } = shipped.values.find((v) => v.key === value.key) ?? {};
    return {
      ...value,
      ...(words && !value.words ? { words } : {}),
      ...(sign && !value.sign ? { sign } : {}),
    };
  });
  return { ...own, values, ...(shipped.withSource ? { withSource: true } : {}) };
}

/** Adds what ships to labels, attributes, values and link types of the same keys, and takes nothing away. */
export const withShippedOffers = (scheme: Scheme): Scheme => ({
  ...scheme,
  labels: scheme.labels.map((label) => {
    const shipped = labelOf(DEFAULT_SCHEME, label.key);
    if (!shipped) return label;
    const keys = new Set(label.attributes.map((a) => a.key));
    return {
      ...label,
      attributes: label.attributes.map((a) => {
        const made = withOffers(a, attributeOf(shipped, a.key));
        return made.kind === "text" && made.wordsOf
          ? { ...made, wordsOf: made.wordsOf.filter((key) => keys.has(key)) }
          : made;
      }),
    };
  }),
  links: scheme.links.map((type) =>
    linkTypeOf(DEFAULT_SCHEME, type.key)?.offered ? { ...type, offered: true } : type,
  ),
});
