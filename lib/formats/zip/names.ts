/** Names of files and folders inside a zip for names that may hold anything, and back. */

/** `%` itself, what some file system refuses, controls, and dots and blanks at the ends. */
const UNSAFE = /[%~/\\:*?"<>|\p{Cc}\u{2028}\u{2029}]|^[.\s]|[.\s]$/gu;

export const safeName = (name: string): string =>
  name.replace(UNSAFE, (found) => (encodeURIComponent(found) === found ? hex(found) : encodeURIComponent(found))) ||
  "%";

const hex = (character: string): string =>
  `%${(character.charCodeAt(0) & 0xff).toString(16).toUpperCase().padStart(2, "0")}`;

/** A name of another tool that only looks as if something were escaped stays as it is. */
export function namedBy(file: string): string {
  if (file === "%") return "";
  try {
    return decodeURIComponent(file);
  } catch {
    return file;
  }
}

/** Articles by their id; those without one are numbered, and such a name is no id when it is read back. */
export class ArticleNames {
  private readonly taken = new Set<string>();
  private count = 0;

  next(id: string | null): string {
    this.count++;
    const name = id === null ? `${NUMBERED}${String(this.count).padStart(6, "0")}` : safeName(id);
    let free = name;
    for (let n = 2; this.taken.has(free.toLowerCase()); n++) free = `${name}~${n}`;
    this.taken.add(free.toLowerCase());
    return free;
  }
}

const NUMBERED = "article-";

export const idOfName = (name: string): string | null =>
  /^article-\d{6,}$/.test(name) ? null : namedBy(name.replace(/~\d+$/, ""));
