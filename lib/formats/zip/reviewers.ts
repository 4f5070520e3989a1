/** Folders of a zip by reviewer, and back. */
import { namedBy, safeName } from "./names";

const GOLD = "gold";

/** null: gold. A reviewer who is called gold is not. */
export const folderOf = (reviewer: string | null): string =>
  reviewer === null ? GOLD : reviewer.toLowerCase() === GOLD ? `%67${reviewer.slice(1)}` : safeName(reviewer);

export const reviewerOf = (folder: string): string | null => (folder === GOLD ? null : namedBy(folder));
