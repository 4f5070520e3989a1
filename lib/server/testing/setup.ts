/** Before each test file of the `server` project: a database of its own, which `lib/server/db.ts` finds in DATABASE_URL. */
import { afterAll } from "vitest";
import { closeDatabase } from "../db";
import { makeDatabase } from "./database";

const database = await makeDatabase();
process.env.DATABASE_URL = database.url;

// The database goes with the run's cluster: to drop it here would make Postgres write everything down first.
afterAll(closeDatabase);
