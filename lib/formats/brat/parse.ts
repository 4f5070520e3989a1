/** One .ann file as spans and links. What brat knows and Gloss does not is named in the notes. */
import type { TextIndex } from "../../text/codepoints";
import type { Range } from "../../text/range";
import type { Wire, WireMarks } from "../foreign";
import type { PlacedFault } from "../native";
import { CONTINUES, joinedAtBreaks } from "./fragments";
import { NOTED } from "./write";

type Bound = {
  readonly id: string;
  readonly label: string;
  readonly parts: readonly Range[];
  readonly attributes: Map<string, string>;
  readonly notes: string[];
  uncertain: boolean;
};

export type Standoff = {
  readonly marks: WireMarks;
  readonly faults: readonly PlacedFault[];
  readonly notes: readonly string[];
};

type Event = { readonly trigger: string; readonly roles: readonly (readonly [role: string, target: string])[] };

export function parseStandoff(lines: readonly string[], index: TextIndex): Standoff {
  const faults: PlacedFault[] = [];
  const lost = new Map<string, number>();
  const lose = (what: string) => {
    lost.set(what, (lost.get(what) ?? 0) + 1);
  };
  const bounds = new Map<string, Bound>();
  const events = new Map<string, Event>();
  const relations: { readonly id: string; readonly type: string; readonly from: string; readonly to: string }[] = [];
  const said: { readonly target: string; readonly say: (bound: Bound) => void }[] = [];
  const seen = new Set<string>();
  const take = (line: string, i: number): PlacedFault | null => {
    if (line.trim() === "") return null;
    const fault = (message: string, code = "not-brat"): PlacedFault => ({
      path: "",
      code,
      message,
      line: i + 1,
      excerpt: [...line].slice(0, 120).join(""),
    });
    const [id = "", data = "", ...tail] = line.split("\t");
    if (id !== "*" && seen.has(id)) return fault(`The id ${id} is used twice.`, "duplicate-id");
    seen.add(id);
    const words = data.split(" ").filter((word) => word !== "");
    const [type, target] = words;
    switch (id[0]) {
      case "T": {
        const bound = boundOf(id, data, tail.join("\t"), index);
        if ("message" in bound) return fault(bound.message, bound.code);
        bounds.set(id, bound);
        return null;
      }
      case "R": {
        const [one, two] = words.slice(1).map((arg) => arg.slice(arg.indexOf(":") + 1));
        if (!type || !one || !two) return fault("A relation is: R1, its type, Arg1:T1 Arg2:T2.");
        relations.push({ id, type, from: one, to: two });
        return null;
      }
      case "E": {
        const [first, ...roles] = words.map(
          (word) => [word.slice(0, word.indexOf(":")), word.slice(word.indexOf(":") + 1)] as const,
        );
        if (!first?.[1]) return fault("An event is: E1, its type and trigger, its roles.");
        events.set(id, { trigger: first[1], roles });
        lose("events (their roles were taken as links from the trigger)");
        return null;
      }
      case "A":
      case "M": {
        if (!type || !target) return fault("An attribute is: A1, its name, what it is of, and its value.");
        const value = data.split(" ").slice(2).join(" ");
        said.push({
          target,
          say: (bound) => {
            if (value === "" && type === "Uncertain") bound.uncertain = true;
            else bound.attributes.set(type, value === "" ? "true" : value);
          },
        });
        return null;
      }
      case "N": {
        const reference = words[2];
        if (!type || !target || !reference)
          return fault("A normalisation is: N1, Reference, what it is of, and DATABASE:ID.");
        said.push({
          target,
          say: (bound) => {
            bound.attributes.set(type, reference);
          },
        });
        return null;
      }
      case "#": {
        if (!type || !target) return fault("A note is: #1, its kind, what it is of, and the note.");
        const note = tail.join("\t");
        said.push({
          target,
          say: (bound) => {
            if (type.startsWith(NOTED)) bound.attributes.set(type.slice(NOTED.length), note);
            else bound.notes.push(note);
          },
        });
        return null;
      }
      case "*":
        lose("equivalences (*)");
        return null;
      default:
        return fault("No kind of annotation of brat's begins so.");
    }
  };
  lines.forEach((line, i) => {
    const fault = take(line, i);
    if (fault) faults.push(fault);
  });
  const bound = (id: string): Bound | undefined => bounds.get(id) ?? bounds.get(events.get(id)?.trigger ?? "");
  for (const { target, say } of said) {
    const of = bound(target);
    if (of) say(of);
    else if (relations.some((relation) => relation.id === target)) lose("attributes and notes of relations");
    else lose("attributes and notes of what is not there");
  }
  const links: Wire[] = [];
  const link = (type: string, from: string, to: string) => {
    const [a, b] = [bound(from), bound(to)];
    if (a && b) links.push({ type, from: a.id, to: b.id });
    else lose("relations with an end that is not there");
  };
  for (const { type, from, to } of relations) link(type, from, to);
  for (const { trigger, roles } of events.values()) for (const [role, target] of roles) link(role, trigger, target);
  const notes = [...lost].map(([what, n]) => `Left out: ${n} ${what}.`);
  return { marks: marksOf([...bounds.values()], links), faults, notes };
}

type Wrong = { readonly message: string; readonly code: string };

function boundOf(id: string, data: string, words: string, index: TextIndex): Bound | Wrong {
  const at = data.indexOf(" ");
  const label = data.slice(0, at);
  const fragments = data
    .slice(at + 1)
    .split(";")
    .map((part) => /^(\d{1,9}) (\d{1,9})$/.exec(part.trim()))
    .map((found) => (found ? { start: Number(found[1]), end: Number(found[2]) } : null));
  const good = fragments.filter((one) => one !== null);
  if (at < 1 || good.length !== fragments.length)
    return { code: "not-brat", message: "A text-bound annotation is: T1, its type, START END, and the words." };
  if (good.some((one) => one.start >= one.end || one.end > index.length))
    return {
      code: "outside-text",
      message: `The offsets lie outside the text, which has ${index.length} code points, or hold nothing.`,
    };
  // brat before 1.3 joined the words of fragments without a blank.
  const cut = good.map((one) => index.slice(one));
  if (words.trim() !== "" && words !== cut.join(" ") && words !== cut.join("") && words.trim() !== cut.join(" ").trim())
    return { code: "quote-mismatch", message: "The offsets cut out other words than those that stand beside them." };
  return { id, label, parts: joinedAtBreaks(index, good), attributes: new Map(), notes: [], uncertain: false };
}

/** The first part carries what is said; each is linked to the next. */
function marksOf(bounds: readonly Bound[], links: readonly Wire[]): WireMarks {
  const spans: Wire[] = [];
  const chains: Wire[] = [];
  for (const { id, label, parts, attributes, notes, uncertain } of bounds)
    parts.forEach((part, i) => {
      const name = (k: number) => (k === 0 ? id : `${id}.${k + 1}`);
      const first = { attributes: Object.fromEntries(attributes), note: notes.join("\n"), uncertain };
      spans.push({ id: name(i), ...part, label, ...(i === 0 ? first : {}) });
      if (i > 0) chains.push({ type: CONTINUES, from: name(i - 1), to: name(i) });
    });
  return { spans, links: [...links, ...chains] };
}
