/** What the doors take and give for the targets of links in other articles. */
import { z } from "zod";
import { LIMITS, storable, uuid } from "../spans/schema";
import { pageOf, pageQuery } from "./paging";

export const targetQuery = z.strictObject({
  ...pageQuery,
  /** Words of the span or of its article's title, whatever their case and quotes. */
  q: storable(200).optional(),
  /** Labels that the link may end in, with commas between. */
  labels: storable(LIMITS.key * 20).optional(),
  /** The article that the link starts in: its own spans are no far targets. */
  except: uuid.optional(),
});
export type TargetQuery = z.infer<typeof targetQuery>;

export const targetView = z.strictObject({
  id: z.uuid(),
  label: z.string(),
  quote: z.string().meta({ description: "At most 300 characters" }),
  articleId: z.uuid(),
  articleTitle: z.string(),
  gold: z.boolean().meta({ description: "Of a settled article's gold; otherwise the asker's own" }),
  superseded: z.boolean().meta({ description: "It stands in a former version of its article" }),
});
export type Target = z.infer<typeof targetView>;

export const targetPage = pageOf(targetView);
