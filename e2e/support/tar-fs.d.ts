/** The one function of tar-fs that is used; the package has no types. */
declare module "tar-fs" {
  import type { Writable } from "node:stream";
  export function extract(folder: string): Writable;
}
