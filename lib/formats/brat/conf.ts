/** annotation.conf: what a brat collection may be annotated with; brat shows nothing that is not named there. */
import { plainName } from "./fit";

/** By this line a zip of Gloss is known when it is read again. */
export const OURS = "# Written by Gloss: a folder a reviewer, gold in the folder gold.";

export class Conf {
  private readonly labels: Set<string>;
  private readonly links: Set<string>;
  private readonly attributes = new Map<string, Set<string>>();

  constructor(known: { readonly labels: readonly string[]; readonly links: readonly string[] }) {
    this.labels = new Set(known.labels.map(plainName));
    this.links = new Set(known.links.map(plainName));
  }

  label(name: string): void {
    this.labels.add(name);
  }

  link(type: string): void {
    this.links.add(type);
  }

  /** `value` null: a flag. */
  attribute(name: string, value: string | null): void {
    const values = this.attributes.get(name) ?? new Set();
    if (value !== null) values.add(value);
    this.attributes.set(name, values);
  }

  text(): string {
    const attributes = [...this.attributes].map(
      ([name, values]) => `${name}\tArg:<ENTITY>${values.size > 0 ? `, Value:${[...values].join("|")}` : ""}`,
    );
    return [
      OURS,
      "",
      "[entities]",
      ...this.labels,
      "",
      "[relations]",
      "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>",
      ...[...this.links].map((type) => `${type}\tArg1:<ENTITY>, Arg2:<ENTITY>`),
      "",
      "[events]",
      "",
      "[attributes]",
      ...attributes,
      "",
    ].join("\n");
  }
}
