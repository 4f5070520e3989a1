/** `token create --user EMAIL --name N [--read-only] [--project ID]`: prints the token, once. */
import { openDatabase } from "../server/open";
import { createTokenBody } from "../server/people.schema";
import { createToken } from "../server/tokens";
import { accountOf, actingFor, projectIdOf } from "./accounts";
import { argumentsOf, needed, oneOf } from "./arguments";
import { print, refusedBy, say, UsageError } from "./io";

const OPTIONS = {
  user: { type: "string" },
  name: { type: "string" },
  "read-only": { type: "boolean", default: false },
  project: { type: "string" },
} as const;

export async function run([action, ...rest]: readonly string[]): Promise<number> {
  oneOf("The first word", action, ["create"]);
  const { values } = argumentsOf(rest, OPTIONS, [0, 0]);
  const user = needed("--user", values.user);
  const name = needed("--name", values.name);
  const database = await openDatabase();
  try {
    const account = await accountOf(user);
    const projectId = values.project === undefined ? null : await projectIdOf(values.project);
    const body = createTokenBody.safeParse({ name, readOnly: values["read-only"], projectId });
    if (!body.success) throw new UsageError(body.error.issues.map(({ message }) => message).join("\n"));
    const made = await createToken(actingFor(account), body.data);
    if (!made.ok) throw refusedBy(made);
    say(`A token of ${account.email}. It is shown this once:`);
    await print(made.value.value.secret ?? "");
    return 0;
  } finally {
    await database.close();
  }
}
