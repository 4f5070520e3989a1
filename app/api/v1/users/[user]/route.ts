import { route } from "@/lib/server/http";
import { changeUserBody, userView } from "@/lib/server/people.schema";
import { changeUser } from "@/lib/server/users";

export const PATCH = route({
  summary: "Changes name or administrator, disables or enables; the last administrator stays one",
  who: "Administrators",
  body: changeUserBody,
  answers: { 200: userView },
  run: ({ actor, params, body }) => changeUser(actor, params.user ?? "", body),
});
