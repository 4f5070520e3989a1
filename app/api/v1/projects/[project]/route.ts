import { deleteProject } from "@/lib/server/binProjects";
import { json, route } from "@/lib/server/http";
import { changeProject, getProject } from "@/lib/server/projects";
import { changeProjectBody, projectView } from "@/lib/server/projects.schema";

export const GET = route({
  summary: "A project's name, policies and current versions",
  who: "Its members, administrators",
  answers: { 200: projectView },
  run: ({ actor, params }) => getProject(actor, params.project ?? ""),
});

export const PATCH = route({
  summary: "Changes a project's name, description and policies",
  who: "Its editors, administrators",
  body: changeProjectBody,
  answers: { 200: projectView },
  run: ({ actor, params, body }) => changeProject(actor, params.project ?? "", body),
});

export const DELETE = route({
  summary: "Puts a project into the bin for 30 days",
  who: "Its editors, administrators",
  answers: { 204: "It is in the bin" },
  run: ({ actor, params }) => deleteProject(actor, params.project ?? ""),
  answer: () => json(null, 204),
});
