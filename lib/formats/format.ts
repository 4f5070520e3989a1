/** What a format is: how to read it, how to write it, and what it cannot hold. */
import type { OffsetUnit } from "./doccano/units";
import type { Loss } from "./losses";
import type { NativeArticle, NativeProject, ReadItem } from "./native";
import type { Bytes } from "./utf8";

export type ReadSettings = {
  /** `csv`: the header of the column that holds the text. */
  readonly textColumn?: string | null;
  /** `doccano`: what the project counted offsets in; UTF-16 units where nothing is said. */
  readonly offsetUnit?: OffsetUnit;
};

export type Articles = AsyncIterable<NativeArticle> | Iterable<NativeArticle>;

export type Format = {
  /** As people call it. */
  readonly name: string;
  /** What a file of it holds, for who chooses one; absent: it is not written. */
  readonly says?: string;
  /** Without parameters; text is UTF-8. */
  readonly mediaType: string;
  /** Of a file's name, without the dot; the first is what Gloss writes. */
  readonly extensions: readonly [string, ...string[]];
  /** A file of it is one article, so several are sent as several files. */
  readonly oneArticle: boolean;
  /** Of another tool: its labels, attributes and people are not ours, and are fitted to a project's when they are imported. */
  readonly foreign?: boolean;
  /** May come as a zip. */
  readonly zipped?: boolean;
  /** `name` is the file's, if it has one. Every fault is placed; nothing is thrown for what stands in the file. */
  readonly read?: (stream: Bytes, name: string | null, settings: ReadSettings) => AsyncIterable<ReadItem>;
  /** Article by article, never all in memory. */
  readonly write?: (articles: Articles, project: NativeProject | null) => AsyncIterable<string | Uint8Array>;
  /** What writing an article leaves out; absent: nothing is ever lost. */
  readonly losses?: readonly Loss[];
};
