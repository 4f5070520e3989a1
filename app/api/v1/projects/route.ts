import { created, route } from "@/lib/server/http";
import { pageOf } from "@/lib/server/paging";
import { createProject, listProjects } from "@/lib/server/projects";
import { createProjectBody, projectQuery, projectView } from "@/lib/server/projects.schema";

export const GET = route({
  summary: "The projects that one belongs to; for administrators all of them",
  who: "Whoever is signed in or sends a token",
  query: projectQuery,
  answers: { 200: pageOf(projectView) },
  run: ({ actor, query }) => listProjects(actor, query),
});

export const POST = route({
  summary: "Makes a project with the scheme and guideline that ship; whoever makes it is its editor",
  who: "Administrators",
  body: createProjectBody,
  answers: { 201: projectView, 200: projectView },
  run: ({ actor, body }) => createProject(actor, body),
  answer: created,
});
