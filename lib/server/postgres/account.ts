/**
 * As whom Postgres runs. It refuses root. An ordinary user runs it as themself; root runs it as the owner of the data or as `nobody`;
 * and where that user could not reach the data (a root home is closed to others) as root's own files seen from a user namespace in
 * which nobody is root.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { StartRefused } from "./refused";

export type Account =
  | { readonly kind: "self" }
  | { readonly kind: "other"; readonly uid: number; readonly gid: number }
  | { readonly kind: "namespace" };

const NAMESPACE = ["--user", "--map-user=65534", "--map-group=65534"];

/** Whether `account` can enter `folder`: every folder on the way is open to it. */
export function canReach(account: Account, folder: string): boolean {
  if (account.kind !== "other") return true;
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const { mode, uid } = statSync(at);
    const open = uid === account.uid ? mode & 0o100 : mode & 0o001;
    if (!open) return false;
    if (at === path.dirname(at)) return true;
  }
}

/** `dataDir` is there; `cluster`, inside it, may be. */
export function chooseAccount(dataDir: string, cluster: string): Account {
  if (process.getuid?.() !== 0) return { kind: "self" };
  const owner = statSync(cluster, { throwIfNoEntry: false });
  const other: Account =
    owner && owner.uid !== 0 ? { kind: "other", uid: owner.uid, gid: owner.gid } : { kind: "other", ...nobody() };
  if (canReach(other, path.dirname(dataDir))) return other;
  if (spawnSync("unshare", [...NAMESPACE, "true"], { stdio: "ignore" }).status === 0) return { kind: "namespace" };
  throw new StartRefused(
    `Postgres does not run as root, and the user it would run as cannot enter ${path.dirname(dataDir)}. ` +
      "Set GLOSS_DATA_DIR to a folder that others can enter (for example /var/lib/gloss), or start Gloss as an ordinary user.",
  );
}

function nobody(): { uid: number; gid: number } {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith("nobody:"));
  const [, , uid, gid] = line?.split(":") ?? [];
  return { uid: Number(uid ?? 65534), gid: Number(gid ?? 65534) };
}

/** The command as `account` runs it: what to spawn, and with which ids. */
export function asAccount(
  account: Account,
  program: string,
  args: readonly string[],
): { readonly file: string; readonly args: string[]; readonly ids: { uid?: number; gid?: number } } {
  if (account.kind === "namespace") return { file: "unshare", args: [...NAMESPACE, program, ...args], ids: {} };
  if (account.kind === "other") return { file: program, args: [...args], ids: { uid: account.uid, gid: account.gid } };
  return { file: program, args: [...args], ids: {} };
}
