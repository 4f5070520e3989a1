/** Finding accounts and projects as people name them on a command line. */
import type { Actor } from "../access/actor";
import { prisma } from "../server/db";
import { Refused } from "./io";

export type Account = { readonly id: string; readonly name: string; readonly email: string; readonly isAdmin: boolean };

export async function accountOf(email: string): Promise<Account> {
  const address = email.trim().toLowerCase();
  const user = await prisma().user.findUnique({ where: { email: address } });
  if (!user?.email) throw new Refused(`There is no account with the e-mail ${email}.`);
  if (user.disabledAt) throw new Refused(`The account ${email} is disabled.`);
  return { id: user.id, name: user.name, email: user.email, isAdmin: user.isAdmin };
}

/** Whoever owns the machine, in this person's name. */
export const actingFor = ({ id, name, isAdmin }: Account): Actor => ({
  userId: id,
  name,
  isAdmin,
  via: { kind: "command" },
});

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A project's id, given the id or a name that only one project has. */
export async function projectIdOf(idOrName: string): Promise<string> {
  const found = await prisma().project.findMany({
    where: { deletedAt: null, ...(UUID.test(idOrName) ? { id: idOrName.toLowerCase() } : { name: idOrName }) },
    select: { id: true, name: true },
    take: 2,
  });
  const [project] = found;
  if (project && found.length === 1) return project.id;
  const there = await prisma().project.findMany({ where: { deletedAt: null }, orderBy: { name: "asc" }, take: 20 });
  const list = there.map(({ id, name }) => `\n  ${id}  ${name}`).join("") || " none";
  throw new Refused(
    `${found.length > 1 ? "Several projects are" : "No project is"} called ${idOrName}. Projects:${list}`,
  );
}
