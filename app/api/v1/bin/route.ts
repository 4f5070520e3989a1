import { listBinnedProjects } from "@/lib/server/binProjects";
import { route } from "@/lib/server/http";
import { binnedProjects } from "@/lib/server/projects.schema";

export const GET = route({
  summary: "Projects in the bin, at most 200; articles in it are listed with status=bin in their project",
  who: "Everyone: those that they may restore",
  answers: { 200: binnedProjects },
  run: ({ actor }) => listBinnedProjects(actor),
});
