/** `verify`: every promise about the data, checked from the rows alone. Prints counts and breaches as one object. */
import { openDatabase } from "../server/open";
import { verify } from "../server/verify/verify";
import { argumentsOf } from "./arguments";
import { printJson, say } from "./io";

export async function run(argv: readonly string[]): Promise<number> {
  argumentsOf(argv, {}, [0, 0]);
  const database = await openDatabase();
  try {
    const found = await verify(database.url);
    await printJson(found);
    say(found.breached === 0 ? "Everything holds." : `${found.breached} breaches.`);
    return found.breached === 0 ? 0 : 1;
  } finally {
    await database.close();
  }
}
