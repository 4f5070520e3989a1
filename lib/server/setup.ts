/** What a start does with a database that has no account yet. */
import { COMMAND } from "../access/actor";
import { invalid, ok, type Result } from "../result";
import { hasAccounts, lockSetup } from "./accept";
import { record } from "./audit";
import { prisma, transaction } from "./db";
import { forgetOldAttempts } from "./limits";
import { makeLink } from "./links";
import { hashPassword, passwordFaults } from "./password";
import { email } from "./people.schema";
import { StartRefused } from "./postgres/refused";

export type InstanceOptions = {
  readonly admin: { readonly email: string; readonly password: string } | null;
  readonly sample: boolean;
};

/**
 * While there is no account: makes the first administrator from `admin`, or a set-up link (a new one at each start; older ones stop
 * working). `sample` loads the sample project into a database without projects. Throws StartRefused for an administrator that cannot be.
 */
export async function prepareInstance(options: InstanceOptions): Promise<{ readonly setupUrl: string | null }> {
  await forgetOldAttempts();
  const setupUrl = await firstAccount(options);
  if (options.sample && (await prisma().project.count()) === 0) {
    // With all that reads files, which takes longer to load than everything else that a start needs.
    const { loadSample } = await import("./sample");
    const sample = await loadSample(null);
    if (!sample.ok) throw new StartRefused(`The sample project could not be loaded: ${sample.message}`);
  }
  return { setupUrl };
}

async function firstAccount({ admin }: InstanceOptions): Promise<string | null> {
  if (await prisma().user.findFirst({ where: { email: { not: null } }, select: { id: true } })) return null;
  const made = await (admin ? makeAdmin(admin) : makeSetupLink());
  if (made.ok) return made.value;
  throw new StartRefused(
    made.code === "invalid" ? made.errors.map((fault) => `${fault.path}: ${fault.message}`).join("\n") : made.message,
  );
}

const makeSetupLink = (): Promise<Result<string | null>> =>
  transaction(async (tx) => {
    await lockSetup(tx);
    if (await hasAccounts(tx)) return ok(null);
    return ok((await makeLink(tx, COMMAND, { kind: "SETUP" })).url);
  });

async function makeAdmin(admin: { readonly email: string; readonly password: string }): Promise<Result<null>> {
  const address = email.safeParse(admin.email);
  if (!address.success)
    return invalid([{ path: "GLOSS_ADMIN_EMAIL", code: "invalid-format", message: "This is no e-mail address." }]);
  const faults = passwordFaults(admin.password, [address.data], "GLOSS_ADMIN_PASSWORD");
  if (faults.length > 0) return invalid(faults);
  const passwordHash = await hashPassword(admin.password);
  if (!passwordHash.ok) return passwordHash;
  return transaction(async (tx) => {
    await lockSetup(tx);
    if (await hasAccounts(tx)) return ok(null);
    const name = address.data.split("@")[0] ?? address.data;
    const user = await tx.user.create({
      data: { email: address.data, name, passwordHash: passwordHash.value, isAdmin: true },
    });
    await record(tx, COMMAND, "instance", { type: "user.created", userId: user.id });
    return ok(null);
  });
}
