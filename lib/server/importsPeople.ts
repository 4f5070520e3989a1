/**
 * Who the reviewers of a file are here: a member of the project, named by id or e-mail; otherwise a reviewer known from the import by that
 * name, who cannot sign in. A name that a member only happens to bear is nobody's identity.
 */
import { randomUUID } from "node:crypto";
import { type Bulk, insertRows } from "./bulk";
import type { Tx } from "./db";
import { insertReviewers } from "./importsTables";

export class People {
  private readonly known = new Map<string, string>();

  private constructor(private readonly projectId: string) {}

  static async of(tx: Tx, projectId: string): Promise<People> {
    const people = new People(projectId);
    const members = await tx.$queryRaw<{ id: string; email: string | null }[]>`
      SELECT u."id", u."email" FROM "Member" m JOIN "User" u ON u."id" = m."userId" WHERE m."projectId" = ${projectId}::uuid`;
    for (const { id, email } of members) {
      people.known.set(id, id);
      if (email !== null) people.known.set(email, id);
    }
    return people;
  }

  /** Makes those who are not known yet. Two imports at once wait for each other here, so that a name is one person. */
  async meet(bulk: Bulk, names: Iterable<string>): Promise<void> {
    const strangers = [...new Set(names)].filter((name) => this.find(name) === undefined);
    if (strangers.length === 0) return;
    const { tx } = bulk;
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('imported reviewers ' || ${this.projectId}, 0))`;
    const found = await tx.$queryRaw<{ id: string; name: string }[]>`
      SELECT "id", "name" FROM "User"
       WHERE "importedInto" = ${this.projectId}::uuid AND "email" IS NULL AND "name" = ANY (${strangers}::text[])`;
    for (const { id, name } of found) this.known.set(name, id);
    const made = strangers
      .filter((name) => this.find(name) === undefined)
      .map((name) => ({ id: randomUUID(), name, importedInto: this.projectId }));
    await insertRows(bulk, insertReviewers, made);
    for (const { id, name } of made) this.known.set(name, id);
  }

  /** The user's id; only for names that were met. */
  id(name: string): string {
    const id = this.find(name);
    if (id === undefined) throw new Error("a reviewer was not looked up");
    return id;
  }

  private find(name: string): string | undefined {
    return this.known.get(name) ?? this.known.get(name.trim().toLowerCase());
  }
}
