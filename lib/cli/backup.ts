/** `backup FILE` and `restore FILE` on the data dir's database, or DATABASE_URL's. */
import { NotABackup } from "../server/backup/file";
import { restoreBackup } from "../server/backup/restore";
import { writeBackup } from "../server/backup/write";
import { openDatabase } from "../server/open";
import { argumentsOf, needed } from "./arguments";
import { existingFile, pathOf, printJson, Refused, say } from "./io";

export async function backup(argv: readonly string[]): Promise<number> {
  const file = pathOf(needed("FILE", argumentsOf(argv, {}, [1, 1]).positionals[0]));
  const database = await openDatabase("any");
  try {
    const summary = await writeBackup(database.url, file);
    say(`Backed up into ${file}.`);
    await printJson(summary);
    return 0;
  } finally {
    await database.close();
  }
}

export async function restore(argv: readonly string[]): Promise<number> {
  const file = existingFile(needed("FILE", argumentsOf(argv, {}, [1, 1]).positionals[0]));
  const database = await openDatabase("any");
  try {
    const summary = await restoreBackup(database.url, file);
    say(`Restored what stood on ${summary.made}. What was done after that is not in it.`);
    await printJson(summary);
    return summary.verification.breached === 0 ? 0 : 1;
  } catch (error) {
    if (error instanceof NotABackup) throw new Refused(`${error.message} Nothing was changed.`);
    throw error;
  } finally {
    await database.close();
  }
}
