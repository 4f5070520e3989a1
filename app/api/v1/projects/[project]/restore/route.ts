import { restoreProject } from "@/lib/server/binProjects";
import { route } from "@/lib/server/http";
import { projectView } from "@/lib/server/projects.schema";

export const POST = route({
  summary: "Takes a project out of the bin, with everything that it had",
  who: "The project's editors, administrators",
  answers: { 200: projectView },
  run: ({ actor, params }) => restoreProject(actor, params.project ?? ""),
});
