/**
 * Which methods each path of the API has, read once from the route files themselves. Next would answer a method that a file does not have
 * with an empty 405; this one says what there is, in the API's own words.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** What a path's address looks like, and what the file behind it exports. */
type Known = { readonly pattern: RegExp; readonly methods: readonly string[] };

/** Null where no route of the API is: Next finds what to say. */
export type MethodsOf = (pathname: string) => readonly string[] | null;

const EXPORTED = /^export (?:const|function|async function) (GET|POST|PUT|PATCH|DELETE)\b/gm;

/** Of the repository at `root`, which the app is served from. */
export function readMethods(root: string): MethodsOf {
  const folder = path.join(root, "app", "api");
  const known = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => path.basename(name) === "route.ts" && !name.includes("[..."))
    // A word before a parameter: both would take it, and Next means the word.
    .sort((a, b) => (a.replaceAll("[", "~") < b.replaceAll("[", "~") ? -1 : 1))
    .map((name): Known => {
      const address = path.dirname(name).split(path.sep).map(partOf).join("/");
      const methods = [...readFileSync(path.join(folder, name), "utf8").matchAll(EXPORTED)].map(([, one = ""]) => one);
      const all = [...methods, ...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"];
      return { pattern: new RegExp(`^/api/${address}/?$`), methods: all.sort() };
    })
    .filter(({ methods }) => methods.length > 1);
  return (pathname) => known.find(({ pattern }) => pattern.test(pathname))?.methods ?? null;
}

const partOf = (folder: string): string =>
  folder.startsWith("[") ? "[^/]+" : folder.replaceAll(/[.+*?^$()|{}\\]/g, "\\$&");
