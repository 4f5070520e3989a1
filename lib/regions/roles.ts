import type { Range } from "../text/range";

export const REGION_ROLES = [
  "headline",
  "standfirst",
  "byline",
  "body",
  "subheading",
  "caption",
  "related",
  "meta",
  "comment",
  "form",
  "debris",
] as const;

export type RegionRole = (typeof REGION_ROLES)[number];

/** A stretch of an article with a role; regions of an article are ordered and do not overlap. Offsets are code points. */
export type Region = Range & {
  readonly role: RegionRole /** Why it was proposed, in words; null when a person drew it. */;
  readonly reason: string | null;
};

/** What a project annotates unless it says otherwise. */
export const DEFAULT_SCOPE: readonly RegionRole[] = ["headline", "standfirst", "subheading", "body"];
