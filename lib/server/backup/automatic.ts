/** The copy that is made before a migration touches a database with data in it. */
import { mkdirSync } from "node:fs";
import path from "node:path";
import { writeBackup } from "./write";

/** Into `backups/` of the data dir; returns the file. A backup that cannot be written stops the migration. */
export async function backUpBeforeMigration(databaseUrl: string, dataDir: string): Promise<string> {
  const folder = path.join(dataDir, "backups");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, `before-migration-${new Date().toISOString().replaceAll(/[:.]/g, "-")}.gloss-backup`);
  console.error(`Backing up to ${file} before the database is migrated …`);
  await writeBackup(databaseUrl, file);
  return file;
}
