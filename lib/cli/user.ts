/** `user add EMAIL --name N [--admin]`, `user list`, `user disable EMAIL` on the data dir's database. */
import { COMMAND } from "../access/actor";
import { openDatabase } from "../server/open";
import { createUserBody } from "../server/people.schema";
import { changeUser, createUser, listUsers } from "../server/users";
import { accountOf } from "./accounts";
import { argumentsOf, needed, oneOf } from "./arguments";
import { print, printJson, refusedBy, say, UsageError } from "./io";

export async function run(argv: readonly string[]): Promise<number> {
  const [action, ...rest] = argv;
  const what = oneOf("The first word", action, ["add", "list", "disable"]);
  const job = what === "add" ? add(rest) : what === "list" ? list(rest) : disable(rest);
  const database = await openDatabase();
  try {
    await job();
    return 0;
  } finally {
    await database.close();
  }
}

type Job = () => Promise<void>;

function add(argv: readonly string[]): Job {
  const { values, positionals } = argumentsOf(
    argv,
    { name: { type: "string" }, admin: { type: "boolean", default: false } },
    [1, 1],
  );
  const body = createUserBody.safeParse({
    email: positionals[0],
    name: needed("--name", values.name),
    isAdmin: values.admin,
  });
  if (!body.success)
    throw new UsageError(body.error.issues.map(({ path, message }) => `${path}: ${message}`).join("\n"));
  return async () => {
    const made = await createUser(COMMAND, body.data);
    if (!made.ok) throw refusedBy(made);
    const { url, expiresAt, email } = made.value.value;
    if (url === null) return;
    say(`Made ${email}. Give them this link; it works once, until ${expiresAt}, and lets them choose a password:`);
    await print(url);
  };
}

function list(argv: readonly string[]): Job {
  argumentsOf(argv, {}, [0, 0]);
  return async () => {
    let cursor: string | null | undefined;
    do {
      const users = await listUsers(COMMAND, { limit: 200, ...(cursor ? { cursor } : {}) });
      if (!users.ok) throw refusedBy(users);
      for (const user of users.value.items) await printJson(user);
      cursor = users.value.nextCursor;
    } while (cursor);
  };
}

function disable(argv: readonly string[]): Job {
  const { positionals } = argumentsOf(argv, {}, [1, 1]);
  return async () => {
    const account = await accountOf(needed("EMAIL", positionals[0]));
    const changed = await changeUser(COMMAND, account.id, { disabled: true });
    if (!changed.ok) throw refusedBy(changed);
    say(`${account.email} is disabled; their sessions and tokens have ended.`);
    await printJson(changed.value);
  };
}
