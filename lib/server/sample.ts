/** The sample project (prisma/sample): invented articles, three reviewers who cannot sign in, half of it settled. */
import { createReadStream } from "node:fs";
import path from "node:path";
import { type Actor, COMMAND } from "../access/actor";
import { ok, type Result } from "../result";
import type { Created } from "./creation";
import { prisma } from "./db";
import { importFiles } from "./imports";
import { createProject, getProject, type ProjectView } from "./projects";
import { createProjectBody } from "./projects.schema";

const FILE = () => path.join(process.cwd(), "prisma", "sample", "sample.jsonl");

/**
 * Makes a project of its own from the sample; `actor` null: the start of the app. Under an `id` it is made once. Refuses what createProject
 * and importFiles refuse; then the project that was begun is put away again.
 */
export async function loadSample(actor: Actor | null, id?: string): Promise<Result<Created<ProjectView>>> {
  const by = actor ?? COMMAND;
  const wanted = createProjectBody.parse({ ...(id ? { id } : {}), name: "Sample" });
  const project = await createProject(by, wanted);
  if (!project.ok || !project.value.made) return project;
  const projectId = project.value.value.id;
  const file = { name: "sample.jsonl", open: () => createReadStream(FILE()) };
  try {
    const done = await importFiles(by, projectId, { format: "jsonl", onError: "abort", as: "reviews" }, [file]);
    if (!done.ok) {
      await putAway(projectId);
      return done;
    }
  } catch (error) {
    await putAway(projectId);
    throw error;
  }
  const made = await getProject(by, projectId);
  return made.ok ? ok({ made: true, value: made.value }) : made;
}

const putAway = (projectId: string) =>
  prisma().$executeRaw`UPDATE "Project" SET "deletedAt" = now(), "creationHash" = NULL WHERE "id" = ${projectId}::uuid`;
