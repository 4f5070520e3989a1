/** What the server says of a file before it is imported, and what the importer says of its names. */
import { type Answer, answerOf } from "../api";
import type { ImportFault } from "./upload";

export type ImportPreview = {
  readonly format: string | null;
  readonly candidates: readonly { readonly format: string; readonly name: string; readonly reason: string }[];
  readonly articles: number;
  readonly whole: boolean;
  readonly native: boolean;
  readonly labels: readonly { readonly label: string; readonly count: number; readonly suggested: string | null }[];
  readonly reviewers: readonly {
    readonly reviewer: string;
    readonly articles: number;
    readonly spans: number;
    readonly member: string | null;
  }[];
  readonly gold: number;
  readonly suggestions: readonly { readonly by: string; readonly articles: number; readonly spans: number }[];
  readonly spans: readonly {
    readonly title: string;
    readonly reviewer: string | null;
    readonly label: string;
    readonly before: string;
    readonly quote: string;
    readonly after: string;
  }[];
  readonly errors: readonly ImportFault[];
  readonly notes: readonly string[];
};

/** Their name to what is chosen: a key or an id of ours, `LEFT_OUT`, or `NEW`. What is not in it is as suggested. */
export type Choices = {
  readonly labels: Readonly<Record<string, string>>;
  readonly reviewers: Readonly<Record<string, string>>;
};
export const LEFT_OUT = "-";
export const NEW = "+";

export const chosenLabel = ({ labels }: Choices, { label, suggested }: ImportPreview["labels"][number]): string =>
  labels[label] ?? suggested ?? NEW;

/** As the API takes it. */
export function mappingOf(preview: ImportPreview, choices: Choices): object {
  const chosen = preview.labels.map((one) => ({ label: one.label, to: chosenLabel(choices, one) }));
  return {
    labels: Object.fromEntries(
      chosen.map(({ label, to }) => [label, to === LEFT_OUT ? null : to === NEW ? keyOf(label) : to]),
    ),
    newLabels: chosen.filter(({ to }) => to === NEW).map(({ label }) => ({ key: keyOf(label), name: nameOf(label) })),
    reviewers: Object.fromEntries(
      Object.entries(choices.reviewers).flatMap(([name, to]) =>
        to === NEW ? [] : [[name, to === LEFT_OUT ? null : to]],
      ),
    ),
  };
}

const nameOf = (label: string): string =>
  [...label.replace(/\s+/g, " ").trim()].slice(0, 80).join("").trim() || "Label";

const keyOf = (label: string): string => {
  const plain = label
    .replace(/[^A-Za-z0-9_-]+/g, "_")
    .replace(/^[^A-Za-z]+/, "")
    .slice(0, 64);
  return plain === ""
    ? `LABEL_${[...label].reduce((sum, sign) => (sum * 31 + (sign.codePointAt(0) ?? 0)) % 99_991, 7)}`
    : plain;
};

/** Above this a file is imported without being looked at first. */
export const LARGEST_PREVIEW = 64 * 1024 * 1024;

export async function previewFile(
  projectId: string,
  file: File,
  format: string | null,
): Promise<Answer<ImportPreview>> {
  const form = new FormData();
  form.append("file", file, file.name);
  const query = format === null ? "" : `?${new URLSearchParams({ format })}`;
  try {
    const response = await fetch(`/api/v1/projects/${projectId}/imports/preview${query}`, {
      method: "POST",
      body: form,
      credentials: "same-origin",
      redirect: "error",
    });
    return await answerOf<ImportPreview>(response);
  } catch {
    const detail = "Gloss could not be reached, so the file was not looked at.";
    return { ok: false, status: 0, title: "network", detail, errors: [], retryAfter: null };
  }
}
