import { route } from "@/lib/server/http";
import { changeMeeting, getMeeting, startMeeting } from "@/lib/server/meetings";
import { changeMeetingBody, meetingView } from "@/lib/server/meetings.schema";

export const GET = route({
  summary: "The meeting over a calibration round as it stands: what is on the table, and its votes once they are shown",
  who: "Those named in the round; editors, adjudicators, administrators",
  answers: { 200: meetingView },
  run: ({ actor, params }) => getMeeting(actor, params.project ?? "", params.batch ?? ""),
});

export const POST = route({
  summary: "Begins the meeting and keeps agreement as it is now",
  who: "Editors, adjudicators, administrators",
  answers: { 200: meetingView },
  run: ({ actor, params }) => startMeeting(actor, params.project ?? "", params.batch ?? ""),
});

export const PATCH = route({
  summary: "Puts a case on the table, shows its votes to everyone at once, or ends the meeting",
  who: "Editors, adjudicators, administrators",
  body: changeMeetingBody,
  answers: { 200: meetingView },
  run: ({ actor, params, body }) => changeMeeting(actor, params.project ?? "", params.batch ?? "", body),
});
