/** `agreement FILE`: every measure of agreement over a file of native JSONL, as one JSON object. */
import type { AgreementArticle } from "../agreement/article";
import { BREAKDOWNS, type Breakdown } from "../agreement/by";
import { ForeignTargets } from "../agreement/foreign";
import type { SameForeign } from "../agreement/links";
import { Measurement, type MeasureOptions, type ReportOptions } from "../agreement/measure";
import { argumentsOf, needed } from "./arguments";
import { printJson, say, UsageError } from "./io";
import { agreementArticle, articlesOf, noProject, schemeOfFile } from "./submitted";

const OPTIONS = {
  scheme: { type: "string" },
  seed: { type: "string" },
  replicates: { type: "string" },
  "without-accepted": { type: "boolean" },
  "with-suggestions": { type: "boolean" },
  by: { type: "string" },
} as const;

const MOST_REPLICATES = 100_000;

export async function run(argv: readonly string[]): Promise<number> {
  const { values, positionals } = argumentsOf(argv, OPTIONS, [1, 1]);
  const file = needed("FILE", positionals[0]);
  const settings = {
    scheme: values.scheme === undefined ? null : await schemeOfFile(values.scheme),
    by: breakdowns(values.by),
    suggestions: values["with-suggestions"] === true,
  };
  const asked: ReportOptions = {
    seed: whole("--seed", values.seed, Number.MAX_SAFE_INTEGER),
    replicates: whole("--replicates", values.replicates, MOST_REPLICATES),
    accepted: values["without-accepted"] !== true,
  };
  const elsewhere = new Set<string>();
  let measurement = await measureFile(file, settings, noticing(elsewhere));
  if (elsewhere.size > 0 && file === "-")
    say("Links to other articles are compared by their spans' ids only: give a file, not a stream.");
  else if (elsewhere.size > 0) measurement = await measureFile(file, settings, (await targetsOf(file, elsewhere)).same);
  await printJson(measurement.report(asked));
  return 0;
}

/** `--by outlet,reviewer` */
function breakdowns(written: string | undefined): readonly Breakdown[] {
  const names = written?.split(",") ?? [];
  return names.map((name) => {
    const found = BREAKDOWNS.find((one) => one === name.trim());
    if (!found) throw new UsageError(`--by takes ${BREAKDOWNS.join(", ")}, with commas between.`);
    return found;
  });
}

function whole(name: string, written: string | undefined, most: number): number | undefined {
  if (written === undefined) return undefined;
  const value = Number(written);
  if (!/^\d+$/.test(written) || value > most) throw new UsageError(`${name} must be a whole number from 0 to ${most}.`);
  return value;
}

type Settings = Omit<MeasureOptions, "sameForeign">;

async function measureFile(file: string, settings: Settings, sameForeign: SameForeign): Promise<Measurement> {
  const project = noProject();
  let measurement: Measurement | null = null;
  const make = () => new Measurement({ ...settings, scheme: settings.scheme ?? project.scheme, sameForeign });
  for await (const article of articlesOf(file, project)) {
    measurement ??= make();
    measurement.add(agreementArticle(article, project));
  }
  return measurement ?? make();
}

/** Compares by id, and keeps in mind what would have to be looked up: links to other articles are rare, and their articles may come later. */
const noticing =
  (asked: Set<string>): SameForeign =>
  (a, b) => {
    if (a.spanId === b.spanId) return true;
    asked.add(a.spanId).add(b.spanId);
    return false;
  };

/** The articles of the file that hold any of these spans. */
async function targetsOf(file: string, spanIds: ReadonlySet<string>): Promise<ForeignTargets> {
  const targets = new ForeignTargets();
  const project = noProject();
  const holds = ({ reviews }: AgreementArticle) => reviews.some((r) => r.spans.some((s) => spanIds.has(s.id)));
  for await (const found of articlesOf(file, project)) {
    const article = agreementArticle(found, project);
    if (holds(article)) targets.add(article);
  }
  return targets;
}
