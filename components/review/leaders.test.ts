import { describe, expect, test } from "vitest";
import { looksOf } from "@/components/reader/look";
import { DEFAULT_SCHEME } from "@/lib/scheme/default";
import type { Link, Review, Span } from "@/lib/spans/model";
import { trunksOf, trunkWords } from "./leaders";

const span = (id: string, start: number, label = "CLAIM"): Span => ({
  ...{ id, version: 1, start, end: start + 5, label, attributes: {}, note: "", uncertain: false },
});
const link = (id: string, type: string, from: string, to: string | null, toText: string | null = null): Link => ({
  ...{ id, version: 1, type, from, to, toText },
});
const byId = <T extends { readonly id: string }>(items: readonly T[]) => new Map(items.map((i) => [i.id, i]));
const review = (spans: readonly Span[], links: readonly Link[]): Review => ({
  ...{ version: 1, spans: byId(spans), links: byId(links), removedSpans: new Map(), removedLinks: new Map() },
});
const looks = looksOf(DEFAULT_SCHEME);
const claim = span("c", 1000);

describe("lines to what a span is linked with", () => {
  test("fifty links of one kind are one line, with a branch for each line of text", () => {
    const others = Array.from({ length: 50 }, (_, n) => span(`d${n}`, n * 30, "DENIAL"));
    const links = others.map((d, n) => link(`l${n}`, "denies", d.id, claim.id));
    const trunks = trunksOf(claim, review([claim, ...others], links), DEFAULT_SCHEME, looks, (s) =>
      s.start < 600 ? Math.floor(s.start / 60) * 30 : null,
    );
    expect(trunks).toHaveLength(1);
    expect(trunks[0]).toMatchObject({ name: "denied by", outward: false, above: 14, below: 16 });
    expect(trunks[0]?.branches).toEqual([0, 30, 60, 90, 120, 150, 180, 210, 240, 270]);
  });

  test("each kind and direction has its own; the words say how many there are and which way the unseen lie", () => {
    const denial = span("d", 2000, "DENIAL");
    const said = span("a", 10, "ATTRIBUTION");
    const all = review(
      [claim, denial, said],
      [link("1", "denies", "d", "c"), link("2", "attributes", "a", "c"), link("3", "denies", "d", null, "generic")],
    );
    const y = (s: Span) => (s.id === "a" ? null : s.start / 10);
    expect(trunksOf(claim, all, DEFAULT_SCHEME, looks, y).map(trunkWords)).toEqual(["denied by", "attributed by ↑ 1"]);
    expect(trunksOf(denial, all, DEFAULT_SCHEME, looks, y).map(trunkWords)).toEqual(["denies 2"]);
  });
});
