/**
 * The first line of a project file, applied to a project that is empty: its name, policies, scheme and guideline with all their versions,
 * so that the marks that follow keep theirs. A project that has articles, or had, keeps its own.
 */
import { z } from "zod";
import type { Actor } from "../access/actor";
import type { Json, NativeProject } from "../formats/native";
import { faultsOfIssues } from "../formats/wire-faults";
import { type Fault, invalid, ok, type Result } from "../result";
import { schemeSchema } from "../scheme/schema";
import type { Scheme } from "../scheme/scheme";
import { checkText } from "../text/wellformed";
import { record } from "./audit";
import type { Tx } from "./db";
import { forgetSchemes } from "./kept";
import { keepLabels } from "./schemes";

type Version<T> = { readonly version: number } & T;

/** Answers in words what was done. Refuses ("invalid") a header whose scheme does not hold together. Locks the project. */
export async function applyHeader(
  tx: Tx,
  actor: Actor | null,
  projectId: string,
  header: NativeProject,
): Promise<Result<string>> {
  await tx.$queryRaw`SELECT 1 FROM "Project" WHERE "id" = ${projectId}::uuid FOR UPDATE`;
  const used = await tx.article.findFirst({ where: { projectId }, select: { id: true } });
  if (used) return ok("The project keeps its own scheme, guideline and policies; those of the file were left aside.");
  const read = readHeader(header);
  if (!read.ok) return read;
  const { schemes, guidelines } = read.value;
  const now = await tx.project.findUniqueOrThrow({ where: { id: projectId } });
  const scheme = header.scheme ?? null;
  const guideline = header.guideline ?? null;

  if (schemes.length > 0) {
    await tx.schemeVersion.deleteMany({ where: { projectId } });
    await tx.projectLabel.deleteMany({ where: { projectId } });
    for (const one of schemes)
      await tx.$executeRaw`INSERT INTO "SchemeVersion" ("projectId", "version", "scheme", "createdBy")
        VALUES (${projectId}::uuid, ${one.version}, ${JSON.stringify(one.scheme)}::jsonb, ${now.createdBy}::uuid)`;
    for (const one of schemes) await keepLabels(tx, projectId, one.scheme);
    forgetSchemes(projectId);
  }
  if (guidelines.length > 0) {
    await tx.guidelineVersion.deleteMany({ where: { projectId } });
    await tx.guidelineVersion.createMany({
      data: guidelines.map(({ version, markdown }) => ({ projectId, version, markdown, createdBy: now.createdBy })),
    });
  }
  const { policies } = header;
  await tx.$executeRaw`
    UPDATE "Project" SET "name" = ${header.name}, "description" = ${header.description},
           "reviewersPerArticle" = coalesce(${policies.reviewersPerArticle}::int, "reviewersPerArticle"),
           "blind" = coalesce(${policies.blind}::boolean, "blind"),
           "acceptUnanimous" = coalesce(${policies.acceptUnanimous}::boolean, "acceptUnanimous"),
           "adjudicateOwn" = coalesce(${policies.adjudicateOwn}::boolean, "adjudicateOwn"),
           "forbidOutsideScope" = coalesce(${policies.forbidOutsideScope}::boolean, "forbidOutsideScope"),
           "showSuggestions" = coalesce(${policies.showSuggestions ?? null}::boolean, "showSuggestions"),
           "scope" = coalesce(${policies.scope ? [...policies.scope] : null}::text[], "scope"),
           "schemeVersion" = ${scheme?.version ?? now.schemeVersion}, "guidelineVersion" = ${guideline?.version ?? now.guidelineVersion},
           "extra" = ${JSON.stringify(extraOf(header))}::jsonb
     WHERE "id" = ${projectId}::uuid`;
  const fields = [
    "name",
    "description",
    "policies",
    ...(scheme ? ["scheme"] : []),
    ...(guideline ? ["guideline"] : []),
  ];
  await record(tx, actor, { projectId }, { type: "project.changed", projectId, fields });
  return ok("The project's name, policies, scheme and guideline were taken from the file.");
}

/** Unknown members of the header; those of its policies stand under `policies`. */
const extraOf = ({ extra, policies }: NativeProject): { readonly [name: string]: Json } =>
  Object.keys(policies.extra).length > 0 ? { ...extra, policies: policies.extra } : extra;

type Read = {
  readonly schemes: readonly Version<{ readonly scheme: Scheme }>[];
  readonly guidelines: readonly Version<{ readonly markdown: string }>[];
};

/** Current versions last, so that their labels' state is the one that stays. */
function readHeader(header: NativeProject): Result<Read> {
  const faults: Fault[] = headFaults(header);
  const schemes = [...header.schemeVersions, ...(header.scheme ? [header.scheme] : [])].flatMap(
    ({ version, scheme }) => {
      const parsed = schemeSchema.safeParse(scheme);
      const path = version === header.scheme?.version ? "project.scheme" : "project.scheme_versions";
      if (!parsed.success) faults.push(...faultsOfIssues(parsed.error.issues, path));
      return parsed.success ? [{ version, scheme: parsed.data }] : [];
    },
  );
  const guidelines = [...header.guidelineVersions, ...(header.guideline ? [header.guideline] : [])];
  faults.push(...repeated(schemes, "project.scheme_versions"), ...repeated(guidelines, "project.guideline_versions"));
  return faults.length > 0 ? invalid(faults) : ok({ schemes, guidelines });
}

const LIMITS = z.object({
  name: z.string().trim().min(1, "A project needs a name.").max(200),
  description: z.string().max(10_000),
});

function headFaults(header: NativeProject): Fault[] {
  const parsed = LIMITS.safeParse(header);
  const roles = header.policies.scope;
  return [
    ...(parsed.success ? [] : faultsOfIssues(parsed.error.issues, "project")),
    ...checkText(header.name, "project.name"),
    ...(roles?.length === 0
      ? [{ path: "project.policies.scope", code: "empty", message: "A scope names a role." }]
      : []),
  ];
}

function repeated(versions: readonly { readonly version: number }[], path: string): readonly Fault[] {
  const seen = new Set<number>();
  return versions.flatMap(({ version }) => {
    const twice = seen.has(version);
    seen.add(version);
    return twice
      ? [{ path, code: "duplicate-id", message: `Version ${version} stands there twice.`, actual: version }]
      : [];
  });
}
