import type { NativeArticle, ReadItem } from "../native";
import type { Bytes } from "../utf8";

export async function all<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of stream) items.push(item);
  return items;
}

/** The same bytes in pieces of a size, so that every boundary falls somewhere. */
export async function* chunks(bytes: Uint8Array, size: number): Bytes {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
}

export const articles = (items: readonly ReadItem[]): NativeArticle[] =>
  items.flatMap((item) => (item.kind === "article" ? [item.article] : []));

/** `line code path` of every fault. */
export const faults = (items: readonly ReadItem[]): string[] =>
  items.flatMap((item) =>
    item.kind === "fault"
      ? item.faults.map((f) => [f.line ?? item.line, f.code, f.path].filter(Boolean).join(" "))
      : [],
  );

export const notes = (items: readonly ReadItem[]): string[] =>
  items.flatMap((item) => (item.kind === "article" ? [...item.notes] : []));
