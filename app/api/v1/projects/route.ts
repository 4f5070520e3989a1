import { created, route } from "@/lib/server/http";
import { pageOf } from "@/lib/server/paging";
import { createProject, listProjects } from "@/lib/server/projects";
import { newProjectBody, projectQuery, projectView } from "@/lib/server/projects.schema";
import { loadSample } from "@/lib/server/sample";

export const GET = route({
  summary: "The projects that one belongs to; for administrators all of them",
  who: "Whoever is signed in or sends a token",
  query: projectQuery,
  answers: { 200: pageOf(projectView) },
  run: ({ actor, query }) => listProjects(actor, query),
});

export const POST = route({
  summary:
    "Makes a project with the scheme and guideline that ship, or from the sample; whoever makes it is its editor",
  who: "Administrators",
  body: newProjectBody,
  answers: { 201: projectView, 200: projectView },
  run: ({ actor, body: { from, name = "", ...rest } }) =>
    from === "sample" ? loadSample(actor, rest.id) : createProject(actor, { ...rest, name }),
  answer: created,
});
