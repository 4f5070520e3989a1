/** Every format that can be read and written, from the native model and back (testing/round-trip.ts says what is compared). */
import { it } from "vitest";
import { BRAT_LOSSES } from "./brat/fit";
import { CONLL_LOSSES } from "./conll/write";
import { CSV_LOSSES } from "./csv";
import { DOCCANO_LOSSES } from "./doccano/write";
import { LABEL_STUDIO_LOSSES } from "./label-studio/fit";
import { roundTrips } from "./testing/round-trip";
import { CAS_JSON_LOSSES, XMI_LOSSES } from "./uima/formats";
import { TSV_LOSSES } from "./uima/tsv-write";
import { W3C_LOSSES } from "./w3c/write";

const SLOW = 60_000;

it.each([
  ["jsonl", { losses: [], runs: 30 }],
  ["csv", { losses: CSV_LOSSES, unordered: true, runs: 60 }],
  ["label-studio", { losses: LABEL_STUDIO_LOSSES }],
  ["doccano", { losses: DOCCANO_LOSSES, renamed: true }],
  ["brat", { losses: BRAT_LOSSES, renamed: true, unordered: true }],
  ["webanno-tsv", { losses: TSV_LOSSES, renamed: true, unordered: true }],
  ["uima-xmi", { losses: XMI_LOSSES, renamed: true, unordered: true }],
  ["uima-json", { losses: CAS_JSON_LOSSES, renamed: true, unordered: true }],
  ["conll", { losses: CONLL_LOSSES, renamed: true, unordered: true }],
  ["w3c", { losses: W3C_LOSSES, renamed: true }],
] as const)("%s gives back all but what its loss list says", (format, options) => roundTrips(format, options), SLOW);
