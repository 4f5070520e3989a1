import { json, route } from "@/lib/server/http";
import { changeMember, removeMember } from "@/lib/server/members";
import { changeMemberBody, memberView } from "@/lib/server/projects.schema";

export const PATCH = route({
  summary: "Changes a member's roles, or makes a trainee of them, or passes a trainee",
  who: "The project's editors, administrators",
  body: changeMemberBody,
  answers: { 200: memberView },
  run: ({ actor, params, body }) => changeMember(actor, params.project ?? "", params.user ?? "", body),
});

export const DELETE = route({
  summary: "Takes someone out of the project; their reviews stay",
  who: "The project's editors, administrators",
  answers: { 204: "Removed" },
  run: ({ actor, params }) => removeMember(actor, params.project ?? "", params.user ?? ""),
  answer: () => json(null, 204),
});
