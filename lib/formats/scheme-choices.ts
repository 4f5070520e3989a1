/** What a project's scheme says of attributes, for formats that tell choices from free text. */
import { schemeSchema } from "../scheme/schema";
import type { NativeProject } from "./native";

/** Whether an attribute of a label is a choice among values. Without a scheme nothing is. */
export function choicesOf(project: NativeProject | null): (label: string, attribute: string) => boolean {
  const choices = new Set<string>();
  const parsed = project?.scheme ? schemeSchema.safeParse(project.scheme.scheme) : null;
  for (const label of parsed?.data?.labels ?? [])
    for (const attribute of label.attributes)
      if (attribute.kind === "choice") choices.add(JSON.stringify([label.key, attribute.key]));
  return (label, attribute) => choices.has(JSON.stringify([label, attribute]));
}

/** The keys of all labels and of all attributes, as the scheme has them, for formats that declare them first. */
export function keysOf(project: NativeProject | null): {
  readonly labels: readonly string[];
  readonly attributes: readonly string[];
  readonly links: readonly string[];
} {
  const parsed = project?.scheme ? schemeSchema.safeParse(project.scheme.scheme) : null;
  const labels = parsed?.data?.labels ?? [];
  return {
    labels: labels.map((label) => label.key),
    attributes: [...new Set(labels.flatMap((label) => label.attributes.map((one) => one.key)))],
    links: (parsed?.data?.links ?? []).map((link) => link.key),
  };
}
