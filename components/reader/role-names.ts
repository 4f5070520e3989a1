import type { RegionRole } from "@/lib/regions/roles";

/** What a part of the page is called on the screens. */
export const ROLE_NAMES: Readonly<Record<RegionRole, string>> = {
  headline: "headline",
  standfirst: "standfirst",
  byline: "byline",
  body: "body",
  subheading: "subheading",
  caption: "caption",
  related: "related link",
  meta: "post details",
  comment: "comment",
  form: "comment form",
  debris: "page debris",
};
