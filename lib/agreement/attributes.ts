/**
 * Attributes: Krippendorff's alpha over cases in which two or more reviewers marked the same label. Nominal, and where the scheme
 * orders the values, ordinal over the ordered ones; values outside the order count in the nominal figure only. Free texts are left out; a source
 * counts by its normalised name. A blank is no value; nor is what a reviewer answered in two ways within one case.
 */
import { comparable, type Rules } from "../cases/rules";
import type { Grouped } from "./grouped";
import { Nominal, Ordinal } from "./krippendorff";
import type { Value } from "./value";

export type AttributeAgreement = {
  readonly level: "nominal" | "ordinal";
  readonly alpha: Value;
  /** Pairs of values that were compared. */
  readonly pairs: number;
  /** Of an ordered attribute, the figure over all values. */
  readonly nominal?: { readonly alpha: Value; readonly pairs: number };
};

class Tally {
  readonly nominal = new Nominal<string>();
  readonly ordinal: Ordinal | null;
  constructor(readonly order: readonly string[]) {
    this.ordinal = order.length > 0 ? new Ordinal(order.length) : null;
  }
}

export class Attributes {
  readonly #tallies = new Map<string, Map<string, Tally>>();

  /** Without `accepted`, values that were taken from an offer count as not given. */
  constructor(
    readonly rules: Rules,
    readonly accepted: boolean,
  ) {}

  add({ labels, members }: Grouped): void {
    for (const label of labels) {
      const marked = members.filter((m) => m.label === label);
      if (new Set(marked.map((m) => m.reviewer)).size < 2) continue;
      const keys = new Set(marked.flatMap((m) => Object.keys(m.attributes)));
      for (const key of keys) this.#addUnit(label, key, marked);
    }
  }

  #addUnit(label: string, key: string, marked: Grouped["members"]): void {
    const answers = new Map<string, Set<string>>();
    for (const m of marked) {
      if (!this.accepted && m.accepted?.includes(key)) continue;
      const value = comparable(this.rules, label, key, m.attributes[key] ?? "");
      if (value !== null) answers.set(m.reviewer, (answers.get(m.reviewer) ?? new Set()).add(value));
    }
    const values = [...answers.values()].flatMap((said) => (said.size === 1 ? [...said] : []));
    if (values.length === 0) return;
    const tally = this.#tally(label, key);
    tally.nominal.add(values);
    tally.ordinal?.add(values.map((v) => tally.order.indexOf(v)).map((place) => (place === -1 ? null : place)));
  }

  #tally(label: string, key: string): Tally {
    const ofLabel = this.#tallies.get(label) ?? new Map<string, Tally>();
    this.#tallies.set(label, ofLabel);
    const attribute = this.rules.attribute(label, key);
    const tally = ofLabel.get(key) ?? new Tally((attribute?.kind === "choice" ? attribute.order : undefined) ?? []);
    ofLabel.set(key, tally);
    return tally;
  }

  /** By label and attribute; those that nobody answered in such a case are absent. */
  list(labels: readonly string[]): Readonly<Record<string, Readonly<Record<string, AttributeAgreement>>>> {
    return Object.fromEntries(
      labels.flatMap((label) => {
        const tallies = this.#tallies.get(label);
        if (!tallies) return [];
        return [
          [
            label,
            Object.fromEntries([...tallies].sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, t]) => [k, agreement(t)])),
          ],
        ];
      }),
    );
  }
}

function agreement({ nominal, ordinal }: Tally): AttributeAgreement {
  const all = { alpha: nominal.alpha(), pairs: nominal.pairs };
  return ordinal
    ? { level: "ordinal", alpha: ordinal.alpha(), pairs: ordinal.pairs, nominal: all }
    : { level: "nominal", ...all };
}
